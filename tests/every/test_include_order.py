# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Where headers are found: kcxx's and the kernel's first, then the project's, in CMake, in Kbuild and in DKMS trees."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.axes import CXX
from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject

FILES = {
    "sample.cc": MODULE,
    "part.c": """\
        #include <linux/slab.h>
        #include <linux/own.h>
        #if OWN != 1 || COMPAT != EXPECTED
        #error wrong headers
        #endif
        int part(void);
        int part(void) { return 1; }
        """,
    # kcxx's own names and the kernel's, in the project: beside the source, and in directories of headers
    "kernel/printk.hpp": "#error a header of the project, beside the source\n",
    "own/kernel/printk.hpp": "#error a header of the project\n",
    "own/kernel/module.hpp": "#error a header of the project\n",
    "own/generated/kcxx-bindings.hpp": "#error a header of the project\n",
    "own/generated/autoconf.h": "#error a header of the project\n",
    "own/linux/slab.h": "#error a header of the project\n",
    "own/linux/own.h": "#define OWN 1\n",
    "compat/linux/slab.h": "#define COMPAT 1\n#include_next <linux/slab.h>\n",
}


def write_files(project: CMakeProject | KbuildProject) -> None:
    """The sources and headers"""
    for name, text in FILES.items():
        project.write(name, text)


@pytest.mark.parametrize("cxx", CXX.values())
@pytest.mark.parametrize("before", [False, True], ids=["after", "before"])
def test_headers_of_the_project_come_last(
    before: bool, cxx: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path
) -> None:  # fmt: skip
    """BEFORE places a directory before the kernel's; kcxx's stay first. A DKMS tree finds the same headers."""
    kernel = kernels["6.12"]
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernel.build)
    write_files(project)
    lines = "add_kernel_module(sample sample.cc part.c)\ntarget_include_directories(sample PRIVATE own . )\n"
    if before:
        lines += "target_include_directories(sample BEFORE PRIVATE compat)\n"
    lines += f"target_compile_definitions(sample PRIVATE EXPECTED={int(before)})\n"
    project.lists(lines + "add_dkms_package(sample VERSION 1 MODULES sample)\n")
    project.made(f"-DKCXX_CXX_COMPILER={cxx}")
    must(run("make", "-C", kernel.build, f"M={project.build}/sample-1", f"CXX={cxx}"))


def test_system_directory_comes_after_all_others(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """SYSTEM: as the compiler has it, after those without."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    write_files(project)
    project.write("other/linux/own.h", "#error of the system\n")
    project.lists(
        "add_kernel_module(sample sample.cc part.c)\ntarget_include_directories(sample SYSTEM PRIVATE other)\n"
        "target_include_directories(sample PRIVATE own)\ntarget_compile_definitions(sample PRIVATE EXPECTED=0)\n"
    )
    project.made()


@pytest.mark.parametrize("variable", ["ccflags-y", "CXXFLAGS_sample.o", "cxxflags-y", "CFLAGS_sample.o"])
def test_headers_of_kcxx_come_first_in_kbuild(variable: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """The order does not depend on the variable that names the directory."""
    project = KbuildProject(tmp_path / "source", package, kernels["6.12"].build)
    write_files(project)
    project.kbuild(f"obj-m := pair.o\npair-y := sample.o part.o\n{variable} += -I$(src)/own -I$(src)\nCFLAGS_part.o := -I$(src)/own -DEXPECTED=0\n")
    project.made()
    assert project.module("pair")
