# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx itself as a package of Debian's and of rpm's: find_package(kcxx) and the program work from them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.cmake_project import assert_refused
from fixtures.commands import must, run
from fixtures.debian_machine import as_root, run_on_a_copy
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.hidden_programs import without
from fixtures.own_mounts import own_mounts
from fixtures.repository import REPOSITORY
from fixtures.rpm_tools import complaints, needs, query, unpack

CONTACT = ("-D", "CPACK_PACKAGE_CONTACT=Jo Doe <jo@example.org>")
DOCUMENTS = {"DEB": {"changelog.gz", "copyright"}, "RPM": {"copyright"}}


@pytest.fixture(scope="session")
def build(kcxx: Path) -> Path:
    """The build directory the program is from"""
    directory = kcxx.resolve().parent.parent
    assert (directory / "CPackConfig.cmake").exists(), f"{kcxx} is not from a build of the whole project"
    return directory


@pytest.fixture(scope="session")
def packages(build: Path, run_directory: Path) -> dict[str, Path]:
    """Both packages, by CPack's name of their kind"""
    command = ("cpack", "--config", build / "CPackConfig.cmake", *CONTACT, "-B")
    directory = made_once(run_directory / "kcxx-packages", lambda directory: must(run(*command, directory)))
    (deb,) = directory.glob("kcxx_*.deb")
    (rpm,) = directory.glob("kcxx-*.rpm")
    return {"DEB": deb, "RPM": rpm}


@pytest.fixture(scope="session")
def contents(packages: dict[str, Path], run_directory: Path) -> dict[str, Path]:
    """Both packages, unpacked"""

    def unpack_both(directory: Path) -> None:
        must(run("dpkg-deb", "--extract", packages["DEB"], directory / "DEB"))
        (directory / "RPM").mkdir()
        unpack(packages["RPM"], directory / "RPM")

    directory = made_once(run_directory / "kcxx-contents", unpack_both)
    return {kind: directory / kind for kind in packages}


def files(root: Path) -> set[str]:
    """All files below @root"""
    return {str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir()}


@pytest.mark.parametrize("kind", ["DEB", "RPM"])
def test_package_holds_what_is_installed(kind: str, contents: dict[str, Path], build: Path, tmp_path: Path) -> None:
    """In /usr, the files that cmake --install puts there, and documents."""
    must(run("cmake", "--install", build, "--prefix", tmp_path / "usr"))
    documents = {f"usr/share/doc/kcxx/{name}" for name in DOCUMENTS[kind]}
    assert files(contents[kind]) == files(tmp_path) | documents
    assert must(run("diff", "-r", "--exclude=doc", contents[kind] / "usr/share", tmp_path / "usr/share")) == ""


def test_uninstall_leaves_nothing_behind(build: Path, tmp_path: Path) -> None:
    """Every place that the whole of kcxx is installed to, with its program, manual and completions."""
    must(run("cmake", "--install", build, "--prefix", tmp_path / "new"))
    recorded = (build / "kcxx-installed.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    own = tmp_path / "record"  # other tests install from this build directory meanwhile
    own.write_text("".join(line for line in recorded if line.startswith(f"{tmp_path}/")), encoding="utf-8")
    script = REPOSITORY / "cmake/UninstallKcxx.cmake"
    must(run("cmake", "-D", f"RECORD={own}", "-D", f"BUILD={build}", "-P", script))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["DEB", "RPM"])
def test_packed_program_finds_its_data(kind: str, contents: dict[str, Path], kernels: dict[str, Kernel]) -> None:
    """kcxx check stands on what is in the package alone."""
    program = contents[kind] / "usr/bin/kcxx"
    hide = f'mount -t tmpfs tmpfs {REPOSITORY}; exec "$@"'
    result = run(*own_mounts(), "sh", "-ec", hide, "sh", program, "check", "--kernel", kernels["6.12"].build, cwd="/")
    assert result.returncode == 0, result.stderr


def test_deb_depends_on_its_libraries(packages: dict[str, Path]) -> None:
    """The package depends on the program's libraries, and recommends the tools that build and boot modules."""
    fields = must(run("dpkg-deb", "--field", packages["DEB"], "Package", "Section", "Maintainer"))
    assert fields == "Package: kcxx\nSection: devel\nMaintainer: Jo Doe <jo@example.org>\n"
    depends = must(run("dpkg-deb", "--field", packages["DEB"], "Depends"))
    assert set(re.findall(r"lib(?:archive|dw|elf|fmt|ssl|stdc\+\+|c)\d+", depends)) >= {"libarchive13", "libc6", "libdw1", "libelf1"}
    recommends = must(run("dpkg-deb", "--field", packages["DEB"], "Recommends"))
    assert {"cmake", "g++", "make"} <= set(re.findall(r"[a-z][a-z0-9+-]+", recommends))


def test_deb_has_no_errors(packages: dict[str, Path]) -> None:
    """lintian finds none."""
    result = run("lintian", "--fail-on", "error", packages["DEB"])
    assert result.returncode == 0, result.stdout


def test_rpm_requires_its_libraries(packages: dict[str, Path]) -> None:
    """The package requires the program's libraries, recommends tools to build and boot modules, and has no scripts."""
    assert {"libarchive.so.13()(64bit)", "libelf.so.1()(64bit)"} <= needs(packages["RPM"])
    assert {"cmake >= 3.25", "gcc-c++", "make"} <= set(query(packages["RPM"], "--recommends"))
    assert query(packages["RPM"], "--scripts") == []
    assert query(packages["RPM"], "--queryformat", "%{LICENSE}\n") == ["GPL-2.0-only OR MIT"]


def test_rpm_has_no_errors(packages: dict[str, Path]) -> None:
    """rpmlint finds none."""
    assert complaints(packages["RPM"]) == []


@pytest.mark.parametrize(
    ("missing", "options", "found", "command"),
    [
        ([], ("-G", "DEB"), "CPACK_PACKAGE_CONTACT ''", "cpack -D 'CPACK_PACKAGE_CONTACT="),
        ([], ("-G", "RPM"), "CPACK_PACKAGE_CONTACT ''", "cpack -D 'CPACK_PACKAGE_CONTACT="),
        (["rpmbuild"], ("-G", "RPM", *CONTACT), "no rpmbuild", "apt-get install rpm,"),
        (["dpkg-shlibdeps"], ("-G", "DEB", *CONTACT), "no dpkg-shlibdeps", "apt-get install dpkg-dev"),
        (["file", "dpkg-shlibdeps"], ("-G", "DEB", *CONTACT), "no dpkg-shlibdeps, no file", "apt-get install dpkg-dev file"),
        (["dpkg"], ("-G", "DEB", *CONTACT), "no dpkg", "apt-get install dpkg"),
        (["gzip"], ("-G", "DEB", *CONTACT), "no gzip", "apt-get install gzip"),
    ],
)
def test_package_is_refused(
    missing: list[str], options: tuple[str, ...], found: str, command: str, build: Path, tmp_path: Path
) -> None:
    """Without a maintainer or a program that packs: the error names it and what to type, and there is no package."""
    result = run(*(without(*missing) if missing else ()), "cpack", "--config", build / "CPackConfig.cmake", *options, "-B", tmp_path)
    assert_refused(result, f"found: {found} needed: ", f"type: {command}")
    assert not [*tmp_path.glob("*.deb"), *tmp_path.glob("*.rpm")]


# $kernel, $deb. The repository is not there: nothing can come from it.
LIFE = """\
mount -t tmpfs tmpfs $repository
dpkg --install $deb >&2
command -v kcxx
cd /root
kcxx new pump >&2
cmake -S pump -B build -DKCXX_KERNEL=$kernel >&2
cmake --build build >&2
ls build/*.ko
grep ^kcxx_DIR build/CMakeCache.txt
apt-get purge --yes kcxx >&2
find /changes ! -path "/changes/root/*" -path '*kcxx*' ! -type c
"""


@as_root
def test_installed_deb_builds_a_project(packages: dict[str, Path], kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """dpkg -i: kcxx new, find_package(kcxx) without a prefix, a module; apt purge: nothing is left of it."""
    names = {"repository": REPOSITORY, "deb": packages["DEB"], "kernel": kernels["6.12"].build}
    script = "".join(f"{name}={value}\n" for name, value in names.items()) + LIFE
    result = run_on_a_copy(tmp_path / "machine", script)
    assert must(result).splitlines() == ["/usr/bin/kcxx", "build/pump.ko", "kcxx_DIR:PATH=/usr/share/cmake/kcxx"]
