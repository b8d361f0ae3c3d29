// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A kernel modules can be built for or booted on, and what its build directory says of it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** One kernel. A path is empty where that part is not there. */
struct Kernel {
	std::string release;  // what uname -r prints there: "6.12.117+deb12-amd64"
	std::string arch;     // "x86_64", "arm64", "riscv64"; empty: unknown
	std::string compiler; // CONFIG_CC_VERSION_TEXT; empty: unknown
	std::string origin;   // "cache" (fetched into it), "built" (there, by kcxx) or "installed"
	std::filesystem::path build;
	std::filesystem::path image;
	std::filesystem::path modules;
};

/** What a module-build directory says: release, arch, compiler. All empty when it is none. */
Kernel read_build_directory(const std::filesystem::path &build);

/**
 * The kernels installed under @root ("/"): /lib/modules/<release>/build, /usr/src/linux-headers-*
 * and /boot/vmlinuz-*, those of one release joined; oldest release first.
 */
std::vector<Kernel> installed_kernels(const std::filesystem::path &root);

/** The arch of this machine, as Kernel has it; what uname -m says where kcxx knows no other name.
 */
std::string native_arch();

/**
 * Returns whether @text can be the release of a kernel, as uname -r prints it: a number, then
 * letters, digits and . + ~ _ - : @ = , without a blank or '/'. kcxx puts releases into paths: a
 * text of a file must pass here before it becomes one.
 */
bool is_release(std::string_view text);

/** "6.12" of "6.12.117+deb12-amd64"; empty if @release does not begin with two numbers. */
std::string series_of(std::string_view release);

/** Sorts by release, the numbers in it compared as numbers. */
void sort_by_release(std::vector<Kernel> &kernels);

} // namespace kcxx
