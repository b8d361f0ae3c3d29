# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The module of border/faults.cc, which makes errors when told to; what a kernel logged of each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from kbuild_project import KbuildProject

SOURCE = Path(__file__).parent / "border/faults.cc"


def write_faults(project: KbuildProject, flags: str = "") -> None:
    """Makes @project that of the module, with the lines @flags in its Kbuild file."""
    shutil.copy(SOURCE, project.directory)
    project.kbuild(f"obj-m := faults.o\n{flags}")


def commands_of(faults: Iterable[str]) -> str:
    """A script that makes @faults, one after the other."""
    return "".join(f"echo {name} >/sys/module/faults/parameters/fault\n" for name in faults)


def parts_of(log: str) -> dict[str, str]:
    """By fault: what was logged of it."""
    parts = re.split(r"faults: begin (\w+)\n", log)
    return dict(zip(parts[1::2], parts[2::2]))
