# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Bindings in a kernel: macros, inline functions and structs of the kernel's headers do in C++ what they do in C."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.axes import CXX, GATE_SERIES, axis
from fixtures.cmake_project import CMakeProject, remarks
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.fetched_kernels import fetched_kernel
from fixtures.repository import REPOSITORY

MODULES = REPOSITORY / "tests/modules/bindings"

SCRIPT = r"""\
set -e
echo "debug messages $(grep -c '\[macros\].* =p ' /sys/kernel/debug/dynamic_debug/control)"
cd /sys/bus/platform/devices/kcxx-macros
cat level
echo 21 > level
cat level
echo wrong > level || echo "refused"
cat /sys/module/macros/parameters/numbers
"""

# The log of macros.cc, without the start that is the same in each line
MACROS = """\
limit 4 word text numbers 2: 5 6
first 10, by member 10
counted 3, emptied 102031
7 3: min 3 max 7 clamp 4 min_t 5
FIELD_GET 5 FIELD_PREP 48 DIV_ROUND_UP 3 roundup 8
READ_ONCE of an element that min_t() chooses: 20
table f 20 60
strscpy -7 'more th' time_after 1 ERR_PTR -5
once
debug 7
work is pending: 0
waited: 1
no registers: 1
limit 21 at the end
"""
WRAPPED = "was 0 now 1 first 7\nempty 1\nstop 1\n"


@dataclass(frozen=True)
class Booted:
    """The project of the modules, the output of its build, and the guest's log"""

    project: CMakeProject
    build_output: str
    log: str

    def lines(self, prefix: str) -> str:
        """The lines of a module, but for those that the kernel logs of any out-of-tree module"""
        lines = re.findall(rf"\] {prefix}: (?!loading out-of-tree|module verification)(.*)$", self.log, re.M)
        return "".join(f"{line}\n" for line in lines)


@pytest.fixture(
    scope="session",
    params=axis(
        (GATE_SERIES, "x86_64", "gcc"),
        every=(
            (GATE_SERIES, "x86_64", "clang"), ("6.1", "x86_64", "gcc"), ("6.1", "x86_64", "clang"), (GATE_SERIES, "arm64", "gcc"),
            (GATE_SERIES, "arm64", "clang"), ("6.1", "arm64", "gcc"), (GATE_SERIES, "riscv64", "gcc"), (GATE_SERIES, "riscv64", "clang"),
        ),
    ),
    ids=lambda axes: "-".join(axes),
)  # fmt: skip
def booted(request: pytest.FixtureRequest, kcxx: Path, package: Path, run_directory: Path) -> Booted:
    """The modules on a kernel, built by one of the compilers"""
    series, arch, family = request.param
    kernel = fetched_kernel(kcxx, series, arch)

    def project(directory: Path) -> CMakeProject:
        return CMakeProject(directory / "source", directory / "build", package, kernel.build)

    def make(directory: Path) -> None:
        modules = project(directory)
        modules.lists("add_kernel_module(macros macros.cc)\nadd_kernel_module(wrapped wrapped.cc)\n")
        for name in ("macros.cc", "wrapped.cc"):
            shutil.copy(MODULES / name, modules.source)
        compiler = [f"-DKCXX_CXX_COMPILER={CXX['clang']}"] if family == "clang" else []
        (directory / "output").write_text(modules.made(*compiler), encoding="utf-8")
        script = modules.write("script", SCRIPT)
        parameters = ("limit=4", "word=text", "numbers=5,6", "dyndbg=+p")
        given = [option for parameter in parameters for option in ("--param", f"macros:{parameter}")]
        command = (kcxx, "boot", "--timeout", "600", "--script", script, *given, modules.module("macros"), modules.module("wrapped"))
        (directory / "log").write_text(must(run(*command, timeout=1200)), encoding="utf-8")

    directory = made_once(run_directory / f"bindings-{series}-{arch}-{family}", make)
    return Booted(project(directory), (directory / "output").read_text("utf-8"), (directory / "log").read_text("utf-8"))


def test_macros_of_the_kernel_mean_what_they_mean_in_c(booted: Booted) -> None:
    """Lists, locks, per-CPU variables, parameters, works, wait queues, bit fields, debug messages; and nothing is warned of."""
    assert booted.lines("macros") == MACROS
    output = re.sub(r"^CMake Warning at .*?\n\n\n", "", booted.build_output, flags=re.M | re.S)  # the check's
    assert [line for line in remarks(output) if " gets no BTF: " not in line] == []


def test_driver_of_raw_bindings_probes_its_device(booted: Booted) -> None:
    """With attributes and a message of the device, which is there for debugging as well"""
    assert "kcxx-macros kcxx-macros: probed" in booted.log
    assert "kcxx-macros kcxx-macros: shown" in booted.log
    assert [line for line in booted.log.splitlines() if re.match(r"(level|debug messages|refused|\d,)", line)] == [
        "debug messages 2", "level 4", "level 21", "refused", "5,6",
    ]  # fmt: skip


def test_inline_functions_in_c_work(booted: Booted) -> None:
    """An inline that C++ cannot take is a function of the object's own, and there are no others."""
    assert booted.lines("wrapped") == WRAPPED
    called = dict(line.split()[:0:-1] for line in must(run("nm", booted.project.module("wrapped"))).splitlines() if "kcxx_c_" in line)
    assert "kcxx_c_test_and_set_bit_le" in called
    assert set(called.values()) == {"t"}
    assert "kcxx_c_" not in must(run("nm", booted.project.module("macros")))


def test_aliases_of_device_tables_are_made(booted: Booted) -> None:
    """modpost reads the tables of C++ as those of C."""
    information = must(run("modinfo", booted.project.module("macros")))
    aliases = set(re.findall(r"^alias: +(\S+)$", information, re.M))
    assert aliases == {"of:N*T*Ckcxx,macrosC*", "of:N*T*Ckcxx,macros", "platform:kcxx-macros"}
    assert re.search(r"^parm: +limit:a number \(int\)$", information, re.M)
