# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Parameters of modules: at load, in sysfs, in modinfo."""

from __future__ import annotations

import json
import re
from pathlib import Path

from fixtures.commands import must, run
from fixtures.library_guest import LibraryGuest, library_guest
from fixtures.module_file import modinfo_field

__all__ = ["library_guest"]

# The text written to each parameter's file, with the file's content afterwards, and the error if it was refused
WRITTEN = [
    "took a_bool <Y>: Y",
    "refused a_bool <maybe>: Invalid argument: Y",
    "took a_byte <255>: 255",
    "refused a_byte <256>: Numerical result out of range: 255",
    "refused a_byte <-1>: Invalid argument: 255",
    "took a_short <-32768>: -32768",
    "refused a_short <32768>: Numerical result out of range: -32768",
    "took a_ushort <0xffff>: 65535",
    "took an_int <077>: 63",
    "refused an_int <1e3>: Invalid argument: 63",
    "refused a_uint <-1>: Invalid argument: 4000000000",
    "took a_long <-9000000000000000000>: -9000000000000000000",
    "took a_ulong <18446744073709551615>: 18446744073709551615",
    "refused a_ulong <18446744073709551616>: Numerical result out of range: 18446744073709551615",
    "took a_text <three words here>: three words here",
    "took some_ints <4,5,6>: 4,5,6",
    "refused some_ints <1,2,3,4>: Invalid argument: 1,2,3",
    "took some_ints <9>: 9",
]
CHECKED = [
    "took checked <10>: 10",
    "refused checked <11>: Numerical argument out of domain: 10",
    "refused checked <x>: Invalid argument: 10",
    "took checked_text <fine>: fine",
    "refused checked_text <Bad>: Invalid argument: fine",
    "refused checked_bool <1>: Device or resource busy: N",
    "took checked_ints <6,8,10>: 6,8,10",
    "refused checked_ints <8,3>: Numerical argument out of domain: 8",
]

# By what insmod was given: the error that it printed
REFUSED = {
    "an_int=x": "Invalid argument",
    "checked=7": "Numerical argument out of domain",
    "checked_text=UPPER": "Invalid argument",
    "a_byte=999": "Numerical result out of range",
}

TYPES = {
    "a_bool": "bool",
    "a_byte": "byte",
    "a_short": "short",
    "a_ushort": "ushort",
    "an_int": "int",
    "a_uint": "uint",
    "a_long": "long",
    "a_ulong": "ulong",
    "a_ullong": "ullong",
    "a_text": "charp",
    "some_ints": "array of int",
    "some_texts": "array of charp",
    "read_only": "int",
    "hidden": "int",
    "checked": "int",
    "checked_text": "charp",
    "checked_bool": "bool",
    "checked_ints": "array of int",
}


def test_param_has_its_default(library_guest: LibraryGuest) -> None:
    """A parameter that is not set has the value of the source."""
    log = library_guest.log.partition("part: params\n")[0]
    assert "load: 0 200 -300 60000 -70000 4000000000 -5000000000 18000000000000000000 18000000000000000001 pump\n" in log
    assert "load: 2 ints, sum -1; 2 texts, a; hidden 1; checked 4 lower\n" in log


def test_param_is_a_file_with_its_permissions(library_guest: LibraryGuest) -> None:
    """/sys/module/<module>/parameters/ has each that has permissions, with its value."""
    log = library_guest.part("params")
    files = {name: (mode, text.strip()) for name, mode, text in re.findall(r"^has (\w+) (\d+) (.*)$", log, re.M)}
    assert files == {
        "a_bool": ("644", "N"),
        "a_byte": ("644", "200"),
        "a_short": ("644", "-300"),
        "a_ushort": ("644", "60000"),
        "an_int": ("644", "-70000"),
        "a_uint": ("644", "4000000000"),
        "a_long": ("644", "-5000000000"),
        "a_ulong": ("644", "18000000000000000000"),
        "a_ullong": ("644", "18000000000000000001"),
        "a_text": ("644", "pump"),
        "some_ints": ("644", "1,-2"),
        "some_texts": ("444", "a,b"),
        "read_only": ("444", "12"),
        "checked": ("644", "4"),
        "checked_text": ("644", "lower"),
        "checked_bool": ("644", "N"),
        "checked_ints": ("644", "2,4"),
    }


def test_param_written_is_taken_if_it_fits(library_guest: LibraryGuest) -> None:
    """A text that is a value of the type is taken, any other refused as the kernel refuses it in C. The error of the
    module's own check is the writer's, and the value stays as it was; an array, as in C, has what came before."""
    assert re.findall(r"^(?:took|refused) .*$", library_guest.part("params"), re.M) == WRITTEN + CHECKED


def test_param_written_is_what_the_module_reads(library_guest: LibraryGuest) -> None:
    """Values, texts and arrays that were written last are what the module has."""
    log = library_guest.part("params")
    assert "unload: 1 255 -32768 65535 63 4000000000 -9000000000000000000 18446744073709551615 " in log
    assert "unload: 1 ints, sum 9; 2 texts, a; hidden 1; checked 10 fine\n" in log


def test_param_is_set_at_load(library_guest: LibraryGuest) -> None:
    """insmod's name=value, also of those without a file; a bool's name alone is yes."""
    log = library_guest.part("params").partition("loading with values\n")[2]
    assert re.search(r"load: 1 16 -300 .* motor$", log, re.M), log
    assert "load: 1 ints, sum 7; 2 texts, x; hidden 5; checked 8 lower\n" in log


def test_param_refused_at_load_fails_the_load(library_guest: LibraryGuest) -> None:
    """insmod gets the error of the type or of the module's check, and the module is not loaded."""
    log = library_guest.part("params").partition("loading with values\n")[0]
    assert dict(re.findall(r"^loading with (\S+): (.*)$", log, re.M)) == REFUSED
    assert "params: load: " not in log


def test_param_is_in_modinfo(library_guest: LibraryGuest) -> None:
    """Each parameter has its description and type in modinfo, in C's format."""
    module = library_guest.project.module("params")
    assert sorted(modinfo_field(module, "parmtype").splitlines()) == sorted(f"{n}:{t}" for n, t in TYPES.items())
    texts = {"checked": "even", "checked_text": "lower case", "checked_bool": "refused", "checked_ints": "even ones"}
    assert sorted(modinfo_field(module, "parm").splitlines()) == sorted(
        f"{name}:{texts.get(name, name.replace('_', ' '))} ({kind})" for name, kind in TYPES.items()
    )


def test_param_is_shown_by_inspect(library_guest: LibraryGuest, kcxx: Path) -> None:
    """kcxx inspect prints name and type of each."""
    report = must(run(kcxx, "inspect", "--format", "json", library_guest.project.module("params")))
    (module,) = json.loads(report)["modules"]
    assert {param["name"]: param["type"] for param in module["parameters"]} == TYPES
