# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Memory that runs out under the library, and misuse of it that the kernel warns of.

test_library_guest.py asserts what Result, Box, Vec, String, Arc, List, Page, PerCpu, SlabCache and the containers do.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from fixtures.behaviours import lines_of
from fixtures.commands import run
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.library_guest import SOURCES, LibraryGuest, library_guest
from fixtures.library_kernels import DEBUG

__all__ = ["library_guest"]

# The status of kcxx boot that is asserted here
WARNED = 14

# Behaviours that allocate nothing whose failure the kernel injects
NO_ALLOCATIONS = ("page_keeps", "page_refuses", "percpu", "result", "scope_guard", "string_is_empty", "page_small_vec", "hash_map_draws")

SOURCE = {"memory": SOURCES / "memory/memory.cc", "containers": SOURCES / "containers/containers.cc"}


@pytest.mark.every
@pytest.mark.parametrize("library_guest", [DEBUG], ids=["debug"], indirect=True)
@pytest.mark.parametrize("module", SOURCE)
def test_memory_running_out_is_reported(module: str, library_guest: LibraryGuest) -> None:
    """Each allocation failed in turn: ENOMEM comes out, no object is left; and at last all holds."""
    source = SOURCE[module].read_text(encoding="utf-8")
    table = re.search(r"Behaviour behaviours\[\] = \{\n(.*?)^\};", source, re.M | re.S)[1]
    lines = [line.removeprefix("failing: ") for line in lines_of(library_guest.part("fail_allocations"), module)]
    turns = dict(re.findall(r"^(\w+): (\d+) failed, then 0$", "\n".join(lines), re.M))
    assert [line for line in lines if not re.fullmatch(r"\w+: \d+ failed, then 0", line)] == []
    assert [*turns] == re.findall(r"BEHAVES\((\w+)\)", table)
    assert [name for name in turns if (int(turns[name]) > 0) == name.startswith(NO_ALLOCATIONS)] == []


def test_memory_misused_is_told_by_the_kernel(kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """A count that overflows stays where it is, a cache that still has objects stays: the kernel warns of both."""
    project = KbuildProject(tmp_path, package, kernel.build)
    for source in ("misuse.cc", "behaviours.hpp"):
        shutil.copy(SOURCES / "memory" / source, tmp_path)
    project.kbuild("obj-m := misuse.o\n")
    assert "warning:" not in project.made()
    result = run(kcxx, "boot", project.module("misuse"))
    assert result.returncode == WARNED, result.stdout + result.stderr
    assert "refcount_t: saturated; leaking memory" in result.stdout
    assert re.search(r"kcxx_left.*: Slab cache still has objects", result.stdout), result.stdout
    assert lines_of(result.stdout, "misuse") == ["arc_count_saturates: holds", "slab_cache_with_objects_left: holds"]


def test_cycle_of_owners_keeps_its_module_and_is_named(kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """rmmod waits for the objects, whose class the log has: no code goes that they may call."""
    project = KbuildProject(tmp_path, package, kernel.build)
    for source in ("outliving.cc", "outliving.sh"):
        shutil.copy(SOURCES / "memory" / source, tmp_path)
    project.kbuild("obj-m := outliving.o\n")
    assert "warning:" not in project.made()
    result = run(kcxx, "boot", "--script", tmp_path / "outliving.sh", project.module("outliving"))
    assert re.search(r"outliving: waiting for objects to end: 1 of .*Link\b", result.stdout), result.stdout
    assert re.search(r"outliving: waiting for objects to end: 1 of .*Timer<.*tick", result.stdout), result.stdout
    assert "stays: Unloading" in result.stdout
    assert "Ended" not in result.stdout
