# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Modules on kernels that Clang built to tell of errors: KASAN, lockdep, kmemleak, kCFI and others find none."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cmake_project import CMakeProject
from conftest import Kernel, must, run
from kbuild_project import KbuildProject
from library_kernels import DEBUG_OPTIONS, kernel_of
from subject_project import assert_they_worked, write_modules

WARNED = 14

# What the kernel has been told to look for, where the architecture has it
LOOKS_FOR = ("KASAN", "PROVE_LOCKING", "DEBUG_ATOMIC_SLEEP", "DEBUG_KMEMLEAK", "CFI_CLANG", "UBSAN_BOUNDS", "FAILSLAB")
MARKS_TARGETS = {"x86_64": "X86_KERNEL_IBT", "arm64": "ARM64_BTI_KERNEL"}

# Twice: an object is told of when two scans have not found it. It has to be some seconds old.
SCAN = """\
cd /sys/kernel/debug
sleep 6
echo scan > kmemleak
echo scan > kmemleak
cat kmemleak
"""


@pytest.fixture(scope="session", params=MARKS_TARGETS)
def debug_kernel(request: pytest.FixtureRequest, kcxx: Path) -> Kernel:
    """kcxx kernels build --debug, for each architecture that has all of it"""
    return kernel_of(kcxx, "debug", request.param)


def test_debug_kernel_has_what_it_is_for(debug_kernel: Kernel) -> None:
    """Each of the options that make it one."""
    options = (*LOOKS_FOR, MARKS_TARGETS[debug_kernel.arch])
    assert [name for name in options if f"\nCONFIG_{name}=y\n" not in debug_kernel.configuration] == []


def test_debug_kernel_complains_of_nothing(debug_kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """hello, a module of C++ and C, and one that calls it, whole by Clang: they work, and the log is clean."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, debug_kernel.build)
    modules = write_modules(project)
    project.made()
    script = project.write("scan.sh", SCAN)
    log = must(run(kcxx, "boot", "--kernel", debug_kernel.image, "--script", script, *DEBUG_OPTIONS, *modules))
    assert_they_worked(log)


def test_leak_is_told(kcxx: Path, package: Path, tmp_path: Path) -> None:
    """What a Box gave away and nobody owns: the scan that finds nothing elsewhere finds it."""
    kernel = kernel_of(kcxx, "debug", "x86_64")
    project = KbuildProject(tmp_path, package, kernel.build)
    shutil.copy(Path(__file__).parent / "border/faults.cc", tmp_path)
    project.kbuild("obj-m := faults.o\n")
    project.made("LLVM=-19")
    script = project.write("leak.sh", f"echo leak > /sys/module/faults/parameters/fault\n{SCAN}")
    options = ("--memory", "1024", "--timeout", "300", "--script", script)
    result = run(kcxx, "boot", "--kernel", kernel.image, *options, project.module("faults"))
    assert result.returncode == WARNED
    assert re.search(r"^unreferenced object .*(?:\n  .*)*\[faults\]", result.stdout, re.M), result.stdout
