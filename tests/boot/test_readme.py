# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The README's commands work, and print the output that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.repository import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The first code block of @language; "" for one that names none."""
    found = re.search(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)
    assert found, f"no {language} block"
    return found[1]


def without_stamps(log: str) -> list[str]:
    """The lines of a log without what differs from boot to boot: times, and when the kernel is done with its clocks."""
    lines = [re.sub(r"^\[ *[\d.]+\] |\S+ in [\d.]+ s(, from a saved boot)?$", "", line) for line in log.strip().splitlines()]
    return [line for line in lines if not re.match(r"tsc: |clocksource: ", line)]


@pytest.fixture
def shown() -> list[str]:
    """The output that the README shows."""
    output = re.search(r"^```\n(\[ .*?)^```$", README, re.M | re.S)
    assert output
    return without_stamps(output[1])


def test_example_by_cmake_logs_what_is_shown(
    kcxx: Path, package: Path, kernel: Kernel, tmp_path: Path, shown: list[str]
) -> None:
    """The first example, built by the CMakeLists.txt shown, logs the lines shown."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernel.build)
    project.write("hello.cc", block("cpp"))
    project.write("CMakeLists.txt", block("cmake"))
    project.made()
    assert without_stamps(must(run(kcxx, "boot", project.module("hello")))) == shown


def test_example_by_kbuild_logs_what_is_shown(
    kcxx: Path, package: Path, kernel: Kernel, tmp_path: Path, shown: list[str]
) -> None:
    """The same source with the Kbuild file shown, where cmake --install puts kcxx."""
    project = KbuildProject(tmp_path, package, kernel.build)
    project.write("hello.cc", block("cpp"))
    project.write("Kbuild", block("make"))
    project.made_where_kcxx_is_installed()
    assert without_stamps(must(run(kcxx, "boot", project.module("hello")))) == shown


def test_files_it_names_exist() -> None:
    """Every path of the repository in the text leads somewhere."""
    named = set(re.findall(r"`((?:kbuild|cmake|docs|tests|examples|tools)/[\w./-]*)`", README))
    named |= {"CONTRIBUTING.md", "LICENSES/"} & set(re.findall(r"`([\w./]+)`", README))
    assert named
    assert not [path for path in named if not (REPOSITORY / path).exists()]
