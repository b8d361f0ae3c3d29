# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""hello, and the modules of subject/: one of C++ and C, and one that calls it; what they log where all is well."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from cmake_project import CMakeProject
from conftest import REPOSITORY

SUBJECT = Path(__file__).parent / "subject"
LOGGED = ["virtual 49 90", "pointer 41", "template 4 5", "vec 4950", "array 6", "expected 5 o", "stack k", "optional 8"]

LISTS = """\
add_kernel_module(hello hello.cc)
add_kernel_module(subject main.cc part.c)
add_kernel_module(client client.cc)
target_link_libraries(client PRIVATE subject)
"""


def write_modules(project: CMakeProject) -> list[Path]:
    """Makes @project one of the three modules; where they will be."""
    project.lists(LISTS)
    for source in (*SUBJECT.glob("*.c*"), REPOSITORY / "examples/hello/hello.cc"):
        shutil.copy(source, project.source)
    return [project.build / f"{name}.ko" for name in ("client", "subject", "hello")]


def assert_they_worked(log: str) -> None:
    """They did what C++ says, by @log of a boot."""
    said = re.findall(r"(?:subject|client|hello): ((?!loading out-of-tree|module verification).*)$", log, re.M)
    assert "of C 140" in said
    assert "My numbers are [72, 108, 200]" in said
    assert [line for line in said if line in LOGGED] == LOGGED
