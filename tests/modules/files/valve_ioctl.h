/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A vendor's header of two languages, in kernel and user space: C++ itself reads it. */
#pragma once

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdint.h>
#endif
#include <linux/ioctl.h>

#ifdef __cplusplus
#include <cstdint>

namespace valve
{
constexpr std::uint32_t MOST = 100;
enum class Side : std::uint32_t { Left, Right };
} // namespace valve

extern "C" {
#endif

struct valve_state {
#ifdef __cplusplus
	valve::Side side;
	std::uint32_t opened;
#else
	uint32_t side;
	uint32_t opened;
#endif
	uint64_t moved;
};

#define VALVE_MOVE _IOWR('v', 1, struct valve_state)

#ifdef __cplusplus
}

namespace valve
{
constexpr unsigned int MOVE = VALVE_MOVE;
static_assert(sizeof(valve_state) == 16);
} // namespace valve
#endif
