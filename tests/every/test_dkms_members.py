# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""DKMS trees of modules whose objects Kbuild has no names for: a source of two modules, archives, a source called as its module."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.axes import CXX, SERIES
from fixtures.cmake_project import MODULE, CMakeProject, assert_refused
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.module_file import symbols

VERSIONED = f'{MODULE}MODULE_VERSION("1.0");\n'


@pytest.fixture(params=SERIES)
def project(request: pytest.FixtureRequest, kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> CMakeProject:
    """An empty project"""
    return CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels[request.param].build)


def checked(project: CMakeProject, lists: str, *options: str) -> Path:
    """The tree of the package sample, whose modules are those of CMake: <package>-dkms-check has compared them."""
    project.lists(lists)
    must(project.configure(*options))
    must(project.make("sample-dkms-check"))
    return project.build / "sample-1"


SHARED = {
    "rate.h": "#define RATE 3\n",
    "shared/level.c": '#include <linux/printk.h>\n#include "level.h"\nint level(void) { pr_info("%s %s\\n", KBUILD_MODNAME, __FILE__); return LIMIT; }\n',
    "shared/level.h": "int level(void);\n",
    "shared/gears.cc": '#include <kernel/prelude.hpp>\n#include "../rate.h"\nextern "C" int gears();\nint gears() { pr_info("%s\\n", __FILE__); return LIMIT + RATE; }\n',
    "shared/entry.S": "#include <linux/linkage.h>\nSYM_FUNC_START_LOCAL(entry)\n\tmov $LIMIT, %eax\n\tRET\nSYM_FUNC_END(entry)\n",
    "one.cc": VERSIONED,
    "two.cc": VERSIONED,
}
SHARED_LISTS = """\
set(shared shared/level.c shared/gears.cc shared/entry.S)
add_kernel_module(one one.cc ${shared})
target_compile_definitions(one PRIVATE LIMIT=1)
add_kernel_module(two ${shared} two.cc)
target_compile_definitions(two PRIVATE LIMIT=2)
add_dkms_package(sample VERSION 1 MODULES one two)
"""


def test_source_of_two_modules_is_compiled_for_each(project: CMakeProject) -> None:
    """C, C++ and assembly: each module has an object with its own flags and KBUILD_MODNAME, as by CMake."""
    for name, text in SHARED.items():
        project.write(name, text)
    tree = checked(project, SHARED_LISTS)
    kbuild = (tree / "Kbuild").read_text(encoding="utf-8")
    assert "KCXX_SOURCE_shared/level-of-two.o := shared/level.c\n" in kbuild
    assert "CFLAGS_shared/level-of-two.o := -DLIMIT=2\n" in kbuild


def test_source_of_two_modules_of_c(project: CMakeProject) -> None:
    """Modules without C++, one of which is a part of the other, too: DKMS needs nothing of C++ for it."""
    module = '#include <linux/module.h>\nMODULE_LICENSE("GPL");\nMODULE_VERSION("1");\n'
    project.write("one.c", f'{module}int one(void);\nint one(void) {{ return LIMIT; }}\n')
    project.write("parts/level.c", "int level(void);\nint level(void) { return LIMIT; }\n")
    lists = (
        "add_kernel_module(two parts/level.c one.c)\ntarget_compile_definitions(two PRIVATE LIMIT=2)\n"
        "add_kernel_module(one one.c)\ntarget_compile_definitions(one PRIVATE LIMIT=1)\n"
        "add_dkms_package(sample VERSION 1 MODULES two one)\n"
    )
    checked(project, lists)


def test_c_that_uses_the_fpu(project: CMakeProject) -> None:
    """KCXX_FPU of C: in a module without C++, and in an archive of one with C++."""
    for name in ("own", "shared"):
        project.write(f"{name}.c", f"int {name}(void);\nint {name}(void) {{ volatile double half = 0.5; return half * 4; }}\n")
    project.write("plain.c", '#include <linux/module.h>\nMODULE_LICENSE("GPL");\nint own(void);\nint plain(void);\nint plain(void) { return own(); }\n')
    project.write("one.cc", f'extern "C" int shared();\nint one();\nint one() {{ return shared(); }}\n{MODULE}')
    checked(
        project,
        "set_source_files_properties(own.c shared.c PROPERTIES KCXX_FPU ON)\nadd_kernel_library(core STATIC shared.c)\n"
        "add_kernel_module(pure plain.c own.c)\nadd_kernel_module(one one.cc)\ntarget_link_libraries(one PRIVATE core)\n"
        "add_dkms_package(sample VERSION 1 MODULES pure one)\n",
    )


def test_library_and_module_with_one_source(project: CMakeProject) -> None:
    """The module has an object of its own; that of the library, which is the same for all, is called by its name."""
    project.write("made.c.in", "const char *made(void);\nconst char *made(void) { return KBUILD_MODNAME; }\n")
    for name in ("one", "two"):
        project.write(f"{name}.cc", MODULE)
    tree = checked(
        project,
        "configure_file(made.c.in made.c)\nset(made ${CMAKE_CURRENT_BINARY_DIR}/made.c)\nadd_kernel_library(core OBJECT ${made})\n"
        "add_kernel_module(one one.cc ${made})\nadd_kernel_module(two two.cc)\ntarget_link_libraries(two PRIVATE core)\n"
        "add_dkms_package(sample VERSION 1 MODULES one two)\n",
    )
    assert "KCXX_SOURCE_generated/made-of-core.o := generated/made.c\n" in (tree / "Kbuild").read_text(encoding="utf-8")


def test_source_called_as_its_module(project: CMakeProject) -> None:
    """pump.c among the sources of pump: Kbuild cannot link it under that name, so the tree has another one."""
    project.write("pump.c", '#include <linux/module.h>\nMODULE_LICENSE("GPL");\nMODULE_VERSION("1");\nconst char *name(void);\nconst char *name(void) { return KBUILD_MODNAME KBUILD_BASENAME; }\n')
    project.write("level.c", "int level(void);\nint level(void) { return 1; }\n")
    tree = checked(project, "add_kernel_module(pump pump.c level.c)\nadd_dkms_package(sample VERSION 1 MODULES pump)\n")
    assert "pump-y := pump-of-pump.o level.o\n" in (tree / "Kbuild").read_text(encoding="utf-8")


def test_sources_of_one_name(project: CMakeProject) -> None:
    """level.c and level.cc in one module: an object each."""
    project.write("one.cc", MODULE)
    project.write("level.c", "int level(void);\nint level(void) { return 1; }\n")
    project.write("level.cc", "int steps();\nint steps() { return 2; }\n")
    checked(project, "add_kernel_module(one one.cc level.cc level.c)\nadd_dkms_package(sample VERSION 1 MODULES one)\n")


@pytest.mark.parametrize("shared", ["source", "library"])
def test_two_modules_that_export_one_symbol_are_refused(shared: str, project: CMakeProject) -> None:
    """The kernel would not load both, and modpost of the tree refuses them: the error has the line and the remedy."""
    project.write("level.c", "#include <linux/export.h>\nint level(void);\nint level(void) { return 1; }\nEXPORT_SYMBOL_GPL(level);\n")
    for name in ("one", "two"):
        project.write(f"{name}.cc", MODULE)
    modules = {
        "source": "add_kernel_module(one one.cc level.c)\nadd_kernel_module(two two.cc level.c)\n",
        "library": "add_kernel_library(core OBJECT level.c)\nadd_kernel_module(one one.cc)\nadd_kernel_module(two two.cc)\n"
        "target_link_libraries(one PRIVATE core)\ntarget_link_libraries(two PRIVATE core)\n",
    }
    project.lists(f"{modules[shared]}add_dkms_package(sample VERSION 1 MODULES one two)\n")
    must(project.configure())
    assert_refused(
        project.make("sample-dkms"), "found: EXPORT_SYMBOL_GPL(level) in level.c, which is in two and in another module",
        "type: target_link_libraries(two PRIVATE <the other module>), without level.c",
    )  # fmt: skip


ARCHIVES = {
    "core/gears.cc": 'extern "C" int exact(int);\nint gears();\nint gears() { return exact(6); }\n',
    "core/unused.cc": "int unused();\nint unused() { return 1; }\n",
    "base/exact.c": '#include <linux/export.h>\n#include <linux/printk.h>\nint rounded(int);\nint exact(int);\nint exact(int n) { pr_info("%s\\n", KBUILD_MODNAME); return rounded(n); }\nEXPORT_SYMBOL_GPL(exact);\n',
    "base/idle.c": "int idle(void);\nint idle(void) { return missing(); }\n".replace("int idle(void);\n", "int idle(void);\nint missing(void);\n"),
    "core/rounded.c": "int rounded(int);\nint rounded(int n) { return n / 2 * 2; }\n",
    "one.cc": "int gears();\nint one();\nint one() { return gears(); }\n" + VERSIONED,
    "two.c": '#include <linux/module.h>\nint exact(int);\nint two(void);\nint two(void) { return exact(1); }\nMODULE_LICENSE("GPL");\n',
}
ARCHIVES_LISTS = """\
add_kernel_library(zeal STATIC core/gears.cc core/unused.cc core/rounded.c)
add_kernel_library(base STATIC base/idle.c base/exact.c)
target_link_libraries(zeal PUBLIC base)
add_kernel_module({module})
target_link_libraries({name} PRIVATE {libraries})
add_dkms_package(sample VERSION 1 MODULES {name})
"""


@pytest.mark.parametrize(
    ("module", "libraries", "cxx"),
    [("one one.cc", "zeal", "gcc"), ("one one.cc", "zeal base", "clang"), ("two two.c", "zeal", "gcc"), ("two two.c", "base zeal", "gcc")],
)
def test_module_has_of_a_static_library_what_it_calls(module: str, libraries: str, cxx: str, project: CMakeProject) -> None:
    """In the tree as by CMake, though libraries call each other, and one has an object that would not link; with the CRCs."""
    for name, text in ARCHIVES.items():
        project.write(name, text)
    name = module.split()[0]
    lists = ARCHIVES_LISTS.format(module=module, name=name, libraries=libraries)
    tree = checked(project, lists, f"-DKCXX_CXX_COMPILER={CXX[cxx]}")
    must(run("make", "-C", tree, f"KERNELDIR={project.kernel}", *([f"CXX={CXX[cxx]}"] if cxx == "clang" else [])))
    for made in (project.module(name), tree / f"{name}.ko"):
        there = {symbol.split()[-1] for symbol in symbols(made)}
        assert {"exact", "rounded"} <= there
        assert not there & {"idle", "unused", "_Z6unusedv", "missing"}


@pytest.mark.parametrize("first", ["here", "there"])
def test_first_library_that_has_a_symbol_gives_it(first: str, project: CMakeProject) -> None:
    """Two STATIC libraries with a function of one name: that of the first in target_link_libraries(), in the tree as well."""
    other = {"here": "there", "there": "here"}[first]
    for library in ("here", "there"):
        project.write(f"{library}.c", f'const char *place(void);\nconst char *place(void) {{ return "it is {library}"; }}\n')
    project.write("one.c", '#include <linux/module.h>\nMODULE_LICENSE("GPL");\nconst char *place(void);\nint one(void);\nint one(void) { return place()[0]; }\n')
    lists = (
        "add_kernel_library(here STATIC here.c)\nadd_kernel_library(there STATIC there.c)\nadd_kernel_module(one one.c)\n"
        f"target_link_libraries(one PRIVATE {first} {other})\nadd_dkms_package(sample VERSION 1 MODULES one)\n"
    )
    checked(project, lists)
    assert f"it is {first}".encode() in project.module("one").read_bytes()
