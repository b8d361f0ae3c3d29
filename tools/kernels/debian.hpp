// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Debian's names of kernel packages, and the paths in them.
#pragma once

#include <array>
#include <string_view>

// {} stands for the release in the strings below.
namespace kcxx::debian
{

inline constexpr std::string_view headers = "linux-headers-{}"; // holds the build directory
inline constexpr std::string_view image = "linux-image-{}";     // holds image and modules
inline constexpr std::string_view build_directory = "usr/src/linux-headers-{}";
inline constexpr std::array<std::string_view, 2> modules_directories = {
	"usr/lib/modules/{}", "lib/modules/{}"}; // after and before the /usr merge

inline constexpr std::string_view image_beside_modules = "usr/lib/modules/{}/vmlinuz"; // since 7.x

// Prefixes of the packages that the headers depend on and a build needs: the common headers, and
// the programs that a build runs, in a directory of that name. Other dependencies are compilers and
// similar packages.
inline constexpr std::string_view common_headers = "linux-headers-";
inline constexpr std::string_view common_ending = "-common";
inline constexpr std::string_view host_programs = "linux-kbuild-";
inline constexpr std::string_view host_programs_directory = "usr/lib/{}";

inline constexpr std::string_view busybox = "busybox-static";
inline constexpr std::array<std::string_view, 2> busybox_files = {"usr/bin/busybox", "bin/busybox"};

inline constexpr std::string_view keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

} // namespace kcxx::debian
