# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""PREBUILT of add_dkms_package(): packages of the modules as they were built, for one kernel."""

from __future__ import annotations

import filecmp
import re
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.debian_machine import as_root, kernel_arrives, run_on_a_copy
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.rpm_project import LISTS, configured
from fixtures.rpm_tools import RPM, complaints, needs, query, unpack

PREBUILT = LISTS.replace("MODULES pump", "MODULES pump PREBUILT")


@pytest.fixture(scope="session")
def project(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> CMakeProject:
    """The project, with both packages for 6.12. Not to be changed."""
    directory = run_directory / "prebuilt-package"
    project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)
    made_once(directory, lambda _: must(configured(project, PREBUILT).make("pumps-modules-deb", "pumps-modules-rpm")))
    return project


@pytest.fixture(scope="session")
def name(kernels: dict[str, Kernel]) -> str:
    """The name of the packages"""
    return f"pumps-modules-{kernels['6.12'].release}"


@pytest.fixture(scope="session")
def deb(project: CMakeProject, name: str) -> Path:
    """The Debian package"""
    return project.build / f"{name}_1.0_amd64.deb"


@pytest.fixture(scope="session")
def rpm(project: CMakeProject, name: str) -> Path:
    """The rpm package"""
    return project.build / f"{name}-1.0-1.x86_64.rpm"


def test_deb_is_for_the_kernels_package(deb: Path, name: str, kernels: dict[str, Kernel]) -> None:
    """The package depends on the image of that release, and conflicts with DKMS's modules."""
    image = f"linux-image-{kernels['6.12'].release}"
    fields = ("Package", "Version", "Architecture", "Depends", "Conflicts", "Provides")
    assert must(run("dpkg-deb", "--field", deb, *fields)) == (
        f"Package: {name}\nVersion: 1.0\nArchitecture: amd64\nDepends: kmod, {image} | {image}-unsigned\n"
        "Conflicts: pumps-dkms\nProvides: pumps-modules\n"
    )


def test_rpm_is_for_the_kernels_package(rpm: Path, name: str, kernels: dict[str, Kernel]) -> None:
    """The package requires the kernel of that release, and conflicts with DKMS's modules."""
    assert query(rpm, "--queryformat", "%{NAME} %{VERSION} %{ARCH}\n") == [f"{name} 1.0 x86_64"]
    assert needs(rpm) == {"kmod", f"kernel-uname-r = {kernels['6.12'].release}"}
    assert query(rpm, "--conflicts") == ["pumps-dkms"]
    assert "pumps-modules = 1.0" in query(rpm, "--provides")


@pytest.mark.parametrize("kind", ["deb", "rpm"])
def test_package_holds_the_module_as_it_was_built(
    kind: str, deb: Path, rpm: Path, project: CMakeProject, kernels: dict[str, Kernel], tmp_path: Path
) -> None:
    """Byte for byte: nothing strips it, so that a signature would stay; no source goes along."""
    if kind == "deb":
        must(run("dpkg-deb", "--extract", deb, tmp_path))
    else:
        unpack(rpm, tmp_path)
    place = tmp_path / "usr/lib/modules" / kernels["6.12"].release / "updates/pump.ko"
    assert place.read_bytes() == project.module("pump").read_bytes()
    files = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert files - {"changelog.gz"} == {"pump.ko", "copyright"}


def test_packages_have_no_errors(deb: Path, rpm: Path) -> None:
    """lintian and rpmlint find none."""
    result = run("lintian", "--fail-on", "error", deb)
    assert result.returncode == 0, result.stdout
    assert complaints(rpm) == []


def test_packages_are_reproducible(package: Path, kernels: dict[str, Kernel], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With SOURCE_DATE_EPOCH: the same module makes the same packages, byte for byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")  # later than any file
    project = configured(CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build), PREBUILT)
    for directory in ("first", "second"):
        must(project.make("pumps-modules-deb", "pumps-modules-rpm"))
        (tmp_path / directory).mkdir()
        for made in (*project.build.glob("*.deb"), *project.build.glob("*.rpm")):
            made.rename(tmp_path / directory / made.name)
    names = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert len(names) == 2
    assert filecmp.cmpfiles(tmp_path / "first", tmp_path / "second", names, shallow=False)[0] == names


def test_kernel_of_no_distribution(project: CMakeProject, package: Path, tmp_path: Path) -> None:
    """The package depends on no kernel package, as its name is unknown. Debian's names have small letters and no _."""
    (work,) = project.build.glob("CMakeFiles/pumps-dkms")
    (tmp_path / "kernel/include/config").mkdir(parents=True)
    (tmp_path / "kernel/include/config/auto.conf").write_text('CONFIG_BUILD_SALT=""\n', encoding="utf-8")
    for name in ("plan", "built"):
        text = (work / f"{name}.cmake").read_text(encoding="utf-8")
        text = re.sub(r"set\((release) \S+\)", r"set(\1 6.12.9_Own)", text)
        text = re.sub(r"set\((kernel_directory) \S+\)", rf"set(\1 {tmp_path}/kernel)", text)
        text = re.sub(r"set\((work|packages) \S+\)", rf"set(\1 {tmp_path})", text)
        (tmp_path / f"{name}.cmake").write_text(text, encoding="utf-8")
    script = package / "share/cmake/kcxx/WritePrebuiltFiles.cmake"
    must(run("cmake", "-D", f"PLAN={tmp_path}/plan.cmake", "-D", f"BUILT={tmp_path}/built.cmake", "-D", "KIND=DEB", "-P", script))
    must(run("cpack", "-G", "DEB", "--config", tmp_path / "prebuilt-DEB/cpack.cmake"))
    (deb,) = tmp_path.glob("*.deb")
    assert deb.name == "pumps-modules-6.12.9-own_1.0_amd64.deb"
    assert must(run("dpkg-deb", "--field", deb, "Depends")) == "kmod\n"
    assert "usr/lib/modules/6.12.9_Own/updates/pump.ko" in must(run("dpkg-deb", "--contents", deb))


def test_module_that_is_not_for_the_kernel(package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """A module that the kernel excludes gives no package: the error has the reason."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    configured(project, PREBUILT.replace("pump.cc)", "pump.cc KERNEL_MIN 99.0)"))
    result = project.make("pumps-modules-deb")
    assert result.returncode != 0
    assert "99.0 or newer" in result.stdout + result.stderr
    assert not list(project.build.glob("*.deb"))


def test_without_the_keyword(package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """No PREBUILT: no such targets."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    configured(project, LISTS)
    assert "pumps-modules" not in must(project.make("help"))


@as_root
@pytest.mark.parametrize("kind", ["deb", "rpm"])
def test_installed_package_is_known_to_modprobe(
    kind: str, deb: Path, rpm: Path, name: str, kernels: dict[str, Kernel], tmp_path: Path
) -> None:
    """depmod has run when it came, and when it went: modprobe would load the module, then nothing is left of it."""
    release = kernels["6.12"].release
    install, remove = {
        "deb": (f"dpkg --force-depends --install {deb}", f"dpkg --purge {name}"),
        "rpm": (f"{RPM} -i {rpm}", f"{RPM} -e {name}"),
    }[kind]
    script = kernel_arrives(kernels["6.12"])
    script += f"{install} >&2\n/sbin/modinfo -k {release} -F filename pump\n{remove} >&2\n"
    script += f"grep -c pump /lib/modules/{release}/modules.dep || :\n"
    script += "find /changes ! -type c -a '(' -path '*pumps*' -o -name 'pump.ko*' ')'\n"
    result = run_on_a_copy(tmp_path / "machine", script)
    assert must(result).splitlines() == [f"/lib/modules/{release}/updates/pump.ko", "0"]
