# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The verdict of kcxx inspect is the kernel's: modules are changed, inspected, and loaded."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.elf_edit import ElfEdit
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel
from fixtures.guest_modules import build_guests

LOADS, REFUSED = ExitStatus.OK, ExitStatus.LOAD
MARKER = b"~Module signature appended~\n"


def unchanged(_: ElfEdit) -> None:
    """The module as it was built"""


def with_relocation_type(module: ElfEdit) -> None:
    """Gives the first relocation the type of a thread-local variable."""
    place = module.section(".rela.init.text")
    struct.pack_into("<I", module.data, place.offset + 8, 23)  # R_X86_64_TPOFF32


def with_written_place(module: ElfEdit) -> None:
    """The place of its first relocation has bytes already."""
    (offset,) = struct.unpack_from("<Q", module.data, module.section(".rela.init.text").offset)
    module.data[module.section(".init.text").offset + offset] = 1


def with_other_crc(module: ElfEdit) -> None:
    """The CRC of its first import is another one."""
    module.data[module.section("__versions").offset] ^= 1


def with_other_options(module: ElfEdit) -> None:
    """Gives the vermagic other options."""
    at = module.data.index(b"mod_unload ", module.section(".modinfo").offset)
    module.data[at] = ord("M")


def with_other_release(module: ElfEdit) -> None:
    """Gives the vermagic another release; the CRCs stay right."""
    at = module.data.index(b"vermagic=", module.section(".modinfo").offset) + len(b"vermagic=")
    module.data[at : at + 2] = b"5."


def without_licence(module: ElfEdit) -> None:
    """Removes the licence; the module uses no function that is for the GPL alone."""
    at = module.data.index(b"license=", module.section(".modinfo").offset)
    module.data[at] = ord("L")


def without_structure(module: ElfEdit) -> None:
    """The section that the kernel knows it by has another name."""
    module.data[module.data.index(b".gnu.linkonce.this_module\0")] = ord("_")


def with_padding(module: ElfEdit) -> None:
    """Appends a signature with padding that is not zero."""
    module.data += b"signature" + bytes((0, 0, 2, 0, 0, 0, 0, 1)) + struct.pack(">I", 9) + MARKER


def with_unreadable_signature(module: ElfEdit) -> None:
    """Appends a signature that is no message."""
    module.data += b"signature" + bytes((0, 0, 2, 0, 0, 0, 0, 0)) + struct.pack(">I", 9) + MARKER


def with_long_signature(module: ElfEdit) -> None:
    """Appends a signature that is as long as the whole file."""
    module.data += bytes((0, 0, 2, 0, 0, 0, 0, 0)) + struct.pack(">I", len(module.data)) + MARKER


def with_signature_of_another_type(module: ElfEdit) -> None:
    """Appends a signature of a type that the kernel does not know, and ignores."""
    module.data += b"signature" + bytes((0, 0, 1, 0, 0, 0, 0, 0)) + struct.pack(">I", 9) + MARKER


CHANGES: dict[Callable[[ElfEdit], None], int] = {
    unchanged: LOADS,
    with_relocation_type: REFUSED,
    with_written_place: REFUSED,
    with_other_crc: REFUSED,
    with_other_options: REFUSED,
    with_other_release: LOADS,
    without_licence: LOADS,
    without_structure: REFUSED,
    with_padding: REFUSED,
    with_unreadable_signature: REFUSED,
    with_long_signature: REFUSED,
    with_signature_of_another_type: LOADS,
}


def agree(kcxx: Path, kernel: Kernel, path: Path, status: int) -> None:
    """Both the answer for @path and the kernel end with @status."""
    inspected = run(kcxx, "inspect", "--kernel", kernel.release, path)
    booted = run(kcxx, "boot", "--kernel", kernel.release, path)
    assert (inspected.returncode, booted.returncode) == (status, status), inspected.stdout + booted.stdout + booted.stderr


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_answer_is_the_kernels(kcxx: Path, kernel: Kernel, change: Callable[[ElfEdit], None], tmp_path: Path) -> None:
    """A module that was changed loads, or is refused, as the answer is."""
    module = ElfEdit(build_guests(kernel) / "clean.ko")
    change(module)
    agree(kcxx, kernel, module.write(tmp_path / "clean.ko"), CHANGES[change])


def test_stripped_module_is_refused(kcxx: Path, kernel: Kernel, tmp_path: Path) -> None:
    """A module without symbols is refused by both."""
    path = tmp_path / "clean.ko"
    must(run("objcopy", "--strip-all", build_guests(kernel) / "clean.ko", path))
    agree(kcxx, kernel, path, REFUSED)
