# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx new: a project that builds, boots its test and packages at once."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cmake_project import CMakeProject, remarks
from conftest import REPOSITORY, Kernel, must, run
from own_mounts import own_mounts

USAGE = 2
INPUT = 3
KINDS = ["hello", "misc", "fs"]


def new(kcxx: Path, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """kcxx new with @arguments, in @directory."""
    return run(kcxx, "new", *arguments, cwd=directory)


def made_with(kcxx: Path, directory: Path, package: Path, kernel: Kernel, kind: str) -> CMakeProject:
    """The new project My_2nd-pump of @kind in @directory, not built"""
    must(new(kcxx, directory, "My_2nd-pump", "--kind", kind, "--dkms"))
    return CMakeProject(directory / "My_2nd-pump", directory / "build", package, kernel.build)


@pytest.mark.parametrize("kind", KINDS)
def test_new_project_boots_its_test_and_packages(kind: str, kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """As it is written: it configures and builds without a remark, its test passes in a guest, its tree is there."""
    project = made_with(kcxx, tmp_path, package, kernel, kind)
    assert remarks(project.made(f"-DKCXX_PROGRAM={kcxx}")) == []
    result = run("ctest", "--test-dir", project.build, "--output-on-failure")
    assert "100% tests passed, 0 tests failed out of 1" in result.stdout, result.stdout
    assert (project.build / "my-2nd-pump-1.0/dkms.conf").exists()


def test_new_project_is_built_by_kbuild(kernels: dict[str, Kernel], kcxx: Path, package: Path, tmp_path: Path) -> None:
    """Its Kbuild file makes the module without CMake."""
    project = made_with(kcxx, tmp_path, package, kernels["6.12"], "hello")
    must(run("make", "-C", kernels["6.12"].build, f"M={project.source}"))
    assert (project.source / "My_2nd-pump.ko").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_new_sources_are_in_good_style(kind: str, kcxx: Path, tmp_path: Path) -> None:
    """clang-format and shellcheck would change nothing."""
    must(new(kcxx, tmp_path, "pump", "--kind", kind))
    style = f"--style=file:{REPOSITORY}/.clang-format"
    must(run("clang-format-19", "--dry-run", "--Werror", style, tmp_path / "pump/pump.cc"))
    if scripts := list((tmp_path / "pump").glob("*.sh")):
        must(run("shellcheck", *scripts))


def test_without_dkms(kcxx: Path, tmp_path: Path) -> None:
    """--dkms was not said: no word of it in the project."""
    must(new(kcxx, tmp_path, "pump"))
    assert {path.name for path in (tmp_path / "pump").iterdir()} == {
        ".gitignore", "CMakeLists.txt", "Kbuild", "README.md", "pump.cc",
    }  # fmt: skip
    assert run("grep", "-ri", "dkms", tmp_path / "pump").stdout == ""


def test_existing_directory_is_left_alone(kcxx: Path, tmp_path: Path) -> None:
    """Whatever is of that name stays as it is: status 3."""
    (tmp_path / "pump").mkdir()
    result = new(kcxx, tmp_path, "pump")
    assert result.returncode == INPUT
    assert result.stderr == (
        "kcxx: there is something of that name already\n  found:  ./pump\n"
        "  needed: a name that is free: nothing is overwritten\n  type:   kcxx new pump2\n"
    )
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["pump"]


@pytest.mark.parametrize("name", ["a b", "-pump", "pump.ko", "../pump", "p" * 56, "", "pümp"])
def test_name_that_kbuild_cannot_take(name: str, kcxx: Path, tmp_path: Path) -> None:
    """Refused with what a name is made of: status 2, and nothing is written."""
    result = new(kcxx, tmp_path, "--", name)
    assert result.returncode == USAGE
    assert f"'{name}' cannot be the name of a module" in result.stderr
    assert "needed: letters, digits, _ and -" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_unknown_kind_lists_the_known(kcxx: Path, tmp_path: Path) -> None:
    """Status 2, with the kinds there are."""
    result = new(kcxx, tmp_path, "pump", "--kind", "net")
    assert result.returncode == USAGE
    assert "{fs,hello,misc}" in result.stderr


def test_directory_that_cannot_be_written(kcxx: Path, tmp_path: Path) -> None:
    """An error of the file system is told, and nothing half-written stays."""
    full = f'mount -t tmpfs -o nr_inodes=4 tmpfs {tmp_path} && cd {tmp_path} && "$0" new pump; s=$?; ls -A; exit $s'
    result = run(*own_mounts(), "sh", "-c", full, kcxx)
    assert result.returncode == 1
    assert result.stdout == ""
    assert "No space left on device" in result.stderr
