# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Drivers of the kernel's own, converted by kcxx convert: each does in a guest what its module of C does."""

from __future__ import annotations

import os
import re
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fixtures.axes import CXX, GATE_SERIES
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.kernel_drivers import DRIVERS, Driver
from fixtures.preceded_qemu import precede_qemu
from fixtures.repository import REPOSITORY, user_cache


@pytest.fixture(scope="session")
def source(run_directory: Path) -> Path:
    """The sources of the kernel: those of kcxx's cache, or the drivers of Debian's package"""
    cached = sorted((user_cache() / "sources").glob(f"linux-source-{GATE_SERIES}_*"))
    if cached:
        return cached[-1]
    package = f"linux-source-{GATE_SERIES}"

    def fetch(directory: Path) -> None:
        must(run("apt-get", "download", package, cwd=directory))
        must(run("dpkg-deb", "--extract", next(directory.glob("*.deb")), directory))
        with tarfile.open(directory / f"usr/src/{package}.tar.xz") as archive:
            folders = (f"{package}/drivers/", f"{package}/sound/")
            archive.extractall(directory, (member for member in archive if member.name.startswith(folders)))

    return made_once(run_directory / "kernel-source", fetch) / package


@dataclass(frozen=True)
class Conversion:
    """@driver of the sources in @source, converted for @kernel; built in folders of @directory."""

    driver: Driver
    source: Path
    kernel: Kernel
    kcxx: Path
    package: Path
    directory: Path

    def project(self, language: str) -> KbuildProject:
        """A copy of the driver's folder, where it lies in a tree of its own, with a Kbuild file"""
        folder = self.directory / language / self.driver.folder

        def copy(_: Path) -> None:
            here = self.source / self.driver.folder
            shutil.copytree(here, folder, ignore=lambda at, names: [name for name in names if not self.is_wanted(Path(at, name))])
            (folder / "Kbuild").unlink(missing_ok=True)
            KbuildProject(folder, self.package, self.kernel.build).kbuild(self.driver.kbuild)

        made_once(self.directory / language, copy)
        return KbuildProject(folder, self.package, self.kernel.build)

    def is_wanted(self, path: Path) -> bool:
        """Whether a file of the source tree is of this driver: its sources, and all that they may include"""
        sources = {f"{self.driver.folder}/{source}.c" for module in self.driver.modules for source in module.sources}
        return path.suffix != ".c" or str(path.relative_to(self.source)) in sources

    def modules(self, family: str | None) -> list[Path]:
        """The modules by a C++ compiler of @family; those of C without one"""
        project = self.project(family or "c")

        def build(_: Path) -> None:
            for module in self.driver.modules if family else ():
                for name in set(module.sources) - set(module.kept):
                    file = project.directory / f"{name}.c"
                    must(run(self.kcxx, "convert", "--kernel", self.kernel.build, "--module", module.name,
                             "--flag", f"-I{project.directory}", file))  # fmt: skip
                    file.unlink()
            project.made(*([f"CXX={CXX[family]}"] if family else []))

        made_once(self.directory / f"{family or 'c'}-built", build)
        return [project.module(module.name) for module in self.driver.modules]

    def of_the_kernel(self, names: tuple[str, ...]) -> list[Path]:
        """Modules as the kernel has them"""
        return [next((self.kernel.build.parent / "modules").rglob(f"{name}.ko*")) for name in names]

    def boot(self, family: str | None) -> list[str]:
        """The output of the script in a guest with the modules"""
        disk = self.directory / "disk"
        disk.write_bytes(bytes(4 << 20))
        programs = self.directory / "qemu"
        programs.mkdir(exist_ok=True)
        arguments = " ".join(self.driver.qemu).replace("%s", str(disk))
        precede_qemu(programs, "qemu-system-x86_64", f'set -- {arguments} "$@"')
        options = [f"--device={device}" for device in self.driver.devices]
        options += [f"--param={parameter}" for parameter in self.driver.parameters]
        modules = (*self.of_the_kernel(self.driver.before), *self.modules(family), *self.of_the_kernel(self.driver.beside))
        environment = {"PATH": f"{programs}:{os.environ['PATH']}"} if arguments else {}
        command = (self.kcxx, "boot", "--timeout", "500", "--script", self.driver.script_file, *options, *modules)
        output = must(run(*command, env=environment))
        return [line for line in output.splitlines() if not re.match(r"\[ *[\d.]+\] |kcxx: ", line)]


def converted_or_not(driver: Driver) -> Any:
    """A parameter: the name of @driver. Its tests have to fail as long as the table has its cause."""
    return pytest.param(driver.name, marks=pytest.mark.xfail(reason=driver.fails, strict=True) if driver.fails else ())


@pytest.fixture(scope="session", params=map(converted_or_not, DRIVERS.values()))
def conversion(
    request: pytest.FixtureRequest, source: Path, kernels: dict[str, Kernel], kcxx: Path, package: Path, run_directory: Path
) -> Conversion:
    """Each driver in turn"""
    directory = run_directory / "conversions" / request.param
    directory.mkdir(parents=True, exist_ok=True)
    return Conversion(DRIVERS[request.param], source, kernels[GATE_SERIES], kcxx, package, directory)


@pytest.fixture(scope="session")
def in_c(conversion: Conversion) -> list[str]:
    """The output of the script with the driver in C"""
    return conversion.boot(None)


@pytest.mark.parametrize("family", CXX)
def test_converted_driver_does_what_it_does_in_c(conversion: Conversion, in_c: list[str], family: str) -> None:
    """Its script succeeds with the device, and prints what it prints with the module of C."""
    assert in_c
    assert conversion.boot(family) == in_c


# The example's files lack these lines of the kernel's driver: a function has no goto out.
CUT = {
    "goto out;",
    "ret = -EINVAL;",
    "!strnchr(name, sizeof(udev->user_dev.name), '\\0')) {",
    "if (udev->user_dev.max_brightness <= 0) {",
    "ret = devm_led_classdev_register(uleds_misc.this_device,",
    "&udev->led_cdev);",
}


def test_example_in_c_is_the_driver_of_the_kernel(source: Path) -> None:
    """examples/from_c/c has the lines of drivers/leds/uleds.c, but for those of one place where it is cut."""
    files = sorted((REPOSITORY / "examples/from_c/c").iterdir())
    lines = {line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines()}
    original = {line.strip() for line in (source / "drivers/leds/uleds.c").read_text(encoding="utf-8").splitlines()}
    assert original - lines == CUT - lines


def test_each_script_is_of_a_driver() -> None:
    """Each script in every/conversions belongs to a driver."""
    assert {driver.script_file for driver in DRIVERS.values()} == {*next(iter(DRIVERS.values())).script_file.parent.iterdir()}
