# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The kernel's headers in an editor: all that they declare, with its documentation, by compile_commands.json alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.editor import editor
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel

SOURCE = """\
    #include <linux/completion.h>
    #include <linux/module.h>
    #include <linux/pci.h>
    #include "pump_hw.h"
    MODULE_LICENSE("GPL");
    static struct completion pumped;
    static int probe(struct pci_dev *pdev, const struct pci_device_id *)
    {
    	pci_set_drvdata(pdev, nullptr);
    	init_completion(&pumped);
    	pump_hw_start(nullptr);
    	return pdev->irq ? 0 : -ENODEV;
    }
    static const struct pci_device_id ids[] = {{PCI_DEVICE(0x1234, 0x11e8)}, {}};
    static struct pci_driver pump = {.name = "pump", .id_table = ids, .probe = probe};
    module_pci_driver(pump);
    """

OWN_HEADER = """\
    #ifndef PUMP_HW_H
    #define PUMP_HW_H
    #include <linux/types.h>
    /* The registers of a pump */
    struct pump_hw {
    	u32 pressure; /* in Pa */
    };
    static inline u32 *pump_hw_start(void *registers)
    {
    	u32 *first = registers;
    	return first;
    }
    #endif
    """


def written(directory: Path, package: Path, kernel: Kernel) -> CMakeProject:
    """The project in @directory, not configured."""
    project = CMakeProject(directory, directory / "build", package, kernel.build)
    project.write("pump.cc", SOURCE)
    project.write("pump_hw.h", OWN_HEADER)
    project.lists("add_kernel_module(pump pump.cc)\n")
    return project


def errors(project: CMakeProject) -> list[str]:
    """The errors that an editor shows in the source."""
    with editor(project.source) as opened:
        return [line for line in opened.open(project.source / "pump.cc") if line.startswith("error: ")]


@pytest.fixture(scope="session", params=["g++-12", "clang++-19"])
def project(request: pytest.FixtureRequest, package: Path, kernels: dict[str, Kernel], kcxx: Path, run_directory: Path) -> CMakeProject:
    """A project whose editor has whole bindings, for a compiler of each family; it was never built."""

    def make(directory: Path) -> None:
        project = written(directory, package, kernels["6.12"])
        must(project.configure(f"-DKCXX_CXX_COMPILER={request.param}"))
        must(run(kcxx, "bindings", project.build, env={"KCXX_CACHE": str(directory / "cache")}))

    directory = made_once(run_directory / f"editor-{request.param}", make)
    return CMakeProject(directory, directory / "build", package, kernels["6.12"].build)


def test_source_has_no_error(project: CMakeProject) -> None:
    """Structs, macros and functions of the kernel, and those of the project's own C, are known before the first build."""
    assert errors(project) == []


def test_source_of_the_kernels_headers_and_the_library_has_no_error(project: CMakeProject, tmp_path: Path, kcxx: Path) -> None:
    """Both declare the same variable in a register, which macros use: it has one declaration."""
    both = CMakeProject(tmp_path, tmp_path / "build", project.package, project.kernel)
    both.write("pump.cc", """\
        #include <linux/preempt.h>
        #include <linux/uaccess.h>
        #include <kernel/prelude.hpp>
        #include <kernel/sync.hpp>
        int level(int __user *from);
        int level(int __user *from)
        {
        	int level;
        	return get_user(level, from) ? -EFAULT : level;
        }
        """)  # fmt: skip
    both.lists("add_kernel_module(pump pump.cc)\n")
    must(both.configure())
    must(run(kcxx, "bindings", both.build, env={"KCXX_CACHE": str(tmp_path / "cache")}))
    assert errors(both) == []


def test_completion_offers_what_the_source_does_not_name(project: CMakeProject) -> None:
    """Members and functions that no line of the source mentions yet."""
    source = project.source / "pump.cc"
    with editor(project.source) as opened:
        opened.open(source)
        assert {"irq", "vendor", "msix_enabled", "dev"} <= opened.completions(source, "pdev->")
        assert {"pci_enable_device", "pci_set_master"} <= opened.completions(source, "\tpci_")


def test_hover_shows_documentation(project: CMakeProject) -> None:
    """kernel-doc of a function, the comment beside a member, and the one before it."""
    source = project.source / "pump.cc"
    with editor(project.source) as opened:
        opened.open(source)
        assert "Initialize a dynamically allocated completion" in opened.hover(source, "init_completion")
        assert "Instead of touching interrupt line" in opened.hover(source, "pdev->irq")
        assert "PCI driver structure" in opened.hover(source, "struct pci_driver")


def test_clang_tidy_reads_the_source(project: CMakeProject) -> None:
    """clang-tidy finds the same headers, and nothing to report in them."""
    result = run("clang-tidy-19", "-p", project.build, "--checks=-*,clang-diagnostic-*,bugprone-*", project.source / "pump.cc")
    assert result.returncode == 0, result.stdout
    assert "error:" not in result.stdout


def test_build_leaves_the_editor_without_error(package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Without whole bindings, an editor has those of the build, failed or not. The compiler reads none of an editor's."""
    project = written(tmp_path, package, kernels["6.12"])
    source = project.source / "pump.cc"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("pdev->irq", "pdev->valve"), encoding="utf-8")
    must(project.configure())
    assert project.make().returncode != 0
    (error,) = errors(project)
    assert "no member named 'valve' in 'pci_dev'" in error.lower()
    source.write_text(text, encoding="utf-8")
    must(project.make())
    assert errors(project) == []
    (dependencies,) = project.build.rglob("pump.cc.o.deps")
    assert "/editor/" not in dependencies.read_text(encoding="utf-8")


def test_build_makes_bindings_in_the_background(package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """A build that is not continuous integration's starts one job of the least priority, and does not wait for it."""
    ended = tmp_path / "ended"
    os.mkfifo(ended)
    nice = tmp_path / "bin/nice"
    nice.parent.mkdir()
    nice.write_text(f'#!/bin/sh\n"{shutil.which("nice")}" "$@"\necho "$*" > {ended}\n', encoding="utf-8")
    nice.chmod(0o755)
    project = written(tmp_path / "project", package, kernels["6.12"])
    must(project.configure())
    must(project.make(env={"CI": "", "KCXX_CACHE": str(tmp_path / "cache"), "PATH": f"{nice.parent}:{os.environ['PATH']}"}))
    assert ended.read_text(encoding="utf-8").startswith("-n 19 ")
    (link,) = (project.build / "kcxx/.kcxx/editor").glob("*/include")
    assert link.resolve().is_relative_to(tmp_path / "cache/bindings")


def test_projects_share_bindings(package: Path, kernels: dict[str, Kernel], kcxx: Path, tmp_path: Path) -> None:
    """The bindings of the same headers and flags are made once, wherever the project is and whatever its module's name."""
    links = []
    for name in ("pump", "motor"):
        project = CMakeProject(tmp_path / name, tmp_path / name / "build", package, kernels["6.12"].build)
        project.write(f"{name}.cc", f"#include <linux/kref.h>\nstruct kref {name};\n")
        project.lists(f"add_kernel_module({name} {name}.cc)\n")
        must(project.configure())
        must(run(kcxx, "bindings", project.build, env={"KCXX_CACHE": str(tmp_path / "cache")}))
        links += [link.resolve() for link in (project.build / "kcxx/.kcxx/editor").glob("*/include")]
    assert len(links) == 2
    assert len(set(links)) == 1


def test_bindings_need_a_database(kcxx: Path, tmp_path: Path) -> None:
    """A directory that CMake never configured is refused with the line to type."""
    result = run(kcxx, "bindings", tmp_path)
    assert result.returncode == ExitStatus.USAGE
    assert "no compile_commands.json" in result.stderr
    assert "cmake -B build, then kcxx bindings build" in result.stderr
