# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The program kcxx has one table of architectures: a new one is a row there."""

from __future__ import annotations

import re

from conftest import REPOSITORY

TOOLS = REPOSITORY / "tools"
TABLE = TOOLS / "architecture.hpp"
FIELDS = ("name", "uname", "kbuild", "debian")


def names() -> set[str]:
    """The architectures' names, by all their tools."""
    found = re.findall(rf"\.(?:{'|'.join(FIELDS)}) = \"(\w+)\"", TABLE.read_text(encoding="utf-8"))
    assert {"x86_64", "arm64", "riscv64", "aarch64", "amd64", "riscv"} <= {*found}
    return {*found}


def test_architectures_stand_in_one_table() -> None:
    """No other source of the program has the name of an architecture as a text or as a word of a script."""
    choice = "|".join(sorted(names()))
    text = re.compile(rf"\"(?:{choice})\"|\bin (?:(?:{choice})\b ?)+;")
    sources = [path for pattern in ("*.cc", "*.hpp", "*.sh", "*.bash") for path in sorted(TOOLS.rglob(pattern)) if path != TABLE]
    assert sources
    copies = [
        f"{path.relative_to(REPOSITORY)}:{number}: {line.strip()}"
        for path in sources
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if text.search(line.partition("// ")[0])
    ]
    assert copies == []
