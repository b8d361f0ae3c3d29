# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Drivers of examples/drivers/ that are unbound and bound again and again, while user space uses their devices."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY

TIMES = 100

LM75 = ("--load", "i2c-stub", "--param", "i2c_stub:chip_addr=0x48")
WATCHDOG = ("--device", "i6300esb", "--qemu", "-action watchdog=none")

# By driver: its bus's directory, how kcxx boots it, and what user space does meanwhile
DRIVERS = {
    "edu": ("pci/drivers/edu", ("--device", "edu"), "exec 3<>/dev/edu && echo 5 >&3 && cat <&3"),
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


@pytest.mark.parametrize("name", DRIVERS)
def test_driver_is_unbound_while_its_device_is_used(
    name: str, kernels: dict[str, Kernel], kcxx: Path, package: Path, tmp_path: Path
) -> None:
    """With four CPUs, three of which use the device: each bind works, and the kernel complains of nothing."""
    drivers, options, used = DRIVERS[name]
    project = CMakeProject(REPOSITORY / "examples/drivers" / name, tmp_path / "build", package, kernels["6.12"].build)
    project.made("-DBUILD_TESTING=OFF")
    module = project.module(Path(drivers).name)
    script = tmp_path / "script"
    script.write_text(SCRIPT.format(used=used, drivers=drivers, times=TIMES), encoding="utf-8")
    log = must(run(kcxx, "boot", "--smp", "4", "--timeout", "1200", *options, "--script", script, module))
    assert f"bound {TIMES} times" in log.splitlines()
