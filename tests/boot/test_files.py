# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Files and devices: how long their objects and their module live."""

from __future__ import annotations

import re

from fixtures.library_guest import LibraryGuest, library_guest

__all__ = ["library_guest"]


def test_open_file_has_one_object(library_guest: LibraryGuest) -> None:
    """Each file's object is destroyed once, after its last descriptor is closed."""
    gone = [int(number) for number in re.findall(r"files: file (\d+): gone$", library_guest.log, re.M)]
    assert len(gone) > 20
    assert sorted(gone) == list(range(1, len(gone) + 1))


def test_module_is_held_while_a_file_is_open(library_guest: LibraryGuest) -> None:
    """rmmod is refused; each open file counts, none does when all are closed."""
    log = library_guest.part("files")
    assert re.search(r"^rmmod: .*'files': Resource temporarily unavailable$", log, re.M), log
    held, fewer, none = (int(users) for users in re.findall(r"^users: (\d+)$", log, re.M))
    assert held > fewer > none == 0


def test_data_of_a_device_ends_with_it(library_guest: LibraryGuest) -> None:
    """The data that a device was registered with is destroyed once, at the module's end."""
    gone = re.findall(r"files: (shared|channel): gone$", library_guest.log, re.M)
    assert sorted(gone) == ["channel", "shared"]
