# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""docs/drivers.md shows lines of the drivers in examples/drivers/, which tests boot."""

from __future__ import annotations

import re

import pytest

from fixtures.repository import REPOSITORY

PAGE = (REPOSITORY / "docs/drivers.md").read_text(encoding="utf-8")
DRIVERS = {path.parent.name: path.read_text(encoding="utf-8") for path in (REPOSITORY / "examples/drivers").glob("*/*.cc")}


@pytest.mark.parametrize("block", re.findall(r"^```cpp\n(.*?)^```$", PAGE, re.M | re.S))
def test_code_of_the_page_is_code_of_a_driver(block: str) -> None:
    """Each block stands in a driver, line by line."""
    assert any(block in text for text in DRIVERS.values()), block


@pytest.mark.parametrize("name", sorted(DRIVERS))
def test_page_counts_the_lines_of_each_driver(name: str) -> None:
    """The table lists each driver, with the number of its lines."""
    (row,) = re.findall(rf"^\| `examples/drivers/{name}` .*\| (\d+)", PAGE, re.M)
    assert int(row) == DRIVERS[name].count("\n")
