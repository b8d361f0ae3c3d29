# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The target <name>-dkms-deb: a Debian package that builds its modules where it is installed."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from cmake_project import MODULE, CMakeProject
from conftest import Kernel, made_once, must, run
from debian_machine import kernel_arrives, run_on_a_copy

LISTS = """\
    set(CPACK_PACKAGE_CONTACT "Jo Doe <jo@example.org>")
    add_kernel_module(pump pump.cc)
    add_dkms_package(pumps VERSION 1.0 MODULES pump)
    """

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="dpkg installs packages as root alone")


def packed(project: CMakeProject, lists: str = LISTS) -> Path:
    """The package of @project, with one module"""
    project.write("pump.cc", MODULE)
    project.lists(lists)
    must(project.configure())
    must(project.make("pumps-dkms-deb"))
    return project.build / "pumps-dkms_1.0_all.deb"


@pytest.fixture(scope="session")
def deb(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> Path:
    """The package. Not to be changed."""
    directory = run_directory / "debian-package"
    project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)
    made_once(directory, lambda _: packed(project))
    return project.build / "pumps-dkms_1.0_all.deb"


def test_package_is_for_every_architecture(deb: Path) -> None:
    """Its name, version and architecture, and what it needs: DKMS, make and a C++ compiler."""
    fields = must(run("dpkg-deb", "--field", deb, "Package", "Version", "Architecture", "Depends", "Maintainer"))
    assert fields == (
        "Package: pumps-dkms\nVersion: 1.0\nArchitecture: all\n"
        "Depends: dkms (>= 3.0), make, g++ | clang\nMaintainer: Jo Doe <jo@example.org>\n"
    )


def test_package_holds_the_tree(deb: Path, tmp_path: Path) -> None:
    """In /usr/src, as it was written; beside it the copyright and the changelog."""
    must(run("dpkg-deb", "--extract", deb, tmp_path))
    assert must(run("diff", "-r", tmp_path / "usr/src/pumps-1.0", deb.parent / "pumps-1.0")) == ""
    documents = sorted(path.name for path in (tmp_path / "usr/share/doc/pumps-dkms").iterdir())
    assert documents == ["changelog.gz", "copyright"]


def test_package_has_no_errors(deb: Path) -> None:
    """lintian finds none."""
    result = run("lintian", "--fail-on", "error", deb)
    assert result.returncode == 0, result.stdout


def test_package_is_reproducible(deb: Path, package: Path, kernels: dict[str, Kernel], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With SOURCE_DATE_EPOCH: the same sources in other directories make the same package, byte for byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = []
    for name in ("one", "two"):
        project = CMakeProject(tmp_path / name / "source", tmp_path / name / "build", package, kernels["6.12"].build)
        made.append(packed(project).read_bytes())
    assert made[0] == made[1]


def test_package_without_a_maintainer_is_refused(package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Debian's packages have one: the error names the variable."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("pump.cc", MODULE)
    project.lists(re.sub(r" *set\(CPACK.*\n", "", LISTS))
    must(project.configure())
    result = project.make("pumps-dkms-deb")
    assert result.returncode != 0
    said = re.sub(r"\s+", " ", result.stdout + result.stderr)
    assert "found: CPACK_PACKAGE_CONTACT ''" in said
    assert 'type: set(CPACK_PACKAGE_CONTACT "Your Name <you@example.org>")' in said


@as_root
@pytest.mark.slow
def test_installed_package_builds_for_every_kernel_here(deb: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """dpkg --install: the modules are built and installed for each kernel that has headers."""
    script = "".join(map(kernel_arrives, kernels.values()))
    script += f"dpkg --install {deb} >&2\ncd /lib/modules\nls */updates/dkms/*\n"
    result = run_on_a_copy(tmp_path / "machine", script)
    assert must(result).split() == sorted(f"{kernel.release}/updates/dkms/pump.ko" for kernel in kernels.values())


@as_root
@pytest.mark.slow
def test_purged_package_leaves_nothing_behind(deb: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """dpkg --purge: no file of its, nor any that DKMS made of it."""
    script = kernel_arrives(kernels["6.12"])
    script += f"dpkg --install {deb} >&2\n[ -e /lib/modules/*/updates/dkms/pump.ko ]\ndpkg --purge pumps-dkms >&2\n"
    script += "find /changes ! -type c -a '(' -path '*pumps*' -o -name 'pump.ko*' ')'\n"
    assert must(run_on_a_copy(tmp_path / "machine", script)) == ""


@as_root
@pytest.mark.slow
def test_upgraded_package_leaves_no_old_module(deb: Path, package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """1.1 over 1.0: DKMS knows 1.1 alone, and its module is the one that is installed."""
    kernel = kernels["6.12"]
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernel.build)
    packed_new = LISTS.replace("1.0", "1.1")
    project.write("pump.cc", MODULE + 'MODULE_VERSION("1.1");\n')
    project.lists(packed_new)
    must(project.configure())
    must(project.make("pumps-dkms-deb"))
    new = project.build / "pumps-dkms_1.1_all.deb"
    script = kernel_arrives(kernel) + f"dpkg --install {deb} >&2\ndpkg --install {new} >&2\ndkms status\n"
    script += "/sbin/modinfo -F version /lib/modules/*/updates/dkms/pump.ko\n"
    result = run_on_a_copy(tmp_path / "machine", script)
    assert must(result) == f"pumps/1.1, {kernel.release}, x86_64: installed\n1.1\n"
