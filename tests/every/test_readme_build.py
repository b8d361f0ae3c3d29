# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The build of kcxx that README.md describes: each file by itself, which the builds of the other tests do not do."""

from __future__ import annotations

import os
import re
import shlex
import subprocess

import pytest

from fixtures.commands import must, run
from fixtures.repository import REPOSITORY


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """The lines of "Installing it" up to the build, in a directory of their own"""
    directory = tmp_path_factory.mktemp("readme")
    chapter = (REPOSITORY / "README.md").read_text(encoding="utf-8").partition("## Installing it")[2]
    configure, build = re.findall(r"^    (cmake .*)$", chapter, re.M)[:2]
    must(run(*shlex.split(configure.replace("-B build", f"-B {directory}")), "-S", REPOSITORY))
    together = {"CMAKE_BUILD_PARALLEL_LEVEL": str(os.cpu_count())}
    return run(*shlex.split(build.replace("--build build", f"--build {directory}")), env=together)


def test_build_of_the_readme_has_no_error(built: subprocess.CompletedProcess[str]) -> None:
    """Each source includes what it uses."""
    assert built.returncode == 0, built.stdout + built.stderr


def test_build_of_the_readme_has_no_warning(built: subprocess.CompletedProcess[str]) -> None:
    """The compiler is quiet with the Release options, which show it more than the tests' own builds do."""
    assert "warning:" not in built.stdout + built.stderr
