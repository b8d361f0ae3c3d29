# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Objects that come as they are: by the word PREBUILT, named, with their CRCs, in CMake and in DKMS trees."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from fixtures.axes import CXX
from fixtures.cmake_project import MODULE, CMakeProject, assert_refused, refusal
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject

ENGINE = """\
#include <linux/export.h>
int engine_speed(int gear);
int engine_speed(int gear) { return gear * 10; }
EXPORT_SYMBOL_GPL(engine_speed);
"""
USER = 'extern "C" int engine_speed(int);\nint use();\nint use() { return engine_speed(2); }\n'


@pytest.fixture
def engine(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> Path:
    """The directory in which Kbuild made engine.o, which exports a symbol, and left its CRC"""
    kbuild = KbuildProject(tmp_path / "vendor", package, kernels["6.12"].build)
    kbuild.write("engine.c", ENGINE)
    kbuild.write("main.c", '#include <linux/module.h>\nMODULE_LICENSE("GPL");\nMODULE_DESCRIPTION("engine");\n')
    kbuild.write("Kbuild", "obj-m := vendor.o\nvendor-y := main.o engine.o\n")
    kbuild.made()
    return kbuild.directory


@pytest.fixture
def project(kernels: dict[str, Kernel], package: Path, tmp_path: Path, engine: Path) -> CMakeProject:
    """A module that uses the object, in the folder blob of its sources"""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("sample.cc", USER + MODULE)
    (project.source / "blob").mkdir()
    shutil.copy(engine / "engine.o", project.source / "blob/engine.o")
    shutil.copy(engine / ".engine.o.cmd", project.source / "blob/.engine.o.cmd")
    return project


def crc_of(symvers: Path, symbol: str) -> str:
    """The CRC of an export, as a Module.symvers has it"""
    found = re.search(rf"^(0x[0-9a-f]+)\t{symbol}\t", symvers.read_text(), re.M)
    assert found, symvers.read_text()
    return found[1]


@pytest.mark.parametrize(
    ("cxx", "name"), [(CXX["gcc"], "engine.o"), (CXX["clang"], "engine.o_binary"), (CXX["gcc"], "engine.o_shipped")]
)
def test_prebuilt_object_is_linked_and_named(cxx: str, name: str, project: CMakeProject, engine: Path) -> None:
    """The object's code and CRCs stay; the build and modinfo name it; the DKMS tree has it, and builds twice."""
    blob = project.source / "blob/engine.o"
    blob.rename(blob.with_name(name))
    project.lists(f"add_kernel_module(sample sample.cc PREBUILT blob/{name})\nadd_dkms_package(sample VERSION 1 MODULES sample)\n")
    said = project.made(f"-DKCXX_CXX_COMPILER={cxx}")
    assert f"kcxx: sample.ko has an object that comes as it is, of which no flag is known: {blob.with_name(name)}" in said
    crc = crc_of(engine / "Module.symvers", "engine_speed")
    assert crc != "0x00000000"
    assert crc_of(project.build / "sample.symvers", "engine_speed") == crc
    assert must(run("modinfo", "-F", "kcxx_prebuilt", project.module("sample"))) == f"{name}\n"

    tree = project.build / "sample-1"
    for goal in ("modules", "clean", "modules"):
        must(run("make", "-C", project.kernel, f"M={tree}", f"CXX={cxx}", goal))
    assert crc_of(tree / "Module.symvers", "engine_speed") == crc
    assert must(run("modinfo", "-F", "kcxx_prebuilt", tree / "sample.ko")) == f"{name}\n"


def test_prebuilt_object_that_changes_is_linked_again(project: CMakeProject) -> None:
    """The object is a prerequisite of the module and of the tree."""
    project.lists("add_kernel_module(sample sample.cc PREBUILT blob/engine.o)\nadd_dkms_package(sample VERSION 1 MODULES sample)\n")
    project.made()
    assert project.pending().nothing
    (project.source / "blob/engine.o").touch()
    pending = project.pending()
    assert pending.linked == ["sample.ko"] and "sample-dkms/tree.stamp is dirty" in pending.said


def test_generated_object_is_waited_for(project: CMakeProject) -> None:
    """A rule of the project may make it."""
    project.lists(
        "add_custom_command(OUTPUT made.o COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/blob/engine.o made.o\n"
        "  COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/blob/.engine.o.cmd .made.o.cmd)\n"
        "add_kernel_module(sample sample.cc PREBUILT made.o)\n"
    )
    project.made()
    assert must(run("modinfo", "-F", "kcxx_prebuilt", project.module("sample"))) == "made.o\n"


CALLS = {
    "archive": ("sample.cc PREBUILT blob/libengine.a", ("PREBUILT blob/libengine.a", "ar x blob/libengine.a")),
    "source": ("PREBUILT blob/engine.o sample.cc", ("no source",)),
    "source-last": ("sample.cc PREBUILT blob/engine.o part.c", ("PREBUILT part.c", "sources come first")),
    "missing": ("sample.cc PREBUILT blob/no.o", ("a source does not exist", "blob/no.o")),
    "nothing": ("sample.cc PREBUILT", ("a keyword without its value", "PREBUILT, and nothing after it")),
}


@pytest.mark.parametrize(("call", "phrases"), CALLS.values(), ids=CALLS.keys())
def test_what_is_no_object_is_refused(call: str, phrases: tuple[str, ...], project: CMakeProject) -> None:
    """Archives, sources, nothing"""
    project.lists(f"add_kernel_module(sample {call})\n")
    assert_refused(project.configure(), *phrases)


def test_message_of_another_object_names_the_word(project: CMakeProject) -> None:
    """The message for an object in target_link_libraries() or target_sources(), or an archive, names PREBUILT."""
    project.lists("add_kernel_module(sample sample.cc)\ntarget_link_libraries(sample PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/blob/engine.o)\n")
    assert "PREBUILT" in refusal(project.configure())
    project.lists("add_kernel_module(sample sample.cc)\ntarget_link_libraries(sample PRIVATE /opt/libengine.a)\n")
    assert "ar x /opt/libengine.a" in refusal(project.configure())
    project.lists("add_kernel_module(sample sample.cc)\ntarget_sources(sample PRIVATE blob/engine.o)\n")
    must(project.configure())
    assert_refused(project.make(), "is linked with what is no kernel module", "add_kernel_module(sample … PREBUILT engine.o)")


def test_inspect_names_prebuilt_objects(kcxx: Path, project: CMakeProject) -> None:
    """The object is in the text and in the JSON."""
    project.lists("add_kernel_module(sample sample.cc PREBUILT blob/engine.o)\n")
    project.made()
    assert re.search(r"^ *prebuilt object +engine\.o$", run(kcxx, "inspect", project.module("sample")).stdout, re.M)
    document = json.loads(run(kcxx, "inspect", "--format", "json", project.module("sample")).stdout)
    assert document["modules"][0]["prebuilt"] == ["engine.o"]
