# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""examples/hello: built by CMake and by Kbuild alone, loaded by a real kernel, the same module both ways."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures import cmake_project
from fixtures import kbuild_project
from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once, one_at_a_time
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.module_file import allocated_sections, modinfo, modinfo_field, relocations, symbols
from fixtures.repository import REPOSITORY

HELLO = REPOSITORY / "examples/hello"


@dataclass(frozen=True)
class Built:
    """A module, and the output of its build."""

    module: Path
    said: str


@pytest.fixture(scope="session")
def installed(package: Path, run_directory: Path) -> Path:
    """An installed package with a copy of the example, at the place where its Kbuild file finds kbuild/."""

    def make(directory: Path) -> None:
        shutil.copytree(package, directory, dirs_exist_ok=True)
        kept_out = shutil.ignore_patterns("build*", "*.o", "*.ko", "*.cmd", ".kcxx")
        shutil.copytree(HELLO, directory / "share/kcxx/examples/hello", ignore=kept_out)

    return made_once(run_directory / "hello-installed", make)


@pytest.fixture(scope="session")
def by_cmake(kernel: Kernel, installed: Path, run_directory: Path) -> Built:
    """hello built by CMake with find_package(kcxx)."""

    def make(directory: Path) -> None:
        project = CMakeProject(installed / "share/kcxx/examples/hello", directory / "build", installed, kernel.build)
        (directory / "log").write_text(project.made("-DBUILD_TESTING=OFF"), encoding="utf-8")

    directory = made_once(run_directory / f"hello-cmake-{kernel.series}", make)
    return Built(directory / "build/hello.ko", (directory / "log").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def by_kbuild(kernel: Kernel, installed: Path, run_directory: Path) -> Built:
    """hello built by make -C $KDIR M=$PWD from the same sources, and put aside."""

    def make(directory: Path) -> None:
        project = KbuildProject(installed / "share/kcxx/examples/hello", installed, kernel.build)
        with one_at_a_time("hello-kbuild"):
            must(project.make("clean"))
            (directory / "log").write_text(project.made(), encoding="utf-8")
            shutil.copy(project.module("hello"), directory)

    directory = made_once(run_directory / f"hello-kbuild-{kernel.series}", make)
    return Built(directory / "hello.ko", (directory / "log").read_text(encoding="utf-8"))


@pytest.fixture(params=["cmake", "kbuild"])
def built(request: pytest.FixtureRequest, kernel: Kernel) -> Built:
    """hello, built each way for each kernel."""
    return request.getfixturevalue(f"by_{request.param}")


def test_hello_loads_and_unloads(kcxx: Path, built: Built) -> None:
    """The kernel loads it, logs its three lines in their order, and unloads it without a complaint."""
    log = must(run(kcxx, "boot", built.module))
    lines = [line.partition("hello: ")[2] for line in log.splitlines() if "hello: " in line]
    assert [line for line in lines if line.startswith(("C++", "My"))] == [
        "C++ out-of-tree sample (init)",
        "My numbers are [72, 108, 200]",
        "C++ out-of-tree sample (exit)",
    ]


def test_hello_is_for_the_kernel_it_was_built_for(kernel: Kernel, built: Built) -> None:
    """vermagic names the release."""
    assert modinfo_field(built.module, "vermagic").split()[0] == kernel.release


def test_build_by_cmake_says_nothing_but_its_steps(by_cmake: Built) -> None:
    """No warning of CMake, compiler, objtool, modpost or pahole."""
    assert "Linking KMOD shared library hello.ko" in by_cmake.said
    assert cmake_project.remarks(by_cmake.said) == []


def test_build_by_kbuild_says_nothing_but_its_steps(by_kbuild: Built) -> None:
    """No warning of compiler, objtool, modpost or pahole."""
    assert ("LD", "hello.ko") in kbuild_project.steps(by_kbuild.said)
    assert kbuild_project.remarks(by_kbuild.said) == []


def test_both_ways_give_the_same_symbols(by_cmake: Built, by_kbuild: Built) -> None:
    """nm prints the same for both."""
    assert "T init_module" in symbols(by_cmake.module)
    assert symbols(by_cmake.module) == symbols(by_kbuild.module)


def test_both_ways_give_the_same_relocations(by_cmake: Built, by_kbuild: Built) -> None:
    """Offsets, types and symbols are the same in each section that gets memory."""
    found = relocations(by_cmake.module)
    assert {".text", ".init.text", ".gnu.linkonce.this_module"} <= found.keys()
    assert found == relocations(by_kbuild.module)


def test_both_ways_give_the_same_modinfo(by_cmake: Built, by_kbuild: Built) -> None:
    """Both have the same modinfo, but for the file's name."""
    found = modinfo(by_cmake.module)
    assert "description:    C++ out-of-tree sample" in found
    assert found == modinfo(by_kbuild.module)


def test_both_ways_give_the_same_sections(by_cmake: Built, by_kbuild: Built) -> None:
    """Names, sizes and flags of the sections that get memory."""
    found = allocated_sections(by_cmake.module)
    assert {".text", ".modinfo", ".return_sites"} <= {section.name for section in found}
    assert found == allocated_sections(by_kbuild.module)
