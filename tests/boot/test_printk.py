# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Messages of modules: at their levels, once, rate-limited, of a device, or only when debugging is asked for."""

from __future__ import annotations

import re

import pytest

from fixtures.library_guest import SOURCES, LibraryGuest, library_guest
from fixtures.library_kernels import DISTRIBUTION_KERNELS

__all__ = ["library_guest"]

LEVELS = {"emerg": 0, "alert": 1, "crit": 2, "err": 3, "warn": 4, "notice": 5, "info": 6}

# By query: the debug messages of functions that are logged after it; one query follows the other
QUERIES = {
    "=_": [],
    "+p": ["in a function", "in a lambda", "in a template 2"],
    "-p": [],
    "func in_template +p": ["in a template 2"],
    'format "in a lambda" =p': ["in a lambda", "in a template 2"],
}
LISTED = {
    "once debug %d",
    "seldom debug %d",
    "plain debug %d",
    "braces debug {}",
    "in a member %d",
    "in a function",
    "in a lambda",
    "in a template %d",
}


def after(guest: LibraryGuest, step: str) -> list[tuple[int, str]]:
    """Level and text of each message of the module that @step of messages.sh logged."""
    log = guest.part("messages")
    found = re.search(rf"^after {re.escape(step)}\n(.*?)(?=^after |\Z)", log, re.M | re.S)
    assert found, log
    messages = re.findall(r"raw <(\d+)>.*?(?:messages:|pump:) (\w.*);$", found[1], re.M)
    return [(int(level) & 7, text) for level, text in messages]


def beginning(word: str, messages: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Returns those @messages that begin with @word and are no debug messages."""
    return [message for message in messages if message[1].startswith(word) and "debug" not in message[1]]


def debugging(messages: list[tuple[int, str]]) -> list[str]:
    """The texts of debug messages."""
    return [text for level, text in messages if level == 7]


# The debug kernel has no dynamic debug: there pr_debug() is nothing.
with_dynamic_debug = pytest.mark.parametrize("library_guest", DISTRIBUTION_KERNELS, ids="-".join, indirect=True)


def test_printk_levels_are_the_kernels(library_guest: LibraryGuest) -> None:
    """Each pr_*() and dev_*() logs at its level what C's does; pr_cont() goes on with the line."""
    wanted = [(number, f"plain {level} 7") for level, number in LEVELS.items()]
    messages = after(library_guest, "loading")
    assert beginning("plain", messages) == wanted + wanted  # of the module, of its device
    assert re.search(r"raw <\d+>\[.*\] +pump: plain info 7;$", library_guest.log, re.M)


def test_printk_with_braces_logs_as_with_percents(library_guest: LibraryGuest) -> None:
    """Each pr_*() and dev_*() takes a format with braces, and logs it at its level; so do their _once and _ratelimited."""
    wanted = [(number, f"braces {level} 7") for level, number in LEVELS.items()]
    in_macros = [(6, "braces in a macro 7")]
    of_module = wanted + 2 * in_macros
    assert beginning("braces", after(library_guest, "loading")) == of_module + wanted + in_macros
    assert re.search(r"raw <\d+>\[.*\] +pump: braces info 7;$", library_guest.log, re.M)


def test_hex_dump_logs_rows_of_bytes(library_guest: LibraryGuest) -> None:
    """16 bytes in a row, at the level, as numbers of the size asked for and as text, the offset before them or nothing."""
    assert beginning("dumped", after(library_guest, "loading")) == [
        (5, "dumped: 00000000: 30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 3b  0123456789abcde"),
        (5, "dumped: 00000010: 66 65 64 63 62 61 39 38 37 36 35 34 33 32 3b     fedcba98765432"),
        (6, "dumped: 3130 3332 3534 3736 3938 6261 6463 3b65  0123456789abcde"),
    ]


def test_printk_takes_formats_in_variables(library_guest: LibraryGuest) -> None:
    """A format that is not known to the compiler is C's; a constant is in either style."""
    wanted = [(5, "by a variable 7"), (5, "by a constant 7")]
    assert beginning("by", after(library_guest, "loading")) == wanted


def test_printk_once_speaks_at_the_first_call_alone(library_guest: LibraryGuest) -> None:
    """Each place in the source logs one message, at its level, however often it is reached."""
    wanted = [(number, f"once {level} 0") for level, number in LEVELS.items()]
    assert beginning("once", after(library_guest, "loading")) == wanted + wanted


def test_printk_ratelimited_speaks_ten_times(library_guest: LibraryGuest) -> None:
    """Ten messages for each place in the source, at its level, of thirty in less than 5 seconds."""
    wanted = [(number, f"seldom {level} {i}") for i in range(10) for level, number in LEVELS.items()]
    assert beginning("seldom", after(library_guest, "loading")) == wanted + wanted


def test_printk_debug_is_silent_until_asked_for(library_guest: LibraryGuest) -> None:
    """No message of pr_debug() and dev_dbg() where nothing switched them on, or the kernel cannot."""
    assert debugging(after(library_guest, "loading")) == []


@with_dynamic_debug
def test_printk_debug_speaks_when_asked_for(library_guest: LibraryGuest) -> None:
    """dyndbg=+p at load: all of it, at the level of debugging, once or rate-limited where so wanted."""
    texts = debugging(after(library_guest, "loading with dyndbg=+p"))
    assert texts.count("once debug 0") == texts.count("plain debug 7") == 2
    assert {text for text in texts if text.startswith("once")} == {"once debug 0"}
    assert sorted({text for text in texts if text.startswith("seldom")}) == [f"seldom debug {i}" for i in range(10)]
    assert "in a member 1" in texts


@with_dynamic_debug
def test_printk_debug_is_listed_with_its_place(library_guest: LibraryGuest) -> None:
    """/proc/dynamic_debug/control names file, line, module and function of each, wherever in C++ it stands."""
    pattern = r'messages\.cc:(\d+) \[messages\](\S+) =_ "(?:messages: )?(.*);\\n"'
    listed = re.findall(pattern, library_guest.part("messages"))
    lines = (SOURCES / "printk/messages.cc").read_text(encoding="utf-8").splitlines()
    misplaced = [(line, text) for line, _, text in listed if text.removesuffix(" %d") not in lines[int(line) - 1]]
    assert misplaced == []
    assert {text for _, _, text in listed} == LISTED


@with_dynamic_debug
def test_printk_debug_is_switched_in_a_loaded_module(library_guest: LibraryGuest) -> None:
    """A query of /proc/dynamic_debug/control switches what it matches, on or off, and no more."""
    logged = {query: after(library_guest, query) for query in QUERIES}
    assert logged == {query: [(7, text) for text in texts] for query, texts in QUERIES.items()}


@with_dynamic_debug
def test_printk_debug_of_a_debug_build_speaks_at_once(library_guest: LibraryGuest) -> None:
    """With DEBUG defined messages are on from the start, and can be switched off."""
    texts = debugging(after(library_guest, "loading with DEBUG"))
    assert texts.count("plain debug 7") == texts.count("braces debug 7") == 2
    assert after(library_guest, "=_ with DEBUG") == []
