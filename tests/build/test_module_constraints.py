# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""KERNEL_MIN, KERNEL_MAX, ARCH, REQUIRES: what a module that is not for a kernel is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject, refusal
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel

EXCLUDING = {
    "KERNEL_MIN 6.13": "the kernel is older than this module is for",
    "KERNEL_MAX 5.15": "the kernel is newer than this module is for",
    "ARCH arm64 riscv64": "the kernel is of an architecture this module is not for",
    "REQUIRES CONFIG_NET CONFIG_KCXX_NOWHERE": "the kernel lacks what this module needs",
}
INCLUDING = "KERNEL_MIN 6.12 KERNEL_MAX 6.12 ARCH arm64 x86_64 REQUIRES CONFIG_NET CONFIG_MODULES"


@pytest.fixture
def project(kernels: dict[str, Kernel], kcxx: Path, package: Path, tmp_path: Path) -> CMakeProject:
    """A project for 6.12 with the source sample.cc."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("sample.cc", MODULE)
    return project


def listed(project: CMakeProject) -> dict[str, dict]:
    """The modules of kcxx-modules.json, by name."""
    document = json.loads((project.build / "kcxx-modules.json").read_text(encoding="utf-8"))
    assert document["format_version"] == 1
    return {module["name"]: module for module in document["modules"]}


@pytest.mark.parametrize(("constraint", "problem"), EXCLUDING.items(), ids=[text.split()[0] for text in EXCLUDING])
def test_module_for_another_kernel_is_left_out(constraint: str, problem: str, project: CMakeProject) -> None:
    """Configuring continues and prints the reason; all else is built; the list has the reason."""
    project.lists(f"add_kernel_module(other sample.cc {constraint})\nadd_kernel_module(sample sample.cc)\n")
    said = must(project.configure())
    assert f"-- kcxx: other: not for this kernel: {problem} (found " in said
    must(project.make())
    assert (project.build / "sample.ko").exists()
    assert not (project.build / "other.ko").exists()
    assert listed(project)["other"]["excluded"].startswith(problem)
    assert listed(project)["sample"]["excluded"] is None


def test_module_for_this_kernel_is_built(project: CMakeProject) -> None:
    """Constraints that hold change nothing."""
    project.lists(f"add_kernel_module(sample sample.cc {INCLUDING})\n")
    assert "not for this kernel" not in project.made()
    assert project.module("sample")
    assert listed(project)["sample"] == {
        "name": "sample",
        "file": str(project.build / "sample.ko"),
        "all": True,
        "constraints": [
            "--kernel-min", "6.12", "--kernel-max", "6.12", "--only-arch", "arm64", "--only-arch", "x86_64",
            "--requires", "CONFIG_NET", "--requires", "CONFIG_MODULES",
        ],
        "excluded": None,
        "tests": [],
    }  # fmt: skip


def test_excluded_module_by_name_fails_with_the_reason(project: CMakeProject) -> None:
    """No source of the excluded module is compiled."""
    project.lists("add_kernel_module(sample sample.cc KERNEL_MIN 6.13)\n")
    must(project.configure())
    result = project.make("sample")
    assert result.returncode != 0
    assert "*** kcxx: sample: not for this kernel: the kernel is older than this module is for" in result.stdout
    assert "Building CXX object" not in result.stdout


def test_test_of_an_excluded_module_is_skipped(project: CMakeProject, kcxx: Path) -> None:
    """CTest passes, counts it as skipped, and has the reason."""
    project.lists(
        "enable_testing()\nadd_kernel_module(sample sample.cc KERNEL_MIN 6.13)\n"
        "add_kernel_module_test(sample.boots MODULES sample)\n"
    )
    must(project.configure(f"-DKCXX_PROGRAM={kcxx}"))
    said = must(run("ctest", "--test-dir", project.build, "--verbose"))
    assert "***Skipped" in said
    assert "kcxx: sample: not for this kernel: the kernel is older than this module is for" in said
    assert listed(project)["sample"]["tests"] == ["sample.boots"]


def test_install_passes_an_excluded_module_over(project: CMakeProject, tmp_path: Path) -> None:
    """install(TARGETS) of both: the other is installed, of the excluded one nothing is left anywhere."""
    project.lists(
        "add_kernel_module(sample sample.cc)\nadd_kernel_module(other sample.cc KERNEL_MIN 6.13)\n"
        "install(TARGETS sample other DESTINATION ${KCXX_INSTALL_DIR})\n"
    )
    project.made()
    must(run("cmake", "--install", project.build, env={"DESTDIR": str(tmp_path / "root")}))
    assert [path.name for path in (tmp_path / "root").rglob("*.ko")] == ["sample.ko"]
    assert not (project.build / "other.ko").exists()
    manifest = (project.build / "install_manifest.txt").read_text(encoding="utf-8")
    assert "sample.ko" in manifest
    assert "other.ko" not in manifest


WRONG = {
    "KERNEL_MIN six": ("no constraint", "KERNEL_MIN six"),
    "KERNEL_MAX 6": ("no constraint", "KERNEL_MAX 6"),
    "KERNEL_MIN 6.12 KERNEL_MAX 6.6": ("no constraint", "KERNEL_MIN 6.12 KERNEL_MAX 6.6"),
    "ARCH x86": ("no constraint", "ARCH x86"),
    "REQUIRES NET": ("no constraint", "REQUIRES NET"),
    "REQUIRES CONFIG_NET more.cc": ("no constraint", "REQUIRES more.cc"),
    "KERNEL_MIN": ("a keyword without its value", "KERNEL_MIN, and nothing after it"),
    "REQUIRES": ("a keyword without its value", "REQUIRES, and nothing after it"),
}


@pytest.mark.parametrize(("call", "said"), WRONG.items(), ids=WRONG.keys())
def test_wrong_constraint(call: str, said: tuple[str, str], project: CMakeProject) -> None:
    """A value that is no version, architecture or option is refused, and named."""
    project.lists(f"add_kernel_module(sample sample.cc {call})\n")
    what, found = said
    text = refusal(project.configure())
    assert text.startswith(f"kcxx: add_kernel_module(sample): {what}.")
    assert f"  found:  {found}" in text
