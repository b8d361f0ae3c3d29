# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The target <name>-dkms-rpm: an rpm package that builds its modules where it is installed."""

from __future__ import annotations

import filecmp
import re
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject, assert_refused
from fixtures.commands import must, run
from fixtures.debian_machine import as_root, kernel_arrives, run_on_a_copy
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.hidden_programs import without
from fixtures.rpm_project import LISTS, configured
from fixtures.rpm_tools import RPM, complaints, needs, query, unpack


@pytest.fixture(scope="session")
def project(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> CMakeProject:
    """The project, with its packages 1.0 and 1.1 and their trees. Not to be changed."""
    directory = run_directory / "rpm-package"
    project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)

    def make(_: Path) -> None:
        for version in ("1.1", "1.0"):
            configured(project, LISTS.replace("1.0", version))
            must(project.make("pumps-dkms-rpm"))

    made_once(directory, make)
    return project


@pytest.fixture(scope="session")
def rpm(project: CMakeProject) -> Path:
    """The package 1.0"""
    return project.build / "pumps-dkms-1.0-1.noarch.rpm"


@pytest.fixture(scope="session")
def life(rpm: Path, kernels: dict[str, Kernel], run_directory: Path) -> dict[str, list[str]]:
    """Returns the output of dkms, and the modules and trees, after each of rpm's actions."""
    new = rpm.with_name(rpm.name.replace("1.0", "1.1"))
    actions = {
        "install": f"-i {rpm}",
        "reinstall": f"-U --replacepkgs {rpm}",
        "upgrade": f"-U {new}",
        "downgrade": f"-U --oldpackage {rpm}",
        "erase": "-e pumps-dkms",
    }

    def live(directory: Path) -> None:
        script = kernel_arrives(kernels["6.12"])
        for action, command in actions.items():
            script += f"{RPM} {command} >&2\necho == {action}\ndkms status\n"
            script += "find /lib/modules /usr/src -name 'pump*.ko' -o -name 'pumps*'\n"
        script += "find /changes ! -type c -a '(' -path '*pumps*' -o -name 'pump.ko*' ')'\n"
        (directory / "said").write_text(must(run_on_a_copy(directory / "machine", script)), encoding="utf-8")

    said = (made_once(run_directory / "rpm-life", live) / "said").read_text(encoding="utf-8")
    return {part.split("\n")[0]: part.splitlines()[1:] for part in said.split("== ")[1:]}


def in_place(kernel: Kernel, version: str) -> list[str]:
    """Returns the state while @version is installed."""
    return [
        f"pumps/{version}, {kernel.release}, x86_64: installed",
        f"/lib/modules/{kernel.release}/updates/dkms/pump.ko",
        f"/usr/src/pumps-{version}",
    ]


def test_package_is_for_every_architecture(rpm: Path) -> None:
    """The package has its name, version, release, architecture, licence and packager."""
    assert query(rpm, "--queryformat", "%{NAME} %{VERSION} %{RELEASE} %{ARCH}\n%{LICENSE}\n%{PACKAGER}\n") == [
        "pumps-dkms 1.0 1 noarch",
        "GPL-2.0-only",
        "Jo Doe <jo@example.org>",
    ]


def test_package_needs_dkms_compilers_and_headers(rpm: Path) -> None:
    """A C++ compiler, and headers under the names of Fedora and of openSUSE; nothing else."""
    assert needs(rpm) == {
        "dkms >= 3.0", "make", "gcc", "(gcc-c++ or clang)",
        "(kernel-devel if kernel-core)", "(kernel-default-devel if kernel-default)",
    }  # fmt: skip


def test_package_holds_the_tree(rpm: Path, project: CMakeProject, tmp_path: Path) -> None:
    """The package has the tree in /usr/src, unchanged, and nothing else."""
    unpack(rpm, tmp_path)
    tree = project.build / "pumps-1.0"
    assert must(run("diff", "-r", tmp_path / "usr/src/pumps-1.0", tree)) == ""
    files = {f"/usr/src/pumps-1.0/{path.relative_to(tree)}" for path in tree.rglob("*")}
    assert set(query(rpm, "--list")) == files | {"/usr/src/pumps-1.0"}


def test_scripts_are_of_this_version_alone(rpm: Path) -> None:
    """DKMS removes it before its files go, and adds it when a transaction is done: nothing for another version."""
    scripts = "\n".join(query(rpm, "--scripts"))
    assert re.findall(r"^(\w+) scriptlet", scripts, re.M) == ["preuninstall", "posttrans"]
    assert "dkms remove -m pumps -v 1.0 --all" in scripts.split("posttrans scriptlet")[0]
    assert set(re.findall(r"-m (\S+) -v ([\d.]+)", scripts)) == {("pumps", "1.0")}
    assert must(run("sh", "-n", "-c", "\n".join(query(rpm, "--queryformat", "%{PREUN}\n%{POSTTRANS}")))) == ""


def test_package_has_no_errors(rpm: Path) -> None:
    """rpmlint finds none."""
    assert complaints(rpm) == []


def test_package_is_reproducible(package: Path, kernels: dict[str, Kernel], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With SOURCE_DATE_EPOCH: the same sources in other directories make the same package, byte for byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")  # later than any file
    made = []
    for name in ("one", "two"):
        project = CMakeProject(tmp_path / name / "source", tmp_path / name / "build", package, kernels["6.12"].build)
        must(configured(project).make("pumps-dkms-rpm"))
        made.append(project.build / "pumps-dkms-1.0-1.noarch.rpm")
    assert filecmp.cmp(*made, shallow=False)


@pytest.mark.parametrize(
    ("lacking", "found", "advice"),
    [
        ("CPACK_PACKAGE_CONTACT", "found: CPACK_PACKAGE_CONTACT ''", 'type: set(CPACK_PACKAGE_CONTACT "Your Name <you@example.org>")'),
        ("CPACK_RPM_PACKAGE_LICENSE", "found: CPACK_RPM_PACKAGE_LICENSE ''", 'type: set(CPACK_RPM_PACKAGE_LICENSE "GPL-2.0-only")'),
        (None, "found: no rpmbuild", "type: apt-get install rpm, or dnf install rpm-build"),
    ],
)
def test_package_is_refused(
    lacking: str | None, found: str, advice: str, package: Path, kernels: dict[str, Kernel], tmp_path: Path
) -> None:
    """Without a maintainer, a licence or rpmbuild: the error names it, and what to type."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    configured(project, re.sub(rf" *set\({lacking} .*\n", "", LISTS))
    around = () if lacking else without("rpmbuild")
    assert_refused(run(*around, "cmake", "--build", project.build, "--target", "pumps-dkms-rpm"), found, advice)
    assert not list(project.build.glob("*.rpm"))


@as_root
def test_installed_package_is_built(life: dict[str, list[str]], kernels: dict[str, Kernel]) -> None:
    """rpm -i: the module is built and installed for each kernel that has headers."""
    assert life["install"] == in_place(kernels["6.12"], "1.0")


@as_root
@pytest.mark.parametrize(("action", "version"), [("reinstall", "1.0"), ("upgrade", "1.1"), ("downgrade", "1.0")])
def test_other_version_takes_the_place(action: str, version: str, life: dict[str, list[str]], kernels: dict[str, Kernel]) -> None:
    """The old version leaves nothing behind, and the new one's module is installed."""
    assert life[action] == in_place(kernels["6.12"], version)


@as_root
def test_erased_package_leaves_nothing_behind(life: dict[str, list[str]]) -> None:
    """rpm -e: no file of its, nor any that DKMS made of it."""
    assert life["erase"] == []
