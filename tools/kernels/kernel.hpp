// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Kernels that modules can be built for or booted on, and reading them from build directories.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** One kernel. The path of a missing part is empty. */
struct Kernel {
	std::string release;  // output of uname -r: "6.12.117+deb12-amd64"
	std::string arch;     // an Architecture's name; empty: unknown
	std::string compiler; // CONFIG_CC_VERSION_TEXT; empty: unknown
	std::string origin;   // "cache" (fetched into it), "built" (there, by kcxx) or "installed"
	std::filesystem::path build;
	std::filesystem::path image;
	std::filesystem::path modules;
};

/** Reads release, arch and compiler from @build; nothing if it is no build directory for modules.
 */
std::optional<Kernel> read_build_directory(const std::filesystem::path &build);

/**
 * Returns the kernels installed under @root ("/"): /lib/modules/<release>/build,
 * /usr/src/linux-headers-* and /boot/vmlinuz-*, joined by release; oldest release first.
 */
std::vector<Kernel> installed_kernels(const std::filesystem::path &root);

/** Returns the arch of this machine, as in Kernel, or the output of uname -m if kcxx does not know
 * it. */
std::string native_arch();

/**
 * Returns whether @text can be the release of a kernel, as uname -r prints it: a number, then
 * letters, digits and . + ~ _ - : @ = , without a blank or '/'. kcxx puts releases into paths, so
 * every release that it reads from a file must pass this check.
 */
bool is_release(std::string_view text);

/** Returns "6.12" for "6.12.117+deb12-amd64"; empty if @release does not begin with two numbers. */
std::string series_of(std::string_view release);

/** Sorts by release, and compares the numbers in it as numbers. */
void sort_by_release(std::vector<Kernel> &kernels);

} // namespace kcxx
