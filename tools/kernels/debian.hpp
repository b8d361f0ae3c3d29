// SPDX-License-Identifier: GPL-2.0-only OR MIT
// How Debian names its kernel packages and where they put things; one row for each arch.
#pragma once

#include <array>
#include <string_view>

namespace kcxx
{

/** One flavour of Debian's kernel. In the strings {} stands for the release. */
struct DebianKernel {
	std::string_view arch;        // as kcxx says it
	std::string_view debian_arch; // as dpkg says it
	std::string_view flavour;     // what its releases end in
	std::string_view headers;     // package that holds the build directory
	std::string_view image;       // package that holds image and modules
	// Beginnings of the packages the headers depend on that a build needs too (the others are
	// compilers and the like).
	std::array<std::string_view, 2> needed_dependencies;
	// Paths in the packages.
	std::string_view build_directory;
	std::string_view image_file;
	std::array<std::string_view, 2> modules_directories; // before and after the /usr merge
};

inline constexpr std::array debian_kernels = {
	DebianKernel{
		.arch = "x86_64",
		.debian_arch = "amd64",
		.flavour = "-amd64",
		.headers = "linux-headers-{}",
		.image = "linux-image-{}",
		.needed_dependencies = {"linux-headers-", "linux-kbuild-"},
		.build_directory = "usr/src/linux-headers-{}",
		.image_file = "boot/vmlinuz-{}",
		.modules_directories = {"usr/lib/modules/{}", "lib/modules/{}"},
	},
};

} // namespace kcxx
