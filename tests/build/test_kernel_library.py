# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Code that modules share: add_kernel_library(), compiled once, linked into each, in DKMS trees as well."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from fixtures.axes import CXX, axis
from fixtures.cmake_project import MODULE, CMakeProject, assert_refused, compiled, linked, refusal
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel

FILES = {
    "core/gears.cc": '#include <core/gears.hpp>\nint count_gears() { return GEARS; }\nextern "C" const char *core_name() { return KBUILD_MODNAME; }\n',
    "core/exact.c": "int core_exact(int speed);\nint core_exact(int speed) { return speed * GEARS; }\n",
    "core/unused.c": "int core_unused(void);\nint core_unused(void) { return 1; }\n",
    "include/core/gears.hpp": "#pragma once\n#ifndef GEARS\n#error no definition of the library\n#endif\nint count_gears();\n",
    "one.cc": '#include <core/gears.hpp>\nextern "C" int core_exact(int);\nint one();\nint one() { return core_exact(count_gears()); }\n' + MODULE,
    "two.cc": "#include <core/gears.hpp>\nint two();\nint two() { return count_gears() + GEARS; }\n" + MODULE,
}
LISTS = """\
add_kernel_library(core {kind} core/gears.cc core/exact.c core/unused.c)
target_include_directories(core PUBLIC include)
target_compile_definitions(core PUBLIC GEARS=6 PRIVATE UNSEEN)
add_kernel_module(one one.cc)
target_link_libraries(one PRIVATE core)
add_kernel_module(two two.cc)
target_link_libraries(two PRIVATE core)
add_dkms_package(sample VERSION 1 MODULES one two)
"""


@pytest.fixture
def project(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> CMakeProject:
    """Two modules, and what they share"""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    for name, text in FILES.items():
        project.write(name, text)
    return project


def functions(module: Path) -> dict[str, str]:
    """The functions of a module and their instructions"""
    said = must(run("objdump", "-dr", "--no-show-raw-insn", module))
    places = re.compile(r"^\s*[0-9a-f]+:|<.*?>|(?<=call   )[0-9a-f]+|(?<=jmp    )[0-9a-f]+", re.M)
    return {name: places.sub("", code) for name, code in re.findall(r"^[0-9a-f]+ <(\w+)>:\n((?:.+\n)+)", said, re.M)}


@pytest.mark.parametrize("kind", ["OBJECT", "STATIC"])
@pytest.mark.parametrize("cxx", axis(CXX["gcc"], every=(CXX["clang"],)))
def test_library_is_compiled_once_and_linked_into_each_module(kind: str, cxx: str, project: CMakeProject) -> None:
    """A library passes on its requirements. A DKMS tree builds the same functions. STATIC omits uncalled ones."""
    project.lists(LISTS.format(kind=kind))
    said = project.made(f"-DKCXX_CXX_COMPILER={cxx}")
    assert len(re.findall(r"Building CXX object \S+gears\.cc\.o", said)) == 1
    tree = project.build / "sample-1"
    must(run("make", "-C", project.kernel, f"M={tree}", f"CXX={cxx}"))
    for name in ("one", "two"):
        made, shipped = functions(project.module(name)), functions(tree / f"{name}.ko")
        assert "_Z11count_gearsv" in made
        assert ("core_unused" in made) == (kind == "OBJECT")
        assert shipped == made
        assert b"\0core\0" in project.module(name).read_bytes() and b"\0core\0" in (tree / f"{name}.ko").read_bytes()
    assert project.pending().nothing


@pytest.mark.parametrize(("kind", "generator"), [("OBJECT", "Ninja"), ("STATIC", "Unix Makefiles")])
def test_module_is_linked_again_when_its_library_changes(kind: str, generator: str, project: CMakeProject) -> None:
    """No other source is compiled again."""
    project.generator = generator
    project.lists(LISTS.format(kind=kind))
    project.made()
    project.write("core/exact.c", FILES["core/exact.c"].replace("speed *", "1 + speed *"))
    said = must(project.make())
    assert compiled(said) == {"exact.c"}
    assert linked(said) == {"one.ko", "two.ko"}


def test_exports_of_a_library_keep_their_crcs(project: CMakeProject) -> None:
    """EXPORT_SYMBOL() in a library, of either kind: each module exports it, with a CRC."""
    project.write("core/exact.c", "#include <linux/export.h>\n" + FILES["core/exact.c"] + "EXPORT_SYMBOL_GPL(core_exact);\n")
    for kind in ("OBJECT", "STATIC"):
        project.lists(LISTS.replace("add_dkms", "#").format(kind=kind))
        project.made()
        assert re.search(r"^0x(?!00000000)[0-9a-f]{8}\tcore_exact\t", (project.build / "one.symvers").read_text(), re.M)


def test_library_is_checked_as_modules_are(project: CMakeProject) -> None:
    """Constructs and flags that modules must not have"""
    project.write("core/gears.cc", "#include <vector>\n" + FILES["core/gears.cc"])
    project.lists(LISTS.format(kind="OBJECT"))
    must(project.configure())
    assert_refused(project.make(), "core/gears.cc:1: kcxx: std::vector allocates without GFP flags", "kernel::Vec<T>")
    project.write("core/gears.cc", FILES["core/gears.cc"])
    project.lists(LISTS.format(kind="STATIC") + "target_compile_options(core PRIVATE -fshort-enums)\n")
    must(project.configure())
    assert_refused(project.make(), "a flag that undoes flags of the kernel", "-fshort-enums")


def test_object_in_an_archive_that_was_replaced_is_refused(project: CMakeProject) -> None:
    """A STATIC library is known by the objects that were compiled and checked."""
    project.lists(LISTS.format(kind="STATIC"))
    project.made()
    (made,) = project.build.rglob("exact.c.o")
    before = made.stat()
    must(run("gcc", "-c", "-O2", "-DGEARS=1", "-o", made, project.source / "core/exact.c"))
    os.utime(made, ns=(before.st_atime_ns, before.st_mtime_ns))  # or else it is compiled again
    project.module("one").unlink()
    assert_refused(project.make(), "another object than the one that was made of", "exact.c.o")


CALLS = {
    "kind": ("core core/gears.cc", ("needed: STATIC or OBJECT", "EXPORT_SYMBOL()")),
    "shared": ("core SHARED core/gears.cc", ("needed: STATIC or OBJECT",)),
    "no-source": ("core OBJECT", ("add_kernel_library(core): no source", "add_kernel_library(core OBJECT core.cc)")),
    "missing": ("core OBJECT core/no.cc", ("add_kernel_library(core): a source does not exist",)),
    "kind-of-source": ("core OBJECT core/no.rs", ("add_kernel_library(core): not a source", "core/no.rs")),
}


@pytest.mark.parametrize(("call", "phrases"), CALLS.values(), ids=CALLS.keys())
def test_wrong_call_of_add_kernel_library(call: str, phrases: tuple[str, ...], project: CMakeProject) -> None:
    """The message names the fault, and shows the call."""
    project.lists(f"add_kernel_library({call})\n")
    assert_refused(project.configure(), *phrases)


def test_library_of_user_space_names_the_command(project: CMakeProject) -> None:
    """add_library() of the project is refused, with add_kernel_library() in its place."""
    project.lists("add_library(core STATIC core/exact.c)\nadd_kernel_module(two two.cc)\ntarget_link_libraries(two PRIVATE core)\n")
    assert "add_kernel_library(core OBJECT …) in place of add_library(core …)" in refusal(project.configure())
