# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Each libstdc++ of Debian unstable, read by its own g++ and by Clang: the headers that work do so in a guest."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from fixtures.axes import needs
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.std_headers import library_version, probes_of, std_log, std_module, unnamed_headers, working
from fixtures.unstable_gcc import unstable_gcc

pytestmark = pytest.mark.skipif(platform.machine() != "x86_64", reason="the compilers are those for x86-64")


@pytest.mark.parametrize("compiler", ["g++", "clang++-19", "clang++-22"])
@pytest.mark.parametrize("major", [13, 14, 15, 16])
def test_headers_work_with_each_library(
    major: int, compiler: str, kernels: dict[str, Kernel], kcxx: Path, package: Path, run_directory: Path
) -> None:
    """Every part of every header works with each libstdc++ from its first on."""
    gcc = unstable_gcc(major)
    if compiler != "g++":
        needs(compiler)

    def make(directory: Path) -> None:
        cxx = str(gcc.program(directory)) if compiler == "g++" else f"{compiler} {gcc.for_clang}"
        module = std_module(directory, package, kernels["6.12"], cxx)
        (directory / "log").write_text(std_log(kcxx, module), encoding="utf-8")

    log = (made_once(run_directory / f"std-{compiler}-{major}", make) / "log").read_text(encoding="utf-8")
    assert library_version(log) == major
    assert working(log) == probes_of(major), log


@pytest.mark.parametrize("major", [13, 14, 15, 16])
def test_page_names_each_header_of_each_library(major: int) -> None:
    """A header of libstdc++ works, is refused, or is of C++26: the page has no gap."""
    assert unnamed_headers(unstable_gcc(major).headers) == []
