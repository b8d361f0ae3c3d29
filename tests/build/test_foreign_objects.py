# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A module is linked of objects that kcxx's rules compiled, and of no others unless their names end in _shipped."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject, assert_refused, refusal
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject

ENGINE = "#include <vector>\nstatic std::vector<double> speeds(3);\ndouble speed();\ndouble speed() { return speeds[0] * 1.5; }\n"
NO_MODULE = "kcxx: the module sample is linked with what is no kernel module"


@pytest.fixture
def project(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> CMakeProject:
    """A module, and a source for user space"""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("sample.cc", MODULE)
    project.write("engine.cc", ENGINE)
    return project


# Known when CMake configures
LINK_ENGINE = "target_link_libraries(sample PRIVATE engine)"
BY_TARGET = {
    "object": ("OBJECT", LINK_ENGINE),
    "static": ("STATIC", LINK_ENGINE),
    "shared": ("SHARED", LINK_ENGINE),
    "interface": (
        "OBJECT", "add_library(wide INTERFACE)\ntarget_link_libraries(wide INTERFACE engine)\ntarget_link_libraries(sample PRIVATE wide)",
    ),
    "interface-of-an-expression": (
        "OBJECT", "add_library(wide INTERFACE)\ntarget_link_libraries(wide INTERFACE $<BUILD_INTERFACE:engine>)\n"
        "target_link_libraries(sample PRIVATE wide)",
    ),
    "module": (
        "OBJECT", "add_kernel_module(pump sample.cc)\ntarget_link_libraries(pump INTERFACE engine)\ntarget_link_libraries(sample PRIVATE pump)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "lines"), BY_TARGET.values(), ids=BY_TARGET.keys())
def test_library_of_the_project_is_refused(kind: str, lines: str, project: CMakeProject) -> None:
    """Any kind, directly or through other targets: the library is named, and what to write."""
    project.lists(f"add_kernel_module(sample sample.cc)\nadd_library(engine {kind} engine.cc)\n{lines}\n")
    said = refusal(project.configure())
    assert NO_MODULE in said and "found:  engine\n" in said
    assert "target_sources(sample PRIVATE <the sources of engine>)" in said.replace("\n", " ")


# Known at the link
BY_OBJECT = {
    "objects-of-a-target": "target_sources(sample PRIVATE $<TARGET_OBJECTS:engine>)",
    "objects-by-an-interface": (
        "add_library(wide INTERFACE)\ntarget_sources(wide INTERFACE $<TARGET_OBJECTS:engine>)\ntarget_link_libraries(sample PRIVATE wide)"
    ),
    "library-by-an-expression": "target_link_libraries(sample PRIVATE $<1:engine>)",
}


@pytest.mark.parametrize("lines", BY_OBJECT.values(), ids=BY_OBJECT.keys())
def test_object_of_a_target_is_refused(lines: str, project: CMakeProject) -> None:
    """An object by a generator expression is refused: the message has the object and its target."""
    project.lists(f"add_kernel_module(sample sample.cc)\nadd_library(engine OBJECT engine.cc)\n{lines}\n")
    must(project.configure())
    assert_refused(
        project.make(), f"*** {NO_MODULE}", "CMakeFiles/engine.dir/engine.cc.o, of the target engine",
        "target_sources(sample PRIVATE <the sources of engine>), without the target engine",
    )  # fmt: skip
    assert not (project.build / "sample.ko").exists()


def test_archive_by_an_expression_is_refused(project: CMakeProject) -> None:
    """A STATIC library of which CMake knows at the end alone"""
    project.lists("add_kernel_module(sample sample.cc)\nadd_library(engine STATIC engine.cc)\ntarget_link_libraries(sample PRIVATE $<1:engine>)\n")
    must(project.configure())
    assert_refused(project.make(), f"*** {NO_MODULE}", "libengine.a", "target_link_libraries(sample PRIVATE <module>), without")


def test_object_that_took_the_place_of_another_is_refused(project: CMakeProject) -> None:
    """The link knows an object by its content: a file in the place of one that was compiled and checked is none."""
    project.write("part.c", "int part(void);\nint part(void) { return 1; }\n")
    project.lists("add_kernel_module(sample sample.cc part.c)\n")
    project.made()
    (made,) = project.build.rglob("part.c.o")
    before = made.stat()
    must(run("gcc", "-c", "-O2", "-o", made, project.source / "part.c"))
    os.utime(made, ns=(before.st_atime_ns, before.st_mtime_ns))  # or else it is compiled again
    project.module("sample").unlink()
    assert_refused(project.make(), f"*** {NO_MODULE}", "another object than the one that was made of", "part.c.o, of the target sample")


def test_library_of_headers_is_let_pass(project: CMakeProject) -> None:
    """INTERFACE, imported or not: its directories, definitions, options and sources reach the module, and not its standard."""
    project.write("include/limit.hpp", "constexpr int limit = 3;\n")
    project.write("part.cc", "#include <limit.hpp>\nint part();\nint part() { return limit + LEVEL; }\n")
    project.write("sample.cc", "#include <limit.hpp>\n" + MODULE + "static_assert(limit + LEVEL == 5);\n")
    project.lists(
        "add_kernel_module(sample sample.cc)\nadd_library(own INTERFACE)\nadd_library(there::headers INTERFACE IMPORTED)\n"
        "target_include_directories(there::headers INTERFACE ${CMAKE_CURRENT_SOURCE_DIR}/include)\n"
        "target_compile_definitions(own INTERFACE LEVEL=2)\ntarget_compile_options(own INTERFACE -Wshadow)\n"
        "target_compile_features(own INTERFACE cxx_std_20 c_std_99)\n"
        "target_sources(own INTERFACE ${CMAKE_CURRENT_SOURCE_DIR}/part.cc)\n"
        "target_link_libraries(own INTERFACE there::headers)\ntarget_link_libraries(sample PRIVATE own)\n"
    )
    project.made()
    assert "part" in must(run("nm", project.module("sample")))


LINK_FLAGS = {
    "options": "target_link_options(sample PRIVATE -Wl,-z,now)",
    "property": 'set_target_properties(sample PROPERTIES LINK_FLAGS "-Wl,-z,now")',
    "library": "add_library(own INTERFACE)\ntarget_link_options(own INTERFACE -Wl,-z,now)\ntarget_link_libraries(sample PRIVATE own)",
}


@pytest.mark.parametrize("lines", LINK_FLAGS.values(), ids=LINK_FLAGS.keys())
def test_flag_for_the_linker_is_refused(lines: str, project: CMakeProject) -> None:
    """Whatever gives it to the module; those of the directory are for user space, and do not reach it."""
    project.lists(f"add_link_options(-Wl,--as-needed)\nadd_kernel_module(sample sample.cc)\n{lines}\n")
    must(project.configure("-DCMAKE_SHARED_LINKER_FLAGS=-Wl,--as-needed"))
    result = project.make()
    assert_refused(result, "*** kcxx: the module sample has flags for the linker", "found: -Wl,-z,now", "target_link_options(sample …)")
    assert "--as-needed" not in result.stdout


def test_module_of_another_build_needs_its_exports(project: CMakeProject) -> None:
    """A .ko is refused without the .symvers beside it, and works with it; so does a Module.symvers by its path."""
    other = CMakeProject(project.source.parent / "other", project.source.parent / "other-build", project.package, project.kernel)
    other.write("other.cc", MODULE + 'extern "C" int exported();\nint exported() { return 1; }\nEXPORT_SYMBOL_GPL(exported);\n')
    other.lists("add_kernel_module(other other.cc)\n")
    other.made()
    project.write("sample.cc", 'extern "C" int exported();\nint use();\nint use() { return exported(); }\n' + MODULE)
    alone = project.source / "other.ko"
    shutil.copy(other.module("other"), alone)
    project.lists(f"add_kernel_module(sample sample.cc)\ntarget_link_libraries(sample PRIVATE {alone})\n")
    must(project.configure())
    assert_refused(
        project.make(), "*** kcxx: the module sample is linked with a module whose exports are not known", str(alone),
        "target_link_libraries(sample PRIVATE <path of that Module.symvers>)",
    )  # fmt: skip
    for file in (other.module("other"), other.build / "other.symvers"):
        project.lists(f"add_kernel_module(sample sample.cc)\ntarget_link_libraries(sample PRIVATE {file})\n")
        project.made()
        assert "depends=other" in must(run("modinfo", project.module("sample"))).replace("depends:        ", "depends=")
        project.module("sample").unlink()


def test_source_that_is_an_object_is_refused_at_once(project: CMakeProject) -> None:
    """add_kernel_module() itself takes sources alone."""
    project.lists("add_kernel_module(sample sample.cc engine.o)\n")
    said = refusal(project.configure())
    assert "found:  engine.o" in said and "add_kernel_module(sample <source>… PREBUILT engine.o)" in said


# Kbuild


@pytest.fixture
def kbuild(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> KbuildProject:
    """A module, an object of its part as user space's compiler makes it, and an archive of that"""
    project = KbuildProject(tmp_path / "source", package, kernels["6.12"].build)
    project.write("sample.cc", MODULE)
    source = project.write("part.c", "int part(void);\nint part(void) { return 1; }\n")
    must(run("gcc", "-c", "-O2", "-o", project.directory / "foreign.o", source))
    must(run("ar", "cr", project.directory / "foreign.a", project.directory / "foreign.o"))
    return project


@pytest.mark.parametrize("way", ["alone", "empty-record", "archive", "by-a-rule", "in-place"])
def test_object_that_kbuild_did_not_compile_is_refused(way: str, kbuild: KbuildProject) -> None:
    """A foreign object is refused: as a member, with an empty record, in an archive, by a rule, in another's place."""
    member, lines = "foreign.o", ""
    if way == "empty-record":
        kbuild.write(".foreign.o.cmd", "")
    elif way == "archive":
        member = "foreign.a"
    elif way == "by-a-rule":
        kbuild.directory.joinpath("foreign.o").rename(kbuild.directory / "foreign.o_binary")
        lines = "quiet_cmd_take = TAKE    $@\n      cmd_take = cp $< $@\n$(obj)/foreign.o: $(src)/foreign.o_binary FORCE\n\t$(call if_changed,take)\ntargets += foreign.o\n"
    elif way == "in-place":
        member = "other.o"
        kbuild.write("other.cc", "int other();\nint other() { return 1; }\n")
        kbuild.kbuild("obj-m := pair.o\npair-y := sample.o other.o\n")
        kbuild.made()
        shutil.copy(kbuild.directory / "foreign.o", kbuild.directory / "other.o")
    kbuild.write("Kbuild", f"obj-m := pair.o\npair-y := sample.o {member}\n{lines}include {kbuild.package}/share/kcxx/kbuild/Makefile.cxx\n")
    result = kbuild.make()
    assert f"{member}: error: kcxx: a member of a module that Kbuild did not compile\n" in result.stderr
    assert "<name>.o_shipped\n" in result.stderr if way == "archive" else f"{member}_shipped\n" in result.stderr
    assert result.returncode != 0 and (way == "in-place") == (kbuild.directory / "pair.ko").exists()


def test_shipped_object_is_let_pass(kbuild: KbuildProject) -> None:
    """foo.o_shipped is Kbuild's own word for it."""
    shutil.copy(kbuild.directory / "foreign.o", kbuild.directory / "ready.o_shipped")
    kbuild.kbuild("obj-m := pair.o\npair-y := sample.o ready.o\n")
    kbuild.made()
    assert kbuild.module("pair")


@pytest.mark.parametrize("variable", ["ldflags-y", "LDFLAGS_pair.o"])
def test_object_given_to_the_linker_is_refused(variable: str, kbuild: KbuildProject) -> None:
    """Flags of the link bring no objects."""
    kbuild.kbuild(f"obj-m := pair.o\npair-y := sample.o part.o\n{variable} := $(src)/foreign.o\n")
    result = kbuild.make()
    assert result.returncode != 0
    assert "kcxx: module pair has objects that Kbuild does not compile. found: " in result.stderr
