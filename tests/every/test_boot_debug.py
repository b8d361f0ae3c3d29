# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx boot --debug and --faults: a module built for a distribution's kernel is built again, and its errors have lines."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import run
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.repository import REPOSITORY

SOURCE = REPOSITORY / "tests/modules/debug/pump.cc"
COMPILER = "clang-19"

Boot = Callable[..., subprocess.CompletedProcess[str]]


def place(comment: str) -> str:
    """The file and line of the source that end in @comment"""
    lines = enumerate(SOURCE.read_text(encoding="utf-8").splitlines(), 1)
    return f"pump.cc:{next(number for number, line in lines if line.endswith(f'// {comment}'))}, in Pump::"


@pytest.fixture(scope="module")
def project(kernels: dict[str, Kernel], package: Path, tmp_path_factory: pytest.TempPathFactory) -> KbuildProject:
    """The module, built by Kbuild for the distribution's kernel"""
    project = KbuildProject(tmp_path_factory.mktemp("pump"), package, kernels["6.12"].build)
    shutil.copy(SOURCE, project.directory)
    project.kbuild("obj-m := pump.o\n")
    project.made()
    return project


@pytest.fixture
def boot(kcxx: Path, project: KbuildProject) -> Boot:
    """Runs kcxx boot --debug with the module, @error as its parameter, and @options."""

    def boot(error: int, *options: str | Path) -> subprocess.CompletedProcess[str]:
        parameter = ("--param", f"pump:error={error}")
        return run(kcxx, "boot", "--debug", "--compiler", COMPILER, *parameter, *options, project.module("pump"))

    return boot


def test_module_without_errors_passes(boot: Boot) -> None:
    """The module is built again; kmemleak has looked for leaks."""
    result = boot(0)
    assert result.returncode == ExitStatus.OK, result.stdout + result.stderr
    assert re.search(r"kcxx: ok: pump loaded and unloaded on \S+-debug-clang-19 in .*; no leak$", result.stdout, re.M)


def test_module_for_the_distribution_stays(boot: Boot, project: KbuildProject) -> None:
    """The build for debugging has a directory of its own, and leaves the project's products as they are."""
    before = project.module("pump").read_bytes()
    boot(0)
    assert project.module("pump").read_bytes() == before
    assert {path.parts[0] for path in map(Path, project.files()) if "kcxx-debug" in str(path)} == {".kcxx-debug"}


@pytest.mark.parametrize(("error", "message", "comment"), [(1, "memory leaked", "leaks"), (2, "the kernel warned", "is freed")])
def test_error_has_the_line_of_the_source(boot: Boot, error: int, message: str, comment: str) -> None:
    """A leak is found after the module has gone: its functions have no names in the kernel any more."""
    result = boot(error)
    assert result.returncode == ExitStatus.WARNING, result.stdout + result.stderr
    assert f"kcxx: {message}\n" in result.stderr
    assert f"  | at {place(comment)}" in re.sub(r"at \S*/", "at ", result.stderr)


def test_data_race_has_the_line_of_the_source(boot: Boot) -> None:
    """Two threads count in a plain variable; the guest has two CPUs, and a kernel with KCSAN, without being asked for more."""
    result = boot(5, "--sanitizer", "kcsan")
    assert result.returncode == ExitStatus.WARNING, result.stdout + result.stderr
    assert f"  | at {place('races')}" in re.sub(r"at \S*/", "at ", result.stderr)
    assert re.search(r"^  \| BUG: KCSAN: data-race in Pump::count_strokes\(\)", result.stderr, re.M)


def test_data_races_of_the_kernel_are_no_errors_of_the_module(boot: Boot) -> None:
    """The kernel itself has races, which KCSAN prints while the module is loaded and unloaded."""
    result = boot(0, "--sanitizer", "kcsan", "--repeat", "20")
    assert result.returncode == ExitStatus.OK, result.stdout + result.stderr
    assert re.search(r"^kcxx: ok: pump .* on \S+-debug-kcsan-clang-19 in .*; no leak$", result.stdout, re.M)


def test_each_allocation_fails_in_turn(boot: Boot) -> None:
    """The module's own allocations have to fail, and those that the kernel makes for it."""
    result = boot(0, "--faults", "--format", "json")
    document = json.loads(result.stdout)
    assert result.returncode == ExitStatus.OK, document["findings"]
    assert document["failed_allocations"] > 0
    assert document["leaks"] == 0


def test_unchecked_allocation_is_found(boot: Boot) -> None:
    """The finding has the allocation that failed, and the line that used its result."""
    result = boot(3, "--faults")
    assert result.returncode == ExitStatus.OOPS, result.stdout + result.stderr
    assert re.search(r"^kcxx: the kernel oopsed while allocation \d+ of the modules \(failslab\) failed$", result.stderr, re.M)
    findings = re.sub(r"at \S*/", "at ", result.stderr)
    assert f"  | at {place('is null')}" in findings
    assert f"  | failed: the allocation at {place('fails')}" in findings


def test_leak_on_the_way_of_an_error_is_found(boot: Boot) -> None:
    """The module leaks only if its second allocation fails; its load has failed then, and the place is known all the same."""
    assert boot(4).returncode == ExitStatus.OK
    result = boot(4, "--faults")
    assert result.returncode == ExitStatus.WARNING, result.stdout + result.stderr
    assert "kcxx: memory leaked\n" in result.stderr
    assert f"  | at {place('is forgotten')}" in re.sub(r"at \S*/", "at ", result.stderr)


def test_faults_without_fault_injection_are_refused(kcxx: Path, project: KbuildProject) -> None:
    """A distribution's kernel has no filter for the allocations of modules."""
    result = run(kcxx, "boot", "--faults", project.module("pump"))
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert "the kernel cannot let the allocations of modules alone fail" in result.stderr


def test_module_without_its_project_is_refused(kcxx: Path, project: KbuildProject, tmp_path: Path) -> None:
    """A module that was copied away from its build cannot be built again."""
    copy = shutil.copy(project.module("pump"), tmp_path)
    result = run(kcxx, "boot", "--debug", "--compiler", COMPILER, copy)
    assert result.returncode == ExitStatus.INPUT
    assert f"the sources of {copy} are not found" in result.stderr


def test_project_that_does_not_build_is_refused(kcxx: Path, project: KbuildProject, tmp_path: Path) -> None:
    """The error is the compiler's, and the whole log is kept."""
    broken = KbuildProject(tmp_path, project.package, project.kernel)
    shutil.copytree(project.directory, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".kcxx-debug"))
    broken.write("pump.cc", "#error too old\n")
    result = run(kcxx, "boot", "--debug", "--compiler", COMPILER, broken.module("pump"))
    assert result.returncode == ExitStatus.INPUT
    assert "error: too old" in result.stderr
    assert "build.log" in result.stderr


def test_module_of_cmake_is_tested(kernels: dict[str, Kernel], kcxx: Path, package: Path, tmp_path: Path) -> None:
    """add_kernel_module_test(DEBUG FAULTS SMP REPEAT), with the module of another add_kernel_module() in the guest"""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("pump.cc", SOURCE.read_text(encoding="utf-8"))
    project.lists(
        "enable_testing()\nadd_kernel_module(pump pump.cc)\n"
        "add_kernel_module_test(tests MODULES pump DEBUG FAULTS SMP 4 REPEAT 20)\n"
    )
    project.made(f"-DKCXX_PROGRAM={kcxx}")
    result = run("ctest", "--test-dir", project.build, "--output-on-failure", "-V")
    assert result.returncode == 0, result.stdout
    assert re.search(r"pump loaded and unloaded 20 times on .*; [1-9]\d* allocations failed in turn; no leak", result.stdout)


@pytest.mark.parametrize("family", ["gcc", "clang"])
def test_module_by_a_toolchain_file_is_built_again(
    family: str, kernels: dict[str, Kernel], kcxx: Path, package: Path, tmp_path: Path
) -> None:
    """The file chose a compiler for the distribution's kernel. The debug kernel's own compiler builds for that kernel."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("pump.cc", SOURCE.read_text(encoding="utf-8"))
    project.lists("add_kernel_module(pump pump.cc)\n")
    project.made(f"--toolchain={package}/share/kcxx/toolchains/x86_64-{family}.cmake")
    result = run(kcxx, "boot", "--debug", "--compiler", COMPILER, project.module("pump"))
    assert result.returncode == ExitStatus.OK, result.stdout + result.stderr
