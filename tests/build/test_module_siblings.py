# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Modules of one project that use each other's symbols: the line to write, and the option that makes it needless."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmake_project import MODULE, CMakeProject, assert_refused, refusal
from conftest import Kernel, must, run

PUMP = MODULE + 'extern "C" int pump_level();\nint pump_level() { return 1; }\nEXPORT_SYMBOL_GPL(pump_level);\n'
VALVE = "#include <linux/export.h>\n#include <linux/module.h>\nint valve_open(void);\nint valve_open(void) { return 2; }\nEXPORT_SYMBOL( valve_open );\nMODULE_LICENSE(\"GPL\");\nMODULE_DESCRIPTION(\"valve\");\n"
PANEL = 'extern "C" int pump_level();\nextern "C" int valve_open();\nint panel();\nint panel() { return pump_level() + valve_open(); }\n' + MODULE
MODULES = "add_kernel_module(panel panel.cc)\nadd_kernel_module(pump pump.cc)\nadd_kernel_module(valve valve.c)\n"


@pytest.fixture
def project(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> CMakeProject:
    """Two modules that export, and one that uses both"""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    for name, text in (("pump.cc", PUMP), ("valve.c", VALVE), ("panel.cc", PANEL)):
        project.write(name, text)
    return project


def depends(module: Path) -> set[str]:
    """The modules that are loaded first"""
    return set(must(run("modinfo", "-F", "depends", module)).strip().split(","))


def test_symbol_of_a_sibling_is_explained(project: CMakeProject) -> None:
    """The symbols, who exports them, and the line; it works. A symbol that nobody has is modpost's error alone."""
    project.lists(MODULES)
    must(project.configure())
    line = "target_link_libraries(panel PRIVATE pump valve)"
    assert_refused(
        project.make("panel"), "*** kcxx: the module panel uses symbols of modules that it is not linked with",
        "found: pump_level of pump, valve_open of valve", f"type: {line}, or cmake -D KCXX_LINK_SIBLINGS=ON",
    )  # fmt: skip
    project.lists(MODULES + line + "\n")
    project.made()
    assert depends(project.module("panel")) == {"pump", "valve"}
    project.write("panel.cc", PANEL.replace("valve_open", "valve_shut"))
    result = project.make()
    assert_refused(result, '"valve_shut"', "undefined!")
    assert "*** kcxx" not in result.stdout + result.stderr


def test_option_links_siblings(project: CMakeProject) -> None:
    """Those whose symbols the sources name; a source that changes is read again."""
    project.write("panel.cc", PANEL.replace("valve_open", "pump_level"))
    project.lists(MODULES)
    project.made("-DKCXX_LINK_SIBLINGS=ON")
    assert depends(project.module("panel")) == {"pump"}
    assert project.pending().nothing
    project.write("panel.cc", PANEL)
    must(project.make())
    assert depends(project.module("panel")) == {"pump", "valve"}


def test_file_by_a_relative_path_is_refused(project: CMakeProject) -> None:
    """CMake would look for a library of that name."""
    for file in ("Module.symvers", "../other/pump.ko"):
        project.lists(MODULES + f"target_link_libraries(panel PRIVATE {file})\n")
        assert f"target_link_libraries(panel PRIVATE ${{CMAKE_CURRENT_SOURCE_DIR}}/{file})" in refusal(project.configure())
