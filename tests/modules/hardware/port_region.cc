// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The ports of QEMU's fw_cfg, which no bus describes: a selector, and behind it the data.

#include <array>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/io.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's regions of ports on QEMU's fw_cfg");
MODULE_LICENSE("GPL");

namespace
{

using Selector = Register<u16, 0, Access::write_only>;
using Data = Register<u8, 1, Access::read_only>;

constexpr unsigned long first = 0x510;
constexpr u16 signature = 0;

template <typename Place>
bool answers(const Place &ports)
{
	ports.template write<Selector>(signature);
	std::array<char, 4> text{};
	for (char &letter : text)
		letter = static_cast<char>(ports.template read<Data>().bits());
	return text == std::array{'Q', 'E', 'M', 'U'};
}

struct User {
	static constexpr platform::Ids ids{platform::id("port_region")};

	static Result<User> probe(platform::BoundDevice &device) { return User{device}; }
	Result<> start(platform::BoundDevice &bound);

	platform::BoundDevice &device;
};

using Behaviour = BehaviourOf<User>;

Result<> ports_are_taken_in_turn(User & /*user*/)
{
	{
		auto ports = KTRY(MuxedPorts<2>::take(first));
		const auto moved = std::move(ports);
		CHECK(answers(*moved.operator->()));
	}
	const auto again = KTRY(MuxedPorts<2>::take(first));
	CHECK(answers(*again.operator->()));
	return {};
}

Result<> ports_are_reserved_until_the_device_is_unbound(User &user)
{
	CHECK(answers(KTRY(request_ports<2>(user.device, first))));
	const auto twice = request_ports<1>(user.device, first + 1);
	CHECK(!twice && twice.error() == EBUSY);
	return {};
}

Result<> ports_that_are_reserved_are_not_shared(User & /*user*/)
{
	const auto taken = MuxedPorts<2>::take(first);
	CHECK(!taken && taken.error() == EBUSY);
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(ports_are_taken_in_turn),
	BEHAVES(ports_are_reserved_until_the_device_is_unbound),
	BEHAVES(ports_that_are_reserved_are_not_shared),
};

Result<> User::start(platform::BoundDevice & /*bound*/)
{
	report(*this, behaviours);
	return {};
}

struct Users {
	static Result<Users> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<User>::make(module));
		return {std::in_place, std::move(driver),
			KTRY(platform::NewDevice::make("port_region"))};
	}

	platform::Registration<User> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(User);
KERNEL_MODULE(Users);
