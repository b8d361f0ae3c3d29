# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Modules for each architecture, whole by GCC and whole by Clang, by a toolchain file and a kernel alone: they load,
and their code has the mitigations of the kernel's own.

Each pair of series, architecture and compiler is here; library_kernels.py has the other pairs of kernel and compiler.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject, remarks
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.editor import editor
from fixtures.fetched_kernels import Kernel, fetched_kernel
from fixtures.mitigation_oracle import Code, demanded
from fixtures.subject_project import SUBJECT, assert_they_worked, write_modules

BUILDS = [
    ("6.1", "x86_64", "gcc"),
    ("6.12", "x86_64", "clang"),
    ("6.1", "arm64", "clang"),
    ("6.12", "arm64", "gcc"),
    ("6.12", "riscv64", "gcc"),
    ("6.12", "riscv64", "clang"),
]

# Functions of subject, in C++ and in C
ON_STACK, BY_POINTER = ("on_stack", "on_stack_in_c"), ("by_pointer", "by_pointer_in_c")
FILL = {"on_stack": "fill", "on_stack_in_c": "fill_in_c"}

# By architecture and mitigation of each of Debian's kernels: the functions that have to have it
PLACES = {
    "x86_64": {"retpolines": BY_POINTER, "return-thunks": (*ON_STACK, *BY_POINTER), "stack-protector": ON_STACK},
    "arm64": {"pac": (*ON_STACK, *BY_POINTER), "stack-protector": ON_STACK},
    "riscv64": {"stack-protector": ON_STACK},
}


@dataclass(frozen=True)
class Built:
    """hello and subject/, built and booted."""

    kernel: Kernel
    compiler: str
    code: Code
    said: str
    log: str


@pytest.fixture(scope="session", params=BUILDS, ids="-".join)
def built(request: pytest.FixtureRequest, kcxx: Path, package: Path, run_directory: Path) -> Built:
    """hello and subject/ for each kernel by a family's toolchain file; made and booted once."""
    series, arch, compiler = request.param
    kernel = fetched_kernel(kcxx, series, arch)

    def make(directory: Path) -> None:
        project = CMakeProject(directory, directory / "build", package, kernel.build)
        modules = write_modules(project)
        toolchain = package / f"share/kcxx/toolchains/{arch}-{compiler}.cmake"
        (directory / "said").write_text(project.made(f"--toolchain={toolchain}"), encoding="utf-8")
        log = must(run(kcxx, "boot", "--script", SUBJECT / "trace.sh", *modules))
        (directory / "log").write_text(log, encoding="utf-8")

    directory = made_once(run_directory / f"{arch}-{series}-{compiler}", make)
    said, log = ((directory / name).read_text(encoding="utf-8") for name in ("said", "log"))
    return Built(kernel, compiler, Code(directory / "build/subject.ko", arch), said, log)


def test_modules_load_and_work(built: Built) -> None:
    """hello, a module of C++ and C, and one that calls it: the kernel loads them, and they log the expected results."""
    assert_they_worked(built.log)


def test_clangd_finds_no_error(built: Built) -> None:
    """clangd reads the sources for each architecture by the build's own database."""
    project = built.code.module.parent.parent
    sources = sorted({entry["file"] for entry in json.loads((project / "build/compile_commands.json").read_text(encoding="utf-8"))})
    assert sources
    with editor(project) as opened:
        said = [line for source in sources for line in opened.open(Path(source))]
    assert [line for line in said if line.startswith("error: ")] == []


def test_build_remarks_nothing_but_what_the_check_warns_of(built: Built) -> None:
    """No warning of a compiler, objtool, modpost or the linker."""
    said = re.sub(r"^CMake Warning at .*?\n\n\n", "", built.said, flags=re.M | re.S)
    no_btf = re.compile(r"kcxx: \S+ gets no BTF: ")  # riscv64: this pahole is older than the kernel's
    assert [line for line in remarks(said) if not no_btf.match(line)] == []


def test_check_warns_of_another_family_and_of_another_version_alone(built: Built) -> None:
    """The check warns: GCC built Debian's kernels, and the riscv64 one needs a newer GCC than this system has."""
    warned = re.findall(r"^  kcxx: (.*)$", built.said, re.M)
    families = [f"the {what} compiler and the kernel are of different families" for what in ("C", "C++")]
    versions = [f"the {what} compiler is of another major version than the kernel's" for what in ("C", "C++")]
    riscv = built.kernel.arch == "riscv64"
    expected = families if built.compiler == "clang" else versions if riscv else []
    assert [line for line in warned if "BTF" not in line] == expected


def test_code_uses_no_floating_point_registers(built: Built) -> None:
    """Neither the C++ nor the C part uses floating-point registers."""
    assert built.code.floating_point == []


def test_code_has_the_mitigations_of_its_kernel(built: Built) -> None:
    """All that the configuration demands, in every function that needs it, of both languages; and none beside."""
    places = PLACES[built.kernel.arch]
    assert {*places} <= demanded(built.kernel)
    assert built.code.differences(built.kernel) == []
    having = {name: coverage.having for name, coverage in built.code.mitigations.items()}
    assert [(name, one) for name, functions in places.items() for one in functions if one not in having[name]] == []


def test_inspect_agrees_with_the_disassembly(built: Built, kcxx: Path) -> None:
    """kcxx inspect reads bytes, the oracle reads LLVM's disassembly: of each mitigation they report the same."""
    assert built.code.disagreements(kcxx) == []


def test_code_guards_the_stack_by_the_kernel_canary(built: Built) -> None:
    """A function with an array compares the kernel's canary before it returns."""
    assert [name for name in ON_STACK if not built.code.guards_the_stack(name)] == []


def test_code_initialises_variables(built: Built) -> None:
    """An array is zero before its first write, as CONFIG_INIT_STACK_ALL_ZERO requires."""
    assert "\nCONFIG_INIT_STACK_ALL_ZERO=y\n" in built.kernel.configuration
    assert [name for name, call in FILL.items() if not built.code.zeroes_before(name, call)] == []


def test_code_has_ftrace_entries(built: Built) -> None:
    """ftrace takes the functions of both languages, and calls them. A second entry would be patched twice."""
    traced = re.findall(r"traced: (\S+)", built.log)
    assert {*ON_STACK, *BY_POINTER} <= {*traced}
    assert len(traced) == len({*traced}) >= 12
