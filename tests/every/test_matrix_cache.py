# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx matrix --no-boot whose output directory was removed: what was built of the same inputs comes from kcxx's cache."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.axes import CXX, GATE_SERIES, axis
from fixtures.changed_kernel import ChangedKernel, change, copy_of
from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel

LISTS = """\
add_kernel_module(first first.cc)
add_kernel_module(second second.cc)
add_kernel_module(retired second.cc KERNEL_MAX 5.15)
"""


@dataclass
class Cached:
    """A project of two modules, a copy of a kernel's headers and of a compiler's command, which may change."""

    program: Path
    project: CMakeProject
    kernel: ChangedKernel
    compiler: Path
    output: Path
    definitions: tuple[str, ...] = ()

    def run(self, *options: str, **variables: str) -> dict:
        """Runs it in an empty output directory; must succeed; returns its report."""
        shutil.rmtree(self.output, ignore_errors=True)
        must(run(
            self.program, "matrix", "--no-boot", self.project.source, "--output", self.output,
            "--kernel", self.kernel.build, "--cxx", self.compiler, *self.definitions, *options,
            env={"CMAKE_PREFIX_PATH": str(self.project.package), "PYTEST_CURRENT_TEST": "", **variables},  # the environment counts
        ))  # fmt: skip
        return self.document()

    def document(self) -> dict:
        return json.loads((self.output / "matrix.json").read_text(encoding="utf-8"))

    def modules(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.output.rglob("*.ko") if ".kmod" not in str(path)}


def was_kept(document: dict) -> bool:
    """Whether all steps were; none of a mixture."""
    kept = {step["kept"] for pair in document["pairs"] for cell in pair["cells"] for step in cell["steps"]}
    assert len(kept) == 1
    return kept.pop()


@pytest.fixture(scope="module")
def made(run_directory: Path, kcxx: Path, package: Path, kernels: dict[str, Kernel]) -> Iterator[tuple[Cached, dict[str, bytes]]]:
    """One that was run, and the modules that it made."""
    directory = run_directory / "matrix-cache"
    shutil.rmtree(directory, ignore_errors=True)
    project = CMakeProject(directory / "source", directory / "unused", package, "")
    project.write("first.cc", '#include "first.hpp"\n' + MODULE)
    project.write("second.cc", MODULE)
    project.write("first.hpp", "// nothing\n")
    project.lists(LISTS)
    compiler = directory / "compiler/bin/g++-12"
    compiler.parent.mkdir(parents=True)
    compiler.write_text(f'#!/bin/sh\nexec {shutil.which(CXX["gcc"])} "$@"\n', encoding="utf-8")
    compiler.chmod(0o755)
    cached = Cached(kcxx, project, copy_of(kernels[GATE_SERIES], directory), compiler, directory / "output")
    cached.run("--again")
    modules = cached.modules()
    assert set(modules) == {"first.ko", "second.ko"}
    yield cached, modules
    shutil.rmtree(directory)


def test_second_run_builds_nothing(made: tuple[Cached, dict[str, bytes]]) -> None:
    """The same modules byte for byte, with their logs, and no build directory that CMake has configured."""
    cached, modules = made
    document = cached.run()
    assert was_kept(document)
    assert cached.modules() == modules
    assert not list(cached.output.rglob("CMakeCache.txt"))
    (pair,) = document["pairs"]
    assert {cell["module"]: cell["verdict"] for cell in pair["cells"]} == {"first": "ok", "second": "ok", "retired": "excluded"}
    for cell in pair["cells"]:
        for step in cell["steps"]:
            assert (cached.output / step["log"]).exists(), step
    assert "first.ko" in (cached.output / pair["cells"][0]["steps"][-1]["log"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("what", axis(
    "source", "kernel header", "compiler", "definition",
    every=("header", "new file", "lists", "kernel option", "environment", "again"),
))  # fmt: skip
def test_change_builds_anew(made: tuple[Cached, dict[str, bytes]], what: str) -> None:
    """Whatever the modules are made of."""
    cached, _ = made
    assert was_kept(cached.run()) or was_kept(cached.run())  # a kernel that was restored is newer than the modules
    source = cached.project.source
    options: tuple[str, ...] = ()
    variables: dict[str, str] = {}
    changes = {
        "source": lambda: change(source / "second.cc", MODULE, f"// changed\n{MODULE}"),
        "header": lambda: change(source / "first.hpp", "// nothing\n", "// anything\n"),
        "new file": lambda: (source / "third.hpp").write_text("") if not (source / "third.hpp").exists() else (source / "third.hpp").unlink(),
        "lists": lambda: change(source / "CMakeLists.txt", LISTS, LISTS + "target_compile_definitions(first PRIVATE OTHER)\n"),
        "kernel header": lambda: change(cached.kernel.header("include/linux/printk.h"), "\n#include <linux/init.h>", "\n\n#include <linux/init.h>"),
        "kernel option": lambda: cached.kernel.disable("CONFIG_WATCHDOG"),
        "compiler": lambda: change(cached.compiler, "#!/bin/sh\n", "#!/bin/sh\n# another\n"),
    }
    changed = changes.get(what)
    try:
        if changed:
            changed()
        elif what == "definition":
            options = ("-D", "CMAKE_CXX_FLAGS=-DOTHER")
        elif what == "environment":
            variables = {"KCXX_TEST": "other"}
        else:
            options = ("--again",)
        assert not was_kept(cached.run(*options, **variables))
    finally:
        if changed:
            changed()


def test_failure_is_not_kept(made: tuple[Cached, dict[str, bytes]]) -> None:
    """A module that does not compile fails each time, with the compiler's message; the other is built each time."""
    cached, _ = made
    source = cached.project.source / "second.cc"
    change(source, MODULE, f"nothing of C++\n{MODULE}")
    try:
        for _time in (1, 2):
            with pytest.raises(AssertionError):
                cached.run()
            (pair,) = cached.document()["pairs"]
            cells = {cell["module"]: cell for cell in pair["cells"]}
            assert cells["first"]["verdict"] == "ok"
            assert (cells["second"]["verdict"], cells["second"]["step"]) == ("failed", "build")
            assert "second.cc:" in cells["second"]["reason"]
            assert not any(step["kept"] for step in cells["first"]["steps"])
            log = (cached.output / cells["first"]["steps"][1]["log"]).read_text(encoding="utf-8")
            assert "first.ko" in log
            assert "nothing of" not in log
    finally:
        change(source, MODULE, f"nothing of C++\n{MODULE}")


@pytest.mark.every
def test_entry_that_was_changed_is_not_taken(made: tuple[Cached, dict[str, bytes]], tmp_path: Path) -> None:
    """Modules in the cache that are others than those that were kept are built anew."""
    cached, modules = made
    cache = tmp_path / "cache"
    cached.run("--again", KCXX_CACHE=str(cache))
    (kept,) = (cache / "matrix").glob("*/files/build/first.ko")
    kept.write_bytes(kept.read_bytes()[:-1])
    assert not was_kept(cached.run(KCXX_CACHE=str(cache)))
    assert cached.modules() == modules
