# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""docs/mixing.md: each file that it shows builds in both build systems, and logs what is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.axes import CXX
from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.module_file import allocated_sections, relocations, symbols
from fixtures.repository import REPOSITORY

TEXT = (REPOSITORY / "docs/mixing.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"`([\w.]+)`[^`\n]*:\n\n```(?:c|cpp)\n(.*?)^```", TEXT, re.M | re.S))
OF_PUMP = ("pump.h", "mean.cc", "pump_hw.c", "pump_main.c")
MODULES = ("pump", "valve", "depth")
ROWS = re.findall(r"^\| `(.*?)` \| `(.*?)` \|$", TEXT, re.M)


def blocks(language: str) -> list[str]:
    """The code blocks of @language"""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.M | re.S)


def log_of(module: str, log: str) -> list[str]:
    """The lines of a kernel's log that begin with the name of @module"""
    return re.findall(rf"({module}: (?!loading out-of-tree|module verification).*)$", log, re.M)


@pytest.mark.every
def test_first_step_in_kbuild(package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """The driver's Kbuild file and the two lines: its C is compiled as before, and the C++ file is in the module."""
    project = KbuildProject(tmp_path, package, kernel.build)
    for name in OF_PUMP:
        project.write(name, FILES[name])
    before, two_lines, *_ = blocks("make")
    assert two_lines.count("\n") == 2
    project.write("Kbuild", before + two_lines)
    project.made_where_kcxx_is_installed()
    assert "T pump_mean" in symbols(project.module("pump"))


@pytest.fixture(scope="session")
def by_kbuild(kernel: Kernel, package: Path, run_directory: Path) -> KbuildProject:
    """Builds all modules of the page by its lines for Kbuild."""
    directory = run_directory / f"mixing-kbuild-{kernel.series}"
    project = KbuildProject(directory, package, kernel.build)

    def make(_: Path) -> None:
        for name, text in FILES.items():
            project.write(name.replace("depth.c", "depth_main.c"), text)
        project.write("mean.c", "#error not compiled: mean.cc is beside it\n")
        driver, two_lines, *others = blocks("make")
        project.kbuild("".join((driver, two_lines.splitlines()[0] + "\n", *others)))
        project.made()

    made_once(directory, make)
    return project


@pytest.fixture(scope="session")
def by_cmake(kernel: Kernel, package: Path, run_directory: Path) -> CMakeProject:
    """All modules of the page by its lines for CMake, and a package of them, whose tree has been compared"""
    directory = run_directory / f"mixing-cmake-{kernel.series}"
    project = CMakeProject(directory / "source", directory / "build", package, kernel.build)

    def make(_: Path) -> None:
        for name, text in FILES.items():
            project.write(name, text)
        lists = "".join(blocks("cmake"))
        project.write("CMakeLists.txt", f"{lists}add_dkms_package(mixed VERSION 1 MODULES {' '.join(MODULES)})\n")
        project.made()
        must(project.make("mixed-dkms-check"))

    made_once(directory, make)
    return project


@pytest.mark.every
def test_both_build_systems_make_one_module(by_cmake: CMakeProject, by_kbuild: KbuildProject) -> None:
    """Sections and relocations are the same, and both languages are there."""
    for name in MODULES:
        made, other = by_cmake.module(name), by_kbuild.module(name)
        assert allocated_sections(made) == allocated_sections(other)
        assert relocations(made) == relocations(other)
    assert {"T pump_mean", "T pump_hw_read"} <= set(symbols(by_cmake.module("pump")))


def test_modules_log_what_is_shown(kcxx: Path, by_cmake: CMakeProject) -> None:
    """In one guest: C that calls C++, C++ that calls C, an object of C++ that C has, flags of each kind."""
    log = must(run(kcxx, "boot", *(by_cmake.module(name) for name in MODULES)))
    shown = re.search(r"^```\n(pump: .*?)^```$", TEXT, re.M | re.S)
    assert shown
    assert log_of("pump", log) == shown[1].splitlines()
    assert log_of("valve", log) == ["valve: opened by 60 of 100"]
    assert log_of("depth", log) == ["depth: at most 9"]


def test_refused_forms_are_refused(tmp_path: Path) -> None:
    """The left column of the page's table is C, which a compiler of C++ refuses."""
    assert len(ROWS) > 5
    for in_c, _ in ROWS:
        (tmp_path / "case.h").write_text(f"{in_c}\n", encoding="utf-8")
        assert run("gcc", "-std=gnu11", "-fsyntax-only", "-xc", tmp_path / "case.h").returncode == 0, in_c
        assert run(CXX["gcc"], "-std=gnu++23", "-fsyntax-only", "-xc++", tmp_path / "case.h").returncode != 0, in_c


def test_forms_of_both_languages_compile_in_both(package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """The right column, in one header, which C and C++ of one module include."""
    project = KbuildProject(tmp_path, package, kernel.build)
    project.write("both.h", "\n".join(both for _, both in ROWS) + "\n")
    project.write("main.c", '#include <linux/build_bug.h>\n#include <linux/module.h>\n#include "both.h"\nMODULE_LICENSE("GPL");\n')
    project.write("part.cc", '#include "both.h"\n')
    project.kbuild("obj-m := one.o\none-y := main.o part.o\n")
    project.made()
