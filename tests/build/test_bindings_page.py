# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""docs/bindings.md: its example is a module."""

from __future__ import annotations

import re
from pathlib import Path

from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.module_file import modinfo_field
from fixtures.repository import REPOSITORY

PAGE = (REPOSITORY / "docs/bindings.md").read_text(encoding="utf-8")


def test_example_of_the_page_is_a_module(tmp_path: Path, package: Path, kernel: Kernel) -> None:
    (example,) = re.findall(r"^```cpp\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    project = KbuildProject(tmp_path, package, kernel.build)
    project.write("pump.cc", example)
    project.kbuild("obj-m := pump.o\n")
    assert "warning:" not in project.made()
    assert modinfo_field(tmp_path / "pump.ko", "license") == "GPL"


def test_files_that_the_page_names_are_there() -> None:
    named = set(re.findall(r"`([\w-]+\.(?:awk|sh|hpp|py))`", PAGE))
    assert named
    missing = [name for name in named if not list((REPOSITORY / "kbuild").rglob(name))]
    assert not missing
