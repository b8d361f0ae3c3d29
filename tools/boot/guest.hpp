// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Running one guest from QEMU's start to its end.
//
// Most of a boot is the same for all modules. So a guest is frozen where the modules would come,
// and kept; this and later ones go on from there, with files of their own. A guest that can't be
// frozen, or is not to be, boots with its files in the initramfs.
#pragma once

#include "boot/guest_init.hpp"
#include "boot/machine.hpp"
#include "boot/report.hpp"
#include "kernels/cache.hpp"
#include "system/error.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace kcxx
{

/** A file for the guest: where it is here, where it goes there. */
using GuestFile = std::pair<std::filesystem::path, std::filesystem::path>;

struct GuestRequest {
	const Machine *machine = &machines.front();
	std::filesystem::path image;
	std::filesystem::path busybox;   // static, for the guest's arch
	std::vector<ModuleFile> modules; // in load order
	ModuleParameters parameters;
	std::filesystem::path script; // empty: none
	std::vector<GuestFile> files;
	std::string append;               // more kernel arguments
	std::vector<std::string> devices; // of the machine: values of QEMU's -device
	unsigned memory_mib = 0;
	bool verbose = false;        // let the kernel speak from its start
	bool sandbox = true;         // for QEMU; one without libseccomp has none
	bool fresh = false;          // boot it, though one that has booted may be there
	std::filesystem::path saved; // where guests are kept
	std::chrono::seconds timeout{};
};

/** Called for each line as it comes; @from_start is true before the first module. */
using LineSink = std::function<void(const LogLine &line, bool from_start)>;

/**
 * Boots the guest and returns what happened; @sink sees each line as it comes. An Error is only
 * what kept the guest from starting. QEMU is gone when this returns.
 */
Result<GuestReport> run_guest(GuestRequest request, const LineSink &sink);

/** A static busybox for @machine: @asked if not empty, else the installed one, else a cached one.
 */
Result<std::filesystem::path> find_busybox(const Cache &cache, const Machine &machine,
					   const std::filesystem::path &asked);

} // namespace kcxx
