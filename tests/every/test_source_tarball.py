# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The target <name>-dkms-tarball: the DKMS tree in one file, for dkms and for make."""

from __future__ import annotations

import filecmp
import tarfile
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.dkms_machine import DkmsMachine
from fixtures.fetched_kernels import Kernel

LISTS = "add_kernel_module(pump pump.cc)\nadd_dkms_package(pumps VERSION 1.0 MODULES pump)\n"


def packed(project: CMakeProject) -> Path:
    """The tarball of @project, with one module"""
    project.write("pump.cc", MODULE)
    project.lists(LISTS)
    must(project.configure())
    must(project.make("pumps-dkms-tarball"))
    return project.build / "pumps-1.0.tar.gz"


@pytest.fixture(scope="session")
def tarball(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> Path:
    """The tarball. Not to be changed."""
    directory = run_directory / "tarball"
    project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)
    made_once(directory, lambda _: packed(project))
    return project.build / "pumps-1.0.tar.gz"


def test_tarball_holds_the_tree(tarball: Path, tmp_path: Path) -> None:
    """The tree is in <name>-<version>/, unchanged, and owned by root."""
    with tarfile.open(tarball) as archive:
        members = archive.getmembers()
        archive.extractall(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"pumps-1.0", "dkms_source_tree"}
    assert must(run("diff", "-r", tmp_path / "pumps-1.0", tarball.parent / "pumps-1.0")) == ""
    assert {(member.uid, member.gid, member.uname) for member in members} == {(0, 0, "")}


def test_tarball_is_reproducible(package: Path, kernels: dict[str, Kernel], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With SOURCE_DATE_EPOCH: the same sources in other directories make the same tarball, byte for byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = []
    for name in ("one", "two"):
        project = CMakeProject(tmp_path / name / "source", tmp_path / name / "build", package, kernels["6.12"].build)
        made.append(packed(project))
    assert filecmp.cmp(*made, shallow=False)


def test_dkms_loads_the_tarball(tarball: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """dkms ldtarball adds the tree as a package would have: it is whole, and DKMS builds it."""
    machine = DkmsMachine(tmp_path / "machine")
    machine.prepare()
    machine.install_kernel(kernels["6.12"])
    must(machine.run("dkms", "ldtarball", tarball))
    assert must(run("diff", "-r", machine.directory / "src/pumps-1.0", tarball.parent / "pumps-1.0")) == ""
    must(machine.dkms("install", "pumps/1.0", kernels["6.12"]))
    assert [*machine.installed(kernels["6.12"])] == ["pump"]


def test_make_builds_the_tarball(tarball: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Unpacked, make in it builds the module without dkms."""
    must(run("tar", "--extract", "--file", tarball, cwd=tmp_path))
    must(run("make", f"KERNELDIR={kernels['6.12'].build}", cwd=tmp_path / "pumps-1.0"))
    assert (tmp_path / "pumps-1.0/pump.ko").exists()
