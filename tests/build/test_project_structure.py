# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""CMake's ways to structure a project, on modules and libraries of the kernel: those that work, and those that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject, compiled, refusal, remarks
from fixtures.commands import must
from fixtures.fetched_kernels import Kernel

# Each source refuses to compile without what its target, its own properties and the libraries bring.
FILES = {
    "one.cc": '#if WIDE != 3 || !defined(DEEP) || !defined(OPTION_OF_WIDE) || CONFIGURED != 7 || MADE != 2\n#error\n#endif\n'
    "#include <wide.hpp>\n#include <core/core.hpp>\nint one();\nint one() { return late() + made() + core(); }\n" + MODULE,
    "late.cc": "#if LATE != 5 || !defined(OPTION) || !__has_include(<of_source.hpp>)\n#error\n#endif\n#include <wide.hpp>\nint late() { return LATE; }\n",
    "core/core.cc": "#include <core/core.hpp>\n#if CORE != 1 || PRIVATE_OF_CORE != 1 || OF_SOURCE != 1\n#error\n#endif\nint core() { return made_for_core(); }\n",
    "include/core/core.hpp": "#pragma once\nint core();\nint made_for_core();\n#if CORE != 1\n#error\n#endif\n",
    "wide/wide.hpp": "#pragma once\nint late();\nint made();\n",
    "headers_of_late/of_source.hpp": "",
    "configured.hpp.in": "#define CONFIGURED @CONFIGURED@\n",
    "made.txt": "int made();\nint made() { return 4; }\n",
    "core.txt": "int made_for_core();\nint made_for_core() { return 1; }\n",
    "data.txt": "",
}
LISTS = """\
set(CONFIGURED 7)
configure_file(configured.hpp.in configured.hpp)
add_library(deep INTERFACE)
target_compile_definitions(deep INTERFACE DEEP)
target_compile_features(deep INTERFACE cxx_std_20)
add_library(wide INTERFACE)
target_include_directories(wide INTERFACE wide)
target_compile_definitions(wide INTERFACE WIDE=3)
target_compile_options(wide INTERFACE -DOPTION_OF_WIDE)
target_link_libraries(wide INTERFACE deep)
add_custom_command(OUTPUT made.cc made.hpp DEPENDS made.txt data.txt
  COMMAND cmake -E copy ${CMAKE_CURRENT_SOURCE_DIR}/made.txt made.cc COMMAND cmake -E echo "#define MADE 2" > made.hpp VERBATIM)
add_custom_command(OUTPUT core.cc DEPENDS core.txt COMMAND cmake -E copy ${CMAKE_CURRENT_SOURCE_DIR}/core.txt core.cc)

add_kernel_library(core KIND core/core.cc ${CMAKE_CURRENT_BINARY_DIR}/core.cc)
target_include_directories(core PUBLIC include)
target_compile_definitions(core PUBLIC CORE=1 PRIVATE PRIVATE_OF_CORE=1)
target_compile_features(core PUBLIC cxx_std_20)
set_source_files_properties(core/core.cc PROPERTIES COMPILE_DEFINITIONS OF_SOURCE=1)

add_kernel_module(one one.cc ${CMAKE_CURRENT_BINARY_DIR}/made.cc)
target_sources(one PRIVATE late.cc ${CMAKE_CURRENT_BINARY_DIR}/made.hpp)
target_include_directories(one PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
target_compile_options(one PRIVATE "SHELL:-include configured.hpp" "SHELL:-include made.hpp")
target_compile_features(one PRIVATE cxx_std_20)
target_link_libraries(one PRIVATE wide core)
set_target_properties(one core PROPERTIES UNITY_BUILD ON)
set_source_files_properties(late.cc PROPERTIES COMPILE_DEFINITIONS LATE=5 COMPILE_OPTIONS -DOPTION
  INCLUDE_DIRECTORIES ${CMAKE_CURRENT_SOURCE_DIR}/headers_of_late OBJECT_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/data.txt)
add_dkms_package(sample VERSION 1 MODULES one)
"""


@pytest.fixture
def project(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> CMakeProject:
    """A module of all these parts"""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    for name, text in FILES.items():
        project.write(name, text)
    return project


@pytest.mark.parametrize("kind", ["OBJECT", pytest.param("STATIC", marks=pytest.mark.every)])
def test_parts_of_a_project_reach_its_modules(kind: str, project: CMakeProject) -> None:
    """Libraries of headers, features, properties of sources, generated sources and headers: they arrive, each change compiles
    what it concerns, and the DKMS tree makes the same module.
    """
    project.lists(LISTS.replace("KIND", kind))
    assert remarks(project.made("-DCMAKE_CXX_FLAGS=-std=c++17", "-DCMAKE_CXX_STANDARD=17")) == []
    assert project.pending().nothing
    project.write("data.txt", "more\n")
    assert "late.cc" in compiled(must(project.make()))
    must(project.make("sample-dkms-check"))


REFUSED = {
    "set_target_properties(one PROPERTIES CXX_STANDARD 17)": ("found:  CXX_STANDARD 17\n", "target_compile_features(one PRIVATE cxx_std_17)"),
    "set_target_properties(core PROPERTIES CXX_STANDARD 26)": ("found:  CXX_STANDARD 26\n", "target_compile_features(core PRIVATE cxx_std_23)"),
    "target_precompile_headers(one PRIVATE <kernel/prelude.hpp>)": ("found:  target_precompile_headers(one … <kernel/prelude.hpp>)", "type:   #include them"),
}  # fmt: skip


def test_parts_that_kernel_targets_cannot_have_are_refused(project: CMakeProject) -> None:
    """One error each, with what was found and what to type"""
    for line, phrases in REFUSED.items():
        project.lists(f"{LISTS.replace('KIND', 'OBJECT')}{line}\n")
        said = refusal(project.configure())
        assert [phrase for phrase in phrases if phrase not in said] == [], said
