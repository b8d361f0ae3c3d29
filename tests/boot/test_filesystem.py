# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""File systems: what is left of mounts, and how long their module lives."""

from __future__ import annotations

import re

import pytest

from fixtures.behaviours import behaviours_of
from fixtures.library_guest import REPORTERS, LibraryGuest, library_guest
from fixtures.library_kernels import DEBUG

__all__ = ["library_guest"]

# Mounts and files that the program makes with each of the allocations failing
WITHOUT_MEMORY = ["/tmp/other", "file", "dir", "soft"]


def test_mounts_end_without_a_rest(library_guest: LibraryGuest) -> None:
    """A file system is destroyed at unmount, or when its last file is closed, after all objects in it."""
    gone = re.findall(r"filesystem: tree: gone, (-?\d+) objects left$", library_guest.part("filesystem"), re.M)
    assert len(gone) > len(behaviours_of(REPORTERS["filesystem_user"]))
    assert {*gone} == {"0"}


def test_module_is_held_while_mounted(library_guest: LibraryGuest) -> None:
    """rmmod is refused as long as something is mounted, or was and has an open file."""
    log = library_guest.part("filesystem")
    assert re.search(r"^rmmod: .*'filesystem': Resource temporarily unavailable$", log, re.M), log
    before, held, detached, after = (int(users) for users in re.findall(r"^users: (\d+)$", log, re.M))
    assert before == after == 0 and held > 0 and detached > 0


def test_type_is_registered_once(library_guest: LibraryGuest) -> None:
    """A second registration is EBUSY, and leaves the first as it is: each time that the module is loaded."""
    assert {*re.findall(r"filesystem: the same type again: (.*)$", library_guest.log, re.M)} == {"EBUSY"}


def test_module_is_loaded_mounted_and_unloaded_again(library_guest: LibraryGuest) -> None:
    """Twenty times: each time all of it works as at first."""
    assert "\nrounds: 20\n" in library_guest.log


@pytest.mark.every
@pytest.mark.parametrize("library_guest", [DEBUG], ids=["debug"], indirect=True)
def test_each_allocation_may_fail(library_guest: LibraryGuest) -> None:
    """Mounting, and making a file, a directory and a link, were tried with each of their allocations failing."""
    found = re.findall(r"^without memory: (.*): (\d+) of (\d+) failures told$", library_guest.log, re.M)
    assert [made for made, _, _ in found] == WITHOUT_MEMORY
    assert [line for line in found if not int(line[2]) >= int(line[1]) > 1] == []
