# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The compilers for a kernel follow from a toolchain file, or from the kernel directory alone."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.axes import GCC
from fixtures.cmake_project import MODULE, CMakeProject, refusal
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel, fetched_kernel
from fixtures.repository import REPOSITORY

ARCHES = {"x86_64": "x86_64", "arm64": "aarch64", "riscv64": "riscv64"}

Without = Callable[..., dict[str, str]]


@pytest.fixture
def without(tmp_path: Path) -> Without:
    """An environment whose PATH has all that this machine has, but for programs whose names match."""

    def make(*patterns: str) -> dict[str, str]:
        directory = tmp_path / "bin"
        directory.mkdir()
        for place in ("/usr/bin", "/usr/sbin"):
            for program in Path(place).iterdir():
                link = directory / program.name
                if not link.is_symlink() and not any(re.fullmatch(pattern, program.name) for pattern in patterns):
                    link.symlink_to(program)
        return {"PATH": str(directory)}

    return make


@pytest.fixture(scope="session")
def arm64(kcxx: Path) -> Kernel:
    """Debian's 6.12 for arm64"""
    return fetched_kernel(kcxx, "6.12", "arm64")


@pytest.fixture
def project(package: Path, tmp_path: Path) -> CMakeProject:
    """A project with one module, for the default kernel."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, "")
    project.write("sample.cc", MODULE)
    project.lists("add_kernel_module(sample sample.cc)\n")
    return project


def toolchain(package: Path, name: str) -> str:
    """The option that names the installed file."""
    return f"--toolchain={package}/share/kcxx/toolchains/{name}.cmake"


# Toolchain files


@pytest.mark.parametrize("family", ["gcc", "clang"])
@pytest.mark.parametrize("arch", ARCHES)
def test_toolchain_without_a_compiler_says_what_it_looked_for(
    arch: str, family: str, package: Path, tmp_path: Path
) -> None:
    """No such compiler in PATH: the names, what is needed, and the package."""
    (tmp_path / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.25)\nproject(x)\n", encoding="utf-8")
    (tmp_path / "bin").mkdir()
    for tool in ("ninja", "sh"):
        (tmp_path / "bin" / tool).symlink_to(f"/usr/bin/{tool}")
    result = run(
        "/usr/bin/cmake", "-S", tmp_path, "-B", tmp_path / "build", "-G", "Ninja", toolchain(package, f"{arch}-{family}"),
        "-DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF", env={"PATH": str(tmp_path / "bin")},
    )  # fmt: skip
    assert result.returncode != 0
    native = arch == os.uname().machine
    package_name = {
        "gcc": "g++" if native else f"g++-{ARCHES[arch].replace('_', '-')}-linux-gnu",
        "clang": "clang-19 lld-19 llvm-19",
    }[family]
    assert f"type:   apt-get install {package_name}\n" in result.stderr
    looked_for = {"gcc": f"{ARCHES[arch]}-linux-gnu-gcc-19 … -12", "clang": "clang-29 … clang-19, clang"}[family]
    assert looked_for in result.stderr


def test_toolchain_takes_a_kernel_of_its_arch(project: CMakeProject, arm64: Kernel, package: Path) -> None:
    """Without KCXX_KERNEL: the newest that there is for that architecture; a series likewise."""
    said = must(project.configure(toolchain(package, "arm64-gcc")))
    assert f"kcxx: kernel {arm64.release} in " in said
    said = must(project.configure(toolchain(package, "arm64-gcc"), "-DKCXX_KERNEL=6.12"))
    assert f"kcxx: kernel {arm64.release} in " in said


def test_toolchain_for_another_arch_than_the_kernel_is_refused(
    project: CMakeProject, kernels: dict[str, Kernel], package: Path
) -> None:
    """The error names both architectures, and the remedies."""
    said = refusal(project.configure(toolchain(package, "arm64-clang"), f"-DKCXX_KERNEL={kernels['6.12'].build}"))
    assert said.startswith("kcxx: the toolchain file is for another architecture than the kernel.\n")
    assert "a kernel for x86_64 in " in said
    assert "arm64-clang.cmake for arm64" in said
    assert "toolchains/x86_64-gcc.cmake" in said


def test_toolchain_without_a_kernel_says_how_to_get_one(project: CMakeProject, package: Path, tmp_path: Path) -> None:
    """No kernel of that architecture in the cache, nor installed."""
    said = refusal(project.configure(toolchain(package, "riscv64-gcc"), env={"KCXX_CACHE": str(tmp_path)}))
    assert said.startswith("kcxx: no kernel headers for riscv64 are installed.\n")
    assert "kcxx kernels get 6.12 riscv64" in said


def test_presets_of_the_examples_are_those_of_the_toolchains() -> None:
    """Each example has a preset for each toolchain file and step."""
    files = {path.stem for path in (REPOSITORY / "toolchains").glob("*.cmake")} - {"find-gcc", "find-clang"}
    assert files == {f"{arch}-{family}" for arch in ARCHES for family in ("gcc", "clang")}
    for example in (REPOSITORY / "examples").glob("*/CMakeLists.txt"):
        listed = must(run("cmake", "--list-presets=all", cwd=example.parent))
        assert sorted(re.findall(r'^  "([^"]+)"', listed, re.M)) == sorted([*files] * 3)


@pytest.mark.every
def test_preset_builds_and_tests(kcxx: Path, package: Path, arm64: Kernel, tmp_path: Path) -> None:
    """An example for arm64, from nothing but its preset's name."""
    example = REPOSITORY / "examples/hello"
    for step in (
        ("cmake", "--preset", "arm64-clang", "-B", tmp_path, f"-DKCXX_KERNEL={arm64.release}", f"-DKCXX_PROGRAM={kcxx}"),
        ("cmake", "--build", tmp_path),
        ("ctest", "--test-dir", tmp_path, "--output-on-failure", "--no-tests=error"),
    ):
        must(run(*step, cwd=example, env={"CMAKE_PREFIX_PATH": str(package)}))


# The kernel directory alone


def compilers(project: CMakeProject) -> list[str]:
    """The C and the C++ compiler that the project's modules are compiled by."""
    facts = (project.build / "kcxx/.kcxx/facts.sh").read_text(encoding="utf-8")
    return [re.search(rf"^KCXX_{name}='(.*)'$", facts, re.M)[1] for name in ("CC", "CXX")]


def test_foreign_kernel_is_built_for_by_the_cross_compiler_of_its_version(project: CMakeProject, arm64: Kernel) -> None:
    """The compiler that the kernel directory names, if it is there, builds a module for that architecture."""
    must(project.configure(f"-DKCXX_KERNEL={arm64.build}"))
    assert [compiler.strip() for compiler in compilers(project)] == ["aarch64-linux-gnu-gcc-12", "aarch64-linux-gnu-g++-12"]
    must(project.make())
    assert must(run("readelf", "--file-header", project.module("sample"))).count("AArch64") == 1


@pytest.mark.every
def test_foreign_kernel_is_built_for_by_another_version_of_gcc(project: CMakeProject, kcxx: Path) -> None:
    """Debian's riscv64 kernel was built by GCC 14; another version is used, with a warning."""
    kernel = fetched_kernel(kcxx, "6.12", "riscv64")
    result = project.configure(f"-DKCXX_KERNEL={kernel.build}")
    must(result)
    assert "fix:    apt-get install g++-14-riscv64-linux-gnu, then CC=riscv64-linux-gnu-gcc-14" in result.stderr
    assert compilers(project) == ["riscv64-linux-gnu-gcc-12", "riscv64-linux-gnu-g++-12"]
    assert "kcxx: the C compiler is of another major version than the kernel's" in result.stderr


def test_foreign_kernel_without_gcc_is_built_for_by_clang(
    project: CMakeProject, arm64: Kernel, without: Without
) -> None:
    """Neither GCC nor binutils for that architecture: the newest Clang with LLVM's tools builds all of the module."""
    environment = without(r"aarch64-linux-gnu-.*")
    said = project.configure(f"-DKCXX_KERNEL={arm64.build}", env=environment)
    must(said)
    must(project.make(env=environment))
    c, cxx = compilers(project)
    assert re.fullmatch(r"clang-\d+", c)
    assert cxx == c.replace("clang", "clang++")
    assert must(run("readelf", "--file-header", project.module("sample"))).count("AArch64") == 1


def test_foreign_kernel_without_any_compiler_names_the_package(
    project: CMakeProject, arm64: Kernel, without: Without
) -> None:
    """The error names the distribution's package."""
    said = refusal(project.configure(f"-DKCXX_KERNEL={arm64.build}", env=without(r"aarch64-linux-gnu-.*", r"clang.*")))
    assert f"fix:    apt-get install g++-{GCC}-aarch64-linux-gnu" in said


def test_compiler_for_another_arch_than_the_kernel_is_refused(project: CMakeProject, kernels: dict[str, Kernel]) -> None:
    """A cross-compiler for this machine's kernel: the error names both architectures."""
    said = refusal(
        project.configure(f"-DKCXX_KERNEL={kernels['6.12'].build}", "-DKCXX_CXX_COMPILER=aarch64-linux-gnu-g++-12")
    )
    assert "the C++ compiler makes code for another architecture" in said
    assert re.search(r"found: +aarch64-linux-gnu-g\+\+-12", said)
    assert re.search(r"needed: +a compiler for x86_64", said)


def test_presets_file_is_json_of_the_documented_version() -> None:
    """Version 4, of CMake 3.23: include, and paths beside the file."""
    for path in (REPOSITORY / "examples").rglob("*.json"):
        assert json.loads(path.read_text(encoding="utf-8"))["version"] == 4
