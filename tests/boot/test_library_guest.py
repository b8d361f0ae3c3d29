# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""All modules that use the library, together in one guest: they build, load, work and unload without a complaint."""

from __future__ import annotations

import re

import pytest

from fixtures.behaviours import assert_behaviours_hold
from fixtures.library_guest import MODULES, REPORTERS, LibraryGuest, library_guest
from fixtures.mitigation_oracle import demanded

__all__ = ["library_guest"]


def test_library_builds_without_a_remark(library_guest: LibraryGuest) -> None:
    """No warning of a compiler, objtool, modpost or the linker; only the check's, and that pahole is too old."""
    assert library_guest.remarks == []


def test_library_guest_has_every_module(library_guest: LibraryGuest) -> None:
    """Each module of CMakeLists.txt is one that the guest loads."""
    assert {path.stem for path in library_guest.project.build.glob("*.ko")} == {*MODULES}


def test_library_guest_has_two_cpus(library_guest: LibraryGuest) -> None:
    """With one CPU, few of the locks would be contended. The debug kernel has no ACPI, and finds one."""
    assert f"CPUs: {1 if library_guest.debug else 2}\n" in library_guest.log


def test_library_guest_ends_without_a_complaint(library_guest: LibraryGuest) -> None:
    """Each script succeeds, the modules are unloaded while works and timers start themselves, and the kernel warns of
    nothing; a debug kernel finds no leak."""
    assert re.findall(r"^part failed: (.*)$", library_guest.log, re.M) == []
    assert library_guest.status == 0, library_guest.log
    assert re.search(r"^kcxx: ok: ", library_guest.log, re.M), library_guest.log


@pytest.mark.parametrize("reporter", REPORTERS)
def test_behaviours_hold(reporter: str, library_guest: LibraryGuest) -> None:
    """Each behaviour that the source of a module or program lists was tried in the guest, and holds."""
    assert_behaviours_hold(library_guest.log, reporter, REPORTERS[reporter])


def test_code_has_the_mitigations_of_its_kernel(library_guest: LibraryGuest) -> None:
    """All that the configuration demands, in every function that needs it; no register of floating point."""
    having = {name for code in library_guest.code for name, coverage in code.mitigations.items() if coverage.having}
    assert demanded(library_guest.kernel) <= having
    wrong = [
        f"{code.module.name}: {text}"
        for code in library_guest.code
        for text in (*code.differences(library_guest.kernel), *code.floating_point)
    ]
    assert wrong == []


def test_inspect_agrees_with_the_disassembly(library_guest: LibraryGuest, kcxx: Path) -> None:
    """kcxx inspect reads bytes, the oracle reads LLVM's disassembly: of each mitigation they report the same."""
    assert [text for code in library_guest.code for text in code.disagreements(kcxx)] == []
