# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Kbuild's facts for CMake, which kcxx's cache keeps for other build directories."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.changed_kernel import ChangedKernel, change, copy_of
from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must
from fixtures.fetched_kernels import Kernel
from fixtures.hidden_programs import path_without


@dataclass
class Builds:
    """Build directories of one project, which share an empty cache and note each run of make."""

    project: CMakeProject
    directory: Path

    def __post_init__(self) -> None:
        self.project.write("one.cc", MODULE)
        self.project.lists("add_kernel_module(one one.cc)\n")
        self.make_command = self.directory / "gmake"
        self.make_command.write_text(f'#!/bin/sh\necho run >> {self.runs}\nexec make "$@"\n', encoding="utf-8")
        self.make_command.chmod(0o755)

    @property
    def runs(self) -> Path:
        return self.directory / "runs"

    @property
    def entries(self) -> list[Path]:
        return [*(self.directory / "cache/facts").iterdir()]

    def configure(self, name: str, *options: str, **environment: str) -> CMakeProject:
        """Configures the build directory @name."""
        self.runs.unlink(missing_ok=True)
        build = CMakeProject(self.project.source, self.directory / name, self.project.package, self.project.kernel)
        env = {"KCXX_CACHE": str(self.directory / "cache")} | environment
        must(build.configure(f"-DKCXX_MAKE={self.make_command}", *options, env=env))
        return build

    def asked_kbuild(self) -> bool:
        """True if the last configuration ran make"""
        return self.runs.exists()


@pytest.fixture
def builds(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> Builds:
    return Builds(CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build), tmp_path)


@pytest.fixture
def changeable(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> tuple[Builds, ChangedKernel]:
    """Builds for a kernel that a test may change"""
    kernel = copy_of(kernels["6.12"], tmp_path / "kernel")
    return Builds(CMakeProject(tmp_path / "source", tmp_path / "build", package, kernel.build), tmp_path), kernel


FILES = (
    "available", "facts.sh", "flags.sh", "include/generated/**/*", "library/declarations", "library/headers", "runtime/*.o",
)  # fmt: skip


def files(build: CMakeProject) -> dict[str, str]:
    """Checksums of the facts and of the runtime, by name; as if each build directory were called here"""
    facts = build.build / "kcxx/.kcxx"
    return {
        str(path.relative_to(facts)): hashlib.sha256(path.read_bytes().replace(str(build.build).encode(), b"here")).hexdigest()
        for pattern in FILES
        for path in facts.glob(pattern)
        if path.is_file() and not path.name.endswith(".cmd")
    }


def test_second_build_directory_does_not_ask_kbuild(builds: Builds) -> None:
    """Its facts are those that Kbuild would have written there."""
    first = builds.configure("first")
    assert builds.asked_kbuild()
    second = builds.configure("second")
    assert not builds.asked_kbuild()
    assert files(second) == files(first)
    assert {"facts.sh", "include/generated/autoconf.h", "runtime/bug.o"} <= files(second).keys()
    must(second.make())


def test_second_configuration_does_not_ask_kbuild(builds: Builds) -> None:
    """Nor does it change a file: no object is compiled again."""
    first = builds.configure("first")
    must(first.make())
    builds.configure("first")
    assert not builds.asked_kbuild()
    assert "no work to do" in must(first.make())


def test_other_languages_ask_kbuild(builds: Builds) -> None:
    """Facts for C alone have no runtime."""
    builds.configure("first")
    builds.project.write("one.c", '#include <linux/module.h>\nMODULE_LICENSE("GPL");\n')
    builds.project.lists("add_kernel_module(one one.c)\n", languages="C")
    builds.configure("second")
    assert builds.asked_kbuild()


def test_other_compiler_asks_kbuild(builds: Builds) -> None:
    """The compiler is one of make's arguments."""
    builds.configure("first")
    builds.configure("second", "-DKCXX_CXX_COMPILER=clang++-19")
    assert builds.asked_kbuild()


def test_program_that_was_installed_asks_kbuild(builds: Builds) -> None:
    """The directories of $PATH have another date."""
    programs = path_without(builds.directory / "bin", r"^g\+\+$")
    builds.configure("first", PATH=str(programs))
    builds.configure("second", PATH=str(programs))
    assert not builds.asked_kbuild()
    (programs / "g++").symlink_to("/usr/bin/g++")
    builds.configure("third", PATH=str(programs))
    assert builds.asked_kbuild()


def test_changed_configuration_asks_kbuild(changeable: tuple[Builds, ChangedKernel]) -> None:
    """The same build directory gets the new flags."""
    builds, kernel = changeable
    builds.configure("first")
    kernel.disable("CONFIG_STACKPROTECTOR_STRONG")
    first = builds.configure("first")
    assert builds.asked_kbuild()
    flags = first.build / "kcxx/.kcxx/flags.sh"
    assert "-fstack-protector-strong" not in flags.read_text(encoding="utf-8")
    kernel.disable("CONFIG_STACKPROTECTOR_STRONG")  # back
    builds.configure("first")
    assert "-fstack-protector-strong" in flags.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["scripts/Makefile.extrawarn", "arch/x86/Makefile", "include/linux/list.h"])
def test_changed_file_of_the_kernel_asks_kbuild(name: str, changeable: tuple[Builds, ChangedKernel]) -> None:
    """Files are compared by their contents: its date may be old."""
    builds, kernel = changeable
    builds.configure("first")
    (path,) = {match.resolve() for match in (kernel.build.parent.parent.parent).glob(f"**/{name}")}
    old = path.stat()
    text = path.read_text(encoding="utf-8")
    change(path, text, f"{text}\n")
    os.utime(path, (old.st_atime, old.st_mtime))
    builds.configure("second")
    assert builds.asked_kbuild()


def test_changed_kcxx_asks_kbuild(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """Also where its folder is a link, as stow installs it"""
    own, folder = tmp_path / "package", tmp_path / "kbuild"
    shutil.copytree(package, own, symlinks=True)
    (own / "share/kcxx/kbuild").rename(folder)
    (own / "share/kcxx/kbuild").symlink_to(folder)
    builds = Builds(CMakeProject(tmp_path / "source", tmp_path / "build", own, kernels["6.12"].build), tmp_path)
    builds.configure("first")
    with (folder / "pahole.sh").open("a", encoding="utf-8") as script:
        script.write("# newer\n")
    builds.configure("second")
    assert builds.asked_kbuild()


def test_damaged_entry_is_not_taken(builds: Builds) -> None:
    """A file that is cut short is no fact."""
    first = builds.configure("first")
    flags = builds.entries[0] / "facts/flags.sh"
    flags.write_text(flags.read_text(encoding="utf-8")[:1000], encoding="utf-8")
    second = builds.configure("second")
    assert builds.asked_kbuild()
    assert files(second) == files(first)


def test_entry_of_another_user_is_not_taken(builds: Builds) -> None:
    """Modules are made of it: who could write it could change them."""
    if os.geteuid() != 0:
        pytest.skip("gives a file away, as root alone can")
    builds.configure("first")
    os.chown(builds.entries[0], 12345, 12345)
    builds.configure("second")
    assert builds.asked_kbuild()


def test_cache_that_cannot_be_written_is_no_error(builds: Builds) -> None:
    """Kbuild is asked for each build directory."""
    (builds.directory / "cache").write_text("a file", encoding="utf-8")
    builds.configure("first")
    must(builds.configure("second").make())
    assert builds.asked_kbuild()


def test_lost_facts_are_made_again(builds: Builds) -> None:
    """The remedy of a damaged build directory is to remove them."""
    first = builds.configure("first")
    before = files(first)
    shutil.rmtree(first.build / "kcxx")
    assert files(builds.configure("first")) == before
