# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""tests/safety/classes.tsv has the classes of bugs, with refusals and tests that exist; docs/safety.md shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from fixtures.commands import must, run
from fixtures.repository import REPOSITORY

TESTS = REPOSITORY / "tests"
TABLE = TESTS / "safety/classes.tsv"
PAGE = (REPOSITORY / "docs/safety.md").read_text(encoding="utf-8")
SOURCES = [path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "examples").rglob("*.cc"))]


@dataclass(frozen=True)
class BugClass:
    """A class of bugs, and who refuses or finds it."""

    name: str
    c: str
    rust: str
    types: tuple[str, ...]
    analyses: tuple[str, ...]
    guest: tuple[str, ...]

    def is_refused(self) -> bool:
        """Before a module is loaded, with GCC as its compiler"""
        return bool(self.types or self.analyses)


def class_of(line: str) -> BugClass:
    """The class that a line of the table describes"""
    name, c, rust, *who = line.split("\t")
    return BugClass(name, c, rust, *(() if one == "-" else tuple(one.split()) for one in who))


CLASSES = [class_of(line) for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def is_test(name: str) -> bool:
    """Whether @name is a test that exists"""
    file, _, function = name.partition("::")
    return any(f"\ndef {function}(" in path.read_text(encoding="utf-8") for path in TESTS.glob(f"*/{file}"))


def compilers_of(name: str) -> str:
    """The compilers that refuse the case @name of tests/refusals"""
    case = (TESTS / "refusals" / name / "case.cc").read_text(encoding="utf-8")
    (compilers,) = re.findall(r"^// compilers: (.*)$", case, re.M)
    return compilers


def test_classes_are_sixty_and_fifty_are_refused() -> None:
    """Before a module loads, with GCC as its compiler"""
    assert len({one.name for one in CLASSES}) == len(CLASSES) >= 60
    assert sum(one.is_refused() for one in CLASSES) >= 50


@pytest.mark.parametrize("bug", CLASSES, ids=lambda bug: bug.name.replace(" ", "-"))
def test_class_has_refusals_and_tests_that_exist(bug: BugClass) -> None:
    """Every compiler refuses the cases of the types, Clang alone those of the analyses; the others are tests.

    The page has **not refused** where there are none.
    """
    assert bug.c and bug.rust
    for name in bug.types:
        assert is_test(name) if "::" in name else compilers_of(name) == "gcc, clang", name
    for name in bug.analyses:
        assert is_test(name) if "::" in name else compilers_of(name) == "clang", name
    assert all(is_test(name) for name in bug.guest)


def test_page_has_the_tables_that_the_classes_make() -> None:
    """docs/safety.awk makes them."""
    made = must(run("awk", "-f", REPOSITORY / "docs/safety.awk", TABLE, REPOSITORY / "docs/safety.md"))
    assert made == PAGE


def test_code_of_the_page_is_code_of_an_example() -> None:
    """Each block stands in a driver that tests boot."""
    blocks = re.findall(r"^```cpp\n(.*?)^```$", PAGE, re.M | re.S)
    assert len(blocks) > 5
    assert [block for block in blocks if not any(block in source for source in SOURCES)] == []


def test_tests_that_the_page_names_exist() -> None:
    """Also those outside of the tables"""
    assert [name for name in re.findall(r"`(test_\w+\.py::test_\w+)`", PAGE) if not is_test(name)] == []
