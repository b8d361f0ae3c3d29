# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Modules of C alone: what Kbuild makes, byte for byte, and no C++ compiler."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject, refusal
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.hidden_programs import path_without

MAIN = """\
#include <linux/module.h>
#include "part.h"
int part(int gear);
static int __init start(void)
{
	WARN_ON(part(3) != LIMIT);
	pr_info("%s %s %d\\n", KBUILD_MODNAME, KBUILD_BASENAME, part(LIMIT));
	return 0;
}
static void __exit stop(void) {}
module_init(start);
module_exit(stop);
MODULE_LICENSE("GPL");
MODULE_VERSION("1.2");
"""
PART = """\
#include <linux/export.h>
#include "part.h"
#include "sub/deep.h"
int part(int gear);
int part(int gear) { return gear * LIMIT + DEEP; }
EXPORT_SYMBOL_GPL(part);
"""
ALONE = MAIN.replace("int part(int gear);\n", "static int part(int gear) { return gear * LIMIT; }\n")
FILES = {
    "main.c": MAIN, "part.c": PART, "alone.c": ALONE, "part.h": "#define LIMIT 3\n", "sub/deep.h": "#define DEEP 7\n",
}  # fmt: skip
LISTS = """\
add_kernel_module(pair main.c part.c)
add_kernel_module(alone alone.c)
add_dkms_package(sample VERSION 1 MODULES pair alone)
"""


def project_of_c(source: Path, build: Path, package: Path, kernel: Path) -> CMakeProject:
    """Two modules, for CMake without C++ and for Kbuild"""
    project = CMakeProject(source, build, package, kernel)
    for name, text in FILES.items():
        project.write(name, text)
    project.write("Kbuild", "obj-m := pair.o alone.o\npair-y := main.o part.o\n")
    project.lists(LISTS, languages="C")
    return project


def without_debug_information(module: Path, to: Path) -> bytes:
    """The module's bytes without the paths of sources, and without the checksum of all"""
    must(run("objcopy", "--strip-debug", "--remove-section=.note.gnu.build-id", module, to))
    return to.read_bytes()


def pahole_of_one_thread(directory: Path) -> Path:
    """A script. The threads of pahole -j put a module's types in the order in which they end."""
    script = directory / "pahole.sh"
    script.write_text('exec pahole "$@" -j1\n', encoding="utf-8")
    return script


def srcversion(module: Path) -> str:
    """The checksum of its sources"""
    return must(run("modinfo", "-F", "srcversion", module)).strip()


def test_module_of_c_is_the_one_of_kbuild(kernel: Kernel, package: Path, tmp_path: Path) -> None:
    """All bytes but debug information; without g++ and clang++ in $PATH, in CMake and in the DKMS tree. srcversion counts the headers beside a source."""
    project = project_of_c(tmp_path / "source", tmp_path / "build", package, kernel.build)
    env = {"PATH": str(path_without(tmp_path / "bin", r"(g|c|clang)\+\+"))}
    must(project.configure(env=env))
    must(project.make(env=env))
    must(run("make", "-C", kernel.build, f"M={project.source}", f"PAHOLE=sh {pahole_of_one_thread(tmp_path)}"))
    tree = project.build / "sample-1"
    must(run("make", "-C", kernel.build, f"M={tree}", env=env))
    for name in ("pair", "alone"):
        made, reference = project.module(name), project.source / f"{name}.ko"
        assert re.fullmatch(r"[0-9A-F]{23}", srcversion(reference))
        assert srcversion(made) == srcversion(tree / f"{name}.ko") == srcversion(reference)
        assert without_debug_information(made, tmp_path / "made") == without_debug_information(reference, tmp_path / "reference")


@pytest.mark.every
def test_srcversion_through_a_link_is_the_same(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """The project's folder may be a symbolic link: the headers are found beside the sources."""
    project = project_of_c(tmp_path / "real", tmp_path / "build", package, kernels["6.12"].build)
    project.made()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    linked = CMakeProject(tmp_path / "link", tmp_path / "build-link", package, kernels["6.12"].build)
    linked.made()
    assert srcversion(linked.module("pair")) == srcversion(project.module("pair"))
    project.write("part.h", "#define LIMIT 4\n")
    linked.made()
    assert srcversion(linked.module("pair")) != srcversion(project.module("pair"))


def test_module_of_c_has_nothing_of_kcxx_beside_modules_of_cxx(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """A module of C in a project of both languages has no symbol of kcxx's."""
    project = project_of_c(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("other.cc", MODULE)
    project.lists(LISTS + "add_kernel_module(other other.cc)\n")
    project.made()
    for name in ("pair", "alone"):
        assert re.findall(r"\b(?:__cxa_|kcxx_)\w+", must(run("nm", project.module(name)))) == []


@pytest.mark.parametrize("lines", ["add_kernel_module(other other.cc)", "add_kernel_module(other main.c)\ntarget_sources(other PRIVATE other.cc)"])
def test_cxx_source_needs_the_language(lines: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """CMake would pass over it in silence."""
    project = project_of_c(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("other.cc", MODULE)
    project.lists(lines + "\n", languages="C")
    said = refusal(project.configure())
    assert "kcxx: the language CXX is not enabled." in said and "other.cc" in said and "LANGUAGES C CXX" in said
