# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""What is in a .ko file, as binutils and kmod tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from conftest import must, run


@dataclass(frozen=True)
class Section:
    """A section: name, size, flags as readelf prints them."""

    name: str
    size: int
    flags: str


def modinfo(module: Path) -> list[str]:
    """The lines of modinfo(8), without the one that names the file."""
    lines = must(run("/sbin/modinfo", module)).splitlines()
    return [line for line in lines if not line.startswith("filename:")]


def modinfo_field(module: Path, field: str) -> str:
    """One field of modinfo(8)."""
    return must(run("/sbin/modinfo", "-F", field, module)).strip()


def symbols(module: Path) -> list[str]:
    """Type and name of each symbol, as nm(1) tells; sorted."""
    return sorted(" ".join(line.split()[-2:]) for line in must(run("nm", module)).splitlines())


def sections(module: Path) -> list[Section]:
    """All sections, in the order of the file."""
    pattern = r"^ +\[ *\d+\] (\S*) +\S+ +[0-9a-f]+ [0-9a-f]+ ([0-9a-f]+) [0-9a-f]+ +([A-Za-z]*) +\d+ +\d+ +\d+$"
    text = must(run("readelf", "--wide", "--sections", module))
    return [Section(name, int(size, 16), flags) for name, size, flags in re.findall(pattern, text, re.M)]


def allocated_sections(module: Path) -> list[Section]:
    """The sections that get memory in the kernel."""
    return [section for section in sections(module) if "A" in section.flags]


def relocations(module: Path) -> dict[str, list[str]]:
    """The relocations of each allocated section: offset, type and symbol with addend."""
    allocated = {section.name for section in allocated_sections(module)}
    found: dict[str, list[str]] = {}
    current = ""
    for line in must(run("readelf", "--wide", "--relocs", module)).splitlines():
        if heading := re.match(r"Relocation section '\.rela?(\S+)' at offset", line):
            current = heading[1]
        elif current in allocated and re.match(r"[0-9a-f]{8,}", line):
            offset, _, kind, _, *target = line.split()
            found.setdefault(current, []).append(" ".join([offset, kind, *target]))
    return found
