# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""add_dkms_package() and dkms(8): from a tree in /usr/src to a module that a kernel loads."""

from __future__ import annotations

import filecmp
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from availability_check import Check
from cmake_project import MODULE, CMakeProject
from conftest import Kernel, made_once, must, run
from dkms_machine import DkmsMachine
from module_file import allocated_sections, modinfo, relocations, symbols

EXCLUDED = 77
BUILD_FAILED = 10

# Two modules with everything a tree has to bring along: folders, C beside C++, a listed header and
# one that is only included, a generated one, definitions of a module and of one source.
SOURCES = {
    "include/pump/pump.hpp": """\
        #pragma once
        extern "C" int pump_level(void);
        inline constexpr int pump_steps = 3;
        """,
    "pump/main.cc": """\
        #include <kernel/prelude.hpp>
        #include <pump/pump.hpp>
        #include "parts/valve.hpp"
        #include "rates.hpp"
        MODULE_LICENSE("GPL");
        MODULE_VERSION("1.0");
        namespace {
        struct Pump {
        	static kernel::Result<Pump> init(kernel::ThisModule &)
        	{
        		pr_info("%s at %d\\n", LABEL, pump_level() + valve_opening + rate);
        		return Pump{};
        	}
        };
        }
        KERNEL_MODULE(Pump);
        """,
    "pump/parts/valve.hpp": "#pragma once\ninline constexpr int valve_opening = 20;\n",
    "pump/level.c": """\
        #include <linux/export.h>
        int pump_level(void);
        int pump_level(void)
        {
        	return LEVEL;
        }
        EXPORT_SYMBOL_GPL(pump_level);
        """,
    "gauge.cc": """\
        #include <kernel/prelude.hpp>
        #include <pump/pump.hpp>
        MODULE_LICENSE("GPL");
        namespace {
        struct Gauge {
        	static kernel::Result<Gauge> init(kernel::ThisModule &)
        	{
        		pr_info("the pump is at %d of %d\\n", pump_level(), pump_steps);
        		return Gauge{};
        	}
        };
        }
        KERNEL_MODULE(Gauge);
        """,
}
LISTS = """\
    file(CONFIGURE OUTPUT made/rates.hpp CONTENT "#pragma once\\ninline constexpr int rate = 300;\\n")
    add_kernel_module(pump pump/main.cc pump/level.c)
    target_include_directories(pump PRIVATE include ${CMAKE_CURRENT_BINARY_DIR}/made)
    target_compile_definitions(pump PRIVATE [[LABEL="pump's $5"]])
    set_source_files_properties(pump/level.c PROPERTIES COMPILE_DEFINITIONS LEVEL=1)
    add_kernel_module(gauge gauge.cc)
    target_include_directories(gauge PRIVATE include)
    target_link_libraries(gauge PRIVATE pump)
"""
PACKAGE = "add_dkms_package(pumps VERSION 1.0 MODULES pump gauge)\n"
LOGGED = ["pump: pump's $5 at 321", "gauge: the pump is at 1 of 3"]


def write_project(project: CMakeProject, lists: str) -> CMakeProject:
    """Makes @project that of the two modules, with @lists."""
    for name, text in SOURCES.items():
        project.write(name, text)
    project.lists(lists)
    return project


@pytest.fixture(scope="session")
def shipped(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> CMakeProject:
    """The project of the two modules, built for 6.12, its tree written"""
    directory = run_directory / "shipped"
    project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)
    made_once(directory, lambda _: write_project(project, LISTS + PACKAGE).made())
    return project


@pytest.fixture(scope="session")
def tree(shipped: CMakeProject) -> Path:
    """The tree of the package. Not to be changed."""
    return shipped.build / "pumps-1.0"


@pytest.fixture
def project(tmp_path: Path, package: Path, kernels: dict[str, Kernel]) -> CMakeProject:
    """An empty project for 6.12"""
    return CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)


@pytest.fixture
def machine(tmp_path: Path, kernels: dict[str, Kernel]) -> DkmsMachine:
    """A machine with the headers of both kernels, and no package"""
    machine = DkmsMachine(tmp_path / "machine")
    machine.prepare()
    for kernel in kernels.values():
        machine.install_kernel(kernel)
    return machine


def one_module(project: CMakeProject, call: str) -> Path:
    """The tree of a package "one" with one module, made by add_dkms_package(one @call)"""
    project.write("one.cc", MODULE)
    project.lists(f"add_kernel_module(one one.cc)\nadd_dkms_package(one {call})\n")
    must(project.configure())
    must(project.make("one-dkms"))
    (tree,) = project.build.glob("one-*/")
    return tree


# The tree


def test_tree_holds_what_it_is_built_of(tree: Path) -> None:
    """The sources at their places, headers that are only included, generated ones; kbuild/ whole."""
    files = {str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file()}
    assert {name for name in files if not name.startswith("kbuild/")} == {
        *SOURCES, "generated/made/rates.hpp", "Kbuild", "Makefile", "dkms.conf", "save-symbols.sh",
    }  # fmt: skip


def test_tree_has_kbuild_whole(tree: Path, package: Path) -> None:
    """What kcxx has for Kbuild is there as it is installed."""
    assert must(run("diff", "-r", "--exclude=LICENSES", tree / "kbuild", package / "share/kcxx/kbuild")) == ""
    assert must(run("diff", "-r", tree / "kbuild/LICENSES", package / "share/kcxx/LICENSES")) == ""


def test_tree_tells_nothing_of_where_it_was_made(shipped: CMakeProject, tree: Path) -> None:
    """No path of the build machine is in any of its files."""
    for path in (shipped.source, shipped.build, shipped.package, Path(shipped.kernel)):
        assert run("grep", "-rlF", path, tree).stdout == ""


def test_tree_is_reproducible(tree: Path, project: CMakeProject) -> None:
    """The same sources in another directory make the same tree, byte for byte, with the same modes."""
    write_project(project, LISTS + PACKAGE).made()
    again = project.build / "pumps-1.0"
    assert must(run("diff", "-r", tree, again)) == ""
    listing = ("find", ".", "-printf", "%p %m\\n")
    assert sorted(must(run(*listing, cwd=tree)).splitlines()) == sorted(must(run(*listing, cwd=again)).splitlines())


def test_tree_is_not_written_again(shipped: CMakeProject) -> None:
    """Nothing changed: no work."""
    assert shipped.pending().nothing


def test_tree_follows_a_header_that_is_new(project: CMakeProject) -> None:
    """A header that comes into a folder of sources is in the tree after the next build."""
    tree = one_module(project, "VERSION 1 MODULES one")
    project.write("one.hpp", "#pragma once\n")
    must(project.make("one-dkms"))
    assert (tree / "one.hpp").exists()


def test_tree_leaves_out_build_directories(project: CMakeProject) -> None:
    """Another build directory beside the sources: its headers are none of the project's."""
    project.write("another/CMakeCache.txt", "")
    project.write("another/made.hpp", "")
    tree = one_module(project, "VERSION 1 MODULES one")
    assert not (tree / "another").exists()


def test_tree_has_what_the_build_directory_itself_is_included_for(project: CMakeProject) -> None:
    """An include directory that is the build's root: what was generated there, and nothing of trees in it."""
    project.write("one.cc", MODULE + '#include "made.hpp"\n')
    project.lists(
        'file(WRITE ${CMAKE_BINARY_DIR}/made.hpp "")\nadd_kernel_module(one one.cc)\n'
        "target_include_directories(one PRIVATE ${CMAKE_BINARY_DIR})\n"
        "add_dkms_package(one VERSION 1 MODULES one)\n"
    )
    for _ in range(2):
        must(project.configure())
        must(project.make("one-dkms"))
        project.write("one.cc", MODULE + '#include "made.hpp"\n')
    headers = {path.relative_to(project.build / "one-1") for path in (project.build / "one-1/generated").rglob("*")}
    assert headers == {Path("generated/made.hpp")}


def test_install_puts_the_tree_where_dkms_looks(shipped: CMakeProject, tree: Path, tmp_path: Path) -> None:
    """The component is installed into /usr/src; an installation of everything leaves it out."""
    environment = {"DESTDIR": str(tmp_path)}
    must(run("cmake", "--install", shipped.build, env=environment))
    assert not (tmp_path / "usr/src").exists()
    must(run("cmake", "--install", shipped.build, "--component", "pumps-dkms", env=environment))
    assert must(run("diff", "-r", tree, tmp_path / "usr/src/pumps-1.0")) == ""


# DKMS


@pytest.mark.slow
def test_modules_of_dkms_are_loaded(kernel: Kernel, tree: Path, machine: DkmsMachine, kcxx: Path) -> None:
    """Added, built and installed by DKMS alone, then booted; what the modules say is C++'s and C's."""
    machine.receive(tree)
    must(machine.dkms("install", "pumps/1.0", kernel))
    assert machine.status() == [f"pumps/1.0, {kernel.release}, x86_64: installed"]
    modules = machine.installed(kernel)
    assert [path.relative_to(machine.modules(kernel)) for path in modules.values()] == [
        Path("updates/dkms/gauge.ko"), Path("updates/dkms/pump.ko"),
    ]  # fmt: skip
    log = run(kcxx, "boot", *modules.values())
    assert must(log)
    said = log.stdout + log.stderr
    assert [line for line in LOGGED if line in said] == LOGGED


@pytest.mark.slow
def test_module_of_dkms_is_the_module_of_cmake(kernels: dict[str, Kernel], shipped: CMakeProject, tree: Path, machine: DkmsMachine) -> None:
    """The same code and data, symbols and modinfo."""
    machine.receive(tree)
    must(machine.dkms("install", "pumps/1.0", kernels["6.12"]))
    for name, path in machine.installed(kernels["6.12"]).items():
        ours = shipped.module(name)
        assert [one for one in allocated_sections(path) if one.name != ".BTF"] == [
            one for one in allocated_sections(ours) if one.name != ".BTF"
        ]
        assert relocations(path) == relocations(ours)
        assert symbols(path) == symbols(ours)
        assert modinfo(path)[: len(modinfo(ours))] == modinfo(ours)  # then DKMS's signature


@pytest.mark.slow
def test_log_has_the_whole_verdict(kernels: dict[str, Kernel], tree: Path, machine: DkmsMachine) -> None:
    """Every requirement that was looked at stands in DKMS's log, before anything is compiled."""
    machine.receive(tree)
    must(machine.dkms("build", "pumps/1.0", kernels["6.12"]))
    log = machine.log("pumps/1.0", kernels["6.12"])
    verdict = log.index("C++ is available: kernel 6.12")
    assert log.index("\nok        cxx_compiler ") < log.index("\nok        retpolines ") < verdict
    assert verdict < log.index("  CXX [M] ")


@pytest.mark.slow
def test_missing_compiler_is_named_in_the_log(kernels: dict[str, Kernel], tree: Path, machine: DkmsMachine, tmp_path: Path) -> None:
    """No C++ compiler: DKMS fails, and its log says what to install."""
    path = tmp_path / "bin"
    path.mkdir()
    for folder in (Path("/usr/bin"), Path("/usr/sbin")):
        for program in folder.iterdir():
            if not re.search(r"[cg]\+\+", program.name) and not (path / program.name).is_symlink():
                (path / program.name).symlink_to(program)
    machine.receive(tree)
    result = machine.dkms("build", "pumps/1.0", kernels["6.12"], env={"PATH": str(path)})
    assert result.returncode == BUILD_FAILED
    assert "***   fix:    apt-get install g++-12\n" in machine.log("pumps/1.0", kernels["6.12"])
    assert machine.status() == ["pumps/1.0: added"]


@pytest.mark.slow
def test_kernel_that_the_package_is_not_for_is_passed_over(kernels: dict[str, Kernel], project: CMakeProject, machine: DkmsMachine) -> None:
    """KERNEL_MIN 6.6: 77 for 6.1, with the reason; built for 6.12."""
    machine.receive(one_module(project, "VERSION 1 MODULES one KERNEL_MIN 6.6"))
    result = machine.dkms("install", "one/1", kernels["6.1"])
    assert result.returncode == EXCLUDED
    assert "*** kcxx: the kernel is older than this module is for\n" in result.stderr
    must(machine.dkms("install", "one/1", kernels["6.12"]))
    assert machine.status() == [f"one/1, {kernels['6.12'].release}, x86_64: installed"]


@pytest.mark.slow
@pytest.mark.parametrize("constraint", ["KERNEL_MAX 6.1.5", "ARCH arm64 riscv64", "REQUIRES CONFIG_MODULES CONFIG_XTENSA"])
def test_constraint_of_dkms_conf(constraint: str, kernels: dict[str, Kernel], project: CMakeProject, machine: DkmsMachine) -> None:
    """Each other constraint, not met: 77; Debian's 6.1.0-56 is a later 6.1 than its name says."""
    machine.receive(one_module(project, f"VERSION 1 MODULES one {constraint}"))
    assert machine.dkms("build", "one/1", kernels["6.1"]).returncode == EXCLUDED


def test_constraints_of_the_module_are_the_packages(project: CMakeProject) -> None:
    """The package says nothing: what add_kernel_module() says holds."""
    project.write("one.cc", MODULE)
    project.lists("add_kernel_module(one one.cc KERNEL_MAX 6.12 ARCH arm64)\nadd_dkms_package(one VERSION 1 MODULES one)\n")
    must(project.configure())
    must(project.make("one-dkms"))
    text = (project.build / "one-1/dkms.conf").read_text(encoding="utf-8")
    assert 'BUILD_EXCLUSIVE_ARCH="^(aarch64)$"\n' in text
    assert "--kernel-max 6.12 --only-arch arm64" in text


@pytest.mark.parametrize(("least", "most"), [("6.6", ""), ("", "6.12"), ("6.1", "6.12"), ("5.10", "7.2"), ("6.12", "6.12"), ("6.9", ""), ("6.19", "")])
def test_range_of_kernels_is_that_of_the_check(least: str, most: str, check: Check, tmp_path: Path) -> None:
    """The expression in dkms.conf matches what cxxavailable.sh does not exclude."""
    script = tmp_path / "range.cmake"
    script.write_text(
        f'include({Path(__file__).parent.parent}/cmake/DkmsKernelRange.cmake)\n_kcxx_kernel_range("{least}" "{most}" range)\n'
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


@pytest.mark.slow
def test_modules_are_installed_when_a_kernel_arrives(kernels: dict[str, Kernel], tree: Path, tmp_path: Path) -> None:
    """dkms autoinstall, which a new kernel's package calls: built and installed for it, the old one's stay."""
    machine = DkmsMachine(tmp_path / "machine")
    machine.prepare()
    machine.install_kernel(kernels["6.1"])
    machine.receive(tree)
    must(machine.dkms("install", "pumps/1.0", kernels["6.1"]))
    machine.install_kernel(kernels["6.12"])
    must(machine.run("dkms", "autoinstall", "-k", kernels["6.12"].release, "-a", "x86_64"))
    assert all(set(machine.installed(kernel)) == {"pump", "gauge"} for kernel in kernels.values())


@pytest.mark.slow
def test_package_uses_symbols_of_another(kernel: Kernel, project: CMakeProject, machine: DkmsMachine, kcxx: Path) -> None:
    """DEPENDS_ON: two packages, one of which calls the other's module; both are loaded."""
    first = "add_dkms_package(pump VERSION 1.0 MODULES pump)\n"
    second = "add_dkms_package(gauge VERSION 2.0 MODULES gauge DEPENDS_ON pump)\n"
    write_project(project, LISTS + first + second)
    must(project.configure())
    must(project.make("pump-dkms", "gauge-dkms"))
    machine.receive(project.build / "pump-1.0")
    machine.receive(project.build / "gauge-2.0")
    must(machine.dkms("install", "pump/1.0", kernel))
    must(machine.dkms("install", "gauge/2.0", kernel))
    log = run(kcxx, "boot", *machine.installed(kernel).values())
    assert must(log)
    assert LOGGED[1] in log.stdout + log.stderr


@pytest.mark.slow
def test_upgrade_and_back(kernels: dict[str, Kernel], project: CMakeProject, machine: DkmsMachine) -> None:
    """1.0, then 1.1, then 1.0 again: what is installed is the version that was asked for last."""
    kernel = kernels["6.12"]
    for version in ("1.0", "1.1"):
        project.write("one.cc", MODULE + f'MODULE_VERSION("{version}");\n')
        project.lists(f"add_kernel_module(one one.cc)\nadd_dkms_package(one VERSION {version} MODULES one)\n")
        must(project.configure())
        must(project.make("one-dkms"))
        machine.receive(project.build / f"one-{version}")
    for version, other in (("1.0", None), ("1.1", "1.0"), ("1.0", "1.1")):
        if other:
            must(machine.run("dkms", "remove", f"one/{other}", "--all"))
        must(machine.dkms("install", f"one/{version}", kernel))
        assert f"version:        {version}" in modinfo(machine.installed(kernel)["one"])
    must(machine.run("dkms", "remove", "one/1.0", "--all"))
    assert machine.installed(kernel) == {}
    assert machine.status() == []


@pytest.mark.slow
def test_read_only_source_tree(kernels: dict[str, Kernel], tree: Path, machine: DkmsMachine) -> None:
    """/usr/src may be read-only: DKMS builds in a copy, and the tree needs no more."""
    machine.receive(tree)
    remount = 'mount -o remount,ro,bind /usr/src && exec "$@"'
    result = machine.run("sh", "-c", remount, "sh", "dkms", "install", "pumps/1.0", "-k", kernels["6.12"].release, "-a", "x86_64")
    must(result)
    assert set(machine.installed(kernels["6.12"])) == {"pump", "gauge"}


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["kbuild/cxxavailable.sh", ".kcxx/layout.s", "main.o", "pump.ko"])
def test_build_that_was_killed_is_done_again(stage: str, kernels: dict[str, Kernel], tree: Path, machine: DkmsMachine) -> None:
    """SIGKILL at any stage: nothing is installed, and the next call builds and installs everything."""
    kernel = kernels["6.12"]
    machine.receive(tree)
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
    assert set(machine.installed(kernel)) == {"pump", "gauge"}


@pytest.mark.slow
def test_patch_is_for_the_kernels_it_matches(kernels: dict[str, Kernel], project: CMakeProject, machine: DkmsMachine) -> None:
    """PATCHES with @: applied before the build for 6.1, not for 6.12."""
    project.write("old.patch", '--- a/one.cc\n+++ b/one.cc\n@@ -1,2 +1,3 @@\n #include <kernel/prelude.hpp>\n MODULE_LICENSE("GPL");\n+MODULE_VERSION("patched");\n')
    machine.receive(one_module(project, r"VERSION 1 MODULES one DESTINATION /extra/pumps PATCHES [[old.patch@^6\.1\.]]"))
    for kernel in kernels.values():
        must(machine.dkms("install", "one/1", kernel))
    patched = {series: "version:        patched" in modinfo(machine.installed(kernel)["one"]) for series, kernel in kernels.items()}
    assert patched == {"6.1": True, "6.12": False}


@pytest.mark.slow
def test_tree_is_built_without_dkms(kernels: dict[str, Kernel], tree: Path, tmp_path: Path) -> None:
    """make alone, with the kernel's directory; what DKMS says of compilers counts for nothing."""
    copy = shutil.copytree(tree, tmp_path / "copy")
    must(run("make", "-C", copy, f"KERNELDIR={kernels['6.1'].build}", "LLVM=1", "CC=clang", "LD=ld.lld", env={"CC": "none", "LLVM": "1"}))
    assert (copy / "pump.ko").exists()
    must(run("make", "-C", copy, f"KERNELDIR={kernels['6.1'].build}", "clean"))
    assert not filecmp.dircmp(tree, copy).right_only


# Wrong calls


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
        ("one VERSION 1 MODULES one KERNEL_MIN six", "KERNEL_MIN six", "a kernel version"),
    ],
)  # fmt: skip
def test_wrong_call(call: str, found: str, needed: str, project: CMakeProject) -> None:
    """It is refused with what was found and needed."""
    project.write("one.cc", MODULE)
    project.lists(f"add_kernel_module(one one.cc)\nadd_dkms_package({call})\n")
    result = project.configure()
    assert result.returncode != 0
    said = re.sub(r"\s+", " ", result.stderr)
    assert f"found: {found}" in said
    assert f"needed: {needed}" in said


def test_flags_that_are_no_list_are_refused(project: CMakeProject) -> None:
    """COMPILE_FLAGS, which the Kbuild file could not take over, is not left out in silence."""
    project.write("one.cc", MODULE)
    project.lists(
        "add_kernel_module(one one.cc)\nset_source_files_properties(one.cc PROPERTIES COMPILE_FLAGS -DA)\n"
        "add_dkms_package(one VERSION 1 MODULES one)\n"
    )
    result = project.configure()
    assert result.returncode != 0
    assert re.search(r"found:  COMPILE_FLAGS '-DA' of\s\S+/one.cc", result.stderr)


@pytest.mark.parametrize(
    ("lists", "found", "needed"),
    [
        ("add_kernel_module(one one.cc)\ntarget_include_directories(one PRIVATE /usr/include)", "/usr/include", "files in"),
        ("add_kernel_module(one one.cc one.c)", "one.o once more", "an object each"),
        ("add_kernel_module(two one.cc)\nadd_kernel_module(one one.cc)", "one.o once more", "an object each"),
        ("add_kernel_module(one one.c two.cc)", "one.c among 2 sources", "another name"),
    ],
)  # fmt: skip
def test_tree_that_cannot_be(lists: str, found: str, needed: str, project: CMakeProject) -> None:
    """What Kbuild could not build on the target is refused here, and no tree is left."""
    for name in ("one.cc", "two.cc"):
        project.write(name, MODULE)
    project.write("one.c", "")
    modules = re.findall(r"add_kernel_module\((\w+)", lists)
    project.lists(f"{lists}\nadd_dkms_package(one VERSION 1 MODULES {' '.join(modules)})\n")
    must(project.configure())
    result = project.make("one-dkms")
    assert result.returncode != 0
    said = re.sub(r"\s+", " ", result.stdout + result.stderr)
    assert f"found: {found}" in said
    assert f"needed: {needed}" in said
    assert not (project.build / "one-1").exists()
