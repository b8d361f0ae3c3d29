# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Modules of one project that use each other's symbols: the line to write, and the option that makes it needless."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject, assert_refused, refusal
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel

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
    """The symbols, who exports them, and the line; it works. A symbol that no module exports is modpost's error
    alone.
    """
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
    """The option links the siblings whose symbols the sources name; a source that changes is read again."""
    project.write("panel.cc", PANEL.replace("valve_open", "pump_level"))
    project.lists(MODULES)
    project.made("-DKCXX_LINK_SIBLINGS=ON")
    assert depends(project.module("panel")) == {"pump"}
    assert project.pending().nothing
    project.write("panel.cc", PANEL)
    must(project.make())
    assert depends(project.module("panel")) == {"pump", "valve"}


# Names that valve exports, and that pump has for other things
OTHER_THINGS = """\
static int valve_open;
/* valve_shut() is not called: "valve_shut" */
#define valve_half 3
static DEFINE_MUTEX(valve_lock);
#if 1
static int valve_state(int state) {
#else
static int valve_state(void) {
#endif
	return state;
}
struct pump { struct { int turn; } valve_turn; };
int pump_use(struct pump *pump);
int pump_use(struct pump *pump)
{
	valve_open = valve_state(valve_half) + pump->valve_turn.turn;
	mutex_lock(&valve_lock);
	pr_info("valve_turns\\n");
	return 0;
}
static const struct { int valve_table; } table = { .valve_table = 3 };
int *pump_table(void);
int *pump_table(void) { return (int *)&table; }
"""
NAMES = ("valve_open", "valve_shut", "valve_half", "valve_lock", "valve_state", "valve_turns", "valve_early")


def c_module(body: str) -> str:
    """A module of C"""
    return f'#include <linux/module.h>\n#include <linux/mutex.h>\n{body}MODULE_LICENSE("GPL");\nMODULE_DESCRIPTION("one");\n'


@pytest.mark.parametrize("awk", ["mawk", "gawk", "busybox"])
def test_names_that_are_the_modules_own_are_no_symbols_of_siblings(awk: str, project: CMakeProject, tmp_path: Path) -> None:
    """A variable, a function, a macro, a lock, a comment, a text: the module is linked with none for those. The other one uses it."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/awk").write_text(f'#!/bin/sh\nexec {"busybox awk" if awk == "busybox" else awk} "$@"\n', encoding="utf-8")
    (tmp_path / "bin/awk").chmod(0o755)
    exports = "".join(f"int {name}(void);\nint {name}(void) {{ return 1; }}\nEXPORT_SYMBOL({name});\n" for name in NAMES)
    use = "int pump_level(void);\nint use(void);\nint use(void) { return pump_level(); }\n"
    level = "int pump_level(void);\nint pump_level(void) { return 1; }\nEXPORT_SYMBOL_GPL(pump_level);\n"
    project.write("pump.c", c_module(OTHER_THINGS + level))
    project.write("valve.c", c_module(exports + use))
    project.lists("add_kernel_module(valve valve.c)\nadd_kernel_module(pump pump.c)\n", languages="C")
    project.made("-DKCXX_LINK_SIBLINGS=ON")
    assert depends(project.module("pump")) == {""}
    assert depends(project.module("valve")) == {"pump"}


def test_modules_that_name_symbols_of_each_other_are_refused(project: CMakeProject) -> None:
    """A local variable with the name of an export counts as its use: the error has both names, and no third module."""
    project.write("pump.c", c_module("int a(void);\nint a(void) { int b = 1; return b; }\nEXPORT_SYMBOL(a);\n"))
    project.write("valve.c", c_module("int a(void);\nint b(void);\nint b(void) { return a(); }\nEXPORT_SYMBOL(b);\n"))
    project.write("panel.c", c_module("int a(void);\nint use(void);\nint use(void) { return a(); }\n"))
    project.lists("foreach(name IN ITEMS pump valve panel)\n  add_kernel_module(${name} ${name}.c)\nendforeach()\n", languages="C")
    said = refusal(project.configure("-DKCXX_LINK_SIBLINGS=ON"))
    assert "found:  pump names b of valve, valve names a of pump\n" in said
    assert "-D KCXX_LINK_SIBLINGS=OFF" in said


def test_file_by_a_relative_path_is_refused(project: CMakeProject) -> None:
    """CMake would look for a library of that name."""
    for file in ("Module.symvers", "../other/pump.ko"):
        project.lists(MODULES + f"target_link_libraries(panel PRIVATE {file})\n")
        assert f"target_link_libraries(panel PRIVATE ${{CMAKE_CURRENT_SOURCE_DIR}}/{file})" in refusal(project.configure())
