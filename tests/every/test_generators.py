# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Ways to have kcxx in a CMake project, and to have modules in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject, remarks
from fixtures.commands import must
from fixtures.fetched_kernels import Kernel
from fixtures.module_file import modinfo_field
from fixtures.repository import REPOSITORY

HAVE_KCXX = {
    "find_package": "find_package(kcxx REQUIRED)",
    "add_subdirectory": f"add_subdirectory({REPOSITORY} kcxx)",
}


@pytest.fixture
def project(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> CMakeProject:
    """A project for 6.12, with the source of a module in a sub-directory."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("drivers/pump.cc", MODULE)
    return project


@pytest.mark.parametrize("generator", ["Ninja", "Unix Makefiles"])
@pytest.mark.parametrize("way", HAVE_KCXX)
def test_module_in_a_sub_directory(way: str, generator: str, project: CMakeProject, kernels: dict[str, Kernel]) -> None:
    """The .ko is in the binary directory of the directory that added it, and the build prints its steps alone."""
    project.generator = generator
    project.write("drivers/CMakeLists.txt", "add_kernel_module(pump pump.cc)\n")
    project.write(
        "CMakeLists.txt",
        "cmake_minimum_required(VERSION 3.25)\nproject(plant LANGUAGES C CXX)\n"
        f"{HAVE_KCXX[way]}\nadd_subdirectory(drivers)\n",
    )
    assert remarks(project.made()) == []
    module = project.build / "drivers/pump.ko"
    assert modinfo_field(module, "vermagic").split()[0] == kernels["6.12"].release
    built = {str(path.relative_to(project.build)) for path in project.build.rglob("*.ko")}
    assert built == {"drivers/pump.ko"}


def test_make_has_nothing_to_do_after_a_build(project: CMakeProject) -> None:
    """Unix Makefiles: a second build compiles and links nothing."""
    project.generator = "Unix Makefiles"
    project.lists("add_kernel_module(pump drivers/pump.cc)\n")
    assert "Linking" in project.made()
    again = must(project.make())
    assert "Building" not in again
    assert "Linking" not in again


def test_subproject_brings_no_targets_of_its_own(project: CMakeProject) -> None:
    """add_subdirectory(kcxx): neither its tools nor its install rules get into the user's project."""
    project.write(
        "CMakeLists.txt",
        "cmake_minimum_required(VERSION 3.25)\nproject(plant LANGUAGES C CXX)\n"
        f"{HAVE_KCXX['add_subdirectory']}\nadd_kernel_module(pump drivers/pump.cc)\n"
        "if(TARGET kcxx)\n  message(FATAL_ERROR [[the program is a target]])\nendif()\n",
    )
    must(project.configure())
    assert "share/cmake/kcxx" not in "".join(path.read_text() for path in project.build.rglob("cmake_install.cmake"))


def test_excluded_module_is_built_on_demand(project: CMakeProject) -> None:
    """EXCLUDE_FROM_ALL: not part of all, there for who asks."""
    project.lists("add_kernel_module(pump EXCLUDE_FROM_ALL drivers/pump.cc)\n")
    project.made()
    assert not (project.build / "pump.ko").exists()
    must(project.make("pump"))
    assert project.module("pump").exists()


def test_target_file_is_the_module(project: CMakeProject) -> None:
    """$<TARGET_FILE:…> and a custom command that depends on it: built after the module, from its .ko."""
    project.lists(
        "add_kernel_module(pump drivers/pump.cc)\n"
        "add_custom_command(OUTPUT info.txt COMMAND /sbin/modinfo -F name $<TARGET_FILE:pump> > info.txt\n"
        "  DEPENDS pump VERBATIM)\n"
        "add_custom_target(info DEPENDS info.txt)\n"
        "file(GENERATE OUTPUT path.txt CONTENT $<TARGET_FILE:pump>)\n"
    )
    must(project.configure())
    must(project.make("info"))
    assert (project.build / "path.txt").read_text(encoding="utf-8") == str(project.module("pump"))
    assert (project.build / "info.txt").read_text(encoding="utf-8") == "pump\n"


def test_output_directory_is_the_projects(project: CMakeProject) -> None:
    """CMAKE_LIBRARY_OUTPUT_DIRECTORY is where modules go."""
    project.lists(
        "set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/out)\nadd_kernel_module(pump drivers/pump.cc)\n"
    )
    project.made()
    assert (project.build / "out/pump.ko").exists()
    assert not (project.build / "pump.ko").exists()


def test_generated_source_is_built(project: CMakeProject) -> None:
    """A source that a rule makes, named before it exists."""
    project.write("template.txt", MODULE)
    project.lists(
        "add_custom_command(OUTPUT made.cc COMMAND ${CMAKE_COMMAND} -E copy\n"
        "  ${CMAKE_CURRENT_SOURCE_DIR}/template.txt made.cc DEPENDS template.txt VERBATIM)\n"
        "add_kernel_module(pump made.cc)\n"
    )
    project.made()
    assert modinfo_field(project.module("pump"), "name") == "pump"


def test_clean_removes_the_module(project: CMakeProject) -> None:
    """The target clean: module, symvers and what the link kept for itself."""
    project.lists("add_kernel_module(pump drivers/pump.cc)\n")
    project.made()
    must(project.make("clean"))
    left = {path.name for path in project.build.rglob("*pump*")}
    assert left & {"pump.ko", "pump.symvers", ".pump.kmod", "pump.cc.o"} == set()
    must(project.make())
    assert project.module("pump").exists()
