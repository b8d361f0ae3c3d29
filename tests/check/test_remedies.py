# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kbuild/remedies.tsv: each row can be read, and recommends what there is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from conftest import REPOSITORY

HEADERS = REPOSITORY / "kbuild/include/kernel"
KINDS = {"std", "name", "kernel", "error", "inside"}


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    kind: str
    pattern: str
    found: str
    write: str


def rows() -> list[Row]:
    """The table without its comments."""
    text = (REPOSITORY / "kbuild/remedies.tsv").read_text(encoding="utf-8")
    return [Row(*line.split("\t")) for line in text.splitlines() if line and not line.startswith("#")]


def test_rows_are_of_known_kinds_and_patterns_compile() -> None:
    """Each row is of a known kind, has a pattern that compiles, and is one sentence without a full stop."""
    assert {row.kind for row in rows()} == KINDS
    for row in rows():
        re.compile(row.pattern)
        assert not row.found.endswith("."), row


def text_of(header: str) -> str:
    """The text of a subsystem's header, with the headers of its folder."""
    paths = [HEADERS / header, *(HEADERS / header).with_suffix("").glob("*.hpp")]
    return "".join(path.read_text(encoding="utf-8") for path in paths)


def test_headers_that_rows_recommend_exist() -> None:
    """Each header <kernel/….hpp> that a row names exists."""
    named = [name for row in rows() for name in re.findall(r"<kernel/(\w+\.hpp)>", row.write)]
    assert named
    assert [name for name in named if not (HEADERS / name).exists()] == []


def test_names_that_rows_recommend_are_in_their_header() -> None:
    """A row that recommends kernel::Vec<T> of <kernel/memory.hpp> is right: the header declares Vec."""
    recommended = [
        (name, header)
        for row in rows()
        for name, header in re.findall(r"kernel::(\w+)(?:::\w+)?(?:<T>)?(?:\([^)]*\)+)? of <kernel/(\w+\.hpp)>", row.write)
    ]
    recommended += [
        (name, header)
        for row in rows()
        if row.kind == "kernel"
        for header in re.findall(r"<kernel/(\w+\.hpp)>", row.write)
        for name in row.pattern.split("|")
        if name.isidentifier()
    ]
    assert len(recommended) > 60
    missing = [
        (name, header)
        for name, header in recommended
        if not re.search(rf"\b{name}\b", text_of(header))
    ]
    assert missing == []
