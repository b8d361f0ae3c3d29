# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Fixtures of all tests: the program kcxx, and kernels to build for and to boot.

Everything made here lies in build/tests/ of the repository and is made once, whichever worker of
pytest-xdist comes first.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fake_compiler import posix_tools

pytest.register_assert_rewrite("availability_check")
from availability_check import Check  # noqa: E402 # after what it needs

REPOSITORY = Path(__file__).resolve().parent.parent
BUILD = REPOSITORY / "build" / "tests"
SERIES = ("6.1", "6.12")

# Before a command: it runs with mounts of its own, which end with it. Root needs no user namespace
# for that, and there are places where it gets none.
OWN_MOUNTS = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "--mount", "--map-root-user")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "quick: what to run while working, in less than three minutes together")
    config.addinivalue_line("markers", "by_hand: needs a kernel that takes a quarter of an hour to build; run where its file is named")
    config.addinivalue_line("markers", "slow: fetches kernel packages, or takes more than 10 s")


@contextlib.contextmanager
def one_at_a_time(name: str, directory: Path = BUILD) -> Iterator[None]:
    """Holds the lock @name in @directory against the other workers."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / f".{name}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(*command: str | Path, env: dict[str, str] | None = None, **options) -> subprocess.CompletedProcess[str]:
    """Runs @command, for ten minutes at most, with @env added to the environment; its output is captured as text."""
    defaults = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 600}
    return subprocess.run(command, text=True, check=False, env=os.environ | (env or {}), **defaults | options)


def must(result: subprocess.CompletedProcess[str]) -> str:
    """The standard output of a command that a test stands on, but does not test."""
    assert result.returncode == 0, f"{result.args}:\n{result.stdout}{result.stderr}"
    return result.stdout


def user_cache() -> Path:
    """The cache of whoever runs the tests."""
    xdg = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("KCXX_CACHE") or Path(xdg) / "kcxx").absolute()


@dataclass(frozen=True)
class Kernel:
    """A kernel of the cache."""

    release: str
    series: str
    arch: str
    build: Path
    image: Path

    @property
    def configuration(self) -> str:
        """The text of its auto.conf."""
        return (self.build / "include/config/auto.conf").read_text(encoding="utf-8")


def fetched_kernel(kcxx: Path, series: str, arch: str) -> Kernel:
    """The newest kernel of @series for @arch; fetched if the cache lacks it."""
    document = json.loads(must(run(kcxx, "kernels", "get", series, arch, "--format", "json")))
    return Kernel(document["release"], series, arch, Path(document["build"]), Path(document["image"]))


def compiled_once(repository: Path) -> dict[str, str]:
    """An environment in which ccache compiles what CMake builds of @repository, wherever that lies."""
    return {"CMAKE_CXX_COMPILER_LAUNCHER": "ccache", "CCACHE_BASEDIR": str(repository), "CCACHE_NOHASHDIR": "1"}


@pytest.fixture(scope="session")
def kcxx() -> Path:
    """The program: $KCXX_PROGRAM, or built from this tree."""
    if given := os.environ.get("KCXX_PROGRAM"):
        return Path(given)
    build = BUILD / "whole"
    environment = compiled_once(REPOSITORY)
    with one_at_a_time("whole"):
        must(run("cmake", "-S", REPOSITORY, "-B", build, "-G", "Ninja", env=environment))
        must(run("cmake", "--build", build, env=environment))
    return build / "tools/kcxx"


@pytest.fixture(scope="session")
def kernels(kcxx: Path) -> dict[str, Kernel]:
    """A kernel of each series, by series; fetched if the cache lacks it."""
    return {series: fetched_kernel(kcxx, series, "x86_64") for series in SERIES}


@pytest.fixture(scope="session", params=SERIES)
def kernel(request: pytest.FixtureRequest, kernels: dict[str, Kernel]) -> Kernel:
    """Each kernel in turn."""
    return kernels[request.param]


@pytest.fixture(scope="session")
def run_directory(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A directory of this run, the same for all its workers."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


def made_once(directory: Path, make: Callable[[Path], object]) -> Path:
    """@directory, in which the worker that came first ran @make."""
    stamp = directory / ".made"
    with one_at_a_time(f"made-{directory.name}"):
        if not stamp.exists():
            directory.mkdir(parents=True, exist_ok=True)
            make(directory)
            stamp.touch()
    return directory


@pytest.fixture(scope="session")
def package(run_directory: Path) -> Path:
    """Where kcxx is installed, without its tools: what a user's find_package(kcxx) finds. Not to be changed."""

    def install(directory: Path) -> None:
        must(run("cmake", "-S", REPOSITORY, "-B", directory / "build", "-G", "Ninja", "-DKCXX_BUILD_TOOLS=OFF"))
        must(run("cmake", "--install", directory / "build", "--prefix", directory / "prefix"))

    return made_once(run_directory / "package", install) / "prefix"


@pytest.fixture(scope="session")
def posix(run_directory: Path) -> Path:
    """A directory with the POSIX tools alone"""
    return made_once(run_directory / "posix", posix_tools)


@pytest.fixture
def check(tmp_path: Path, posix: Path) -> Check:
    """cxxavailable.sh among fakes, run by $KCXX_TEST_SHELL, or dash"""
    return Check(tmp_path, posix, os.environ.get("KCXX_TEST_SHELL", "dash"))


@pytest.fixture(scope="session")
def two_cpus(run_directory: Path) -> dict[str, str]:
    """An environment in which QEMU's machines have two CPUs."""

    def make(directory: Path) -> None:
        for name in ("x86_64", "aarch64", "riscv64"):
            script = directory / f"qemu-system-{name}"
            if real := shutil.which(script.name):
                script.write_text(f'#!/bin/sh\nexec {real} -smp 2 "$@"\n', encoding="utf-8")
                script.chmod(0o755)

    directory = made_once(run_directory / "two-cpus", make)
    return {"PATH": f"{directory}:{os.environ['PATH']}"}
