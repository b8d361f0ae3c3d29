// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The user's additions to the guest's machine: devices, drives, networks, and options of QEMU's.
#pragma once

#include "architecture.hpp"
#include "system/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** The user's words: each is the value of an option of kcxx boot. */
struct MachineOptions {
	std::vector<std::string> devices; // --device
	std::vector<std::string> drives;  // --drive
	std::vector<std::string> nics;    // --nic
	std::vector<std::string> qemu;    // --qemu
};

/** An addition to the machine. */
struct Addition {
	std::string given;                  // the option, as "--device"
	std::string value;                  // its value, by the user
	std::vector<std::string> arguments; // QEMU's
};

/** Returns the additions; an Error if one is not understood, or would start no guest. */
Result<std::vector<Addition>> additions_of(const MachineOptions &options, const Architecture &arch);

/** Returns an Error if QEMU refuses one of @additions in @line. */
std::optional<Error> refused_addition(const Architecture &arch,
				      const std::vector<Addition> &additions,
				      std::string_view line);

} // namespace kcxx
