# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Drivers of examples/drivers/ that are unbound and bound again and again, while user space uses their devices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY

TIMES = 100


@dataclass(frozen=True)
class Driver:
    """A driver's module, its directory in /sys/bus, the options that give the guest its device, and a use of that"""

    module: Path
    directory: str
    options: tuple[str, ...]
    used: str


LM75 = ("--load", "i2c-stub", "--param", "i2c_stub:chip_addr=0x48")
WATCHDOG = ("--device", "i6300esb", "--qemu", "-action watchdog=none")

# By driver: its bus's directory, how kcxx boots it, and what user space does meanwhile
DRIVERS = {
    # Its addresses for DMA have 28 bits.
    "edu": ("pci/drivers/edu", ("--device", "edu", "--memory", "256"), "exec 3<>/dev/edu && echo 5 >&3 && cat <&3"),
    "case_fan": ("platform/drivers/case_fan", (), "cat /sys/bus/platform/devices/case_fan/rpm"),
    "i6300esb": ("pci/drivers/cxx_i6300esb", WATCHDOG, "exec 3>/dev/watchdog0 && echo >&3 && printf V >&3"),
    "lm75": ("i2c/drivers/cxx_lm75", LM75, "cat /sys/class/hwmon/hwmon*/temp1_input"),
}

SCRIPT = """\
dmesg -n 4 # no line for each probe()
use()
{{
	while [ ! -e /tmp/done ]; do
		({used}) >/dev/null 2>&1
	done
}}
mkdir -p /tmp
for i in 1 2 3; do
	use &
done
new=/sys/bus/i2c/devices/i2c-0/new_device
[ ! -e $new ] || echo cxx_lm75 0x48 >$new
cd /sys/bus/{drivers} || exit
for link in *; do
	[ ! -e $link/driver ] || device=$link
done
for i in $(seq {times}); do
	echo $device >unbind || exit
	echo $device >bind || exit
done
touch /tmp/done
wait
echo "bound $i times"
"""


# A use of the device by user space
USE = """\
new=/sys/bus/i2c/devices/i2c-0/new_device
[ ! -e $new ] || echo cxx_lm75 0x48 >$new
({used}) >/dev/null 2>&1
[ ! -e $new ] || echo 0x48 >/sys/bus/i2c/devices/i2c-0/delete_device
"""

# The kernel errs where memory is short far below these drivers: ACPI's routing of interrupts, their directories in /proc,
# and the links of software nodes.
SPARED = {"edu": ("--fault-depth", "8"), "case_fan": ("--fault-depth", "8")}

DEBUG = ("--debug", "--compiler", "clang-19", "--smp", "4")
PATIENCE = 6000  # seconds for a guest with KASAN; edu takes two for each unbinding


@pytest.fixture(params=DRIVERS)
def driver(request: pytest.FixtureRequest, kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> Driver:
    """The driver, built for the distribution's kernel"""
    directory, options, used = DRIVERS[request.param]
    source = REPOSITORY / "examples/drivers" / request.param
    project = CMakeProject(source, tmp_path / "build", package, kernels["6.12"].build)
    project.made("-DBUILD_TESTING=OFF")
    return Driver(project.module(Path(directory).name), directory, options, used)


def boot(kcxx: Path, driver: Driver, script: Path, *options: str) -> str:
    """The log of a guest with the driver and its device"""
    command = (kcxx, "boot", "--timeout", str(PATIENCE), *driver.options, *options, "--script", script, driver.module)
    return must(run(*command, timeout=PATIENCE + 600))


def unbinding(driver: Driver, times: int, to: Path) -> Path:
    """The script that unbinds the driver"""
    to.write_text(SCRIPT.format(used=driver.used, drivers=driver.directory, times=times), encoding="utf-8")
    return to


def test_driver_is_unbound_while_its_device_is_used(driver: Driver, kcxx: Path, tmp_path: Path) -> None:
    """With four CPUs, three of which use the device: each bind works, and the kernel complains of nothing."""
    log = boot(kcxx, driver, unbinding(driver, TIMES, tmp_path / "script"), "--smp", "4")
    assert f"bound {TIMES} times" in log.splitlines()


def test_driver_is_unbound_on_the_debug_kernel(driver: Driver, kcxx: Path, tmp_path: Path) -> None:
    """A thousand times: KASAN, lockdep and kmemleak find nothing."""
    log = boot(kcxx, driver, unbinding(driver, 10 * TIMES, tmp_path / "script"), *DEBUG)
    assert f"bound {10 * TIMES} times" in log.splitlines()


def test_each_allocation_of_a_driver_fails(driver: Driver, kcxx: Path, tmp_path: Path) -> None:
    """Its probe() is undone: the driver unloads, nothing is leaked, and in the end it works as in the beginning."""
    script = tmp_path / "script"
    script.write_text(USE.format(used=driver.used), encoding="utf-8")
    log = boot(kcxx, driver, script, *DEBUG, "--faults", *SPARED.get(driver.module.stem, ()))
    assert re.search(r"; [1-9]\d* allocations failed in turn; no leak$", log, re.M)
