# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A project may ask for properties of the kernel before its first module."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject, assert_refused, refusal
from fixtures.commands import must
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY

PROPERTIES = ("RELEASE", "VERSION", "ARCH", "BUILD_DIR", "SOURCE_DIR")
PRINT = "".join(f'message(NOTICE "{name}=[${{KCXX_KERNEL_{name}}}]")\n' for name in PROPERTIES)


@pytest.fixture
def project(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> CMakeProject:
    """A project without a module yet"""
    return CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)


def printed(said: str) -> dict[str, str]:
    """The variables and their values"""
    return dict(re.findall(r"^(\w+)=\[(.*)\]$", said, re.M))


def test_properties_are_those_of_kbuild(kernel: Kernel, project: CMakeProject) -> None:
    """Known after find_package(), without a module and without a compiler for it; what Kbuild reports later is the same."""
    project.kernel = kernel.build
    project.lists(PRINT, languages="NONE")
    result = project.configure()
    must(result)
    properties = printed(result.stderr)
    project.remove_build()
    project.write("sample.cc", MODULE)
    project.lists("add_kernel_module(sample sample.cc)\n")
    must(project.configure())
    facts = dict(re.findall(r"^KCXX_(\w+)='(.*)'$", (project.build / "kcxx/.kcxx/facts.sh").read_text(), re.M))
    version = (Path(facts["OBJTREE"]) / "include/generated/uapi/linux/version.h").read_text()
    numbers = [re.search(rf"LINUX_VERSION_{part} (\d+)", version)[1] for part in ("MAJOR", "PATCHLEVEL", "SUBLEVEL")]
    assert properties == {
        "RELEASE": facts["RELEASE"], "VERSION": ".".join(numbers), "ARCH": "x86_64",
        "BUILD_DIR": facts["OBJTREE"], "SOURCE_DIR": str(Path(facts["SRCTREE"]).resolve()),
    }  # fmt: skip


def test_configuration_is_told(project: CMakeProject) -> None:
    """y, m, a number, a text, or nothing; a wrong name is refused."""
    names = ("CONFIG_MODULES", "CONFIG_BTRFS_FS", "CONFIG_HZ", "CONFIG_CC_VERSION_TEXT", "CONFIG_NO_SUCH", "CONFIG_MODULE")
    project.lists("".join(f'kcxx_config({name} value)\nmessage(NOTICE "{name}=[${{value}}]")\n' for name in names), languages="NONE")
    result = project.configure()
    must(result)
    values = printed(result.stderr)
    assert values.pop("CONFIG_CC_VERSION_TEXT").startswith("x86_64-linux-gnu-gcc")
    assert values == {"CONFIG_MODULES": "y", "CONFIG_BTRFS_FS": "m", "CONFIG_HZ": "250", "CONFIG_NO_SUCH": "", "CONFIG_MODULE": ""}
    project.lists("kcxx_config(COMPAT value)\n")
    assert "found:  COMPAT" in refusal(project.configure())


def test_project_without_a_kernel_is_configured(project: CMakeProject) -> None:
    """find_package() alone needs none; kcxx_config() reports it."""
    project.kernel = "9.99"
    project.lists(PRINT, languages="NONE")
    result = project.configure()
    must(result)
    assert printed(result.stderr) == dict.fromkeys(PROPERTIES, "")
    project.lists("kcxx_config(CONFIG_COMPAT value)\n", languages="NONE")
    assert_refused(project.configure(), "kcxx: no headers of kernel 9.99 (KCXX_KERNEL).")


def test_example_of_the_readme_works(project: CMakeProject) -> None:
    """The README's lines, with sources that are there"""
    (example,) = re.findall(r"```cmake\n(find_package\(kcxx REQUIRED\)\n[^`]*kcxx_config[^`]*)```", (REPOSITORY / "README.md").read_text())
    project.write("pump.cc", MODULE)
    project.write("pump_fast.cc", "int fast();\nint fast() { return 1; }\n")
    project.write("pump_compat.c", "int compat(void);\nint compat(void) { return 1; }\n")
    project.write("CMakeLists.txt", f"cmake_minimum_required(VERSION 3.25)\nproject(pump LANGUAGES C CXX)\n{example}")
    said = project.made()
    assert "-- pump for 6.12" in said and "pump_fast.cc" in said and "pump_compat.c" in said
