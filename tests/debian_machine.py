# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A copy of a Debian system for one script: packages can be installed there, and all of it ends with the script."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from conftest import Kernel, run
from dkms_machine import READ_BY_DEPMOD

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="packages are installed as root alone")

# $1: a directory, $2: the system, $3: the script. What the script changes is in /changes for it to
# look at; what it puts into /kept stays in $1/kept.
COPY = """\
set -e
memory=$1/memory root=$1/memory/root
mkdir -p "$memory" "$1/kept"
mount -t tmpfs tmpfs "$memory"
mkdir "$memory/changes" "$memory/work" "$root"
mount -t overlay -o "lowerdir=$2,upperdir=$memory/changes,workdir=$memory/work" overlay "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
[ "$2" != / ] || rm -rf "$root"/lib/modules/* # its own kernels
mkdir "$root/changes" "$root/kept"
mount --bind "$memory/changes" "$root/changes"
mount --bind "$1/kept" "$root/kept"
exec chroot "$root" sh -ec "$3"
"""


def kernel_arrives(kernel: Kernel) -> str:
    """The lines of a script that put the headers of @kernel there, and what depmod reads."""
    place = f"/lib/modules/{kernel.release}"
    files = " ".join(f"{place}/{name}" for name in READ_BY_DEPMOD)
    return f"mkdir -p {place}\nln -s {kernel.build} {place}/build\ntouch {files}\n"


def run_on_a_copy(directory: Path, script: str, system: Path = Path("/")) -> subprocess.CompletedProcess[str]:
    """Runs @script without a network on a copy of @system, default: this machine; changes are kept in memory."""
    directory.mkdir(exist_ok=True)
    return run("unshare", "--mount", "--net", "sh", "-c", COPY, "sh", directory, system, script)
