# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Modules for each architecture, whole by GCC and whole by Clang, with nothing said but a toolchain file and a kernel:
they load, and their code has what the kernel's own has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from cmake_project import CMakeProject, remarks
from conftest import Kernel, fetched_kernel, made_once, must, run
from subject_project import SUBJECT, assert_they_worked, write_modules

KERNELS = [("6.1", "x86_64"), ("6.12", "x86_64"), ("6.1", "arm64"), ("6.12", "arm64"), ("6.12", "riscv64")]

# What the kernel's functions do not touch, as LLVM's objdump writes it
FLOATING_POINT = {
    "x86_64": r"%([xyz]?mm\d|st\b)",
    "arm64": r"\b[vqds]\d+\b",
    "riscv64": r"\bf[tas]\d+\b",
}
# Where the canary of a task is
CANARY = {"x86_64": r"%gs:|%gs", "arm64": r"mrs\s+x\d+, SP_EL0", "riscv64": r"ld\s+\w+, (0x[0-9a-f]+|\d+)\(tp\)"}
# Zeros on the stack
ZERO = {"x86_64": r"mov[ql] \$0x0, .*\(%rsp|stosq", "arm64": r"st[pr] xzr, .*\[sp", "riscv64": r"sd zero, "}
ON_STACK, BY_POINTER = ("on_stack", "on_stack_in_c"), ("by_pointer", "by_pointer_in_c")


@dataclass(frozen=True)
class Built:
    """hello and subject/, built and booted."""

    kernel: Kernel
    compiler: str
    subject: Path
    said: str
    log: str

    def code(self) -> dict[str, list[str]]:
        """The instructions of each function of subject, and the symbols they refer to."""
        found: dict[str, list[str]] = {}
        current: list[str] = []
        command = ("llvm-objdump-19", "--disassemble", "--reloc", "--no-show-raw-insn", self.subject)
        for line in must(run(*command)).splitlines():
            if heading := re.fullmatch(r"[0-9a-f]+ <(.+)>:", line):
                if heading[1].startswith("__pfx_"):  # the padding before a function
                    current = []
                elif not heading[1].startswith((".L", "$")):  # labels within one
                    current = found.setdefault(heading[1], [])
            elif instruction := re.match(r"\s+[0-9a-f]+:\s+(.*)$", line):
                current.append(re.sub(r"\s+", " ", instruction[1]))
        return found

    def option(self, name: str) -> bool:
        """Whether the kernel has CONFIG_@name."""
        return f"\nCONFIG_{name}=y\n" in self.kernel.configuration


@pytest.fixture(params=["gcc", "clang"])
def compiler(request: pytest.FixtureRequest) -> str:
    """Each family."""
    return request.param


@pytest.fixture(params=KERNELS, ids=lambda kernel: f"{kernel[1]}-{kernel[0]}")
def built(request: pytest.FixtureRequest, compiler: str, kcxx: Path, package: Path, run_directory: Path) -> Built:
    """hello and subject/ for each kernel by each family's toolchain file; made and booted once."""
    series, arch = request.param
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
    return Built(kernel, compiler, directory / "build/subject.ko", said, log)


def test_modules_load_and_work(built: Built) -> None:
    """hello, a module of C++ and C, and one that calls it: the kernel loads them, and they do what C++ says."""
    assert_they_worked(built.log)


def test_build_remarks_nothing_but_what_the_check_warns_of(built: Built) -> None:
    """No warning of a compiler, objtool, modpost or the linker."""
    said = re.sub(r"^CMake Warning at .*?\n\n\n", "", built.said, flags=re.M | re.S)
    no_btf = re.compile(r"kcxx: \S+ gets no BTF: ")  # riscv64: this pahole is older than the kernel's
    assert [line for line in remarks(said) if not no_btf.match(line)] == []


def test_check_warns_of_another_family_and_of_another_version_alone(built: Built) -> None:
    """Debian's kernels are built by GCC, its riscv64 one by a newer GCC than this system has: it is said."""
    warned = re.findall(r"^  kcxx: (.*)$", built.said, re.M)
    families = [f"the {what} compiler and the kernel are of different families" for what in ("C", "C++")]
    versions = [f"the {what} compiler is of another major version than the kernel's" for what in ("C", "C++")]
    riscv = built.kernel.arch == "riscv64"
    expected = families if built.compiler == "clang" else versions if riscv else []
    assert [line for line in warned if "BTF" not in line] == expected


def test_code_uses_no_floating_point_registers(built: Built) -> None:
    """Neither the C++ nor the C part."""
    used = re.compile(FLOATING_POINT[built.kernel.arch])
    assert not [line for lines in built.code().values() for line in lines if used.search(line)]


@pytest.mark.parametrize("function", ON_STACK)
def test_code_guards_the_stack_by_the_kernel_canary(function: str, built: Built) -> None:
    """A function with an array compares the kernel's canary before it returns."""
    instructions = built.code()[function]
    assert any(re.search(CANARY[built.kernel.arch], line) for line in instructions), instructions
    assert any("__stack_chk_fail" in line for line in instructions)


@pytest.mark.parametrize("function", [*ON_STACK, *BY_POINTER])
def test_code_has_ftrace_entries(function: str, built: Built) -> None:
    """ftrace takes the functions of both languages, and calls them."""
    assert function in re.findall(r"traced: (\S+)", built.log)


@pytest.mark.parametrize("function", BY_POINTER)
def test_code_leaves_no_bare_branch(function: str, built: Built) -> None:
    """x86: calls through pointers go through the kernel's retpolines, returns through its return thunk."""
    instructions = built.code()[function]
    if built.option("RETPOLINE") or built.option("MITIGATION_RETPOLINE"):
        assert any("__x86_indirect_thunk_" in line for line in instructions)
        assert not [line for line in instructions if re.match(r"(call|jmp)q? \*", line)]
    if built.option("RETHUNK") or built.option("MITIGATION_RETHUNK"):
        assert any("__x86_return_thunk" in line for line in instructions)
        assert not [line for line in instructions if re.match(r"retq?$", line)]
    assert built.kernel.arch != "x86_64" or built.option("RETHUNK") or built.option("MITIGATION_RETHUNK")


@pytest.mark.parametrize("function", [*ON_STACK, *BY_POINTER])
def test_code_signs_return_addresses(function: str, built: Built) -> None:
    """arm64: a function that calls others signs where it returns to, and checks it, as Debian's kernels do."""
    instructions = built.code()[function]
    assert ("paciasp" in instructions) == (built.kernel.arch == "arm64") == built.option("ARM64_PTR_AUTH_KERNEL")
    assert ("autiasp" in instructions) == (built.kernel.arch == "arm64")


@pytest.mark.parametrize("function", BY_POINTER)
def test_code_marks_targets_of_indirect_branches(function: str, built: Built) -> None:
    """x86 with IBT: functions that a pointer may lead to begin with ENDBR."""
    assert ("endbr64" in built.code()[function]) == built.option("X86_KERNEL_IBT")


@pytest.mark.parametrize("function", ON_STACK)
def test_code_initialises_variables(function: str, built: Built) -> None:
    """An array is zero before anybody writes to it, as CONFIG_INIT_STACK_ALL_ZERO says."""
    assert built.option("INIT_STACK_ALL_ZERO")
    instructions = built.code()[function]
    call = next(i for i, line in enumerate(instructions) if "fill" in line)
    assert any(re.search(ZERO[built.kernel.arch], line) for line in instructions[:call]), instructions


def test_ftrace_entries_are_listed_once(built: Built) -> None:
    """A second entry for a function would be patched twice."""
    traced = re.findall(r"traced: (\S+)", built.log)
    assert len(traced) == len({*traced}) >= 12
