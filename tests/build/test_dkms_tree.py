# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The tree of add_dkms_package(): what of a project goes into it, and that it follows the project."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cmake_project import MODULE, CMakeProject
from conftest import Kernel, must

OLD_DKMS_CONF = 'PACKAGE_NAME="one"\nPACKAGE_VERSION="0.9"\nBUILT_MODULE_NAME[0]="one"\nDEST_MODULE_LOCATION[0]="/extra"\n'
PACKAGE = "add_dkms_package(one VERSION 1 MODULES one)\n"


@pytest.fixture
def project(tmp_path: Path, package: Path, kernels: dict[str, Kernel]) -> CMakeProject:
    """An empty project for 6.12"""
    return CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)


def tree_of(project: CMakeProject, *options: str) -> Path:
    """Configures @project with @options, and writes its tree."""
    must(project.configure(*options))
    must(project.make("one-dkms"))
    return project.build / "one-1"


def files_of(tree: Path) -> set[str]:
    """The files of the project in @tree"""
    names = {str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file()}
    return {name for name in names if not name.startswith("kbuild/")} - {"Kbuild", "Makefile", "dkms.conf", "save-symbols.sh"}


# What is the project's


def test_headers_beside_a_dkms_conf_of_the_project_are_in_the_tree(project: CMakeProject) -> None:
    """A project that had DKMS before has a dkms.conf at its root, in a folder, in debian/: its headers all go along."""
    for folder in ("", "src/", "debian/", "src/engine/"):
        project.write(f"{folder}dkms.conf", OLD_DKMS_CONF)
    project.write("src/one.cc", MODULE)
    headers = {"one.h", "src/engine/pump.hpp", "src/tables.inc"}
    for header in headers:
        project.write(header, "#pragma once\n")
    project.lists(f"add_kernel_module(one src/one.cc)\ntarget_include_directories(one PRIVATE .)\n{PACKAGE}")
    assert files_of(tree_of(project)) == {"src/one.cc", *headers}


def test_trees_that_kcxx_made_are_left_out(project: CMakeProject) -> None:
    """An earlier tree, and a build directory, in the folder of the sources: nothing of them is the project's."""
    project.write("one.cc", MODULE)
    project.write("one.hpp", "#pragma once\n")
    project.lists(f"add_kernel_module(one one.cc)\n{PACKAGE}")
    tree = tree_of(project)
    shutil.copytree(tree, project.source / "old/one-0.9")
    project.write("out/CMakeCache.txt", "")
    project.write("out/generated.h", "")
    assert files_of(tree_of(project)) == {"one.cc", "one.hpp"}


def test_folder_of_sources_is_the_projects_whatever_lies_there(project: CMakeProject) -> None:
    """CMakeCache.txt of an accidental configuration, and a dkms.conf that kcxx made, beside the sources."""
    project.write("driver/CMakeCache.txt", "")
    project.write("driver/dkms.conf", "# Made by kcxx, for dkms 3.0 and later\n")
    project.write("driver/one.cc", MODULE)
    project.write("driver/parts/one.hpp", "#pragma once\n")
    project.lists(f"add_kernel_module(one driver/one.cc)\ntarget_include_directories(one PRIVATE .)\n{PACKAGE}")
    assert files_of(tree_of(project)) == {"driver/one.cc", "driver/parts/one.hpp"}


def test_project_in_a_hidden_folder_has_its_headers(tmp_path: Path, package: Path, kernels: dict[str, Kernel]) -> None:
    """Only what is hidden within the project is left out, not what lies below ~/.local."""
    project = CMakeProject(tmp_path / ".local/CMakeFiles/source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("one.cc", MODULE)
    project.write("one.hpp", "#pragma once\n")
    project.write(".git/one.hpp", "#pragma once\n")
    project.lists(f"add_kernel_module(one one.cc)\n{PACKAGE}")
    assert files_of(tree_of(project)) == {"one.cc", "one.hpp"}
