// SPDX-License-Identifier: GPL-2.0-only OR MIT
// QEMU's command line.
#pragma once

#include "boot/machine.hpp"
#include "system/child.hpp"
#include "system/error.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** How QEMU is started; descriptors are the caller's, and those of -1 are not there. */
struct QemuStart {
	const Machine *machine = &machines.front();
	unsigned memory_mib = 0;
	int kernel = -1;    // the image, or
	std::string image;  // its path
	int initramfs = -1; // -1: the guest goes on from where it was frozen, without any of these
	std::string arguments;            // the kernel's
	int memory = -1;                  // file that is its memory
	int results = -1;                 // socket that the guest writes its results to
	int monitor = -1;                 // socket for QMP
	std::vector<std::string> devices; // more of the machine: values of -device
	bool sandbox = true;              // it may start no program, and get no other rights
};

/** In its words where it has no sandbox: built without, or the kernel here grants none. */
inline constexpr std::array qemu_without_sandbox = {
	std::string_view("-sandbox support is not enabled"),
	std::string_view("failed to install seccomp syscall filter"),
};

/** Starts QEMU; the first serial port is its output. An Error is told whole. */
Result<Child> start_qemu(const QemuStart &start);

/** The Error of @line, if QEMU refuses one of @devices by it. */
std::optional<Error> refused_device(const Machine &machine, const std::vector<std::string> &devices,
				    std::string_view line);

} // namespace kcxx
