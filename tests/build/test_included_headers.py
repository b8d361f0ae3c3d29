# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A flag that includes a header of C into every source: the error names it, and where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from axes import CXX
from cmake_project import MODULE, CMakeProject, assert_refused
from conftest import Kernel
from kbuild_project import KbuildProject

COMPAT = {
    "kernel-header": "#include <linux/slab.h>\n",
    "c-alone": "static inline int compat(void) { int *p = (void *)0; return p ? 1 : 0; }\n",
}
PART = "int part(void);\nint part(void) { return 1; }\n"


@pytest.mark.parametrize("cxx", CXX.values())
@pytest.mark.parametrize("text", COMPAT.values(), ids=COMPAT.keys())
def test_header_of_c_by_ccflags_is_named(text: str, cxx: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """What the message says to write builds."""
    kbuild = KbuildProject(tmp_path / "source", package, kernels["6.12"].build)
    for name, content in (("sample.cc", MODULE), ("part.c", PART), ("compat.h", text)):
        kbuild.write(name, content)
    kbuild.kbuild("obj-m := pair.o\npair-y := sample.o part.o\nccflags-y := -include $(src)/compat.h\n")
    header = kbuild.directory / "compat.h"
    assert_refused(
        kbuild.make(f"CXX={cxx}"), "sample.cc: error: kcxx: a flag includes a header of C into a C++ source", f"found: -include {header}",
        f"CFLAGS_<name>.o := -include {header} for each object of C, and not ccflags-y", "CXXFLAGS_sample.o",
    )  # fmt: skip
    kbuild.kbuild("obj-m := pair.o\npair-y := sample.o part.o\nCFLAGS_part.o := -include $(src)/compat.h\n")
    kbuild.made(f"CXX={cxx}")


def test_header_of_c_by_options_of_a_target_is_named(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """CMake has a condition for the language."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    for name, content in (("sample.cc", MODULE), ("part.c", PART), ("compat.h", COMPAT["kernel-header"])):
        project.write(name, content)
    lines = "add_kernel_module(sample sample.cc part.c)\ntarget_compile_options(sample PRIVATE {})\n"
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
