#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Drivers of the kernel's own, converted to C++ and built: how many, and what the others fail at.

    bench_conversions.py --kernel <build directory> --source <source tree> [--count N]

The drivers are modules of one source that the kernel's configuration has. Each is built in C, converted, and built
by g++ and by Clang; one that C does not build by itself (its Makefile has flags for it) is left out. A module counts
as the same if it exports and announces (aliases, parameters) what the one of C does, imports the same, and if its
variables begin with the same values. Imports, values and the amount of code are compared with what the C compiler of
the same family makes of the driver. A kernel that GCC built has its headers as GCC sees them: there Clang's C++ has
no pass_object_size, so some checks of <linux/fortify-string.h> are made at run time.
"""

from __future__ import annotations

import argparse
import collections
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from fixtures.object_data import ObjectData

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDERS = (
    "net", "hwmon", "iio", "leds", "rtc", "watchdog", "input", "i2c", "spi", "gpio", "pwm", "power", "mfd", "nvme",
    "block", "usb",
)  # fmt: skip
COMPILERS = ("g++-12", "clang++-19")
# Two names of one object: C with named address spaces takes the one, C++ has none of these
ALIASES = {"const_pcpu_hot": "pcpu_hot"}
# Called by a compiler by itself
OF_COMPILERS = {"memset", "memcpy", "memmove", "memcmp", "strlen", "__stack_chk_fail", "__fentry__", "__x86_return_thunk"}


@dataclass
class Outcome:
    """The outcome for one driver: by compiler the error, or nothing; and the differences to C."""

    driver: Path
    left: list[str] = field(default_factory=list)  # places that kcxx convert leaves to a person
    errors: dict[str, list[str]] = field(default_factory=dict)
    differences: dict[str, list[str]] = field(default_factory=dict)
    growth: dict[str, float] = field(default_factory=dict)  # code, relative to C's


def run(*command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a command; may fail."""
    env = os.environ | {"LC_ALL": "C"}
    return subprocess.run(
        [str(word) for word in command], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=600
    )


def must(result: subprocess.CompletedProcess[str]) -> None:
    """Ends the program with its errors if @result is a failure."""
    if result.returncode != 0:
        raise SystemExit(result.stderr)


def modules_of_one_source(source: Path, kernel: Path) -> list[Path]:
    """The .c files of @source that are a module of their own in the configuration of @kernel."""
    configuration = (kernel / "include/config/auto.conf").read_text(encoding="utf-8")
    modules = set(re.findall(r"^CONFIG_(\w+)=m$", configuration, re.M))
    found = []
    for folder in FOLDERS:
        for makefile in sorted((source / "drivers" / folder).rglob("Makefile")):
            text = makefile.read_text(encoding="utf-8").replace("\\\n", " ")
            composed = set(re.findall(r"^\s*([\w-]+)-(?:y|objs|\$\(\w+\))\s*[:+]?=", text, re.M))
            for option, objects in re.findall(r"^obj-\$\(CONFIG_(\w+)\)\s*\+=\s*(.*)$", text, re.M):
                for member in objects.split() if option in modules else ():
                    file = makefile.parent / f"{member.removesuffix('.o')}.c"
                    if member.endswith(".o") and member.removesuffix(".o") not in composed and file.exists():
                        found.append(file.relative_to(source))
    return sorted(set(found))


def spread(drivers: list[Path], count: int) -> list[Path]:
    """@count of them, evenly over all."""
    return drivers if count >= len(drivers) else [drivers[i * len(drivers) // count] for i in range(count)]


def build(directory: Path, name: str, kernel: Path, *variables: str) -> subprocess.CompletedProcess[str]:
    """Makes the module @name alone in @directory."""
    include = f"include {REPOSITORY}/kbuild/Makefile.cxx\n"
    (directory / "Kbuild").write_text(f"obj-m := {name}.o\nccflags-y := -I$(src)\n{include}", encoding="utf-8")
    return run("make", "-C", kernel, f"M={directory}", *variables)


def imports(module: Path) -> set[str]:
    """The symbols that a module or an object has of others"""
    found = set(re.findall(r"^ +U (?!__x86_indirect_thunk_|__ref_stack_chk_guard)(\S+)$", run("nm", module).stdout, re.M))
    return {ALIASES.get(name, name) for name in found - OF_COMPILERS}


def facts(module: Path) -> dict[str, set[str]]:
    """The exports, aliases, parameters and dependencies of a module"""
    info = run("/sbin/modinfo", module).stdout.splitlines()
    return {
        "exports": set(re.findall(r"^[0-9a-f]+ \w __ksymtab_(\S+)$", run("nm", module).stdout, re.M)),
        **{key: {line for line in info if line.startswith(f"{key}:")} for key in ("alias", "parm", "license")},
        "depends": {name for line in info if line.startswith("depends:") for name in line.split()[-1].split(",")},
    }


def other_data(in_c: Path, in_cxx: Path) -> set[str]:
    """The variables of both that begin with another value, or are there more often than in C"""
    one, other = ObjectData(in_c), ObjectData(in_cxx)
    names = {name for name in one.variables & other.variables if not re.match("__UNIQUE_ID|____versions", name)}
    often = {name for name in names if len({times(data, name) for data in (one, other)}) > 1}
    alone = {name for name in names - often if times(one, name) == 1}
    return often | {name for name in alone if one.value(name) != other.value(name)}


def times(data: ObjectData, name: str) -> int:
    """How many variables have that name"""
    return sum(symbol.name == name and symbol.kind == "OBJECT" for symbol in data.symbols)


def c_flags(flags: Path) -> dict[str, list[str]]:
    """The words of each variable of kcxx's flags.sh"""
    text = flags.read_text(encoding="utf-8")
    return {name: shlex.split(shlex.split(value)[0]) for name, value in re.findall(r"^KCXX_(\w+_FLAGS)=(.+)$", text, re.M)}


def object_in_c(compiler: str, source: Path) -> Path:
    """The object of @source by the C compiler of @compiler's family, with the flags of the C++ that was just built."""
    flags = c_flags(source.parent / ".kcxx/flags.sh")
    words = iter(flags["CXX_FLAGS"])
    kept: list[str | Path] = []
    for word in words:
        if word in ("-isystem", "-include"):
            path = next(words)
            kept += [word, path] if re.search(r"/linux/|/lib/(clang|gcc)/", path) else []
        elif not re.match(r"-(I|W|std=|ffreestanding|fvisibility|f(no-)?(rtti|exceptions|operator-names))", word):
            kept.append(word)
    headers = [word for word in flags["C_FLAGS"] if word.startswith("-I")]
    types = next(path for word in headers if (path := Path(word[2:]) / "linux/compiler_types.h").exists())
    name = source.stem.replace("-", "_")
    own = [f'-DKBUILD_MODNAME="{name}"', f'-DKBUILD_BASENAME="{name}"', f"-D__KBUILD_MODNAME=kmod_{name}", f"-I{source.parent}"]
    made = source.with_suffix(".in-c.o")
    must(run(compiler.replace("++", ""), *kept, *headers, "-std=gnu11", "-w", "-include", types, *own, "-c", source, "-o", made))
    return made


def code(module: Path) -> int:
    """The bytes of the module's functions."""
    sizes = re.findall(r"^ +\[ *\d+\] \.(?:init\.|exit\.)?text\S* +\S+ +\S+ \S+ ([0-9a-f]+)",
                       run("readelf", "--wide", "--sections", module).stdout, re.M)
    return sum(int(size, 16) for size in sizes)


def compare(outcome: Outcome, compiler: str, in_c: Path, in_cxx: Path) -> None:
    """Notes what is not as in C, and how much code there is more."""
    one, other = facts(in_c), facts(in_cxx)
    if compiler.startswith("clang"):  # the kernel's own compiler is GCC
        source = in_cxx.with_suffix(".c")
        in_c, in_cxx = object_in_c(compiler, source), source.with_suffix(".cc.o")
    one["imports"], other["imports"] = imports(in_c), imports(in_cxx)
    outcome.differences[compiler] = [
        f"{key}: {', '.join(sorted(one[key] ^ other[key])[:4])}" for key in one if one[key] != other[key]
    ]
    if data := other_data(in_c, in_cxx):
        outcome.differences[compiler].append(f"data: {', '.join(sorted(data)[:4])}")
    outcome.growth[compiler] = code(in_cxx) / code(in_c) - 1


def errors_of(text: str) -> list[str]:
    """The compilers' errors, without places."""
    return [match[1] for match in re.finditer(r"^\S+?:\d+(?::\d+)?: (?:fatal )?error: (.*)$", text, re.M)] or [
        next((line for line in text.splitlines() if re.search(r"\*\*\* kcxx: (?!warning)|ERROR", line)), "no error was printed")
    ]


def measure(driver: Path, tree: Path, arguments: argparse.Namespace) -> Outcome | None:
    """Builds @driver of @tree in C and in C++; nothing if C does not build."""
    source = tree / driver
    outcome = Outcome(driver)
    if build(source.parent, source.stem, arguments.kernel).returncode != 0:
        return None
    in_c = tree / "in-c.ko"  # make clean does not look there
    shutil.move(source.parent / f"{source.stem}.ko", in_c)
    in_cxx = source.with_suffix(".cc")
    converted = run(arguments.kcxx, "convert", "--force", "--kernel", arguments.kernel, source)
    if not in_cxx.exists():
        outcome.errors = dict.fromkeys(COMPILERS, converted.stderr.splitlines()[-1:])
    outcome.left = [line.split(": ", 1)[1] for line in converted.stderr.splitlines() if re.search(r"\.c:\d+: ", line)]
    for compiler in COMPILERS if in_cxx.exists() else ():
        result = build(source.parent, source.stem, arguments.kernel, f"CXX={compiler}")
        module = source.parent / f"{source.stem}.ko"
        if result.returncode != 0 or not module.exists():
            outcome.errors[compiler] = errors_of(result.stderr + result.stdout)
            if arguments.keep:
                (arguments.keep / f"{source.stem}.{compiler}.log").write_text(result.stderr, encoding="utf-8")
        else:
            compare(outcome, compiler, in_c, module)
        run("make", "-C", arguments.kernel, f"M={source.parent}", "clean")
    if arguments.keep and in_cxx.exists():
        shutil.copy(in_cxx, arguments.keep)
    for made in (in_c, in_cxx, source.parent / "Kbuild"):
        made.unlink(missing_ok=True)
    return outcome


def cause(error: str) -> str:
    """An error without the names in it, unless it is about a name."""
    if re.search(r"declared|does not name|undeclared|unknown type|incomplete|No such", error):
        return error
    return re.sub(r"[‘'`][^’'`]*[’'`]", "…", error)


def report(outcomes: list[Outcome]) -> None:
    """Two tables in Markdown."""
    total = len(outcomes)
    whole = sum(not outcome.left for outcome in outcomes)
    print(f"{total} drivers; {whole} ({whole * 100 // total} %) converted without a place that is left to a person\n")
    print("| compiler | build | the same as in C | code, median of growth |")
    print("|---|---|---|---|")
    for compiler in COMPILERS:
        built = [outcome for outcome in outcomes if compiler not in outcome.errors]
        same = sum(not outcome.differences[compiler] for outcome in built)
        growth = sorted(outcome.growth[compiler] for outcome in built)
        middle = f"{growth[len(growth) // 2] * 100:+.2f} %" if growth else "-"
        print(f"| {compiler} | {len(built)} ({len(built) * 100 // total} %) | {same} | {middle} |")
    causes: collections.Counter[str] = collections.Counter()
    example: dict[str, str] = {}
    for outcome in outcomes:
        for text in {cause(error) for errors in outcome.errors.values() for error in errors[:5]}:
            causes[text] += 1
            example.setdefault(text, outcome.driver.name)
        for text in {f"left: {place}" for place in outcome.left}:
            causes[text] += 1
            example.setdefault(text, outcome.driver.name)
        for text in {f"differs: {line.split(':')[0]}" for lines in outcome.differences.values() for line in lines}:
            causes[text] += 1
            example.setdefault(text, outcome.driver.name)
    print("\n| drivers | cause | such as |\n|---|---|---|")
    for text, count in sorted(causes.items(), key=lambda item: (-item[1], item[0])):
        print(f"| {count} | {text.replace('|', chr(92) + '|')[:150]} | {example[text]} |")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kernel", type=Path, required=True, help="the build directory of a kernel")
    parser.add_argument("--source", type=Path, required=True, help="its source tree")
    parser.add_argument("--kcxx", type=Path, default=Path("kcxx"), help="the program, with kcxx-convert beside it")
    parser.add_argument("--count", type=int, default=100, help="how many drivers, evenly over all")
    parser.add_argument("--only", help="drivers whose path has this in it")
    parser.add_argument("--keep", type=Path, help="a directory for what was converted and for logs of failures")
    arguments = parser.parse_args()
    drivers = modules_of_one_source(arguments.source, arguments.kernel)
    chosen = spread([driver for driver in drivers if not arguments.only or arguments.only in str(driver)], arguments.count)
    if arguments.keep:
        arguments.keep.mkdir(exist_ok=True)
    outcomes = []
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch)
        for folder in sorted({driver.parts[1] for driver in chosen}):
            shutil.copytree(arguments.source / "drivers" / folder, tree / "drivers" / folder, symlinks=True)
        for number, driver in enumerate(chosen, 1):
            print(f"[{number}/{len(chosen)}] {driver}", file=sys.stderr)
            outcome = measure(driver, tree, arguments)
            if outcome is None:
                print("  C does not build it by itself", file=sys.stderr)
            else:
                outcomes.append(outcome)
                for compiler, differences in outcome.differences.items():
                    growth = f"code {outcome.growth[compiler] * 100:+.1f} %"
                    print(f"  {compiler}: {'; '.join([growth, *differences])}", file=sys.stderr)
                for compiler, errors in outcome.errors.items():
                    print(f"  {compiler}: {errors[0]}", file=sys.stderr)
    report(outcomes)


if __name__ == "__main__":
    main()
