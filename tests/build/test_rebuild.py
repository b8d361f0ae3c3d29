# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Building again: what changed is made anew, what did not is left alone, and no module is ever stale."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.axes import CXX
from fixtures.changed_kernel import ChangedKernel, change, copy_of
from fixtures.cmake_project import MODULE, CMakeProject, compiled, linked
from fixtures.commands import must, run
from fixtures.directories import new_directory
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject, steps
from fixtures.module_file import modinfo_field, sections

SOURCES = {
    "pump/pump.h": """\
        #pragma once
        #ifdef __cplusplus
        extern "C"
        #endif
        int pump_speed(int factor);
        """,
    "pump/pump.cc": MODULE
    + '#include "pump.h"\nint pump_speed(int factor) { return 3 * factor; }\nEXPORT_SYMBOL_GPL(pump_speed);\n',
    "pump/valve.cc": """\
        #include <kernel/prelude.hpp>
        int valve();
        int valve() { kernel::bindings::kfree(nullptr); return 4; }
        """,
    "pump/motor.h": "#define MOTORS 2\n",
    "pump/motor.c": """\
        #include <linux/list.h>
        #include "motor.h"
        int motors(void);
        int motors(void) { return MOTORS; }
        """,
    "meter/meter.cc": MODULE
    + '#include "../pump/pump.h"\nint meter();\nint meter() { return pump_speed(1); }\n',
}
LISTS = """\
    add_kernel_module(pump pump/pump.cc pump/valve.cc pump/motor.c)
    add_kernel_module(meter meter/meter.cc)
    target_link_libraries(meter PRIVATE pump)
    """
KBUILD = """\
    obj-m := pump.o meter.o
    pump-y := pump/pump.o pump/valve.o pump/motor.o
    meter-y := meter/meter.o
    """
CXX_SOURCES = {"pump.cc", "valve.cc", "meter.cc"}
ALL_SOURCES = CXX_SOURCES | {"motor.c"}
MODULES = {"pump.ko", "meter.ko"}


def append(path: Path, text: str) -> None:
    """Adds a line to a file that may be a hard link to one that has to stay as it is."""
    change(path, (was := path.read_text(encoding="utf-8")), f"{was}{text}\n")


@dataclass
class Workshop:
    """A project all of whose inputs may be changed: its sources, kcxx, the kernel directory, the compiler."""

    project: CMakeProject
    kernel: Path
    headers: ChangedKernel
    compiler: Path


@pytest.fixture(scope="session")
def built_workshop(
    kernels: dict[str, Kernel], package: Path, run_directory: Path
) -> Iterator[Workshop]:
    """Makes one for each worker: copies of the package and the kernel's headers, and a wrapper of the compiler."""
    directory = new_directory(run_directory, "rebuild-workshop")
    shutil.copytree(package, directory / "package")
    kernel = copy_of(kernels["6.12"], directory)
    compiler = directory / "g++"
    compiler.write_text(f'#!/bin/sh\n# 1\nexec {CXX["gcc"]} "$@"\n', encoding="utf-8")
    compiler.chmod(0o755)
    project = CMakeProject(directory / "source", directory / "build", directory / "package", kernel.build)
    for name, text in SOURCES.items():
        project.write(name, text)
    project.lists(LISTS)
    project.made(f"-DKCXX_CXX_COMPILER={compiler}")
    yield Workshop(project, kernel.build, kernel, compiler)
    shutil.rmtree(directory / "root")


@pytest.fixture
def workshop(built_workshop: Workshop) -> Workshop:
    """The project, all built: whatever the test before this one changed."""
    must(built_workshop.project.make())
    assert built_workshop.project.pending().nothing
    return built_workshop


# Nothing changed


def test_unchanged_project_is_not_built(workshop: Workshop) -> None:
    """Ninja has nothing to do, not even a step that finds nothing."""
    assert must(workshop.project.make()).splitlines()[-1] == "ninja: no work to do."


def test_configured_again_unchanged_project_is_not_built(workshop: Workshop) -> None:
    """A cmake run that finds the same facts makes nothing out of date."""
    must(workshop.project.configure())
    pending = workshop.project.pending()
    assert pending.compiled == set()
    assert pending.linked == []


# Sources and headers


def test_changed_source_is_compiled_alone(workshop: Workshop) -> None:
    """Only the object of a changed source and its module are made again."""
    append(workshop.project.source / "meter/meter.cc", "// changed")
    pending = workshop.project.pending()
    assert pending.compiled == {"meter.cc"}
    assert pending.linked == ["meter.ko"]


def test_changed_header_compiles_its_users(workshop: Workshop) -> None:
    """A changed header compiles the sources that include it, in every module."""
    append(workshop.project.source / "pump/pump.h", "// changed")
    pending = workshop.project.pending()
    assert pending.compiled == {"pump.cc", "meter.cc"}
    assert pending.linked == ["pump.ko", "meter.ko"]


def test_changed_header_of_a_c_source_compiles_it(workshop: Workshop) -> None:
    """C sources have their dependencies as well."""
    append(workshop.project.source / "pump/motor.h", "/* changed */")
    assert workshop.project.pending().compiled == {"motor.c"}


def test_removed_module_is_linked_again(workshop: Workshop) -> None:
    """A module that was removed is linked of its objects, without a compilation."""
    workshop.project.module("meter").unlink()
    pending = workshop.project.pending()
    assert pending.compiled == set()
    assert pending.linked == ["meter.ko"]


def test_changed_export_links_its_users(workshop: Workshop) -> None:
    """The user of a symbol carries its CRC: another type, and the user has the new one."""
    before = versions(workshop.project.module("meter"))["pump_speed"]
    for name in ("pump/pump.h", "pump/pump.cc"):
        change(workshop.project.source / name, "pump_speed(int factor)", "pump_speed(long factor)")
    assert workshop.project.pending().linked == ["pump.ko", "meter.ko"]
    must(workshop.project.make())
    after = versions(workshop.project.module("meter"))["pump_speed"]
    assert after != before


def test_no_longer_used_symbol_is_no_longer_needed(workshop: Workshop) -> None:
    """The modules that a module depends on follow its sources."""
    path = workshop.project.source / "meter/meter.cc"
    assert modinfo_field(workshop.project.module("meter"), "depends") == "pump"
    change(path, "return pump_speed(1);", "return 1;")
    must(workshop.project.make())
    without = modinfo_field(workshop.project.module("meter"), "depends")
    change(path, "return pump_speed(1);", "return 1;")
    must(workshop.project.make())
    assert without == ""
    assert modinfo_field(workshop.project.module("meter"), "depends") == "pump"


def versions(module: Path) -> dict[str, int]:
    """The symbols a module uses, with the CRCs it was built with."""
    lines = must(run("/sbin/modprobe", "--dump-modversions", module)).splitlines()
    return {name: int(crc, 16) for crc, name in (line.split("\t") for line in lines)}


# The parts of the kernel that a link reads


def kept_btf(workshop: Workshop, name: str) -> Path:
    """The BTF that a link of the module @name keeps for the next one"""
    return workshop.project.module(name).parent / f".{name}.kmod/btf"


def relinked(workshop: Workshop, name: str) -> bytes:
    """The module @name after one more link"""
    workshop.project.module(name).unlink()
    must(workshop.project.make())
    return workshop.project.module(name).read_bytes()


def test_kept_btf_makes_the_module_that_pahole_makes(workshop: Workshop) -> None:
    """The second link of a module without C adds the section itself, and the bytes of the module are the same."""
    kept = kept_btf(workshop, "meter")
    first_of_all = kept.stat().st_mtime_ns
    by_kept = relinked(workshop, "meter")
    assert kept.stat().st_mtime_ns == first_of_all
    kept.unlink()
    assert relinked(workshop, "meter") == by_kept
    assert kept.stat().st_mtime_ns > first_of_all


def test_kept_btf_is_made_anew_of_other_names(workshop: Workshop) -> None:
    """BTF has functions whose names the module has: an edit that adds a symbol runs pahole."""
    kept = kept_btf(workshop, "meter")
    before = kept.stat().st_mtime_ns
    append(workshop.project.source / "meter/meter.cc", "int more(); int more() { return 1; }")
    must(workshop.project.make())
    assert kept.stat().st_mtime_ns > before


def test_btf_of_c_is_never_kept(workshop: Workshop) -> None:
    """pump has a C source, whose types are in its BTF."""
    assert not kept_btf(workshop, "pump").exists()


def test_pahole_that_is_too_old_is_no_obstacle(workshop: Workshop, tmp_path: Path) -> None:
    """The module without C has no BTF then, and none is kept."""
    old = tmp_path / "pahole"
    old.write_text("#!/bin/sh\nexit 64\n", encoding="utf-8")
    old.chmod(0o755)
    workshop.project.module("meter").unlink()
    result = workshop.project.make("meter", env={"PATH": f"{tmp_path}:{os.environ['PATH']}"})
    assert " gets no BTF: " in must(result) + result.stderr
    assert ".BTF" not in {section.name for section in sections(workshop.project.module("meter"))}
    assert not kept_btf(workshop, "meter").exists()


def test_link_reads_the_lines_of_the_module_alone(workshop: Workshop) -> None:
    """modpost gets the lines of Module.symvers with names of the module, and the module has the versions of the kernel."""
    module = workshop.project.module("pump")
    used = versions(module)
    lines = (module.parent / ".pump.kmod/kernel.symvers").read_text(encoding="utf-8").splitlines()
    of_kernel = {line.split("\t")[1]: int(line.split("\t")[0], 16) for line in lines}
    assert used.items() <= of_kernel.items() and "kfree" in used
    assert len(lines) < 50


# The kernel


def test_changed_kernel_header_compiles_its_users(workshop: Workshop) -> None:
    """A header that a C source of the module includes."""
    append(workshop.headers.header("include/linux/list.h"), "/* changed */")
    assert "motor.c" in compiled(must(workshop.project.make()))


def test_changed_kernel_header_of_the_library_is_looked_at(workshop: Workshop) -> None:
    """The library's bindings are made anew; where they come out the same, no C++ is compiled."""
    append(workshop.headers.header("include/linux/slab.h"), "/* changed */")
    assert compiled(must(workshop.project.make())) & CXX_SOURCES == set()
    assert workshop.project.pending().nothing


def test_changed_kernel_constant_reaches_cxx(workshop: Workshop) -> None:
    """A constant that C++ knows from the kernel's headers is that of the headers as they are now."""
    change(workshop.headers.header("include/uapi/asm-generic/errno-base.h"), "ENOMEM\t\t12", "ENOMEM\t\t13")
    assert compiled(must(workshop.project.make())) == CXX_SOURCES


@pytest.mark.parametrize("file", [".config", "include/config/auto.conf", "include/generated/autoconf.h"])
def test_changed_configuration_is_looked_at(file: str, workshop: Workshop) -> None:
    """CMake asks Kbuild again when the kernel's configuration changed, in whichever of its forms."""
    append(workshop.kernel / file, "" if file.endswith(".h") else "# changed")
    assert workshop.project.pending().reconfigures


def test_changed_option_compiles_what_sees_it(workshop: Workshop) -> None:
    """An option in autoconf.h: every source, for every source includes it."""
    for file in (".config", "include/config/auto.conf"):
        append(workshop.kernel / file, "CONFIG_OF_NOBODY=y")
    append(workshop.kernel / "include/generated/autoconf.h", "#define CONFIG_OF_NOBODY 1")
    assert compiled(must(workshop.project.make())) == ALL_SOURCES


def test_changed_option_changes_the_flags(workshop: Workshop) -> None:
    """A flag that Kbuild takes from the configuration is on the command line of the next build."""
    for file in (".config", "include/config/auto.conf"):
        change(workshop.kernel / file, "CONFIG_FRAME_WARN=2048", "CONFIG_FRAME_WARN=1024")
    change(workshop.kernel / "include/generated/autoconf.h", "CONFIG_FRAME_WARN 2048", "CONFIG_FRAME_WARN 1024")
    assert compiled(must(workshop.project.make())) == ALL_SOURCES
    (wanted,) = re.findall(r"CONFIG_FRAME_WARN=(\d+)", (workshop.kernel / "include/config/auto.conf").read_text())
    assert all(f"-Wframe-larger-than={wanted}" in command for command in commands(workshop.project).values())


# The compiler and kcxx


def test_replaced_compiler_compiles_everything(workshop: Workshop) -> None:
    """Another file behind the same name is another compiler: every C++ source is compiled anew."""
    change(workshop.compiler, "# 1", "# 2")
    assert compiled(must(workshop.project.make())) >= CXX_SOURCES


def test_changed_header_of_kcxx_compiles_its_users(workshop: Workshop) -> None:
    """An update of the package: every source that includes the header, and no other."""
    append(workshop.project.package / "share/kcxx/kbuild/include/kernel/prelude.hpp", "// changed")
    assert compiled(must(workshop.project.make())) == CXX_SOURCES


def test_changed_runtime_of_kcxx_links_every_module(workshop: Workshop) -> None:
    """An update of the runtime: it is in every module, but in no object of theirs."""
    append(workshop.project.package / "share/kcxx/kbuild/runtime/bug.cc", "int kcxx_changed;")
    said = must(workshop.project.make())
    assert compiled(said) == set()
    assert linked(said) == MODULES


def test_changed_flags_of_kcxx_compile_what_they_are_for(workshop: Workshop) -> None:
    """An update of the flag translation: all C++ and no C."""
    flags = workshop.project.package / "share/kcxx/kbuild/Makefile.cxxflags"
    change(flags, "-fno-rtti\t", "-fno-rtti -fno-unroll-loops\t")
    assert compiled(must(workshop.project.make())) == CXX_SOURCES


# CMakeLists.txt


def commands(project: CMakeProject) -> dict[str, str]:
    """Returns each command of compile_commands.json by the name of its source."""
    database = json.loads((project.build / "compile_commands.json").read_text(encoding="utf-8"))
    return {Path(entry["file"]).name: entry["command"] for entry in database}


def test_changed_definition_compiles_its_target(workshop: Workshop) -> None:
    """target_compile_definitions() on one module leaves the other alone."""
    workshop.project.lists(LISTS + "    target_compile_definitions(pump PRIVATE METERED=3)\n")
    said = must(workshop.project.make())
    workshop.project.lists(LISTS)
    assert compiled(said) == {"pump.cc", "valve.cc", "motor.c"}


@pytest.fixture
def flags_project(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> CMakeProject:
    """A project of one module, not configured."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("sample.cc", MODULE)
    project.write("part.c", "int part(void);\nint part(void) { return 1; }\n")
    return project


def test_flags_of_user_space_do_not_reach_a_module(flags_project: CMakeProject) -> None:
    """Build type, CMAKE_CXX_FLAGS, CXXFLAGS, directory options and properties: the same commands, the same .ko."""
    call = "add_kernel_module(sample sample.cc part.c)\n"
    flags_project.lists(call)
    flags_project.made()
    plain = commands(flags_project), flags_project.module("sample").read_bytes()
    flags_project.remove_build()
    flags_project.lists(
        "set(CMAKE_CXX_STANDARD 17)\n"
        "set(CMAKE_C_STANDARD 17)\n"
        "set(CMAKE_POSITION_INDEPENDENT_CODE ON)\n"
        "set(CMAKE_CXX_VISIBILITY_PRESET hidden)\n"
        "set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)\n"
        "set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)\n"
        "set(CMAKE_UNITY_BUILD ON)\n"
        "set(CMAKE_DEBUG_POSTFIX d)\n"
        "set(CMAKE_SHARED_LIBRARY_PREFIX so)\n"
        "add_compile_options(-funroll-loops)\n"
        "add_compile_definitions(OF_THE_DIRECTORY)\n"
        "include_directories(/usr/include)\n"
        "add_link_options(-Wl,--as-needed)\n"
        "link_libraries(m)\n" + call
    )
    must(
        flags_project.configure(
            "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS=-O1 -march=native", "-DCMAKE_C_FLAGS=-O1",
            "-DCMAKE_SHARED_LINKER_FLAGS=-Wl,-z,now", "-DBUILD_SHARED_LIBS=ON",
            env={"CXXFLAGS": "-DOF_THE_ENVIRONMENT", "CFLAGS": "-DOF_THE_ENVIRONMENT", "LDFLAGS": "-Wl,-O1"},
        )
    )  # fmt: skip
    must(flags_project.make())
    assert commands(flags_project) == plain[0]
    assert flags_project.module("sample").read_bytes() == plain[1]


def test_flags_of_the_target_reach_it(flags_project: CMakeProject) -> None:
    """Options for the module or its sources reach the compiler, also if they are set after add_kernel_module()."""
    flags_project.lists(
        "add_kernel_module(sample sample.cc part.c)\n"
        "target_compile_options(sample PRIVATE -Wshadow $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>)\n"
        "target_compile_definitions(sample PRIVATE OF_THE_TARGET=1)\n"
        "target_include_directories(sample PRIVATE include)\n"
        "set_source_files_properties(sample.cc PROPERTIES COMPILE_DEFINITIONS OF_THE_SOURCE=2)\n"
        "set_source_files_properties(part.c PROPERTIES COMPILE_OPTIONS -Wundef)\n"
    )
    must(flags_project.configure())
    both = {"-Wshadow", "-DOF_THE_TARGET=1", f"-I{flags_project.source}/include"}
    cxx = set(commands(flags_project)["sample.cc"].split())
    c = set(commands(flags_project)["part.c"].split())
    assert both | {"-Wnon-virtual-dtor", "-DOF_THE_SOURCE=2"} <= cxx
    assert both | {"-Wundef"} <= c
    assert "-Wnon-virtual-dtor" not in c
    assert "-DOF_THE_SOURCE=2" not in c


# Kbuild alone


@pytest.fixture(scope="session")
def built_kbuild(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> KbuildProject:
    """The same sources with a Kbuild file, and a package of its own, for each worker."""
    directory = new_directory(run_directory, "rebuild-kbuild")
    shutil.copytree(package, directory / "package")
    project = KbuildProject(directory / "source", directory / "package", kernels["6.12"].build)
    for name, text in SOURCES.items():
        project.write(name, text)
    project.kbuild(KBUILD)
    return project


@pytest.fixture
def kbuild(built_kbuild: KbuildProject) -> KbuildProject:
    """The project, all built."""
    built_kbuild.made()
    return built_kbuild


def compiled_by(said: str) -> set[str]:
    """Returns the objects of the project that make compiled; not the runtime's."""
    return {Path(path).name for what, path in steps(said) if what in ("CC", "CXX")} - {
        Path(path).name for what, path in steps(said) if ".kcxx/" in path or path.endswith(".mod.o")
    }


def test_unchanged_directory_is_not_built(kbuild: KbuildProject) -> None:
    """make compiles, links and post-processes nothing."""
    assert steps(kbuild.made()) == []


def test_changed_source_is_compiled_alone_by_kbuild(kbuild: KbuildProject) -> None:
    """Only the object of a changed source and its module are made again."""
    append(kbuild.directory / "meter/meter.cc", "// changed")
    done = steps(kbuild.made())
    assert [path for what, path in done if what in ("CC", "CXX") and not path.endswith(".mod.o")] == ["meter.o"]
    assert {path for what, path in done if what == "LD"} >= {"meter.o", "meter.ko"}


def test_changed_header_compiles_its_users_by_kbuild(kbuild: KbuildProject) -> None:
    """A changed header compiles the sources that include it, in every module."""
    append(kbuild.directory / "pump/pump.h", "// changed")
    assert compiled_by(kbuild.made()) == {"pump.o", "meter.o"}


def test_changed_flag_compiles_all_cxx_by_kbuild(kbuild: KbuildProject) -> None:
    """cxxflags-y is for all C++ and no C; CXXFLAGS_foo.o for one object."""
    kbuild.kbuild(KBUILD + "    cxxflags-y += -DMETERED=3\n")
    assert compiled_by(kbuild.made()) == {"pump.o", "valve.o", "meter.o"}
    kbuild.kbuild(KBUILD + "    cxxflags-y += -DMETERED=3\n    CXXFLAGS_pump/valve.o += -DOPEN\n")
    assert compiled_by(kbuild.made()) == {"valve.o"}
    kbuild.kbuild(KBUILD)


def test_changed_header_of_kcxx_compiles_its_users_by_kbuild(kbuild: KbuildProject) -> None:
    """An update of the package reaches plain Kbuild builds as well."""
    append(kbuild.package / "share/kcxx/kbuild/include/kernel/prelude.hpp", "// changed")
    assert compiled_by(kbuild.made()) == {"pump.o", "valve.o", "meter.o"}
