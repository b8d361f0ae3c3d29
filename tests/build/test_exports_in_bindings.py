# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""EXPORT_SYMBOL() of the kernel's own header in a C++ source: the symbols have CRCs, and those are C's."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.axes import CXX, axis
from fixtures.cmake_project import CMakeProject
from fixtures.commands import must
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject

HEADER = """\
#ifndef LEND_H
#define LEND_H
#include <linux/device.h>
struct loan { int sum; struct device *to; };
int lend(struct loan *loan);
extern const struct attribute_group *loan_groups[];
#ifdef PROJECT
int lend_more(struct loan *loan);
#endif
#endif
"""
# The same text is C and C++.
SOURCE = """\
#include <linux/module.h>
#include <linux/sysfs.h>
#include "lend.h"
int lend(struct loan *loan) { return loan->sum; }
EXPORT_SYMBOL_GPL(lend);
int lend_more(struct loan *loan) { return loan->sum + 1; }
EXPORT_SYMBOL(lend_more);
const struct attribute_group *loan_groups[] = { NULL };
EXPORT_SYMBOL_GPL(loan_groups);
MODULE_LICENSE("GPL");
"""
NAMES = {"lend", "lend_more", "loan_groups"}
OF_CXX = 'extern "C" int lend_apart(struct loan *loan);\nint lend_apart(struct loan *loan) { return loan->sum; }\nEXPORT_SYMBOL(lend_apart);\n'


def by_kbuild(directory: Path, package: Path, kernel: Kernel, source: str, *variables: str) -> dict[str, int]:
    """The CRCs of what a module of @source exports"""
    project = KbuildProject(directory, package, kernel.build)
    project.write("folder/lend.h", HEADER)
    project.write(source, SOURCE + (OF_CXX if source.endswith("cc") else ""))
    project.kbuild("obj-m := lend.o\nccflags-y := -I$(src)/folder -DPROJECT\n")
    project.made(*variables)
    return versions(directory / "Module.symvers")


def versions(symvers: Path) -> dict[str, int]:
    """The CRCs in a file of modpost's"""
    fields = [line.split("\t") for line in symvers.read_text(encoding="utf-8").splitlines()]
    return {name: int(crc, 16) for crc, name, *_ in fields}


@pytest.fixture
def in_c(tmp_path: Path, package: Path, kernel: Kernel) -> dict[str, int]:
    """The CRCs that C has"""
    return by_kbuild(tmp_path / "c", package, kernel, "lend.c")


@pytest.mark.parametrize("family", axis("gcc", every=("clang",)))
def test_export_has_the_version_of_c(family: str, in_c: dict[str, int], tmp_path: Path, package: Path, kernel: Kernel) -> None:
    """By Kbuild, functions and data; a symbol that no header of C declares has one of its own."""
    assert in_c.keys() == NAMES
    found = by_kbuild(tmp_path / "cxx", package, kernel, "lend.cc", f"CXX={CXX[family]}")
    assert {name: found[name] for name in NAMES} == in_c
    assert found["lend_apart"] != 0


@pytest.mark.every
def test_export_has_the_version_of_c_by_cmake(in_c: dict[str, int], tmp_path: Path, package: Path, kernel: Kernel) -> None:
    """With the target's folders and macros"""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernel.build)
    project.write("folder/lend.h", HEADER)
    project.write("lend.cc", SOURCE + OF_CXX)
    project.lists(
        "add_kernel_module(lend lend.cc)\ntarget_include_directories(lend PRIVATE folder)\n"
        "target_compile_definitions(lend PRIVATE PROJECT)\n"
    )
    must(project.configure())
    must(project.make())
    found = versions(next(project.build.rglob("lend.symvers")))
    assert {name: found[name] for name in NAMES} == in_c
    assert found["lend_apart"] != 0
