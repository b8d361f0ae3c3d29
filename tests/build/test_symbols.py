# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Symbols between modules: exported from C++ and from C, used by another module, versioned."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.axes import axis
from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.module_file import modinfo_field

SOURCES = {
    "adder/adder.h": """\
        #pragma once
        #ifdef __cplusplus
        extern "C" {
        #endif
        int adder_add(int a, int b);
        int adder_subtract(int a, int b);
        extern int adder_calls;
        #ifdef __cplusplus
        }
        #endif
        """,
    "adder/addition.cc": """\
        #include <kernel/prelude.hpp>
        #include "adder.h"
        MODULE_LICENSE("GPL");
        int adder_calls;
        int adder_add(int a, int b)
        {
        	++adder_calls;
        	return a + b;
        }
        EXPORT_SYMBOL_GPL(adder_add);
        EXPORT_SYMBOL(adder_calls);
        namespace {
        struct Adder {
        	static kernel::Result<Adder> init(kernel::ThisModule &) { return Adder{}; }
        };
        }
        KERNEL_MODULE(Adder);
        """,
    "adder/c/subtraction.c": """\
        #include <linux/export.h>
        #include "../adder.h"
        int adder_subtract(int a, int b)
        {
        	++adder_calls;
        	return a - b;
        }
        EXPORT_SYMBOL_GPL(adder_subtract);
        """,
    "user/program.cc": """\
        #include <kernel/prelude.hpp>
        #include "../adder/adder.h"
        MODULE_LICENSE("GPL");
        namespace {
        struct User {
        	static kernel::Result<User> init(kernel::ThisModule &)
        	{
        		const int sum = adder_add(2, 3);
        		const int difference = adder_subtract(7, 4);
        		pr_info("2 + 3 = %d, 7 - 4 = %d, calls %d\\n", sum, difference, adder_calls);
        		return User{};
        	}
        };
        }
        KERNEL_MODULE(User);
        """,
}

# The user first: the order of the targets is not that of the build.
LISTS = """\
    add_kernel_module(user user/program.cc)
    add_kernel_module(adder adder/addition.cc adder/c/subtraction.c)
    target_link_libraries(user PRIVATE adder)
    """

KBUILD = """\
    obj-m := user.o adder.o
    user-y := user/program.o
    adder-y := adder/addition.o adder/c/subtraction.o
    """


@dataclass(frozen=True)
class Export:
    """A line of a symvers file."""

    name: str
    crc: int
    licence: str


def exports(symvers: Path) -> dict[str, Export]:
    """The exports that a symvers file lists, by name."""
    found = {}
    for line in symvers.read_text(encoding="utf-8").splitlines():
        crc, name, _, licence, *_ = line.split("\t")
        found[name] = Export(name, int(crc, 16), licence)
    return found


@dataclass(frozen=True)
class Pair:
    """The two modules, built, and what adder exports."""

    user: Path
    adder: Path
    exports: dict[str, Export]


def cmake_pair(directory: Path, package: Path, kernel: Kernel) -> CMakeProject:
    """The two modules as a CMake project, not yet configured."""
    project = CMakeProject(directory, directory / "build", package, kernel.build)
    for name, text in SOURCES.items():
        project.write(name, text)
    project.lists(LISTS)
    return project


@pytest.fixture(scope="session")
def by_cmake(kernel: Kernel, package: Path, run_directory: Path) -> Pair:
    """Both built by CMake."""
    directory = made_once(
        run_directory / f"symbols-cmake-{kernel.series}",
        lambda directory: cmake_pair(directory, package, kernel).made(),
    )
    build = directory / "build"
    return Pair(build / "user.ko", build / "adder.ko", exports(build / "adder.symvers"))


@pytest.fixture(scope="session")
def by_kbuild(kernel: Kernel, package: Path, run_directory: Path) -> Pair:
    """Both built by one Kbuild file."""

    def make(directory: Path) -> None:
        project = KbuildProject(directory, package, kernel.build)
        for name, text in SOURCES.items():
            project.write(name, text)
        project.kbuild(KBUILD)
        project.made()

    directory = made_once(run_directory / f"symbols-kbuild-{kernel.series}", make)
    return Pair(directory / "user.ko", directory / "adder.ko", exports(directory / "Module.symvers"))


@pytest.fixture(params=axis("cmake", every=("kbuild",)))
def pair(request: pytest.FixtureRequest, kernel: Kernel) -> Pair:
    """The two modules, built each way for each kernel."""
    return request.getfixturevalue(f"by_{request.param}")


def test_module_uses_what_another_exports(kcxx: Path, pair: Pair) -> None:
    """A C++ function, a C function from a sub-folder and a variable, used by another module in a running kernel."""
    log = must(run(kcxx, "boot", pair.user, pair.adder))
    assert "user: 2 + 3 = 5, 7 - 4 = 3, calls 2" in log


def test_user_depends_on_exporter(pair: Pair) -> None:
    """modprobe learns from `depends` what to load first."""
    assert modinfo_field(pair.user, "depends") == "adder"
    assert modinfo_field(pair.adder, "depends") == ""


def test_exports_keep_their_licence(pair: Pair) -> None:
    """EXPORT_SYMBOL and EXPORT_SYMBOL_GPL export from either language, each in its way; nothing else is exported."""
    assert {export.name: export.licence for export in pair.exports.values()} == {
        "adder_add": "EXPORT_SYMBOL_GPL",
        "adder_calls": "EXPORT_SYMBOL",
        "adder_subtract": "EXPORT_SYMBOL_GPL",
    }


def test_exports_have_versions(pair: Pair) -> None:
    """Each export has a CRC of its own."""
    crcs = [export.crc for export in pair.exports.values()]
    assert 0 not in crcs
    assert len(set(crcs)) == 3


def test_user_carries_the_versions_it_was_built_with(pair: Pair) -> None:
    """The loader distinguishes another adder from this one: modprobe shows the exporter's CRCs in the user."""
    text = must(run("/sbin/modprobe", "--dump-modversions", pair.user))
    wanted = dict(reversed(line.split("\t")) for line in text.splitlines())
    for export in pair.exports.values():
        assert int(wanted[export.name], 16) == export.crc


@pytest.mark.every
def test_both_ways_give_the_same_versions(by_cmake: Pair, by_kbuild: Pair) -> None:
    """A module built by CMake can use one built by Kbuild."""
    assert by_cmake.exports == by_kbuild.exports


@pytest.mark.parametrize(
    ("symbol", "was", "becomes"),
    [
        ("adder_add", "int adder_add(int a, int b)", "int adder_add(int a, long b)"),
        pytest.param("adder_subtract", "int adder_subtract(int a, int b)", "int adder_subtract(int a, long b)", marks=pytest.mark.every),
        pytest.param("adder_calls", "int adder_calls;", "long adder_calls;", marks=pytest.mark.every),
    ],
    ids=["cxx-function", "c-function", "variable"],
)
def test_changed_type_changes_the_version(
    symbol: str, was: str, becomes: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path
) -> None:
    """Another type of a function or variable is another CRC, for it alone; the same build directory notices."""
    project = cmake_pair(tmp_path, package, kernels["6.12"])
    must(project.configure())
    must(project.make("adder"))
    before = exports(project.build / "adder.symvers")
    for name in ("adder/adder.h", "adder/addition.cc", "adder/c/subtraction.c"):
        project.write(name, SOURCES[name].replace(was, becomes))
    must(project.make("adder"))
    after = exports(project.build / "adder.symvers")
    assert {name for name in before if before[name] != after[name]} == {symbol}


@pytest.mark.parametrize("kernel", ["6.12"], indirect=True)
def test_changed_type_changes_the_version_by_kbuild(
    by_kbuild: Pair, kernel: Kernel, package: Path, tmp_path: Path
) -> None:
    """Kbuild alone changes the CRC of a C++ function as well."""
    project = KbuildProject(tmp_path, package, kernel.build)
    for name, text in SOURCES.items():
        project.write(name, text.replace("int adder_add(int a, int b)", "int adder_add(int a, long b)"))
    project.kbuild(KBUILD)
    project.made()
    after = exports(tmp_path / "Module.symvers")
    assert {name for name in after if after[name].crc != by_kbuild.exports[name].crc} == {"adder_add"}


@pytest.fixture
def configured(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> CMakeProject:
    """The two modules for 6.12, configured and not built."""
    project = cmake_pair(tmp_path, package, kernels["6.12"])
    must(project.configure())
    return project


def test_exporter_is_built_before_its_user(configured: CMakeProject) -> None:
    """A build of the user alone links the exporter first."""
    assert configured.pending("user").linked == ["adder.ko", "user.ko"]


def test_exporter_is_built_alone(configured: CMakeProject) -> None:
    """A build of the exporter leaves the user alone."""
    assert configured.pending("adder").linked == ["adder.ko"]


def test_unknown_symbol_is_refused(configured: CMakeProject) -> None:
    """Without target_link_libraries() the user's link fails, and modpost names the symbols."""
    configured.lists(LISTS.replace("target_link_libraries(user PRIVATE adder)", ""))
    result = configured.make("user")
    assert result.returncode != 0
    said = result.stdout + result.stderr
    for symbol in ("adder_add", "adder_subtract", "adder_calls"):
        assert re.search(rf'^ERROR: modpost: "{symbol}" \[.*user\.ko\] undefined!$', said, re.M)
    assert not (configured.build / "user.ko").exists()
