# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The system suspends to idle, and the alarm of a driver's clock wakes it: on arm64, whose machine in QEMU has the clock."""

from __future__ import annotations

import re
from pathlib import Path

from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.fetched_kernels import fetched_kernel
from fixtures.repository import REPOSITORY

# Long enough that the alarm comes when all devices are asleep
SECONDS = 20

SCRIPT = f"""\
set -e
cd /sys/bus/amba
device=$(cd drivers/rtc-pl031 && echo *.pl031)
echo $device >drivers/rtc-pl031/unbind
echo pl031 >devices/$device/driver_override
echo $device >drivers/pl031/bind
cd devices/$device/rtc/rtc*
before=$(cat since_epoch)
echo +{SECONDS} >wakealarm
echo freeze >/sys/power/state
echo "slept for $(($(cat since_epoch) - before)) seconds"
"""


def test_alarm_of_a_driver_wakes_the_system(kcxx: Path, package: Path, tmp_path: Path) -> None:
    """The device of another driver suspends and resumes meanwhile, once each."""
    kernel = fetched_kernel(kcxx, "6.12", "arm64")
    modules = []
    for source, name in ((REPOSITORY / "tests/modules/hardware", "sleeper"), (REPOSITORY / "examples/drivers/pl031", "pl031")):
        project = CMakeProject(source, tmp_path / name, package, kernel.build)
        must(project.configure(f"--toolchain={package}/share/kcxx/toolchains/arm64-gcc.cmake", "-DBUILD_TESTING=OFF"))
        must(project.make(name))
        modules.append(project.module(name))
    script = tmp_path / "script"
    script.write_text(SCRIPT, encoding="utf-8")
    options = ("--append", "no_console_suspend", "--timeout", "300", "--script", script)
    log = must(run(kcxx, "boot", *options, *modules, timeout=400))
    assert re.findall(r"sleeper kcxx_sleeper: (\w+)$", log, re.M) == ["suspends", "resumes"]
    (slept,) = re.findall(r"^slept for (\d+) seconds$", log, re.M)
    assert int(slept) >= SECONDS
