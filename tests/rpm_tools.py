# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""rpm's own tools, on a package file."""

from __future__ import annotations

from pathlib import Path

from conftest import OWN_MOUNTS, must, run

LINT = Path(__file__).parent / "rpmlint.toml"

# rpm on a machine of Debian's: its database is empty, and what is installed there it cannot know
RPM = "rpm --dbpath /var/lib/rpm --force-debian --nodeps"

# Before a command: there is no rpmbuild
NO_RPMBUILD = (*OWN_MOUNTS, "sh", "-ec", 'mount --bind /dev/null /usr/bin/rpmbuild; exec "$@"', "sh")


def query(rpm: Path, *options: str) -> list[str]:
    """The lines of rpm --query --package @options"""
    return must(run("rpm", "--query", "--package", *options, rpm)).splitlines()


def needs(rpm: Path) -> set[str]:
    """What it requires of other packages"""
    return {line for line in query(rpm, "--requires") if not line.startswith(("rpmlib(", "/bin/sh"))}


def unpack(rpm: Path, directory: Path) -> None:
    """Unpacks @rpm into @directory, as rpm2cpio and cpio do."""
    must(run("sh", "-ec", 'rpm2cpio "$1" | cpio --quiet -id', "sh", rpm, cwd=directory))


def complaints(rpm: Path) -> list[str]:
    """The errors rpmlint finds"""
    said = run("rpmlint", "--config", LINT, rpm).stdout
    assert "packages and 0 specfiles checked" in said, said
    return [line for line in said.splitlines() if ": E: " in line]
