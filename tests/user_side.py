# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The modules of files/ and what user space sees of them: built and booted once for each kernel and compiler."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from cmake_project import CMakeProject, remarks
from conftest import made_once, must, run
from library_kernels import DEBUG_OPTIONS, KERNELS, kernel_of
from test_debug_kernels import SCAN

FILES = Path(__file__).parent / "files"
MODULES = ("entries", "files", "uaccess")
PROGRAMS = ("files_user", "uaccess_user")

C_COMPILERS = {"x86_64": "gcc-12", "arm64": "aarch64-linux-gnu-gcc-12", "riscv64": "riscv64-linux-gnu-gcc-12"}


@dataclass(frozen=True)
class UserSide:
    """What was said when the modules were built, and the log of their boot."""

    said: str
    log: str

    def remarks(self) -> list[str]:
        """What a person would stop at in the build: not the check's warning, nor that pahole is too old."""
        said = re.sub(r"^CMake Warning at .*?\n\n\n", "", self.said, flags=re.M | re.S)
        return [line for line in remarks(said) if " gets no BTF: " not in line]


def behaviours(source: str) -> list[str]:
    """The names of those in a table of files/@source."""
    return re.findall(r"^\tBEHAVES\((\w+)\),$", (FILES / source).read_text(encoding="utf-8"), re.M)


def user_program(source: Path, arch: str, to: Path) -> Path:
    """The program of a C @source for guests, which have no libraries, in the directory @to."""
    program = to / source.stem
    must(run(C_COMPILERS[arch], "-static", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, source))
    return program


@pytest.fixture(scope="session", params=KERNELS, ids="-".join)
def user_side(request: pytest.FixtureRequest, kcxx: Path, package: Path, run_directory: Path) -> UserSide:
    """For each kernel by a family's toolchain file"""
    series, arch, compiler = request.param
    kernel = kernel_of(kcxx, series, arch)

    def make(directory: Path) -> None:
        shutil.copytree(FILES, directory, dirs_exist_ok=True)
        project = CMakeProject(directory, directory / "build", package, kernel.build)
        project.lists("".join(f"add_kernel_module({name} {name}.cc)\n" for name in MODULES))
        toolchain = package / f"share/kcxx/toolchains/{arch}-{compiler}.cmake"
        (directory / "said").write_text(project.made(f"--toolchain={toolchain}"), encoding="utf-8")
        options: list[str | Path] = []
        for name in PROGRAMS:
            options += ["--file", f"{user_program(directory / f'{name}.c', arch, directory)}:{name}"]
        script = project.write("script.sh", (FILES / "files.sh").read_text("utf-8") + (SCAN if series == "debug" else ""))
        if series == "debug":
            options += ["--kernel", kernel.image, *DEBUG_OPTIONS]
        log = must(run(kcxx, "boot", "--script", script, *options, *map(project.module, MODULES)))
        (directory / "log").write_text(log, encoding="utf-8")

    directory = made_once(run_directory / f"user-side-{'-'.join(request.param)}", make)
    said, log = ((directory / name).read_text(encoding="utf-8") for name in ("said", "log"))
    return UserSide(said, log)
