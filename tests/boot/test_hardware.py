# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The drivers of tests/modules/hardware/ on devices of QEMU's and of the kernel's own, together in one guest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.axes import axis
from fixtures.behaviours import assert_behaviours_hold
from fixtures.cmake_project import CMakeProject, remarks
from fixtures.commands import run
from fixtures.directories import made_once
from fixtures.library_guest import DEBUG_OPTIONS
from fixtures.library_kernels import SCAN, kernel_of
from fixtures.repository import REPOSITORY

SOURCES = REPOSITORY / "tests/modules/hardware"
DRIVERS = {path.stem: path for path in sorted(SOURCES.glob("*.cc"))}
# A driver behaves in itself, in user space or in both
BEHAVING = [name for name, path in DRIVERS.items() if "BEHAVES(" in path.read_text(encoding="utf-8")]
# The commands of user space for a device of a driver
SCRIPTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.sh"))}

# Buffers are copied on the way to a device, which shows a synchronisation that is missing. The first edu reaches the copies
# wherever they are in a guest's memory.
DEVICES = ("--device", "edu,dma_mask=0xffffffff", "--device", "pci-testdev", "--device", "nvme,serial=kcxx", "--device", "edu,addr=0x1d", "--device", "i6300esb")
EXPANDERS = ("--device", "edu,addr=0x1b")
MESSAGES = ("--device", "edu,addr=0x1c", "--device", "e1000e,romfile=,subsys=1", "--smp", "2")
ERRORS = ("--device", "pcie-root-port,id=behind,chassis=1,slot=1", "--device", "e1000e,bus=behind", "--load", "aer_inject")
CHIP = ("--load", "evdev", "--load", "regmap-spi", "--load", "pretimeout_noop", "--load", "i2c-stub", "--param", "i2c_stub:chip_addr=0x50,0x51")
FIRMWARE = ("--file", f"{SOURCES / 'parts.sh'}:lib/firmware/kcxx/part.sh")
OPTIONS = (*DEVICES, *EXPANDERS, *MESSAGES, *ERRORS, *CHIP, *FIRMWARE, "--append", "swiotlb=force", "--timeout", "1200")

SCRIPT = """\
behaves()
{
	name=$1
	shift
	if "$@"; then
		echo "$driver, in user space: $name: holds"
	else
		echo "$driver, in user space: $name: does not hold: $*"
	fi
}
sed 's/^/buffers that are still mapped: /' /sys/kernel/debug/swiotlb/io_tlb_used
"""


@dataclass(frozen=True)
class HardwareGuest:
    """The output of the drivers' build, and how their boot ended."""

    build_output: str
    status: int
    log: str


@pytest.fixture(
    scope="session", params=axis(("6.12", "gcc"), every=(("6.1", "gcc"), ("6.12", "clang"), ("debug", "clang"))), ids="-".join
)  # fmt: skip
def guest(request: pytest.FixtureRequest, kcxx: Path, package: Path, run_directory: Path) -> HardwareGuest:
    """For each kernel by a family's toolchain file; built and booted once."""
    series, compiler = request.param
    kernel = kernel_of(kcxx, series, "x86_64")
    directory = run_directory / f"hardware-{series}-{compiler}"

    def make(_: Path) -> None:
        project = CMakeProject(SOURCES, directory / "build", package, kernel.build)
        toolchain = package / f"share/kcxx/toolchains/x86_64-{compiler}.cmake"
        (directory / "build-output").write_text(project.made(f"--toolchain={toolchain}"), encoding="utf-8")
        scan = SCAN if series == "debug" else ""
        script = directory / "script"
        script.write_text(SCRIPT + "".join(f"driver={name}\n{text}" for name, text in SCRIPTS.items()) + scan, encoding="utf-8")
        modules = [project.module(name) for name in DRIVERS]
        options = (*OPTIONS, *(DEBUG_OPTIONS if series == "debug" else ()), "--kernel", kernel.image)
        result = run(kcxx, "boot", *options, "--script", script, *modules)
        (directory / "status").write_text(str(result.returncode), encoding="utf-8")
        (directory / "log").write_text(result.stdout + result.stderr, encoding="utf-8")

    made_once(directory, make)
    output, status, log = ((directory / name).read_text(encoding="utf-8") for name in ("build-output", "status", "log"))
    return HardwareGuest(output, int(status), log)


def test_drivers_build_without_a_remark(guest: HardwareGuest) -> None:
    """No warning of a compiler, objtool, modpost or the linker."""
    output = re.sub(r"^CMake Warning at .*?\n\n\n", "", guest.build_output, flags=re.M | re.S)
    assert [line for line in remarks(output) if " gets no BTF: " not in line] == []


def test_drivers_are_loaded_and_unloaded_without_a_complaint(guest: HardwareGuest) -> None:
    """The kernel warns of nothing."""
    assert guest.status == 0, guest.log


@pytest.mark.parametrize("name", BEHAVING)
def test_behaviours_of_a_driver_hold(name: str, guest: HardwareGuest) -> None:
    """Each behaviour that the source of a driver lists was tried on its device, and holds."""
    assert_behaviours_hold(guest.log, name, DRIVERS[name])


@pytest.mark.parametrize("name", SCRIPTS)
def test_behaviours_in_user_space_hold(name: str, guest: HardwareGuest) -> None:
    """Each behaviour that a driver's script lists was tried in the guest, and holds."""
    listed = re.findall(r"^behaves (\w+) ", SCRIPTS[name], re.M)
    assert listed and re.findall(rf"^{name}, in user space: (\w+): holds$", guest.log, re.M) == listed, guest.log


def test_each_driver_has_behaviours() -> None:
    """In its source, or in the script beside it"""
    assert DRIVERS.keys() == {*BEHAVING, *SCRIPTS}


def test_no_buffer_stays_mapped(guest: HardwareGuest) -> None:
    """After all transfers, while the driver is still bound, the kernel has no buffer of a device's."""
    assert re.findall(r"^buffers that are still mapped: (.*)$", guest.log, re.M) == ["0"]
