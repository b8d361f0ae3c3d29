// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <algorithm>
#include <limits>
#include <utility>

#include <kernel/clk.hpp>
#include <kernel/device.hpp>
#include <kernel/io.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/pwm.hpp>
#include <kernel/time.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for the six PWMs of T-Head's TH1520");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

constexpr unsigned int channel_count = 6;
constexpr u64 second = 1'000'000'000; // in nanoseconds

// Each channel has these registers.
struct Control : RegisterArray<u32, 0x00, channel_count, 0x20> {
	using Start = Bit<0>;
	using Update = Bit<2>; // takes over what was written, at the end of a period
	using Continuous = Bit<5>;
	using BeginsHigh = Bit<8>;
};
using Period = RegisterArray<u32, 0x08, channel_count, 0x20>; // in cycles of the clock
using FirstPart = RegisterArray<u32, 0x0c, channel_count, 0x20>;

class Th1520Pwm
{
public:
	static constexpr of::Ids of_ids{of::compatible("thead,th1520-pwm")};
	static constexpr unsigned int channels = channel_count;

	static Result<Th1520Pwm> probe(platform::BoundDevice &device)
	{
		const Clk clk = KTRY(Clk::get(device));
		auto running = KTRY(clk.enable());
		auto kept = KTRY(clk.keep_rate());
		const u64 rate = clk.rate();
		if (rate == 0 || rate > second) {
			dev_err(device, "cannot count in cycles of %llu Hz\n", rate);
			return EINVAL;
		}
		return {std::in_place, KTRY(device.map<0xb0>(0)), std::move(running),
			std::move(kept), rate};
	}

	Th1520Pwm(Mmio<0xb0> registers, Clk::Enabled running, Clk::RateKept kept, u64 rate)
	    : registers_{registers}, running_{std::move(running)}, kept_{std::move(kept)},
	      rate_{rate}
	{
	}

	Result<> start(platform::BoundDevice &device) { return pwm::add(device, *this); }

	/// A channel without pulses is low. It is disabled so, because it may stop at any level
	/// without Start.
	Result<> apply(unsigned int channel, const pwm::State &state)
	{
		const bool was_enabled = registers_.read<FirstPart>(channel) != 0;
		Control::Value control{};
		if (state.enabled) {
			control = Control::Continuous{true} | Control::BeginsHigh{!state.inverted};
			registers_.write<Control>(channel, control);
			registers_.write<Period>(channel, std::max(cycles(state.period), 1U));
			registers_.write<FirstPart>(channel, cycles(state.duty));
		} else if (was_enabled) {
			registers_.write<Control>(channel, control);
			registers_.write<FirstPart>(channel, 0);
		} else {
			return {};
		}
		registers_.write<Control>(channel, control | Control::Update{true});
		if (state.enabled && !was_enabled)
			registers_.write<Control>(channel, control | Control::Start{true});
		return {};
	}

	[[nodiscard]] Result<pwm::State> state(unsigned int channel) const
	{
		const u32 first = registers_.read<FirstPart>(channel).bits();
		const auto control = registers_.read<Control>(channel);
		return pwm::State{.period = length(registers_.read<Period>(channel).bits()),
				  .duty = length(first),
				  .inverted = first != 0 && !control.get<Control::BeginsHigh>(),
				  .enabled = first != 0};
	}

private:
	/// The cycles of a length of time, as many as a register has room for
	[[nodiscard]] u32 cycles(Nanoseconds time) const
	{
		constexpr u64 most = std::numeric_limits<u32>::max();
		const auto count = static_cast<u64>(time.count());
		// Seconds and the rest of one, because the product has more than 64 bits
		const u64 whole = std::min(count / second, most) * rate_;
		return static_cast<u32>(std::min(whole + count % second * rate_ / second, most));
	}
	/// The length of so many cycles, not shorter
	[[nodiscard]] Nanoseconds length(u32 cycles) const
	{
		return Nanoseconds{static_cast<long long>((cycles * second + rate_ - 1) / rate_)};
	}

	Mmio<0xb0> registers_;
	Clk::Enabled running_;
	Clk::RateKept kept_; // ends before the clock stops
	u64 rate_;
};

} // namespace

KERNEL_PLATFORM_DRIVER(Th1520Pwm);
