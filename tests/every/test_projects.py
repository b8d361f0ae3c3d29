# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Modules of other people, as Debian ships them: converted to CMake, they are the modules of their own Makefiles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.debian_machine import as_root, kernel_arrives, run_on_a_copy
from fixtures.debian_projects import PROJECTS, Builds
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY

COMPARE = REPOSITORY / "cmake/compare-modules.sh"

pytestmark = as_root

# A package is installed, a second kernel arrives, the package goes.
LIFE = """\
exec >&2
{first}
dpkg --install {deb}
dkms status > /kept/installed
{second}
/etc/kernel/postinst.d/dkms {release}
dkms status > /kept/updated
(cd /lib/modules && ls */updates/dkms/*.ko) > /kept/modules
dpkg --purge {name}-dkms
(cd /lib/modules && find . -name "*.ko") > /kept/purged
find /usr/src /var/lib/dkms -path "*{name}*" >> /kept/purged
"""


@pytest.fixture(scope="session", params=PROJECTS)
def builds(request: pytest.FixtureRequest, package: Path, run_directory: Path) -> Builds:
    """Each project in turn"""
    return Builds(PROJECTS[request.param], run_directory / "projects" / request.param, package)


def differences(builds: Builds, kernel: Kernel, modules: dict[str, Path], scratch: Path) -> list[str]:
    """In what the @modules are others than those of Debian's package: names, code, data, symbols, CRCs, modinfo, srcversion"""
    own = builds.own(kernel)
    assert own, "Debian's package makes no module"
    found = [f"{name}: in one build alone" for name in sorted(own.keys() ^ modules.keys())]
    project = builds.cmake(kernel)
    facts = project.build / "kcxx/.kcxx/facts.sh"
    trees = (builds.project.name_and_version, "/".join(builds.tree(kernel).name.rsplit("-", 1)))
    folders = [f"/var/lib/dkms/{tree}/build" for tree in trees]
    for name in sorted(own.keys() & modules.keys()):
        compared = run("sh", COMPARE, facts, modules[name], own[name], scratch / name, *folders, project.source, project.build)
        lines = (compared.stdout + compared.stderr).splitlines()
        assert compared.returncode == bool(lines), f"{compared.args} ended with {compared.returncode}"
        found += [f"{name}: {line}" for line in lines]
    return found


def unexpected(builds: Builds, found: list[str]) -> list[str]:
    """Returns the differences that are not known ones of the project's conversion."""
    return [line for line in found if not (builds.project.differs and re.fullmatch(builds.project.differs, line))]


def test_module_of_cmake_is_the_one_of_its_own_makefile(builds: Builds, kernel: Kernel, tmp_path: Path) -> None:
    """The same functions and data, symbols, CRCs, aliases, parameters and srcversion; no module more or less."""
    modules = {path.stem: path for path in builds.cmake(kernel).build.glob("*.ko")}
    found = differences(builds, kernel, modules, tmp_path)
    assert unexpected(builds, found) == []
    assert bool(found) == bool(builds.project.differs)  # none is known in vain


def test_module_of_kbuild_with_kcxx_is_the_one_without(builds: Builds, kernel: Kernel, tmp_path: Path) -> None:
    """Makefile.cxx in the Kbuild files of a project of C changes nothing."""
    assert differences(builds, kernel, builds.kbuild(kernel), tmp_path) == []


def test_module_of_the_dkms_tree_is_the_one_of_its_own_makefile(builds: Builds, kernel: Kernel, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """DKMS builds the tree, which was written for 6.12, for each kernel."""
    assert unexpected(builds, differences(builds, kernel, builds.dkms(kernels["6.12"], kernel), tmp_path)) == []


def test_module_of_the_dkms_tree_is_loaded(builds: Builds, kernel: Kernel, kernels: dict[str, Kernel], kcxx: Path) -> None:
    """The kernel takes the modules; without their hardware, their init fails as it does there."""
    modules = builds.dkms(kernels["6.12"], kernel)
    commands: list[tuple[str | Path, ...]] = []
    if loads := builds.project.loads:
        tree = kernel.build.parent / "modules"
        before = [next(tree.rglob(f"{name}.ko*")) for name in builds.project.before]
        commands.append((*before, *(modules[name] for name in loads)))
    if refuses := builds.project.refuses:
        commands.append((f"--expect-error={refuses[1]}", modules[refuses[0]]))
    assert commands
    for command in commands:
        result = run(kcxx, "boot", "--kernel", kernel.image, *command)
        assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", ["ddcci", "v4l2loopback"])
def test_package_is_installed_for_each_kernel_and_leaves_nothing(
    name: str, kernels: dict[str, Kernel], package: Path, run_directory: Path, tmp_path: Path
) -> None:
    """The .deb is installed beside 6.1, 6.12 arrives and gets its modules by the hook of its package, purge removes all."""
    first, second = kernels["6.1"], kernels["6.12"]
    builds = Builds(PROJECTS[name], run_directory / "projects" / name, package)
    modules = {path.stem for path in builds.cmake(second).build.glob("*.ko")}
    script = LIFE.format(
        name=name, first=kernel_arrives(first), second=kernel_arrives(second), release=second.release, deb=builds.deb(second)
    )  # fmt: skip
    must(run_on_a_copy(tmp_path / "machine", script))
    kept = {path.name: path.read_text(encoding="utf-8").splitlines() for path in (tmp_path / "machine/kept").iterdir()}
    tree = "/".join(builds.tree(second).name.rsplit("-", 1))
    assert kept["installed"] == [f"{tree}, {first.release}, x86_64: installed"]
    assert sorted(kept["updated"]) == sorted(f"{tree}, {kernel.release}, x86_64: installed" for kernel in (first, second))
    assert set(kept["modules"]) == {f"{kernel.release}/updates/dkms/{module}.ko" for kernel in (first, second) for module in modules}
    assert kept["purged"] == []


def test_page_has_the_projects() -> None:
    """The table of docs/shipping.md lists each package with its version."""
    text = (REPOSITORY / "docs/shipping.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9-]+) \| (\S+) \| \d+ \|", text, re.M)
    assert rows == [(project.package, project.version) for project in PROJECTS.values()]
