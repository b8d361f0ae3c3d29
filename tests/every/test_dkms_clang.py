# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""DKMS on a kernel that Clang built: Clang builds the modules, whatever dkms and the environment name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.debian_chroot import newest_dkms
from fixtures.debian_package import packed_once
from fixtures.directories import made_once
from fixtures.dkms_machine import BUILD_FAILED, DkmsMachine
from fixtures.fetched_kernels import Kernel
from fixtures.hidden_programs import path_without
from fixtures.library_kernels import kernel_of
from fixtures.pumps_project import LOGGED, pumps_once


# The tools that such a build runs, by any name
TOOL = re.compile(r"(?<![\w./-])(?:[\w/.-]*/)?((?:clang(?:\+\+)?|[cg]\+\+|gcc|(?:llvm-)?(?:objcopy|nm|ar)|ld(?:\.lld)?)(?:-\d+)?) -")

# For a kernel of Clang dkms 3.0 appends CC=clang LD=ld.lld to the command line of make, and later ones, or people, set
# more: no name has a version, and some are those of GCC.
ENVIRONMENT = {"CC": "gcc", "CXX": "g++", "LD": "ld", "KERNEL_CC": "clang", "LLVM": "1", "KBUILD_VERBOSE": "1"}


@pytest.fixture(scope="session")
def clang_kernel(kcxx: Path) -> Kernel:
    """A kernel of Clang 19 that reports errors: KASAN, kCFI, lockdep and others."""
    return kernel_of(kcxx, "debug", "x86_64")


@pytest.fixture(scope="session")
def tree(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> Path:
    """The tree of a package, made for a kernel of GCC. Not to be changed."""
    return pumps_once(run_directory, package, kernels["6.12"]).build / "pumps-1.0"


def new_machine(directory: Path, kernel: Kernel, tree: Path, program: str | Path = "dkms") -> DkmsMachine:
    """A machine with @kernel alone, where @tree is in /usr/src"""
    machine = DkmsMachine(directory, program)
    machine.prepare()
    machine.install_kernel(kernel)
    machine.receive(tree)
    return machine


@pytest.fixture(scope="session")
def machine(tree: Path, clang_kernel: Kernel, run_directory: Path) -> DkmsMachine:
    """A machine where it is installed, with all of ENVIRONMENT exported"""

    def install(directory: Path) -> None:
        machine = new_machine(directory / "machine", clang_kernel, tree)
        said = must(machine.dkms("install", "pumps/1.0", clang_kernel, env=ENVIRONMENT))
        (directory / "said").write_text(said, encoding="utf-8")

    return DkmsMachine(made_once(run_directory / "clang-machine", install) / "machine")


def compilers_of(module: Path) -> set[str]:
    """Returns the tools that the objects of @module name as theirs."""
    return set(re.findall(r"GCC|(?:clang version|LLD) \d+", must(run("readelf", "-p", ".comment", module))))


def test_dkms_names_clang_without_a_version(machine: DkmsMachine) -> None:
    """dkms appends the unversioned names to make's arguments: the other tests rely on it."""
    assert "CC=clang LD=ld.lld" in (machine.directory.parent / "said").read_text(encoding="utf-8")


def test_every_tool_is_of_the_kernels_llvm(machine: DkmsMachine, clang_kernel: Kernel) -> None:
    """clang-19, ld.lld-19 and so on, by the names that Debian gives them."""
    log = machine.log("pumps/1.0", clang_kernel)
    tools = set(TOOL.findall(log[log.index("C++ is available") :]))
    assert {"clang-19", "clang++-19", "ld.lld-19"} <= tools
    assert {name for name in tools if not name.endswith("-19")} == set()


def test_nothing_is_of_gcc(machine: DkmsMachine, clang_kernel: Kernel) -> None:
    """All objects of the modules, C++ and C, have the name of Clang 19 in .comment."""
    modules = machine.installed(clang_kernel)
    assert {name: compilers_of(path) for name, path in modules.items()} == {"pump": {"clang version 19"}, "gauge": {"clang version 19"}}


def test_modules_are_loaded(machine: DkmsMachine, clang_kernel: Kernel, kcxx: Path) -> None:
    """The modules log the lines of C++ and of C, and the kernel complains of nothing."""
    modules = machine.installed(clang_kernel)
    options = ("--memory", "512", "--timeout", "300")
    log = run(kcxx, "boot", "--kernel", clang_kernel.image, *options, *modules.values())
    said = must(log) + log.stderr
    assert [line for line in LOGGED if line in said] == LOGGED


def test_newest_dkms_says_llvm(kernels: dict[str, Kernel], clang_kernel: Kernel, package: Path, run_directory: Path, tmp_path: Path) -> None:
    """Debian unstable's: nothing in dkms.conf is old to it, and its LLVM=1 changes no compiler."""
    tree = packed_once(run_directory, package, kernels["6.12"]).parent / "pumps-1.0"
    machine = new_machine(tmp_path / "machine", clang_kernel, tree, newest_dkms())
    result = machine.dkms("install", "pumps/1.0", clang_kernel)
    assert must(result)
    assert not re.search("dkms.conf|deprecated|warning", result.stdout + result.stderr, re.I), result.stdout + result.stderr
    assert "LLVM=1" in machine.log("pumps/1.0", clang_kernel)
    (module,) = machine.installed(clang_kernel).values()
    assert compilers_of(module) == {"clang version 19"}


def test_missing_clang_is_named_in_the_log(tree: Path, clang_kernel: Kernel, tmp_path: Path) -> None:
    """Another Clang than the kernel's: DKMS fails, and its log has the package to install."""
    machine = new_machine(tmp_path / "machine", clang_kernel, tree)
    environment = {"PATH": str(path_without(tmp_path / "bin", r"-19$"))}
    result = machine.dkms("build", "pumps/1.0", clang_kernel, env=environment)
    assert result.returncode == BUILD_FAILED
    assert re.search(r"^\*\*\*   fix:    apt-get install clang-19", machine.log("pumps/1.0", clang_kernel), re.M)
    assert machine.status() == ["pumps/1.0: added"]
