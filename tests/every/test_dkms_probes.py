# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx_probe() and kcxx_sources_if(): CMake decides for its kernel, and the DKMS tree anew for each of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.axes import CXX, axis, needs
from fixtures.changed_kernel import ChangedKernel, change, copy_of
from fixtures.cmake_project import MODULE, CMakeProject, assert_refused
from fixtures.commands import must, run
from fixtures.directories import new_directory
from fixtures.dkms_machine import DkmsMachine
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.module_file import symbols
from fixtures.probes_project import MODULES, NEW, OLD, PACKAGE, PROBES, SOURCES, shown
from fixtures.repository import REPOSITORY



@pytest.fixture
def project(tmp_path: Path, package: Path, kernels: dict[str, Kernel]) -> CMakeProject:
    """The project that asks, for 6.12"""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    for name, text in SOURCES.items():
        project.write(name, text)
    project.lists(PROBES + MODULES + PACKAGE)
    return project


@pytest.fixture(scope="session")
def older(kernels: dict[str, Kernel], run_directory: Path) -> Iterator[ChangedKernel]:
    """6.12 with eventfd_signal() as 6.1 has it, without miscdevice.nodename, CONFIG_PCSPKR_PLATFORM and the export of class_create()"""
    directory = new_directory(run_directory, "older-kernel")
    kernel = copy_of(kernels["6.12"], directory)
    header = kernel.header("include/linux/eventfd.h")
    text = header.read_text(encoding="utf-8")
    signal = text[text.index("static inline void eventfd_signal(") :].split("}\n", 1)[0] + "}\n"
    change(header, signal, "__u64 eventfd_signal(struct eventfd_ctx *ctx, __u64 n);\n")
    change(kernel.header("include/linux/miscdevice.h"), "const char *nodename;", "const char *node_name;")
    change(kernel.build / "Module.symvers", "\tclass_create\t", "\tclass_create_file\t")
    kernel.disable("CONFIG_PCSPKR_PLATFORM")
    yield kernel
    shutil.rmtree(directory)


def answers(directory: Path) -> dict[str, bool]:
    """Returns the macros of the header in @directory: true if it defines them, false if it leaves them undefined."""
    lines = (directory / ".kcxx/include/generated/kcxx-probes.h").read_text(encoding="utf-8").splitlines()
    found = {line.split()[1]: True for line in lines if line.startswith("#define ") and line.endswith(" 1")}
    return found | {line.split()[1]: False for line in lines if " is not defined: " in line}


ON_NEW = {"SIGNAL_COUNTS": False, "SIGNAL_COMPILES": True, "NODE_NAME": True, "CLASS_CREATE": True, "HAVE_PIDFS": True}
ON_OLDER = {"SIGNAL_COUNTS": True, "SIGNAL_COMPILES": False, "NODE_NAME": False, "CLASS_CREATE": False, "HAVE_PIDFS": True}


# CMake's kernel and others


@pytest.mark.parametrize("cxx", axis("gcc", every=("clang",)))
def test_tree_decides_as_cmake_did(cxx: str, project: CMakeProject) -> None:
    """The same kernel: the check finds the same modules, and nothing that CMake decided is in the tree."""
    needs(CXX[cxx])
    project.made("" if cxx == "gcc" else f"-DKCXX_C_COMPILER={CXX[cxx].replace('++', '')}", f"-DKCXX_CXX_COMPILER={CXX[cxx]}")
    assert answers(project.build / "kcxx") == ON_NEW
    assert shown(project.module("one")) == NEW
    assert "U eventfd_signal_mask" in symbols(project.module("one"))
    must(project.make("one-dkms-check"))
    assert project.pending("all", "one-dkms-check").nothing
    assert list((project.build / "one-1").rglob("kcxx-probes.h")) == []


def test_tree_decides_anew_for_another_kernel(project: CMakeProject, older: ChangedKernel) -> None:
    """A kernel that lacks what CMake's has: the tree finds it out, and C, C++ and the lists of sources follow."""
    project.made()
    tree = project.build / "one-1"
    must(run("make", "-C", tree, f"KERNELDIR={older.build}"))
    assert answers(tree) == ON_OLDER
    assert shown(tree / "one.ko") == OLD - {"speaker", "core_node"} | {"silent"}
    must(run("make", "-C", tree, f"KERNELDIR={project.kernel}"))
    assert shown(tree / "one.ko") == NEW


def test_tree_of_an_older_kernel_decides_anew(project: CMakeProject, older: ChangedKernel) -> None:
    """The other way round: sources that CMake left out are in the tree, with their flags."""
    new, project.kernel = project.kernel, older.build
    project.made()
    assert shown(project.module("one")) == OLD - {"speaker", "core_node"} | {"silent"}
    must(project.make("one-dkms-check"))
    tree = project.build / "one-1"
    must(run("make", "-C", tree, f"KERNELDIR={new}"))
    assert shown(tree / "one.ko") == NEW


@pytest.mark.every
def test_tree_of_6_12_decides_anew_on_6_1(project: CMakeProject, kernels: dict[str, Kernel], kcxx: Path) -> None:
    """Two kernels of Debian, each of which loads the module and logs what it decided."""
    project.made()
    tree = project.build / "one-1"
    must(run("make", "-C", tree, f"KERNELDIR={kernels['6.1'].build}"))
    assert answers(tree) == {"SIGNAL_COUNTS": True, "SIGNAL_COMPILES": False, "NODE_NAME": True, "CLASS_CREATE": False, "HAVE_PIDFS": False}
    assert shown(tree / "one.ko") == OLD
    for module, said in ((tree / "one.ko", "counts"), (project.module("one"), "does not count")):
        log = run(kcxx, "boot", module)
        assert f"eventfd_signal() {said}\n" in must(log) + log.stderr


# Rebuilds after changes


def test_tree_follows_probes(project: CMakeProject) -> None:
    """A probe that changes, and one that goes: ninja alone writes the tree anew, and the module."""
    project.made()
    lists = project.source / "CMakeLists.txt"
    tree = project.build / "one-1"
    change(lists, "__u64 eventfd_signal(struct eventfd_ctx *ctx, __u64 n)", "void eventfd_signal(struct eventfd_ctx *ctx)")
    must(project.make())
    assert "\tprototype void eventfd_signal(struct eventfd_ctx *ctx)\n" in (tree / "kcxx.probes").read_text(encoding="utf-8")
    assert shown(project.module("one")) == OLD
    change(lists, "kcxx_probe(HAVE_PIDFS HEADER linux/pidfs.h)\n", "")
    must(project.make())
    assert "HAVE_PIDFS" not in (tree / "kcxx.probes").read_text(encoding="utf-8")


def test_cmake_follows_the_kernel(project: CMakeProject, older: ChangedKernel) -> None:
    """A header that a probe read, and the list of exports: ninja configures again. An answer that changes compiles again."""
    project.kernel = older.build
    project.made()
    assert project.pending().nothing
    header = older.header("include/linux/miscdevice.h")
    change(header, "const char *node_name;", "const char *nodename;")
    assert project.pending().reconfigures
    must(project.make())
    assert answers(project.build / "kcxx")["NODE_NAME"]
    assert "core_node" in shown(project.module("one"))
    assert project.pending().nothing
    change(older.build / "Module.symvers", "\tclass_create\t", "\tclass_create_file\t")
    assert project.pending().reconfigures
    must(project.make())
    assert answers(project.build / "kcxx")["CLASS_CREATE"]
    change(header, "const char *node_name;", "const char *nodename;")
    change(older.build / "Module.symvers", "\tclass_create\t", "\tclass_create_file\t")


def test_configuring_again_compiles_nothing(project: CMakeProject) -> None:
    """Some answers are needed early, before other probes are known: that leaves the header as it is."""
    project.lists(f"{PROBES}{MODULES}kcxx_probe(HAVE_LATE HEADER linux/eventfd.h)\n{PACKAGE}")
    project.made()
    assert len(answers(project.build / "kcxx")) == len(ON_NEW) + 1
    said = must(project.configure())
    assert "probe" not in said
    assert project.pending().nothing


def test_probes_of_a_file(project: CMakeProject) -> None:
    """kcxx_probes(): the file that a Kbuild file names as well. It is watched."""
    probes = project.write("one.probes", "SIGNAL_COUNTS:\n\theaders linux/eventfd.h\n\tcompiles eventfd_signal(NULL, 1);\n")
    project.lists(f"kcxx_probes(one.probes)\nkcxx_probe(NODE_NAME HEADER linux/miscdevice.h)\n{MODULES}{PACKAGE}")
    project.made()
    assert answers(project.build / "kcxx") == {"SIGNAL_COUNTS": False, "NODE_NAME": True}
    change(probes, "NULL, 1", "NULL")
    must(project.make("one-dkms-check"))
    assert shown(project.module("one")) == OLD


def test_probe_that_is_broken_is_shown(project: CMakeProject) -> None:
    """A header that is not there: a warning with its name, and where all is that the compiler printed."""
    project.lists(f"kcxx_probe(HAVE_ODD COMPILES [[f();]] HEADERS linux/evntfd.h)\n{PROBES}{MODULES}")
    result = project.configure()
    must(result)
    said = " ".join(result.stderr.split())
    assert "kcxx: probe HAVE_ODD: no: its headers and types do not compile: linux/evntfd.h: No such file or directory" in said
    assert "generated/kcxx-probes.log" in said


def test_pure_c_project_asks(project: CMakeProject) -> None:
    """A project without C++: the tree needs no C++ compiler, and finds the answers."""
    project.write("plain.c", "#include <linux/module.h>\nMODULE_LICENSE(\"GPL\");\nMODULE_DESCRIPTION(\"C\");\n")
    project.lists(f"{PROBES}add_kernel_module(one plain.c part.c)\n{PACKAGE}", languages="C")
    project.made()
    must(project.make("one-dkms-check"))
    assert "c_counts_not" in shown(project.module("one"))


def test_examples_of_the_page(project: CMakeProject, tmp_path: Path) -> None:
    """docs/probes.md: its CMakeLists.txt, its Kbuild file and its file of probes build, and the answers are those it shows."""
    text = (REPOSITORY / "docs/probes.md").read_text(encoding="utf-8")
    lists, code, kbuild, probes = re.findall(r"^```(?:cmake|c|make|)\n(.*?)^```$", text, re.M | re.S)
    function = f"void signal(struct eventfd_ctx *context)\n{{\n{code.split(chr(10), 1)[1]}}}\n"
    timer = f"#include <linux/eventfd.h>\n{code.split(chr(10), 1)[0]}\n{function}"
    for source in ("compat.c", "old_timer.c", "main.c"):
        project.write(source, f'#include <linux/module.h>\nMODULE_{"LICENSE" if source == "main.c" else "AUTHOR"}("GPL");\n')
    project.write("pump.cc", MODULE)
    project.write("timer.c", timer)
    project.write("CMakeLists.txt", f"cmake_minimum_required(VERSION 3.25)\nproject(pump LANGUAGES C CXX)\n{lists}")
    project.made()
    assert set(answers(project.build / "kcxx").values()) == {True}
    must(project.make("pump-dkms-check"))
    plain = KbuildProject(project.source, project.package, Path(project.kernel))
    plain.write("Kbuild", kbuild.replace("/usr/local/share", f"{project.package}/share"))
    plain.write("pump.probes", probes)
    (project.source / "pump.cc").unlink()
    plain.made()
    assert set(answers(project.source).values()) == {True}


# Scripts, Kbuild lines, generated files


def test_header_of_a_pre_build_script_is_the_one_that_is_read(project: CMakeProject, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """A script that CMake's build calls, and DKMS before each of its own: what it writes is what the compiler finds."""
    kernel = kernels["6.12"]
    project.write("conftest.sh", '#!/bin/sh\nmkdir -p "${2%/*}"\necho "#define SEEN \\"by $1\\"" > "$2"\n').chmod(0o755)
    project.write("part.c", "#include <conftest.h>\nconst char seen[] = SEEN;\n")
    project.lists("""\
        add_custom_command(OUTPUT config/conftest.h COMMAND ${CMAKE_SOURCE_DIR}/conftest.sh cmake config/conftest.h)
        add_kernel_module(one one.cc part.c config/conftest.h)
        target_include_directories(one PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/config)
        kcxx_probe(SIGNAL_COUNTS HEADER linux/eventfd.h)
        add_dkms_package(one VERSION 1 MODULES one PRE_BUILD conftest.sh [[$kernelver]] generated/config/conftest.h)
        """)
    project.made()
    assert b"by cmake" in project.module("one").read_bytes()
    machine = DkmsMachine(tmp_path / "machine")
    machine.prepare()
    machine.install_kernel(kernel)
    machine.receive(project.build / "one-1")
    must(machine.dkms("install", "one/1", kernel))
    (module,) = machine.installed(kernel).values()
    assert f"by {kernel.release}".encode() in module.read_bytes()


LINES = 'KBUILD_LINES "ccflags-y += -DNATIVE=\'\\"$(src);x\\"\'" "ifneq ($(CONFIG_PCSPKR_PLATFORM),)" "one-y += extra/more.o" "endif"'


def test_raw_kbuild_lines_are_in_the_tree(project: CMakeProject) -> None:
    """Lines for the Kbuild file reach the tree as they are; differences that they make are reported by the check."""
    project.write("extra/more.c", "int more;\n")
    project.lists(f"{PROBES}{MODULES}add_dkms_package(one VERSION 1 MODULES one FILES extra {LINES})\n")
    project.made()
    kbuild = (project.build / "one-1/Kbuild").read_text(encoding="utf-8")
    lines = 'ccflags-y += -DNATIVE=\'"$(src);x"\'\nifneq ($(CONFIG_PCSPKR_PLATFORM),)\none-y += extra/more.o\nendif\n'
    assert lines in kbuild
    assert kbuild.index(lines) < kbuild.index("include $(src)/kbuild/Makefile.cxx\n")
    assert_refused(project.make("one-dkms-check"), "the DKMS tree makes other modules than CMake does", "more")


def test_generated_file_that_names_the_kernel_is_reported(project: CMakeProject, kernels: dict[str, Kernel]) -> None:
    """configure_file() with the release: the tree would have it on every kernel."""
    project.write("config.h.in", '#define BUILT_FOR "@KCXX_KERNEL_RELEASE@"\n')
    project.write("one.cc", f"{MODULE}#include <config.h>\n")
    project.lists(
        "configure_file(config.h.in config.h)\nadd_kernel_module(one one.cc)\n"
        f"target_include_directories(one PRIVATE ${{CMAKE_CURRENT_BINARY_DIR}})\n{PACKAGE}"
    )
    must(project.configure())
    result = project.make("one-dkms")
    said = " ".join((must(result) + result.stderr).split())
    assert "the tree has a file that was made for one kernel" in said
    assert f'found: #define BUILT_FOR "{kernels["6.12"].release}", in {project.build}/config.h' in said


# Wrong calls


@pytest.mark.parametrize(
    ("call", "found", "needed"),
    [
        ("kcxx_probe(HAVE_ONE)", "not one question", "one of COMPILES"),
        ("kcxx_probe(HAVE_ONE HEADER a.h EXPORTED b)", "'EXPORTED and HEADER'", "one of COMPILES"),
        ("kcxx_probe(CC HEADER a.h)", "found: CC:, in line 1 of", "letters, digits and a _ between them"),
        ("kcxx_probe(HAVE_ONE MEMBER file iopoll)\nkcxx_probe(HAVE_ONE HEADER a.h)", "another question as HAVE_ONE", "another name"),
        ("kcxx_probe(HAVE_ONE MEMBER iopoll)", "MEMBER iopoll", "a type in quotes"),
        ("kcxx_probe(HAVE_ONE EXPORTED a PROTOTYPE int)", "without HEADERS", "the headers of the kernel"),
        ("kcxx_probe(HAVE_ONE HEADER a.h TYPE int)", "HEADER with 'int'", "TYPE with MEMBER"),
        ("kcxx_probe(HAVE_ONE HEADER a.h ELSE)", "found: ELSE", "known keywords"),
        ("kcxx_probes(none.probes)", "no such file", "a file of probes"),
        ("kcxx_sources_if(two CONFIG_X one.cc)", "no such module", "add_kernel_module()"),
        ("add_kernel_module(one one.cc)\nkcxx_sources_if(one HAVE_X part.c)", "found: 'HAVE_X'", "a probe that was added before"),
        ("add_kernel_module(one one.cc part.c)\nkcxx_sources_if(one CONFIG_X part.c)", "a source is there already", "one condition for a source"),
        ("add_kernel_module(one one.cc)\nkcxx_sources_if(one CONFIG_X none.c)", "a source does not exist", "the file"),
        ("add_kernel_module(one one.cc)\nkcxx_sources_if(one CONFIG_X)", "no source", "at least one"),
        ("add_kernel_module(one one.cc)\nadd_dkms_package(one VERSION 1 MODULES one KBUILD_LINES -I${CMAKE_SOURCE_DIR})", "in KBUILD_LINES", "$(src)/"),
    ],
)  # fmt: skip
def test_wrong_call(call: str, found: str, needed: str, refused: CMakeProject) -> None:
    """The error names what was found, and what is needed."""
    refused.lists(f"{call}\n")
    assert_refused(refused.configure(), found, needed)


@pytest.fixture(scope="module")
def refused(run_directory: Path, package: Path, kernels: dict[str, Kernel]) -> CMakeProject:
    """A project whose lists a test writes: its compilers are looked for once."""
    directory = new_directory(run_directory, "probes-refused")
    project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)
    for name in ("one.cc", "part.c"):
        project.write(name, SOURCES[name])
    return project
