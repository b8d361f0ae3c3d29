// SPDX-License-Identifier: GPL-2.0-only OR MIT
// QEMU's command line.
#pragma once

#include "architecture.hpp"
#include "boot/machine.hpp"
#include "system/child.hpp"
#include "system/error.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** The parameters of QEMU. The caller owns the descriptors; -1 stands for none. */
struct QemuStart {
	const Architecture *arch = &architectures.front();
	unsigned memory_mib = 0;
	unsigned cpus = 1;
	int kernel = -1;       // the image, unless -1
	std::string image;     // path of the image
	int initramfs = -1;    // -1: a frozen guest resumes, and uses neither kernel nor image
	std::string arguments; // the kernel's
	int memory = -1;       // file that holds the guest's memory
	int results = -1;      // socket for the guest's results
	int monitor = -1;      // socket for QMP
	std::vector<Addition> additions; // to the machine
	bool sandbox = true;             // QEMU may neither start programs nor gain privileges
};

/** QEMU prints these if it has no sandbox: it was built without, or this kernel grants none. */
inline constexpr std::array qemu_without_sandbox = {
	std::string_view("-sandbox support is not enabled"),
	std::string_view("failed to install seccomp syscall filter"),
};

/** Starts QEMU; the first serial port is its output. The Error has all parts. */
Result<Child> start_qemu(const QemuStart &start);

} // namespace kcxx
