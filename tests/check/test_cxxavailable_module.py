# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cxxavailable.sh on the module's own constraints: if one is not met, the status is 77."""

from __future__ import annotations

import pytest

from fixtures.availability_check import Check


# The kernel is a 6.12.5.


@pytest.mark.parametrize("version", ["6.12.5", "6.12.4", "6.12", "6.1", "5.15.200"])
def test_kernel_min_met(version: str, check: Check) -> None:
    """KERNEL_MIN includes its own version and newer ones."""
    check.passes("kernel_min", "6.12.5", "--kernel-min", version)


@pytest.mark.parametrize("version", ["6.12.6", "6.13", "7.0"])
def test_kernel_min_not_met(version: str, check: Check) -> None:
    """A kernel older than KERNEL_MIN excludes the module; the checks after it are skipped."""
    outcome = check.excludes(
        "kernel_min", "the kernel is older than this module is for", "6.12.5", f"{version} or newer",
        "build for a newer kernel", "--kernel-min", version,
    )  # fmt: skip
    assert outcome.stdout == "This module is not for kernel 6.12.5-fake (x86_64)\n"
    assert "kbuild_answers" not in outcome.records


@pytest.mark.parametrize("version", ["6.12.5", "6.12.6", "6.12", "6.13", "7.0"])
def test_kernel_max_met(version: str, check: Check) -> None:
    """KERNEL_MAX includes its own version and older ones; 6.12 includes 6.12.5."""
    check.passes("kernel_max", "6.12.5", "--kernel-max", version)


@pytest.mark.parametrize("version", ["6.12.4", "6.11", "6.1.200", "5.15"])
def test_kernel_max_not_met(version: str, check: Check) -> None:
    """A kernel newer than KERNEL_MAX excludes the module."""
    check.excludes(
        "kernel_max", "the kernel is newer than this module is for", "6.12.5", f"{version} or older",
        "build for an older kernel", "--kernel-max", version,
    )  # fmt: skip


def test_kernel_min_not_met_by_a_long_stable_series(check: Check) -> None:
    """6.12.117 precedes 6.13, however many numbers its series has."""
    check.kernel.release = "6.12.117-fake"
    check.kernel.version = (6, 12, 117)
    check.excludes(
        "kernel_min", "the kernel is older than this module is for", "6.12.117", "6.13 or newer",
        "build for a newer kernel", "--kernel-min", "6.13",
    )  # fmt: skip


def test_kernel_min_by_the_version_header(check: Check) -> None:
    """Debian's 6.1.0-56 is a 6.1.192: its name is not its version."""
    check.kernel.release = "6.1.0-56-amd64"
    check.kernel.version = (6, 1, 192)
    check.passes("kernel_min", "6.1.192", "--kernel-min", "6.1.191")


def test_only_arch_met(check: Check) -> None:
    """The kernel's architecture is one of several."""
    check.passes("only_arch", "x86_64", "--only-arch", "arm64", "--only-arch", "x86_64")


def test_only_arch_not_met(check: Check) -> None:
    """The kernel's architecture is none of several."""
    check.excludes(
        "only_arch", "the kernel is of an architecture this module is not for", "x86_64", "one of: arm64 riscv64",
        "build for a kernel of that architecture", "--only-arch", "arm64", "--only-arch", "riscv64",
    )  # fmt: skip


def test_only_arch_of_an_unsupported_kernel(check: Check) -> None:
    """A kernel that fails the check is not excluded as well."""
    check.kernel.configure(X86_64=None)
    outcome = check.run("--only-arch", "arm64")
    assert outcome.status == 1
    assert outcome.records["only_arch"] == ("unchecked", None, "waits for arch", None, None)


def test_requires_met(check: Check) -> None:
    """An option that is built as a module meets REQUIRES."""
    check.passes("requires", "set: CONFIG_EXT4_FS CONFIG_MODULES", "--requires", "CONFIG_EXT4_FS", "--requires", "CONFIG_MODULES")


def test_requires_not_met(check: Check) -> None:
    """Missing options are named; a name that only begins alike is another option."""
    check.excludes(
        "requires", "the kernel lacks what this module needs", "not set: CONFIG_EXT4 CONFIG_PCI",
        "a kernel with CONFIG_EXT4 CONFIG_PCI", "build for a kernel with these options",
        "--requires", "CONFIG_EXT4", "--requires", "CONFIG_MODULES", "--requires", "CONFIG_PCI",
    )  # fmt: skip


def test_requires_of_a_kernel_never_prepared(check: Check) -> None:
    """A constraint cannot be checked without a configuration: the module is not excluded."""
    kernel = check.prepare()
    (kernel / "include/config/auto.conf").unlink()
    outcome = check.run("--requires", "CONFIG_PCI")
    assert outcome.status == 1
    assert outcome.records["requires"] == ("unchecked", None, "waits for configured", None, None)


def test_module_that_asks_for_nothing(check: Check) -> None:
    """A module without constraints takes any kernel."""
    outcome = check.run()
    names = ("kernel_min", "kernel_max", "only_arch", "requires")
    assert [outcome.records[name].found for name in names] == ["any", "any", "any", "none"]


def test_module_excluded_for_two_reasons(check: Check) -> None:
    """Each reason is reported."""
    outcome = check.run("--kernel-min", "7.0", "--requires", "CONFIG_PCI")
    assert outcome.status == 77
    assert outcome.states("excluded") == ["kernel_min", "requires"]
    assert len(outcome.blocks) == 2


def test_module_excluded_from_a_broken_kernel(check: Check) -> None:
    """Excluded counts, whatever else is wrong."""
    check.tools.remove("make")
    outcome = check.run("--kernel-min", "7.0")
    assert outcome.status == 77
    assert outcome.states("failed", "excluded") == ["make", "kernel_min"]


def test_constraints_alone(check: Check) -> None:
    """--constraints: only the kernel directory and what the module asks for are looked at."""
    check.tools.remove("make")
    outcome = check.run("--constraints", "--kernel-min", "6.1")
    assert outcome.status == 0
    assert {"path", "release", "kernel_min"} <= outcome.records.keys()
    assert not {"make", "kbuild_answers", "flags_accepted"} & outcome.records.keys()
