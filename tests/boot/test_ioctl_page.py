# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""docs/ioctl.md: its module and its program talk by its header, and print what the page shows."""

from __future__ import annotations

import re
from pathlib import Path

from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject, remarks
from fixtures.library_guest import user_program
from fixtures.repository import REPOSITORY

PAGE = (REPOSITORY / "docs/ioctl.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([\w.]+)`[^`\n]*:\n\n```(?:c|cpp)\n(.*?)^```", PAGE, re.M | re.S))


def test_program_of_the_page_talks_to_its_module(kcxx: Path, package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """Both compile without a warning, and the program prints the lines of the page."""
    project = KbuildProject(tmp_path, package, kernel.build)
    for name, text in FILES.items():
        project.write(name, text)
    project.kbuild("obj-m := pump.o\n")
    assert [line for line in remarks(project.made()) if "pump" in line] == []
    program = user_program(tmp_path / "pumpctl.cc", kernel.arch, tmp_path)
    script = project.write("script.sh", "/pumpctl 2>&1 | sed 's/^/said: /'\n")
    log = must(run(kcxx, "boot", "--file", program, "--script", script, project.module("pump")))
    shown = re.search(r"^```\n(pump: .*?)^```$", PAGE, re.M | re.S)
    assert shown
    assert re.findall(r"^said: (.*)$", log, re.M) == shown[1].splitlines()
