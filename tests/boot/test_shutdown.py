# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The ends of the system: what a module is called for before it restarts, goes off or panics. Each end is a guest of its own."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.axes import axis
from fixtures.commands import run
from fixtures.directories import made_once
from fixtures.exit_status import ExitStatus
from fixtures.kbuild_project import KbuildProject
from fixtures.library_guest import SOURCES
from fixtures.library_kernels import kernel_of

# By end: the command of user space for it
ENDS = {"restart": "reboot -f", "power_off": "poweroff -f", "panic": "echo c >/proc/sysrq-trigger", "unload": "true"}


@dataclass(frozen=True)
class Ends:
    """By end: the lines of the two modules. A machine restarts by its firmware, or by what the kernel calls for it."""

    arch: str
    series: str
    shutdown: dict[str, list[str]]
    watchdog: dict[str, list[str]]


@pytest.fixture(scope="session", params=axis(("6.12", "x86_64"), every=(("6.1", "x86_64"), ("6.12", "arm64"))), ids="-".join)
def ends(request: pytest.FixtureRequest, kcxx: Path, package: Path, run_directory: Path) -> Ends:
    """For each kernel; built once, and booted once for each end."""
    series, arch = request.param
    kernel = kernel_of(kcxx, series, arch)

    def make(directory: Path) -> None:
        project = KbuildProject(directory, package, kernel.build)
        for source in ("shutdown/shutdown.cc", "hardware/soft_watchdog.cc", "hardware/behaviours.hpp"):
            shutil.copy(SOURCES / source, directory)
        project.kbuild("obj-m := shutdown.o soft_watchdog.o\n")
        variables = run("sh", package / "share/kcxx/kbuild/make-variables.sh", kernel.build).stdout.split()
        assert "warning:" not in project.made(*variables)
        for end, command in ENDS.items():
            script = project.write(f"{end}.script", f"{command}\nsleep 5\n")
            modules = [project.module("soft_watchdog"), project.module("shutdown")] if end == "restart" else [project.module("shutdown")]
            result = run(kcxx, "boot", "--kernel", kernel.image, "--script", script, *modules)
            assert (result.returncode == ExitStatus.OK) == (end == "unload"), result.stdout + result.stderr
            project.write(end, result.stdout + result.stderr)

    directory = made_once(run_directory / f"shutdown-{series}-{arch}", make)
    logs = {end: (directory / end).read_text(encoding="utf-8") for end in ENDS}

    def lines(module: str) -> dict[str, list[str]]:
        found = {end: re.findall(rf"\] {module}: (.*)$", log, re.M) for end, log in logs.items()}
        return {end: [line for line in of if not line.startswith(("loading out-of-tree", "module verification"))] for end, of in found.items()}

    return Ends(arch, series, lines("shutdown"), lines("soft_watchdog"))


def test_restart_is_announced_by_priority(ends: Ends) -> None:
    """Notifiers run before all else, the one of the higher priority first. Only some machines ask handlers to restart them."""
    prepares = ["prepares the restart"] if ends.series != "6.1" else []
    restarts = ["restarts"] if ends.arch != "x86_64" else []
    assert ends.shutdown["restart"] == ["notified first, of 1", "notified second, of 1, after 1", *prepares, *restarts]


def test_watchdog_restarts_the_machine(ends: Ends) -> None:
    """Before a handler of a lower priority, where the machine asks handlers."""
    assert ("restarts the machine" in ends.watchdog["restart"]) == (ends.arch != "x86_64")


def test_power_off_is_announced_prepared_and_done(ends: Ends) -> None:
    """In this order."""
    announced = ["notified first, of 3", "notified second, of 3, after 1"]
    assert ends.shutdown["power_off"] == [*announced, "prepares to power off", "powers off"]


def test_panic_calls_its_notifier_alone(ends: Ends) -> None:
    """Nothing is notified of a restart that follows a panic."""
    assert ends.shutdown["panic"] == ["panics, after 0"]


def test_notifiers_that_have_ended_are_not_called(ends: Ends) -> None:
    """Neither those of a module that is unloaded."""
    assert ends.shutdown["unload"] == []
