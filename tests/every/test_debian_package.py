# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The target <name>-dkms-deb: a Debian package that builds its modules where it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.axes import axis
from fixtures.cmake_project import CMakeProject, assert_refused
from fixtures.commands import must, run
from fixtures.debian_machine import as_root, kernel_arrives, run_on_a_copy
from fixtures.debian_package import packed, packed_once, write_pumps
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.hidden_programs import without

LIFE = """\
modules() {{
	cd /lib/modules
	for module in */updates/dkms/*; do
		echo "$module $(/sbin/modinfo -F version "$module")"
	done
}}
dpkg --install {old}
modules > /kept/installed
dpkg --install {new}
dkms status > /kept/status
modules > /kept/upgraded
dpkg --purge pumps-dkms
find /changes ! -type c '(' -path '*pumps*' -o -path '*kcxx*' -o -name 'pump.ko*' ')' > /kept/purged
"""


@pytest.fixture(scope="session")
def deb(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> Path:
    """The package. Not to be changed."""
    return packed_once(run_directory, package, kernels["6.12"])


def test_package_is_for_every_architecture(deb: Path) -> None:
    """The package has its name, version, architecture and dependencies: DKMS, make and a C++ compiler."""
    fields = must(run("dpkg-deb", "--field", deb, "Package", "Version", "Architecture", "Depends", "Maintainer"))
    assert fields == (
        "Package: pumps-dkms\nVersion: 1.0\nArchitecture: all\n"
        "Depends: dkms (>= 3.0), make, g++ | clang\nMaintainer: Jo Doe <jo@example.org>\n"
    )


def test_package_holds_the_tree(deb: Path, tmp_path: Path) -> None:
    """The package has the tree in /usr/src, unchanged, and the copyright and the changelog."""
    must(run("dpkg-deb", "--extract", deb, tmp_path))
    assert must(run("diff", "-r", tmp_path / "usr/src/pumps-1.0", deb.parent / "pumps-1.0")) == ""
    documents = sorted(path.name for path in (tmp_path / "usr/share/doc/pumps-dkms").iterdir())
    assert documents == ["changelog.gz", "copyright"]


def test_package_has_no_errors(deb: Path) -> None:
    """lintian finds none."""
    result = run("lintian", "--fail-on", "error", deb)
    assert result.returncode == 0, result.stdout


def test_package_is_reproducible(deb: Path, package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """With SOURCE_DATE_EPOCH: the same sources in other directories make the same package, byte for byte."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    assert packed(project).read_bytes() == deb.read_bytes()


def test_package_without_a_maintainer_is_refused(package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Debian's packages have one: the error names the variable."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    write_pumps(project, before="")
    must(project.configure())
    needed = 'type: set(CPACK_PACKAGE_CONTACT "Your Name <you@example.org>")'
    assert_refused(project.make("pumps-dkms-deb"), "found: CPACK_PACKAGE_CONTACT ''", needed)


def test_package_without_its_programs_is_refused(package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """gzip is missing: the error names it and its package, for the tarball as well; there is no package."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    write_pumps(project)
    must(project.configure())
    for target in ("pumps-dkms-deb", "pumps-dkms-tarball"):
        result = run(*without("gzip"), "cmake", "--build", project.build, "--target", target)
        assert_refused(result, "found: no gzip needed: ", "type: apt-get install gzip")
    assert not [*project.build.glob("*.deb"), *project.build.glob("*.tar.gz")]


@pytest.fixture(scope="session", params=axis(("6.12",), every=(("6.1", "6.12"),)), ids=" and ".join)
def here(request: pytest.FixtureRequest, kernels: dict[str, Kernel]) -> list[Kernel]:
    """The kernels whose headers a machine has"""
    return [kernels[series] for series in request.param]


@pytest.fixture(scope="session")
def kept(deb: Path, package: Path, here: list[Kernel], kernels: dict[str, Kernel], run_directory: Path) -> Path:
    """The files of a machine after dpkg --install, an upgrade to 1.1, and dpkg --purge."""

    def live(directory: Path) -> None:
        new = packed_once(run_directory, package, kernels["6.12"], "1.1")
        must(run_on_a_copy(directory, "".join(map(kernel_arrives, here)) + LIFE.format(old=deb, new=new)))

    return made_once(run_directory / f"debian-machine-{len(here)}", live) / "kept"


@as_root
def test_installed_package_builds_for_every_kernel_here(kept: Path, here: list[Kernel]) -> None:
    """dpkg --install: the modules are built and installed for each kernel that has headers."""
    modules = sorted(f"{kernel.release}/updates/dkms/pump.ko 1.0" for kernel in here)
    assert sorted((kept / "installed").read_text(encoding="utf-8").splitlines()) == modules


@as_root
def test_upgraded_package_leaves_no_old_module(kept: Path, here: list[Kernel]) -> None:
    """1.1 over 1.0: DKMS knows 1.1 alone, and its modules are those that are installed."""
    status = sorted(f"pumps/1.1, {kernel.release}, x86_64: installed" for kernel in here)
    assert sorted((kept / "status").read_text(encoding="utf-8").splitlines()) == status
    modules = sorted(f"{kernel.release}/updates/dkms/pump.ko 1.1" for kernel in here)
    assert sorted((kept / "upgraded").read_text(encoding="utf-8").splitlines()) == modules


@as_root
def test_purged_package_leaves_nothing_behind(kept: Path) -> None:
    """dpkg --purge: no file of its, nor any that DKMS made of it, nor any of kcxx."""
    assert (kept / "purged").read_text(encoding="utf-8") == ""
