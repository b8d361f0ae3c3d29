// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A device whose commands are in headers that user space includes as well: see ioctls_user.cc.

#include "pump_ioctl.h"
#include "valve_ioctl.h"

#include <array>
#include <cstddef>
#include <numeric>
#include <span>
#include <type_traits>
#include <utility>

#include <kernel/fs.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>

MODULE_LICENSE("GPL");

using kernel::Result;

template <>
inline constexpr bool kernel::holds_no_address<pump_limits> = true;
template <>
inline constexpr bool kernel::holds_no_address<pump_request> = true;

// C's macros, with the type
static_assert(std::is_same_v<decltype(PUMP_SET), kernel::Iow<pump_config>>);
static_assert(_IOC_NR(PUMP_SET) == 1 && _IOC_SIZE(PUMP_SET) == sizeof(pump_config));
static_assert(PUMP_SET == _IOC(_IOC_WRITE, 'p', 1, sizeof(struct pump_config)));
static_assert(PUMP_SWAP_PARTS == _IOC(_IOC_READ | _IOC_WRITE, 'p', 7, sizeof(struct pump_request)));
static_assert(PUMP_GET == _IOC(_IOC_READ, 'p', 2, 32) && PUMP_RESET == _IOC(_IOC_NONE, 'p', 0, 0));

namespace
{

// A constant that the header has made of the macro
constexpr kernel::Iowr<valve_state> MOVE{valve::MOVE};

struct State {
	pump_config config{};
	pump_limits limits{};
};

class Pump
{
public:
	static Result<Pump> open(const kernel::File & /*file*/)
	{
		return Result<Pump>{std::in_place};
	}

	Result<> ioctl(const kernel::File & /*file*/, kernel::IoctlCall &call) const
	{
		switch (call.command()) { // its size differs from call to call
		case PUMP_SUM:
			return sum(call.argument());
		default:
			break;
		}
		auto state = state_.lock();
		return call
			.on(PUMP_RESET,
			    [&]() -> Result<> {
				    *state = {};
				    return {};
			    })
			.on(PUMP_SET,
			    [&](const pump_config &wanted) { return set(*state, wanted); })
			.on(PUMP_GET, [&]() -> Result<pump_config> { return state->config; })
			.on(PUMP_EXCHANGE_SPEED,
			    [&](__u32 speed) -> Result<__u32> {
				    return {std::in_place,
					    std::exchange(state->config.speed, speed)};
			    })
			.on(PUMP_LIMIT,
			    [&](const pump_limits &limits) -> Result<> {
				    if (limits.lowest > limits.highest)
					    return kernel::ERANGE;
				    state->limits = limits;
				    return {};
			    })
			.on(PUMP_GET_LIMIT, [&]() -> Result<pump_limits> { return state->limits; })
			.on(PUMP_DOUBLE,
			    [](pump_packed packed) -> Result<pump_packed> {
				    packed.value *= 2;
				    return packed;
			    })
			.on(PUMP_SWAP_PARTS,
			    [](pump_request request) -> Result<pump_request> {
				    std::swap(request.parts.low, request.parts.high);
				    return request;
			    })
			.on(MOVE,
			    [](valve_state state) -> Result<valve_state> {
				    if (state.opened > valve::MOST)
					    return kernel::ERANGE;
				    state.moved += state.opened;
				    state.side = valve::Side::Right;
				    return state;
			    })
			.result();
	}

private:
	static Result<> set(State &state, const pump_config &wanted)
	{
		if (wanted.mode != PUMP_OFF && wanted.mode != PUMP_ON && wanted.mode != PUMP_BOOST)
			return kernel::EINVAL;
		state.config = wanted;
		return {};
	}

	/// Returns the sum of the log's bytes as an errno: the command gives nothing else
	static Result<> sum(unsigned long argument)
	{
		std::array<std::uint8_t, 8> bytes{};
		const auto size = KTRY(kernel::UserReader(argument, sizeof(__u32)).read<__u32>());
		if (size > bytes.size())
			return kernel::E2BIG;
		kernel::UserReader data(argument + offsetof(pump_log, data), size);
		KTRY(data.read(std::span{bytes}.first(size)));
		return kernel::Error{std::accumulate(bytes.begin(), bytes.end(), 0)};
	}

	mutable kernel::Mutex<State> state_{LOCK_CLASS("state")};
};

struct Module {
	static Result<Module> init(kernel::ThisModule & /*self*/)
	{
		return Module{KTRY(kernel::MiscDevice<Pump>::make("kcxx_ioctls", 0600))};
	}

	kernel::MiscDevice<Pump> device;
};

} // namespace

KERNEL_MODULE(Module);
