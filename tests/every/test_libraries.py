# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""C++ libraries in a module: those of docs/libraries.md, each of which does something in a guest.

They are from Debian's packages. Those that Debian 12 lacks come from Debian 13: apt checks their signatures, and kcxx's
cache keeps them. Those that Debian has not are tried where libraries/fetch.sh has fetched their files.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest

from fixtures.axes import CXX, needs
from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.debian_chroot import packages_of
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY, user_cache
from fixtures.unstable_gcc import unstable_gcc

SOURCES = REPOSITORY / "tests/every/libraries"
LIBRARIES = sorted(path.stem for path in SOURCES.glob("*.cc"))
FETCHED_INTO = user_cache() / "libraries"
PAGE = (REPOSITORY / "docs/libraries.md").read_text(encoding="utf-8")


def fetched_files() -> list[list[str]]:
    """The rows of fetched.tsv: library, repository, commit, file, name, sum"""
    lines = (SOURCES / "fetched.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def is_there(name: str, digest: str) -> bool:
    """True if fetch.sh has fetched the file @name, and it is the one of fetched.tsv."""
    path = FETCHED_INTO / name
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


FETCHED = {library for library, *_ in fetched_files()}
MISSING = {library for library, _, _, _, name, digest in fetched_files() if not is_there(name, digest)}
TRIED = [library for library in LIBRARIES if library not in MISSING]

# The package of each directory or file of /usr/include
PACKAGES = {
    "flatbuffers": "libflatbuffers-dev",
    "glm": "libglm-dev",
    "gsl": "libmsgsl-dev",
    "concepts": "librange-v3-dev",
    "meta": "librange-v3-dev",
    "range": "librange-v3-dev",
    "std": "librange-v3-dev",
    "utf8": "libutfcpp-dev",
    "xxhash.h": "libxxhash-dev",
}

NEWER_SUITE = "trixie"
NEWER_PACKAGES = {
    "ctll": "libctre-dev",
    "ctll.hpp": "libctre-dev",
    "ctre": "libctre-dev",
    "ctre.hpp": "libctre-dev",
    "etl": "libetlcpp-dev",
    "frozen": "libfrozen-dev",
    "magic_enum": "libmagicenum-dev",
    "tl": "libexpected-dev",
    "unicode-db": "libctre-dev",
    "unicode-db.hpp": "libctre-dev",
}


def newest_boost() -> str:
    """Debian's package of the headers"""
    names = re.findall(r"^libboost1\.\d+-dev\b", must(run("apt-cache", "search", "--names-only", r"^libboost1\.[0-9]+-dev$")), re.M)
    return max(names, key=lambda name: int(name.split(".")[1].split("-")[0]))


@pytest.fixture(scope="session")
def headers(run_directory: Path) -> Path:
    """A directory with the headers of the libraries alone: /usr/include has those of user space's C library as well."""

    def unpack(directory: Path) -> None:
        packages = PACKAGES | {"boost": newest_boost()}
        must(run("apt-get", "download", *sorted({*packages.values()}), cwd=directory))
        for package in directory.glob("*.deb"):
            must(run("dpkg", "-x", package, directory / "root"))
        (directory / "include").mkdir()
        newer = packages_of(NEWER_SUITE, "libraries", *sorted({*NEWER_PACKAGES.values()}))
        for root, names in ((directory / "root", packages), (newer, NEWER_PACKAGES)):
            for name in names:
                must(run("cp", "-rL", root / "usr/include" / name, directory / "include" / name))

    return made_once(run_directory / "libraries", unpack) / "include"


def cxx_of(compiler: str, directory: Path) -> str:
    """The compiler's command; GCC of Debian unstable is a program in @directory."""
    if compiler in CXX:
        return CXX[compiler]
    if compiler.startswith("g++-"):
        return str(unstable_gcc(int(compiler.removeprefix("g++-"))).program(directory))
    needs(compiler)
    return compiler


@pytest.fixture(scope="session", params=["gcc", "g++-14", "g++-16", "clang", "clang++-22"])
def log(request: pytest.FixtureRequest, kernels: dict[str, Kernel], kcxx: Path, package: Path, headers: Path, run_directory: Path) -> str:
    """The kernel's log of a module that tries each library"""

    def make(directory: Path) -> None:
        project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)
        project.source.mkdir()
        for name in TRIED:
            shutil.copy(SOURCES / f"{name}.cc", project.source)
        declarations = "".join(f"bool try_{name}();\n" for name in TRIED)
        calls = "".join(f'pr_info("{name} %s\\n", try_{name}() ? "works" : "is wrong"); ' for name in TRIED)
        text = MODULE.replace("return Module{}", f"{calls}return Module{{}}")
        project.write("module.cc", text.replace("MODULE_LICENSE", f"{declarations}MODULE_LICENSE", 1))
        project.lists(
            f"add_kernel_module(libraries module.cc {' '.join(f'{name}.cc' for name in TRIED)})\n"
            f"target_include_directories(libraries SYSTEM PRIVATE {headers} {FETCHED_INTO})\n"
            "target_compile_definitions(libraries PRIVATE KCXX_HOSTED_HEADERS)\n"
        )
        must(project.configure(f"-DKCXX_CXX_COMPILER={cxx_of(request.param, directory)}"))
        must(project.make())
        (directory / "log").write_text(must(run(kcxx, "boot", project.module("libraries"))), encoding="utf-8")

    return (made_once(run_directory / f"libraries-{request.param}", make) / "log").read_text(encoding="utf-8")


@pytest.mark.parametrize("library", LIBRARIES)
def test_library_works_in_a_module(library: str, log: str) -> None:
    """It returns what its documentation promises."""
    if library in MISSING:
        pytest.skip(f"its files are not here; type: sh {SOURCES}/fetch.sh")
    assert f"libraries: {library} works" in log, log


def test_page_has_each_library() -> None:
    """docs/libraries.md lists those that a guest has tried."""
    tried = re.findall(r"^\| [^|]* \| `(\w+)\.cc` \|", PAGE, re.M)
    assert sorted(tried) == LIBRARIES
    assert FETCHED <= {*LIBRARIES}
