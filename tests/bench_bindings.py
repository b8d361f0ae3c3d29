#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The cost of bindings, beside rust-bindgen's on the same kernel headers.

    /usr/bin/python3 tests/bench_bindings.py [--kernel RELEASE|DIR] [--runs N] [--markdown] [--check]

Each figure is CPU seconds, user's and system's, of the whole command with all that it starts: the median of N runs,
the sides in turn within each run. The ratio is that to rust-bindgen with an allowlist and without layout tests.

What is measured, for examples/edu/edu.cc and the kernel headers that it includes:
  first             bindings of a source, nothing kept from before
  new name          the source names something new; what its headers declare is kept
  nothing new       the source has changed, and names the same
  rust-bindgen      of the same names: --allowlist-function, -type and -var; with and without layout tests

--check ends with status 1 if a bar is missed. Needs Debian's packages bindgen and libclang-14-dev.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCE = REPOSITORY / "examples/edu/edu.cc"
LIBCLANG = "/usr/lib/llvm-14/lib"  # of rust-bindgen 0.60's time: it fails with newer ones

# CPU seconds by those of rust-bindgen: not above this
BARS = {"first": 0.5}
BESIDE = "rust-bindgen, no layout tests"


def cpu(action: Callable[[], None]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    action()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(*command: str | Path, **options) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"bench_bindings: {' '.join(map(str, command))[:200]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def kernel_called(name: str) -> Path:
    """A directory, or a release that `kcxx kernels get` has fetched"""
    if Path(name).is_dir():
        return Path(name)
    cache = Path(os.environ.get("KCXX_CACHE") or Path.home() / ".cache/kcxx")
    for directory in sorted(cache.glob(f"kernels/{name}*"), reverse=True):
        if (directory / "build").exists():
            return (directory / "build").resolve()
    return sys.exit(f"bench_bindings: no kernel {name}; type: kcxx kernels get {name}")


class Sides:
    def __init__(self, kernel: Path, work: Path) -> None:
        self.work = work
        (work / "Kbuild").write_text(f"kcxx-facts := y\ninclude {REPOSITORY}/kbuild/Makefile.cxx\n", encoding="utf-8")
        variables = run("sh", REPOSITORY / "kbuild/make-variables.sh", kernel).split("\n")
        run("make", "-s", "-C", kernel, f"M={work}", *filter(None, variables), "modules")
        self.flags = work / ".kcxx/flags.sh"
        text = self.flags.read_text(encoding="utf-8")
        self.facts = dict(re.findall(r"^KCXX_(\w+)='(.*)'$", text, re.MULTILINE))
        self.source = work / "edu.cc"
        self.text = SOURCE.read_text(encoding="utf-8")
        self.source.write_text(self.text, encoding="utf-8")

    def bindings(self) -> None:
        flags = shlex.split(self.facts["CXX_FLAGS"])
        run("sh", REPOSITORY / "kbuild/bindgen/bindgen.sh", self.flags, self.work / "edu.bindings", self.source,
            self.facts["CXX"], *flags, '-DKBUILD_MODNAME="edu"', cwd=self.work)

    def first(self) -> None:
        shutil.rmtree(self.work / ".kcxx/bindings", ignore_errors=True)
        shutil.rmtree(self.work / "edu.bindings", ignore_errors=True)
        self.source.write_text(self.text, encoding="utf-8")
        self.bindings()

    def new_name(self) -> None:
        self.source.write_text(self.text + "\nvoid *named_as_well = (void *)&pci_enable_device_mem;\n", encoding="utf-8")
        self.bindings()

    def nothing_new(self) -> None:
        self.source.write_text(self.source.read_text(encoding="utf-8") + "// as before\n", encoding="utf-8")
        self.bindings()

    def rust_bindgen(self, *options: str) -> None:
        header = self.work / "edu.h"
        header.write_text("".join(re.findall(r"^#include <linux/.*\n", self.text, re.MULTILINE)), encoding="utf-8")
        names = "|".join(sorted(set(re.findall(r"\b[A-Za-z_]\w*", self.text))))
        words = shlex.split(self.facts["C_FLAGS"])
        read = [word for before, word in zip(["", *words], words, strict=False)
                if before == "-include" or re.match(r"-(I|D|include$|nostdinc|std|fshort-wchar|funsigned-char)", word)]
        run("bindgen", "--use-core", *options, "--allowlist-function", names, "--allowlist-type", names,
            "--allowlist-var", names, header, "-o", self.work / "edu.rs", "--", *read,
            env={**os.environ, "LIBCLANG_PATH": LIBCLANG}, cwd=self.work)


def measure(kernel: Path, runs: int) -> dict[str, float]:
    figures: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="kcxx-bench-") as directory:
        sides = Sides(kernel, Path(directory))
        actions = {
            "first": sides.first,
            "new name": sides.new_name,
            "nothing new": sides.nothing_new,
            BESIDE: lambda: sides.rust_bindgen("--no-layout-tests"),
            "rust-bindgen, layout tests": sides.rust_bindgen,
        }
        for number in range(runs):
            for name, action in actions.items():
                print(f"\r{number + 1} of {runs}: {name:30}", end="", file=sys.stderr, flush=True)
                figures.setdefault(name, []).append(cpu(action))
    print("\r" + " " * 50 + "\r", end="", file=sys.stderr)
    return {name: statistics.median(values) for name, values in figures.items()}


def table(figures: dict[str, float], markdown: bool) -> bool:
    """Prints it; whether all bars hold"""
    good = True
    if markdown:
        print("| | CPU seconds | ratio | bar |\n|---|---|---|---|")
    for name, value in figures.items():
        ratio = value / figures[BESIDE]
        bar = BARS.get(name)
        good = good and (bar is None or ratio <= bar)
        row = (name, f"{value:.2f}", f"{ratio:.2f}", "" if bar is None else f"{bar}{'' if ratio <= bar else ' missed'}")
        print("| " + " | ".join(row) + " |" if markdown else "{:32}{:>8}{:>8}  {}".format(*row))
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernel", default="6.12", help="a release, or a kernel directory")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    good = table(measure(kernel_called(arguments.kernel), arguments.runs), arguments.markdown)
    return 0 if good or not arguments.check else 1


if __name__ == "__main__":
    sys.exit(main())
