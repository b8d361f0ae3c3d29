# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Kernel modules for riscv64, by GCC:
#
#   cmake --toolchain <kcxx>/toolchains/riscv64-gcc.cmake -D KCXX_KERNEL=<release or directory> …

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR riscv64)
include("${CMAKE_CURRENT_LIST_DIR}/find-gcc.cmake")
