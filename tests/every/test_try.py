# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""examples/try.sh: from nothing to a module in a running kernel."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fixtures.commands import run
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY, compiled_once

LINES = ["C++ out-of-tree sample (init)", "My numbers are [72, 108, 200]", "C++ out-of-tree sample (exit)"]


def test_try_ends_with_the_modules_lines(kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """In a fresh copy of the repository it builds everything, boots hello, and ends with its log lines."""
    assert kernels["6.12"]  # in the cache, so that no download is part of this
    copy = tmp_path / "kcxx"
    shutil.copytree(REPOSITORY, copy, ignore=shutil.ignore_patterns("build", ".git", "__pycache__", ".kcxx"))
    result = run("sh", copy / "examples/try.sh", env=compiled_once(copy), timeout=None)
    assert result.returncode == 0, result.stdout + result.stderr
    logged = [line.partition("hello: ")[2] for line in result.stdout.splitlines()[-4:-1]]
    assert logged == LINES, result.stdout


@pytest.mark.parametrize("script", ["examples/try.sh", "tests/run.sh"])
def test_without_apt_the_packages_are_named(script: str, tmp_path: Path) -> None:
    """On a system without apt the packages to install are listed, and the status is 1."""
    path = tmp_path / "bin"
    path.mkdir()
    for tool in ("sh", "dirname", "mkdir", "cat"):
        (path / tool).symlink_to(shutil.which(tool))
    result = run("sh", REPOSITORY / script, env={"PATH": str(path)})
    assert result.returncode == 1
    assert result.stderr.startswith("kcxx: this is not a Debian system: packages have to be installed by hand.\n")
    assert "  needed: what Debian calls g++-12 gcc-12 " in result.stderr
    for package in ("qemu-system-x86", "ninja-build", "libarchive-dev"):
        assert package in result.stderr
