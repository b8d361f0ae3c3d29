# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Modules on kernels that Clang built to tell of errors: KASAN, lockdep, kmemleak, kCFI and others find none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from cmake_project import CMakeProject
from conftest import Kernel, made_once, must, run
from faults_project import commands_of, parts_of, write_faults
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

# By error of faults.cc: what is told of it. The last one ends the task, which holds the parameters' lock.
FOUND = {
    "out_of_bounds": "BUG: KASAN: slab-out-of-bounds in ",
    "out_of_global_bounds": "BUG: KASAN: global-out-of-bounds in ",
    "out_of_array_bounds": r"UBSAN: array-index-out-of-bounds in .*faults\.cc",
    "use_after_free": "BUG: KASAN: slab-use-after-free in ",
    "stale_element": "BUG: KASAN: slab-use-after-free in ",
    "wrong_type": r"CFI failure at \S*wrong_type",
}


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


@dataclass(frozen=True)
class Told:
    """What the kernel for x86_64 said of errors, and what kcxx boot ended with."""

    leak: str
    leak_status: int
    faults: dict[str, str]


@pytest.fixture(scope="session")
def told(kcxx: Path, package: Path, run_directory: Path) -> Told:
    """Of a leak, and in another guest of the errors in FOUND, one after the other; made once."""
    kernel = kernel_of(kcxx, "debug", "x86_64")
    scripts = {"leak": commands_of(["leak"]) + SCAN, "faults": commands_of(FOUND)}

    def make(directory: Path) -> None:
        project = KbuildProject(directory, package, kernel.build)
        write_faults(project)
        project.made("LLVM=-19")
        for name, commands in scripts.items():
            options = ("--memory", "1024", "--timeout", "300", "--append", "kasan_multi_shot", "--verbose")
            script = project.write(f"{name}.sh", commands)
            result = run(kcxx, "boot", "--kernel", kernel.image, *options, "--script", script, project.module("faults"))
            project.write(f"{name}.status", str(result.returncode))
            project.write(f"{name}.log", result.stdout)

    directory = made_once(run_directory / "debug-faults", make)
    status = int((directory / "leak.status").read_text("utf-8"))
    leak, faults = ((directory / f"{name}.log").read_text("utf-8") for name in scripts)
    return Told(leak, status, parts_of(faults))


def test_leak_is_told(told: Told) -> None:
    """What a Box gave away and nobody owns: the scan that finds nothing elsewhere finds it."""
    assert told.leak_status == WARNED
    assert re.search(r"^unreferenced object .*(?:\n  .*)*\[faults\]", told.leak, re.M), told.leak


@pytest.mark.parametrize("fault", FOUND)
def test_error_in_cxx_is_found(fault: str, told: Told) -> None:
    """The kernel finds in C++ what it finds in C: KASAN, UBSAN and kCFI are in its code."""
    assert re.search(FOUND[fault], told.faults[fault])
