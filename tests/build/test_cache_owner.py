# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Programs and kernels out of the cache are run: kcxx takes none that another user may have put there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.commands import run
from fixtures.exit_status import ExitStatus
from fixtures.repository import REPOSITORY

FIND_KERNEL = REPOSITORY / "kbuild/find-kernel.sh"

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives directories away")


@pytest.fixture
def cache() -> Iterator[Path]:
    """A cache with a kernel in it, as far as find-kernel.sh looks, where other users reach it."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as directory:
        Path(directory).chmod(0o755)
        fill(Path(directory) / "cache")
        yield Path(directory) / "cache"


def fill(cache: Path) -> None:
    """Puts a kernel there, as far as find-kernel.sh looks."""
    build = cache / "kernels/9.9.9-fake/build"
    (build / "include/config").mkdir(parents=True)
    (build / "include/generated").mkdir()
    for name in ("Makefile", "include/config/auto.conf", "include/generated/autoconf.h"):
        (build / name).write_text("", encoding="utf-8")


def refused(kcxx: Path, cache: Path) -> str:
    """Why kcxx does not take the cache, for both who read it agree; empty if they take it."""
    environment = {"KCXX_CACHE": str(cache)}
    listed = run(kcxx, "kernels", env=environment)
    found = run("sh", FIND_KERNEL, "9.9.9-fake", env=environment)
    if listed.returncode == 0:
        assert found.returncode == 0, found.stderr
        return ""
    assert listed.returncode == ExitStatus.UNAVAILABLE
    assert "export KCXX_CACHE=" in listed.stderr
    assert found.returncode == 1
    assert "is not only this user's to write: its kernels are left out" in found.stderr
    return listed.stderr


def test_cache_of_ones_own_is_taken(kcxx: Path, cache: Path) -> None:
    """The user's own directories, which others may read."""
    assert refused(kcxx, cache) == ""


@needs_root
@pytest.mark.parametrize("part", ["", "kernels"])
def test_cache_of_another_user_is_refused(kcxx: Path, cache: Path, part: str) -> None:
    """The cache, or its folder of kernels, belongs to somebody else: even root does not run what is in it."""
    os.chown(cache / part, 12345, 12345)
    assert f"{cache / part}".rstrip("/") in refused(kcxx, cache)
    assert "belongs to user 12345" in refused(kcxx, cache)


@pytest.mark.parametrize(("part", "mode"), [("", 0o777), ("kernels", 0o777), ("kernels", 0o1777)])
def test_cache_that_all_may_write_is_refused(kcxx: Path, cache: Path, part: str, mode: int) -> None:
    """A directory in which each user puts what he likes."""
    (cache / part).chmod(mode)
    assert "every user may write to" in refused(kcxx, cache)


@needs_root
def test_cache_in_a_shared_directory_is_taken_with_its_own_parts(kcxx: Path, cache: Path) -> None:
    """A directory as /tmp is: what this user made there is used, what another made is not."""
    cache.chmod(0o1777)
    assert refused(kcxx, cache) == ""
    os.chown(cache / "kernels", 12345, 12345)
    assert "belongs to user 12345" in refused(kcxx, cache)


@needs_root
def test_cache_of_root_is_taken_by_others(kcxx: Path, cache: Path) -> None:
    """A cache that the machine's administrator filled."""
    scripts = cache.parent / "kbuild"  # the checkout may be where other users do not come
    scripts.mkdir()
    for script in FIND_KERNEL.parent.glob("*.sh"):
        shutil.copy(script, scripts)
    as_nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    found = run(*as_nobody, "sh", scripts / "find-kernel.sh", "9.9.9-fake", env={"KCXX_CACHE": str(cache)}, cwd="/")
    assert found.returncode == 0, found.stderr
