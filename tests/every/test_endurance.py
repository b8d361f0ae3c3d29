# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The modules of examples/ loaded a thousand times, and with each of their allocations failing in turn."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel, fetched_kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.library_guest import user_program
from fixtures.library_kernels import SCAN, kernel_of
from fixtures.repository import REPOSITORY

SOURCES = sorted((REPOSITORY / "examples").glob("*/*.cc"))
MODULES = [source.stem for source in SOURCES]  # each is one source
NOT_STARVED = {
    "case_fan",  # software_node_notify_remove() puts a reference that software_node_notify() got only if its links were made
}
STARVED = [name for name in MODULES if name not in NOT_STARVED]
PROGRAMS = REPOSITORY / "tests/modules/endurance"

TIMES = 1000
PATIENCE = 1500  # seconds for a guest, on a busy machine

# By module: what is opened, written and read
USED = {
    "misc_device": ("/dev/cycle", "/dev/note"),
    "params": ("/sys/module/params/parameters/liquid",),
    "sysctl": ("/proc/sys/dev/pump/speed",),
}

# Lines that modules log each time they are loaded: not shown
QUIET = "dmesg -n 6\n"

# Where allocations of the kernel's own tools are let alone
FAILSLAB = """\
cd /sys/kernel/debug/failslab
echo N > ignore-gfp-wait
echo Y > cache-filter
echo 0 > verbose
for cache in /sys/kernel/slab/kmalloc-*; do echo 1 > $cache/failslab; done
"""


def built(directory: Path, package: Path, kernel: Kernel, names: list[str], *arguments: str) -> None:
    """Makes the modules @names of the examples in @directory."""
    project = KbuildProject(directory, package, kernel.build)
    for source in SOURCES:
        shutil.copytree(source.parent, directory, dirs_exist_ok=True, ignore=shutil.ignore_patterns("build*", "Kbuild"))
    project.kbuild(f"obj-m := {' '.join(f'{name}.o' for name in names)}\n")
    project.made("-j2", *arguments)


def log_of(directory: Path, kcxx: Path, program: str, script: str, *options: str | Path) -> str:
    """Returns the log of one boot that loads all modules of @directory and runs @script, which calls @program."""

    def boot(to: Path) -> None:
        (to / "script").write_text(QUIET + script, encoding="utf-8")
        in_guest = user_program(PROGRAMS / f"{program}.c", "x86_64", to)
        modules = sorted(directory.glob("*.ko"))
        options_of_all = ("--script", to / "script", "--file", f"{in_guest}:{program}", *options)
        result = run(kcxx, "boot", "--timeout", str(PATIENCE), *options_of_all, *modules, timeout=PATIENCE + 60)
        (to / "log").write_text(must(result), encoding="utf-8")

    return (made_once(directory / program, boot) / "log").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def modules(kcxx: Path, package: Path, run_directory: Path) -> Path:
    """Returns the modules for a distribution's kernel."""
    return made_once(
        run_directory / "endurance", lambda to: built(to, package, fetched_kernel(kcxx, "6.12", "x86_64"), MODULES)
    )


@pytest.mark.parametrize("name", MODULES)
def test_example_loaded_a_thousand_times(name: str, modules: Path, kcxx: Path) -> None:
    """The last time is as the first, all of them at once, and the kernel complains of nothing."""
    script = f"/load_often {TIMES} {' '.join(MODULES)}\n"
    log = log_of(modules, kcxx, "load_often", script)
    assert f"often: {name}: loaded {TIMES} times" in log.splitlines()


@pytest.fixture(scope="session")
def debug_kernel(kcxx: Path) -> Kernel:
    """The kernel with KASAN, kmemleak, lockdep and failslab."""
    return kernel_of(kcxx, "debug", "x86_64")


@pytest.fixture(scope="session")
def debug_modules(debug_kernel: Kernel, package: Path, run_directory: Path) -> Path:
    """Returns the modules for the debug kernel."""
    return made_once(run_directory / "endurance-debug", lambda to: built(to, package, debug_kernel, STARVED, "LLVM=-19"))


@pytest.fixture(scope="session")
def starved(debug_kernel: Kernel, debug_modules: Path, kcxx: Path) -> str:
    """Returns the log of each load and each use while each allocation failed in turn."""
    steps = [f"/fail_allocations load {name}" for name in STARVED]
    steps += [f"/fail_allocations use {' '.join(paths)}" for paths in USED.values()]
    script = FAILSLAB + "".join(f"{step} || exit 1\n" for step in steps) + SCAN
    options = ("--kernel", debug_kernel.image, "--memory", "512", "--forbid", "unreferenced object")
    return log_of(debug_modules, kcxx, "fail_allocations", script, *options)


@pytest.mark.parametrize("what", [*STARVED, *(path for paths in USED.values() for path in paths)])
def test_example_without_memory(what: str, starved: str) -> None:
    """Each allocation of the load and the use fails in turn: the example works or returns ENOMEM, and nothing leaks."""
    counted = re.search(rf"^failing: {what}: (\d+) failed, (\d+) refused$", starved, re.M)
    assert counted, starved
    failed, refused = map(int, counted.groups())
    assert 0 < refused <= failed
