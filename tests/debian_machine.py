# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A copy of this machine for one script: packages can be installed there, and all of it ends with the script."""

from __future__ import annotations

import subprocess
from pathlib import Path

from conftest import Kernel, run

# $1: a directory, $2: the script. What the script changes is in $CHANGES for it to look at.
COPY = """\
set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/changes" "$1/work" "$1/root"
mount -t overlay -o "lowerdir=/,upperdir=$1/changes,workdir=$1/work" overlay "$1/root"
mount -t proc proc "$1/root/proc"
mount --rbind /dev "$1/root/dev"
rm -rf "$1"/root/lib/modules/* # its own kernels
mkdir "$1/root/changes"
mount --bind "$1/changes" "$1/root/changes"
exec chroot "$1/root" sh -ec "$2"
"""


def kernel_arrives(kernel: Kernel) -> str:
    """The lines of a script that put the headers of @kernel there, and what depmod reads."""
    place = f"/lib/modules/{kernel.release}"
    return (
        f"mkdir -p {place}\nln -s {kernel.build} {place}/build\n"
        f"touch {place}/modules.order {place}/modules.builtin {place}/modules.builtin.modinfo\n"
    )


def run_on_a_copy(directory: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Runs @script on a copy of this machine whose changes are kept in memory; @directory is empty."""
    directory.mkdir()
    return run("unshare", "--mount", "sh", "-c", COPY, "sh", directory, script)
