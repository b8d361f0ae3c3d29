# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cxxavailable.sh keeps the report of a check in which each requirement is met, until what it depends on changes."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable

import pytest

from fixtures.availability_check import Check
from fixtures.fake_compiler import DISASSEMBLY


@pytest.fixture
def counted(check: Check) -> Check:
    """A check whose objdump, which reads the compiled probe, counts its runs."""
    check.tools.link("sha256sum")
    check.tools.script("objdump", f"echo run >> {check.directory}/runs\nprintf '%s' {shlex.quote(DISASSEMBLY)}")
    check.prepare()
    return check


def runs(check: Check) -> int:
    """Returns how often the probe was compiled and read."""
    log = check.directory / "runs"
    return log.read_text(encoding="utf-8").count("run") if log.exists() else 0


def reported(check: Check, *arguments: str) -> str:
    """Runs the script for the kernel and returns its output, which has to end well."""
    result = check.call("--kernel", check.kernel.directory, *arguments)
    assert (result.returncode, result.stderr) == (0, ""), result.stdout + result.stderr
    return result.stdout


@pytest.mark.parametrize("arguments", [(), ("--verbose",), ("--quiet",), ("--format", "json")], ids=" ".join)
def test_report_is_kept(arguments: tuple[str, ...], counted: Check) -> None:
    """The second check prints what the first one printed, and compiles nothing."""
    first = reported(counted, *arguments)
    assert runs(counted) == 1
    assert reported(counted, *arguments) == first
    assert runs(counted) == 1


def append_to(name: str) -> Callable[[Check], object]:
    """Adds a comment to a file of the kernel directory."""

    def change(check: Check) -> None:
        with (check.kernel.directory / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")

    return change


CHANGES: dict[str, Callable[[Check], object]] = {
    "the configuration": append_to("include/config/auto.conf"),
    "Module.symvers": append_to("Module.symvers"),
    "the kernel's makefile": append_to("Makefile"),
    "a program of the kernel": append_to("scripts/basic/fixdep"),
    "a makefile of Kbuild": append_to("scripts/Makefile.build"),
    "the compiler": lambda check: check.tools.compiler("g++-12"),
    "the linker": lambda check: check.tools.prints("ld", ""),
    "a program in PATH": lambda check: check.tools.prints("another", ""),
    "a C++ header": lambda check: (check.tools.headers / "more").touch(),
    "the environment": lambda check: check.environment.update(CPATH="/opt/include"),
    "the directory of programs": lambda check: check.environment.update(PATH=f"{check.path}:/opt/bin"),
    "the machine": lambda check: check.tools.uname("6.12.6-fake"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_check_is_made_again_after_a_change(change: str, counted: Check) -> None:
    """A kept report serves as long as nothing has changed that the check depends on."""
    reported(counted)
    CHANGES[change](counted)
    reported(counted)
    assert runs(counted) == 2


def test_check_is_made_again_after_a_change_of_the_kernels_sources(counted: Check) -> None:
    """A kernel that was built elsewhere has its headers there: the flags name them."""
    sources = counted.directory / "sources"
    header = sources / "include/linux/kconfig.h"
    header.parent.mkdir(parents=True)
    header.touch()
    counted.kernel.facts["C_FLAGS"] += f" -I{sources}/include"
    counted.prepare()
    reported(counted)
    header.write_text("// changed\n", encoding="utf-8")
    reported(counted)
    assert runs(counted) == 2


def test_report_is_not_kept_without_dates(counted: Check) -> None:
    """An ls that knows no --full-time cannot show a change: the check is made each time."""
    counted.tools.script("ls", "echo 'ls: unrecognized option: full-time' >&2\nexit 1")
    assert reported(counted) == reported(counted)
    assert runs(counted) == 2


def test_check_is_made_again_for_another_call(counted: Check) -> None:
    """Each call has a report of its own: what the module asks for is part of it."""
    reported(counted)
    reported(counted, "--kernel-min", "6.1")
    assert runs(counted) == 2


def test_check_is_made_again_by_another_kcxx(counted: Check) -> None:
    """A changed table of kcxx's is a changed check."""
    counted.kbuild = counted.directory / "kbuild"
    shutil.copytree(counted.kernel.kbuild, counted.kbuild, symlinks=True)
    reported(counted)
    with (counted.kbuild / "architectures.tsv").open("a", encoding="utf-8") as table:
        table.write("# changed\n")
    reported(counted)
    assert runs(counted) == 2


def test_failure_is_never_kept(counted: Check) -> None:
    """A kernel that is not usable is looked at again: its report may be wrong by now."""
    (counted.kernel.directory / "Module.symvers").unlink()
    for _ in range(2):
        outcome = counted.run()
        assert outcome.states("failed", "warning") == ["symvers"]
    assert not (counted.directory / "cache/reports").exists()


def test_kept_report_does_not_hide_a_failure(counted: Check) -> None:
    """The compiler makes bad code by now, after its report was kept."""
    reported(counted)
    counted.tools.compiler("g++-12", says="error: unknown argument: '-a'", status=1)
    assert counted.call("--kernel", counted.kernel.directory).returncode == 1


def test_report_of_what_changes_during_the_check_is_not_kept(counted: Check) -> None:
    """The configuration was read before it changed: the report is of a kernel that is no more."""
    counted.tools.script(
        "objdump",
        f"echo run >> {counted.directory}/runs\necho >> {counted.kernel.directory}/include/config/auto.conf\n"
        f"printf '%s' {shlex.quote(DISASSEMBLY)}",
    )
    reported(counted)
    assert not (counted.directory / "cache/reports").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_report_of_somebody_else_is_not_taken(counted: Check) -> None:
    """A kept report has to belong to the user."""
    reported(counted)
    for entry in (counted.directory / "cache/reports").iterdir():
        (entry / "report").write_text("taken over\n")
        os.chown(entry / "report", 65534, 65534)
    assert "taken over" not in reported(counted)
    assert runs(counted) == 2


def test_cache_that_cannot_be_written_is_no_failure(counted: Check) -> None:
    """The check is made each time."""
    counted.environment["KCXX_CACHE"] = "/dev/null"
    assert reported(counted) == reported(counted)
    assert runs(counted) == 2


def test_environment_is_not_written_down(counted: Check) -> None:
    """A variable may be a password: the cache has a checksum of them."""
    counted.environment["PASSWORD"] = "correct-horse"
    reported(counted)
    kept = [file for file in (counted.directory / "cache/reports").rglob("*") if file.is_file()]
    assert kept
    assert not [file for file in kept if "correct-horse" in file.read_text(encoding="utf-8")]
