# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx new: a project that builds, boots its test and packages at once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from fixtures.axes import axis
from fixtures.behaviours import lines_of
from fixtures.cmake_project import CMakeProject, remarks
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.editor import editor
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel
from fixtures.own_mounts import own_mounts
from fixtures.repository import REPOSITORY

KINDS = ["hello", "misc", "fs"]
# Drivers for devices, one of them in the gate
DRIVERS = axis("pci", every=("platform", "i2c", "spi"))
# One of them in the gate
ONE_KIND = axis("misc", every=tuple(kind for kind in KINDS if kind != "misc"))


def new(kcxx: Path, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """kcxx new with @arguments, in @directory."""
    return run(kcxx, "new", *arguments, cwd=directory)


def made_with(kcxx: Path, directory: Path, package: Path, kernel: Kernel, kind: str) -> CMakeProject:
    """The new project My_2nd-pump of @kind in @directory, not built"""
    must(new(kcxx, directory, "My_2nd-pump", "--kind", kind, "--dkms"))
    return CMakeProject(directory / "My_2nd-pump", directory / "build", package, kernel.build)


@pytest.mark.parametrize("kind", KINDS)
def test_new_project_boots_its_test_and_packages(kind: str, kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """A new project configures and builds without a remark, its test passes in a guest, and its tree is there."""
    project = made_with(kcxx, tmp_path, package, kernel, kind)
    assert remarks(project.made(f"-DKCXX_PROGRAM={kcxx}")) == []
    result = run("ctest", "--test-dir", project.build, "--output-on-failure")
    assert "100% tests passed, 0 tests failed out of 1" in result.stdout, result.stdout
    assert (project.build / "my-2nd-pump-1.0/dkms.conf").exists()


@pytest.mark.parametrize("kind", DRIVERS)
def test_new_driver_drives_its_device(kind: str, kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """A new driver builds without a remark, and its test has the device, whose driver answers in /sys."""
    project = made_with(kcxx, tmp_path, package, kernel, kind)
    assert remarks(project.made(f"-DKCXX_PROGRAM={kcxx}")) == []
    result = run("ctest", "--test-dir", project.build, "--output-on-failure")
    assert "100% tests passed, 0 tests failed out of 1" in result.stdout, result.stdout


@pytest.mark.parametrize("kind", [*ONE_KIND, *DRIVERS])
def test_new_sources_are_in_good_style(kind: str, kcxx: Path, tmp_path: Path) -> None:
    """clang-format and shellcheck would change nothing."""
    must(new(kcxx, tmp_path, "pump", "--kind", kind))
    style = f"--style=file:{REPOSITORY}/.clang-format"
    must(run("clang-format-19", "--dry-run", "--Werror", style, tmp_path / "pump/pump.cc"))
    if scripts := list((tmp_path / "pump").glob("*.sh")):
        must(run("shellcheck", *scripts))


@pytest.mark.parametrize("kind", ONE_KIND)
def test_new_module_ends_at_rmmod_alone(kind: str, kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """The destructor runs once, after the guest's script has used the loaded module."""
    must(new(kcxx, tmp_path, "pump", "--kind", kind))
    project = CMakeProject(tmp_path / "pump", tmp_path / "build", package, kernel.build)
    project.made(f"-DKCXX_PROGRAM={kcxx}")
    script = project.write("loaded.sh", "echo 'pump: loaded' >/dev/kmsg\n")
    log = must(run(kcxx, "boot", "--script", script, project.module("pump")))
    lines = [line for line in lines_of(log, "pump") if line in ("loaded", "goodbye")]
    assert lines == ["loaded", "goodbye"]


@pytest.mark.parametrize("kind", ONE_KIND)
def test_new_project_is_clean_in_an_editor(kind: str, kernels: dict[str, Kernel], kcxx: Path, package: Path, tmp_path: Path) -> None:
    """After cmake -B build, and before the first build: clangd finds nothing in it."""
    must(new(kcxx, tmp_path, "pump", "--kind", kind))
    source = tmp_path / "pump"
    project = CMakeProject(source, source / "build", package, kernels["6.12"].build)
    must(project.configure(f"-DKCXX_PROGRAM={kcxx}"))
    with editor(source) as opened:
        assert opened.open(source / "pump.cc") == []


@pytest.fixture(scope="session")
def prefix(kcxx: Path, package: Path, run_directory: Path) -> Path:
    """Installs kcxx with the program."""

    def install(directory: Path) -> None:
        (directory / "bin").mkdir()
        shutil.copy2(kcxx, directory / "bin/kcxx")
        (directory / "share").symlink_to(package / "share")

    return made_once(run_directory / "prefix-with-program", install)


def built_by_make(kernel: Kernel, project: Path, *arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    """make in @project without CMake, with @path before PATH; may fail."""
    before = f"{path}:" if path else ""
    return run("make", "-C", kernel.build, f"M={project}", *arguments, env={"PATH": f"{before}{os.environ['PATH']}"})


@pytest.mark.every
@pytest.mark.parametrize("where", ["PATH", "link in PATH", "variable"])
def test_new_project_is_built_by_kbuild(where: str, kernels: dict[str, Kernel], prefix: Path, tmp_path: Path) -> None:
    """The Kbuild file holds no path: it finds kcxx beside the program in PATH, or by KCXX_KBUILD."""
    must(new(prefix / "bin/kcxx", tmp_path, "My_2nd-pump"))
    project = tmp_path / "My_2nd-pump"
    (tmp_path / "links").mkdir()
    (tmp_path / "links/kcxx").symlink_to(prefix / "bin/kcxx")
    path = {"PATH": str(prefix / "bin"), "link in PATH": str(tmp_path / "links"), "variable": ""}[where]
    arguments = [f"KCXX_KBUILD={prefix}/share/kcxx/kbuild"] if where == "variable" else []
    must(built_by_make(kernels["6.12"], project, *arguments, path=path))
    assert (project / "My_2nd-pump.ko").exists()
    assert str(tmp_path) not in (project / "Kbuild").read_text(encoding="utf-8")


# Installed kernels' headers stay; a kcxx that is installed here is out of sight.
HIDE_KCXX = 'mount -t tmpfs tmpfs /usr/local; [ ! -e /usr/share/kcxx ] || mount -t tmpfs tmpfs /usr/share/kcxx; exec "$@"'


def test_kbuild_without_kcxx_is_told(kernels: dict[str, Kernel], kcxx: Path, tmp_path: Path) -> None:
    """The error has the places that were searched, and the variable that names another."""
    must(new(kcxx, tmp_path, "pump"))
    hidden = (*own_mounts(), "sh", "-ec", HIDE_KCXX, "sh")
    result = run(*hidden, "make", "-C", kernels["6.12"].build, f"M={tmp_path}/pump", env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"})
    assert result.returncode != 0
    assert re.findall(r"\*\*\* +(.*)$", result.stderr, re.M)[:4] == [
        "kcxx: kcxx is not found",
        "found:  no share/kcxx/kbuild beside a kcxx in PATH, none in /usr/local and /usr",
        "needed: kcxx, installed",
        "type:   make ... KCXX_KBUILD=<where kcxx is installed>/share/kcxx/kbuild.  Stop.",
    ]


@pytest.mark.parametrize("in_path", axis(True, every=(False,)))
def test_printed_lines_build_the_project(in_path: bool, kernels: dict[str, Kernel], prefix: Path, tmp_path: Path) -> None:
    """The printed lines have the path of kcxx if it is not in PATH, and only then."""
    kernel = kernels["6.12"].build
    environment = {"PATH": f"{prefix}/bin:{os.environ['PATH']}"} if in_path else {}
    said = must(run(prefix / "bin/kcxx", "new", "pump", cwd=tmp_path, env=environment))
    lines = re.findall(r"^  (.*)$", said, re.M)
    assert [str(prefix) in line for line in lines if "-B build" in line or "M=$PWD" in line] == [not in_path] * 2, said
    script = "\n".join(line for line in lines if not line.startswith("ctest"))
    script = script.replace("-B build", f"-B build -D KCXX_KERNEL={kernel} -D KCXX_PROGRAM={prefix}/bin/kcxx")
    must(run("sh", "-ec", script.replace("/lib/modules/$(uname -r)/build", str(kernel)), cwd=tmp_path, env=environment))
    assert (tmp_path / "pump/build/pump.ko").exists()
    assert (tmp_path / "pump/pump.ko").exists()


def test_without_dkms(kcxx: Path, tmp_path: Path) -> None:
    """A project without --dkms does not mention DKMS."""
    must(new(kcxx, tmp_path, "pump"))
    assert {path.name for path in (tmp_path / "pump").iterdir()} == {
        ".gitignore", "CMakeLists.txt", "Kbuild", "README.md", "pump.cc",
    }  # fmt: skip
    assert run("grep", "-ri", "dkms", tmp_path / "pump").stdout == ""


def test_existing_directory_is_left_alone(kcxx: Path, tmp_path: Path) -> None:
    """An existing file or directory of that name is left as it is: status 3."""
    (tmp_path / "pump").mkdir()
    result = new(kcxx, tmp_path, "pump")
    assert result.returncode == ExitStatus.INPUT
    assert result.stderr == (
        "kcxx: there is something of that name already\n  found:  ./pump\n"
        "  needed: a name that is free: nothing is overwritten\n  type:   kcxx new pump2\n"
    )
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["pump"]


@pytest.mark.parametrize("name", ["a b", "-pump", "pump.ko", "../pump", "p" * 56, "", "pümp"])
def test_name_that_kbuild_cannot_take(name: str, kcxx: Path, tmp_path: Path) -> None:
    """The message has the characters of a valid name: status 2, and nothing is written."""
    result = new(kcxx, tmp_path, "--", name)
    assert result.returncode == ExitStatus.USAGE
    assert f"'{name}' cannot be the name of a module" in result.stderr
    assert "needed: letters, digits, _ and -" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kind", "whose"),
    [
        ("test", "hello", "CMake has a target of that name"),
        ("Experimental", "hello", "CTest has a target of that name"),
        ("obj", "hello", "Kbuild reads obj-y and obj-m as its own variables"),
        ("kernel", "hello", "the kernel itself has a part of that name in /sys/module"),
        ("null", "misc", "the kernel has a /dev/null"),
        ("tmpfs", "fs", "the kernel has a file system of that name"),
    ],
)
def test_name_that_is_taken(name: str, kind: str, whose: str, kcxx: Path, tmp_path: Path) -> None:
    """The message has the owner of the name, and one that is free: status 2, and nothing is written."""
    result = new(kcxx, tmp_path, name, "--kind", kind)
    assert result.returncode == ExitStatus.USAGE
    assert result.stderr == (
        f"kcxx: '{name}' cannot be the name of a module\n  found:  '{name}': {whose}\n"
        f"  needed: a name of its own\n  type:   kcxx new my_{name}\n"
    )
    assert list(tmp_path.iterdir()) == []
    must(new(kcxx, tmp_path, f"my_{name}", "--kind", kind))


@pytest.mark.every
@pytest.mark.parametrize(("name", "kind"), [("int", "hello"), ("linux", "misc"), ("class", "fs")])
def test_name_that_is_a_word_of_cxx(name: str, kind: str, kernels: dict[str, Kernel], prefix: Path, tmp_path: Path) -> None:
    """Keywords and predefined macros are names as any: the project builds."""
    must(new(prefix / "bin/kcxx", tmp_path, name, "--kind", kind))
    must(built_by_make(kernels["6.12"], tmp_path / name, path=str(prefix / "bin")))
    assert (tmp_path / name / f"{name}.ko").exists()


def test_unknown_kind_lists_the_known(kcxx: Path, tmp_path: Path) -> None:
    """Status 2, with the kinds there are."""
    result = new(kcxx, tmp_path, "pump", "--kind", "net")
    assert result.returncode == ExitStatus.USAGE
    assert "{fs,hello,i2c,misc,pci,platform,spi}" in result.stderr


def test_directory_that_cannot_be_written(kcxx: Path, tmp_path: Path) -> None:
    """An error of the file system is reported, and no half-written file stays."""
    full = f'mount -t tmpfs -o nr_inodes=4 tmpfs {tmp_path} && cd {tmp_path} && "$0" new pump; s=$?; ls -A; exit $s'
    result = run(*own_mounts(), "sh", "-c", full, kcxx)
    assert result.returncode == 1
    assert result.stdout == ""
    assert "No space left on device" in result.stderr
