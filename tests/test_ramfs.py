# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""examples/ramfs: built by CMake and by Kbuild alone; what a user sees of its file system."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import cmake_project
import kbuild_project
from cmake_project import CMakeProject
from conftest import REPOSITORY, Kernel, made_once, must, run
from kbuild_project import KbuildProject

EXAMPLE = REPOSITORY / "examples/ramfs"

# What the script and the module say, in their order
SAID = [
    "read: hello, file system",
    "size: 19",
    "full: error writing 'big': No space left on device",
    "room: 31 of 32",
    "unmounted, 32 of 32 pages free",
    "again: 0 names",
    "unmounted, 32 of 32 pages free",
]


def installed_example(directory: Path, package: Path) -> Path:
    """A copy of the example in a copy of the package, where its Kbuild file finds kbuild/."""
    shutil.copytree(package, directory, dirs_exist_ok=True)
    example = directory / "share/kcxx/examples/ramfs"
    shutil.copytree(EXAMPLE, example, ignore=shutil.ignore_patterns("build*", "*.o", "*.ko", "*.cmd", ".kcxx"))
    return example


def by_cmake(directory: Path, package: Path, kernel: Kernel) -> tuple[Path, list[str]]:
    """The module by CMake, and what was remarked."""
    example = installed_example(directory, package)
    project = CMakeProject(example, directory / "build", directory, kernel.build)
    return directory / "build/ramfs.ko", cmake_project.remarks(project.made("-DBUILD_TESTING=OFF"))


def by_kbuild(directory: Path, package: Path, kernel: Kernel) -> tuple[Path, list[str]]:
    """The module by the kernel's make, and what was remarked."""
    project = KbuildProject(installed_example(directory, package), directory, kernel.build)
    return project.directory / "ramfs.ko", kbuild_project.remarks(project.made())


@pytest.fixture(scope="session", params=[by_cmake, by_kbuild])
def booted(request: pytest.FixtureRequest, kernel: Kernel, kcxx: Path, package: Path, run_directory: Path) -> Path:
    """Where the module was built and booted: "remarks" of the build, the "log" of the guest."""

    def make(directory: Path) -> None:
        module, remarks = request.param(directory, package, kernel)
        (directory / "remarks").write_text("\n".join(remarks), encoding="utf-8")
        log = must(run(kcxx, "boot", "--script", EXAMPLE / "try.sh", module))
        (directory / "log").write_text(log, encoding="utf-8")

    return made_once(run_directory / f"ramfs-{request.param.__name__}-{kernel.series}", make)


def test_ramfs_does_what_its_readme_says(booted: Path) -> None:
    """Files are made, moved and read until it is unmounted; what does not fit is ENOSPC; all pages are given back."""
    log = (booted / "log").read_text(encoding="utf-8")
    said = [line.partition("ramfs: ")[2] or line for line in log.splitlines()]
    assert [line for line in said if line.startswith(("read", "size", "full", "room", "again", "unmounted"))] == SAID


def test_ramfs_build_remarks_nothing(booted: Path) -> None:
    """Only its steps are said."""
    assert (booted / "remarks").read_text(encoding="utf-8") == ""
