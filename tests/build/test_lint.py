# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A source that is KCXX_SAFE: the build refuses what no type answers for, outside of blocks that kcxx lint lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.axes import CXX
from fixtures.cmake_project import MODULE
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject

RAW = "return *level;"
SOURCE = MODULE + f"KCXX_SAFE\nint level(const int *level);\nint level(const int *level)\n{{\n\t{RAW}\n}}\n"
PLACE = f"pump.cc:{SOURCE[: SOURCE.index(RAW)].count(chr(10)) + 1}"


@pytest.fixture
def project(tmp_path: Path, package: Path, kernel: Kernel) -> KbuildProject:
    """A module whose source follows a pointer, and is KCXX_SAFE"""
    project = KbuildProject(tmp_path, package, kernel.build)
    project.write("pump.cc", SOURCE)
    project.kbuild("obj-m := pump.o\n")
    return project


def test_safe_source_has_raw_code_in_marked_blocks_alone(project: KbuildProject, kcxx: Path) -> None:
    """Refused with its place and its rule; in a KCXX_UNSAFE block it is built, and listed with its reason."""
    options = f"KCXX_ANALYSIS={CXX['clang']}"
    result = project.make(options)
    assert result.returncode != 0
    assert f"{PLACE}: kcxx: a raw pointer is followed, in a file that is KCXX_SAFE [kcxx-safe-dereference]\n  found:  *level\n" in result.stderr
    assert not (project.directory / "pump.ko").exists()
    project.write("pump.cc", SOURCE.replace(RAW, f'KCXX_UNSAFE("the caller has one") {{ {RAW} }}'))
    must(project.make(options))
    listed = must(run(kcxx, "lint", "--unsafe", project.directory))
    assert listed.splitlines() == [
        f"{project.directory}/{PLACE}: the caller has one [kcxx-safe-dereference]",
        f"{project.directory}/compile_commands.json: 1 KCXX_UNSAFE block in 1 C++ source",
    ]


def test_safe_header_of_a_source_that_is_not_safe_is_checked(project: KbuildProject) -> None:
    """The header alone is refused, with its own place."""
    raw = "KCXX_SAFE\ninline int level(const int *level)\n{\n\treturn *level;\n}\n"
    project.write("level.hpp", "#pragma once\n#include <kernel/safe.hpp>\n" + raw)
    project.write("pump.cc", MODULE.replace("#include", '#include "level.hpp"\n#include', 1) + "int first(int *all);\nint first(int *all) { return *all; }\n")
    result = project.make(f"KCXX_ANALYSIS={CXX['clang']}")
    assert result.returncode != 0
    assert "level.hpp:6: kcxx: a raw pointer is followed, in a file that is KCXX_SAFE [kcxx-safe-dereference]" in result.stderr
    assert result.stderr.count("[kcxx-safe-") == 1, result.stderr


@pytest.mark.every
def test_safe_source_is_built_unchecked_without_the_checker(project: KbuildProject) -> None:
    """One line of the build names the source, and why nothing was checked."""
    result = project.make(f"KCXX_ANALYSIS={CXX['clang']}", env={"KCXX_LINT": "no-such-kcxx-lint"})
    must(result)
    lines = [line for line in result.stderr.splitlines() if "KCXX_SAFE" in line]
    assert lines == [
        f"{project.directory}/pump.cc: kcxx: KCXX_SAFE was not checked: "
        "no kcxx-lint in PATH, which kcxx has where Clang's libraries are"
    ]
