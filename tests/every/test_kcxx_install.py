# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cmake --install of kcxx itself: it prints lines that work with the prefix in use; uninstall leaves nothing behind."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject, assert_refused
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.own_mounts import own_mounts
from fixtures.repository import REPOSITORY


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A build directory of kcxx without its tools, which are no matter here"""
    directory = tmp_path / "kcxx-build"
    must(run("cmake", "-S", REPOSITORY, "-B", directory, "-G", "Ninja", "-DKCXX_BUILD_TOOLS=OFF"))
    return directory


def printed(build: Path, prefix: Path | str, path: str = os.environ["PATH"]) -> dict[str, str]:
    """Installs into @prefix and returns the lines it ends with: what for, and what to type"""
    said = must(run("cmake", "--install", build, "--prefix", prefix, env={"PATH": path}, cwd=build.parent))
    return dict(re.findall(r"^--   (\S.*?)  +(\S.*)$", said, re.M))


@pytest.mark.parametrize("in_path", [False, True])
def test_printed_lines_build_a_module(in_path: bool, build: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """CMake's line configures a project, Kbuild's is one of a Kbuild file: whether the prefix is in PATH or not."""
    kernel = kernels["6.12"].build
    prefix = tmp_path / "prefix"
    path = f"{prefix}/bin:{os.environ['PATH']}" if in_path else os.environ["PATH"]
    lines = printed(build, prefix, path)
    assert ("CMAKE_PREFIX_PATH" in lines["CMake"]) == (not in_path)
    project = CMakeProject(tmp_path / "source", tmp_path / "source/build", prefix, kernel)
    project.write("pump.cc", MODULE)
    project.lists("add_kernel_module(pump pump.cc)\n")
    must(run(*shlex.split(lines["CMake"]), f"-DKCXX_KERNEL={kernel}", cwd=project.source, env={"PATH": path}))
    assert lines["cross-compile"].startswith(lines["CMake"])
    assert Path(shlex.split(lines["cross-compile"])[-1]).exists()
    kbuild = KbuildProject(tmp_path / "kbuild", prefix, kernel)
    kbuild.write("pump.cc", MODULE)
    kbuild.write("Kbuild", f"obj-m := pump.o\n{lines['Kbuild file']}\n")
    kbuild.made()
    assert kbuild.module("pump").exists()


def test_usual_prefix_needs_no_prefix_path(build: Path, tmp_path: Path) -> None:
    """CMake finds packages in /usr/local by itself."""
    hide = 'mount -t tmpfs tmpfs /usr/local; exec "$@"'
    said = must(run(*own_mounts(), "sh", "-ec", hide, "sh", "cmake", "--install", build, env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}))
    assert re.search(r"^--   CMake +cmake -B build$", said, re.M), said
    assert re.search(r"^--   Kbuild file +include /usr/local/share/kcxx/kbuild/Makefile.cxx$", said, re.M), said


def uninstall(build: Path, *around: str | Path):
    """Builds the target uninstall; may fail."""
    return run(*around, "cmake", "--build", build, "--target", "uninstall")


def test_uninstall_leaves_nothing_behind(build: Path, tmp_path: Path) -> None:
    """Every file and every directory that was made for them, of a prefix that is given by a relative path as well."""
    printed(build, "new/prefix")
    assert (tmp_path / "new/prefix/share/kcxx/kbuild/Makefile.cxx").exists()
    must(uninstall(build))
    assert not (tmp_path / "new").exists()


def test_uninstall_leaves_what_is_not_its_own(build: Path, tmp_path: Path) -> None:
    """Directories that were there before, though they are empty, and another's file in a directory that was made."""
    prefix = tmp_path / "prefix"
    (prefix / "bin").mkdir(parents=True)
    printed(build, prefix)
    printed(build, prefix)  # a second time: the directories are no longer new
    (prefix / "share/cmake/other").touch()
    must(uninstall(build))
    left = {str(path.relative_to(prefix)) for path in prefix.rglob("*")}
    assert left == {"bin", "share", "share/cmake", "share/cmake/other"}


def test_packing_does_not_change_what_is_uninstalled(build: Path, tmp_path: Path) -> None:
    """cpack after cmake --install: the files of the installation go, and no others."""
    printed(build, tmp_path / "prefix")
    contact = "CPACK_PACKAGE_CONTACT=Jo Doe <jo@example.org>"
    for generator in ("DEB", "TGZ"):
        must(run("cpack", "--config", build / "CPackConfig.cmake", "-G", generator, "-D", contact, "-B", tmp_path / "packages"))
    removed = re.findall(r"^-- Removing: (.*)$", must(uninstall(build)), re.M)
    assert removed
    assert [path for path in removed if not path.startswith(f"{tmp_path}/prefix/")] == []
    assert not (tmp_path / "prefix").exists()


def test_uninstall_of_nothing_is_refused(build: Path) -> None:
    """Never installed: what is needed and what to type, and how a package is removed."""
    needed = "needed: that file, which cmake --install writes; a package is removed by apt-get purge kcxx"
    assert_refused(uninstall(build), f"found: no {build}/kcxx-installed.txt", needed, f"type: cmake --install {build}")


def test_uninstall_without_the_right_to_is_told(build: Path, tmp_path: Path) -> None:
    """A prefix is read-only: the error has the number of files that are left, and a second try removes them."""
    prefix = tmp_path / "prefix"
    printed(build, prefix)
    read_only = (*own_mounts(), "sh", "-ec", f'mount --bind {prefix} {prefix}; mount -o remount,bind,ro {prefix}; exec "$@"', "sh")
    assert_refused(uninstall(build, *read_only), "not everything could be removed", "that are still there", "type: sudo cmake --build")
    must(uninstall(build))
    assert not prefix.exists()
