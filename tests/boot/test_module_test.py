# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""add_kernel_module_test(): a module booted by CTest passes when it should, and fails when it should."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import run
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY

TESTS = """\
    add_kernel_module_test(passes MODULES hello
      EXPECT "hello: C\\\\+\\\\+ out-of-tree sample \\\\(init\\\\)" "My numbers are \\\\[72, 108, 200\\\\]"
      FORBID "hello: goodbye")
    add_kernel_module_test(expects-in-vain MODULES hello EXPECT "hello: C\\\\+\\\\+" "hello: never said")
    add_kernel_module_test(finds-the-forbidden MODULES hello FORBID "My numbers")
    add_kernel_module_test(script-passes MODULES hello SCRIPT passes.sh EXPECT "the script found hello")
    add_kernel_module_test(script-fails MODULES hello SCRIPT fails.sh)
    add_kernel_module_test(script-hangs MODULES hello SCRIPT hangs.sh TIMEOUT 30)
    add_kernel_module_test(fails-as-expected MODULES refuses EXPECT_ERROR ENOMEM)
    add_kernel_module_test(fails-otherwise MODULES hello refuses EXPECT_ERROR ENODEV)
    add_kernel_module_test(has-devices MODULES hello DEVICES edu,addr=9 virtio-rng-pci,addr=0xa SCRIPT devices.sh
      EXPECT "^9: 0x11e8$" "^10: 0x1005$")
    add_kernel_module_test(has-no-such-device MODULES hello DEVICES nosuch)
    add_kernel_module_test(has-cpus-and-modules MODULES hello LOAD i2c-stub SMP 2 REPEAT 3 PARAMETERS i2c_stub:chip_addr=0x48
      SCRIPT cpus.sh EXPECT "2 CPUs, i2c_stub")
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/made.img "made by the build")
    add_kernel_module_test(has-drives MODULES hello DRIVES disk.img ${CMAKE_CURRENT_BINARY_DIR}/made.img,if=nvme
      NICS user QEMU "-device edu,addr=9" MEMORY 300 LOAD virtio_blk nvme virtio_net SCRIPT drives.sh
      EXPECT "^vda: of the source directory" "^nvme0n1: made by the build" "^eth0: virtio_net" "^9: 0x11e8" "^memory: [23]")
    add_kernel_module_test(has-parameters MODULES hello words PARAMETERS "words:word=two words" EXPECT "word is 'two words'")
    add_kernel_module_test(file-by-path MODULES ${CMAKE_CURRENT_BINARY_DIR}/hello.ko EXPECT "My numbers")
    """


DRIVES = """\
for drive in vda nvme0n1; do
	until [ -e /dev/$drive ]; do sleep 0.1; done
	echo "$drive: $(head -c 23 /dev/$drive | tr -d '\\0\\n')"
done
echo "eth0: $(ls /sys/class/net/eth0/device/driver/module/drivers | cut -d : -f 2)"
echo "9: $(cat /sys/bus/pci/devices/0000:00:09.0/device)"
echo "memory: $(awk '/MemTotal/ { print int($2 / 100000) }' /proc/meminfo)"
"""


@pytest.fixture(scope="session")
def project(kernels: dict[str, Kernel], kcxx: Path, package: Path, run_directory: Path) -> CMakeProject:
    """examples/hello with the tests above, built."""

    def at(directory: Path) -> CMakeProject:
        return CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)

    def make(directory: Path) -> None:
        project = at(directory)
        project.write("hello.cc", (REPOSITORY / "examples/hello/hello.cc").read_text(encoding="utf-8"))
        project.write("refuses.c", (REPOSITORY / "tests/modules/guests/refuses.c").read_text(encoding="utf-8"))
        project.write("words.c", (REPOSITORY / "tests/modules/guests/clean.c").read_text(encoding="utf-8"))
        project.write("passes.sh", 'grep -q "^hello " /proc/modules && echo "the script found hello"\n')
        project.write("fails.sh", "exit 7\n")
        project.write("devices.sh", "cd /sys/bus/pci/devices; echo 9: $(cat 0000:00:09.0/device); echo 10: $(cat 0000:00:0a.0/device)\n")
        project.write("disk.img", "of the source directory" + "\n" * 512)
        project.write("drives.sh", DRIVES)
        project.write("cpus.sh", 'cd /sys/module && echo "$(nproc) CPUs, $(ls -d i2c_stub)"\n')
        project.write("hangs.sh", "while :; do sleep 1; done\n")
        project.lists("enable_testing()\nadd_kernel_module(hello hello.cc)\nadd_kernel_module(refuses refuses.c)\nadd_kernel_module(words words.c)\n" + TESTS.replace("    ", ""))
        project.made(f"-DKCXX_PROGRAM={kcxx}")

    return at(made_once(run_directory / "module-test", make))


def ctest(project: CMakeProject, name: str) -> subprocess.CompletedProcess[str]:
    """Runs one of TESTS."""
    return run("ctest", "--test-dir", project.build, "--verbose", "--tests-regex", f"^{name}$")


def test_what_is_expected_passes(project: CMakeProject) -> None:
    """Every EXPECT matches a line of the log, no FORBID does."""
    result = ctest(project, "passes")
    assert result.returncode == 0, result.stdout
    assert "100% tests passed, 0 tests failed out of 1" in result.stdout


def test_module_may_be_named_by_its_file(project: CMakeProject) -> None:
    """A .ko by path is as good as a target."""
    assert ctest(project, "file-by-path").returncode == 0


def test_missing_line_fails(project: CMakeProject) -> None:
    """An EXPECT without a line in the log, by its text; the others were found."""
    result = ctest(project, "expects-in-vain")
    assert result.returncode != 0
    assert re.search(r"expect.*hello: never said", result.stdout)


def test_forbidden_line_fails(project: CMakeProject) -> None:
    """A FORBID with a line in the log, by its text."""
    result = ctest(project, "finds-the-forbidden")
    assert result.returncode != 0
    assert re.search(r"forbid.*My numbers", result.stdout)


def test_script_runs_with_the_module_loaded(project: CMakeProject) -> None:
    """SCRIPT sees the module in /proc/modules, and what it prints counts for EXPECT."""
    assert ctest(project, "script-passes").returncode == 0


def test_failing_script_fails(project: CMakeProject) -> None:
    """A script that fails is reported with its status."""
    result = ctest(project, "script-fails")
    assert result.returncode != 0
    assert re.search(r"script.*\b7\b", result.stdout)


def test_hanging_script_is_ended(project: CMakeProject) -> None:
    """After TIMEOUT the guest is ended by kcxx, not by CTest, and the test has failed."""
    result = ctest(project, "script-hangs")
    assert result.returncode != 0
    assert "***Timeout" not in result.stdout
    assert "kcxx: the guest hung while the script ran: ended after --timeout 30" in result.stdout


def test_error_of_an_init_is_expected(project: CMakeProject) -> None:
    """EXPECT_ERROR: the test passes by that errno, and by no other."""
    assert ctest(project, "fails-as-expected").returncode == 0
    result = ctest(project, "fails-otherwise")
    assert result.returncode != 0
    assert "the init of refuses did not fail with --expect-error ENODEV: it failed with -ENOMEM" in result.stdout


def test_parameters_reach_their_modules(project: CMakeProject) -> None:
    """PARAMETERS: each goes to the module that it names."""
    assert ctest(project, "has-parameters").returncode == 0


def test_devices_are_in_the_guest(project: CMakeProject) -> None:
    """DEVICES: each is one of the guest's machine; one that QEMU does not have fails the test, by QEMU's reason."""
    assert ctest(project, "has-devices").returncode == 0
    result = ctest(project, "has-no-such-device")
    assert result.returncode != 0
    assert "'nosuch' is not a valid device model name" in result.stdout


def test_guest_has_drives_and_networks(project: CMakeProject) -> None:
    """DRIVES, by their paths in the source directory, NICS, QEMU, MEMORY"""
    result = ctest(project, "has-drives")
    assert result.returncode == 0, result.stdout


def test_guest_has_cpus_and_modules_of_the_kernel(project: CMakeProject) -> None:
    """SMP, LOAD, REPEAT"""
    result = ctest(project, "has-cpus-and-modules")
    assert result.returncode == 0, result.stdout
    assert "hello loaded and unloaded 3 times" in result.stdout
