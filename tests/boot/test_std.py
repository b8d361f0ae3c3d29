# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The headers of std that work in a module: each is tried in a guest, and docs/std.md lists them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.axes import CXX, GCC, axis
from fixtures.commands import run
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.repository import REPOSITORY
from fixtures.std_headers import HEADERS, PROBES, SINCE, by_compiler, library_version, std_log, std_module, unnamed_headers, working

PAGE = (REPOSITORY / "docs/std.md").read_text(encoding="utf-8")


def headers_of(title: str) -> list[str]:
    """The headers in the table under the heading @title"""
    section = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `<")]
    return [header for cell in cells for header in re.findall(r"<([\w.]+)>", cell)]


WORKING = headers_of("Headers that work")
REFUSED = headers_of("Headers that are refused")
SINCE_OF_PAGE = {header: int(since) for header, since in re.findall(r"^\| `<([\w.]+)>` \| (\d+) \|", PAGE, re.M)}


@pytest.fixture(scope="session", params=axis("gcc", every=("clang",)))
def log(request: pytest.FixtureRequest, kernel: Kernel, kcxx: Path, package: Path, run_directory: Path) -> str:
    """The kernel's log of the module that tries each header"""

    def make(directory: Path) -> None:
        module = std_module(directory, package, kernel, CXX[request.param])
        (directory / "log").write_text(std_log(kcxx, module), encoding="utf-8")

    return (made_once(run_directory / f"std-{kernel.series}-{request.param}", make) / "log").read_text(encoding="utf-8")


def test_probes_are_all_tried() -> None:
    """A header is in the list of probes, has a source, and is in the table, with one version, or none of these."""
    assert sorted(SINCE) == HEADERS
    assert SINCE_OF_PAGE == SINCE
    assert sorted(WORKING) == HEADERS


def test_page_counts_the_probes_by_compiler() -> None:
    """The table under "By compiler" is the one of the probes."""
    assert by_compiler() in PAGE


@pytest.mark.parametrize("probe", PROBES)
def test_part_of_a_header_works_in_a_module(probe: str, log: str) -> None:
    """Its functions return what ISO C++ wants of them."""
    version = library_version(log)
    if version < PROBES[probe]:
        pytest.skip(f"libstdc++ {version} has not {probe}, {PROBES[probe]} has")
    assert probe in working(log), log


def test_refused_header_is_explained(kernel: Kernel, package: Path, tmp_path: Path) -> None:
    """Each refused header of the table ends the compilation with one explanation and what to write instead."""
    project = KbuildProject(tmp_path, package, kernel.build)
    names = {header.replace(".", "_"): header for header in REFUSED}
    for name, header in names.items():
        project.write(f"{name}.cc", f"#include <{header}>\n")
    project.kbuild(f"obj-m := refused.o\nrefused-y := {' '.join(f'{name}.o' for name in names)}\n")
    output = run("make", "-k", "-j2", "-C", kernel.build, f"M={tmp_path}").stderr
    explained = re.findall(r"/(\w+)\.cc:1: kcxx: .*\n  write instead: ", output)
    assert sorted({*explained}) == sorted(names), output


def test_page_names_each_header_of_the_library() -> None:
    """A header of libstdc++ works, is refused, or is of C++26: the page has no gap."""
    assert unnamed_headers(Path(f"/usr/include/c++/{GCC}")) == []


def test_page_names_no_header_twice() -> None:
    """A header works, or it is refused."""
    assert REFUSED
    assert len({*WORKING, *REFUSED}) == len(WORKING) + len(REFUSED)
