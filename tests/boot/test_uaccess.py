# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""User memory: read and written within bounds, forward, once."""

from __future__ import annotations

import re

import pytest

from user_side import UserSide, behaviours, user_side

__all__ = ["user_side"]


@pytest.mark.parametrize("behaviour", behaviours("uaccess.cc"))
def test_user_memory(behaviour: str, user_side: UserSide) -> None:
    """What the header says of readers and writers, with a page of user space and none behind it."""
    assert re.search(rf"\buaccess: {behaviour}: holds$", user_side.log, re.M), user_side.log


def test_build_remarks_nothing(user_side: UserSide) -> None:
    """No warning of a compiler, objtool, modpost or the linker."""
    assert user_side.remarks() == []
