# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The project of the DKMS package pumps 1.0: two modules with everything that a tree has to bring along."""

from __future__ import annotations

from pathlib import Path

from cmake_project import CMakeProject
from conftest import Kernel, made_once

# Folders, C beside C++, a listed header and one that is only included, a generated one, definitions
# of a module and of one source.
SOURCES = {
    "include/pump/pump.hpp": """\
        #pragma once
        extern "C" int pump_level(void);
        inline constexpr int pump_steps = 3;
        """,
    "pump/main.cc": """\
        #include <kernel/prelude.hpp>
        #include <pump/pump.hpp>
        #include "parts/valve.hpp"
        #include "rates.hpp"
        MODULE_LICENSE("GPL");
        MODULE_VERSION("1.0");
        namespace {
        struct Pump {
        	static kernel::Result<Pump> init(kernel::ThisModule &)
        	{
        		pr_info("%s at %d\\n", LABEL, pump_level() + valve_opening + rate);
        		return Pump{};
        	}
        };
        }
        KERNEL_MODULE(Pump);
        """,
    "pump/parts/valve.hpp": "#pragma once\ninline constexpr int valve_opening = 20;\n",
    "pump/level.c": """\
        #include <linux/export.h>
        int pump_level(void);
        int pump_level(void)
        {
        	return LEVEL;
        }
        EXPORT_SYMBOL_GPL(pump_level);
        """,
    "gauge.cc": """\
        #include <kernel/prelude.hpp>
        #include <pump/pump.hpp>
        MODULE_LICENSE("GPL");
        namespace {
        struct Gauge {
        	static kernel::Result<Gauge> init(kernel::ThisModule &)
        	{
        		pr_info("the pump is at %d of %d\\n", pump_level(), pump_steps);
        		return Gauge{};
        	}
        };
        }
        KERNEL_MODULE(Gauge);
        """,
}
LISTS = """\
    file(CONFIGURE OUTPUT made/rates.hpp CONTENT "#pragma once\\ninline constexpr int rate = 300;\\n")
    add_kernel_module(pump pump/main.cc pump/level.c)
    target_include_directories(pump PRIVATE include ${CMAKE_CURRENT_BINARY_DIR}/made)
    target_compile_definitions(pump PRIVATE [[LABEL="pump's $5"]])
    set_source_files_properties(pump/level.c PROPERTIES COMPILE_DEFINITIONS LEVEL=1)
    add_kernel_module(gauge gauge.cc)
    target_include_directories(gauge PRIVATE include)
    target_link_libraries(gauge PRIVATE pump)
"""
PACKAGE = "add_dkms_package(pumps VERSION 1.0 MODULES pump gauge)\n"
LOGGED = ["pump: pump's $5 at 321", "gauge: the pump is at 1 of 3"]


# The same modules once more, in a package each: versions by name
PACKAGES_OF_ONE = {"pump": "1.0", "gauge": "2.0"}
OTHERS = """\
    add_dkms_package(pump VERSION 1.0 MODULES pump)
    add_dkms_package(gauge VERSION 2.0 MODULES gauge DEPENDS_ON pump)
"""


def write_project(project: CMakeProject, lists: str) -> CMakeProject:
    """Makes @project that of the two modules, with @lists."""
    for name, text in SOURCES.items():
        project.write(name, text)
    project.lists(lists)
    return project


def pumps_once(run_directory: Path, package: Path, kernel: Kernel) -> CMakeProject:
    """That project, built for @kernel by the test that came first: the tree is pumps-1.0, beside those of
    PACKAGES_OF_ONE; another build directory is in the sources. Not to be changed."""
    directory = run_directory / "pumps"
    project = CMakeProject(directory / "source", directory / "build", package, kernel.build)

    def make(_: Path) -> None:
        for name in ("CMakeCache.txt", "made.hpp"):
            project.write(f"another/{name}", "")
        write_project(project, LISTS + PACKAGE + OTHERS).made()

    made_once(directory, make)
    return project
