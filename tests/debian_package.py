# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The Debian package pumps-dkms of one module, pump, as a user of add_dkms_package() makes it."""

from __future__ import annotations

from pathlib import Path

from cmake_project import MODULE, CMakeProject
from conftest import Kernel, made_once, must

CONTACT = 'set(CPACK_PACKAGE_CONTACT "Jo Doe <jo@example.org>")\n'


def write_pumps(project: CMakeProject, version: str = "1.0", before: str = CONTACT) -> None:
    """Makes @project that of the package, with the lines @before its call."""
    project.write("pump.cc", f'{MODULE}MODULE_VERSION("{version}");\n')
    project.lists(f"{before}add_kernel_module(pump pump.cc)\nadd_dkms_package(pumps VERSION {version} MODULES pump)\n")


def packed(project: CMakeProject, version: str = "1.0") -> Path:
    """The package of @version, made in @project"""
    write_pumps(project, version)
    must(project.configure())
    must(project.make("pumps-dkms-deb", env={"SOURCE_DATE_EPOCH": "1700000000"}))
    return project.build / f"pumps-dkms_{version}_all.deb"


def packed_once(run_directory: Path, package: Path, kernel: Kernel, version: str = "1.0") -> Path:
    """The package of @version, made by the test that came first; its tree is beside it. Not to be changed."""
    directory = run_directory / f"debian-package-{version}"
    project = CMakeProject(directory / "source", directory / "build", package, kernel.build)
    made_once(directory, lambda _: packed(project, version))
    return project.build / f"pumps-dkms_{version}_all.deb"
