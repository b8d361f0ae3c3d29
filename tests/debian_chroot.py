# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Fresh Debian systems, bootstrapped once into kcxx's cache: headers and DKMS, nothing of kcxx."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from conftest import OWN_MOUNTS, must, one_at_a_time, run, user_cache

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

# $1: a directory, $2: the sources
DKMS_RECIPE = """\
set -e
cd "$1"
mkdir -p apt/lists/partial apt/cache/archives/partial
printf %s "$2" > apt/sources.list
apt() {
	apt-get -o "Dir::Etc::sourcelist=$PWD/apt/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$PWD/apt/lists" \\
		-o "Dir::Cache=$PWD/apt/cache" -o APT::Sandbox::User= -o Acquire::Languages=none "$@"
}
apt update
apt download dkms
dpkg-deb --extract dkms_*.deb .
rm -r apt dkms_*.deb
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


def cached(name: str, recipe: str, *arguments: str) -> Path:
    """The directory that @recipe filled, called with it and @arguments; made if the cache lacks it or has another's."""
    chroots = user_cache() / "chroots"
    place = chroots / f"{name}-{hashlib.sha256(repr((recipe, arguments)).encode()).hexdigest()[:12]}"
    with one_at_a_time(name, chroots):
        if not place.exists():
            for old in (*chroots.glob(f"{name}-*"), *chroots.glob(f".{name}-*")):
                shutil.rmtree(old)
            with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=chroots) as directory:
                unfinished = Path(directory) / "system"
                unfinished.mkdir()
                command = (*OWN_MOUNTS, "sh", "-c", recipe, "sh", unfinished, *arguments)
                must(subprocess.run(command, capture_output=True, text=True, check=False))
                unfinished.rename(place)
    return place


def debian_chroot(suite: str) -> DebianChroot:
    """That of @suite; bootstrapping it takes minutes."""
    sources = sources_of(suite)
    place = cached(suite, RECIPE, suite, sources.split()[2], sources)
    return DebianChroot(place / "root", place / "vmlinuz")


def newest_dkms() -> Path:
    """The program dkms of Debian unstable"""
    sources = "".join(line for line in sources_of("sid").splitlines(keepends=True) if line.split()[3] == "sid")
    return cached("dkms", DKMS_RECIPE, sources) / "usr/sbin/dkms"
