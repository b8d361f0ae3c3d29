# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The kernels on which each part of the library is tried: all, and every family's compiler where a kernel has both.

Each pair of kernel and compiler is tried with other modules, in test_arches.py.
"""

from __future__ import annotations

from pathlib import Path

from conftest import Kernel, fetched_kernel
from self_built_kernel import built_kernel

DEBUG = ("debug", "x86_64", "clang")
KERNELS = [
    ("6.1", "x86_64", "clang"),
    ("6.12", "x86_64", "gcc"),
    ("6.1", "arm64", "gcc"),
    ("6.12", "arm64", "clang"),
    ("6.12", "riscv64", "gcc"),
    DEBUG,
]

# KASAN makes the guest slow and large; leaks are told in the script's output
DEBUG_OPTIONS = ("--memory", "512", "--timeout", "500", "--forbid", "unreferenced object")


def kernel_of(kcxx: Path, series: str, arch: str) -> Kernel:
    """The distribution's, or the one that looks for errors: KASAN, lockdep, atomic sleep, kmemleak, kCFI"""
    if series == "debug":
        return built_kernel(kcxx, "--arch", arch, "--debug", "--compiler", "clang-19")
    return fetched_kernel(kcxx, series, arch)
