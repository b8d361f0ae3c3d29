# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""modpost's C of modules, for which CMake builds precompile <linux/module.h>."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.axes import axis
from fixtures.changed_kernel import change, copy_of
from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must
from fixtures.fetched_kernels import fetched_kernel
from fixtures.module_file import sections
from fixtures.repository import user_cache

MODULES = ("one", "two", "three")


@dataclass
class Modules:
    """Modules of one file each, which share a cache whose part for precompiled headers is empty at first"""

    project: CMakeProject
    cache: Path

    def link(self, name: str, cache: Path | None = None) -> bytes:
        """Links a module, once more if it was linked before, and returns it."""
        (self.project.build / f"{name}.ko").unlink(missing_ok=True)
        must(self.project.make(name, env={"KCXX_CACHE": str(cache or self.cache)}))
        return self.project.module(name).read_bytes()

    @property
    def entry(self) -> Path:
        """The entry of the cache for the kernel and its flags"""
        (entry,) = (self.cache / "mod-c").iterdir()
        return entry

    @property
    def header(self) -> Path:
        return self.entry / "module.h.gch"

    def made_of(self, name: str) -> Path:
        """The directory in which Kbuild's makefiles make the module"""
        return self.project.build / f".{name}.kmod"

    def used_the_header(self, name: str) -> bool:
        return (self.made_of(name) / f"{name}.mod.names.h").exists()

    def forget(self, name: str) -> None:
        """Back to a module whose C was never compiled"""
        for file in self.made_of(name).glob(f"*{name}.mod*"):
            if not file.name.endswith(".mod"):
                file.unlink()


def modules_for(kernel: Path, package: Path, directory: Path) -> Modules:
    project = CMakeProject(directory / "source", directory / "build", package, kernel)
    for name in MODULES:
        project.write(f"{name}.cc", MODULE)
    project.lists("".join(f"add_kernel_module({name} {name}.cc)\n" for name in MODULES))
    cache = directory / "cache"
    cache.mkdir()
    for part in user_cache().iterdir():
        if part.name != "mod-c":
            (cache / part.name).symlink_to(part)
    must(project.configure())
    return Modules(project, cache)


def size_of_struct_module(module: Path) -> int:
    (size,) = [section.size for section in sections(module) if section.name == ".gnu.linkonce.this_module"]
    return size


@pytest.fixture
def modules(kcxx: Path, package: Path, tmp_path: Path) -> Modules:
    return modules_for(fetched_kernel(kcxx, "6.12", "x86_64").build, package, tmp_path)


KERNELS = axis(("6.12", "x86_64"), every=(("6.1", "x86_64"), ("6.12", "arm64"), ("6.12", "riscv64")))


@pytest.mark.parametrize("kernel", KERNELS, ids="-".join)
def test_module_is_the_same_with_the_precompiled_header(kernel: tuple[str, str], kcxx: Path, package: Path, tmp_path: Path) -> None:
    """Byte for byte, debug information included"""
    modules = modules_for(fetched_kernel(kcxx, *kernel).build, package, tmp_path)
    for name in MODULES:
        module = modules.link(name)
    assert modules.used_the_header("three")
    object_file = (modules.made_of("three") / "three.mod.o").read_bytes()
    modules.forget("three")
    assert modules.link("three", cache=Path("/dev/null")) == module
    assert not modules.used_the_header("three")
    assert (modules.made_of("three") / "three.mod.o").read_bytes() == object_file


def test_second_module_makes_the_precompiled_header(modules: Modules) -> None:
    """A project of one module does not pay for it."""
    modules.link("one")
    assert not modules.header.exists()
    modules.link("two")
    assert modules.header.exists()
    assert not modules.used_the_header("one")
    assert modules.used_the_header("two")


def test_unchanged_module_is_not_compiled_again(modules: Modules) -> None:
    """make has the headers that come precompiled among the prerequisites, and all are older."""
    for name in MODULES:
        modules.link(name)
    before = (modules.made_of("three") / "three.mod.o").stat()
    modules.link("three")
    assert (modules.made_of("three") / "three.mod.o").stat().st_mtime_ns == before.st_mtime_ns


def test_changed_kernel_header_is_precompiled_again(kcxx: Path, package: Path, tmp_path: Path) -> None:
    """struct module has the new size in a module that was linked before the change."""
    kernel = copy_of(fetched_kernel(kcxx, "6.12", "x86_64"), tmp_path)
    modules = modules_for(kernel.build, package, tmp_path)
    for name in MODULES:
        modules.link(name)
    module = modules.project.module("three")
    before = size_of_struct_module(module)
    change(kernel.header("include/linux/module.h"), "enum module_state state;", "enum module_state state; char added[4096];")
    modules.link("three")
    assert modules.used_the_header("three")
    assert size_of_struct_module(module) == before + 4096


def test_broken_precompiled_header_is_no_obstacle(modules: Modules) -> None:
    """GCC refuses it, and compiles the header's text."""
    for name in MODULES:
        module = modules.link(name)
    os.truncate(modules.header, 4096)
    modules.forget("three")
    assert modules.link("three") == module
    assert not modules.used_the_header("three")


def test_header_that_cannot_be_precompiled_is_tried_once(modules: Modules) -> None:
    """Here the place of its text is taken."""
    modules.link("one")
    (modules.entry / "module.h").mkdir()
    modules.link("two")
    (modules.entry / "module.h").rmdir()
    modules.link("three")
    assert not modules.header.exists()


def test_precompiled_header_of_another_user_is_not_used(modules: Modules) -> None:
    """A module is made of it."""
    for name in MODULES:
        modules.link(name)
    if subprocess.run(["chown", "-R", "65534", modules.entry], capture_output=True, check=False).returncode:
        pytest.skip("only root can give a file away")
    modules.forget("three")
    modules.link("three")
    assert not modules.used_the_header("three")
