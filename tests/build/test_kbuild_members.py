# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""KCXX_SOURCE_<member> and KCXX_LIB_<module> in a Kbuild file: objects under other names, and archives."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.axes import SERIES
from fixtures.cmake_project import MODULE, assert_refused
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.module_file import symbols

FILES = {
    "main.cc": "int gears();\nint all();\nint all() { return gears(); }\n" + MODULE,
    "plain.c": '#include <linux/module.h>\nMODULE_LICENSE("GPL");\nint level(void);\nint all(void);\nint all(void) { return level(); }\n',
    "core/gears.cc": 'extern "C" int level(void);\nint gears();\nint gears() { return level(); }\n',
    "core/level.c": "int level(void);\nint level(void) { return LEVEL; }\n",
    "core/unused.c": "int unused(void);\nint unused(void) { return 1; }\n",
}
KBUILD = """\
obj-m := one.o two.o
one-y := main.o
KCXX_LIB_one := core/gears.o core/level.o core/unused.o
two-y := plain.o
KCXX_LIB_two := core/level-of-two.o core/unused.o
KCXX_SOURCE_core/level-of-two.o := core/level.c
CFLAGS_core/level.o := -DLEVEL=1
CFLAGS_core/level-of-two.o := -DLEVEL=2
"""


@pytest.fixture(params=SERIES)
def project(request: pytest.FixtureRequest, kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> KbuildProject:
    """The sources with that Kbuild file"""
    project = KbuildProject(tmp_path / "project", package, kernels[request.param].build)
    for name, text in FILES.items():
        project.write(name, text)
    project.kbuild(KBUILD)
    return project


def names(module: Path) -> set[str]:
    """The names of its symbols"""
    return {symbol.split()[-1] for symbol in symbols(module)}


def test_archive_is_linked_as_far_as_it_is_called(project: KbuildProject) -> None:
    """C++ and C; again when an object of it changes; nothing is left of it after make clean."""
    before = project.files()
    project.made()
    for module in ("one", "two"):
        assert "level" in names(project.module(module))
        assert "unused" not in names(project.module(module))
    assert "CC [M]" not in project.made()
    project.write("core/level.c", "int level(void);\nint deeper(void);\nint deeper(void) { return 1; }\nint level(void) { return deeper(); }\n")
    project.made()
    for module in ("one", "two"):
        assert "deeper" in names(project.module(module))
    project.made("clean")
    assert project.files() == before


def test_module_of_one_object_with_an_archive_is_refused(project: KbuildProject) -> None:
    """Kbuild's link would have the name of the module's only object: the error has the lines that rename it."""
    project.write("plain.c", FILES["plain.c"])
    project.kbuild("obj-m := plain.o\nKCXX_LIB_plain := core/unused.o\n")
    assert_refused(project.make(), "KCXX_LIB_plain without plain-y", "type: plain-y := plain_main.o, and mv plain.c plain_main.c")


@pytest.mark.parametrize("project", ["6.12"], indirect=True)
def test_members_are_checked_behind_the_facts_that_the_check_reads(project: KbuildProject) -> None:
    """Also where make comes to the check first, as several jobs at once may."""
    project.kbuild("kcxx-facts := c\nalways-y := .kcxx/members\n")
    project.made()
    assert (project.directory / ".kcxx/flags.sh").exists()
