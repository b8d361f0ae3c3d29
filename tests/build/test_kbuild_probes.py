# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx-probes in a Kbuild file: C and C++ ask the kernel, and so do lists of objects, without CMake."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.axes import axis
from fixtures.changed_kernel import change
from fixtures.commands import must
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject, steps
from fixtures.probes_project import SOURCES, shown

PROBES = """\
SIGNAL_COUNTS:
	headers linux/eventfd.h
	declared eventfd_signal
	prototype __u64 eventfd_signal(struct eventfd_ctx *ctx, __u64 n)
SIGNAL_COMPILES:
	headers linux/eventfd.h
	compiles eventfd_signal(NULL);
"""
KBUILD = """\
    kcxx-probes := one.probes
    include {kbuild}/Makefile.cxxprobes
    obj-m := one.o plain.o
    one-y := one.o part.o
    one-$(SIGNAL_COUNTS) += signal/counts.o
    one-$(if $(SIGNAL_COUNTS),,y) += signal/not.o
    plain-y := main.o part_of_plain.o
    ccflags-y += -DLEVEL=1
    """


@pytest.fixture(params=axis("6.12", every=("6.1",)))
def project(request: pytest.FixtureRequest, tmp_path: Path, package: Path, kernels: dict[str, Kernel]) -> KbuildProject:
    """A module of C++ and C, and one of C alone, built"""
    project = KbuildProject(tmp_path, package, kernels[request.param].build)
    for name in ("one.cc", "part.c", "signal/counts.c", "signal/not.cc"):
        project.write(name, SOURCES[name])
    project.write("main.c", '#include <linux/module.h>\nMODULE_LICENSE("GPL");\nMODULE_DESCRIPTION("C");\n')
    project.write("part_of_plain.c", SOURCES["part.c"])
    project.write("one.probes", PROBES)
    project.kbuild(KBUILD.format(kbuild=f"{package}/share/kcxx/kbuild"))
    project.made()
    return project


def test_kernel_is_asked_once(project: KbuildProject) -> None:
    """All sources have the answer of this kernel; the next build asks nothing, and has nothing to do."""
    counts = "_not" if "6.12." in project.kernel.parent.name else ""
    assert shown(project.module("one")) == {f"{part}_counts{counts}" for part in ("cxx", "c", "source")}
    assert shown(project.module("plain")) == {f"c_counts{counts}"}
    said = project.made()
    assert steps(said) == []
    assert "probe" not in said


@pytest.mark.every
def test_probe_that_changes_compiles_again(project: KbuildProject) -> None:
    """The answer changes: the objects that read it are made anew, and those that it chooses."""
    one = shown(project.module("one"))
    change(project.directory / "one.probes", "__u64 eventfd_signal(struct eventfd_ctx *ctx, __u64 n)", "void eventfd_signal(struct eventfd_ctx *ctx)")
    assert "kcxx: probe SIGNAL_COUNTS: " in project.made()
    assert shown(project.module("one")).isdisjoint(one)
    assert shown(project.module("plain")).isdisjoint(one)
    must(project.make("clean"))
    assert not (project.directory / ".kcxx").exists()


def test_wrong_file_ends_the_build(project: KbuildProject) -> None:
    """The error names its line, and comes before anything is compiled; so does a Kbuild file without Makefile.cxx."""
    project.write("one.probes", "SIGNAL_COUNTS:\n\texist linux/eventfd.h\n")
    result = project.make()
    assert result.returncode != 0
    assert "*** kcxx: an unknown keyword\n***   found:  exist, in line 2 of " in result.stderr
    must(project.make("clean"))
    change(project.directory / "Kbuild", "/Makefile.cxx\n", "/Makefile.cxxprobes\n")
    result = project.make()
    assert result.returncode != 0
    assert "probes.mk" in result.stderr
