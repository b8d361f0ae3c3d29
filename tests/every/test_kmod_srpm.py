# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The target <name>-kmod-srpm: a source rpm as Fedora's akmods take it. kmodtool, which the spec calls, is a stand-in."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject, assert_refused
from fixtures.commands import must
from fixtures.directories import made_once
from fixtures.dkms_machine import DkmsMachine
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY
from fixtures.rpm_project import LISTS, configured
from fixtures.rpm_tools import complaints, needs, query

KMODTOOL = REPOSITORY / "tests/fixtures/kmodtool"


def packed(project: CMakeProject, lists: str = LISTS) -> subprocess.CompletedProcess[str]:
    """Makes the source package of @project, with one module; may fail."""
    return configured(project, lists).make("pumps-kmod-srpm")


@pytest.fixture(scope="session")
def srpm(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> Path:
    """The source package. Not to be changed."""
    directory = run_directory / "kmod-srpm"
    project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)
    made_once(directory, lambda _: must(packed(project)))
    return project.build / "pumps-kmod-1.0-1.src.rpm"


def rebuilt(srpm: Path, kernel: Kernel, directory: Path, *options: str) -> list[Path]:
    """The packages that rpmbuild makes of @srpm on a machine with @kernel"""
    machine = DkmsMachine(directory / "machine")
    machine.prepare()
    machine.install_kernel(kernel)
    environment = {"PATH": f"{KMODTOOL}:{os.environ['PATH']}"}
    topdir = ("--define", f"_topdir {directory}/rpmbuild")
    must(machine.run("rpmbuild", "--rebuild", "--nodeps", *topdir, *options, srpm, env=environment))
    return sorted((directory / "rpmbuild/RPMS").rglob("*.rpm"))


def test_source_package_holds_tarball_and_spec(srpm: Path) -> None:
    """Nothing else; it needs kmodtool and the compilers, and rpmlint finds no errors."""
    assert query(srpm, "--list") == ["pumps-1.0.tar.gz", "pumps-kmod.spec"]
    assert needs(srpm) == {"kmodtool", "make", "gcc", "(gcc-c++ or clang)"}
    assert complaints(srpm) == []


def test_source_package_is_reproducible(package: Path, kernels: dict[str, Kernel], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With SOURCE_DATE_EPOCH: the same sources make the same package, byte for byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")  # later than any file
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    made = []
    for _ in range(2):
        must(packed(project))
        (srpm,) = project.build.glob("*.src.rpm")
        made.append(hashlib.sha256(srpm.read_bytes()).hexdigest())
    assert made[0] == made[1]


def test_package_for_a_kernel_has_its_module(srpm: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """rpmbuild --rebuild with the kernels, as akmods calls it, puts the module where kmodtool expects it."""
    release = kernels["6.12"].release
    (rpm,) = rebuilt(srpm, kernels["6.12"], tmp_path, "--define", f"kernels {release}")
    assert query(rpm, "--queryformat", "%{NAME}\n") == [f"kmod-pumps-{release}"]
    assert f"/lib/modules/{release}/extra/pumps/pump.ko" in query(rpm, "--list")


def test_package_for_a_kernel_has_a_module_that_is_built_in_a_folder(package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """A module of one C file: make leaves it where the file is."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("parts/valve.c", '#include <linux/module.h>\nMODULE_LICENSE("GPL");\n')
    must(packed(project, LISTS.replace("pump pump.cc", "valve parts/valve.c").replace("MODULES pump", "MODULES valve")))
    release = kernels["6.12"].release
    (rpm,) = rebuilt(project.build / "pumps-kmod-1.0-1.src.rpm", kernels["6.12"], tmp_path, "--define", f"kernels {release}")
    assert f"/lib/modules/{release}/extra/pumps/valve.ko" in query(rpm, "--list")


def test_akmod_package_has_the_source_package(srpm: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Without kernels: akmod-<name>, which brings the source, and the package that all of kmodtool's ask for."""
    common, akmod = rebuilt(srpm, kernels["6.12"], tmp_path)
    assert query(akmod, "--queryformat", "%{NAME}\n") == ["akmod-pumps"]
    assert query(akmod, "--list") == ["/usr/src/akmods/pumps-kmod-1.0-1.src.rpm"]
    assert query(common, "--queryformat", "%{NAME} %{ARCH}\n") == ["pumps-kmod-common noarch"]


@pytest.mark.parametrize("keyword", ["DEPENDS_ON gauge", "PATCHES fix.patch"])
def test_what_dkms_alone_does_is_refused(keyword: str, package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Packages to build first, and patches, are refused: the error names the package that has them."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("fix.patch", "")
    result = packed(project, LISTS.replace("MODULES pump", f"MODULES pump {keyword}"))
    assert_refused(result, f"found: {keyword.split()[0]} ", "--target pumps-dkms-rpm")
