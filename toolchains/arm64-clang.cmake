# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Kernel modules for arm64, by Clang:
#
#   cmake --toolchain <kcxx>/toolchains/arm64-clang.cmake -D KCXX_KERNEL=<release or directory> …

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
include("${CMAKE_CURRENT_LIST_DIR}/find-clang.cmake")
