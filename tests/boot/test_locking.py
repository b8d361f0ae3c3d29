# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Locks, waiting, RCU, atomics and threads at work, on two CPUs; what a debug kernel tells of their misuse."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from cmake_project import CMakeProject, remarks
from conftest import REPOSITORY, Kernel, made_once, must, run
from library_kernels import DEBUG, DEBUG_OPTIONS, KERNELS, SCAN, kernel_of

LOCKING = REPOSITORY / "tests/modules/locking"
MODULES = ("atomics", "locks", "rcu", "waiting")
MISTAKES = sorted(path.stem for path in (LOCKING / "mistakes").glob("*.cc"))

# The statuses of kcxx boot that are asserted here
WARNED = 14
OOPSED = 16

# What each module says of itself, in its source
BEHAVIOURS = [
    (module, behaviour)
    for module in MODULES
    for behaviour in re.findall(r"^\s+BEHAVES\((\w+)\);$", (LOCKING / f"{module}.cc").read_text("utf-8"), re.M)
]

CLASSES = "sed -n 's/^.*: \\(kcxx .*\\)$/class: \\1/p' /proc/lockdep\n"


@dataclass(frozen=True)
class Booted:
    """The modules of locking/, built and booted."""

    kernel: Kernel
    said: str
    log: str


@pytest.fixture(scope="session", params=KERNELS, ids="-".join)
def booted(
    request: pytest.FixtureRequest, kcxx: Path, package: Path, run_directory: Path, two_cpus: dict[str, str]
) -> Booted:
    """For each kernel by a family's toolchain file; made and booted once."""
    series, arch, compiler = request.param
    debug = request.param == DEBUG
    kernel = kernel_of(kcxx, series, arch)

    def make(directory: Path) -> None:
        shutil.copytree(LOCKING, directory, dirs_exist_ok=True)
        project = CMakeProject(directory, directory / "build", package, kernel.build)
        project.lists("".join(f"add_kernel_module({name} {name}.cc context.c)\n" for name in MODULES))
        toolchain = package / f"share/kcxx/toolchains/{arch}-{compiler}.cmake"
        (directory / "said").write_text(project.made(f"--toolchain={toolchain}"), encoding="utf-8")
        script = project.write("script.sh", f"nproc | sed 's/^/CPUs: /'\n{CLASSES + SCAN if debug else ''}")
        options = ("--kernel", kernel.image, *DEBUG_OPTIONS) if debug else ()
        modules = [project.module(name) for name in MODULES]
        log = must(run(kcxx, "boot", "--script", script, *options, *modules, env=two_cpus))
        (directory / "log").write_text(log, encoding="utf-8")

    directory = made_once(run_directory / f"locking-{'-'.join(request.param)}", make)
    said, log = ((directory / name).read_text(encoding="utf-8") for name in ("said", "log"))
    return Booted(kernel, said, log)


@pytest.mark.parametrize(("module", "behaviour"), BEHAVIOURS)
def test_library(module: str, behaviour: str, booted: Booted) -> None:
    """What a type does is what its header says, and the kernel complains of nothing."""
    assert re.search(rf"\b{module}: {behaviour}: holds$", booted.log, re.M), booted.log


def test_modules_run_on_two_cpus(booted: Booted) -> None:
    """Else little of it would be tried. The debug kernel has no ACPI, and finds one."""
    assert f"CPUs: {1 if '-debug-' in booted.kernel.release else 2}\n" in booted.log


def test_build_remarks_nothing(booted: Booted) -> None:
    """No warning of a compiler, objtool, modpost or the linker; only the check's, and that pahole is too old."""
    said = re.sub(r"^CMake Warning at .*?\n\n\n", "", booted.said, flags=re.M | re.S)
    assert [line for line in remarks(said) if " gets no BTF: " not in line] == []


@pytest.mark.parametrize("booted", [DEBUG], ids=["debug"], indirect=True)
def test_lock_classes_are_one_for_each_declaration(booted: Booted) -> None:
    """Three objects share the classes of their members; two members of one type have two."""
    assert sorted(re.findall(r"class: (.*)$", booted.log, re.M)) == ["kcxx left", "kcxx node", "kcxx right"]


# Mistakes that compile


@pytest.fixture(scope="session")
def mistakes(kcxx: Path, package: Path, run_directory: Path) -> CMakeProject:
    """The modules of locking/mistakes/ for the debug kernel, by Clang."""

    def make(directory: Path) -> None:
        project = CMakeProject(directory, directory / "build", package, kernel_of(kcxx, "debug", "x86_64").build)
        for name in MISTAKES:
            shutil.copy(LOCKING / f"mistakes/{name}.cc", directory)
        project.lists("".join(f"add_kernel_module({name} {name}.cc)\n" for name in MISTAKES))
        project.made()

    directory = made_once(run_directory / "locking-mistakes", make)
    return CMakeProject(directory, directory / "build", package, kernel_of(kcxx, "debug", "x86_64").build)


def boot_mistake(name: str, kcxx: Path, mistakes: CMakeProject) -> subprocess.CompletedProcess[str]:
    """Boots a module of locking/mistakes/ on the debug kernel."""
    image = kernel_of(kcxx, "debug", "x86_64").image
    return run(kcxx, "boot", "--kernel", image, "--memory", "512", "--timeout", "300", mistakes.module(name))


def test_inversion_is_told_by_the_lock_validator(kcxx: Path, mistakes: CMakeProject) -> None:
    """Two declarations taken in both orders, in one task, one after the other: a deadlock before it happens."""
    result = boot_mistake("inversion", kcxx, mistakes)
    assert result.returncode == WARNED
    assert "WARNING: possible circular locking dependency detected" in result.stdout
    assert re.search(r"is trying to acquire lock:\n.*\(kcxx left\)", result.stdout), result.stdout


def test_two_locks_of_one_class_are_told_by_the_lock_validator(kcxx: Path, mistakes: CMakeProject) -> None:
    """What one declaration makes is one class, whichever objects it is in."""
    result = boot_mistake("same_class", kcxx, mistakes)
    assert result.returncode == WARNED
    assert "WARNING: possible recursive locking detected" in result.stdout
    assert "(kcxx node)" in result.stdout


def test_sleep_that_clang_does_not_see_is_told_by_the_kernel(kcxx: Path, mistakes: CMakeProject) -> None:
    """Through a pointer to a function, under a spinlock."""
    result = boot_mistake("sleeps_unseen", kcxx, mistakes)
    assert result.returncode in (WARNED, OOPSED)
    assert "BUG: sleeping function called from invalid context" in result.stdout


def test_wrong_assertion_of_atomic_context_is_told_by_the_kernel(kcxx: Path, mistakes: CMakeProject) -> None:
    """assert_atomic() where one may sleep."""
    result = boot_mistake("not_atomic", kcxx, mistakes)
    assert result.returncode == WARNED
    assert "kcxx_assert_atomic" in result.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("another_lock", "LockedBy: another lock is held"),
        ("not_held", "TryGuard: the lock is not held"),
        ("work_waits_for_itself", "Work: its function waits for itself"),
    ],
)
def test_program_error_ends_in_a_named_bug(name: str, said: str, kcxx: Path, mistakes: CMakeProject) -> None:
    """A BUG whose log line says what it was."""
    result = boot_mistake(name, kcxx, mistakes)
    assert result.returncode == OOPSED
    assert re.search(rf"kcxx: \S+:\d+: {re.escape(said)}$", result.stdout, re.M), result.stdout
