# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""add_dkms_package() and dkms(8): from a tree in /usr/src to a module that a kernel loads."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from fixtures.availability_check import Check
from fixtures.axes import axis
from fixtures.cmake_project import MODULE, CMakeProject, assert_refused
from fixtures.commands import must, run
from fixtures.debian_package import packed_once
from fixtures.directories import made_once, new_directory
from fixtures.dkms_machine import BUILD_FAILED, EXCLUDED, DkmsMachine
from fixtures.fetched_kernels import Kernel
from fixtures.hidden_programs import path_without
from fixtures.module_file import allocated_sections, modinfo, relocations, symbols
from fixtures.pumps_project import LISTS, LOGGED, PACKAGE, PACKAGES_OF_ONE, SOURCES, pumps_once, write_project
from fixtures.repository import REPOSITORY

# Packages of one module, by their constraints
PACKAGES = {
    "newer": "KERNEL_MIN 6.13",
    "older": "KERNEL_MAX 6.12.5",
    "oldest": "KERNEL_MAX 6.1.5",
    "elsewhere": "ARCH arm64 riscv64",
    "configured": "REQUIRES CONFIG_MODULES CONFIG_XTENSA",
    "patched": r"DESTINATION /extra/pumps PATCHES [[for-6.1.patch@^6\.1\.]] [[for-6.12.patch@^6\.12\.]]",
}
PATCH = """\
--- a/one.cc
+++ b/one.cc
@@ -1,2 +1,3 @@
 #include <kernel/prelude.hpp>
 MODULE_LICENSE("GPL");
+MODULE_VERSION("for {series}");
"""


@pytest.fixture(scope="session")
def shipped(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> CMakeProject:
    """The project of the two modules, built for 6.12, its tree written"""
    return pumps_once(run_directory, package, kernels["6.12"])


@pytest.fixture(scope="session")
def tree(shipped: CMakeProject) -> Path:
    """The tree of the package. Not to be changed."""
    return shipped.build / "pumps-1.0"


@pytest.fixture
def project(tmp_path: Path, package: Path, kernels: dict[str, Kernel]) -> CMakeProject:
    """An empty project for 6.12"""
    return CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)


@pytest.fixture(scope="session")
def packages(package: Path, kernels: dict[str, Kernel], run_directory: Path) -> Path:
    """Returns the directory of the trees of PACKAGES, and of one without constraints. Not to be changed."""
    directory = run_directory / "packages"
    project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)

    def make(_: Path) -> None:
        project.write("one.cc", MODULE)
        project.write("two/two.cc", MODULE)
        for series in ("6.1", "6.12"):
            project.write(f"for-{series}.patch", PATCH.format(series=series))
        calls = [f"add_dkms_package({name} VERSION 1 MODULES one {call})\n" for name, call in PACKAGES.items()]
        second = "add_kernel_module(two two/two.cc KERNEL_MAX 6.12 ARCH arm64)\nadd_dkms_package(silent VERSION 1 MODULES two)\n"
        project.lists(f"add_kernel_module(one one.cc)\n{''.join(calls)}{second}")
        must(project.configure())
        must(project.make("silent-dkms", *(f"{name}-dkms" for name in PACKAGES)))

    made_once(directory, make)
    return project.build


def new_machine(directory: Path, *kernels: Kernel) -> DkmsMachine:
    """A machine with the headers of @kernels, and no package"""
    machine = DkmsMachine(directory)
    machine.prepare()
    for kernel in kernels:
        machine.install_kernel(kernel)
    return machine


@pytest.fixture
def machine(tmp_path: Path, kernels: dict[str, Kernel]) -> DkmsMachine:
    """A machine with the headers of 6.12, and no package"""
    return new_machine(tmp_path / "machine", kernels["6.12"])


@pytest.fixture(scope="session", params=axis(("6.12",), every=(("6.1", "6.12"),)), ids=" then ".join)
def arrivals(request: pytest.FixtureRequest, kernels: dict[str, Kernel]) -> list[Kernel]:
    """The kernels that are installed on a machine, in their order"""
    return [kernels[series] for series in request.param]


@pytest.fixture(scope="session")
def updated(arrivals: list[Kernel], tree: Path, run_directory: Path) -> DkmsMachine:
    """A machine that had the package before @arrivals; each kernel's package calls DKMS. Not to be changed."""

    def make(directory: Path) -> None:
        machine = new_machine(directory / "machine")
        machine.receive(tree)
        must(machine.run("dkms", "add", "pumps/1.0"))
        for kernel in arrivals:
            machine.install_kernel(kernel)
            must(machine.run("dkms", "autoinstall", "-k", kernel.release, "-a", "x86_64"))

    return DkmsMachine(made_once(run_directory / f"updated-machine-{len(arrivals)}", make) / "machine")


def one_module(project: CMakeProject, source: str = MODULE, lists: str = "") -> Path:
    """The tree of a package with one module of one @source, and more @lists"""
    project.write("one.cc", source)
    project.lists(f"add_kernel_module(one one.cc)\n{lists}add_dkms_package(one VERSION 1 MODULES one)\n")
    must(project.configure())
    must(project.make("one-dkms"))
    return project.build / "one-1"


# The tree


def test_tree_holds_what_it_is_built_of(tree: Path) -> None:
    """The sources at their places, headers that are only included, generated ones; kbuild/ whole."""
    files = {str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file()}
    assert {name for name in files if not name.startswith("kbuild/")} == {
        *SOURCES, "generated/made/rates.hpp", "Kbuild", "Makefile", "dkms.conf", "save-symbols.sh",
    }  # fmt: skip


def test_tree_has_kbuild_whole(tree: Path, package: Path) -> None:
    """The tree's kbuild/ is the installed one."""
    assert must(run("diff", "-r", "--exclude=LICENSES", tree / "kbuild", package / "share/kcxx/kbuild")) == ""
    assert must(run("diff", "-r", tree / "kbuild/LICENSES", package / "share/kcxx/LICENSES")) == ""


def test_tree_tells_nothing_of_where_it_was_made(shipped: CMakeProject, tree: Path) -> None:
    """No path of the build machine is in any of its files."""
    for path in (shipped.source, shipped.build, shipped.package, Path(shipped.kernel)):
        assert run("grep", "-rlF", path, tree).stdout == ""


def test_tree_is_reproducible(tree: Path, project: CMakeProject) -> None:
    """The same sources in another directory make the same tree, byte for byte, with the same modes."""
    write_project(project, LISTS + PACKAGE)
    must(project.configure())
    must(project.make("pumps-dkms"))
    again = project.build / "pumps-1.0"
    assert must(run("diff", "-r", tree, again)) == ""
    listing = ("find", ".", "-printf", "%p %m\\n")
    assert sorted(must(run(*listing, cwd=tree)).splitlines()) == sorted(must(run(*listing, cwd=again)).splitlines())


def test_tree_is_not_written_again(shipped: CMakeProject) -> None:
    """If nothing changed, nothing is written."""
    assert shipped.pending().nothing


def test_tree_follows_a_header_that_is_new(project: CMakeProject) -> None:
    """A header that comes into a folder of sources is in the tree after the next build."""
    tree = one_module(project)
    project.write("one.hpp", "#pragma once\n")
    must(project.make("one-dkms"))
    assert (tree / "one.hpp").exists()


def test_tree_leaves_out_build_directories(shipped: CMakeProject, tree: Path) -> None:
    """Another build directory beside the sources: its headers are none of the project's."""
    assert (shipped.source / "another/made.hpp").exists()
    assert not (tree / "another").exists()


def test_tree_has_what_the_build_directory_itself_is_included_for(project: CMakeProject) -> None:
    """An include directory that is the build's root: what was generated there, and nothing of trees in it."""
    generated = 'file(WRITE ${CMAKE_BINARY_DIR}/made.hpp "")\ntarget_include_directories(one PRIVATE ${CMAKE_BINARY_DIR})\n'
    for _ in range(2):
        tree = one_module(project, MODULE + '#include "made.hpp"\n', generated)
    assert {path.relative_to(tree) for path in (tree / "generated").rglob("*")} == {Path("generated/made.hpp")}


def test_install_puts_the_tree_where_dkms_looks(shipped: CMakeProject, tree: Path, tmp_path: Path) -> None:
    """The component is installed into /usr/src; an installation of everything leaves it out."""
    environment = {"DESTDIR": str(tmp_path)}
    must(run("cmake", "--install", shipped.build, env=environment))
    assert not (tmp_path / "usr/src").exists()
    must(run("cmake", "--install", shipped.build, "--component", "pumps-dkms", env=environment))
    assert must(run("diff", "-r", tree, tmp_path / "usr/src/pumps-1.0")) == ""


# DKMS


def test_modules_are_installed_when_a_kernel_arrives(arrivals: list[Kernel], updated: DkmsMachine) -> None:
    """dkms autoinstall, which a new kernel's package calls, builds and installs for that kernel; the old one's modules stay."""
    assert sorted(updated.status()) == sorted(f"pumps/1.0, {kernel.release}, x86_64: installed" for kernel in arrivals)
    assert all(set(updated.installed(kernel)) == {"pump", "gauge"} for kernel in arrivals)


def test_modules_of_dkms_are_loaded(arrivals: list[Kernel], updated: DkmsMachine, kcxx: Path) -> None:
    """DKMS alone builds and installs the modules; the kernel loads them, and logs the lines of C++ and of C."""
    for kernel in arrivals:
        modules = updated.installed(kernel)
        assert [path.relative_to(updated.modules(kernel)) for path in modules.values()] == [
            Path("updates/dkms/gauge.ko"), Path("updates/dkms/pump.ko"),
        ]  # fmt: skip
        log = run(kcxx, "boot", *modules.values())
        said = must(log) + log.stderr
        assert [line for line in LOGGED if line in said] == LOGGED


def test_module_of_dkms_is_the_module_of_cmake(kernels: dict[str, Kernel], shipped: CMakeProject, updated: DkmsMachine) -> None:
    """Code, data, symbols and modinfo are the same."""
    modules = updated.installed(kernels["6.12"])
    assert modules
    for name, path in modules.items():
        ours = shipped.module(name)
        assert [one for one in allocated_sections(path) if one.name != ".BTF"] == [
            one for one in allocated_sections(ours) if one.name != ".BTF"
        ]
        assert relocations(path) == relocations(ours)
        assert symbols(path) == symbols(ours)
        assert modinfo(path)[: len(modinfo(ours))] == modinfo(ours)  # then DKMS's signature


def test_log_has_the_whole_verdict(kernels: dict[str, Kernel], updated: DkmsMachine) -> None:
    """Every requirement that was looked at stands in DKMS's log, before anything is compiled."""
    log = updated.log("pumps/1.0", kernels["6.12"])
    verdict = log.index("C++ is available: kernel 6.12")
    assert log.index("\nok        cxx_compiler ") < log.index("\nok        retpolines ") < verdict
    assert verdict < log.index("  CXX [M] ")


def test_missing_compiler_is_named_in_the_log(kernels: dict[str, Kernel], tree: Path, machine: DkmsMachine, tmp_path: Path) -> None:
    """No C++ compiler: DKMS fails, and its log has the package to install."""
    machine.receive(tree)
    environment = {"PATH": str(path_without(tmp_path / "bin", r"[cg]\+\+"))}
    result = machine.dkms("build", "pumps/1.0", kernels["6.12"], env=environment)
    assert result.returncode == BUILD_FAILED
    assert "***   fix:    apt-get install g++-12\n" in machine.log("pumps/1.0", kernels["6.12"])
    assert machine.status() == ["pumps/1.0: added"]


@pytest.mark.every
def test_package_of_c_needs_no_cxx_compiler(kernels: dict[str, Kernel], project: CMakeProject, machine: DkmsMachine, tmp_path: Path) -> None:
    """Modules of C alone, of a project that has no C++: DKMS builds them where there is no C++ compiler, and no package asks for one."""
    project.write("one.c", '#include <linux/module.h>\nMODULE_LICENSE("GPL");\n')
    contact = 'set(CPACK_PACKAGE_CONTACT "Jo Doe <jo@example.org>")\n'
    project.lists(f"{contact}add_kernel_module(one one.c)\nadd_dkms_package(one VERSION 1 MODULES one)\n", languages="C")
    environment = {"PATH": str(path_without(tmp_path / "bin", r"[cg]\+\+"))}
    must(project.configure(env=environment))
    must(project.make("one-dkms-deb", env=environment))
    machine.receive(project.build / "one-1")
    must(machine.dkms("install", "one/1", kernels["6.12"], env=environment))
    assert set(machine.installed(kernels["6.12"])) == {"one"}
    depends = must(run("dpkg-deb", "--field", project.build / "one-dkms_1_all.deb", "Depends"))
    assert depends == "dkms (>= 3.0), make, gcc | clang\n"


def test_kernel_that_the_package_is_not_for_is_passed_over(kernels: dict[str, Kernel], packages: Path, machine: DkmsMachine) -> None:
    """KERNEL_MIN 6.13: 77 for 6.12, with the reason, and nothing is installed."""
    machine.receive(packages / "newer-1")
    result = machine.dkms("install", "newer/1", kernels["6.12"])
    assert result.returncode == EXCLUDED
    assert "*** kcxx: the kernel is older than this module is for\n" in result.stderr
    assert machine.status() == ["newer/1: added"]


@pytest.mark.parametrize(
    ("name", "series"),
    [("older", "6.12"), ("elsewhere", "6.12"), ("configured", "6.12"), pytest.param("oldest", "6.1", marks=pytest.mark.every)],
)
def test_constraint_of_dkms_conf(name: str, series: str, kernels: dict[str, Kernel], packages: Path, tmp_path: Path) -> None:
    """A constraint that is not met ends with 77; Debian's 6.1.0-56 is a later 6.1 than its name."""
    machine = new_machine(tmp_path / "machine", kernels[series])
    machine.receive(packages / f"{name}-1")
    assert machine.dkms("build", f"{name}/1", kernels[series]).returncode == EXCLUDED


def test_constraints_of_the_module_are_the_packages(packages: Path) -> None:
    """A package without constraints takes those of add_kernel_module()."""
    text = (packages / "silent-1/dkms.conf").read_text(encoding="utf-8")
    assert 'BUILD_EXCLUSIVE_ARCH="^(aarch64)$"\n' in text
    assert "--kernel-max 6.12 --only-arch arm64" in text


@pytest.mark.parametrize("bounds", axis(("6.6", ""), ("6.1", "6.12"), ("6.19", ""), every=(("", "6.12"), ("5.10", "7.2"), ("6.12", "6.12"), ("6.9", ""))), ids="-".join)
def test_range_of_kernels_is_that_of_the_check(bounds: tuple[str, str], check: Check, tmp_path: Path) -> None:
    """The expression in dkms.conf matches what cxxavailable.sh does not exclude."""
    least, most = bounds
    script = tmp_path / "range.cmake"
    script.write_text(
        f'include({REPOSITORY}/cmake/DkmsKernelRange.cmake)\n_kcxx_kernel_range("{least}" "{most}" range)\n'
        'execute_process(COMMAND "${CMAKE_COMMAND}" -E echo "${range}")\n',
        encoding="utf-8",
    )
    expression = must(run("cmake", "-P", script)).strip()
    options = [word for name, value in (("--kernel-min", least), ("--kernel-max", most)) if value for word in (name, value)]
    for version in ("5.9", "5.10", "5.19", "6.0", "6.1", "6.5", "6.6", "6.9", "6.10", "6.12", "6.13", "6.19", "6.20", "6.100", "7.0", "7.2", "7.3", "10.0"):
        check.kernel.release = f"{version}.7-generic"
        check.kernel.version = (*map(int, version.split(".")), 7)
        check.prepare()
        included = check.call("--kernel", check.kernel.directory, "--constraints", *options).returncode != EXCLUDED
        matched = run("bash", "-c", "[[ $1 =~ $2 ]]", "bash", check.kernel.release, expression).returncode == 0
        assert (version, matched) == (version, included)


@pytest.mark.every
def test_package_uses_symbols_of_another(kernels: dict[str, Kernel], shipped: CMakeProject, machine: DkmsMachine, kcxx: Path) -> None:
    """DEPENDS_ON: two packages, one of which calls the other's module; that is built first, and both are loaded."""
    kernel = kernels["6.12"]
    for name, version in PACKAGES_OF_ONE.items():
        machine.receive(shipped.build / f"{name}-{version}")
        must(machine.run("dkms", "add", f"{name}/{version}"))
    assert machine.status() == ["gauge/2.0: added", "pump/1.0: added"]  # the order of their names
    must(machine.run("dkms", "autoinstall", "-k", kernel.release, "-a", "x86_64"))
    log = run(kcxx, "boot", *machine.installed(kernel).values())
    assert LOGGED[1] in must(log) + log.stderr


@pytest.mark.every
def test_upgrade_and_back(kernels: dict[str, Kernel], package: Path, run_directory: Path, machine: DkmsMachine) -> None:
    """1.0, then 1.1, then 1.0 again, as it was built: what is installed is the version that was asked for last."""
    kernel = kernels["6.12"]
    for version in ("1.0", "1.1"):
        machine.receive(packed_once(run_directory, package, kernel, version).parent / f"pumps-{version}")
    for version, other in (("1.0", None), ("1.1", "1.0"), ("1.0", "1.1")):
        if other:
            must(machine.dkms("uninstall", f"pumps/{other}", kernel))
            assert machine.installed(kernel) == {}
        must(machine.dkms("install", f"pumps/{version}", kernel))
        assert f"version:        {version}" in modinfo(machine.installed(kernel)["pump"])
    for version in ("1.0", "1.1"):
        must(machine.run("dkms", "remove", f"pumps/{version}", "--all"))
    assert machine.installed(kernel) == {}
    assert machine.status() == []


@pytest.mark.every
@pytest.mark.parametrize("stage", ["kbuild/cxxavailable.sh", ".kcxx/library.made", "pump.o", "pump.ko"])
def test_build_that_was_killed_is_done_again(
    stage: str, kernels: dict[str, Kernel], package: Path, run_directory: Path, machine: DkmsMachine
) -> None:
    """SIGKILL at any stage: nothing is installed, and the next call builds and installs everything."""
    kernel = kernels["6.12"]
    machine.receive(packed_once(run_directory, package, kernel).parent / "pumps-1.0")
    command = machine.command("dkms", "install", "pumps/1.0", "-k", kernel.release, "-a", "x86_64")
    log = machine.directory / "var/pumps/1.0/build/make.log"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        while process.poll() is None:
            if log.exists() and (stage in log.read_text(encoding="utf-8") or "cxxavailable" in stage):
                subprocess.run(["kill", "-KILL", "--", f"-{process.pid}"], check=True)
                break
        process.wait()
    assert process.returncode == -signal.SIGKILL
    assert machine.installed(kernel) == {}
    must(machine.dkms("install", "pumps/1.0", kernel))
    assert set(machine.installed(kernel)) == {"pump"}


# In place of a program of DKMS's: ends DKMS when it installs; of a copy there is the first part by then.
KILLS = {
    "cp": 'case "$*" in */updates/dkms/*) head -c 5000 "$2" >"$3"; kill -KILL 0 ;; esac\nexec /bin/cp "$@"',
    "depmod": "kill -KILL 0",
}


@pytest.mark.every
@pytest.mark.parametrize("program", KILLS)
def test_install_that_was_killed_is_done_again(
    program: str, kernels: dict[str, Kernel], package: Path, run_directory: Path, machine: DkmsMachine, tmp_path: Path
) -> None:
    """SIGKILL while a module is copied, and before depmod: modprobe knows of none, and the next call installs it whole.

    After the copy DKMS takes it for installed: that call has to be forced.
    """
    kernel = kernels["6.12"]
    machine.receive(packed_once(run_directory, package, kernel).parent / "pumps-1.0")
    must(machine.dkms("build", "pumps/1.0", kernel))
    killer = tmp_path / "bin" / program
    killer.parent.mkdir()
    killer.write_text(f"#!/bin/sh\n{KILLS[program]}\n", encoding="utf-8")
    killer.chmod(0o755)
    command = machine.command("dkms", "install", "pumps/1.0", "-k", kernel.release, "-a", "x86_64")
    killed = run(*command, env={"PATH": f"{killer.parent}:{os.environ['PATH']}"}, start_new_session=True)
    assert killed.returncode == -signal.SIGKILL
    assert set(machine.installed(kernel)) == {"pump"}
    dependencies = machine.modules(kernel) / "modules.dep"
    assert not dependencies.exists()
    must(machine.dkms("install", "pumps/1.0", kernel, "--force"))
    assert f"{machine.installed(kernel)['pump'].name}:" in dependencies.read_text(encoding="utf-8")
    assert "version:        1.0" in modinfo(machine.installed(kernel)["pump"])


def test_patch_is_for_the_kernels_it_matches(kernel: Kernel, packages: Path, tmp_path: Path) -> None:
    """PATCHES with @: DKMS applies the patch for this kernel before the build, and no other."""
    machine = new_machine(tmp_path / "machine", kernel)
    machine.receive(packages / "patched-1")
    must(machine.dkms("install", "patched/1", kernel))
    versions = [line for line in modinfo(machine.installed(kernel)["one"]) if line.startswith("version:")]
    assert versions == [f"version:        for {kernel.series}"]


@pytest.mark.every
def test_patches_of_one_name_are_all_applied(kernels: dict[str, Kernel], project: CMakeProject, machine: DkmsMachine) -> None:
    """fix.patch in two folders, one of them below patches/: DKMS applies both."""
    kernel = kernels["6.12"]
    lines = r"PATCHES patches/6.12/fix.patch [[patches/6.1/fix.patch@^6\.1\.]] series/fix.patch"
    for folder, field in (("patches/6.12", "VERSION"), ("patches/6.1", "NONSENSE"), ("series", "DESCRIPTION")):
        project.write(f"{folder}/fix.patch", PATCH.format(series=folder).replace("MODULE_VERSION", f"MODULE_{field}"))
    project.write("one.cc", MODULE)
    project.lists(f"add_kernel_module(one one.cc)\nadd_dkms_package(one VERSION 1 MODULES one {lines})\n")
    must(project.configure())
    must(project.make("one-dkms"))
    machine.receive(project.build / "one-1")
    must(machine.dkms("install", "one/1", kernel))
    fields = modinfo(machine.installed(kernel)["one"])
    assert "version:        for patches/6.12" in fields
    assert "description:    for series" in fields


SCRIPT = '#!/bin/sh\necho "$0 $*: $(pwd)" >> "$RECORD"\n'
MOMENTS = ("POST_ADD", "PRE_BUILD", "POST_BUILD", "PRE_INSTALL", "POST_INSTALL", "POST_REMOVE")


@pytest.mark.every
def test_scripts_are_called_by_dkms(kernels: dict[str, Kernel], project: CMakeProject, machine: DkmsMachine, tmp_path: Path) -> None:
    """A script for each moment, with its arguments; CRCs are kept beside the script of POST_BUILD."""
    kernel = kernels["6.12"]
    record = tmp_path / "record"
    project.write("tools/at.sh", SCRIPT.replace("$RECORD", str(record)))
    project.write("one.cc", MODULE)
    calls = " ".join(f"{moment} tools/at.sh {moment.lower()} [[$kernelver]]" for moment in MOMENTS)
    project.lists(f"add_kernel_module(one one.cc)\nadd_dkms_package(one VERSION 1 MODULES one {calls})\n")
    must(project.configure())
    must(project.make("one-dkms"))
    machine.receive(project.build / "one-1")
    must(machine.run("dkms", "add", "one/1"))
    must(machine.dkms("install", "one/1", kernel))
    assert (machine.directory / f"var/one/1/{kernel.release}/x86_64/module/Module.symvers").exists()
    must(machine.run("dkms", "remove", "one/1", "--all"))
    lines = record.read_text(encoding="utf-8").splitlines()
    called = [re.search(r"at\.sh (\w+)(?: (\S*))?: ", line) for line in lines]
    assert [call[1].upper() for call in called if call] == list(MOMENTS)
    assert {call[2] for call in called if call and "build" in call[1]} == {kernel.release}


def test_package_does_not_install_itself(kernels: dict[str, Kernel], project: CMakeProject, machine: DkmsMachine) -> None:
    """AUTOINSTALL OFF: a kernel that arrives gets no module."""
    project.write("one.cc", MODULE)
    project.lists("add_kernel_module(one one.cc)\nadd_dkms_package(one VERSION 1 MODULES one AUTOINSTALL OFF)\n")
    must(project.configure())
    must(project.make("one-dkms"))
    machine.receive(project.build / "one-1")
    must(machine.run("dkms", "add", "one/1"))
    must(machine.run("dkms", "autoinstall", "-k", kernels["6.12"].release, "-a", "x86_64"))
    assert machine.status() == ["one/1: added"]


@pytest.mark.every
def test_rebuild_for_a_dependency_is_for_dkms_to_do(project: CMakeProject) -> None:
    """BUILD_DEPENDS_REBUILD ON, which dkms 3.2 reads."""
    project.write("one.cc", MODULE)
    project.lists("add_kernel_module(one one.cc)\nadd_dkms_package(one VERSION 1 MODULES one DEPENDS_ON pump BUILD_DEPENDS_REBUILD ON)\n")
    must(project.configure())
    must(project.make("one-dkms"))
    assert 'BUILD_DEPENDS_REBUILD="yes"\n' in (project.build / "one-1/dkms.conf").read_text(encoding="utf-8")


@pytest.mark.every
@pytest.mark.parametrize("name", ["newer", "older", "elsewhere", "configured"])
def test_hook_of_a_kernel_passes_over_an_excluded_package(
    name: str, kernels: dict[str, Kernel], packages: Path, shipped: CMakeProject, machine: DkmsMachine
) -> None:
    """The hook that Debian's kernel packages call ends with 0, prints the reason, and installs other packages."""
    kernel = kernels["6.12"]
    machine.receive(packages / f"{name}-1")
    machine.receive(shipped.build / "pump-1.0")
    for package in (f"{name}/1", "pump/1.0"):
        must(machine.run("dkms", "add", package))
    result = machine.run("/etc/kernel/postinst.d/dkms", kernel.release)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "*** kcxx: " in result.stderr
    assert machine.status() == [f"{name}/1: added", f"pump/1.0, {kernel.release}, x86_64: installed"]


def test_hook_of_a_kernel_fails_with_a_package_that_fails(kernels: dict[str, Kernel], packages: Path, machine: DkmsMachine) -> None:
    """A package that does not build is still a failure of the hook."""
    machine.receive(packages / "patched-1")
    source = machine.directory / "src/patched-1/one.cc"
    source.write_text("#error no\n", encoding="utf-8")
    must(machine.run("dkms", "add", "patched/1"))
    assert machine.run("dkms", "autoinstall", "-k", kernels["6.12"].release, "-a", "x86_64").returncode == 11


# Wrong calls


@pytest.fixture(scope="session")
def refused(run_directory: Path, package: Path, kernels: dict[str, Kernel]) -> CMakeProject:
    """A project whose lists a test writes: its compilers are looked for once. It has no tree, and gets none."""
    directory = new_directory(run_directory, "dkms-refused")
    project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)
    for name in ("one.cc", "two.cc"):
        project.write(name, MODULE)
    project.write("one.c", "")
    return project


@pytest.mark.parametrize(
    ("call", "found", "needed"),
    [
        ("one MODULES one", "VERSION ''", "a number first"),
        ("one VERSION 1-2 MODULES one", "VERSION '1-2'", "a number first"),
        ("One VERSION 1 MODULES one", "'One'", "small letters"),
        ("one VERSION 1", "no MODULES", "at least one target"),
        ("one VERSION 1 MODULES", "MODULES", "known keywords, each with a value"),
        ("one VERSION 1 MODULES two", "two", "targets of add_kernel_module(): one"),
        ("one VERSION 1 MODULES one DESTINATION /opt", "DESTINATION /opt", "a directory in /kernel, /updates or /extra"),
        ("one VERSION 1 MODULES one DEPENDS_ON one", "DEPENDS_ON one", "names of other DKMS packages"),
        ("one VERSION 1 MODULES one PATCHES none.patch", "PATCHES none.patch", "a file that is there"),
        ("one VERSION 1 MODULES one PRE_BUILD none.sh", "PRE_BUILD none.sh", "a file or folder of the project"),
        ("one VERSION 1 MODULES one POST_ADD one.cc [[`date`]]", "POST_ADD … `date`", "words without"),
        ("one VERSION 1 MODULES one FILES none", "FILES none", "a file or folder of the project"),
        ("one VERSION 1 MODULES one KERNEL_MIN six", "KERNEL_MIN six", "a kernel version"),
    ],
)  # fmt: skip
def test_wrong_call(call: str, found: str, needed: str, refused: CMakeProject) -> None:
    """The message has the wrong part and the requirement."""
    refused.lists(f"add_kernel_module(one one.cc)\nadd_dkms_package({call})\n")
    assert_refused(refused.configure(), f"found: {found}", f"needed: {needed}")


def test_packages_that_depend_on_each_other_are_refused(refused: CMakeProject) -> None:
    """A circle of DEPENDS_ON, of two or more packages, which DKMS would never build: the error has the way back."""
    refused.lists(
        "add_kernel_module(one one.cc)\nadd_kernel_module(two two.cc)\n"
        "add_dkms_package(one VERSION 1 MODULES one DEPENDS_ON other)\nadd_dkms_package(other VERSION 1 MODULES two DEPENDS_ON third)\n"
        "add_dkms_package(third VERSION 1 MODULES two DEPENDS_ON one)\n"
    )
    assert_refused(refused.configure(), "it depends on itself", "DEPENDS_ON leads from one back to it, by other, third")


def test_flags_that_are_no_list_are_refused(refused: CMakeProject) -> None:
    """COMPILE_FLAGS, which the Kbuild file could not take over, is not left out in silence."""
    refused.lists(
        "add_kernel_module(one one.cc)\nset_source_files_properties(one.cc PROPERTIES COMPILE_FLAGS -DA)\n"
        "add_dkms_package(one VERSION 1 MODULES one)\n"
    )
    assert_refused(refused.configure(), f"found: COMPILE_FLAGS '-DA' of {refused.source}/one.cc")


@pytest.mark.parametrize(
    ("lists", "found", "needed"),
    [
        ("add_kernel_module(one one.cc)\ntarget_include_directories(one PRIVATE /usr/include)", "/usr/include", "files in"),
    ],
)  # fmt: skip
def test_tree_that_cannot_be(lists: str, found: str, needed: str, refused: CMakeProject) -> None:
    """Modules that Kbuild could not build on the target are refused, and no tree is left."""
    modules = re.findall(r"add_kernel_module\((\w+)", lists)
    refused.lists(f"{lists}\nadd_dkms_package(one VERSION 1 MODULES {' '.join(modules)})\n")
    must(refused.configure())
    assert_refused(refused.make("one-dkms"), f"found: {found}", f"needed: {needed}")
    assert not (refused.build / "one-1").exists()
