// SPDX-License-Identifier: GPL-2.0-only OR MIT
// How Debian names its kernel packages and where they put things.
#pragma once

#include <array>
#include <string_view>

namespace kcxx
{

/** Debian's kernel for one arch, of plain flavour: that of the arch's name. */
struct DebianKernel {
	std::string_view arch;        // as kcxx says it
	std::string_view debian_arch; // as dpkg says it; releases end in it
	std::string_view image_file;  // in the image's package
	std::string_view suite;       // the first with this arch, for machines whose own have none
};

inline constexpr std::array debian_kernels = {
	DebianKernel{.arch = "x86_64",
		     .debian_arch = "amd64",
		     .image_file = "boot/vmlinuz-{}",
		     .suite = {}},
	DebianKernel{.arch = "arm64",
		     .debian_arch = "arm64",
		     .image_file = "boot/vmlinuz-{}",
		     .suite = {}},
	DebianKernel{.arch = "riscv64",
		     .debian_arch = "riscv64",
		     .image_file = "boot/vmlinux-{}",
		     .suite = "trixie"},
};

// In the strings below {} stands for the release.
namespace debian
{

inline constexpr std::string_view headers = "linux-headers-{}"; // holds the build directory
inline constexpr std::string_view image = "linux-image-{}";     // holds image and modules
inline constexpr std::string_view build_directory = "usr/src/linux-headers-{}";
inline constexpr std::array<std::string_view, 2> modules_directories = {
	"usr/lib/modules/{}", "lib/modules/{}"}; // after and before the /usr merge

// What the names of the packages begin with that the headers depend on and a build needs: their
// common part, and the programs that a build runs, in a directory of that name. The others are
// compilers and the like.
inline constexpr std::string_view common_headers = "linux-headers-";
inline constexpr std::string_view host_programs = "linux-kbuild-";
inline constexpr std::string_view host_programs_directory = "usr/lib/{}";

inline constexpr std::string_view busybox = "busybox-static";
inline constexpr std::array<std::string_view, 2> busybox_files = {"usr/bin/busybox", "bin/busybox"};

inline constexpr std::string_view keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

} // namespace debian

} // namespace kcxx
