// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Runs one guest from QEMU's start to its end.
//
// Most of a boot is the same for all modules. So kcxx freezes a guest before its first module and
// keeps it; this boot and later ones resume it, each with its own files. If a guest cannot be
// frozen, or the user asks for a fresh boot, the guest boots with its files in the initramfs.
#pragma once

#include "architecture.hpp"
#include "boot/guest_init.hpp"
#include "boot/machine.hpp"
#include "boot/report.hpp"
#include "kernels/cache.hpp"
#include "system/error.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace kcxx
{

/** A file for the guest: its path on the host, and its path in the guest. */
using GuestFile = std::pair<std::filesystem::path, std::filesystem::path>;

struct GuestRequest {
	const Architecture *arch = &architectures.front();
	std::filesystem::path image;
	std::filesystem::path busybox; // static, for the guest's arch
	GuestPlan plan;
	std::filesystem::path script; // empty: none
	std::vector<GuestFile> files;
	std::string append;              // more kernel arguments
	std::vector<Addition> additions; // to the machine
	unsigned memory_mib = 0;
	bool verbose = false;        // print the kernel's lines from its start
	bool sandbox = true;         // for QEMU; without libseccomp there is none
	bool fresh = false;          // boot, even if a saved guest exists
	std::filesystem::path saved; // directory of saved guests
	std::chrono::seconds timeout{};
};

/**
 * Boots the guest and reports what happened; passes each line to @sink when it arrives. Returns an
 * Error only if the guest did not start. QEMU has ended when this returns.
 */
Result<GuestReport> run_guest(GuestRequest request, const LineSink &sink);

/** Returns a static busybox for @machine: @asked if not empty, else the installed or the cached
 * one. */
Result<std::filesystem::path> find_busybox(const Cache &cache, const Architecture &arch,
					   const std::filesystem::path &asked);

} // namespace kcxx
