# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""compile_commands.json: for programs that read C and C++ as the build does, clangd first of all."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cmake_project import CMakeProject
from conftest import Kernel, made_once, run

SOURCES = {
    "pump.cc": """\
        #include <kernel/prelude.hpp>
        MODULE_LICENSE("GPL");
        namespace {
        struct Pump {
        	static kernel::Result<Pump> init(kernel::ThisModule &)
        	{
        		kernel::Vec<int> numbers;
        		KTRY(numbers.push(1, kernel::GFP_KERNEL));
        		pr_info("C++ %d\\n", numbers[0]);
        		return Pump{};
        	}
        };
        }
        KERNEL_MODULE(Pump);
        """,
    "motor.c": """\
        #include <linux/fs.h>
        int motor(struct file *file);
        int motor(struct file *file) { return file->f_flags; }
        """,
}


@pytest.fixture(scope="session")
def project(kernel: Kernel, package: Path, run_directory: Path) -> CMakeProject:
    """A built project with a C++ and a C source, for kernels that GCC built."""

    def at(directory: Path) -> CMakeProject:
        return CMakeProject(directory / "source", directory / "build", package, kernel.build)

    def make(directory: Path) -> None:
        project = at(directory)
        for name, text in SOURCES.items():
            project.write(name, text)
        project.lists(f"add_kernel_module(pump {' '.join(SOURCES)})\n")
        project.made()

    return at(made_once(run_directory / f"compile-commands-{kernel.series}", make))


def test_database_has_every_source(project: CMakeProject) -> None:
    """C++ and C, though nobody asked for it."""
    database = json.loads((project.build / "compile_commands.json").read_text(encoding="utf-8"))
    assert {entry["file"] for entry in database} == {str(project.source / name) for name in SOURCES}


def test_database_for_clangd_has_the_same_sources(project: CMakeProject) -> None:
    """clangd/compile_commands.json differs in flags only."""
    whole, clangd = (
        json.loads((directory / "compile_commands.json").read_text(encoding="utf-8"))
        for directory in (project.build, project.build / "clangd")
    )
    assert [(entry["file"], entry["directory"]) for entry in clangd] == [
        (entry["file"], entry["directory"]) for entry in whole
    ]


@pytest.mark.parametrize("source", SOURCES)
def test_clangd_finds_no_error(source: str, project: CMakeProject) -> None:
    """clangd parses what GCC compiles: no flag it does not know, no header it does not find."""
    result = run(
        "clangd-19", f"--check={project.source / source}", f"--compile-commands-dir={project.build}/clangd",
        "--clang-tidy=false", "--enable-config=false", "--check-locations=false", "--log=verbose", cwd=project.source,
    )  # fmt: skip
    said = result.stdout + result.stderr
    assert "Generic fallback command" not in said
    assert re.findall(r"^E\[[^]]*\] (.*)$", said, re.M) == []
    assert result.returncode == 0
    assert "All checks completed, 0 errors" in said


def test_clangd_finds_an_error(project: CMakeProject, tmp_path: Path) -> None:
    """The check above can fail: what GCC refuses, clangd marks."""
    text = (project.source / "pump.cc").read_text(encoding="utf-8")
    wrong = tmp_path / "pump.cc"
    wrong.write_text(text.replace("numbers.push(1", "numbers.pull(1"), encoding="utf-8")
    database = (project.build / "clangd/compile_commands.json").read_text(encoding="utf-8")
    (tmp_path / "compile_commands.json").write_text(
        database.replace(str(project.source / "pump.cc"), str(wrong)), encoding="utf-8"
    )
    result = run("clangd-19", f"--check={wrong}", f"--compile-commands-dir={tmp_path}", "--check-locations=false")
    assert result.returncode != 0
    assert "no member named 'pull'" in result.stderr
