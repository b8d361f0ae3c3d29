# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""docs/facilities.tsv names headers of kcxx that exist, and each of them; docs/facilities.md is made from it."""

from __future__ import annotations

from fixtures.commands import must, run
from fixtures.repository import REPOSITORY

HEADERS = REPOSITORY / "kbuild/include/kernel"
TABLE = REPOSITORY / "docs/facilities.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
NO_FACILITY = {"prelude.hpp", "safe.hpp"}  # names of other headers, and words of the language


def test_headers_that_the_table_names_exist() -> None:
    """Each row has four columns."""
    assert [row for row in ROWS if len(row) != 4] == []
    assert [kcxx for *_, kcxx in ROWS if kcxx != "-" and not (HEADERS / kcxx).exists()] == []


def test_each_subsystem_of_the_library_is_in_the_table() -> None:
    """By its own header, or by one of its folder"""
    named = {kcxx.split("/")[0].removesuffix(".hpp") for *_, kcxx in ROWS}
    assert {path.name for path in HEADERS.glob("*.hpp") if path.stem not in named} <= NO_FACILITY


def test_page_is_the_one_that_the_table_makes() -> None:
    """docs/facilities.awk makes docs/facilities.md."""
    made = must(run("awk", "-f", REPOSITORY / "docs/facilities.awk", TABLE))
    assert (REPOSITORY / "docs/facilities.md").read_text(encoding="utf-8") == made
