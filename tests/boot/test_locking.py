# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Locks on a debug kernel: their classes, and what the kernel reports of their misuse."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import run
from fixtures.directories import made_once
from fixtures.exit_status import ExitStatus
from fixtures.library_guest import LibraryGuest, library_guest
from fixtures.library_kernels import DEBUG, kernel_of
from fixtures.repository import REPOSITORY

__all__ = ["library_guest"]

LOCKING = REPOSITORY / "tests/modules/locking"
MISTAKES = sorted(path.stem for path in (LOCKING / "mistakes").glob("*.cc"))


@pytest.mark.every
@pytest.mark.parametrize("library_guest", [DEBUG], ids=["debug"], indirect=True)
def test_lock_classes_are_one_for_each_declaration(library_guest: LibraryGuest) -> None:
    """Three objects share the classes of their members; two members of one type have two."""
    classes = re.findall(r"^class: (.*)$", library_guest.part("lock_classes"), re.M)
    assert sorted(classes) == ["kcxx left", "kcxx node", "kcxx right"]


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


@pytest.mark.every
def test_inversion_is_told_by_the_lock_validator(kcxx: Path, mistakes: CMakeProject) -> None:
    """Two declarations taken in both orders, in one task, one after the other: a deadlock before it happens."""
    result = boot_mistake("inversion", kcxx, mistakes)
    assert result.returncode == ExitStatus.WARNING
    assert "WARNING: possible circular locking dependency detected" in result.stdout
    assert re.search(r"is trying to acquire lock:\n.*\(kcxx left\)", result.stdout), result.stdout


@pytest.mark.every
def test_two_locks_of_one_class_are_told_by_the_lock_validator(kcxx: Path, mistakes: CMakeProject) -> None:
    """Locks of one declaration are of one class, whichever objects have them."""
    result = boot_mistake("same_class", kcxx, mistakes)
    assert result.returncode == ExitStatus.WARNING
    assert "WARNING: possible recursive locking detected" in result.stdout
    assert "(kcxx node)" in result.stdout


@pytest.mark.every
def test_sleep_that_clang_does_not_see_is_told_by_the_kernel(kcxx: Path, mistakes: CMakeProject) -> None:
    """Clang does not follow a pointer to a function that sleeps under a spinlock; the kernel reports it."""
    result = boot_mistake("sleeps_unseen", kcxx, mistakes)
    assert result.returncode in (ExitStatus.WARNING, ExitStatus.OOPS)
    assert "BUG: sleeping function called from invalid context" in result.stdout


@pytest.mark.every
def test_wrong_assertion_of_atomic_context_is_told_by_the_kernel(kcxx: Path, mistakes: CMakeProject) -> None:
    """assert_atomic() where one may sleep."""
    result = boot_mistake("not_atomic", kcxx, mistakes)
    assert result.returncode == ExitStatus.WARNING
    assert re.search(r"WARNING: .* at helpers/context\.h:\d+ ", result.stdout), result.stdout
