# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cxxavailable.sh on the programs that builds, installations and boot tests run."""

from __future__ import annotations

import os

import pytest

from fixtures.availability_check import Check, applets
from fixtures.commands import must, run


# make


def test_make_of_a_tried_version(check: Check) -> None:
    """GNU make of the oldest version that was tried is well."""
    check.passes("make", "make 4.3")


def test_make_missing(check: Check) -> None:
    """Without make Kbuild cannot run."""
    check.tools.remove("make")
    outcome = check.fails("make", "GNU make is missing", "no gmake, no make", "GNU make", "apt-get install make")
    assert outcome.records["kbuild_answers"] == ("unchecked", None, "waits for make", None, None)


def test_make_by_another_name(check: Check) -> None:
    """gmake, as GNU make is called beside another make, is taken first."""
    check.tools.prints("make", "usage: make\n", 2)
    check.tools.make("gmake", "4.4.1")
    check.passes("make", "gmake 4.4.1")


def test_make_of_the_environment(check: Check) -> None:
    """$MAKE, as make gives it to what it runs, is the make that is looked at; its options are none of it."""
    make = check.tools.make("remake", "4.4")
    check.environment["MAKE"] = f"{make} -j 4"
    check.passes("make", f"{make} 4.4")


def test_make_of_the_environment_missing(check: Check) -> None:
    """A $MAKE that is not there is passed over."""
    check.environment["MAKE"] = "/nonexistent/make"
    check.passes("make", "make 4.3")


@pytest.mark.parametrize("said", ["usage: make [-BeikNnqrstWwX]", "", "mk (ersatz) 4.3"])
def test_make_not_gnu(said: str, check: Check) -> None:
    """Another make than GNU's is refused, and its output is shown."""
    check.tools.prints("make", said, 2)
    check.fails("make", "make is not GNU make", f"make prints '{said}'", "GNU make", "apt-get install make")


def test_make_that_prints_garbage(check: Check) -> None:
    """Bytes that are no characters are shown as question marks."""
    check.tools.prints_bytes("make", b"\xff\xfe\x1b[31m\x00\x80\n\xc3\xa9\n")
    check.fails(
        "make", "make is not GNU make", "make prints '???[31m? ??'",
        "GNU make", "apt-get install make",
    )  # fmt: skip


@applets
def test_make_that_hangs(check: Check) -> None:
    """The check waits ten seconds for make."""
    check.tools.hangs("make")
    check.hurry()
    check.fails("make", "make is not GNU make", "make prints ''", "GNU make", "apt-get install make")
    assert check.longest_wait() == 10


@pytest.mark.parametrize("version", ["4.2.1", "3.81", "4.2"])
def test_make_older_than_tried(version: str, check: Check) -> None:
    """A make older than any that was tried is a warning."""
    check.tools.make("make", version)
    check.warns(
        "make", "GNU make is older than any that kcxx was tried with", f"make {version}", "4.3 or newer",
        "apt-get install make",
    )  # fmt: skip


# ccache


def test_ccache_missing(check: Check) -> None:
    """A missing ccache is no failure."""
    check.passes("ccache", "none: builds go without")


@pytest.mark.parametrize("version", ["4.7", "4.7.0", "4.7.1", "4.7.2"])
def test_ccache_that_fails_on_kbuild(version: str, check: Check) -> None:
    """4.7 to 4.7.2 cannot do Kbuild's dependency files."""
    check.tools.prints("ccache", f"ccache version {version}\nFeatures: file-storage\n")
    check.warns(
        "ccache", "this ccache cannot cache Kbuild", f"ccache {version}", "4.7.3 or newer, or older than 4.7",
        "apt-get install ccache, or leave ccache out of CC and CXX",
    )  # fmt: skip


@pytest.mark.parametrize("version", ["4.7.3", "4.6.3", "4.7.12", "4.10.2"])
def test_ccache_that_can(version: str, check: Check) -> None:
    """Older and newer ones can."""
    check.tools.prints("ccache", f"ccache version {version}\n")
    check.passes("ccache", f"ccache {version}")


def test_ccache_of_unknown_version(check: Check) -> None:
    """A ccache that prints no version is taken."""
    check.tools.prints("ccache", "", 1)
    check.passes("ccache", "of unknown version")


# depmod


@applets
def test_depmod_missing(check: Check) -> None:
    """Modules can be built without it."""
    check.tools.remove("depmod")
    check.hide("/sbin", "/usr/sbin")
    check.warns(
        "depmod", "depmod is missing: modules can be built, not installed", "no depmod", "kmod", "apt-get install kmod"
    )


@applets
@pytest.mark.skipif(not os.access("/sbin/depmod", os.X_OK), reason="no /sbin/depmod")
def test_depmod_out_of_path(check: Check) -> None:
    """depmod is found in sbin if the user's PATH lacks it."""
    check.tools.remove("depmod")
    check.passes("depmod", "/sbin/depmod")


# qemu


def test_qemu_missing(check: Check) -> None:
    """Only boot tests need it."""
    check.passes("qemu", "none: only boot tests need it")


def test_qemu_of_two_machines(check: Check) -> None:
    """The QEMU programs that were found are named."""
    for machine in ("x86_64", "riscv64"):
        check.tools.prints(f"qemu-system-{machine}", "")
    check.passes("qemu", "qemu-system-x86_64, qemu-system-riscv64")


# min-tool-version.sh


def test_oldest_version_of_a_tool(check: Check) -> None:
    """A tool's name gives its oldest version, the same as in the list."""
    result = check.call("g++", script="min-tool-version.sh")
    assert (result.returncode, result.stdout, result.stderr) == (0, "12.1.0\n", "")
    listed = {line.split()[0]: line.split()[1] for line in must(check.call("--list", script="min-tool-version.sh")).splitlines()}
    assert listed["g++"] == "12.1.0"


def test_oldest_version_of_an_unknown_tool(check: Check) -> None:
    """An unknown tool is refused, and the known ones are named."""
    result = check.call("rustc", script="min-tool-version.sh")
    assert result.returncode == 2
    assert result.stderr.startswith("min-tool-version.sh: unknown tool 'rustc'; known: g++ clang++ libstdc++ gcc clang ")


# Remedies

MANAGERS = {
    "apt-get": "apt-get install make",
    "dnf": "dnf install make",
    "zypper": "zypper install make",
    "pacman": "pacman -S make",
    None: "install make with this system's package manager",
}


@pytest.mark.parametrize(("manager", "fix"), MANAGERS.items(), ids=map(str, MANAGERS))
def test_install_hint_of_each_package_manager(manager: str | None, fix: str, check: Check) -> None:
    """The remedy uses the package manager of this system."""
    check.tools.remove("make", "apt-get")
    if manager:
        check.tools.prints(manager, "")
    check.fails("make", "GNU make is missing", "no gmake, no make", "GNU make", fix)


PACKAGES = {
    "headers 6.12.5-fake": (
        "linux-headers-6.12.5-fake", "kernel-devel-6.12.5-fake", "kernel-default-devel", "linux-headers",
    ),
    "g++ 14": ("g++-14", "gcc-c++", "gcc14-c++", "gcc"),
    "gcc 14": ("gcc-14", "gcc", "gcc14", "gcc"),
    "clang++ 19": ("clang-19", "clang", "clang19", "clang"),
    "clang 19": ("clang-19", "clang", "clang19", "clang"),
    "libstdc++ 12": ("libstdc++-12-dev", "libstdc++-devel", "libstdc++6-devel-gcc12", "gcc"),
    "aarch64-linux-gnu-libstdc++ 12": (
        "libstdc++-12-dev-arm64-cross", "gcc-c++-aarch64-linux-gnu", "cross-aarch64-gcc12", "aarch64-linux-gnu-gcc",
    ),
    "riscv64-linux-gnu-libstdc++ 12": (
        "libstdc++-12-dev-riscv64-cross", "gcc-c++-riscv64-linux-gnu", "cross-riscv64-gcc12", "riscv64-linux-gnu-gcc",
    ),
    "x86_64-linux-gnu-libstdc++ 12": (
        "libstdc++-12-dev-amd64-cross", "gcc-c++-x86_64-linux-gnu", "cross-x86_64-gcc12", "gcc",
    ),
    "llvm 19": ("llvm-19 lld-19", "llvm lld", "llvm19 lld19", "llvm lld"),
    "aarch64-linux-gnu-g++ 12": (
        "g++-12-aarch64-linux-gnu", "gcc-c++-aarch64-linux-gnu", "cross-aarch64-gcc12", "aarch64-linux-gnu-gcc",
    ),
    "riscv64-linux-gnu-g++ 12": (
        "g++-12-riscv64-linux-gnu", "gcc-c++-riscv64-linux-gnu", "cross-riscv64-gcc12", "riscv64-linux-gnu-gcc",
    ),
    "x86_64-linux-gnu-g++ 12": (
        "g++-12-x86-64-linux-gnu", "gcc-c++-x86_64-linux-gnu", "cross-x86_64-gcc12", "gcc",
    ),
    "pahole": ("pahole", "dwarves", "dwarves", "pahole"),
    "kmod": ("kmod", "kmod", "kmod", "kmod"),
}  # fmt: skip


@pytest.mark.parametrize("tool", PACKAGES)
def test_package_of_each_tool(tool: str, check: Check) -> None:
    """Distributions call the same thing by different names."""
    check.tools.remove("apt-get")
    said = []
    for manager in ("apt-get", "dnf", "zypper", "pacman"):
        check.tools.prints(manager, "")
        script = f'here={check.kbuild}; . "$here/architectures.sh"; . "$here/cxxavailable/install.sh"; install {tool}'
        said.append(run(check.tools.directory / "sh", "-c", script, env={"PATH": check.path}).stdout)
        check.tools.remove(manager)
    commands = ("apt-get install", "dnf install", "zypper install", "pacman -S")
    assert said == [f"{command} {names}\n" for command, names in zip(commands, PACKAGES[tool], strict=True)]
