# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Kernel modules for x86_64, by GCC:
#
#   cmake --toolchain <kcxx>/toolchains/x86_64-gcc.cmake -D KCXX_KERNEL=<release or directory> …

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
include("${CMAKE_CURRENT_LIST_DIR}/find-gcc.cmake")
