# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The modules of examples/ loaded a thousand times, and with each of their allocations failing in turn."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import REPOSITORY, Kernel, fetched_kernel, made_once, must, run
from kbuild_project import KbuildProject
from self_built_kernel import built_kernel
from test_debug_kernels import SCAN
from user_side import DEBUG_OPTIONS, user_program

EXAMPLES = sorted(path.parent.name for path in (REPOSITORY / "examples").glob("*/Kbuild"))
PROGRAMS = Path(__file__).parent / "endurance"

TIMES = 1000

# What is opened, written and read
USED = {
    "misc_device": ("/dev/cycle", "/dev/note"),
    "params": ("/sys/module/params/parameters/liquid",),
}
PATHS = [path for paths in USED.values() for path in paths]

# Not shown: what modules say each time they are loaded
QUIET = "dmesg -n 6\n"

# Where allocations of the kernel's own tools are let alone
FAILSLAB = """\
cd /sys/kernel/debug/failslab
echo N > ignore-gfp-wait
echo Y > cache-filter
echo 0 > verbose
for cache in /sys/kernel/slab/kmalloc-*; do echo 1 > $cache/failslab; done
"""


def modules(directory: Path, package: Path, kernel: Kernel, *arguments: str) -> list[Path]:
    """Those of all examples, by Kbuild in @directory."""
    project = KbuildProject(directory, package, kernel.build)
    for name in EXAMPLES:
        for source in (REPOSITORY / "examples" / name).glob("*.cc"):
            shutil.copy(source, directory)
    project.kbuild(f"obj-m := {' '.join(f'{name}.o' for name in EXAMPLES)}\n")
    project.made(*arguments)
    return [project.module(name) for name in EXAMPLES]


def log_of(directory: Path, kcxx: Path, program: str, script: str, *arguments: str | Path) -> str:
    """What was logged where the modules in @arguments are loaded and @script calls @program."""
    (directory / "script").write_text(QUIET + script, encoding="utf-8")
    in_guest = user_program(PROGRAMS / f"{program}.c", "x86_64", directory)
    return must(run(kcxx, "boot", "--script", directory / "script", "--file", f"{in_guest}:{program}", *arguments))


@pytest.fixture(scope="session")
def often_log(kcxx: Path, package: Path, run_directory: Path) -> str:
    """What a distribution's kernel logged of all examples loaded and unloaded TIMES times."""

    def make(directory: Path) -> None:
        loaded = modules(directory, package, fetched_kernel(kcxx, "6.12", "x86_64"))
        script = f"/load_often {TIMES} {' '.join(EXAMPLES)}\n"
        log = log_of(directory, kcxx, "load_often", script, "--timeout", "500", *loaded)
        (directory / "log").write_text(log, encoding="utf-8")

    return (made_once(run_directory / "often", make) / "log").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_example_loaded_a_thousand_times(name: str, often_log: str) -> None:
    """The last time is as the first, and the kernel complains of nothing."""
    assert f"often: {name}: loaded {TIMES} times" in often_log.splitlines()


@pytest.fixture(scope="session")
def failing_log(kcxx: Path, package: Path, run_directory: Path) -> str:
    """What a kernel with KASAN, kmemleak and lockdep logged of them where memory ran out at each place."""
    kernel = built_kernel(kcxx, "--arch", "x86_64", "--debug", "--compiler", "clang-19")

    def make(directory: Path) -> None:
        loaded = modules(directory, package, kernel, "LLVM=-19")
        loads = "".join(f"/fail_allocations load {name} || exit 1\n" for name in EXAMPLES)
        script = f"{FAILSLAB}{loads}/fail_allocations use {' '.join(PATHS)} || exit 1\n{SCAN}"
        options = ("--kernel", kernel.image, *DEBUG_OPTIONS)
        log = log_of(directory, kcxx, "fail_allocations", script, *options, *loaded)
        (directory / "log").write_text(log, encoding="utf-8")

    return (made_once(run_directory / "failing", make) / "log").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_example_loaded_without_memory(name: str, failing_log: str) -> None:
    """Each allocation of its load failed in turn: it loads nevertheless or says ENOMEM, and nothing leaks."""
    turns = re.search(rf"^failing: {name}: (\d+) failed, (\d+) refused$", failing_log, re.M)
    assert turns and 0 < int(turns[2]) <= int(turns[1])


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_example_used_without_memory(path: str, failing_log: str) -> None:
    """The same for what is opened, written and read."""
    turns = re.search(rf"^failing: {path}: (\d+) failed, (\d+) refused$", failing_log, re.M)
    assert turns and 0 < int(turns[2]) <= int(turns[1])
