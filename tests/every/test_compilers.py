# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Every C++ compiler of Debian 12, for kernels that GCC 12 built: the check's verdicts are right, and Clang's code works."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures import cmake_project
from fixtures import kbuild_project
from fixtures.axes import needs
from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.mitigation_oracle import Code, demanded
from fixtures.repository import REPOSITORY
from fixtures.subject_project import LOGGED, SUBJECT

HELLO = REPOSITORY / "examples/hello/hello.cc"

# The first error of compilers that are too old; their library lacks <expected> as well.
TOO_OLD = {
    "g++-11": "-ftrivial-auto-var-init=zero",
    "clang++-13": "-mfunction-return=thunk-extern",
    "clang++-14": "-mfunction-return=thunk-extern",
    "clang++-15": "-ftrivial-auto-var-init=zero",
    "clang++-16": "gnu++23",
}
COMPILERS = [*TOO_OLD, "g++-12", "clang++-19", "clang++-22"]


def check(package: Path, kernel: Kernel, cxx: str) -> subprocess.CompletedProcess[str]:
    """Returns the output of cxxavailable.sh for the pair."""
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
    needs(cxx)
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

    kernel: Kernel
    code: Code
    remarks: list[str]
    log: str


# The check's warning about different families, by CMake and by Kbuild
CHECK_WARNS = r"^CMake Warning at .*?kcxx: the C\+\+ compiler and the kernel are of different families.*?\n\n\n|^\*\*\* .*?\n"


# Each pair of way, Clang and series
BUILDS = [
    ("cmake", "clang++-19", "6.1"),
    ("cmake", "clang++-22", "6.12"),
    ("kbuild", "clang++-19", "6.12"),
    ("kbuild", "clang++-22", "6.1"),
]


@pytest.fixture(scope="session", params=BUILDS, ids="-".join)
def subject(
    request: pytest.FixtureRequest, kernels: dict[str, Kernel], kcxx: Path, package: Path, run_directory: Path
) -> Subject:
    """subject/, built and booted."""
    way, cxx, series = request.param
    needs(cxx)
    kernel = kernels[series]

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
    code = Code(directory / "subject.kept", "x86_64")
    return Subject(kernel, code, remarks, (directory / "log").read_text(encoding="utf-8"))


def test_clang_builds_without_a_remark(subject: Subject) -> None:
    """No warning of Clang, objtool, modpost or pahole; only the check's, that the families differ."""
    assert subject.remarks == []


def test_clang_gives_code_that_works(subject: Subject) -> None:
    """Calls through tables and pointers, std's types and kcxx's own give the right results in the kernel."""
    assert re.findall(r"subject: ((?:virtual|pointer|template|vec|array|expected|stack|optional) .*)$", subject.log, re.M) == LOGGED


def test_clang_gives_the_mitigations_of_the_kernel(subject: Subject) -> None:
    """Indirect calls go through the kernel's retpolines, returns through its return thunk: also those of the functions
    that adjust this. Where the kernel has IBT, what a table or a pointer may lead to begins with ENDBR."""
    assert {"retpolines", "return-thunks"} <= demanded(subject.kernel)
    assert subject.code.differences(subject.kernel) == []
    for mitigation in ("retpolines", "return-thunks"):
        assert "by_pointer" in subject.code.mitigations[mitigation].having
    called = {function.name for function in subject.code.called_by_pointer}
    assert any(name.startswith("_ZThn") for name in called)
    assert len([name for name in called if re.match(r"_Z(Thn\d+_)?N.*(area|name)Ev$|_ZN.*twiceEi$|init_module$", name)]) >= 4


def test_clang_uses_no_vector_or_floating_point_registers(subject: Subject) -> None:
    """The code uses neither SSE nor MMX nor x87."""
    assert subject.code.floating_point == []


def test_clang_uses_no_red_zone(subject: Subject) -> None:
    """Nothing is kept below the stack pointer, where an interrupt would write."""
    assert subject.code.red_zone == []


def test_clang_guards_the_stack(subject: Subject) -> None:
    """A function with an array compares the CPU's canary before it returns."""
    assert subject.code.guards_the_stack("on_stack")


def test_clang_functions_can_be_traced(subject: Subject) -> None:
    """Each call of __fentry__ is in __mcount_loc, and ftrace takes the functions."""
    calls = [function for function in subject.code.distinct if function.has(r"R_X86_64_(PLT32|PC32) __fentry__")]
    assert len(calls) == len(subject.code.relocations["__mcount_loc"]) >= 8
    assert {"by_pointer", "on_stack", "sum", "fill"} <= {*re.findall(r"traced: (\S+)", subject.log)}
