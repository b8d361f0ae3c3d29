#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Build times of kcxx with CMake and Ninja beside plain Kbuild's, on the same sources.

    /usr/bin/python3 tests/bench.py [--kernel RELEASE|DIR] [--runs N] [--kcxx PROGRAM] [--analysis CLANG] [--markdown] [--check]

Each figure is the median of N runs, the two sides in turn within each run, so that what else the
machine does meets both. The ratio is kcxx's time by Kbuild's. --check ends with status 1 if a bar
is missed. --analysis: on both sides Clang analyses what GCC compiles (docs/safety.md); the bars are for builds without.

What is timed:
  cold build        every object and the .ko, in a configured tree; the runtime too for Kbuild
  with configuring  the same for kcxx from an empty build directory, cmake included
  no-op             nothing has changed
  edit              one line in one C++ file has changed
  largest process   not a time: the memory of the process that had the most, in a cold build, in MB
  check             cxxavailable.sh for this kernel, beside Kbuild's no-op
  matrix            kcxx matrix of 20 modules, which builds them for three kernels and boots none, without what
                    kcxx's cache has of them, beside Kbuild for one kernel after the other
  matrix, kept      the same into an empty output directory, with what kcxx's cache has
  first run         examples/try.sh in a fresh copy, once, with packages and kernel there, beside Kbuild's
                    cold build of 20 files
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
JOBS = str(os.cpu_count())

LARGEST = "largest process"  # its unit is not a second

# kcxx's time by Kbuild's: not above this
BARS = {
    ("hello", "cold build"): 0.45,
    ("20 C++ files", "cold build"): 0.55,
    "with configuring": 0.70,
    "no-op": 0.01,
    "edit": 0.30,
    "check": 0.15,
    "matrix": 0.50,
    "matrix, kept": 0.10,
    LARGEST: 1.02,
    "first run": 8.0,
}
MATRIX_KERNELS = (("6.12", "x86_64"), ("6.1", "x86_64"), ("6.12", "arm64"))

# Seconds of kcxx and of Kbuild, by module and by what was timed
Results = dict[str, dict[str, tuple[float, float]]]


@dataclass(frozen=True)
class Module:
    """A module's sources, which both sides build."""

    name: str
    files: dict[str, str]

    @property
    def edited(self) -> str:
        return next(reversed(self.files))

    def write(self, directory: Path) -> None:
        directory.mkdir(parents=True)
        for name, text in self.files.items():
            (directory / name).write_text(text, encoding="utf-8")
        objects = " ".join(Path(name).with_suffix(".o").name for name in self.files)
        (directory / "Kbuild").write_text(
            f"obj-m := {self.name}.o\n{self.name}-y := {objects}\ninclude {REPOSITORY}/kbuild/Makefile.cxx\n",
            encoding="utf-8",
        )
        (directory / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\n"
            f"project({self.name} LANGUAGES C CXX)\n"
            "set(KCXX_BUILD_TOOLS OFF)\n"
            f"add_subdirectory({REPOSITORY} kcxx-build)\n"
            f"add_kernel_module({self.name} {' '.join(self.files)})\n",
            encoding="utf-8",
        )


def hello() -> Module:
    text = (REPOSITORY / "examples" / "hello" / "hello.cc").read_text(encoding="utf-8")
    return Module("hello", {"hello.cc": text})


def generated(count: int) -> Module:
    """A module of @count C++ files, each with some use of the library."""
    files = {}
    for i in range(1, count):
        files[f"part{i}.cc"] = (
            f'#include <kernel/prelude.hpp>\n#include <optional>\n#include <span>\n\n'
            f"int part{i}(int value);\n\n"
            f"int part{i}(int value)\n{{\n"
            f"\tkernel::Vec<int> numbers;\n"
            f"\tfor (int i = 0; i < value; ++i)\n"
            f"\t\tif (!numbers.push(i * {i}, kernel::GFP_KERNEL))\n\t\t\treturn -1;\n"
            f"\tint sum = 0;\n"
            f"\tfor (int n : std::span<const int>{{numbers.data(), numbers.size()}})\n\t\tsum += n;\n"
            f"\treturn sum;\n}}\n"
        )
    declarations = "".join(f"int part{i}(int value);\n" for i in range(1, count))
    calls = " + ".join(f"part{i}({i})" for i in range(1, count))
    files["main.cc"] = (
        f'#include <kernel/prelude.hpp>\n\nMODULE_LICENSE("GPL");\n\n{declarations}\n'
        f"struct Main {{\n\tstatic kernel::Result<Main> init(kernel::ThisModule &)\n\t{{\n"
        f'\t\tpr_info("%d\\n", {calls});\n\t\treturn Main{{}};\n\t}}\n}};\n\nKERNEL_MODULE(Main);\n'
    )
    return Module("parts", files)


def run(*command: str | Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def largest_process(command: tuple[str | Path, ...]) -> float:
    """Runs @command, and returns the memory of the largest process among it and all that it started, in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, command))} failed")
    return usage.ru_maxrss / 1024


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


class KbuildSide:
    """make -C <kernel> M=<sources>"""

    def __init__(self, module: Module, kernel: Path, directory: Path) -> None:
        self.module, self.kernel, self.sources = module, kernel, directory / "kbuild"
        module.write(self.sources)

    def command(self) -> tuple[str | Path, ...]:
        return ("make", "-s", f"-j{JOBS}", "-C", self.kernel, f"M={self.sources}")

    def build(self) -> None:
        run(*self.command())

    def clean(self) -> None:
        run("make", "-s", "-C", self.kernel, f"M={self.sources}", "clean")

    def product(self) -> Path:
        return self.sources / f"{self.module.name}.ko"


class NinjaSide:
    """cmake -G Ninja, ninja"""

    def __init__(self, module: Module, kernel: Path, directory: Path) -> None:
        self.module, self.kernel, self.sources = module, kernel, directory / "ninja"
        self.tree = self.sources / "build"
        module.write(self.sources)
        self.configure()

    def configure(self) -> None:
        run("cmake", "-G", "Ninja", "-S", self.sources, "-B", self.tree, f"-DKCXX_KERNEL={self.kernel}")

    def command(self) -> tuple[str | Path, ...]:
        return ("ninja", f"-j{JOBS}", "-C", self.tree)

    def build(self) -> None:
        run(*self.command())

    def clean(self) -> None:
        run("ninja", "-C", self.tree, "clean")

    def configure_and_build(self) -> None:
        self.configure()
        self.build()

    def remove_tree(self) -> None:
        shutil.rmtree(self.tree)

    def product(self) -> Path:
        return self.tree / f"{self.module.name}.ko"


def edit(side: KbuildSide | NinjaSide, number: int) -> None:
    """Changes one line of one C++ file, to something it never was before."""
    source = side.sources / side.module.edited
    text = side.module.files[side.module.edited].replace("pr_info(\"", f"pr_info(\"{number} ", 1)
    assert text != side.module.files[side.module.edited]
    source.write_text(text, encoding="utf-8")


def measure(module: Module, kernel: Path, runs: int, directory: Path) -> dict[str, tuple[float, float]]:
    """Seconds of kcxx and of Kbuild, by what was timed."""
    ninja = NinjaSide(module, kernel, directory / module.name)
    kbuild = KbuildSide(module, kernel, directory / module.name)
    times: dict[str, tuple[list[float], list[float]]] = {
        what: ([], []) for what in ("cold build", "with configuring", "no-op", "edit")
    }
    for number in range(runs):
        print(f"  {module.name}: run {number + 1} of {runs}", file=sys.stderr)
        ninja.remove_tree()
        times["with configuring"][0].append(timed(ninja.configure_and_build))
        ninja.clean()
        kbuild.clean()
        for what in ("cold build", "no-op", "edit"):
            for side, results in zip((ninja, kbuild), times[what], strict=True):
                if what == "edit":
                    edit(side, number)
                    before = side.product().read_bytes()
                results.append(timed(side.build))
                if what == "edit":
                    assert side.product().read_bytes() != before, f"{side.__doc__}: the edit had no effect"
        times["with configuring"][1].append(times["cold build"][1][-1])
    for side in (ninja, kbuild):
        side.clean()
    memory = {LARGEST: (largest_process(ninja.command()), largest_process(kbuild.command()))}
    return {what: (statistics.median(a), statistics.median(b)) for what, (a, b) in times.items()} | memory


def measure_check(kernel: Path, runs: int, directory: Path) -> tuple[float, float]:
    """Seconds of a check, whose answer from Kbuild is kept, and of Kbuild with nothing to do."""
    kbuild = KbuildSide(hello(), kernel, directory / "check")
    kbuild.build()

    def check() -> None:
        run("sh", REPOSITORY / "kbuild/cxxavailable.sh", "--kernel", kernel)

    check()
    times = [(timed(check), timed(kbuild.build)) for _ in range(runs)]
    return statistics.median(ours for ours, _ in times), statistics.median(theirs for _, theirs in times)


class TwentyModules:
    """20 modules of one file each, for three kernels"""

    def __init__(self, kcxx: str, directory: Path) -> None:
        self.kcxx, self.directory = kcxx, directory
        self.names = [f"hello{i}" for i in range(1, 21)]
        text = hello().files["hello.cc"]
        for side in ("kcxx", "kbuild"):
            (directory / side).mkdir(parents=True)
            for name in self.names:
                (directory / side / f"{name}.cc").write_text(text, encoding="utf-8")
        (directory / "kcxx/CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(hellos LANGUAGES C CXX)\nset(KCXX_BUILD_TOOLS OFF)\n"
            f"add_subdirectory({REPOSITORY} kcxx-build)\n" + "".join(f"add_kernel_module({n} {n}.cc)\n" for n in self.names),
            encoding="utf-8",
        )
        (directory / "kbuild/Kbuild").write_text(
            f"obj-m := {' '.join(f'{name}.o' for name in self.names)}\ninclude {REPOSITORY}/kbuild/Makefile.cxx\n", encoding="utf-8"
        )
        self.kernels = [self.fetched(*kernel) for kernel in MATRIX_KERNELS]

    def fetched(self, series: str, arch: str) -> Path:
        return Path(json.loads(run(self.kcxx, "kernels", "get", series, arch, "--format", "json"))["build"])

    def matrix(self, *options: str) -> None:
        kernels = [option for kernel in self.kernels for option in ("--kernel", str(kernel))]
        output = self.directory / "output"
        shutil.rmtree(output, ignore_errors=True)
        run(self.kcxx, "matrix", "--no-boot", "--output", output, *kernels, *options, self.directory / "kcxx")

    def loop(self) -> None:
        for kernel in self.kernels:
            variables = run("sh", REPOSITORY / "kbuild/make-variables.sh", kernel).splitlines()
            made = ("make", "-s", f"-j{JOBS}", "-C", kernel, f"M={self.directory / 'kbuild'}", *variables)
            run(*made)
            run(*made, "clean")


def measure_matrix(kcxx: str, runs: int, directory: Path) -> dict[str, tuple[float, float]]:
    modules = TwentyModules(kcxx, directory / "matrix")
    cold, kept, loop = [], [], []
    for number in range(runs):
        print(f"  matrix: run {number + 1} of {runs}", file=sys.stderr)
        cold.append(timed(lambda: modules.matrix("--again")))
        kept.append(timed(modules.matrix))
        loop.append(timed(modules.loop))
    beside = statistics.median(loop)
    return {"matrix": (statistics.median(cold), beside), "matrix, kept": (statistics.median(kept), beside)}


def measure_first_run(directory: Path) -> float:
    """Seconds of examples/try.sh in a copy of the files that git knows."""
    names = subprocess.run(("git", "-C", REPOSITORY, "ls-files", "-z"), stdout=subprocess.PIPE, text=True, check=True).stdout
    for name in names.rstrip("\0").split("\0"):
        copy = directory / "try" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(REPOSITORY / name, copy)
    run("sh", REPOSITORY / "tools/install-packages.sh")
    print("  try.sh", file=sys.stderr)
    return timed(lambda: run("sh", directory / "try/examples/try.sh"))


def table(results: Results, markdown: bool) -> bool:
    """Prints the figures; whether all bars are reached."""
    good = True
    separator = " | " if markdown else "  "
    edge = "|" if markdown else ""

    def row(cells: list[str], widths: list[int]) -> None:
        text = separator.join(
            cell.ljust(width) if i < 2 else cell.rjust(width) for i, (cell, width) in enumerate(zip(cells, widths))
        )
        print(f"{edge} {text} {edge}".strip())

    widths = [14, 16, 9, 9, 6, 7]
    row(["module", "what", "kcxx", "Kbuild", "ratio", "bar"], widths)
    if markdown:
        print("|---|---|---:|---:|---:|---:|")
    for name, figures in results.items():
        for what, (ours, theirs) in figures.items():
            ratio, bar = ours / theirs, BARS.get((name, what), BARS.get(what))
            missed = bar is not None and ratio > bar
            good &= not missed
            verdict = "" if bar is None else f"{'> ' if missed else '≤ '}{bar:.2f}"
            shown = [f"{figure:.0f} MB" if what == LARGEST else f"{figure:.3f} s" for figure in (ours, theirs)]
            row([name, what, *shown, f"{ratio:.2f}", verdict], widths)
    return good


def kernel_called(name: str) -> Path:
    """The build directory of the series or release @name, or the one that @name is"""
    if "/" in name:
        return Path(name)
    finder = ("sh", REPOSITORY / "kbuild/find-kernel.sh", name)
    found = subprocess.run(finder, stdout=subprocess.PIPE, text=True, check=False).stdout.strip()
    if not found:
        sys.exit(f"bench: no kernel {name}; type: kcxx kernels get {name}")
    return Path(found).resolve()


def measure_all(arguments: argparse.Namespace, kernel: Path, results: Results) -> None:
    """Adds each figure to @results as soon as it is there."""
    with tempfile.TemporaryDirectory(prefix="kcxx-bench-") as directory:
        for label, module in (("hello", hello()), ("20 C++ files", generated(20))):
            results[label] = measure(module, kernel, arguments.runs, Path(directory))
        results["hello"]["check"] = measure_check(kernel, arguments.runs, Path(directory))
        results["20 modules"] = measure_matrix(arguments.kcxx, arguments.runs, Path(directory))
        beside = results["20 C++ files"]["cold build"][1]
        results["try.sh"] = {"first run": (measure_first_run(Path(directory)), beside)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernel", default="6.12", help="series, release or directory")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--kcxx", default=os.environ.get("KCXX_PROGRAM", "kcxx"), help="the program")
    parser.add_argument("--analysis", default="n", metavar="CLANG", help="KCXX_ANALYSIS of both sides")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--check", action="store_true", help="status 1 if a bar is missed")
    arguments = parser.parse_args()
    if arguments.runs < 5:
        parser.error("a median needs at least 5 runs")
    os.environ["KCXX_ANALYSIS"] = arguments.analysis
    kernel = kernel_called(arguments.kernel)
    results: Results = {}
    try:
        measure_all(arguments, kernel, results)
    finally:  # a measurement that fails takes none of the others with it
        good = table(results, arguments.markdown)
    return 0 if good or not arguments.check else 1


if __name__ == "__main__":
    sys.exit(main())
