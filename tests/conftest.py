# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Fixtures of all tests: the program kcxx, and kernels to build for and to boot.

Everything made here lies in build/tests/ of the repository and is made once, whichever worker of
pytest-xdist comes first.

What tests compile, ccache compiles: in the directories of the last run, for a module's objects hold their path.
"""

from __future__ import annotations

import fcntl
import filecmp
import os
import platform
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

pytest.register_assert_rewrite("fixtures")
from fixtures.availability_check import Check  # noqa: E402 # after what it needs
from fixtures.axes import SERIES, is_in_every  # noqa: E402
from fixtures.commands import must, run  # noqa: E402
from fixtures.directories import made_once, new_directory, one_at_a_time, remove_meanwhile  # noqa: E402
from fixtures.fake_compiler import posix_tools  # noqa: E402
from fixtures.fetched_kernels import Kernel, Kernels  # noqa: E402
from fixtures.repository import BUILD, DEBIAN_CCACHE, REPOSITORY, compiled_once  # noqa: E402

# Tools that load the plugin of each installed LLVM at each call, and look for it beside themselves
WITH_PLUGINS = ("nm", "ar", "ranlib")

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
    program = Path(os.environ.get("KCXX_PROGRAM") or BUILD / "whole/tools/kcxx")
    os.environ.setdefault("KCXX_LINT", str(program.with_name("kcxx-lint")))  # of builds with KCXX_ANALYSIS
    os.environ.setdefault("KCXX_KEEP_LIBRARY", "y")  # builds of Kbuild alone take the library's bindings as CMake's do
    os.environ.setdefault("KCXX_ANALYSIS", "n")  # the tests of Clang's analyses ask for them
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


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, run_directory: Path, worker_id: str) -> Iterator[Path]:
    """An empty directory for the test. Afterwards it has the test's name.

    The tests of a worker have the same one in turn: an object holds its path, and ccache knows what was compiled there.
    """
    directory = run_directory / f"test-{worker_id}"
    directory.mkdir()
    yield directory
    name = re.sub(r"\W", "_", request.node.name)[:30]
    directory.rename(new_directory(run_directory, f"{name}-{zlib.crc32(request.node.nodeid.encode()):08x}"))


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
def check(request: pytest.FixtureRequest, tmp_path: Path, posix: Path) -> Check:
    """cxxavailable.sh among fakes, run by $KCXX_TEST_SHELL, or dash; with --every in both forms of its report"""
    return Check(tmp_path, posix, os.environ.get("KCXX_TEST_SHELL", "dash"), request.config.getoption("every"))


