# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Files and devices, seen from user space: what a driver's class has, what it lacks, and how long its objects live."""

from __future__ import annotations

import re

import pytest

from user_side import UserSide, behaviours, user_side

__all__ = ["user_side"]


@pytest.mark.parametrize("behaviour", behaviours("files_user.c"))
def test_user_space_sees(behaviour: str, user_side: UserSide) -> None:
    """What a system call does is what the driver's class says, or what the kernel says where it lacks a member."""
    assert re.search(rf"^user: {behaviour}: holds$", user_side.log, re.M), user_side.log


def test_open_file_has_one_object(user_side: UserSide) -> None:
    """Each is destroyed once, after its last descriptor is closed."""
    gone = [int(number) for number in re.findall(r"files: file (\d+): gone$", user_side.log, re.M)]
    assert len(gone) > 20
    assert sorted(gone) == list(range(1, len(gone) + 1))


def test_module_is_held_while_a_file_is_open(user_side: UserSide) -> None:
    """rmmod is refused; each open file counts, none does when all are closed."""
    assert re.search(r"^rmmod: .*'files': Resource temporarily unavailable$", user_side.log, re.M), user_side.log
    held, fewer, none = (int(users) for users in re.findall(r"^users: (\d+)$", user_side.log, re.M))
    assert held > fewer > none == 0


def test_data_of_a_device_ends_with_it(user_side: UserSide) -> None:
    """What a device was registered with is destroyed once, at the module's end."""
    for name in ("shared", "channel"):
        assert len(re.findall(rf"files: {name}: gone$", user_side.log, re.M)) == 1


def test_modules_end_without_a_complaint(user_side: UserSide) -> None:
    """Loaded, used and unloaded; the kernel warned of nothing, and behaviour by behaviour nothing failed."""
    assert re.search(r"^kcxx: ok: ", user_side.log, re.M)
    assert "not so" not in user_side.log and "does not hold" not in user_side.log
