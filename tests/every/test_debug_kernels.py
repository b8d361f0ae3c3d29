# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Modules on kernels that Clang built to find errors: KASAN, lockdep, kmemleak, kCFI and others find none."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.faults_project import commands_of, parts_of, write_faults
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.library_kernels import DEBUG_OPTIONS, SCAN, kernel_of
from fixtures.subject_project import assert_they_worked, write_modules

WARNED = 14

# Options of the kernel that find errors, where the architecture has them
LOOKS_FOR = ("KASAN", "PROVE_LOCKING", "DEBUG_ATOMIC_SLEEP", "DEBUG_KMEMLEAK", "CFI_CLANG", "UBSAN_BOUNDS", "FAILSLAB")
MARKS_TARGETS = {"x86_64": "X86_KERNEL_IBT", "arm64": "ARM64_BTI_KERNEL"}

# The kernel's message for each error of faults.cc. The last error ends the task, which holds the parameters' lock.
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
    """The kernel has each of the options that find errors."""
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


def boot_faults(
    directory: Path, kcxx: Path, package: Path, script: str, *options: str
) -> subprocess.CompletedProcess[str]:
    """Boots the module that makes errors on the kernel for x86_64, and runs @script."""
    kernel = kernel_of(kcxx, "debug", "x86_64")
    project = KbuildProject(directory, package, kernel.build)
    write_faults(project)
    project.made("LLVM=-19")
    options = ("--memory", "512", "--timeout", "300", "--script", project.write("script", script), *options)
    return run(kcxx, "boot", "--kernel", kernel.image, *options, project.module("faults"))


def test_leak_is_told(kcxx: Path, package: Path, tmp_path: Path) -> None:
    """The scan, which finds nothing elsewhere, finds the object that a Box released without an owner."""
    result = boot_faults(tmp_path, kcxx, package, commands_of(["leak"]) + SCAN)
    assert result.returncode == WARNED
    assert re.search(r"^unreferenced object .*(?:\n  .*)*\[faults\]", result.stdout, re.M), result.stdout


@pytest.fixture(scope="session")
def messages(kcxx: Path, package: Path, run_directory: Path) -> dict[str, str]:
    """Returns the kernel's messages by error in FOUND; the errors are made one after the other, in one guest."""

    def make(directory: Path) -> None:
        multiple = ("--append", "kasan_multi_shot", "--verbose")
        log = boot_faults(directory, kcxx, package, commands_of(FOUND), *multiple).stdout
        (directory / "log").write_text(log, encoding="utf-8")

    return parts_of((made_once(run_directory / "debug-faults", make) / "log").read_text(encoding="utf-8"))


@pytest.mark.parametrize("fault", FOUND)
def test_error_in_cxx_is_found(fault: str, messages: dict[str, str]) -> None:
    """The kernel finds in C++ what it finds in C: KASAN, UBSAN and kCFI are in its code."""
    assert re.search(FOUND[fault], messages[fault])
