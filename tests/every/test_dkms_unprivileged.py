# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A DKMS tree in the hands of a user who is not root, and who may write next to nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.dkms_machine import DkmsMachine
from fixtures.fetched_kernels import Kernel
from fixtures.pumps_project import pumps_once
from fixtures.repository import DEBIAN_CCACHE

NOBODY = 65534

# Before a command: it runs as an unprivileged user with the right to read the files of this user, but not to write them
AS_NOBODY = (
    ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--inh-caps=-all,+dac_read_search", "--ambient-caps=+dac_read_search")
    if os.geteuid() == 0
    else ("unshare", "--user", f"--map-user={NOBODY}")
)  # fmt: skip


# Without a home there is no place for ccache, even where it is disabled
HOMELESS = {"HOME": "/none", "PATH": os.environ["PATH"].replace(f"{DEBIAN_CCACHE}:", "")}


@pytest.fixture(scope="session")
def tree(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> Path:
    """The tree of a package. Not to be changed."""
    return pumps_once(run_directory, package, kernels["6.12"]).build / "pumps-1.0"


def give_away(*paths: Path) -> None:
    """Gives @paths to the unprivileged user."""
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, NOBODY, NOBODY)


def test_dkms_builds_for_whoever_has_a_dkms_tree(kernels: dict[str, Kernel], tree: Path, tmp_path: Path) -> None:
    """dkms asks for root to install alone: the modules are built, of a tree in /usr/src that is read-only."""
    kernel = kernels["6.12"]
    machine = DkmsMachine(tmp_path / "machine")
    machine.prepare()
    machine.install_kernel(kernel)
    machine.receive(tree)
    own = tmp_path / "own"
    own.mkdir()
    give_away(own)
    options = ("pumps/1.0", "--dkmstree", own, "-k", kernel.release, "-a", "x86_64")
    read_only = 'mount -o remount,ro,bind /usr/src && exec "$@"'
    must(machine.run("sh", "-c", read_only, "sh", *AS_NOBODY, "dkms", "build", *options, env=HOMELESS))
    built = own / "pumps/1.0" / kernel.release / "x86_64/module"
    assert {path.name for path in built.glob("*.ko")} == {"pump.ko", "gauge.ko"}
    assert "C++ is available" in (built.parent / "log/make.log").read_text(encoding="utf-8")


def test_make_alone_builds_beside_the_sources(kernels: dict[str, Kernel], tree: Path, tmp_path: Path) -> None:
    """kbuild/ and all files are read-only; DKMS's compilers are ignored; make clean removes all objects."""
    copy = shutil.copytree(tree, tmp_path / "copy")
    folders = [path for path in (copy, *copy.rglob("*")) if path.is_dir() and copy / "kbuild" not in (path, *path.parents)]
    must(run("chmod", "-R", "a-w", copy))
    for folder in folders:
        folder.chmod(0o755)
    give_away(*folders)
    make = (*AS_NOBODY, "make", "-C", copy, f"KERNELDIR={kernels['6.1'].build}", "LLVM=1", "CC=clang", "LD=ld.lld")
    environment = HOMELESS | {"CC": "none", "LLVM": "1"}
    must(run(*make, env=environment))
    assert {path.name for path in copy.glob("*.ko")} == {"pump.ko", "gauge.ko"}
    must(run(*make, "clean", env=environment))
    assert must(run("diff", "-r", tree, copy)) == ""
