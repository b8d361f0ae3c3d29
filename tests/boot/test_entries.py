# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Entries of /proc, /proc/sys and debugfs, seen from a shell; random numbers."""

from __future__ import annotations

import re

import pytest

from user_side import UserSide, user_side

__all__ = ["user_side"]

# What the script was shown, by what it had done before
SHOWN = {
    "proc": (["speed 5"], "A text file in /proc shows the text that its class makes."),
    "proc-in-parts": (["speed 7", "level", "level"], "Read in parts it is the same; what was set is seen."),
    "proc-end": (["level"], "It can be sought in."),
    "debugfs": (["speed 7", "level", "level"], "The same class serves a file of debugfs."),
    "sysctl": (["7", "7"], "A number of /proc/sys is read, and untouched by what was refused."),
    "sysctl-beyond": (["sh: write error: Invalid argument"], "One beyond its range is EINVAL."),
    "level-wrong": (["sh: write error: Invalid argument"], "A write is refused as the class says."),
    "level-read": (["cat: read error: Input/output error"], "What a class cannot do, /proc refuses."),
    "mode": (["200", "444"], "Entries have the permissions that were given."),
}


@pytest.mark.parametrize("what", SHOWN)
def test_entry_shows(what: str, user_side: UserSide) -> None:
    """What SHOWN says of it."""
    lines, rule = SHOWN[what]
    assert re.findall(rf"^{what}: (.*)$", user_side.log, re.M) == lines, rule


def test_random_numbers_hold(user_side: UserSide) -> None:
    """Each below the ceiling comes, none above; two of 64 bits differ."""
    assert re.search(r"entries: random numbers: hold$", user_side.log, re.M)


def test_data_of_entries_ends_with_them(user_side: UserSide) -> None:
    """It is destroyed once, at the module's end."""
    assert len(re.findall(r"entries: numbers: gone$", user_side.log, re.M)) == 1
