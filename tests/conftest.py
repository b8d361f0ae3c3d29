# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Fixtures of all tests: the program kcxx, and kernels to build for and to boot.

Everything made here lies in build/tests/ of the repository and is made once, whichever worker of
pytest-xdist comes first.

What tests compile, ccache compiles: in the directories of the last run, for a module's objects hold their path.
"""

from __future__ import annotations

import contextlib
import fcntl
import filecmp
import itertools
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pytest

from axes import GATE_SERIES, SERIES
from fake_compiler import posix_tools

pytest.register_assert_rewrite("availability_check")
from availability_check import Check  # noqa: E402 # after what it needs

REPOSITORY = Path(__file__).resolve().parent.parent
BUILD = REPOSITORY / "build" / "tests"

# Where Debian's ccache has links to itself, one for each compiler that is installed
DEBIAN_CCACHE = Path("/usr/lib/ccache")

# Tools that load the plugin of each installed LLVM at each call, and look for it beside themselves
WITH_PLUGINS = ("nm", "ar", "ranlib")

# Before a command that a test interrupts: a shell that starts the tests in the background lets them, and all that
# they start, ignore SIGINT.
INTERRUPTIBLE = ("env", "--default-signal=INT")

# Held to the end of the run: who has the directory of the last one
DIRECTORY_LOCK = pytest.StashKey[TextIO]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every", action="store_true", help="run every test, on every kernel, architecture and compiler; without it: the gate"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.option.every and config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        config.args.append("every")
    if config.option.basetemp is None:
        config.option.basetemp = same_directory(config)
    os.environ.setdefault("CI", "true")  # no build makes bindings for editors in the background
    path = os.environ["PATH"].split(":")
    before = [str(directory) for directory in (without_plugins(), DEBIAN_CCACHE) if directory.is_dir()]
    os.environ["PATH"] = ":".join([*before, *(directory for directory in path if directory not in before)])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselects what only --every runs. The folder every/ needs no mark: naming a file in it selects all its tests."""
    if config.option.every:
        return
    passed_over = {item for item in items if item.get_closest_marker("every") and not is_in_every(item)}
    config.hook.pytest_deselected(items=[*passed_over])
    items[:] = [item for item in items if item not in passed_over]


def is_in_every(item: pytest.Item) -> bool:
    return item.path.is_relative_to(item.config.rootpath / "every")


def without_plugins() -> Path:
    """Copies of the tools WITH_PLUGINS, this system's and those for others: the same, but that they find none."""
    directory = BUILD / "binutils/bin"
    with one_at_a_time("binutils"):
        directory.mkdir(parents=True, exist_ok=True)
        for tool in [found for name in WITH_PLUGINS for found in Path("/usr/bin").glob(f"*-linux-gnu-{name}")]:
            for copy in (directory / name for name in (tool.name, tool.name.removeprefix(f"{platform.machine()}-linux-gnu-"))):
                if not (copy.exists() and filecmp.cmp(tool, copy)):  # by size and time
                    shutil.copy2(tool, copy)
    return directory


def same_directory(config: pytest.Config) -> str | None:
    """The directory that runs of this user have in turn; none while another run has it."""
    directory = Path(tempfile.gettempdir()) / f"kcxx-tests-{os.geteuid()}"
    directory.mkdir(mode=0o700, exist_ok=True)
    if directory.lstat().st_uid != os.geteuid():
        return None
    lock = config.stash.setdefault(DIRECTORY_LOCK, (directory / "lock").open("w", encoding="utf-8"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None
    remove_meanwhile(directory / "run")
    return str(directory / "run")


def remove_meanwhile(directory: Path) -> None:
    """There is no @directory any more; what was in it goes while the tests run, which takes half a minute."""
    if directory.exists():
        directory.rename(directory.with_name(f"old-{os.getpid()}"))

    def in_a_writable_one(remove: Callable[[str], object], path: str, _error: object) -> None:
        Path(path).parent.chmod(0o700)
        remove(path)

    for old in directory.parent.glob("old-*"):
        threading.Thread(target=shutil.rmtree, args=(old,), kwargs={"onerror": in_a_writable_one}).start()


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
    """The newest kernel of @series for @arch; fetched if the cache lacks it. Skips the test where Debian has none."""
    result = run(kcxx, "kernels", "get", series, arch, "--format", "json", timeout=None)
    if series != GATE_SERIES and f"no kernel {series} for {arch}" in result.stderr:
        pytest.skip(f"this host's package sources have no kernel {series} for {arch}")
    document = json.loads(must(result))
    return Kernel(document["release"], series, arch, Path(document["build"]), Path(document["image"]))


def compiled_once(repository: Path) -> dict[str, str]:
    """An environment in which ccache compiles what CMake builds of @repository, wherever that lies."""
    return {"CMAKE_CXX_COMPILER_LAUNCHER": "ccache", "CCACHE_BASEDIR": str(repository), "CCACHE_NOHASHDIR": "1"}


@pytest.fixture(scope="session")
def kcxx(request: pytest.FixtureRequest, run_directory: Path) -> Path:
    """The program: $KCXX_PROGRAM, or built from this tree, as examples/try.sh builds it."""
    if given := os.environ.get("KCXX_PROGRAM"):
        return Path(given)
    build = BUILD / "whole"
    environment = compiled_once(REPOSITORY)
    options = ("-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", "-DCMAKE_UNITY_BUILD=ON")

    def make(_: Path) -> None:
        must(run("cmake", "-S", REPOSITORY, "-B", build, *options, env=environment))
        # However long it takes: the steps are shown.
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            built = run("cmake", "--build", build, env=environment, stdout=sys.stderr, stderr=sys.stderr, timeout=None)
        assert built.returncode == 0, "kcxx could not be built: see the compiler's errors above"

    with one_at_a_time("whole"):  # against other runs
        made_once(run_directory / "program", make)
    return build / "tools/kcxx"


class Kernels(dict[str, Kernel]):
    """Debian's kernels for x86, by series; each is fetched when a test first asks for it."""

    def __init__(self, kcxx: Path, tests: list[pytest.Item]) -> None:
        super().__init__()
        self.kcxx = kcxx
        self.gate = not any(test.get_closest_marker("every") or is_in_every(test) for test in tests)

    def __missing__(self, series: str) -> Kernel:
        assert not self.gate or series == GATE_SERIES, f"the gate has the kernel {GATE_SERIES} alone: mark this test with every"
        return self.setdefault(series, fetched_kernel(self.kcxx, series, "x86_64"))


@pytest.fixture(scope="session")
def kernels(request: pytest.FixtureRequest, kcxx: Path) -> Kernels:
    """Debian's kernels for x86, by series."""
    return Kernels(kcxx, request.session.items)


@pytest.fixture(scope="session", params=SERIES)
def kernel(request: pytest.FixtureRequest, kernels: Kernels) -> Kernel:
    """Each series in turn."""
    return kernels[request.param]


@pytest.fixture(scope="session")
def run_directory(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A directory of this run, the same for all its workers."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


def new_directory(parent: Path, name: str) -> Path:
    """A new directory in @parent, called @name or @name-1, @name-2, …"""
    for number in itertools.count():
        directory = parent / (f"{name}-{number}" if number else name)
        with contextlib.suppress(FileExistsError):
            directory.mkdir()
            return directory
    raise AssertionError


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, run_directory: Path) -> Path:
    """An empty directory for the test, which has it in the next run as well."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    return new_directory(run_directory, f"{name}-{zlib.crc32(request.node.nodeid.encode()):08x}")


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


def precede_qemu(directory: Path, name: str, lines: str) -> None:
    """A program @name in @directory that is the QEMU of that name, if there is one, after the @lines of sh."""
    script = directory / name
    if real := shutil.which(name):
        script.write_text(f'#!/bin/sh\n{lines}\nexec {real} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
        os.utime(script, (0, 0))  # the same program as in the last run, which kept guests of it


@pytest.fixture(scope="session")
def two_cpus(run_directory: Path) -> dict[str, str]:
    """An environment in which QEMU's machines have two CPUs."""

    def make(directory: Path) -> None:
        for name in ("x86_64", "aarch64", "riscv64"):
            precede_qemu(directory, f"qemu-system-{name}", 'set -- -smp 2 "$@"')

    directory = made_once(run_directory / "two-cpus", make)
    return {"PATH": f"{directory}:{os.environ['PATH']}"}
