# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A flag that includes a header of C into every source: C++ reads the kernel's headers in it, and an error in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.axes import CXX
from fixtures.cmake_project import MODULE, CMakeProject, assert_refused
from fixtures.editor import editor
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject, remarks, steps

# One with kernel headers alone, one with inline functions that only C can read
COMPAT = {
    "kernel-header": "#include <linux/slab.h>\n",
    "functions": """\
        #include <linux/slab.h>
        #include <linux/version.h>
        #if LINUX_VERSION_CODE < KERNEL_VERSION(6, 0, 0)
        #error old
        #endif
        struct compat { u32 *new; int class; };
        static inline struct compat *compat_new(gfp_t gfp) { struct compat *c = kzalloc(sizeof(*c), gfp); return c; }
        """,
}
C_ALONE = "static inline int compat(void) { int *p = (void *)0; return p ? 1 : 0; }\n"
PART = "int part(void);\nint part(void) { void *p = kmalloc(1, GFP_KERNEL); kfree(p); return 1; }\n"
USER = "static void *user(gfp_t gfp) { return kmalloc(1, gfp); }\nvoid *use(gfp_t gfp);\nvoid *use(gfp_t gfp) { return user(gfp); }\n"
USERS = {"kernel-header": USER, "functions": USER.replace("kmalloc(1, gfp)", "compat_new(gfp)->new_")}
LICENSE = '#include <linux/module.h>\nMODULE_LICENSE("GPL");\nMODULE_DESCRIPTION("A module");\n'


@pytest.mark.parametrize(("text", "cxx"), [("kernel-header", CXX["gcc"]), *(("functions", cxx) for cxx in CXX.values())])
def test_header_of_c_by_ccflags_is_read(text: str, cxx: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """By C and C++ alike, with no #include in the source."""
    kbuild = KbuildProject(tmp_path / "source", package, kernels["6.12"].build)
    for name, content in (("sample.cc", MODULE), ("user.cc", USERS[text]), ("part.c", PART), ("compat.h", COMPAT[text])):
        kbuild.write(name, content)
    kbuild.kbuild("obj-m := pair.o\npair-y := sample.o part.o user.o\nccflags-y := -include $(src)/compat.h\n")
    output = kbuild.made(f"CXX={cxx}")
    assert [line for line in remarks(output) if " gets no BTF: " not in line and not line.startswith("***")] == []
    assert {what for what, _ in steps(kbuild.made(f"CXX={cxx}"))} & {"CC", "CXX", "LD"} == set()


def test_header_of_c_by_options_of_a_target_is_read(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """By an editor as well."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    for name, content in (("user.cc", LICENSE + USERS["functions"]), ("part.c", PART), ("compat.h", COMPAT["functions"])):
        project.write(name, content)
    project.lists(f'add_kernel_module(sample user.cc part.c)\ntarget_compile_options(sample PRIVATE "SHELL:-include {project.source}/compat.h")\n')
    project.made()
    assert project.pending().nothing
    (project.source / "compile_commands.json").symlink_to(project.build / "compile_commands.json")
    with editor(project.source) as opened:
        assert [line for line in opened.open(project.source / "user.cc") if line.startswith("error: ")] == []


@pytest.mark.parametrize("cxx", CXX.values())
def test_header_that_only_c_can_read_is_named(cxx: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """One without a guard and without kernel headers may be of C++. The text that the message asks for builds."""
    kbuild = KbuildProject(tmp_path / "source", package, kernels["6.12"].build)
    for name, content in (("sample.cc", MODULE), ("part.c", "int part(void);\nint part(void) { return compat(); }\n"), ("compat.h", C_ALONE)):
        kbuild.write(name, content)
    kbuild.kbuild("obj-m := pair.o\npair-y := sample.o part.o\nccflags-y := -include $(src)/compat.h\n")
    header = kbuild.directory / "compat.h"
    assert_refused(
        kbuild.make(f"CXX={cxx}"), "sample.cc: error: kcxx: a flag includes a header of C into a C++ source", f"found: -include {header}",
        f"CFLAGS_<name>.o := -include {header} for each object of C, and not ccflags-y", "CXXFLAGS_sample.o",
    )  # fmt: skip
    kbuild.kbuild("obj-m := pair.o\npair-y := sample.o part.o\nCFLAGS_part.o := -include $(src)/compat.h\n")
    kbuild.made(f"CXX={cxx}")


def test_header_that_only_c_can_read_is_named_in_cmake(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """CMake has a condition for the language."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    for name, content in (("sample.cc", MODULE), ("compat.h", C_ALONE)):
        project.write(name, content)
    lines = "add_kernel_module(sample sample.cc)\ntarget_compile_options(sample PRIVATE {})\n"
    header = project.source / "compat.h"
    project.lists(lines.format(f'"SHELL:-include {header}"'))
    assert project.configure().returncode == 0
    option = f'"$<$<COMPILE_LANGUAGE:C>:SHELL:-include {header}>"'
    assert_refused(project.make(), f"found: -include {header}", f"target_compile_options(sample PRIVATE {option})")
    project.lists(lines.format(option))
    project.made()


def test_error_elsewhere_is_not_blamed_on_the_header(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """A header that C++ reads may be included by a flag."""
    kbuild = KbuildProject(tmp_path / "source", package, kernels["6.12"].build)
    kbuild.write("sample.cc", MODULE + "int broken() { return nothing; }\n")
    kbuild.write("compat.h", "#define COMPAT 1\n")
    kbuild.kbuild("obj-m := pair.o\npair-y := sample.o\nccflags-y := -include $(src)/compat.h\n")
    result = kbuild.make()
    assert_refused(result, "nothing")
    assert "a flag includes" not in result.stderr
