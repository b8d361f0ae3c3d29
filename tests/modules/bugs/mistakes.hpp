// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A device that makes the mistake whose name is written to it, in the task that writes.

#pragma once

#include <string_view>

#include <kernel/miscdevice.hpp>
#include <kernel/prelude.hpp>

#include "behaviours.hpp"

#define MISTAKE(name) BEHAVES(name)

/// The state of an opener of the device; `mistakes` is an array of Behaviour.
template <const auto &mistakes>
class Mistake
{
public:
	static Result<Mistake> open(const File & /*file*/) { return Mistake{}; }

	Result<> write(const File & /*file*/, UserReader &from, Offset & /*position*/) const
	{
		const Vec<char> name = KTRY(from.read_all(64, GFP_KERNEL));
		const std::string_view wanted{name.data(), name.size()};
		for (const Behaviour &mistake : mistakes)
			if (wanted == mistake.name)
				return mistake.run();
		return std::unexpected(ENOENT);
	}
};
