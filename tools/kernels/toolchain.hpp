// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The compiler a kernel is built with, and all that goes with it.
#pragma once

#include "system/error.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** An arch that kernels are built for. */
struct KernelArch {
	std::string_view arch;       // as kcxx says it
	std::string_view kbuild;     // as Kbuild says it
	std::string_view gnu;        // what its GNU tools' names begin with
	std::string_view target;     // of make, for the image
	std::string_view image;      // in the build directory
	std::string_view deb_suffix; // of the packages of its GNU tools
};

inline constexpr std::array kernel_arches = {
	KernelArch{.arch = "x86_64",
		   .kbuild = "x86_64",
		   .gnu = "x86_64-linux-gnu-",
		   .target = "bzImage",
		   .image = "arch/x86/boot/bzImage",
		   .deb_suffix = "-x86-64-linux-gnu"},
	KernelArch{.arch = "arm64",
		   .kbuild = "arm64",
		   .gnu = "aarch64-linux-gnu-",
		   .target = "Image",
		   .image = "arch/arm64/boot/Image",
		   .deb_suffix = "-aarch64-linux-gnu"},
	KernelArch{.arch = "riscv64",
		   .kbuild = "riscv",
		   .gnu = "riscv64-linux-gnu-",
		   .target = "Image",
		   .image = "arch/riscv/boot/Image",
		   .deb_suffix = "-riscv64-linux-gnu"},
};

/** A program that a build runs, and the package that has it. */
struct NeededProgram {
	std::string name;
	std::string package;
};

/** A choice of compiler; its programs need not be there. */
struct Toolchain {
	std::string name;   // "clang-19"
	std::string family; // "clang" or "gcc"
	std::string host_compiler;
	std::vector<std::string> make_arguments;
	std::vector<NeededProgram> programs; // the compiler first
};

/**
 * The toolchain @asked for, as "clang-19" or "gcc"; if that is empty, the newest Clang that has its
 * linker and binary utilities beside it. Error: usage, @asked names no compiler.
 */
Result<Toolchain> choose_toolchain(const KernelArch &arch, std::string_view asked);

/** What @toolchain's compiler says of itself. */
Result<std::string> compiler_version(const Toolchain &toolchain);

} // namespace kcxx
