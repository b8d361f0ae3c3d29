// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: a file's value is set by a const member function, because several tasks may call it at
// once
#include <kernel/fs.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>

MODULE_LICENSE("GPL");

struct Pump {
	[[nodiscard]] unsigned int speed() const { return speed_.read(); }
#ifdef REFUSED
	kernel::Result<> set_speed(unsigned int speed)
#else
	kernel::Result<> set_speed(unsigned int speed) const
#endif
	{
		speed_.set(speed);
		return {};
	}

	mutable kernel::Atomic<unsigned int> speed_{0};
};

using SpeedFile = kernel::ValueFile<&Pump::speed, &Pump::set_speed>;

struct Module {
	static kernel::Result<Module> init(kernel::ThisModule & /*module*/)
	{
		auto pump = KTRY(kernel::Arc<Pump>::make(kernel::GFP_KERNEL));
		auto folder = KTRY(kernel::DebugfsFolder::make("pump"));
		auto file = KTRY(kernel::DebugfsFile<SpeedFile>::make(folder, "speed", 0644,
								      std::move(pump)));
		return Module{};
	}
};
KERNEL_MODULE(Module);
