# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""compile_commands.json: for programs that read C and C++ as the build does, clangd first of all."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from fixtures.axes import axis
from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.editor import CLANGD, editor
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject

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
    """A project with a C++ and a C source, configured and not built, for kernels that GCC built."""

    def at(directory: Path) -> CMakeProject:
        return CMakeProject(directory / "source", directory / "source/build", package, kernel.build)

    def make(directory: Path) -> None:
        project = at(directory)
        for name, text in SOURCES.items():
            project.write(name, text)
        project.lists(f"add_kernel_module(pump {' '.join(SOURCES)})\n")
        must(project.configure())

    return at(made_once(run_directory / f"compile-commands-{kernel.series}", make))


def test_database_has_every_source(project: CMakeProject) -> None:
    """C++ and C, without CMAKE_EXPORT_COMPILE_COMMANDS."""
    database = json.loads((project.build / "compile_commands.json").read_text(encoding="utf-8"))
    assert {entry["file"] for entry in database} == {str(project.source / name) for name in SOURCES}


def clangd_installed() -> list[str]:
    """Each clangd of this machine that is new enough; the oldest of those is required."""
    found = {path.name for path in Path("/usr/bin").glob("clangd-[0-9]*") if int(path.name.removeprefix("clangd-")) >= 19}
    return sorted(found | {CLANGD})


def checked(clangd: str, source: Path, *options: str | Path) -> list[str]:
    """The errors that @clangd finds in @source. It looks for the database as in an editor, unless @options name
    another.
    """
    result = run(clangd, f"--check={source}", "--clang-tidy=false", "--check-locations=false", "--log=verbose", *options, cwd=source.parent)
    said = result.stdout + result.stderr
    assert "Generic fallback command" not in said, said
    errors = re.findall(r"^E\[[^]]*\] (.*)$", said, re.M)
    assert ("All checks completed, 0 errors" in said) == (errors == []), said
    return errors


@pytest.mark.parametrize("clangd", clangd_installed())
@pytest.mark.parametrize("source", SOURCES)
def test_clangd_finds_no_error(source: str, clangd: str, project: CMakeProject) -> None:
    """clangd parses the sources for GCC by the build's own database, before the first build."""
    assert checked(clangd, project.source / source) == []


def test_clangd_finds_an_error(project: CMakeProject, tmp_path: Path) -> None:
    """The check above can fail: what GCC refuses, clangd marks."""
    text = (project.source / "pump.cc").read_text(encoding="utf-8")
    wrong = tmp_path / "pump.cc"
    wrong.write_text(text.replace("numbers.push(1", "numbers.pull(1"), encoding="utf-8")
    database = (project.build / "compile_commands.json").read_text(encoding="utf-8")
    (tmp_path / "compile_commands.json").write_text(
        database.replace(str(project.source / "pump.cc"), str(wrong)), encoding="utf-8"
    )
    (error,) = checked(CLANGD, wrong)
    assert "no member named 'pull'" in error


def test_opened_headers_have_no_errors(package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Every <kernel/….hpp>, opened in an editor from a source that includes it."""
    root = package / "share/kcxx/kbuild/include"
    headers = sorted((root / "kernel").rglob("*.hpp"))
    assert len(headers) > 50
    project = CMakeProject(tmp_path, tmp_path / "build", package, kernels["6.12"].build)
    source = project.write("pump.cc", "".join(f"#include <{header.relative_to(root)}>\n" for header in headers) + MODULE)
    project.lists("add_kernel_module(pump pump.cc)\n")
    must(project.configure())
    with editor(tmp_path) as opened:
        said = [line for file in [source, *headers] for line in opened.open(file)]
    assert [line for line in said if line.startswith("error: ")] == []


def test_compiler_gets_every_flag_of_kbuild(project: CMakeProject, tmp_path: Path) -> None:
    """Flags that the database lacks are added when the source is compiled, before those of the project, which win."""
    recorder = tmp_path / "recorder"
    recorder.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/arguments\nexec "$@"\n', encoding="utf-8")
    recorder.chmod(0o755)
    recorded = CMakeProject(tmp_path / "source", tmp_path / "build", project.package, project.kernel)
    recorded.write("pump.cc", SOURCES["pump.cc"])
    recorded.lists("add_kernel_module(pump pump.cc)\ntarget_compile_options(pump PRIVATE -O3 -Wno-error)\n")
    recorded.made(f"-DCMAKE_CXX_COMPILER_LAUNCHER={recorder}")
    arguments = (tmp_path / "arguments").read_text(encoding="utf-8").splitlines()
    facts = (recorded.build / "kcxx/.kcxx/facts.sh").read_text(encoding="utf-8")
    (flags,) = re.findall(r"^KCXX_CXX_FLAGS='(.*)'$", facts, re.M)
    own = f"-I{recorded.build}/kcxx/.kcxx/include"  # relative, for ccache
    assert [flag for flag in shlex.split(flags) if flag not in arguments and flag != own] == []
    assert arguments.index("-O3") > arguments.index("-O2")


# Plain Kbuild

KBUILD_SOURCES = {
    "sub/main.cc": """\
        #include <linux/module.h>
        #include <linux/pci.h>
        #include "hw.h"
        MODULE_LICENSE("GPL");
        MODULE_DESCRIPTION(NAME);
        static int probe(struct pci_dev *pdev, const struct pci_device_id *)
        {
        	return pdev->irq && *bytes(pdev) && hw_of(pdev)->class_ ? 0 : -ENODEV;
        }
        static const struct pci_device_id ids[] = {{PCI_DEVICE(0x1234, 0x11e8)}, {}};
        static struct pci_driver pump = {.name = "pump", .id_table = ids, .probe = probe};
        module_pci_driver(pump);
        """,
    "motor.c": SOURCES["motor.c"],
}
HEADERS = {
    "sub/hw.h": "#pragma once\n#include <linux/types.h>\nstruct hw { int class; };\nstatic inline struct hw *hw_of(void *p) { return p; }\n",
    "compat.h": "#ifndef COMPAT_H\n#define COMPAT_H\n#include <linux/types.h>\nstatic inline u8 *bytes(void *p) { return p; }\n#endif\n",
}
KBUILD = """\
    obj-m := pump.o
    pump-y := sub/main.o motor.o
    ccflags-y := -I$(src)/sub -DNAME='"a name"' -include $(src)/compat.h
    """


@pytest.fixture(scope="session", params=axis("g++-12", every=("clang++-19",)))
def kbuild(request: pytest.FixtureRequest, kernels: dict[str, Kernel], package: Path, kcxx: Path, run_directory: Path) -> KbuildProject:
    """A project of plain Kbuild, with the kernel's headers for editors"""

    def at(directory: Path) -> KbuildProject:
        return KbuildProject(directory, package, kernels["6.12"].build)

    def make(directory: Path) -> None:
        project = at(directory)
        for name, text in (KBUILD_SOURCES | HEADERS).items():
            project.write(name, text)
        project.kbuild(KBUILD)
        project.made(f"CXX={request.param}")
        must(run(kcxx, "bindings", directory, env={"KCXX_CACHE": str(directory / "cache")}))

    return at(made_once(run_directory / f"compile-commands-kbuild-{request.param}", make))


def test_database_of_kbuild_has_every_source(kbuild: KbuildProject) -> None:
    """C++ and C, and none of those that Kbuild writes"""
    database = json.loads((kbuild.directory / "compile_commands.json").read_text(encoding="utf-8"))
    assert {entry["file"] for entry in database} == {str(kbuild.directory / name) for name in KBUILD_SOURCES}


@pytest.mark.parametrize("source", KBUILD_SOURCES)
def test_clangd_finds_no_error_in_sources_of_kbuild(source: str, kbuild: KbuildProject) -> None:
    """clangd finds the database by the source's place alone."""
    assert checked(CLANGD, kbuild.directory / source) == []


def test_completion_offers_what_a_source_of_kbuild_does_not_name(kbuild: KbuildProject) -> None:
    """Members of the kernel's headers"""
    source = kbuild.directory / "sub/main.cc"
    with editor(kbuild.directory) as opened:
        opened.open(source)
        assert {"irq", "vendor", "msix_enabled"} <= opened.completions(source, "pdev->")


def test_build_of_kbuild_keeps_its_database(kernels: dict[str, Kernel], package: Path, kcxx: Path, tmp_path: Path) -> None:
    """A source that is compiled later, though in vain, is added; one that is gone is left out.

    No build makes a first database, nor writes over another program's.
    """
    project = KbuildProject(tmp_path / "source", package, kernels["6.12"].build)
    database = project.directory / "compile_commands.json"
    project.write("one.cc", SOURCES["pump.cc"])
    project.kbuild("obj-m := one.o\n")
    project.made()
    assert not database.exists()
    database.write_text("[]\n", encoding="utf-8")
    (project.directory / "one.o").unlink()
    project.made()
    assert database.read_text(encoding="utf-8") == "[]\n"
    must(run(kcxx, "bindings", project.directory, env={"KCXX_CACHE": str(tmp_path / "cache")}))
    (project.directory / "one.cc").unlink()
    project.write("two.cc", "#include <linux/list.h>\nint x = unknown;\n")
    project.kbuild("obj-m := two.o\n")
    assert project.make().returncode != 0
    (entry,) = json.loads(database.read_text(encoding="utf-8"))
    assert entry["file"] == str(project.directory / "two.cc")
    (error,) = checked(CLANGD, project.directory / "two.cc")
    assert "undeclared identifier 'unknown'" in error


def test_directory_that_kbuild_never_built_is_refused(kcxx: Path, tmp_path: Path) -> None:
    """The message has the line to type."""
    (tmp_path / "Kbuild").write_text("obj-m := one.o\n", encoding="utf-8")
    result = run(kcxx, "bindings", tmp_path)
    assert result.returncode == ExitStatus.USAGE
    assert "no compile_commands.json" in result.stderr
    assert "make -C" in result.stderr
