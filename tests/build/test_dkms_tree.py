# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The tree of add_dkms_package(): what of a project goes into it, and that it follows the project."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject, assert_refused
from fixtures.commands import must, run
from fixtures.directories import new_directory
from fixtures.fetched_kernels import Kernel

OLD_DKMS_CONF = 'PACKAGE_NAME="one"\nPACKAGE_VERSION="0.9"\nBUILT_MODULE_NAME[0]="one"\nDEST_MODULE_LOCATION[0]="/extra"\n'
PACKAGE = "add_dkms_package(one VERSION 1 MODULES one)\n"


@pytest.fixture
def project(tmp_path: Path, package: Path, kernels: dict[str, Kernel]) -> CMakeProject:
    """An empty project for 6.12"""
    return CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)


@pytest.fixture(scope="session")
def refused(run_directory: Path, package: Path, kernels: dict[str, Kernel]) -> CMakeProject:
    """A project whose lists a test writes: its compilers are looked for once. It has no tree, and gets none."""
    directory = new_directory(run_directory, "tree-refused")
    project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)
    project.write("one.cc", MODULE)
    return project


def tree_of(project: CMakeProject, *options: str) -> Path:
    """Configures @project with @options, and writes its tree."""
    must(project.configure(*options))
    must(project.make("one-dkms"))
    return project.build / "one-1"


def files_of(tree: Path) -> set[str]:
    """The files of the project in @tree"""
    names = {str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file()}
    return {name for name in names if not name.startswith("kbuild/")} - {"Kbuild", "Makefile", "dkms.conf", "save-symbols.sh"}


# Files of the project


def test_headers_beside_a_dkms_conf_of_the_project_are_in_the_tree(project: CMakeProject) -> None:
    """A project that had DKMS before has a dkms.conf at its root, in a folder, in debian/: its headers all go along."""
    for folder in ("", "src/", "debian/", "src/engine/"):
        project.write(f"{folder}dkms.conf", OLD_DKMS_CONF)
    project.write("src/one.cc", MODULE)
    headers = {"one.h", "src/engine/pump.hpp", "src/tables.inc"}
    for header in headers:
        project.write(header, "#pragma once\n")
    project.lists(f"add_kernel_module(one src/one.cc)\ntarget_include_directories(one PRIVATE .)\n{PACKAGE}")
    assert files_of(tree_of(project)) == {"src/one.cc", *headers}


def test_trees_that_kcxx_made_are_left_out(project: CMakeProject) -> None:
    """An earlier tree, and a build directory, in the folder of the sources: nothing of them is the project's."""
    project.write("one.cc", MODULE)
    project.write("one.hpp", "#pragma once\n")
    project.lists(f"add_kernel_module(one one.cc)\n{PACKAGE}")
    tree = tree_of(project)
    shutil.copytree(tree, project.source / "old/one-0.9")
    project.write("out/CMakeCache.txt", "")
    project.write("out/generated.h", "")
    assert files_of(tree_of(project)) == {"one.cc", "one.hpp"}


def test_folder_of_sources_is_the_projects_whatever_lies_there(project: CMakeProject) -> None:
    """CMakeCache.txt of an accidental configuration, and a dkms.conf that kcxx made, beside the sources."""
    project.write("driver/CMakeCache.txt", "")
    project.write("driver/dkms.conf", "# Made by kcxx, for dkms 3.0 and later\n")
    project.write("driver/one.cc", MODULE)
    project.write("driver/parts/one.hpp", "#pragma once\n")
    project.lists(f"add_kernel_module(one driver/one.cc)\ntarget_include_directories(one PRIVATE .)\n{PACKAGE}")
    assert files_of(tree_of(project)) == {"driver/one.cc", "driver/parts/one.hpp"}


def test_project_in_a_hidden_folder_has_its_headers(tmp_path: Path, package: Path, kernels: dict[str, Kernel]) -> None:
    """Only what is hidden within the project is left out, not what lies below ~/.local."""
    project = CMakeProject(tmp_path / ".local/CMakeFiles/source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("one.cc", MODULE)
    project.write("one.hpp", "#pragma once\n")
    project.write(".git/one.hpp", "#pragma once\n")
    project.lists(f"add_kernel_module(one one.cc)\n{PACKAGE}")
    assert files_of(tree_of(project)) == {"one.cc", "one.hpp"}


# Files that the compiler read

INCLUDED = {
    "src/one.cc": MODULE + '#include "parts/pump.c++"\n#include "made/limits.gen"\n#include "../common/levels.tbl"\n',
    "src/parts/pump.c++": '#include "deeper/rates.def"\n',
    "src/parts/deeper/rates.def": "",
    "common/levels.tbl": "",
    "src/level.c": '#include "level_impl.c"\n#include ".hidden/level.h"\n',
    "src/level_impl.c": "",
    "src/.hidden/level.h": "",
    "listed.c": "#error not a source by itself\n",
}


def test_files_that_the_compiler_read_are_in_the_tree(project: CMakeProject) -> None:
    """A C file that is included, tables with any name, headers that are generated, hidden or elsewhere in the project."""
    for name, text in INCLUDED.items():
        project.write(name, text)
    project.write("src/unused.c", "")
    project.lists(
        "set_source_files_properties(listed.c PROPERTIES HEADER_FILE_ONLY ON)\n"
        "add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/for/made/limits.gen COMMAND ${CMAKE_COMMAND} -E touch ${CMAKE_BINARY_DIR}/for/made/limits.gen)\n"
        "add_custom_target(limits DEPENDS ${CMAKE_BINARY_DIR}/for/made/limits.gen)\n"
        "file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/for)\n"
        "add_kernel_module(one src/one.cc src/level.c listed.c)\n"
        "add_dependencies(one limits)\n"
        f"target_include_directories(one PRIVATE ${{CMAKE_BINARY_DIR}}/for)\n{PACKAGE}"
    )
    tree = tree_of(project)
    assert files_of(tree) == {*INCLUDED, "generated/for/made/limits.gen"}
    assert "one-y := src/one.o src/level.o\n" in (tree / "Kbuild").read_text(encoding="utf-8")
    must(run("make", "-C", tree, f"KERNELDIR={project.kernel}"))


@pytest.mark.parametrize("generator", ["Ninja", "Unix Makefiles"])
def test_tree_follows_a_file_that_the_compiler_read(generator: str, project: CMakeProject) -> None:
    """A table that changes is in the tree after the next build, and so is one that a source includes since then."""
    project.generator = generator
    project.write("one.cc", f'{MODULE}#include "levels.tbl"\n')
    project.write("levels.tbl", "// first\n")
    project.lists(f"add_kernel_module(one one.cc)\n{PACKAGE}")
    tree = tree_of(project)
    project.write("levels.tbl", '// second\n#include "more.tbl"\n')
    project.write("more.tbl", "")
    must(project.make("one-dkms"))
    assert "second" in (tree / "levels.tbl").read_text(encoding="utf-8")
    assert (tree / "more.tbl").exists()


def test_file_outside_of_the_project_is_refused(tmp_path: Path, project: CMakeProject) -> None:
    """A header beside the project that a source includes: refused with its name, and there is no tree."""
    (tmp_path / "beside.tbl").write_text("", encoding="utf-8")
    project.write("one.cc", f'{MODULE}#include "../beside.tbl"\n')
    project.lists(f"add_kernel_module(one one.cc)\n{PACKAGE}")
    must(project.configure())
    assert_refused(project.make("one-dkms"), f"found: {tmp_path}/beside.tbl", f"needed: files in {project.source}")
    assert not (project.build / "one-1").exists()


def test_further_files_are_in_the_tree(project: CMakeProject) -> None:
    """FILES: files, generated ones, folders with all that is in them; a script stays one, a link is what it leads to."""
    project.write("one.cc", MODULE)
    for name in ("compat/older.c", "compat/deep/note.txt", "compat/.hidden", "other/README"):
        project.write(name, "")
    project.write("tools/setup", "#!/bin/sh\n").chmod(0o755)
    (project.source / "LICENCE").symlink_to("other/README")
    project.lists(
        "file(TOUCH ${CMAKE_BINARY_DIR}/made.txt)\nadd_kernel_module(one one.cc)\n"
        "add_dkms_package(one VERSION 1 MODULES one FILES compat tools/setup LICENCE ${CMAKE_BINARY_DIR}/made.txt)\n"
    )
    tree = tree_of(project)
    assert files_of(tree) == {"one.cc", "compat/older.c", "compat/deep/note.txt", "tools/setup", "LICENCE", "generated/made.txt"}
    assert (tree / "tools/setup").stat().st_mode & 0o777 == 0o755
    assert not (tree / "LICENCE").is_symlink()
    project.write("compat/newer.c", "")
    must(project.make("one-dkms"))
    assert (tree / "compat/newer.c").exists()

# Paths in flags


def test_paths_in_flags_are_those_of_the_tree(project: CMakeProject) -> None:
    """Files and folders that options and definitions name go along, and make finds them there; the tree builds elsewhere."""
    project.write("one.cc", f"{MODULE}#include CONFIGURATION\n#include <quoted.hpp>\n#include \"beside.tab\"\nstatic_assert(first + second + third == 6);\n")
    project.write("part.c", "#include <after.h>\n_Static_assert(FORCED + AFTER == 11, \"\");\n#include SLAB\n")
    project.write("compat/first.hpp", "#pragma once\nconstexpr int first = 1;\n")
    project.write("compat/second.pre", "#pragma once\nconstexpr int second = 2;\n")
    project.write("settings/all.conf", "constexpr int third = 3;\n")
    project.write("quoted/quoted.hpp", "#pragma once\n")
    project.write("beside/beside.tab", "")
    project.write("forced.h", "#define FORCED 4\n")
    project.write("after/after.h", "#define AFTER 7\n")
    project.lists(
        "add_kernel_module(one one.cc part.c)\n"
        "target_compile_definitions(one PRIVATE CONFIGURATION=\"${CMAKE_CURRENT_SOURCE_DIR}/settings/all.conf\" [[TEXT=\"/dev/pump $(x) a#b\"]])\n"
        "target_compile_options(one PRIVATE -fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=\n"
        "  $<$<COMPILE_LANGUAGE:CXX>:-iquote$<SEMICOLON>${CMAKE_CURRENT_SOURCE_DIR}/beside$<SEMICOLON>-I${CMAKE_CURRENT_SOURCE_DIR}/quoted>\n"
        "  \"$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include ${CMAKE_CURRENT_SOURCE_DIR}/compat/first.hpp>\"\n"
        "  \"$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include ${CMAKE_CURRENT_SOURCE_DIR}/compat/second.pre>\")\n"
        "set_source_files_properties(part.c PROPERTIES COMPILE_OPTIONS\n"
        "  \"-include;${CMAKE_CURRENT_SOURCE_DIR}/forced.h;-isystem${CMAKE_CURRENT_SOURCE_DIR}/after;-DSLAB=\\\"${KCXX_KERNEL}/include/generated/autoconf.h\\\"\")\n"
        f"{PACKAGE}"
    )
    tree = tree_of(project)
    text = (tree / "Kbuild").read_text(encoding="utf-8")
    assert str(project.source) not in text
    assert "/root" not in text
    assert "-include $(src)/compat/first.hpp -include $(src)/compat/second.pre" in text
    assert {"settings/all.conf", "compat/second.pre", "beside/beside.tab", "forced.h", "after/after.h"} <= files_of(tree)
    shutil.copytree(tree, project.build.parent / "elsewhere")
    project.source.rename(project.source.with_name("gone"))
    must(run("make", "-C", project.build.parent / "elsewhere", f"KERNELDIR={project.kernel}"))


@pytest.mark.parametrize(
    ("options", "found", "fix"),
    [
        ("-include /opt/compat.h", "-include /opt/compat.h", "cp -r /opt/compat.h to the project"),
        ("-I/opt/include", "-I/opt/include", "cp -r /opt/include"),
        ("-isystem /opt/include", "-isystem /opt/include", "cp -r /opt/include"),
        ("-iquote/opt/include", "-iquote/opt/include", "cp -r /opt/include"),
        ("-idirafter /opt/include", "-idirafter /opt/include", "cp -r /opt/include"),
        ("SHELL:-I /opt/include", "-I /opt/include", "cp -r /opt/include"),
        ("-I${CMAKE_CURRENT_SOURCE_DIR}/none", "/none in -I", "the path of one that is there"),
        ("-I${CMAKE_CURRENT_SOURCE_DIR}/../beside", "/source/../beside", "to the project, and its path there"),
        ("-Iinclude", "-Iinclude", "target_include_directories(… PRIVATE include)"),
    ],
)  # fmt: skip
def test_path_in_an_option_that_the_target_lacks_is_refused(options: str, found: str, fix: str, refused: CMakeProject) -> None:
    """An option is refused, and named with the remedy, if its path is outside the project, missing or relative."""
    (refused.source.parent / "beside").mkdir(exist_ok=True)
    words = [f'"{options}"'] if options.startswith("SHELL:") else options.split(" ")
    refused.lists(f"add_kernel_module(one one.cc KERNEL_MIN 99.0)\ntarget_compile_options(one PRIVATE {' '.join(words)})\n{PACKAGE}")
    must(refused.configure())
    assert_refused(refused.make("one-dkms"), f"found: {found}" if found.startswith("-") else found, fix)
    assert not (refused.build / "one-1").exists()

# A tree follows what it is made of

FOLLOWED = """\
set(LIMIT 1 CACHE STRING "")
set(MORE "" CACHE STRING "")
if(NOT DEFINED OLDEST)
  set(OLDEST 6.1)
endif()
if(NOT DEFINED VERSION)
  set(VERSION 1)
endif()
set(CPACK_PACKAGE_CONTACT "Jo Doe <jo@example.org>")
set(CPACK_RPM_PACKAGE_LICENSE GPL-2.0-only)
add_kernel_module(one src/one.cc src/part.c ${MORE})
add_kernel_module(two two.cc)
target_compile_definitions(one PRIVATE LIMIT=${LIMIT})
if(STRICT)
  target_compile_options(one PRIVATE -Wunused)
  set_source_files_properties(src/part.c PROPERTIES COMPILE_OPTIONS -Wshadow)
endif()
if(WIDE)
  target_include_directories(one PRIVATE wide)
endif()
if(BOTH)
  set(both two)
endif()
add_dkms_package(one VERSION ${VERSION} MODULES one ${both} KERNEL_MIN ${OLDEST} PATCHES fix.patch VERIFY OFF)
"""


@dataclass(frozen=True)
class Change:
    """A change of the project: @options of cmake, files written and removed; what a @file of the tree then has."""

    file: str
    holds: str | None  # a regular expression; None: there is no such file
    options: tuple[str, ...] = ()
    written: dict[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    version: str = "1"


CHANGES = {
    "definition": Change("Kbuild", r"-DLIMIT=9\b", ("-DLIMIT=9",)),
    "option": Change("Kbuild", r"-Wunused\b", ("-DSTRICT=ON",)),
    "option of a source": Change("Kbuild", r"CFLAGS_src/part\.o := .*-Wshadow\b", ("-DSTRICT=ON",)),
    "include directory": Change("Kbuild", r"-I\$\(src\)/wide", ("-DWIDE=ON",)),
    "headers of an include directory": Change("wide/wide.h", "pragma", ("-DWIDE=ON",)),
    "new source": Change("Kbuild", r"one-y := .* src/more\.o\n", ("-DMORE=src/more.c",)),
    "new source's file": Change("src/more.c", "^$", ("-DMORE=src/more.c",)),
    "removed source": Change("src/more.c", None, ("-DMORE=",)),
    "changed source": Change("src/part.c", "changed", written={"src/part.c": "/* changed */\n"}),
    "changed header": Change("src/deep/one.h", "changed", written={"src/deep/one.h": "/* changed */\n"}),
    "new header": Change("src/deep/new.h", "new", written={"src/deep/new.h": "/* new */\n"}),
    "header in a new folder": Change("src/deep/down/new.h", "new", written={"src/deep/down/new.h": "/* new */\n"}),
    "removed header": Change("src/deep/new.h", None, removed=("src/deep/new.h",)),
    "patch": Change("patches/fix.patch", "changed", written={"fix.patch": "changed\n"}),
    "oldest kernel": Change("dkms.conf", r"--kernel-min 6\.6\b", ("-DOLDEST=6.6",)),
    "modules": Change("dkms.conf", r'BUILT_MODULE_NAME\[1\]="two"', ("-DBOTH=ON",)),
    "tree that was removed": Change("dkms.conf", "PACKAGE_NAME", removed=("../build/one-1",)),
    "version": Change("dkms.conf", 'PACKAGE_VERSION="2"', ("-DVERSION=2",), version="2"),
}


@pytest.fixture(scope="module", params=["Ninja", "Unix Makefiles"])
def followed(request: pytest.FixtureRequest, package: Path, kernels: dict[str, Kernel], run_directory: Path) -> CMakeProject:
    """A project that each of CHANGES changes in turn, with a kcxx of its own"""
    directory = new_directory(run_directory, "followed")
    own = directory / "kcxx"
    shutil.copytree(package, own)
    project = CMakeProject(directory / "source", directory / "build", own, kernels["6.12"].build, request.param)
    for name in ("src/one.cc", "two.cc"):
        project.write(name, MODULE)
    for name in ("src/part.c", "src/more.c", "src/deep/one.h"):
        project.write(name, "")
    project.write("wide/wide.h", "#pragma once\n")
    project.write("fix.patch", "\n")
    project.lists(FOLLOWED)
    tree_of(project)
    return project


@pytest.mark.every
def test_tree_follows_each_change(followed: CMakeProject) -> None:
    """Each thing that a tree is made of: when it changes, the next build writes the tree anew."""
    stale = []
    for name, change in CHANGES.items():
        for path in change.removed:
            place = followed.source / path
            shutil.rmtree(place) if place.is_dir() else place.unlink()
        for path, text in change.written.items():
            followed.write(path, text)
        if change.options:
            must(followed.configure(*change.options))
        must(followed.make("one-dkms"))
        file = followed.build / f"one-{change.version}" / change.file
        text = file.read_text(encoding="utf-8") if file.exists() else None
        if (text is None) != (change.holds is None) or (text is not None and not re.search(change.holds or "", text, re.M)):
            stale.append(name)
    assert not stale, stale


def test_tree_follows_kcxx(followed: CMakeProject) -> None:
    """A file of kcxx's kbuild/ that changes, and one that is new, are in the tree after the next build."""
    must(followed.configure("-DVERSION=1"))
    must(followed.make("one-dkms"))
    kbuild = followed.package / "share/kcxx/kbuild"
    for name in ("runtime/new.h", "usage.sh"):
        with (kbuild / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
    must(followed.make("one-dkms"))
    assert must(run("diff", "-r", "--exclude=LICENSES", followed.build / "one-1/kbuild", kbuild)) == ""


# Commands that unpack a package in $1 into the working directory, and where its tree is then
PACKAGES = {
    "deb": ("one-dkms_1_all.deb", 'dpkg-deb --extract "$1" .', "usr/src/one-1"),
    "rpm": ("one-dkms-1-1.noarch.rpm", 'rpm2cpio "$1" | cpio -id --quiet', "usr/src/one-1"),
    "tarball": ("one-1.tar.gz", 'tar xf "$1"', "one-1"),
}


@pytest.mark.parametrize("kinds", [("deb", "tarball"), pytest.param(("rpm",), marks=pytest.mark.every)], ids=" ".join)
def test_packages_follow_each_change(followed: CMakeProject, tmp_path: Path, kinds: tuple[str, ...]) -> None:
    """The .deb, .rpm and tarball that are made after a change have what changed."""
    must(followed.configure("-DVERSION=1"))
    for number in (1, 2):
        followed.write("src/deep/one.h", f"/* number {number} */\n")
        must(followed.configure(f"-DLIMIT={number}"))
        must(followed.make(*(f"one-dkms-{kind}" for kind in kinds)))
        for package, unpack, place in (PACKAGES[kind] for kind in kinds):
            unpacked = tmp_path / f"{number} {package}"
            unpacked.mkdir()
            must(run("sh", "-c", unpack, "sh", followed.build / package, cwd=unpacked))
            tree = unpacked / place
            assert f"number {number}" in (tree / "src/deep/one.h").read_text(encoding="utf-8")
            assert re.search(rf"-DLIMIT={number}\b", (tree / "Kbuild").read_text(encoding="utf-8"))
