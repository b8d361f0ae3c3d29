# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""docs/containers.md: its examples are parts of a module that runs in a guest, and it has a row for each container."""

from __future__ import annotations

import re
import textwrap

import pytest

from fixtures.repository import REPOSITORY

PAGE = (REPOSITORY / "docs/containers.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```cpp\n(.*?)^```$", PAGE, re.M | re.S)
SOURCE = (REPOSITORY / "tests/modules/containers/page.hpp").read_text(encoding="utf-8")
# Headers that are the parts of several containers
PARTS = {"clone", "hash", "hash_base", "ordered_base", "rb_tree_node", "ring_base", "room"}


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_of_the_page_is_in_the_module(example: str) -> None:
    """page.hpp has the lines of the example, one after the other: in a function, or declarations before it."""
    assert example in SOURCE or textwrap.indent(example, "\t") in SOURCE


def test_page_has_a_row_for_each_container() -> None:
    """The tables name each header of kernel/containers/ that a module includes."""
    headers = {path.stem for path in (REPOSITORY / "kbuild/include/kernel/containers").glob("*.hpp")} - PARTS
    rows = "".join(re.findall(r"^\|.*\n", PAGE, re.M))
    assert {*re.findall(r"`<kernel/containers/(\w+)\.hpp>`", rows)} == headers
