#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The time of the tests, tier by tier: wall clock, CPU, and boots of examples/hello on the same machine.

    /usr/bin/python3 tests/bench_tests.py [--check] [--every] [TIER…]

The gate is the tiers check, build and boot. --every runs the tests that --every adds to them, and the tier every.
A boot is one from the start, of Debian's 6.12 for amd64: the mean of three before the tests and three after them.
--check ends with status 1 if the gate misses a bar. The tests' own output is on standard error.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench import REPOSITORY, KbuildSide, hello, kernel_called, run, timed

KCXX = Path(os.environ.get("KCXX_PROGRAM", REPOSITORY / "build/tests/whole/tools/kcxx"))  # which the tests build
GATE = ("check", "build", "boot")

# The gate's bars: 30 minutes on two CPUs
BARS = {"wall": 30 * 60, "cpu": 60 * 60}


@dataclass(frozen=True)
class Cost:
    """Seconds"""

    wall: float
    cpu: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu)


def cpu_of_children() -> float:
    """The seconds that the processes which were waited for, and theirs, computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cost_of(*arguments: str) -> Cost:
    """Returns the cost of tests/run.sh with @arguments. Failed tests end the program: their time means nothing."""
    cpu, wall = cpu_of_children(), time.perf_counter()
    done = subprocess.run(("sh", REPOSITORY / "tests/run.sh", *arguments), stdout=sys.stderr, check=False)
    if done.returncode != 0:
        sys.exit(f"bench_tests: tests/run.sh {' '.join(arguments)} failed")
    return Cost(time.perf_counter() - wall, cpu_of_children() - cpu)


def three_boots(module: Path) -> list[float]:
    return [timed(lambda: run(KCXX, "boot", "--fresh", module)) for _ in range(3)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="status 1 if the gate misses a bar")
    parser.add_argument("--every", action="store_true", help="all kernels, architectures and compilers; the tier every too")
    parser.add_argument("tier", nargs="*", help="check, build, boot or every; default: the gate, with --every all four")
    arguments = parser.parse_args()
    if unknown := set(arguments.tier) - {*GATE, "every"}:
        parser.error(f"no tier: {', '.join(unknown)}")
    if not KCXX.exists():
        parser.error(f"no {KCXX}; type: sh tests/run.sh boot/test_hello.py")
    tiers = arguments.tier or [*GATE, *(["every"] if arguments.every else [])]
    options = ["--every"] if arguments.every else []
    with tempfile.TemporaryDirectory(prefix="kcxx-bench-") as directory:
        module = KbuildSide(hello(), kernel_called("6.12"), Path(directory))
        module.build()
        boots = three_boots(module.product())
        costs = {tier: cost_of(*options, tier) for tier in tiers}
        boots += three_boots(module.product())
    boot = statistics.mean(boots)
    gate = sum((costs[tier] for tier in GATE if tier in costs), Cost(0, 0))
    for name, cost in (costs | {"gate": gate}).items():
        print(f"{name:6} {cost.wall:6.0f} s wall  {cost.cpu:6.0f} s CPU  {cost.wall / boot:5.0f} boots of {boot:.2f} s")
    missed = arguments.check and [name for name, bar in BARS.items() if getattr(gate, name) > bar]
    for name in missed or []:
        print(f"above the bar: {name} of the gate, {getattr(gate, name):.0f} s; at most {BARS[name]} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
