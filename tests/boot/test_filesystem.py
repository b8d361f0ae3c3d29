# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""File systems, seen from user space: what can be done in them, what cannot, and that nothing is left of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cmake_project import CMakeProject
from conftest import REPOSITORY, made_once, must, run
from library_kernels import DEBUG, DEBUG_OPTIONS, KERNELS, SCAN, kernel_of
from user_side import UserSide, user_program

FILESYSTEM = REPOSITORY / "tests/modules/filesystem"
BEHAVIOURS = re.findall(r"^\tBEHAVES\((\w+)\),$", (FILESYSTEM / "filesystem_user.c").read_text("utf-8"), re.M)


@pytest.fixture(scope="session", params=KERNELS, ids="-".join)
def mounted(request: pytest.FixtureRequest, kcxx: Path, package: Path, run_directory: Path) -> UserSide:
    """The module of filesystem/, built by a family's toolchain file for each kernel, and mounted there."""
    series, arch, compiler = request.param
    debug = request.param == DEBUG
    kernel = kernel_of(kcxx, series, arch)

    def make(directory: Path) -> None:
        shutil.copytree(FILESYSTEM, directory, dirs_exist_ok=True)
        project = CMakeProject(directory, directory / "build", package, kernel.build)
        project.lists("add_kernel_module(filesystem filesystem.cc)\n")
        toolchain = package / f"share/kcxx/toolchains/{arch}-{compiler}.cmake"
        (directory / "said").write_text(project.made(f"--toolchain={toolchain}"), encoding="utf-8")
        program = user_program(directory / "filesystem_user.c", arch, directory)
        script = project.write("script.sh", (FILESYSTEM / "filesystem.sh").read_text("utf-8") + (SCAN if debug else ""))
        options = ("--kernel", kernel.image, *DEBUG_OPTIONS) if debug else ()
        files = ("--file", f"{program}:{program.name}")
        log = must(run(kcxx, "boot", "--script", script, *files, *options, project.module("filesystem")))
        (directory / "log").write_text(log, encoding="utf-8")

    directory = made_once(run_directory / f"filesystem-{'-'.join(request.param)}", make)
    said, log = ((directory / name).read_text(encoding="utf-8") for name in ("said", "log"))
    return UserSide(said, log)


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_user_space_sees(behaviour: str, mounted: UserSide) -> None:
    """What a system call does is what the classes say, or what the kernel says where they lack a member."""
    assert re.search(rf"^user: {behaviour}: holds$", mounted.log, re.M), mounted.log


def test_mounts_end_without_a_rest(mounted: UserSide) -> None:
    """What was mounted is destroyed at unmount, or when the last file is closed, after all that was in it."""
    left = [int(count) for count in re.findall(r"filesystem: tree: gone, (-?\d+) objects left$", mounted.log, re.M)]
    assert len(left) > len(BEHAVIOURS)
    assert set(left) == {0}


def test_module_is_held_while_mounted(mounted: UserSide) -> None:
    """rmmod is refused as long as something is mounted, or was and has an open file."""
    assert re.search(r"^rmmod: .*'filesystem': Resource temporarily unavailable$", mounted.log, re.M), mounted.log
    before, held, detached, after = (int(users) for users in re.findall(r"^users: (\d+)$", mounted.log, re.M))
    assert before == after == 0 and held > 0 and detached > 0


def test_type_is_registered_once(mounted: UserSide) -> None:
    """A second registration is EBUSY, and leaves the first as it is."""
    assert "the same type again: not so" not in mounted.log
    assert "filesystem: the same type again: EBUSY\n" in mounted.log


def test_module_is_loaded_mounted_and_unloaded_again(mounted: UserSide) -> None:
    """Twenty times: each time all of it works as at first."""
    assert "\nrounds: 20\n" in mounted.log


@pytest.mark.parametrize("mounted", [DEBUG], ids=["debug"], indirect=True)
@pytest.mark.parametrize("made", ["/tmp/other", "file", "dir", "soft"])
def test_each_allocation_may_fail(made: str, mounted: UserSide) -> None:
    """Mounting, and making a file, a directory and a link, were tried with each of their allocations failing."""
    told, tried = (int(n) for n in re.search(rf"^memory: {made}: (\d+) of (\d+) failures told$", mounted.log, re.M).groups())
    assert tried >= told > 1


def test_build_remarks_nothing(mounted: UserSide) -> None:
    """No warning of a compiler, objtool, modpost or the linker."""
    assert mounted.remarks() == []


def test_nothing_does_otherwise(mounted: UserSide) -> None:
    """Loaded, used and unloaded without a complaint of the kernel's or the script's."""
    assert re.search(r"^kcxx: ok: ", mounted.log, re.M)
    assert "not so" not in mounted.log
