# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Drivers of examples/drivers/ that are unbound and bound again and again, while user space uses their devices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.example_drivers import DRIVERS, EXAMPLES, ExampleDriver, built_driver, machine_of
from fixtures.fetched_kernels import fetched_kernel

TIMES = 100

# The series that Debian has for the machine of a driver: 6.1 is older than its port to riscv64
SERIES = {"x86_64": ("6.12", "6.1"), "arm64": ("6.12", "6.1"), "riscv64": ("6.12",)}
# No debug kernel for riscv64 has a filter for the allocations of modules.
DEBUGGED = ("x86_64", "arm64")
ON_A_DISTRIBUTION = [(name, series) for name in DRIVERS for series in SERIES[machine_of(name)]]
ON_A_DEBUG_KERNEL = [(name, "6.12") for name in DRIVERS if machine_of(name) in DEBUGGED]

# Behind the script of a driver. A device that needs another one's driver is bound some time after that.
UNBINDING = """\
users()
{
	while [ ! -e /tmp/done ]; do
		(use) >/dev/null 2>&1
	done
}
bound_devices()
{
	for module in $modules; do
		for device in /sys/bus/*/drivers/$module/* /sys/bus/*/drivers/$module.*/*; do
			[ ! -e "$device/driver" ] || echo "$device"
		done
	done
}
is_bound()
{
	for _ in $(seq 300); do
		[ ! -e "$1" ] || return 0
		usleep 100000
	done
	echo "$1 is not bound"
	return 1
}
works()
{
	for _ in $(seq 100); do
		! (use) || return 0
		usleep 100000
	done
	return 1
}
mkdir -p /tmp
trap 'touch /tmp/done' EXIT
works || exit
devices=$(bound_devices)
for i in 1 2 3; do
	users &
done
for i in $(seq $times); do
	for device in $devices; do
		is_bound $device || exit
		unbind $device || exit
		echo ${device##*/} >${device%/*}/bind 2>/dev/null
		is_bound $device || exit
	done
done
touch /tmp/done
wait
for device in $devices; do
	is_bound $device || exit
	echo "${device##*/} was bound $i times"
done
works || exit
end
"""

# The next round names a client again.
FAULTS = """\
(use) >/dev/null 2>&1
for client in /sys/bus/i2c/devices/0-00*; do
	[ ! -e "$client" ] || echo "0x${client##*00}" >/sys/bus/i2c/devices/i2c-0/delete_device
done
end
"""

# The kernel errs where memory is short far below these drivers: the directories of interrupts in /proc, the links of software
# nodes, and the number of an SPI controller, where it warns.
SPARED = {name: ("--fault-depth", "8") for name in ("edu", "case_fan", "adt7310")}

DEBUG = ("--debug", "--compiler", "clang-19")
# Whenever a PCI device is enabled or disabled, the kernel has the firmware's table of interrupts made anew, which takes most of
# a second with KASAN. These devices send messages, or have no interrupt.
DEBUG_OF_A_MACHINE = {"x86_64": ("--append", "acpi=noirq")}
PATIENCE = 6000  # seconds for a guest with KASAN


@pytest.fixture
def driver(request: pytest.FixtureRequest, kcxx: Path, package: Path, tmp_path: Path) -> ExampleDriver:
    """The driver, built for the distribution's kernel"""
    name, series = request.param
    return built_driver(name, fetched_kernel(kcxx, series, machine_of(name)), package, kcxx, tmp_path / "build")


def on(pairs: list[tuple[str, str]]) -> pytest.MarkDecorator:
    """Parameters of driver(): drivers, each for a series of kernels"""
    return pytest.mark.parametrize("driver", pairs, ids="-".join, indirect=True)


def debug_options(driver: ExampleDriver) -> tuple[str, ...]:
    """kcxx's options for a guest with the debug kernel for the driver's machine"""
    return (*DEBUG, *DEBUG_OF_A_MACHINE.get(machine_of(driver.name), ()))


def assert_is_unbound(driver: ExampleDriver, kcxx: Path, times: int, *options: str) -> None:
    """Each device of the driver is unbound @times times, by one of four CPUs, while three processes use it."""
    script = f"times={times}\n{UNBINDING}"
    log = driver.boot(kcxx, script, "--smp", "4", *options, patience=PATIENCE)
    assert re.search(rf"^\S+ was bound {times} times$", log, re.M)


def test_each_example_has_a_use() -> None:
    """A script of tests/every/drivers/ uses its device."""
    assert {path.parent.name for path in EXAMPLES.glob("*/Kbuild")} == {name.partition("/")[0] for name in DRIVERS}


@on(ON_A_DISTRIBUTION)
def test_driver_is_unbound_while_its_device_is_used(driver: ExampleDriver, kcxx: Path) -> None:
    """Each bind works, and the kernel complains of nothing."""
    assert_is_unbound(driver, kcxx, TIMES)


@on(ON_A_DEBUG_KERNEL)
def test_driver_is_unbound_on_the_debug_kernel(driver: ExampleDriver, kcxx: Path) -> None:
    """A thousand times: KASAN, lockdep and kmemleak find nothing."""
    assert_is_unbound(driver, kcxx, 10 * TIMES, *debug_options(driver))


@on(ON_A_DEBUG_KERNEL)
def test_each_allocation_of_a_driver_fails(driver: ExampleDriver, kcxx: Path) -> None:
    """Its probe() is undone: the driver unloads, nothing is leaked, and in the end it works as in the beginning."""
    spared = SPARED.get(driver.name, ())
    log = driver.boot(kcxx, FAULTS, *debug_options(driver), "--faults", *spared, patience=PATIENCE)
    assert re.search(r"; [1-9]\d* allocations failed in turn; no leak$", log, re.M)
