# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Kernel directories of the other kind: built in the source tree itself, where paths are relative."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject


@pytest.fixture(scope="session")
def source_tree(kernels: dict[str, Kernel], run_directory: Path) -> Path:
    """A kernel's source tree that was built without O=: both halves of Debian's headers in one directory."""
    configured = kernels["6.12"].build
    included = re.search(r"linux-headers-\S+-common", (configured / "Makefile").read_text(encoding="utf-8"))
    assert included
    common = configured.resolve().parent / included[0]

    def merge(directory: Path) -> None:
        must(run("cp", "-rL", f"{common}/.", directory))
        must(run("cp", "-rL", f"{configured.resolve()}/.", directory))
        must(run("cp", common / "Makefile", directory / "Makefile"))

    return made_once(run_directory / "source-tree", merge)


def test_kbuild_builds_for_a_source_tree(kcxx: Path, package: Path, source_tree: Path, tmp_path: Path) -> None:
    """Plain Kbuild builds C++ for it, and the module loads."""
    project = KbuildProject(tmp_path, package, source_tree)
    project.write("sample.cc", MODULE)
    project.kbuild("obj-m := sample.o\n")
    project.made()
    must(run(kcxx, "boot", project.module("sample")))


def test_cmake_builds_for_a_source_tree(kcxx: Path, package: Path, source_tree: Path, tmp_path: Path) -> None:
    """CMake builds C++ for it, from another directory than make's, and the module loads."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, source_tree)
    project.write("sample.cc", MODULE)
    project.lists("add_kernel_module(sample sample.cc)\n")
    project.made()
    assert project.pending().nothing
    must(run(kcxx, "boot", project.module("sample")))
