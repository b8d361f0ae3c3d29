# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Every C++ compiler of Debian 12, for kernels that GCC 12 built: what the check says of it is true, and what Clang
makes of the kernel's flags is what GCC makes of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

import cmake_project
import kbuild_project
from cmake_project import CMakeProject
from conftest import REPOSITORY, Kernel, made_once, must, run
from kbuild_project import KbuildProject
from module_file import relocations
from subject_project import LOGGED, SUBJECT

HELLO = REPOSITORY / "examples/hello/hello.cc"

# What the first error of those that are too old is about; the library behind it lacks <expected> as well, for them.
TOO_OLD = {
    "g++-11": "-ftrivial-auto-var-init=zero",
    "clang++-13": "-mfunction-return=thunk-extern",
    "clang++-14": "-mfunction-return=thunk-extern",
    "clang++-15": "-ftrivial-auto-var-init=zero",
    "clang++-16": "gnu++23",
}
COMPILERS = [*TOO_OLD, "g++-12", "clang++-19", "clang++-22"]
CLANG = ["clang++-19", "clang++-22"]


def check(package: Path, kernel: Kernel, cxx: str) -> subprocess.CompletedProcess[str]:
    """What cxxavailable.sh says of the pair."""
    script = package / "share/kcxx/kbuild/cxxavailable.sh"
    return run("sh", script, "--kernel", kernel.build, "--cxx", cxx)


@pytest.fixture(scope="session")
def unchecked(package: Path, run_directory: Path) -> Path:
    """The package with a check that finds nothing wrong."""

    def make(directory: Path) -> None:
        shutil.copytree(package, directory, dirs_exist_ok=True)
        (directory / "share/kcxx/kbuild/cxxavailable.sh").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")

    return made_once(run_directory / "unchecked", make)


def hello(directory: Path, package: Path, kernel: Kernel) -> KbuildProject:
    """The example, not built."""
    project = KbuildProject(directory, package, kernel.build)
    shutil.copy(HELLO, directory)
    project.kbuild("obj-m := hello.o\n")
    return project


@pytest.mark.parametrize("cxx", COMPILERS)
def test_verdict_is_true(
    cxx: str, kernel: Kernel, kcxx: Path, package: Path, unchecked: Path, tmp_path: Path
) -> None:
    """A compiler that the check takes builds a module that loads; one it refuses could not have built it."""
    verdict = check(package, kernel, cxx)
    if verdict.returncode == 0:
        project = hello(tmp_path, package, kernel)
        said = project.made(f"CXX={cxx}")
        assert kbuild_project.remarks(said) == verdict.stderr.splitlines()
        must(run(kcxx, "boot", project.module("hello")))
        assert cxx not in TOO_OLD
    else:
        assert verdict.returncode == 1
        project = hello(tmp_path, unchecked, kernel)
        result = project.make(f"CXX={cxx}", env={"LC_ALL": "C"})
        assert result.returncode != 0
        assert "*** kcxx:" not in result.stderr
        errors = re.findall(r"^(?:\S+: )?(?:fatal )?error: (.*)$", result.stderr, re.M)
        assert any(TOO_OLD[cxx] in error for error in errors), result.stderr


# Clang for a kernel that GCC built: the language at work, and the kernel's defences in the code

@dataclass(frozen=True)
class Subject:
    """subject/, built by Clang."""

    module: Path
    remarks: list[str]
    log: str

    @property
    def code(self) -> dict[str, list[str]]:
        """The instructions of each function, and the symbols they refer to."""
        found: dict[str, list[str]] = {}
        current: list[str] = []
        text = must(run("objdump", "--disassemble", "--reloc", "--no-show-raw-insn", self.module))
        for line in text.splitlines():
            if heading := re.fullmatch(r"[0-9a-f]+ <(.+)>:", line):
                # Clang's labels at the padding before a function are no functions
                current = [] if heading[1].startswith((".L", "__pfx_")) else found.setdefault(heading[1], [])
            elif instruction := re.match(r"\s+[0-9a-f]+:\s+(.*)$", line):
                current.append(re.sub(r"\s+", " ", instruction[1]))
        return found


# That the families differ: what the check says, by CMake and by Kbuild
CHECK_WARNS = r"^CMake Warning at .*?kcxx: the C\+\+ compiler and the kernel are of different families.*?\n\n\n|^\*\*\* .*?\n"


@pytest.fixture(params=["cmake", "kbuild"])
def way(request: pytest.FixtureRequest) -> str:
    """Each way to build."""
    return request.param


@pytest.fixture(params=CLANG)
def subject(
    request: pytest.FixtureRequest, way: str, kernel: Kernel, kcxx: Path, package: Path, run_directory: Path
) -> Subject:
    """subject/, built each way by each Clang for each kernel, and booted."""
    cxx: str = request.param

    def make(directory: Path) -> None:
        project: CMakeProject | KbuildProject
        if way == "cmake":
            project = CMakeProject(directory, directory / "build", package, kernel.build)
            project.lists("add_kernel_module(subject main.cc)\n")
            option, remarks = f"-DKCXX_CXX_COMPILER={cxx}", cmake_project.remarks
        else:
            project = KbuildProject(directory, package, kernel.build)
            project.kbuild("obj-m := subject.o\nsubject-y := main.o\n")
            option, remarks = f"CXX={cxx}", kbuild_project.remarks
        shutil.copy(SUBJECT / "main.cc", directory)
        said = re.sub(CHECK_WARNS, "", project.made(option), flags=re.M | re.S)
        (directory / "remarks").write_text("\n".join(remarks(said)), encoding="utf-8")
        shutil.copy(project.module("subject"), directory / "subject.kept")
        log = must(run(kcxx, "boot", "--script", SUBJECT / "trace.sh", project.module("subject")))
        (directory / "log").write_text(log, encoding="utf-8")

    directory = made_once(run_directory / f"{cxx}-{way}-{kernel.series}", make)
    remarks = (directory / "remarks").read_text(encoding="utf-8").splitlines()
    return Subject(directory / "subject.kept", remarks, (directory / "log").read_text(encoding="utf-8"))


def test_clang_builds_without_a_remark(subject: Subject) -> None:
    """No warning of Clang, objtool, modpost or pahole; only the check's, that the families differ."""
    assert subject.remarks == []


def test_clang_gives_code_that_works(subject: Subject) -> None:
    """Calls through tables and pointers, std's types and kcxx's own do in the kernel what C++ says."""
    assert re.findall(r"subject: ((?:virtual|pointer|template|vec|array|expected|stack|optional) .*)$", subject.log, re.M) == LOGGED


def test_clang_leaves_no_bare_branch(subject: Subject) -> None:
    """Indirect calls go through the kernel's retpolines, returns through its return thunk: also those of the functions
    that adjust this."""
    code = subject.code
    assert any(name.startswith("_ZThn") for name in code)
    bare = [
        f"{name}: {instruction}"
        for name, instructions in code.items()
        for instruction in instructions
        if re.match(r"(notrack |bnd )?((call|jmp)q? \*|retq?\b)", instruction)
    ]
    assert bare == []
    assert any("__x86_indirect_thunk_" in instruction for instruction in code["by_pointer"])
    assert any("__x86_return_thunk" in instruction for instruction in code["by_pointer"])


def test_clang_marks_targets_of_indirect_calls(subject: Subject, kernel: Kernel) -> None:
    """Where the kernel has IBT, what a table or a pointer may lead to begins with ENDBR."""
    config = (kernel.build / "include/config/auto.conf").read_text(encoding="utf-8")
    marked = {
        name: "endbr64" in instructions
        for name, instructions in subject.code.items()
        if re.match(r"_Z(Thn\d+_)?N.*(area|name)Ev$|_ZN.*twiceEi$|init_module$", name)
    }
    assert len(marked) >= 4
    assert {*marked.values()} == {"CONFIG_X86_KERNEL_IBT=y" in config}


def test_clang_uses_no_vector_or_floating_point_registers(subject: Subject) -> None:
    """Neither SSE nor MMX nor x87."""
    assert not [line for lines in subject.code.values() for line in lines if re.search(r"%([xyz]?mm\d|st\b)", line)]


def test_clang_uses_no_red_zone(subject: Subject) -> None:
    """Nothing is kept below the stack pointer, where an interrupt would write."""
    assert not [line for lines in subject.code.values() for line in lines if re.search(r"-0x[0-9a-f]+\(%rsp", line)]


def test_clang_guards_the_stack(subject: Subject) -> None:
    """A function with an array compares the CPU's canary before it returns."""
    instructions = subject.code["on_stack"]
    assert any("%gs:0x28" in line for line in instructions)
    assert any("__stack_chk_fail" in line for line in instructions)


def test_clang_functions_can_be_traced(subject: Subject) -> None:
    """Each call of __fentry__ is in __mcount_loc, and ftrace takes the functions."""
    found = relocations(subject.module)
    calls = [
        entry
        for section, entries in found.items()
        for entry in entries
        if section.endswith(".text") or section.startswith(".text")
        if " __fentry__" in entry and "R_X86_64_NONE" not in entry
    ]
    assert len(calls) == len(found["__mcount_loc"]) >= 8
    assert {"by_pointer", "on_stack", "sum", "fill"} <= {*re.findall(r"traced: (\S+)", subject.log)}
