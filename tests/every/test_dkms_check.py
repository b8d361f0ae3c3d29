# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""<package>-dkms-check: the tree is built without CMake and kcxx, and makes the modules that CMake makes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject, assert_refused
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.pumps_project import LISTS, OTHERS, PACKAGE, write_project

HEAD = 'set(CPACK_PACKAGE_CONTACT "Jo Doe <jo@example.org>")\n'
# A module of C alone, with so many symbols of the kernel's that another link would order them anew
ALONE = """\
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
static DEFINE_MUTEX(lock);
int fill(void **to);
int fill(void **to)
{
	mutex_lock(&lock);
	*to = kzalloc(40, GFP_KERNEL);
	pr_info("%s\\n", KBUILD_MODNAME);
	mutex_unlock(&lock);
	kfree(*to);
	return 0;
}
EXPORT_SYMBOL(fill);
MODULE_LICENSE("GPL");
"""
LENGTH_OF_PATH = "int length(void);\nint length(void) { return sizeof(__FILE__); }\n"


@pytest.fixture
def project(tmp_path: Path, package: Path, kernels: dict[str, Kernel]) -> CMakeProject:
    """An empty project for 6.12"""
    return CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)


def with_module(project: CMakeProject, options: str = "", **sources: str) -> CMakeProject:
    """@project, configured, with a module of one.cc and the C @sources, in the package one with @options"""
    project.write("one.cc", MODULE)
    for name, text in sources.items():
        project.write(f"{name}.c", text)
    names = " ".join(f"{name}.c" for name in sources)
    project.lists(f"{HEAD}add_kernel_module(one one.cc {names})\nadd_dkms_package(one VERSION 1 MODULES one {options})\n")
    must(project.configure())
    return project


def test_tree_makes_the_modules_of_cmake(kernel: Kernel, package: Path, tmp_path: Path) -> None:
    """C++ and C, texts and warnings with the paths of sources, exports, a module of another package: no difference."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernel.build)
    warning = "#include <linux/module.h>\nint check(int level);\nint check(int level)\n{\n\tWARN_ON(level > 3);\n\treturn printk(__FILE__);\n}\nEXPORT_SYMBOL(check);\n"
    write_project(project, f"{LISTS}target_sources(pump PRIVATE pump/a_name_of_some_length/check.c)\n{PACKAGE}{OTHERS}")
    project.write("pump/a_name_of_some_length/check.c", warning)
    must(project.configure())
    must(project.make("pumps-dkms-check", "gauge-dkms-check"))
    assert project.pending("pumps-dkms-check", "gauge-dkms-check").nothing


def test_module_of_one_c_file_in_a_folder_is_the_one_of_cmake(kernel: Kernel, package: Path, tmp_path: Path) -> None:
    """Named as the module, or as another one, or generated: the same order of symbols; DKMS finds the module there."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernel.build)
    for name in ("valve/valve.c", "sub/deep/a-b.c", "sub/other.c"):
        project.write(name, ALONE)
    project.lists(
        "configure_file(valve/valve.c made/made.c COPYONLY)\n"
        "add_kernel_module(valve valve/valve.c)\nadd_kernel_module(a-b sub/deep/a-b.c)\n"
        "add_kernel_module(named sub/other.c)\nadd_kernel_module(made ${CMAKE_CURRENT_BINARY_DIR}/made/made.c)\n"
        "add_dkms_package(one VERSION 1 MODULES valve a-b named made)\n",
        languages="C",
    )
    must(project.configure())
    must(project.make("one-dkms-check"))
    conf = (project.build / "one-1/dkms.conf").read_text(encoding="utf-8")
    places = ("valve", "sub/deep", None, "generated/made")
    assert [f'BUILT_MODULE_LOCATION[{number}]="{place}"' in conf for number, place in enumerate(places)] == [True, True, False, True]


def test_tree_is_built_without_cmake_and_kcxx(project: CMakeProject, tmp_path: Path) -> None:
    """In the environment of its make there is no cmake, no kcxx, no variable of who builds the package; but the compilers."""
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "kcxx").write_text("", encoding="utf-8")
    (tools / "kcxx").chmod(0o755)
    record = tmp_path / "record"
    (tools / "gmake").write_text(
        '#!/bin/sh\ncase " $* " in *" KERNELDIR="*)\n'
        f'	for name in cmake ctest kcxx CXX g++ make; do command -v $name; done > {record}; env >> {record} ;;\nesac\nexec make "$@"\n',
        encoding="utf-8",
    )
    (tools / "gmake").chmod(0o755)
    environment = {"PATH": f"{tools}:{os.environ['PATH']}", "CXX": "g++", "MAKEFLAGS": "-k"}
    project.write("one.cc", MODULE)
    project.lists("add_kernel_module(one one.cc)\nadd_dkms_package(one VERSION 1 MODULES one)\n")
    must(project.configure(env=environment))
    must(project.make("one-dkms-check", env=environment))
    found = record.read_text(encoding="utf-8")
    assert [Path(line).name for line in found.splitlines() if line.startswith("/")] == ["g++", "make"]
    assert "\nMAKEFLAGS=-k" not in found
    assert "\nCXX=" not in found


def test_function_that_differs_is_named(project: CMakeProject) -> None:
    """A function that depends on where its source is: named, no package is made, and the tree's build is kept to look at."""
    with_module(project, length=LENGTH_OF_PATH)
    assert_refused(
        project.make("one-dkms-deb"), "the DKMS tree makes other modules than CMake does",
        "found: one.ko: function length: other code or data in .text", "VERIFY OFF",
    )  # fmt: skip
    assert list(project.build.glob("*.deb")) == []
    assert (project.build / "CMakeFiles/one-dkms/check/one-1/one.ko").exists()


def test_tree_that_does_not_build_is_not_packed(project: CMakeProject) -> None:
    """The tree's build fails: the error has the compiler's line and the whole log; there is no package of any kind."""
    length = len(f"{project.source}/one_part.c") + 1
    with_module(project, one_part=f'_Static_assert(sizeof(__FILE__) == {length}, "moved away");\n')
    targets = ("one-dkms-deb", "one-dkms-rpm", "one-dkms-tarball", "one-kmod-srpm")
    failed = run("ninja", "-C", project.build, "-k", "0", *targets)
    assert_refused(failed, "the DKMS tree does not build", 'error: static assertion failed: "moved away"', "check/make.log")
    assert not [*project.build.glob("*.deb"), *project.build.glob("*.rpm"), *project.build.glob("*.tar.gz")]


def test_tree_that_reads_a_file_of_the_project_is_refused(project: CMakeProject) -> None:
    """A generated header that includes another by its path on this machine: the tree builds here, and nowhere else."""
    project.write("limits.h", "")
    project.write("one.cc", f"{MODULE}#include <made.h>\n")
    project.lists(
        'file(CONFIGURE OUTPUT made/made.h CONTENT [[#include "@CMAKE_SOURCE_DIR@/limits.h"]] @ONLY)\n'
        "add_kernel_module(one one.cc)\ntarget_include_directories(one PRIVATE ${CMAKE_BINARY_DIR}/made)\n"
        "add_dkms_package(one VERSION 1 MODULES one)\n"
    )
    must(project.configure())
    assert_refused(project.make("one-dkms-check"), "the DKMS tree reads a file of this project", f"found: {project.source}/limits.h")


def test_check_is_left_out(project: CMakeProject) -> None:
    """VERIFY OFF packs a tree without building it."""
    with_module(project, "VERIFY OFF", length=LENGTH_OF_PATH)
    must(project.make("one-dkms-deb"))
    assert (project.build / "one-dkms_1_all.deb").exists()


def test_package_for_other_kernels_is_not_checked(project: CMakeProject) -> None:
    """A module that is not for this kernel cannot be compared: the package is made, and the build prints why."""
    said = must(with_module(project, "KERNEL_MIN 99.0", length=LENGTH_OF_PATH).make("one-dkms-deb"))
    assert "The DKMS tree of one is not built here" in said
    assert (project.build / "one-dkms_1_all.deb").exists()


def test_differences_of_all_kinds_are_named(project: CMakeProject, package: Path, tmp_path: Path) -> None:
    """Each kind of difference between two modules: code, data, what is called, a text, a symbol, modinfo, an export."""
    source = (
        "#include <linux/module.h>\n#ifndef CHANGED\n#define CHANGED 0\n#endif\n"
        'const char *bytes(void);\nconst char *bytes(void) { return CHANGED == 8 ? "\\377late" : "\\377soon"; }\n'
        "int table[4] = {1, 2, 3, CHANGED == 1 ? 5 : 4};\n"
        "int code(int n);\nint code(int n) { return n * (CHANGED == 2 ? 5 : 7); }\n"
        'int calls(void);\nint calls(void) { return CHANGED == 3 ? vprintk("", (va_list){}) : _printk("%s", CHANGED == 4 ? "late" : "soon"); }\n'
        "#if CHANGED == 5\nint code2;\n#endif\n#if CHANGED == 6\nMODULE_DESCRIPTION(\"other\");\n#else\nMODULE_DESCRIPTION(\"plain\");\n#endif\n"
        "#if CHANGED == 7\nEXPORT_SYMBOL_GPL(code);\n#else\nEXPORT_SYMBOL(code);\n#endif\n"
    )
    with_module(project, part=source.replace("(va_list){}", "*(va_list *)table"))
    must(project.make())
    facts = project.build / "kcxx/.kcxx/facts.sh"
    script = package / "share/cmake/kcxx/compare-modules.sh"
    said = {}
    copy = tmp_path / "copy"
    shutil.copytree(project.build / "one-1", copy)
    part = (copy / "part.c").read_text(encoding="utf-8")
    for change in range(9):
        (copy / "part.c").write_text(part.replace("#define CHANGED 0", f"#define CHANGED {change}"), encoding="utf-8")
        must(run("make", "-C", project.kernel, f"M={copy}", "modules"))
        compared = run(
            "sh", script, facts, project.build / "one.ko", copy / "one.ko", tmp_path / f"scratch-{change}",
            copy, project.build, project.source, errors="replace", env={"LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        assert compared.returncode == bool(change), (change, compared.stdout + compared.stderr)
        said[change] = compared.stdout
    assert said[0] == ""
    assert "function table: other code or data in .data" in said[1]
    assert "function code" in said[2]
    assert "function calls: " in said[3] or "symbol vprintk" in said[3]
    assert "text in the module of CMake alone: soon\ntext in the module of the tree alone: late\n" == said[4]
    assert "symbol code2 size 4 GLOBAL: in the module of the tree alone" in said[5]
    assert "modinfo in the module of the tree alone: description=other" in said[6]
    assert "__ksymtab_gpl" in said[7]
    assert "text in the module of CMake alone: \ufffdsoon\ntext in the module of the tree alone: \ufffdlate\n" == said[8]
