// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The compiler of a kernel, and the tools that belong to it.
#pragma once

#include "system/error.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** An arch for which kcxx builds kernels. */
struct KernelArch {
	std::string_view arch;       // kcxx's name
	std::string_view kbuild;     // Kbuild's name
	std::string_view gnu;        // prefix of its GNU tools' names
	std::string_view target;     // make's target for the image
	std::string_view image;      // path of the image in the build directory
	std::string_view deb_suffix; // suffix of its GNU tools' packages
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

/** A choice of compiler, whose programs may be missing. */
struct Toolchain {
	std::string name;   // "clang-19"
	std::string family; // "clang" or "gcc"
	std::string host_compiler;
	std::vector<std::string> make_arguments;
	std::vector<NeededProgram> programs; // the compiler first
};

/**
 * Returns the toolchain @asked for, such as "clang-19" or "gcc"; if @asked is empty, the newest
 * Clang that has its linker and binary utilities. Error: usage, if @asked names no compiler.
 */
Result<Toolchain> choose_toolchain(const KernelArch &arch, std::string_view asked);

/** Returns the first line of --version of @toolchain's compiler. */
Result<std::string> compiler_version(const Toolchain &toolchain);

} // namespace kcxx
