# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""examples/params: built by CMake and by Kbuild alone; what its README says, in a running kernel."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import cmake_project
import kbuild_project
from cmake_project import CMakeProject
from conftest import REPOSITORY, Kernel, made_once, must, run
from kbuild_project import KbuildProject

PARAMS = REPOSITORY / "examples/params"

SCRIPT = """\
cd /sys/module/params/parameters
echo 70 > speed
echo 700 > speed
echo oil > liquid
ls -l
"""


@pytest.fixture(scope="session", params=["cmake", "kbuild"])
def module(request: pytest.FixtureRequest, kernel: Kernel, package: Path, run_directory: Path) -> Path:
    """The example, built each way for each kernel without a remark."""

    def make(directory: Path) -> None:
        # Where its Kbuild file finds kbuild/
        share = directory / "prefix/share/kcxx"
        shutil.copytree(package, directory / "prefix")
        sources = shutil.copytree(PARAMS, share / "examples/params")
        if request.param == "cmake":
            built = CMakeProject(sources, directory / "build", directory / "prefix", kernel.build)
            assert cmake_project.remarks(built.made("-DBUILD_TESTING=OFF")) == []
        else:
            built = KbuildProject(sources, directory / "prefix", kernel.build)
            assert kbuild_project.remarks(built.made()) == []
        shutil.copy(built.module("params"), directory)

    return made_once(run_directory / f"params-{request.param}-{kernel.series}", make) / "params.ko"


def said(log: str) -> list[str]:
    """What the pump logged."""
    return re.findall(r"params: ((?:on|off): .*)$", log, re.M)


def test_params_has_its_defaults(kcxx: Path, module: Path) -> None:
    """Loaded without parameters, it says what the source says."""
    assert said(must(run(kcxx, "boot", module))) == [
        "on: water at 5 rpm, valves 1 2",
        "off: water at 5 rpm, valves 1 2",
    ]


def test_params_takes_what_it_is_told(kcxx: Path, module: Path, tmp_path: Path) -> None:
    """Parameters at load, then what is written to their files; what the check refuses changes nothing."""
    script = tmp_path / "script"
    script.write_text(SCRIPT, encoding="utf-8")
    given = [("--param", f"params:{value}") for value in ("speed=7", "valves=3,4", "reverse=1")]
    log = must(run(kcxx, "boot", "--script", script, *(word for option in given for word in option), module))
    assert said(log) == ["on: water at 7 rpm in reverse, valves 3 4", "off: oil at 70 rpm in reverse, valves 3 4"]
    assert "Numerical result out of range" in log
    modes = {name: mode for mode, name in re.findall(r"^(\S{10}) .* (\w+)$", log, re.M)}
    assert modes == {
        "liquid": "-rw-r--r--", "reverse": "-r--r--r--", "speed": "-rw-r--r--", "valves": "-r--r--r--",
    }  # fmt: skip
