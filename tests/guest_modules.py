# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The modules in guests/, in C: kcxx boot is told from what it does with them."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import BUILD, Kernel, must, one_at_a_time, run

SOURCES = Path(__file__).parent / "guests"


def build_guests(kernel: Kernel) -> Path:
    """Builds them for @kernel with the kernel's own make; the directory with the modules."""
    directory = BUILD / "guests" / kernel.release
    with one_at_a_time(f"guests-{kernel.release}"):
        directory.mkdir(parents=True, exist_ok=True)
        for source in SOURCES.iterdir():
            copy = directory / source.name
            if not copy.exists() or copy.read_bytes() != source.read_bytes():
                shutil.copy(source, copy)
        must(run("make", "-C", kernel.build, f"M={directory}", "modules"))
    return directory
