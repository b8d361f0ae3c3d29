# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""examples/params: what it takes when it is loaded, and through its files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.repository import REPOSITORY

SCRIPT = """\
cd /sys/module/params/parameters
echo 70 > speed
echo 700 > speed
echo oil > liquid
ls -l
"""


def said(log: str) -> list[str]:
    """Returns the lines that the pump logged."""
    return re.findall(r"params: ((?:on|off): .*)$", log, re.M)


def test_params_takes_what_it_is_told(kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """Parameters at load, then what is written to their files; what the check refuses changes nothing."""
    project = KbuildProject(tmp_path, package, kernel.build)
    shutil.copy(REPOSITORY / "examples/params/params.cc", tmp_path)
    project.kbuild("obj-m := params.o\n")
    project.made()
    script = tmp_path / "script"
    script.write_text(SCRIPT, encoding="utf-8")
    given = ("--param=params:speed=7", "--param=params:valves=3,4", "--param=params:reverse=1")
    log = must(run(kcxx, "boot", "--script", script, *given, project.module("params")))
    assert said(log) == ["on: water at 7 rpm in reverse, valves 3 4", "off: oil at 70 rpm in reverse, valves 3 4"]
    assert "Numerical result out of range" in log
    modes = {name: mode for mode, name in re.findall(r"^(\S{10}) .* (\w+)$", log, re.M)}
    assert modes == {
        "liquid": "-rw-r--r--", "reverse": "-r--r--r--", "speed": "-rw-r--r--", "valves": "-r--r--r--",
    }  # fmt: skip
