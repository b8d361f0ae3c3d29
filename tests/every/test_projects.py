# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Modules of other people, as Debian ships them: converted to CMake, they are the modules of their own Makefiles."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import REPOSITORY, Kernel, run
from debian_projects import PROJECTS, Builds
from debian_machine import as_root

COMPARE = REPOSITORY / "cmake/compare-modules.sh"

pytestmark = as_root


@pytest.fixture(scope="session", params=PROJECTS)
def builds(request: pytest.FixtureRequest, package: Path, run_directory: Path) -> Builds:
    """Each project in turn"""
    return Builds(PROJECTS[request.param], run_directory / "projects" / request.param, package)


def differences(builds: Builds, kernel: Kernel, modules: dict[str, Path], scratch: Path) -> str:
    """In what the @modules are others than those of Debian's package: names, code, data, symbols, CRCs, modinfo, srcversion"""
    own = builds.own(kernel)
    assert own, "Debian's package makes no module"
    found = "".join(f"{name}: in one build alone\n" for name in sorted(own.keys() ^ modules.keys()))
    project = builds.cmake(kernel)
    facts = project.build / "kcxx/.kcxx/facts.sh"
    trees = (builds.project.name_and_version, "/".join(builds.tree(kernel).name.rsplit("-", 1)))
    folders = [f"/var/lib/dkms/{tree}/build" for tree in trees]
    for name in sorted(own.keys() & modules.keys()):
        compared = run("sh", COMPARE, facts, modules[name], own[name], scratch / name, *folders, project.source, project.build)
        found += "".join(f"{name}: {line}\n" for line in (compared.stdout + compared.stderr).splitlines())
    return found


def test_module_of_cmake_is_the_one_of_its_own_makefile(builds: Builds, kernel: Kernel, tmp_path: Path) -> None:
    """The same functions and data, symbols, CRCs, aliases, parameters and srcversion; no module more or less."""
    modules = {path.stem: path for path in builds.cmake(kernel).build.glob("*.ko")}
    assert differences(builds, kernel, modules, tmp_path) == ""


def test_module_of_kbuild_with_kcxx_is_the_one_without(builds: Builds, kernel: Kernel, tmp_path: Path) -> None:
    """Makefile.cxx in the Kbuild files of a project of C changes nothing."""
    assert differences(builds, kernel, builds.kbuild(kernel), tmp_path) == ""


def test_module_of_the_dkms_tree_is_the_one_of_its_own_makefile(builds: Builds, kernel: Kernel, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """DKMS builds the tree, which was written for 6.12, for each kernel."""
    assert differences(builds, kernel, builds.dkms(kernels["6.12"], kernel), tmp_path) == ""


def test_module_of_the_dkms_tree_is_loaded(builds: Builds, kernel: Kernel, kernels: dict[str, Kernel], kcxx: Path) -> None:
    """The kernel takes the modules; without their hardware, their init fails as it does there."""
    modules = builds.dkms(kernels["6.12"], kernel)
    commands: list[tuple[str | Path, ...]] = []
    if loads := builds.project.loads:
        commands.append(tuple(modules[name] for name in loads))
    if refuses := builds.project.refuses:
        commands.append((f"--expect-error={refuses[1]}", modules[refuses[0]]))
    assert commands
    for command in commands:
        result = run(kcxx, "boot", "--kernel", kernel.image, *command)
        assert result.returncode == 0, result.stdout + result.stderr
