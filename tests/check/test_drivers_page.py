# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""docs/drivers.md shows lines of the drivers in examples/drivers/, which tests boot."""

from __future__ import annotations

import re

import pytest

from fixtures.repository import REPOSITORY

PAGE = (REPOSITORY / "docs/drivers.md").read_text(encoding="utf-8")
# A folder may have a model of the device beside its driver.
EXAMPLES = REPOSITORY / "examples/drivers"
SOURCES = [path for path in EXAMPLES.glob("*/*.cc") if path.stem == path.parent.name]
DRIVERS = {path.stem: path.read_text(encoding="utf-8") for path in SOURCES}


@pytest.mark.parametrize("block", re.findall(r"^```cpp\n(.*?)^```$", PAGE, re.M | re.S))
def test_code_of_the_page_is_code_of_a_driver(block: str) -> None:
    """Each block stands in a driver or in the model beside it, line by line."""
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*/*.cc")]
    assert any(block in text for text in texts), block


@pytest.mark.parametrize("name", sorted(DRIVERS))
def test_page_counts_the_lines_of_each_driver(name: str) -> None:
    """The table lists each driver, with the number of its lines."""
    (row,) = re.findall(rf"^\| `examples/drivers/{name}` .*\| (\d+)", PAGE, re.M)
    assert int(row) == DRIVERS[name].count("\n")


def test_page_of_rusts_samples_counts_their_lines() -> None:
    """Its table lists each sample, with the number of its lines; the page of drivers has the sums."""
    folder = EXAMPLES / "rust_samples"
    rows = re.findall(r"^\| `(\w+)\.cc` .*\| (\d+) \| (\d+) \|$", (folder / "README.md").read_text(encoding="utf-8"), re.M)
    lines = {path.stem: path.read_text(encoding="utf-8").count("\n") for path in folder.glob("*.cc")}
    assert {name: int(ours) for name, ours, _ in rows} == lines
    (row,) = re.findall(r"^\| `examples/drivers/rust_samples` .*\| (\d+), of (\d+) in Rust", PAGE, re.M)
    assert [int(number) for number in row] == [sum(lines.values()), sum(int(rust) for _, _, rust in rows)]
