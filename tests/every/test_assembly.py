# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Assembly in modules: .S with the kernel's flags, in CMake, in Kbuild and in DKMS trees."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.axes import CXX
from fixtures.cmake_project import MODULE, CMakeProject, assert_refused, refusal
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject

# Compiles with the kernel's headers and macros alone; twice() returns by the kernel's thunk.
TWICE = """\
#include <linux/linkage.h>
#include <linux/cfi_types.h>
#include "scale.h"
#ifndef __ASSEMBLY__
#error not assembly
#endif
#if !defined(MODULE) || !defined(__KERNEL__) || FACTOR != 2
#error not the flags of a module
#endif
SYM_TYPED_FUNC_START(twice)
	lea (%rdi,%rdi), %eax
	RET
SYM_FUNC_END(twice)
"""
USER = 'extern "C" int twice(int);\nint use();\nint use() { return twice(21); }\n'
FILES = {"sample.cc": USER + MODULE, "math/twice.S": TWICE, "include/scale.h": "#define FACTOR SCALE\n"}
LISTS = """\
add_kernel_module(sample sample.cc math/twice.S)
target_include_directories(sample PRIVATE include)
target_compile_definitions(sample PRIVATE $<$<COMPILE_LANGUAGE:ASM>:SCALE=2>)
"""


@pytest.fixture
def project(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> CMakeProject:
    """A module of C++ and assembly"""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    for name, text in FILES.items():
        project.write(name, text)
    project.lists(LISTS)
    return project


def code_of(module: Path, symbol: str) -> str:
    """The instructions of a function, with the relocations in them"""
    said = must(run("objdump", "-dr", "--no-show-raw-insn", f"--disassemble={symbol}", module))
    return said[said.index(f"<{symbol}>:") :]


@pytest.mark.parametrize("cxx", CXX.values())
def test_assembly_is_what_kbuild_makes(cxx: str, project: CMakeProject, tmp_path: Path) -> None:
    """CMake, its DKMS tree and a Kbuild file make the same code of .S, for objtool and the thunks as well."""
    project.lists(LISTS + "add_dkms_package(sample VERSION 1 MODULES sample)\n")
    project.made(f"-DKCXX_CXX_COMPILER={cxx}")
    kbuild = KbuildProject(tmp_path / "kbuild", project.package, Path(project.kernel))
    for name, text in FILES.items():
        kbuild.write(name, text)
    kbuild.kbuild("obj-m := pair.o\npair-y := sample.o math/twice.o\nAFLAGS_math/twice.o := -DSCALE=2 -I$(src)/include\n")
    kbuild.made(f"CXX={cxx}")
    tree = project.build / "sample-1"
    must(run("make", "-C", project.kernel, f"M={tree}", f"CXX={cxx}"))
    code = code_of(project.module("sample"), "twice")
    assert "__x86_return_thunk" in code and "lea" in code
    assert code_of(kbuild.module("pair"), "twice") == code
    assert code_of(tree / "sample.ko", "twice") == code


@pytest.mark.parametrize("generator", ["Ninja", "Unix Makefiles"])
def test_assembly_is_made_again_when_its_header_changes(generator: str, project: CMakeProject) -> None:
    """Headers of assembly are prerequisites; nothing is done twice."""
    project.generator = generator
    project.made()
    assert "twice.S" not in must(project.make())
    project.write("include/scale.h", "#define FACTOR (SCALE)\n")
    assert "Building ASM object" in must(project.make())


def test_bare_return_is_seen_by_objtool(project: CMakeProject) -> None:
    """objtool runs on the module, as it does in Kbuild: a return without a thunk is reported."""
    project.write("math/twice.S", TWICE.replace("RET\n", "ret\n"))
    assert "objtool: twice+0x7: 'naked' return found" in project.made()


def test_assembly_of_target_sources_needs_its_language(project: CMakeProject) -> None:
    """CMake passes over a source whose language is not enabled: refused; works where the project has it."""
    lists = LISTS.replace(" math/twice.S", "") + "target_sources(sample PRIVATE math/twice.S)\n"
    project.lists(lists)
    said = refusal(project.configure())
    assert "math/twice.S, by target_sources()" in said and "LANGUAGES C CXX ASM" in said
    project.lists(lists, languages="C CXX ASM")
    project.made()
    assert "thunk" in code_of(project.module("sample"), "twice")


@pytest.mark.parametrize("by", ["add_kernel_module(sample sample.cc math/twice.s)", "add_kernel_module(sample sample.cc)\ntarget_sources(sample PRIVATE math/twice.s)"])
def test_assembly_that_is_not_preprocessed_is_refused(by: str, project: CMakeProject) -> None:
    """The message has the command that mends it."""
    project.write("math/twice.s", TWICE)
    project.lists(by + "\n")
    result = project.configure()
    assert_refused(result, "assembly that Kbuild does not compile", "math/twice.s", "SYM_FUNC_START()", "type: mv ")
