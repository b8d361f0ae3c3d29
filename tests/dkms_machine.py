# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A machine with DKMS and the headers of some kernels: this one, with its own /usr/src, /etc/dkms, /var/lib/dkms, /lib/modules."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from conftest import OWN_MOUNTS, Kernel, must, run

EXCLUDED = 77
BUILD_FAILED = 10

READ_BY_DEPMOD = ("modules.order", "modules.builtin", "modules.builtin.modinfo")

# Puts the directories of $1 where DKMS looks for them, and goes on there. A machine without modules
# has no /lib/modules to mount on: an overlay gives it one.
MOUNTS = """\
set -e
mount --bind "$1/src" /usr/src
mount --bind "$1/var" /var/lib/dkms
mount --bind "$1/etc" /etc/dkms
lib=$(realpath /lib)
[ -d "$lib/modules" ] || mount -t overlay -o "lowerdir=$1/lib:$lib" overlay "$lib"
mount --bind "$1/lib/modules" "$lib/modules"
shift
exec "$@"
"""


@dataclass(frozen=True)
class DkmsMachine:
    """Its directories are in @directory; it has @program as dkms."""

    directory: Path
    program: str | Path = "dkms"

    def modules(self, kernel: Kernel) -> Path:
        """Where the modules of @kernel are"""
        return self.directory / "lib/modules" / kernel.release

    def prepare(self) -> None:
        """An empty machine"""
        for name in ("src", "var", "lib/modules"):
            (self.directory / name).mkdir(parents=True)
        shutil.copytree("/etc/dkms", self.directory / "etc")

    def install_kernel(self, kernel: Kernel) -> None:
        """The headers of @kernel arrive, and what depmod reads."""
        place = self.modules(kernel)
        place.mkdir()
        (place / "build").symlink_to(kernel.build)
        for name in READ_BY_DEPMOD:
            (place / name).touch()

    def configure(self, name: str, text: str) -> None:
        """DKMS finds @text in the file @name of its framework.conf.d."""
        place = self.directory / "etc/framework.conf.d"
        place.mkdir(exist_ok=True)
        (place / f"{name}.conf").write_text(text, encoding="utf-8")

    def receive(self, tree: Path) -> None:
        """The DKMS @tree arrives in /usr/src, as a package would put it there."""
        shutil.copytree(tree, self.directory / "src" / tree.name, symlinks=True)

    def command(self, *command: str | Path) -> tuple[str | Path, ...]:
        """What runs @command on the machine"""
        return (*OWN_MOUNTS, "sh", "-c", MOUNTS, "sh", self.directory, *command)

    def run(self, *command: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Runs @command there; may fail."""
        return run(*self.command(*command), env=env)

    def dkms(self, action: str, package: str, kernel: Kernel, *options: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """dkms @action of name/version for @kernel; may fail."""
        return self.run(self.program, action, package, "-k", kernel.release, "-a", "x86_64", *options, env=env)

    def status(self) -> list[str]:
        """The lines of dkms status"""
        return must(self.run(self.program, "status")).splitlines()

    def log(self, package: str, kernel: Kernel) -> str:
        """What DKMS wrote down of the last build"""
        kept = self.directory / "var" / package / kernel.release / "x86_64/log/make.log"
        failed = self.directory / "var" / package / "build/make.log"
        return (kept if kept.exists() else failed).read_text(encoding="utf-8")

    def installed(self, kernel: Kernel) -> dict[str, Path]:
        """The modules there are for @kernel: where, by name"""
        return {path.name.split(".")[0]: path for path in sorted(self.modules(kernel).rglob("*.ko*"))}


def path_without(directory: Path, pattern: str) -> Path:
    """@directory, new, with all of the machine's programs but those whose names match @pattern"""
    directory.mkdir()
    for folder in (Path("/usr/bin"), Path("/usr/sbin")):
        for program in folder.iterdir():
            if not re.search(pattern, program.name) and not (directory / program.name).is_symlink():
                (directory / program.name).symlink_to(program)
    return directory
