# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""docs/safety.md refers only to tests that exist, and to refusals by the compilers that it names."""

from __future__ import annotations

import re

from fixtures.repository import REPOSITORY

TEXT = (REPOSITORY / "docs/safety.md").read_text(encoding="utf-8")
TESTS = REPOSITORY / "tests"


def test_tests_that_safety_names_exist() -> None:
    """Each reference is to a function of its file."""
    named = set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", TEXT))
    assert named
    assert [
        f"{file}::{name}" for file, name in named if f"\ndef {name}(" not in next(TESTS.glob(f"*/{file}")).read_text(encoding="utf-8")
    ] == []


def test_refusals_that_safety_names_are_of_those_who_refuse() -> None:
    """"By both" names cases of both compilers, "by Clang" those that GCC lets pass."""
    seen = 0
    for row in re.findall(r"^\| .* \|$", TEXT, re.M)[1:]:
        _, _, _, both, clang, *_ = row.split("|")
        for column, compilers in ((both, "gcc, clang"), (clang, "clang")):
            for name in re.findall(r"`([a-z-]+)`", column):
                case = (TESTS / "refusals" / name / "case.cc").read_text(encoding="utf-8")
                assert f"\n// compilers: {compilers}\n" in f"\n{case}", name
                seen += 1
    assert seen
