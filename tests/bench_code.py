#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The cost of C++ beside C: instructions of the same function in both, in the object and executed in a guest.

    /usr/bin/python3 tests/bench_code.py [--target ARCH-COMPILER]… [--markdown] [--check]

The functions are those of tests/modules/nocost/. QEMU counts: with -icount shift=0 each instruction takes a nanosecond of
the guest's time, and measure.c reads the clock around many calls. The figures are exact and the same each time, but
for a timer's interrupt in read(2).

--check ends with status 1 if C++ executes more than the bar allows, or has more instructions in the object.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES = REPOSITORY / "tests/modules/nocost"
OBJECTS = ("measure.o", "in_c.o", "in_cxx.o", "device_in_c.o", "device_in_cxx.o", "driver_in_c.o", "driver_in_cxx.o")

# Instructions that C++ executes by those of C: not above this
BAR = 1.02

# Instructions in the object, likewise
STATIC_BAR = 1.10

# Functions that belong to a subject beside c_<subject> and cxx_<subject>: by demangled name
PARTS = {
    "push": r"\(anonymous namespace\)::push\(int\)|kernel::Vec<int>::grown_of\(",
    "device_read": r"kernel::detail::FileOperations<.*::Text,.*>::read\(|::Text::read\(|kernel::UserWriter::write_some\(",
    "device_write": r"kernel::detail::FileOperations<.*::Text,.*>::write\(|::Text::write\(|kernel::UserReader::read_some\(",
    "device_ioctl": r"kernel::detail::FileOperations<.*::Text,.*>::ioctl\(|::Text::ioctl\(",
    "device_poll": r"kernel::detail::FileOperations<.*::Text,.*>::poll\(|::Text::poll\(",
    "dma_map": r"::Counter::lend_buffer\(\)",
}

QEMU = ("x86_64", "aarch64", "riscv64")
USER_COMPILER = {"x86_64": "gcc-12", "arm64": "aarch64-linux-gnu-gcc-12", "riscv64": "riscv64-linux-gnu-gcc-12"}
TARGETS = tuple(f"{arch}-{compiler}" for arch in USER_COMPILER for compiler in ("gcc", "clang"))

Pair = tuple[float, float]  # of C and of C++


@dataclass
class Counts:
    """The counts of one target, by subject."""

    executed: dict[str, Pair] = field(default_factory=dict)
    static: dict[str, Pair] = field(default_factory=dict)


def run(*command: str | Path, **options) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"bench_code: {' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def tool(name: str) -> str:
    """LLVM's, which know every architecture"""
    found = shutil.which(f"{name}-19") or shutil.which(name)
    if not found:
        sys.exit(f"bench_code: {name} is missing; type: apt-get install llvm-19")
    return found


class Build:
    """The module for a target, made in @directory."""

    def __init__(self, target: str, kernel: Path, directory: Path) -> None:
        self.arch, self.compiler = target.split("-")
        self.kernel, self.directory = kernel, directory
        shutil.copytree(SOURCES, directory)
        include = f"include {REPOSITORY}/kbuild/Makefile.cxx\n"
        (directory / "Kbuild").write_text(f"obj-m := nocost.o\nnocost-y := {' '.join(OBJECTS)}\n{include}", "utf-8")
        given = ("--cc", "clang-19") if self.compiler == "clang" else ()
        script = REPOSITORY / "kbuild/make-variables.sh"
        self.variables = run("sh", script, *given, kernel).splitlines()
        run(USER_COMPILER[self.arch], "-static", "-O2", "-o", directory / "user", directory / "user.c")

    @property
    def module(self) -> Path:
        return self.directory / "nocost.ko"

    def make(self) -> None:
        run("make", "-s", "-C", self.kernel, f"M={self.directory}", *self.variables)


def instructions(module: Path) -> dict[str, int]:
    """How many are in each function, by demangled name."""
    sizes = {}
    for line in run(tool("llvm-nm"), "-S", module).splitlines():
        if found := re.match(r"[0-9a-f]+ ([0-9a-f]+) [tTwW] (\S+)$", line):
            sizes[found[2]] = int(found[1], 16)
    counts: dict[str, int] = {}
    name, end = "", 0
    for line in run(tool("llvm-objdump"), "-d", "--no-show-raw-insn", module).splitlines():
        if header := re.match(r"([0-9a-f]+) <(\S+)>:$", line):
            if sizes.get(header[2]):  # else a label in a function
                name, end = header[2], int(header[1], 16) + sizes[header[2]]
        elif (at := re.match(r" +([0-9a-f]+):\s", line)) and int(at[1], 16) < end:
            counts[name] = counts.get(name, 0) + 1
    names = run(tool("llvm-cxxfilt"), *counts).splitlines()
    total: dict[str, int] = {}
    for demangled, count in zip(names, counts.values(), strict=True):
        total[demangled] = total.get(demangled, 0) + count
    return total


def static_counts(module: Path, subjects: list[str]) -> dict[str, Pair]:
    """Returns the instructions of C's and C++'s function, with its cold part and the parts that were split from it."""
    counts = instructions(module)

    def of(language: str, subject: str) -> int:
        own = rf"{language}_{subject}(\.\w+)*$"
        parts = f"{own}|{PARTS[subject]}" if language == "cxx" and subject in PARTS else own
        return sum(count for name, count in counts.items() if re.match(parts, name) or re.search(parts, name))

    pairs = {subject: (float(of("c", subject)), float(of("cxx", subject))) for subject in subjects}
    return {subject: pair for subject, pair in pairs.items() if all(pair)}


class Guest:
    """kcxx boot, with a QEMU that counts."""

    def __init__(self, kcxx: str, directory: Path) -> None:
        self.kcxx = kcxx
        directory.mkdir()
        for name in QEMU:
            script = directory / f"qemu-system-{name}"
            if real := shutil.which(script.name):
                script.write_text(f'#!/bin/sh\nexec {real} -icount shift=0 "$@"\n', encoding="utf-8")
                script.chmod(0o755)
        self.environment = os.environ | {"PATH": f"{directory}:{os.environ['PATH']}"}

    def kernel(self, series: str, arch: str) -> Path:
        return Path(json.loads(run(self.kcxx, "kernels", "get", series, arch, "--format", "json"))["build"])

    def executed(self, build: Build) -> dict[str, Pair]:
        """Returns the instructions for one call, as the module and the program in user space logged them."""
        options = ("--fresh", "--script", build.directory / "boot.sh", "--file", f"{build.directory / 'user'}:user", "--timeout", "900")
        log = run(self.kcxx, "boot", *options, build.module, env=self.environment)
        lines = re.findall(r"nocost: executed (\w+) (\d+) (\d+)", log)
        return {subject: (int(c) / 1000, int(cxx) / 1000) for subject, c, cxx in lines}


def measure(build: Build, guest: Guest) -> Counts:
    executed = guest.executed(build)
    return Counts(executed, static_counts(build.module, list(executed)))


def table(title: str, results: dict[str, dict[str, Pair]], markdown: bool) -> None:
    """A row for each subject, and in each column C's figure, C++'s and the ratio"""
    subjects = list(next(iter(results.values())))
    rows = [[title, *results]]
    for subject in subjects:
        pairs = [figures.get(subject) for figures in results.values()]
        cells = [f"{pair[0]:.0f} : {pair[1]:.0f} = {pair[1] / pair[0]:.2f}" if pair else "" for pair in pairs]
        rows.append([subject.replace("_", " "), *cells])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))]
        print(f"| {' | '.join(cells)} |" if markdown else "  ".join(cells))
        if markdown and number == 0:
            print("|---|" + "---:|" * len(results))
    print()


def missed(target: str, kind: str, bar: float, figures: dict[str, Pair]) -> list[str]:
    """The subjects in which C++ has too many instructions"""
    ratios = {subject: cxx / c for subject, (c, cxx) in figures.items()}
    return [f"{target}: {subject}, {kind}: {ratio:.2f} > {bar:.2f}" for subject, ratio in ratios.items() if ratio > bar]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", default="6.12")
    parser.add_argument("--target", action="append", choices=TARGETS)
    parser.add_argument("--kcxx", default=os.environ.get("KCXX_PROGRAM", "kcxx"), help="the program")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--check", action="store_true", help="status 1 if a bar is missed")
    arguments = parser.parse_args()
    if not shutil.which(arguments.kcxx):
        parser.error("no program kcxx; name it: --kcxx PATH")
    results: dict[str, Counts] = {}
    with tempfile.TemporaryDirectory(prefix="kcxx-bench-") as directory:
        guest = Guest(arguments.kcxx, Path(directory) / "qemu")
        for target in arguments.target or TARGETS:
            print(f"  {target}", file=sys.stderr)
            kernel = guest.kernel(arguments.series, target.split("-")[0])
            build = Build(target, kernel, Path(directory) / target)
            build.make()
            results[target] = measure(build, guest)
    table("executed", {target: counts.executed for target, counts in results.items()}, arguments.markdown)
    table("in the object", {target: counts.static for target, counts in results.items()}, arguments.markdown)
    failures = [
        line
        for target, counts in results.items()
        for line in (
            *missed(target, "executed", BAR, counts.executed),
            *missed(target, "in the object", STATIC_BAR, counts.static),
        )
    ]
    print("".join(f"missed: {line}\n" for line in failures), end="")
    return 1 if failures and arguments.check else 0


if __name__ == "__main__":
    sys.exit(main())
