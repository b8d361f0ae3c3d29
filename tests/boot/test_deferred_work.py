# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Works, delayed works, timers and hrtimers: they run when they should, and not when their object has gone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cmake_project import CMakeProject, remarks
from conftest import REPOSITORY, made_once, must, run
from library_kernels import DEBUG, DEBUG_OPTIONS, KERNELS, SCAN, kernel_of
from test_locking import CLASSES, LOCKING, OOPSED, Booted

DEFERRED = REPOSITORY / "tests/modules/deferred"
MODULES = ("timers", "works")

# What each module says of itself, in its source
BEHAVIOURS = [
    (module, behaviour)
    for module in MODULES
    for behaviour in re.findall(r"^\s+BEHAVES\((\w+)\);$", (DEFERRED / f"{module}.cc").read_text("utf-8"), re.M)
]


@pytest.fixture(scope="session", params=KERNELS, ids="-".join)
def booted(
    request: pytest.FixtureRequest, kcxx: Path, package: Path, run_directory: Path, two_cpus: dict[str, str]
) -> Booted:
    """For each kernel by a family's toolchain file; made and booted once."""
    series, arch, compiler = request.param
    debug = request.param == DEBUG
    kernel = kernel_of(kcxx, series, arch)

    def make(directory: Path) -> None:
        shutil.copytree(DEFERRED, directory, dirs_exist_ok=True)
        for shared in ("checks.hpp", "context.c"):
            shutil.copy(LOCKING / shared, directory)
        project = CMakeProject(directory, directory / "build", package, kernel.build)
        project.lists("".join(f"add_kernel_module({name} {name}.cc context.c)\n" for name in MODULES))
        toolchain = package / f"share/kcxx/toolchains/{arch}-{compiler}.cmake"
        (directory / "said").write_text(project.made(f"--toolchain={toolchain}"), encoding="utf-8")
        script = project.write("script.sh", CLASSES + SCAN if debug else "true\n")
        options = ("--kernel", kernel.image, *DEBUG_OPTIONS) if debug else ()
        modules = [project.module(name) for name in MODULES]
        log = must(run(kcxx, "boot", "--script", script, *options, *modules, env=two_cpus))
        (directory / "log").write_text(log, encoding="utf-8")

    directory = made_once(run_directory / f"deferred-{'-'.join(request.param)}", make)
    said, log = ((directory / name).read_text(encoding="utf-8") for name in ("said", "log"))
    return Booted(kernel, said, log)


@pytest.mark.parametrize(("module", "behaviour"), BEHAVIOURS)
def test_library(module: str, behaviour: str, booted: Booted) -> None:
    """What a type does is what its header says, and the kernel complains of nothing."""
    assert re.search(rf"\b{module}: {behaviour}: holds$", booted.log, re.M), booted.log


def test_modules_are_unloaded_while_some_of_it_runs(booted: Booted) -> None:
    """Each ends with works and timers that start themselves; the log ends well."""
    assert re.search(r"^kcxx: ok: ", booted.log, re.M), booted.log


def test_build_remarks_nothing(booted: Booted) -> None:
    """No warning of a compiler, objtool, modpost or the linker; only the check's, and that pahole is too old."""
    said = re.sub(r"^CMake Warning at .*?\n\n\n", "", booted.said, flags=re.M | re.S)
    assert [line for line in remarks(said) if " gets no BTF: " not in line] == []
