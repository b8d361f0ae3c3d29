# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""examples/locked_counter: built by CMake and by Kbuild alone, the total is exact."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import cmake_project
import kbuild_project
from cmake_project import CMakeProject
from conftest import REPOSITORY, Kernel, must, run
from kbuild_project import KbuildProject

EXAMPLE = REPOSITORY / "examples/locked_counter"


@pytest.mark.parametrize("way", ["cmake", "kbuild"])
def test_locked_counter_counts_exactly(way: str, kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """No increment of any thread is lost; the build remarks nothing."""
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("build*"))
    project: CMakeProject | KbuildProject
    if way == "cmake":
        project = CMakeProject(tmp_path, tmp_path / "build", package, kernel.build)
        assert cmake_project.remarks(project.made("-DBUILD_TESTING=OFF")) == []
    else:
        project = KbuildProject(tmp_path, package, kernel.build)
        kbuild = (EXAMPLE / "Kbuild").read_text(encoding="utf-8")
        project.kbuild("".join(line for line in kbuild.splitlines(True) if not line.startswith("include")))
        assert kbuild_project.remarks(project.made()) == []
    log = must(run(kcxx, "boot", project.module("locked_counter")))
    assert re.findall(r"locked_counter: (\d+ threads .*)$", log, re.M) == ["8 threads counted to 80000 of 80000"]


def test_locked_counter_tests_itself(kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """ctest boots it, as the example's CMakeLists.txt says."""
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("build*"))
    project = CMakeProject(tmp_path, tmp_path / "build", package, kernel.build)
    project.made(f"-DKCXX_PROGRAM={kcxx}")
    must(run("ctest", "--test-dir", project.build, "--output-on-failure"))
