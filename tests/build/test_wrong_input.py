# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Each wrong input is refused by one message with the cause, the requirement and the remedy."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from fixtures.axes import CXX
from fixtures.cmake_project import MODULE, CMakeProject, assert_refused, refusal
from fixtures.commands import run
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.own_mounts import own_mounts

HIDE_HEADERS = 'for d in /lib/modules /usr/src; do [ ! -d "$d" ] || mount -t tmpfs tmpfs "$d" || exit; done; exec "$@"'


@pytest.fixture
def project(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> CMakeProject:
    """A project with a module called sample that could be built."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.write("sample.cc", MODULE)
    project.lists("add_kernel_module(sample sample.cc)\n")
    return project


@pytest.fixture
def kbuild(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> KbuildProject:
    """A Kbuild project with a module called sample that could be built."""
    project = KbuildProject(tmp_path / "source", package, kernels["6.12"].build)
    project.write("sample.cc", MODULE)
    project.kbuild("obj-m := sample.o\n")
    return project


# The kernel


def test_release_without_headers(project: CMakeProject, tmp_path: Path) -> None:
    """KCXX_KERNEL names a release that is not installed: the message lists every place that was searched."""
    project.kernel = "9.9.9-none"
    assert refusal(project.configure(env={"KCXX_CACHE": str(tmp_path)})) == (
        "kcxx: no headers of kernel 9.9.9-none (KCXX_KERNEL).\n"
        "\n"
        "  looked in: /lib/modules/9.9.9-none/build\n"
        "             /usr/src/linux-headers-9.9.9-none\n"
        "             /usr/src/kernels/9.9.9-none\n"
        f"             {tmp_path}/kernels/9.9.9-none/build\n"
        "  needed:    its headers package, or a kernel build directory\n"
        "  type:      apt-get install linux-headers-9.9.9-none\n"
        "             or kcxx kernels get 9.9.9-none\n"
        "             or cmake -DKCXX_KERNEL=<directory>"
    )


def test_series_without_headers(project: CMakeProject, tmp_path: Path) -> None:
    """No package is named after a series: the message names the command that fetches its newest kernel."""
    project.kernel = "9.9"
    refused = refusal(project.configure(env={"KCXX_CACHE": str(tmp_path)}))
    assert "linux-headers-9.9\n" not in refused.partition("  type:")[2]
    assert "  type:      kcxx kernels get 9.9\n             or cmake -DKCXX_KERNEL=<directory>" in refused


@pytest.mark.parametrize("variable", ["KCXX_CACHE", "XDG_CACHE_HOME", "HOME"])
def test_no_headers_at_all(variable: str, project: CMakeProject, tmp_path: Path) -> None:
    """No KCXX_KERNEL, no headers installed, none fetched to the cache that the environment names."""
    project.kernel = ""
    cleared = ("-u", "KCXX_CACHE", "-u", "XDG_CACHE_HOME", f"{variable}={tmp_path}")
    project.around = (*own_mounts(), "sh", "-c", HIDE_HEADERS, "sh", "env", *cleared)
    running = os.uname().release
    assert refusal(project.configure()) == (
        "kcxx: no kernel headers are installed.\n"
        "\n"
        f"  found:  none of kernel {running}, which runs, nor of any other\n"
        "  needed: a headers package, or a kernel build directory\n"
        f"  type:   apt-get install linux-headers-{running}\n"
        "          or kcxx kernels get 6.12, which installs nothing\n"
        "          or cmake -DKCXX_KERNEL=<directory>"
    )


def check_says(package: Path, *arguments: str | Path) -> list[str]:
    """Returns the output of cxxavailable.sh for wrong @arguments, by lines; test_cxxavailable*.py test the texts."""
    result = run("sh", package / "share/kcxx/kbuild/cxxavailable.sh", *arguments)
    assert result.returncode == 1, result.stdout + result.stderr
    return result.stderr.splitlines()


def cannot_build(check: list[str]) -> str:
    """Returns the message that CMake makes of the @check's output."""
    said = "kcxx: no C++ module can be built here."
    for line in check:
        if line.startswith("*** kcxx: "):
            said += f"\n\n{line.removeprefix('*** kcxx: ')}\n"
        else:
            said += f"\n{line.removeprefix('*** ')}"
    return said


def test_kernel_directory_that_does_not_exist(project: CMakeProject, tmp_path: Path) -> None:
    """KCXX_KERNEL names a directory that does not exist: CMake prints the check's message."""
    project.kernel = tmp_path / "gone"
    check = check_says(project.package, "--kernel", project.kernel)
    assert check[0] == "*** kcxx: the kernel directory does not exist"
    assert refusal(project.configure()) == cannot_build(check)


def test_directory_that_is_no_kernel(project: CMakeProject) -> None:
    """KCXX_KERNEL names a directory that is no kernel: CMake prints the check's message."""
    project.kernel = project.source
    check = check_says(project.package, "--kernel", project.kernel)
    assert check[0] == "*** kcxx: this is not a kernel build directory"
    assert refusal(project.configure()) == cannot_build(check)


@pytest.mark.parametrize("missing", ["include/generated/autoconf.h", "include/config/auto.conf", "scripts/mod/modpost"])
def test_kernel_that_was_never_prepared(
    missing: str, project: CMakeProject, kernels: dict[str, Kernel], tmp_path: Path
) -> None:
    """A kernel directory lacks a file that modules_prepare makes: CMake prints the check's message."""
    copy = tmp_path / "kernel"
    link_all_but(kernels["6.12"].build.resolve(), copy, Path(missing))
    project.kernel = copy
    check = check_says(project.package, "--kernel", copy)
    assert check[0] == "*** kcxx: the kernel directory was never prepared for modules"
    assert refusal(project.configure()) == cannot_build(check)


def link_all_but(source: Path, copy: Path, missing: Path) -> None:
    """Makes @copy a directory with all that is in @source, as links, but for the file @missing."""
    copy.mkdir()
    for entry in source.iterdir():
        if entry.name != missing.parts[0]:
            (copy / entry.name).symlink_to(entry)
        elif len(missing.parts) > 1:
            link_all_but(entry, copy / entry.name, Path(*missing.parts[1:]))


def test_kernel_path_with_a_space(project: CMakeProject, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Kbuild splits a path with a space: CMake prints the check's message."""
    copy = tmp_path / "my kernel"
    link_all_but(kernels["6.12"].build.resolve(), copy, Path("none"))
    project.kernel = copy
    check = check_says(project.package, "--kernel", copy)
    assert check[0] == "*** kcxx: Kbuild cannot work in this path"
    assert refusal(project.configure()) == cannot_build(check)


# The module

NAMES = {
    "dash": "-pump",
    "dot": "pu.mp",
    "comma": "pu,mp",
    "slash": "pu/mp",
    "space": "pu mp",
    "empty": "",
    "long": "p" * 56,
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_name_that_no_module_can_have(name: str, project: CMakeProject) -> None:
    """Kbuild and the loader take letters, digits, _ and -, up to 55."""
    project.lists(f'add_kernel_module("{name}" sample.cc)\n')
    said = refusal(project.configure())
    first, _, rest = said.partition("\n\n")
    assert " ".join(first.split()) == f"kcxx: add_kernel_module: '{name}' cannot be the name of a module."
    assert rest == (
        f"  found:  '{name}', {len(name)} characters\n"
        "  needed: letters, digits, _ and -, not starting with -, at most 55: the kernel\n"
        "          keeps names in 56 bytes, and Kbuild makes C identifiers of them\n"
        "  type:   add_kernel_module(my_module my_module.cc)"
    )


RESERVED = {
    "test": "CMake has a target of that name",
    "package_source": "CMake has a target of that name",
    "RUN_TESTS": "CMake has a target of that name",
    "Nightly": "CTest has a target of that name",
    "kcxx": "kcxx has a target of that name",
    "ccflags": "Kbuild reads ccflags-y as flags",
    "obj": "Kbuild reads obj-y and obj-m as its own variables",
    "printk": "the kernel itself has a part of that name in /sys/module",
}


@pytest.mark.parametrize(("name", "whose"), RESERVED.items(), ids=RESERVED.keys())
def test_name_that_is_taken(name: str, whose: str, project: CMakeProject) -> None:
    """Names of others' targets, of Kbuild's variables and of parts of the kernel: who has it, and another name."""
    project.lists(f"add_kernel_module({name} sample.cc)\n")
    assert refusal(project.configure()) == (
        f"kcxx: add_kernel_module: '{name}' cannot be the name of a module.\n\n"
        f"  found:  '{name}': {whose}\n"
        "  needed: a name of its own\n"
        f"  type:   add_kernel_module(my_{name} {name}.cc)"
    )


def test_longest_name_is_taken(project: CMakeProject) -> None:
    """55 characters are a module."""
    name = "p" * 55
    project.lists(f"add_kernel_module({name} sample.cc)\n")
    assert project.configure().returncode == 0


MODULE_SYNOPSIS = (
    "add_kernel_module(sample [EXCLUDE_FROM_ALL] <source>... [PREBUILT <object>...] [KERNEL_MIN <version>] [KERNEL_MAX <version>] "
    "[ARCH <arch>...] [REQUIRES CONFIG_<OPTION>...])"
)
CALLS = {
    "unknown-keyword": (
        "add_kernel_module(sample STATIC sample.cc)",
        "kcxx: add_kernel_module(sample): unknown keyword.\n\n"
        "  found:  STATIC\n"
        "  needed: one of the keywords below, or the name of a source\n"
        "  type:   " + MODULE_SYNOPSIS,
    ),
    "no-source": (
        "add_kernel_module(sample)",
        "kcxx: add_kernel_module(sample): no source.\n\n"
        "  found:  no file named\n"
        "  needed: at least one C++ or C source\n"
        "  type:   add_kernel_module(sample sample.cc)",
    ),
    "keyword-and-no-source": (
        "add_kernel_module(sample EXCLUDE_FROM_ALL)",
        "kcxx: add_kernel_module(sample): no source.\n\n"
        "  found:  no file named\n"
        "  needed: at least one C++ or C source\n"
        "  type:   add_kernel_module(sample sample.cc)",
    ),
    "missing-source": (
        "add_kernel_module(sample sample.cc pump/engine.cc)",
        "kcxx: add_kernel_module(sample): a source does not exist.\n\n"
        "  found:  no {source}/pump/engine.cc\n"
        "  needed: the file, or a rule that generates it\n"
        "  type:   the path as seen from {source}",
    ),
    "source-of-unknown-kind": (
        "add_kernel_module(sample sample.cc boot.asm)",
        "kcxx: add_kernel_module(sample): not a source of a module.\n\n"
        "  found:  boot.asm\n"
        "  needed: .cc, .cpp or .cxx (C++), .c (C), .S (assembly), or a header\n"
        "  type:   " + MODULE_SYNOPSIS,
    ),
}


@pytest.mark.parametrize(("call", "said"), CALLS.values(), ids=CALLS.keys())
def test_wrong_call_of_add_kernel_module(call: str, said: str, project: CMakeProject) -> None:
    """The call, what in it is wrong, and its synopsis."""
    project.lists(f"{call}\n")
    assert refusal(project.configure()) == said.format(source=project.source)


# Libraries of a module

INTEGERS = " integers, scaled where needed, in place of {}"
THREADS = " #include <kernel/task.hpp> and <kernel/sync.hpp> in place of {}"
SOURCES = " target_sources(sample PRIVATE <the sources of {}>): the kernel's flags compile them"
LIBRARIES = {
    "bare-names": ("target_link_libraries(sample PRIVATE m pthread)", "m, pthread", INTEGERS.format("m") + THREADS.format("pthread")),
    "flag": ("target_link_libraries(sample -lm)", "-lm", INTEGERS.format("-lm")),
    "path": ("target_link_libraries(sample PRIVATE /usr/lib/libz.a)", "/usr/lib/libz.a", ""),
    "threads": (
        "find_package(Threads REQUIRED)\ntarget_link_libraries(sample PRIVATE Threads::Threads)",
        "Threads::Threads", THREADS.format("Threads::Threads"),
    ),
    "imported": (
        "add_library(z STATIC IMPORTED)\ntarget_link_libraries(sample PRIVATE z)", "z", "",
    ),
    "static": ("add_library(engine STATIC sample.cc)\ntarget_link_libraries(sample PRIVATE engine)", "engine", SOURCES.format("engine")),
    "object": ("add_library(engine OBJECT sample.cc)\ntarget_link_libraries(sample PRIVATE engine)", "engine", SOURCES.format("engine")),
    "through-an-interface": (
        "add_library(engine INTERFACE)\ntarget_link_libraries(engine INTERFACE m)\ntarget_link_libraries(sample PRIVATE engine)",
        "m", INTEGERS.format("m"),
    ),
    "property": ("set_property(TARGET sample APPEND PROPERTY LINK_LIBRARIES m)", "m", INTEGERS.format("m")),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "found", "advice"), LIBRARIES.values(), ids=LIBRARIES.keys())
def test_library_of_user_space(lines: str, found: str, advice: str, project: CMakeProject) -> None:
    """Whichever way it comes to a module: it is named, with what to take in its place."""
    project.lists(f"add_kernel_module(sample sample.cc)\nadd_kernel_module(pump sample.cc)\n{lines}\n")
    needed = "needed: targets of add_kernel_module(): pump, or of add_kernel_library(); the kernel has no libraries of user space"
    typed = f"type: target_link_libraries(sample PRIVATE <module>), without {found}{advice}"
    problem = "kcxx: the module sample is linked with what is no kernel module."
    assert_refused(project.configure(), problem, f"found: {found} {needed}", typed)


LINKED = {
    "generator-expression": ("target_link_libraries(sample PRIVATE $<1:m>)", "-lm", "without m"),
    "objects": (
        "target_sources(sample PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/engine.o)",
        "engine.o", "target_sources(sample PRIVATE <the source of that object>)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "found", "advice"), LINKED.values(), ids=LINKED.keys())
def test_library_of_user_space_that_the_link_finds(lines: str, found: str, advice: str, project: CMakeProject) -> None:
    """A library that CMake finds only when it generates is refused by the link; there is no module."""
    project.write("engine.o", "")
    project.lists(f"add_kernel_module(sample sample.cc)\n{lines}\n")
    assert project.configure().returncode == 0
    assert_refused(project.make("sample"), "*** kcxx: the module sample is linked with what is no kernel module", found, advice)
    assert not (project.build / "sample.ko").exists()


def test_libraries_of_the_directory_are_for_user_space(project: CMakeProject) -> None:
    """link_libraries() does not reach a module; an INTERFACE library with definitions does, and so does an alias."""
    project.write("sample.cc", MODULE + "static_assert(ENGINE == 3);\n")
    project.lists(
        "link_libraries(m)\n"
        "add_library(engine INTERFACE)\ntarget_compile_definitions(engine INTERFACE ENGINE=3)\n"
        "add_kernel_module(sample sample.cc)\nadd_kernel_module(pump sample.cc)\nadd_library(parts::pump ALIAS pump)\n"
        "target_link_libraries(sample PRIVATE engine parts::pump)\ntarget_link_libraries(pump PRIVATE engine)\n"
    )
    project.made()
    assert project.module("sample").exists()


@pytest.mark.parametrize(
    ("languages", "missing", "needed"),
    [
        ("C", "CXX", "CXX, before the first module, for {source}/sample.cc"),
        ("CXX", "C", "C: a module has parts in it, whatever its sources are"),
    ],
)
def test_language_that_is_not_enabled(languages: str, missing: str, needed: str, project: CMakeProject) -> None:
    """Every module has parts in C; one with C++ sources needs C++ as well."""
    project.lists("add_kernel_module(sample sample.cc)\n", languages)
    assert refusal(project.configure()) == (
        f"kcxx: the language {missing} is not enabled.\n\n"
        f"  found:  project(sample) with the languages {languages}\n"
        f"  needed: {needed.format(source=project.source)}\n"
        "  type:   project(sample LANGUAGES C CXX)"
    )


@pytest.mark.parametrize("place", ["source", "build"])
def test_path_with_a_space(place: str, project: CMakeProject, tmp_path: Path) -> None:
    """Kbuild splits such a path."""
    path = tmp_path / "my projects"
    if place == "source":
        project.source = path
        project.write("sample.cc", MODULE)
        project.lists("add_kernel_module(sample sample.cc)\n")
    else:
        project.build = path
    what = {"source": "the source directory of sample", "build": "the build directory"}[place]
    assert refusal(project.configure()) == (
        "kcxx: Kbuild cannot work in this path.\n\n"
        f"  found:  {what} is in '{path}'\n"
        "  needed: a path without spaces, colons and the characters % # $ '\n"
        "  type:   mv or ln -s it to such a path, and start cmake there"
    )


# The compiler


@pytest.fixture
def old_compiler(tmp_path: Path) -> Path:
    """A compiler that reports itself as GCC 11.4.0."""
    path = tmp_path / "g++-old"
    path.write_text(f'#!/bin/sh\ncase "$*" in *"-x c++ -") echo kcxx_is GCC 11 4 0 ;; *) exec {CXX["gcc"]} "$@" ;; esac\n')
    path.chmod(0o755)
    return path


REFUSED_COMPILERS = {
    "missing": ("g++-99", "the C++ compiler is missing"),
    "too-old": ("{old_compiler}", "the C++ compiler is too old"),
    "no-compiler": ("/bin/true", "this is no C++ compiler that kcxx knows"),
}


@pytest.mark.parametrize(("compiler", "what"), REFUSED_COMPILERS.values(), ids=REFUSED_COMPILERS.keys())
def test_wrong_compiler(compiler: str, what: str, project: CMakeProject, old_compiler: Path) -> None:
    """KCXX_CXX_COMPILER cannot build modules: CMake prints the check's message."""
    compiler = compiler.format(old_compiler=old_compiler)
    check = check_says(project.package, "--kernel", project.kernel, "--cxx", compiler)
    assert f"*** kcxx: {what}" in check
    assert refusal(project.configure(f"-DKCXX_CXX_COMPILER={compiler}")) == cannot_build(check)


@pytest.mark.parametrize(("compiler", "what"), REFUSED_COMPILERS.values(), ids=REFUSED_COMPILERS.keys())
def test_wrong_compiler_by_kbuild(compiler: str, what: str, kbuild: KbuildProject, old_compiler: Path) -> None:
    """The same for CXX= on make's command line, in the same words; nothing is compiled."""
    compiler = compiler.format(old_compiler=old_compiler)
    check = check_says(kbuild.package, "--kernel", kbuild.kernel, "--cxx", compiler)
    assert f"*** kcxx: {what}" in check
    result = kbuild.make(f"CXX={compiler}")
    assert result.returncode != 0
    assert [line for line in result.stderr.splitlines() if re.match(r"\*\*\* (kcxx|  )", line)] == check
    assert not [name for name in kbuild.files() if name.endswith((".o", ".ko"))]


def test_missing_c_compiler(project: CMakeProject) -> None:
    """KCXX_C_COMPILER and its partner are missing: both are reported, without messages of make."""
    check = check_says(project.package, "--kernel", project.kernel, "--cc", "gcc-99")
    assert [line for line in check if line.startswith("*** kcxx: ")] == [
        "*** kcxx: the kernel's C compiler is missing",
        "*** kcxx: the C++ compiler is missing",
    ]
    assert refusal(project.configure("-DKCXX_C_COMPILER=gcc-99")) == cannot_build(check)


# The test

SYNOPSIS = (
    "add_kernel_module_test(boots MODULES <module>... [SCRIPT <file>] [EXPECT <regex>...] "
    "[FORBID <regex>...] [EXPECT_ERROR <errno>] [DEVICES <device>...] [DRIVES <file>[,if=<interface>]...] "
    "[NICS <nic>...] [QEMU <options>...] [LOAD <module>...] [SMP <CPUs>] [REPEAT <rounds>] [MEMORY <MiB>] "
    "[DEBUG] [SANITIZER kasan|kcsan] [FAULTS] [FAULT_DEPTH <calls>] [PARAMETERS <module>:<key>=<value>...] "
    "[JUNIT <file>] [TIMEOUT <seconds>])"
)

TESTS = {
    "no-modules": ("EXPECT x", "nothing to boot", "no MODULES", "at least one module"),
    "no-keyword": ("sample", "wrong call", "sample", "known keywords, each with a value"),
    "no-value": ("MODULES sample SCRIPT", "wrong call", "SCRIPT", "known keywords, each with a value"),
    "time-that-is-no-number": (
        "MODULES sample TIMEOUT soon", "no time limit", "TIMEOUT soon", "a whole number of seconds",
    ),
    "no-time": ("MODULES sample TIMEOUT 0", "no time limit", "TIMEOUT 0", "a whole number of seconds"),
    "unknown-sanitizer": (
        "MODULES sample SANITIZER kmsan", "no such sanitizer", "SANITIZER kmsan", "kasan or kcsan",
    ),
    "depth-that-is-no-number": (
        "MODULES sample FAULTS FAULT_DEPTH deep", "no number of calls", "FAULT_DEPTH deep", "a whole number from 1 to 32",
    ),
    "unknown-module": (
        "MODULES sample pump", "no such module", "pump", "a target of add_kernel_module, or the path of a .ko file",
    ),
    "missing-script": ("MODULES sample SCRIPT gone.sh", "no such script", "no {source}/gone.sh", "a shell script"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "what", "found", "needed"), TESTS.values(), ids=TESTS.keys())
def test_wrong_call_of_add_kernel_module_test(
    arguments: str, what: str, found: str, needed: str, project: CMakeProject, kcxx: Path
) -> None:
    """The call, what in it is wrong, and its synopsis."""
    project.lists(f"add_kernel_module(sample sample.cc)\nadd_kernel_module_test(boots {arguments})\n")
    assert refusal(project.configure(f"-DKCXX_PROGRAM={kcxx}")) == (
        f"kcxx: add_kernel_module_test(boots): {what}.\n\n"
        f"  found:  {found.format(source=project.source)}\n  needed: {needed}\n  type:   {SYNOPSIS}"
    )


def test_missing_program(project: CMakeProject) -> None:
    """add_kernel_module_test() without the program kcxx: three ways to have one."""
    project.lists(
        "add_kernel_module(sample sample.cc)\n"
        "set(CMAKE_FIND_USE_CMAKE_PATH OFF)\n"
        "set(CMAKE_FIND_USE_CMAKE_SYSTEM_PATH OFF)\n"
        "set(CMAKE_FIND_USE_SYSTEM_ENVIRONMENT_PATH OFF)\n"
        "add_kernel_module_test(boots MODULES sample)\n"
    )
    assert refusal(project.configure()) == (
        "kcxx: add_kernel_module_test: the program kcxx is missing.\n\n"
        "  found:  no target kcxx, no kcxx in the PATH\n"
        "  needed: the program, which starts the guests\n"
        "  type:   cmake -DKCXX_BUILD_TOOLS=ON, or install kcxx, or\n"
        "          cmake -DKCXX_PROGRAM=<path>"
    )
