# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The same package on each of Debian's releases: the module is built by their own dkms, compiler and headers."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.debian_chroot import DebianChroot, debian_chroot
from fixtures.debian_machine import as_root, run_on_a_copy
from fixtures.debian_package import packed_once
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.module_file import modinfo

pytestmark = as_root

DKMS = {"bookworm": "3.0", "trixie": "3.2"}
GCC = {"bookworm": "12", "trixie": "14"}

# There is no network: what the package depends on has been fetched, and goes with it. dkms makes itself
# a key at its first build, depmod its lists.
SCRIPT = """\
exec 2>&1
files() {
	find / -xdev '(' -path /proc -o -path /dev -o -path /tmp -o -path /kept -o -path /changes ')' -prune -o \\
		! -path '/var/lib/dkms/mok.*' ! -path '/usr/lib/modules/*/modules.*' ! -path '/var/log/*' \\
		! -path '/var/lib/dpkg/*' ! -path '/var/lib/apt/*' ! -path '/var/cache/*' -print | sort
}
export DEBIAN_FRONTEND=noninteractive
cd /kept
files > before
apt-get install --yes --no-install-recommends ./*.deb
dkms --version > version
dkms status > status
(cd /lib/modules && ls -d */updates/dkms/*) > places
cp /lib/modules/*/updates/dkms/* .
apt-get purge --yes --autoremove -o APT::AutoRemove::RecommendsImportant=false \\
	-o APT::AutoRemove::SuggestsImportant=false pumps-dkms
files > after
"""


@dataclass(frozen=True)
class Installation:
    """The files that an installation of the package left in @kept, before and after its purge from @system."""

    suite: str
    system: DebianChroot
    kept: Path

    def said(self, name: str) -> list[str]:
        """Returns the lines of a file that the script wrote, or of its whole output."""
        return (self.kept / name).read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="session", params=DKMS)
def installation(request: pytest.FixtureRequest, package: Path, kernels: dict[str, Kernel], run_directory: Path) -> Installation:
    """The package installed and purged on each system; the package is made on this machine, for another kernel."""
    suite = request.param
    system = debian_chroot(suite)
    deb = packed_once(run_directory, package, kernels["6.12"])

    def install(directory: Path) -> None:
        (directory / "kept").mkdir()
        shutil.copy(deb, directory / "kept")
        said = must(run_on_a_copy(directory, SCRIPT, system.root))
        (directory / "kept/said").write_text(said, encoding="utf-8")

    return Installation(suite, system, made_once(run_directory / f"chroot-{suite}", install) / "kept")


def test_module_is_installed_by_the_releases_own_dkms(installation: Installation) -> None:
    """apt-get install alone: dkms 3.0 in Debian 12, 3.2 in Debian 13, each for the release's own kernel."""
    (version,) = installation.said("version")
    assert re.fullmatch(rf"(dkms-)?{re.escape(DKMS[installation.suite])}\.\d+", version)
    assert installation.said("status") == [f"pumps/1.0, {installation.system.release}, x86_64: installed"]
    (place,) = installation.said("places")
    assert re.fullmatch(rf"{re.escape(installation.system.release)}/updates/dkms/pump\.ko(\.xz)?", place)
    assert [line for line in installation.said("said") if re.search("dkms.conf|deprecated|error", line, re.I)] == []


def test_module_is_built_by_the_releases_own_compiler(installation: Installation) -> None:
    """GCC 12 in Debian 12, 14 in Debian 13: one in all objects, C++ and C."""
    (module,) = installation.kept.glob("pump.ko*")
    comment = must(run("sh", "-c", 'xz --decompress --stdout --force "$1" > "$2" && readelf -p .comment "$2"', "sh", module, installation.kept / "plain"))
    assert set(re.findall(r"GCC: \(Debian (\d+)\.", comment)) == {GCC[installation.suite]}


def test_module_is_loaded_by_the_releases_own_kernel(installation: Installation, kcxx: Path) -> None:
    """The kernel's image of the same release boots and takes it, without complaint."""
    (module,) = installation.kept.glob("pump.ko*")
    assert "version:        1.0" in modinfo(module)
    must(run(kcxx, "boot", "--kernel", installation.system.image, module))


def test_purge_leaves_nothing(installation: Installation) -> None:
    """apt-get purge: every file that was there before, and no other."""
    assert installation.said("after") == installation.said("before")
