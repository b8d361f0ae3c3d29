# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Fresh Debian systems, bootstrapped once into kcxx's cache: headers and DKMS, nothing of kcxx."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from conftest import must, one_at_a_time, run, user_cache

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"

# $1: a directory, $2: the suite, $3: where it is, $4: all its sources. What a package of modules
# depends on besides is fetched, and left to the package to install.
RECIPE = f"""\
set -e
debootstrap --variant=minbase --keyring={KEYRING} "$2" "$1/root" "$3"
echo force-unsafe-io > "$1/root/etc/dpkg/dpkg.cfg.d/unsafe-io"
printf %s "$4" > "$1/root/etc/apt/sources.list"
mount -t proc proc "$1/root/proc"
chroot "$1/root" sh -ec '
	apt() {{ DEBIAN_FRONTEND=noninteractive apt-get -y --no-install-recommends "$@"; }}
	apt update
	apt install dkms "linux-headers-$(dpkg --print-architecture)"
	apt clean
	apt install --download-only g++
	cd /boot
	apt download "linux-image-$(basename /lib/modules/*)"
	dpkg-deb --fsys-tarfile linux-image-*.deb | tar -x -C / ./boot
	rm linux-image-*.deb
'
umount "$1/root/proc"
mv "$1"/root/boot/vmlinuz-* "$1/vmlinuz"
rm -rf "$1"/root/boot/*
"""


@dataclass(frozen=True)
class DebianChroot:
    """The system in @root and its kernel's @image. Not to be changed."""

    root: Path
    image: Path

    @property
    def release(self) -> str:
        """The kernel whose headers it has"""
        (modules,) = (self.root / "lib/modules").iterdir()
        return modules.name


def sources_of(suite: str) -> str:
    """The machine's own sources of Debian, with @suite in their place: updates and security alike."""
    filters = ("Created-By: Packages", "Origin: Debian")
    targets = must(run("apt-get", "indextargets", "--format", "$(CODENAME) $(COMPONENT) $(REPO_URI)", *filters))
    lines = set()
    for codename, component, uri in map(str.split, targets.splitlines()):
        kind = "".join(codename.partition("-")[1:])
        lines.add(f"deb [signed-by={KEYRING}] {uri} {suite}{kind} {component}\n")
    assert lines, "apt knows no source of Debian"
    return "".join(sorted(lines, key=lambda line: ("-" in line.split()[3], line)))


def debian_chroot(suite: str) -> DebianChroot:
    """That of @suite; bootstrapped if the cache lacks it or has it by another recipe, which takes minutes."""
    sources = sources_of(suite)
    recipe = hashlib.sha256((RECIPE + sources).encode()).hexdigest()[:12]
    chroots = user_cache() / "chroots"
    place = chroots / f"{suite}-{recipe}"
    with one_at_a_time(suite, chroots):
        if not place.exists():
            for old in (*chroots.glob(f"{suite}-*"), *chroots.glob(f".{suite}-*")):
                shutil.rmtree(old)
            with tempfile.TemporaryDirectory(prefix=f".{suite}-", dir=chroots) as directory:
                unfinished = Path(directory) / "system"
                unfinished.mkdir()
                command = ("unshare", "--mount", "sh", "-c", RECIPE, "sh", unfinished, suite, sources.split()[2], sources)
                must(subprocess.run(command, capture_output=True, text=True, check=False))
                unfinished.rename(place)
    return DebianChroot(place / "root", place / "vmlinuz")
