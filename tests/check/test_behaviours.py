# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The reader of behaviours in the log of a boot notices each report that is missing, doubled or unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.behaviours import behaviours_of, failures

BEGIN = """\
[    4.1] pump: loading out-of-tree module taints kernel.
[    4.2] other: strays: fails
[    4.2] pump: starts: holds
"""


def test_behaviours_that_hold_are_no_failures() -> None:
    """Lines of the kernel and of other reporters are ignored."""
    assert failures(f"{BEGIN}[    4.3] pump: stops: holds\n", "pump", ["starts", "stops"]) == []


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        (
            "[ 4.3] pump: does not hold: a\n[ 4.3] pump: stops: fails with -22\n",
            ["stops: fails with -22, and logged:\n    does not hold: a"],
        ),
        ("pump: does not hold: a\npump: stops: holds\n", ["stops: holds, and logged:\n    does not hold: a"]),
        ("[ 4.3] pump: near the end\n", ["stops: never reported", "pump logged after its last report:\n    near the end"]),
        ("pump: stops: holds\npump: stops: holds\n", ["stops: reported twice"]),
        ("pump: stops: holds\npump: goes: holds\n", ["goes: reported, but not in the source"]),
    ],
)  # fmt: skip
def test_behaviour_that_fails_is_named(rest: str, found: list[str]) -> None:
    """A behaviour that fails is named with the lines that its reporter logged; so is one without a report, or with two."""
    assert failures(BEGIN + rest, "pump", ["starts", "stops"]) == found


def test_source_without_behaviours_is_an_error(tmp_path: Path) -> None:
    """A source without behaviours is an error."""
    source = tmp_path / "pump.cc"
    source.write_text("#define BEHAVES(name) name()\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="no BEHAVES"):
        behaviours_of(source)
