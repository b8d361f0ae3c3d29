# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""ccache: CMake's compiler launchers work on modules, and a second build directory compiles nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.module_file import symbols
from fixtures.repository import DEBIAN_CCACHE

LAUNCHERS = ("-DCMAKE_C_COMPILER_LAUNCHER=ccache", "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")


def statistics(env: dict[str, str]) -> dict[str, int]:
    """Returns ccache's counters."""
    lines = must(run("ccache", "--print-stats", env=env)).splitlines()
    return {name: int(count) for name, count in (line.split("\t") for line in lines)}


@pytest.mark.parametrize("generator", ["Ninja", "Unix Makefiles"])
def test_second_build_directory_is_served_from_the_cache(
    generator: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path
) -> None:
    """Two C++ sources and a C source: three misses in the first directory, three hits in the second."""
    # The launchers are all that calls it: in no other name of a compiler
    path = os.environ["PATH"].replace(f"{DEBIAN_CCACHE}:", "")
    cache = {"CCACHE_DIR": str(tmp_path / "cache"), "CCACHE_CONFIGPATH": "/dev/null", "PATH": path}
    first = CMakeProject(tmp_path / "source", tmp_path / "one", package, kernels["6.12"].build, generator)
    first.write("pump.cc", MODULE)
    first.write("valve.cc", "#include <kernel/prelude.hpp>\nint valve();\nint valve() { return 4; }\n")
    first.write("motor.c", "#include <linux/slab.h>\nint motor(void);\nint motor(void) { return 5; }\n")
    first.lists("add_kernel_module(pump pump.cc valve.cc motor.c)\n")
    second = CMakeProject(first.source, tmp_path / "deep/two", package, first.kernel, generator)

    def build(project: CMakeProject) -> dict[str, int]:
        must(project.configure(*LAUNCHERS, env=cache))
        must(run("ccache", "--zero-stats", env=cache))
        must(project.make(env=cache))
        found = statistics(cache)
        return {
            "hits": found["direct_cache_hit"] + found["preprocessed_cache_hit"],
            "misses": found["cache_miss"],
            "uncacheable": found["unsupported_compiler_option"] + found["could_not_use_precompiled_header"],
        }

    assert build(first) == {"hits": 0, "misses": 3, "uncacheable": 0}
    assert build(second) == {"hits": 3, "misses": 0, "uncacheable": 0}
    assert symbols(second.module("pump")) == symbols(first.module("pump"))
