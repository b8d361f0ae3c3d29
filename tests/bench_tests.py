#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The time of the test command, told in boots of examples/hello on the same machine.

    /usr/bin/python3 tests/bench_tests.py [--bar BOOTS] [<argument of tests/run.sh>…]

A boot is one from the start, of Debian's 6.12 for amd64: the mean of three before the tests and three
after them. --bar ends with status 1 if they take longer. The tests' own output is on standard error.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import REPOSITORY, KbuildSide, hello, kernel_called, run, timed

KCXX = REPOSITORY / "build/tests/whole/tools/kcxx"  # which the tests build


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bar", type=float, help="status 1 if the tests take more boots")
    arguments, tests = parser.parse_known_args()
    if not KCXX.exists():
        parser.error(f"no {KCXX}; type: sh tests/run.sh boot/test_hello.py")
    with tempfile.TemporaryDirectory(prefix="kcxx-bench-") as directory:
        module = KbuildSide(hello(), kernel_called("6.12"), Path(directory))
        module.build()

        def three_boots() -> list[float]:
            return [timed(lambda: run(KCXX, "boot", "--fresh", module.product())) for _ in range(3)]

        boots = three_boots()
        command = ("sh", REPOSITORY / "tests/run.sh", *tests)
        seconds = timed(lambda: subprocess.run(command, stdout=sys.stderr, check=True))
        boots += three_boots()
    boot = statistics.mean(boots)
    print(f"{' '.join(('tests/run.sh', *tests))}: {seconds:.0f} s, {seconds / boot:.0f} boots of {boot:.2f} s")
    return 0 if not arguments.bar or seconds / boot <= arguments.bar else 1


if __name__ == "__main__":
    sys.exit(main())
