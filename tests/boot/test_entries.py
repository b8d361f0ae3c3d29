# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Entries of /proc, /proc/sys and debugfs, seen from a shell; random numbers."""

from __future__ import annotations

import re

from fixtures.library_guest import LibraryGuest, library_guest

__all__ = ["library_guest"]

# By title, the lines that the script printed
SHOWN = {
    "proc": ["speed 5"],  # a text file in /proc shows the text that its class makes
    "proc-in-parts": ["speed 7", "level", "level"],  # read in parts it is the same; what was set is seen
    "proc-end": ["level"],  # it can be sought in
    "debugfs": ["speed 7", "level", "level"],  # the same class serves a file of debugfs
    "sysctl": ["7", "7"],  # a number of /proc/sys is read, and untouched by a write that was refused
    "sysctl-beyond": ["sh: write error: Invalid argument"],  # one beyond its range is EINVAL
    "level-wrong": ["sh: write error: Invalid argument"],  # the class refuses a write with its own error
    "level-read": ["cat: read error: Input/output error"],  # /proc refuses what a class cannot do
    "mode": ["200", "444"],  # entries have the permissions that were given
}


def test_entries_show_what_their_classes_say(library_guest: LibraryGuest) -> None:
    """Text and numbers, read whole and in parts; writes that are refused; permissions."""
    log = library_guest.part("files")
    assert {title: re.findall(rf"^{title}: (.*)$", log, re.M) for title in SHOWN} == SHOWN


def test_file_of_debugfs_outlives_its_folder(library_guest: LibraryGuest) -> None:
    """The file is gone with the folder, and its object ends without a complaint of the kernel's."""
    assert "a file outlives its folder: holds" in library_guest.log


def test_random_numbers_hold(library_guest: LibraryGuest) -> None:
    """Each number below the ceiling comes, none above; two numbers of 64 bits differ."""
    assert re.search(r"entries: random numbers: hold$", library_guest.log, re.M)


def test_data_of_entries_ends_with_them(library_guest: LibraryGuest) -> None:
    """An entry's data is destroyed once, at the module's end."""
    assert len(re.findall(r"entries: numbers: gone$", library_guest.log, re.M)) == 1
