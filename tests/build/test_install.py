# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""install(TARGETS <module>): where modules_install would put it, with depmod when it is for this system."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.module_file import modinfo, symbols
from fixtures.own_mounts import own_mounts

# Where make modules_install of each kernel puts external modules
SUBDIRECTORY = {"6.1": "extra", "6.12": "updates"}


@pytest.fixture(scope="session")
def project(kernel: Kernel, package: Path, run_directory: Path) -> CMakeProject:
    """A built project with one module to install."""

    def at(directory: Path) -> CMakeProject:
        return CMakeProject(directory / "source", directory / "build", package, kernel.build)

    def make(directory: Path) -> None:
        project = at(directory)
        project.write("pump.cc", MODULE)
        project.lists("add_kernel_module(pump pump.cc)\ninstall(TARGETS pump DESTINATION ${KCXX_INSTALL_DIR})\n")
        project.made()

    return at(made_once(run_directory / f"install-{kernel.series}", make))


def installed(root: Path) -> set[str]:
    """All files below @root."""
    return {str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir()}


def test_destdir_gets_the_module_and_nothing_else(project: CMakeProject, kernel: Kernel, tmp_path: Path) -> None:
    """For a package: the .ko at its place, and no depmod, which is the target system's business."""
    said = must(run("cmake", "--install", project.build, env={"DESTDIR": str(tmp_path)}))
    assert installed(tmp_path) == {f"lib/modules/{kernel.release}/{SUBDIRECTORY[kernel.series]}/pump.ko"}
    assert "depmod" not in said


def test_installed_module_is_the_built_one(project: CMakeProject, kernel: Kernel, tmp_path: Path) -> None:
    """The installed module is the built one, byte for byte: it is not stripped, and no path is written into it."""
    must(run("cmake", "--install", project.build, env={"DESTDIR": str(tmp_path)}))
    module = tmp_path / f"lib/modules/{kernel.release}/{SUBDIRECTORY[kernel.series]}/pump.ko"
    assert module.read_bytes() == project.module("pump").read_bytes()


def test_strip_leaves_what_the_loader_needs(project: CMakeProject, kernel: Kernel, tmp_path: Path) -> None:
    """cmake --install --strip: the same symbols, the same modinfo."""
    must(run("cmake", "--install", project.build, "--strip", env={"DESTDIR": str(tmp_path)}))
    module = tmp_path / f"lib/modules/{kernel.release}/{SUBDIRECTORY[kernel.series]}/pump.ko"
    assert symbols(module) == symbols(project.module("pump"))
    assert modinfo(module) == modinfo(project.module("pump"))


def on_a_system_of_its_own(project: CMakeProject, tmp_path: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Runs @script, $1 being the build directory, where /lib/modules is empty and vanishes afterwards."""
    return run(
        *own_mounts(), "sh", "-e", "-c",
        f'mkdir -p "$2/root/lib/modules"; [ -d /lib/modules ] || {{ {OVERLAY_LIB}; }}\n'
        f"mount -t tmpfs tmpfs /lib/modules\n{script}",
        "sh", project.build, tmp_path,
    )  # fmt: skip


# Gives /lib a directory modules, where there is none, in this mount namespace alone.
OVERLAY_LIB = (
    'mkdir -p "$2/upper/modules" "$2/work"; lib=$(realpath /lib); '
    'mount -t tmpfs tmpfs "$2/root"; mkdir "$2/root/upper" "$2/root/work"; mkdir "$2/root/upper/modules"; '
    'mount -t overlay overlay -o "lowerdir=$lib,upperdir=$2/root/upper,workdir=$2/root/work" "$lib"'
)


def test_install_to_this_system_runs_depmod(project: CMakeProject, kernel: Kernel, tmp_path: Path) -> None:
    """Without DESTDIR modprobe finds the module at once: modules.dep names it."""
    script = f'cmake --install "$1"; cat /lib/modules/{kernel.release}/modules.dep'
    said = must(on_a_system_of_its_own(project, tmp_path, script)).splitlines()
    assert f"-- Running: depmod {kernel.release}" in said
    assert said[-1] == f"{SUBDIRECTORY[kernel.series]}/pump.ko:"


def test_depmod_that_fails_is_told(package: Path, project: CMakeProject, kernel: Kernel, tmp_path: Path) -> None:
    """A module that modprobe will not find is not installed in silence."""
    broken = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernel.build)
    shutil.copytree(project.source, broken.source)
    broken.made("-DKCXX_DEPMOD=/bin/false")
    result = on_a_system_of_its_own(broken, tmp_path, 'cmake --install "$1"')
    assert result.returncode != 0
    for line in (
        "  kcxx: depmod failed: modprobe will not find the modules.",
        "    found:  '/bin/false' ended with 1",
        "    needed: depmod, as root",
        f"    type:   apt-get install kmod, then depmod {kernel.release}",
    ):
        assert line in result.stderr.splitlines()
