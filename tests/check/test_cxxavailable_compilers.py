# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cxxavailable.sh on the compilers, and on Kbuild's answer about them."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from fixtures.availability_check import Check, Outcome, applets
from fixtures.commands import must, run
from fixtures.fake_compiler import found
from fixtures.fake_kernel import ARCHES

DIRECTORY = "a kernel directory that builds modules"


def shows(check: Check) -> str:
    """Returns the remedy where Kbuild does not answer."""
    return f"make -C {check.kernel.directory} M=<directory of a module> V=1, which shows what stops it"


def by_name(variable: str, cmake: str, command: str) -> str:
    """Returns the remedy that names another compiler."""
    return f"{variable}={command} for make, -D{cmake}={command} for CMake"


CXX_12 = by_name("CXX", "KCXX_CXX_COMPILER", "g++-12")
CC_12 = by_name("CC", "KCXX_C_COMPILER", "gcc-12")
TEXT = "(gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0)"


def clang_kernel(check: Check, **options: str | None) -> None:
    """Makes the kernel one that Clang 19 built, with its own linker."""
    check.kernel.configure(
        CC_IS_GCC=None, GCC_VERSION="0", CC_IS_CLANG="y", CLANG_VERSION="190101", LD_IS_LLD="y",
        CC_VERSION_TEXT='"Debian clang version 19.1.1"',
    )  # fmt: skip
    check.kernel.configure(**options)
    tools = {"LD": "ld.lld-19", "NM": "llvm-nm-19", "OBJCOPY": "llvm-objcopy-19", "OBJDUMP": "llvm-objdump-19"}
    check.kernel.facts |= tools
    for plain, name in tools.items():
        (check.tools.directory / plain.lower()).rename(check.tools.directory / name)
    for name in ("clang-19", "clang++-19"):
        check.tools.compiler(name, family="Clang", version="19.1.1")


# kbuild_answers


def test_kbuild_answers(check: Check) -> None:
    """The check reports the compilers that Kbuild uses."""
    check.passes("kbuild_answers", "gcc-12, g++-12")


def test_kbuild_answers_by_named_compilers(check: Check) -> None:
    """Kbuild is asked with the compilers of --cc and --cxx."""
    for name in ("gcc", "g++"):
        check.tools.compiler(name)
    check.passes("kbuild_answers", "gcc, g++", "--cc", "gcc", "--cxx", "g++")


def test_kbuild_answers_beforehand(check: Check) -> None:
    """With --flags Kbuild is not run."""
    kernel = check.prepare()
    flags = kernel.file("flags.sh", kernel.flags(CC="gcc-12", CXX="g++-12"))
    kernel.file("Makefile", "$(error asked)\n")
    check.passes("kbuild_answers", "gcc-12, g++-12", "--flags", flags)


def test_kbuild_answers_once(check: Check) -> None:
    """The answer is kept, and with it the run is the same."""
    kernel = check.prepare()
    kernel.file("Makefile", (kernel / "Makefile").read_text() + "\t@echo asked >> asked\n")
    first = check.run()
    assert first == check.run()
    assert (kernel / "asked").read_text() == "asked\n"


CHANGES = {
    "configuration": lambda check: check.kernel.configure(PCI="y"),
    "directories of PATH": lambda check: check.tools.prints("another", ""),
    "compiler": lambda check: check.tools.compiler("g++-12", version="12.3.0"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_kbuild_answers_again(change: str, check: Check) -> None:
    """A kept answer serves one kernel, one pair of compilers and one PATH."""
    kernel = check.prepare()
    makefile = (kernel / "Makefile").read_text() + "\t@echo asked >> asked\n"
    kernel.file("Makefile", makefile)
    check.run()
    CHANGES[change](check)
    kernel.write()
    kernel.file("Makefile", makefile)
    check.run()
    assert (kernel / "asked").read_text() == "asked\nasked\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_kbuild_answers_kept_by_somebody_else(check: Check) -> None:
    """A kept answer is a script that the check runs: it has to belong to the user."""
    kernel = check.prepare()
    kernel.file("Makefile", (kernel / "Makefile").read_text() + "\t@echo asked >> asked\n")
    check.run()
    for answer in (check.directory / "cache/answers").iterdir():
        answer.write_text("echo taken over >&2\n")
        os.chown(answer, 65534, 65534)
    assert check.run().stderr == ""
    assert (kernel / "asked").read_text() == "asked\nasked\n"


def test_kbuild_answers_that_cannot_be_kept(check: Check) -> None:
    """A cache that cannot be written does not fail the check."""
    check.environment["KCXX_CACHE"] = "/dev/null"
    check.passes("kbuild_answers", "gcc-12, g++-12")


@pytest.mark.parametrize("environment", [{"KCXX_CACHE": ""}, {"KCXX_CACHE": "", "HOME": ""}], ids=["home", "homeless"])
def test_kbuild_answers_without_a_cache_named(environment: dict[str, str], check: Check) -> None:
    """The cache is in the home directory, where there is one."""
    check.environment |= environment
    check.passes("kbuild_answers", "gcc-12, g++-12")
    assert (check.directory / "home/.cache/kcxx/answers").exists() is ("HOME" not in environment)
    assert not Path("/nonexistent").exists()


def test_kbuild_answers_by_an_error(check: Check) -> None:
    """The error is shown without the lines in which each make reports its failure."""
    check.prepare().file("Makefile", "modules:\n\t@echo 'fixdep: error opening file' >&2; exit 2\n")
    check.fails("kbuild_answers", "Kbuild does not answer", "fixdep: error opening file", DIRECTORY, shows(check))


def test_kbuild_answers_by_makes_own_error(check: Check) -> None:
    """If make printed nothing else, its own line is shown."""
    check.prepare().file("Makefile", "modules: gone\n")
    check.fails(
        "kbuild_answers", "Kbuild does not answer", "make: *** No rule to make target 'gone', needed by 'modules'.  Stop.",
        DIRECTORY, shows(check),
    )  # fmt: skip


def test_kbuild_answers_nothing(check: Check) -> None:
    """A make that does nothing, and is content"""
    check.prepare().file("Makefile", "modules:\n\t@:\n")
    outcome = check.fails("kbuild_answers", "Kbuild does not answer", "nothing", DIRECTORY, shows(check))
    for waiting in ("c_compiler", "cxx_compiler", "binutils", "flags_dropped", "btf"):
        assert outcome.records[waiting] == ("unchecked", None, "waits for kbuild_answers", None, None)


def test_kbuild_answers_garbage(check: Check) -> None:
    """Output that is no text is shown all the same."""
    check.prepare().file("Makefile", "modules:\n\t@printf '\\377\\033[2J\\n'; exit 1\n")
    check.fails("kbuild_answers", "Kbuild does not answer", "??[2J", DIRECTORY, shows(check))


@applets
def test_kbuild_answers_never(check: Check) -> None:
    """Two minutes is what Kbuild is given."""
    check.prepare().file("Makefile", "modules:\n\t@exec sleep 600\n")
    check.hurry()
    check.fails("kbuild_answers", "Kbuild does not answer", "make did not end within two minutes", DIRECTORY, shows(check))
    assert check.longest_wait() == 120


def test_kbuild_answers_not_while_the_cxx_compiler_is_missing(check: Check) -> None:
    """A compiler that the user named is checked even if Kbuild does not answer."""
    check.prepare().file("Makefile", "modules:\n\t@exit 1\n")
    outcome = check.run("--cxx", "g++-99")
    assert outcome.states("failed") == ["kbuild_answers", "cxx_compiler"]


# Variables for make


def test_kbuild_answers_for_a_clang_kernel(check: Check) -> None:
    """A kernel that Clang and LLD built is given LLVM=, with the suffix of the version that is there."""
    clang_kernel(check)
    check.passes("kbuild_answers", "clang-19, clang++-19")


def test_kbuild_answers_for_a_clang_kernel_by_plain_names(check: Check) -> None:
    """If that version is not installed, the name is clang."""
    clang_kernel(check)
    check.tools.remove("clang-19", "clang++-19")
    for name in ("clang", "clang++"):
        check.tools.compiler(name, family="Clang", version="19.1.7")
    check.passes("kbuild_answers", "clang, clang++")


def test_kbuild_answers_for_a_clang_kernel_with_gnu_ld(check: Check) -> None:
    """Without LLD only the compiler is Clang."""
    clang_kernel(check, LD_IS_LLD=None)
    check.passes("kbuild_answers", "clang-19, clang++-19")


def test_kbuild_answers_by_the_environments_cross_compiler(check: Check) -> None:
    """$CROSS_COMPILE, for a kernel of another architecture"""
    check.kernel.configure(X86_64=None, ARM64="y")
    for name in ("gcc-12", "g++-12"):
        check.tools.compiler(f"arm-vendor-{name}", target="aarch64-vendor-linux", machine="aarch64")
    check.environment["CROSS_COMPILE"] = "arm-vendor-"
    check.passes("kbuild_answers", "arm-vendor-gcc-12, arm-vendor-g++-12")


def test_kbuild_answers_for_x86_64_elsewhere(check: Check) -> None:
    """On another machine x86-64 needs a cross-compiler."""
    check.tools.uname(machine="aarch64")
    for name in ("gcc-12", "g++-12"):
        check.tools.compiler(f"x86_64-linux-gnu-{name}")
    outcome = check.run()
    assert outcome.records["kbuild_answers"].found in (
        "x86_64-linux-gnu-gcc-12, x86_64-linux-gnu-g++-12",
        "gcc-12, g++-12" if check.shell == "busybox" else None,
    )


# c_compiler


@applets
@pytest.mark.parametrize(
    ("command", "package"),
    {
        "gcc-99": "gcc-99",
        "/nonexistent/gcc-99": "gcc-99",
        "clang-99": "clang-99",
        "clang": "clang-19",
        "gcc": "gcc-12",
        "ccache gcc-99 -m64": "gcc-99",
        "x86_64-linux-gnu-gcc-13": "gcc-13",
        "aarch64-linux-gnu-gcc-12": "g++-12-aarch64-linux-gnu",
        "riscv64-linux-gnu-gcc": "g++-12-riscv64-linux-gnu",
    }.items(),
)
def test_c_compiler_missing(command: str, package: str, check: Check) -> None:
    """The remedy installs the missing compiler, or the one that built the kernel."""
    check.fails(
        "c_compiler", "the kernel's C compiler is missing", f"no command '{command.removeprefix('ccache ').split()[0]}'",
        "the compiler that the kernel directory names", f"apt-get install {package}", "--cc", command, "--cxx", "g++-12",
    )  # fmt: skip


@pytest.mark.parametrize("command", ["cc", "mycc", "/nonexistent/mycc -m64"])
def test_c_compiler_missing_that_no_package_has(command: str, check: Check) -> None:
    """The kernel's own compiler has to be named. The missing C++ partner is a consequence, and no failure of its own.
    """
    outcome = check.fails(
        "c_compiler", "the kernel's C compiler is missing", f"no command '{command.split()[0]}'",
        "the compiler that the kernel directory names", CC_12, "--cc", command,
    )  # fmt: skip
    assert outcome.records["flags_accepted"].found == "waits for c_compiler"


def test_c_compiler_that_does_not_work(check: Check) -> None:
    """The compiler's output is shown."""
    check.tools.prints("gcc-12", "gcc-12: cannot execute 'cc1'", 1, 2)
    check.fails(
        "c_compiler", "the kernel's C compiler does not work",
        "'gcc-12' does not preprocess C; asked for its version, it prints: gcc-12: cannot execute 'cc1'",
        "the compiler that the kernel directory names", "apt-get install gcc-12",
    )  # fmt: skip


def test_c_compiler_of_another_family(check: Check) -> None:
    """Clang for a kernel that GCC built: Kbuild gets CC=, so that its flags are Clang's. C++ follows."""
    check.tools.compiler("clang-19", family="Clang", version="19.1.7")
    check.tools.compiler("clang++-19", family="Clang", version="19.1.7")
    outcome = check.run("--cc", "clang-19")
    assert outcome.status == 0
    assert outcome.states("warning", "failed") == ["c_compiler", "cxx_family"]
    record = outcome.records["c_compiler"]
    assert record.problem == "the C compiler and the kernel are of different families"
    assert record.found == f"clang-19 is Clang; the kernel was built by GCC 12 {TEXT}"
    assert record.needed == (
        "GCC; with this one Kbuild is told what Kconfig would answer for it: mitigations stay, warnings are the "
        "compiler's own"
    )
    assert record.fix == CC_12


def test_c_compiler_of_another_family_than_clang(check: Check) -> None:
    """GCC for a kernel that Clang built: likewise"""
    clang_kernel(check)
    outcome = check.run("--cc", "gcc-12")
    assert outcome.status == 0
    assert outcome.states("warning", "failed") == ["c_compiler", "cxx_family"]
    assert outcome.records["c_compiler"].found == (
        "gcc-12 is GCC; the kernel was built by Clang 19 (Debian clang version 19.1.1)"
    )


def test_c_compiler_of_another_family_that_kbuild_does_not_know_of(check: Check) -> None:
    """make was called by hand, with CC alone: the flags are those of the kernel's compiler."""
    check.tools.compiler("clang-19", family="Clang", version="19.1.7")
    facts = {"CC": "clang-19", "CXX": "g++-12", "CONFIGURED_FAMILY": "GCC"}
    flags = check.prepare().file("asked.sh", check.kernel.flags(**facts))
    outcome = check.run("--flags", flags)
    record = outcome.records["c_compiler"]
    assert outcome.states("failed") == ["c_compiler"]
    assert record.needed == "GCC, or the answers that Kconfig would give for Clang"
    assert record.fix == f"{CC_12}; or make $(sh {check.kbuild}/make-variables.sh --cc clang-19 {check.kernel.directory})"


@pytest.mark.parametrize("option", ["RANDSTRUCT", "CFI", "KMSAN", "LTO_CLANG_THIN"])
def test_c_compiler_bound_to_the_kernels(option: str, check: Check) -> None:
    """Options that no translation provides, or that lay out structures differently in the other family, refuse it."""
    clang_kernel(check, **{option: "y"})
    outcome = check.run("--cc", "gcc-12", "--cxx", "clang++-19")
    record = outcome.records["c_compiler"]
    assert record.problem == "the C compiler and the kernel are of different families, and this kernel allows one only"
    assert record.found.endswith(f", with CONFIG_{option}")
    assert record.fix == by_name("CC", "KCXX_C_COMPILER", "clang-19")


def test_c_compiler_of_another_major_version(check: Check) -> None:
    """Another major version is a warning; if the partner is missing, the remedy installs it first."""
    check.tools.remove("gcc-12")
    check.tools.compiler("gcc-13", version="13.2.0")
    check.warns(
        "c_compiler", "the C compiler is of another major version than the kernel's",
        f"gcc-13 is 13.2.0; the kernel was built by GCC 12 {TEXT}", "GCC 12", f"apt-get install gcc-12, then {CC_12}",
        "--cc", "gcc-13", "--cxx", "g++-12",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("family", "version", "needed"),
    [("GCC", "4.9.4", "gcc 5.1.0"), ("GCC", "5.0.4", "gcc 5.1.0"), ("Clang", "10.0.1", "clang 11.0.0")],
)
def test_c_compiler_too_old(family: str, version: str, needed: str, check: Check) -> None:
    """A C compiler older than the kernel takes is refused; its C++ partner, too old as well, is not reported again."""
    if family == "Clang":
        clang_kernel(check)
    c, cxx = {"GCC": ("gcc-old", "g++-old"), "Clang": ("clang-old", "clang++-old")}[family]
    for name in (c, cxx):
        check.tools.compiler(name, family=family, version=version)
    own = {"GCC": CC_12, "Clang": by_name("CC", "KCXX_C_COMPILER", "clang-19")}[family]
    outcome = check.fails(
        "c_compiler", "the C compiler is too old", f"{c} is {version}", f"{needed} or newer", own, "--cc", c
    )
    for waiting in ("cxx_compiler", "flags_accepted"):
        assert outcome.records[waiting].found == "waits for c_compiler"


def test_c_compiler_too_old_for_this_kernel(check: Check) -> None:
    """The min-tool-version.sh of a kernel directory with sources replaces the oldest version that kcxx knows."""
    check.tools.compiler("gcc-7", version="7.5.0")
    kernel = check.prepare()
    kernel.file("scripts/min-tool-version.sh", '#!/bin/sh\n[ "$1" = gcc ] && echo 8.1.0\n')
    check.fails(
        "c_compiler", "the C compiler is too old", "gcc-7 is 7.5.0", "gcc 8.1.0 or newer", CC_12,
        "--cc", "gcc-7", "--cxx", "g++-12",
    )  # fmt: skip


def test_c_compiler_that_does_not_take_the_kernels_flags(check: Check) -> None:
    """If C's compiler refuses the kernel's flags, Kbuild's answer is not kept: this is the only failure."""
    error = "gcc-11: error: unrecognized command-line option '-mharden-sls=all'"
    check.tools.compiler("gcc-11", version="11.3.0", says=error, status=1, only_with="-std=gnu11")
    check.kernel.configure(RETPOLINE="y", X86_KERNEL_IBT="y")
    for _ in range(2):
        outcome = check.fails(
            "c_compiler", "the C compiler does not take the kernel's flags", "gcc-11: -mharden-sls=all",
            "all of them, as gcc-12 12.2.0 knows them", CC_12, "--cc", "gcc-11", "--cxx", "g++-12",
        )  # fmt: skip
        for waiting in ("flags_accepted", "retpolines", "ibt"):
            assert outcome.records[waiting].status == "unchecked"


def test_c_compiler_that_fails_on_the_kernels_flags(check: Check) -> None:
    """If the error names no flag, the error is shown."""
    error = "kconfig.h:5: fatal error: generated/autoconf.h: No such file or directory"
    check.tools.compiler("gcc-13", version="13.2.0", says=error, status=1, only_with="-std=gnu11")
    check.fails(
        "c_compiler", "the C compiler does not take the kernel's flags", f"gcc-13: {error}",
        "all of them, as gcc-12 12.2.0 knows them", CC_12, "--cc", "gcc-13", "--cxx", "g++-12",
    )  # fmt: skip


def test_c_compiler_older_than_the_kernels_by_its_minor_version(check: Check) -> None:
    """A compiler of the kernel's major version that refuses the kernel's flags is no fault of kcxx."""
    error = "gcc-12: error: unrecognized command-line option '-mharden-sls=all'"
    check.tools.compiler("gcc-12", version="12.1.0", says=error, status=1, only_with="-std=gnu11")
    check.fails(
        "c_compiler", "the C compiler does not take the kernel's flags", "gcc-12: -mharden-sls=all",
        "all of them, as gcc-12 12.2.0 knows them",
        "apt-get install gcc-12, 12.2.0 or newer: the kernel was built by that version",
    )  # fmt: skip


# cxx_compiler


@applets
@pytest.mark.parametrize(
    ("command", "package"),
    {
        "g++-99": "g++-99",
        "clang++-99": "clang-99",
        "clang++": "clang-19",
        "g++": "g++-12",
        "x86_64-linux-gnu-g++-13": "g++-13",
        "ccache g++-99": "g++-99",
        "ccache g++-99 -m64": "g++-99",
        "aarch64-linux-gnu-g++": "g++-12-aarch64-linux-gnu",
    }.items(),
)
def test_cxx_compiler_missing(command: str, package: str, check: Check) -> None:
    """The remedy installs the missing compiler, or the partner of the kernel's."""
    outcome = check.fails(
        "cxx_compiler", "the C++ compiler is missing", f"no command '{command.removeprefix('ccache ').split()[0]}'",
        "g++-12, which goes with the compiler that built the kernel", f"apt-get install {package}", "--cxx", command,
    )  # fmt: skip
    for waiting in ("cxx_version", "cxx_family", "cxx_major", "standard_headers", "flags_accepted"):
        assert outcome.records[waiting].status == "unchecked"


@pytest.mark.parametrize("command", ["c++", "icpx", "icpx -O2", "arm-vendor-g++"])
def test_cxx_compiler_missing_that_no_package_has(command: str, check: Check) -> None:
    """The partner of the kernel's C compiler has to be named."""
    check.fails(
        "cxx_compiler", "the C++ compiler is missing", f"no command '{command.split()[0]}'",
        "g++-12, which goes with the compiler that built the kernel", CXX_12, "--cxx", command,
    )  # fmt: skip


def test_cxx_compiler_of_a_c_compiler_of_another_name(check: Check) -> None:
    """mycc does not show what its C++ compiler is called: that one has to be named."""
    check.tools.compiler("mycc")
    check.fails(
        "cxx_compiler", "the C++ compiler is missing", "no command 'c++'",
        "g++-12, which goes with the compiler that built the kernel", CXX_12, "--cc", "mycc",
    )  # fmt: skip
    check.tools.remove("g++-12")
    check.fails(
        "cxx_compiler", "the C++ compiler is missing", "no command 'c++'",
        "g++-12, which goes with the compiler that built the kernel", f"apt-get install g++-12, then {CXX_12}", "--cc", "mycc",
    )  # fmt: skip


def test_cxx_compiler_of_no_name(check: Check) -> None:
    """make CXX= names none."""
    kernel = check.prepare()
    flags = kernel.file("flags.sh", kernel.flags(CC="gcc-12", CXX=""))
    check.fails(
        "cxx_compiler", "the C++ compiler is missing", "no command ''",
        "g++-12, which goes with the compiler that built the kernel", CXX_12, "--flags", flags,
    )  # fmt: skip


def test_cxx_compiler_that_kbuild_has_asked(check: Check) -> None:
    """Kbuild's answer counts: here it holds an older version than the compiler reports itself."""
    check.kernel.facts["CXX_IDENTITY"] = "GCC|11.4.0|x86_64-linux-gnu|/usr/include/c++/12"
    check.fails(
        "cxx_version", "the C++ compiler is too old", "g++-12 is 11.4.0", "g++ 12.1.0 or newer",
        "apt-get install g++-12", also=("cxx_major",),
    )  # fmt: skip


def no_compiler(check: Check, says: str, command: str = "g++-12") -> Outcome:
    """Asserts that @command is refused as no compiler, with the version text that it prints."""
    return check.fails(
        "cxx_compiler", "this is no C++ compiler that kcxx knows",
        f"'{command}' does not preprocess C++; asked for its version, it prints: {says}",
        "GCC or Clang", "apt-get install g++-12", "--cxx", command,
    )  # fmt: skip


def test_cxx_compiler_that_is_none(check: Check) -> None:
    """A program that succeeds and prints nothing is refused."""
    check.tools.prints("g++-12", "")
    no_compiler(check, "nothing")


def test_cxx_compiler_that_fails(check: Check) -> None:
    """The check shows three lines of the output at most, on one line."""
    check.tools.prints("g++-12", "a\nb\nc\nd\n", 1)
    no_compiler(check, "a b c")


def test_cxx_compiler_that_prints_garbage(check: Check) -> None:
    """Bytes that are no text, as text and in JSON"""
    check.tools.prints_bytes("g++-12", b"\xff\xc3(\x00\xf0\x9f\x98\n\x1b]0;title\x07\n")
    no_compiler(check, "??(??? ?]0;title?")


def test_cxx_compiler_that_says_it_is_one_in_garbage(check: Check) -> None:
    """A version that is none is no version."""
    check.tools.prints("g++-12", "kcxx_is GCC twelve two 0\n")
    no_compiler(check, "kcxx_is GCC twelve two 0")


UNKNOWN = {
    "no GCC at all": "-U__GNUC__",
    "Intel, which calls itself GCC": "-D__INTEL_COMPILER=2021",
    "NVIDIA, which calls itself GCC": "-D__NVCOMPILER=1",
    "Tiny CC": "-D__TINYC__=927",
}


@pytest.mark.parametrize("macro", UNKNOWN.values(), ids=UNKNOWN.keys())
@pytest.mark.parametrize(("language", "name"), [("C", "icc"), ("C++", "icpc")])
def test_compiler_of_an_unknown_family(language: str, name: str, macro: str, check: Check) -> None:
    """A compiler that preprocesses, but is neither GCC nor Clang, is named. If it is C's, the checks of C++ wait."""
    real = found({"C": "gcc-12", "C++": "g++-12"}[language])
    check.tools.script(name, f'[ "$1" != --version ] || {{ echo "{name} 2021.10.0"; exit; }}\nexec {real} {macro} "$@"')
    check.fails(
        {"C": "c_compiler", "C++": "cxx_compiler"}[language], f"this is no {language} compiler that kcxx knows",
        f"'{name}' is neither GCC nor Clang; asked for its version, it prints: {name} 2021.10.0", "GCC or Clang",
        {"C": CC_12, "C++": CXX_12}[language], {"C": "--cc", "C++": "--cxx"}[language], name,
    )  # fmt: skip


@applets
def test_cxx_compiler_that_hangs(check: Check) -> None:
    """The check waits ten seconds for the family and five for the version."""
    check.tools.hangs("g++-12")
    check.hurry()
    no_compiler(check, "nothing, it does not end")
    assert check.longest_wait() <= 120


@pytest.mark.parametrize("place", ["by its path", "in PATH", "with arguments"])
@pytest.mark.parametrize("language", ["C", "C++"])
def test_compiler_that_may_not_be_executed(language: str, place: str, check: Check) -> None:
    """A file without the right to be executed is there, and not executable."""
    path = check.tools.directory / {"C": "my-gcc", "C++": "my-g++"}[language]
    path.write_text("")
    command = {"by its path": str(path), "in PATH": path.name, "with arguments": f"{path} -m64"}[place]
    name, option, also = {"C": ("c_compiler", "--cc", "the kernel's C"), "C++": ("cxx_compiler", "--cxx", "the C++")}[language]
    outcome = check.run(option, command, *(("--cxx", "g++-12") if language == "C" else ()))
    assert outcome.states("failed") == [name]
    assert outcome.blocks == [
        (
            f"{also} compiler is not executable",
            f"{path}, which user {pwd.getpwuid(os.geteuid()).pw_name} may not execute",
            outcome.records[name].needed,
            f"chmod a+x {path}, or name another compiler",
        )
    ]


def test_cxx_compiler_by_its_path(check: Check) -> None:
    """Anywhere in the file system"""
    path = check.tools.compiler("opt/gcc/bin/g++")
    check.passes("cxx_compiler", f"{path} (GCC 12.2.0)", "--cxx", path)


def test_cxx_compiler_of_several_words(check: Check) -> None:
    """A wrapper, and the compiler it runs"""
    check.tools.script("ccache", 'exec "$@"')
    check.passes("cxx_compiler", "ccache g++-12 (GCC 12.2.0)", "--cxx", "ccache g++-12")


@pytest.mark.parametrize(
    ("option", "command", "shown"),
    [
        ("--cxx", "g++-12 -m64", "g++-12 -m64 (GCC 12.2.0)"),
        ("--cxx", "ccache g++-12 -m64 -B /usr/lib/gold", "ccache g++-12 -m64 -B /usr/lib/gold (GCC 12.2.0)"),
        ("--cc", "gcc-12 -m64", "g++-12 -m64 (GCC 12.2.0)"),
        ("--cc", "ccache gcc-12 -m64", "ccache g++-12 -m64 (GCC 12.2.0)"),
    ],
)
def test_compiler_with_arguments(option: str, command: str, shown: str, check: Check) -> None:
    """Arguments belong to the compiler, and do not form a command of their own; C++ gets those of C."""
    check.tools.script("ccache", 'exec "$@"')
    check.passes("cxx_compiler", shown, option, command)


@pytest.mark.parametrize("language", ["C", "C++"])
def test_compiler_with_arguments_that_it_does_not_take(language: str, check: Check) -> None:
    """The compiler works without its wrapper: the remedy drops the wrapper."""
    name, option, program, fix = {
        "C": ("c_compiler", "--cc", "gcc-12", CC_12), "C++": ("cxx_compiler", "--cxx", "g++-12", CXX_12)
    }[language]  # fmt: skip
    error = f"{program}: error: unrecognized command-line option '-bogus'"
    real = check.tools.compiler(f"real-{program}")
    check.tools.script(program, f'case " $* " in *" -bogus "*) echo "{error}" >&2; exit 1 ;; esac\nexec {real} "$@"')
    check.fails(
        name, f"the {language} compiler does not take the arguments that it was named with", f"{program} -bogus: {error}",
        f"arguments that {program} takes", f"leave '-bogus' out: {fix}", option, f"{program} -bogus",
        *(("--cxx", "g++-12") if language == "C" else ()),
    )  # fmt: skip


def test_compiler_with_arguments_that_does_not_work_without_them(check: Check) -> None:
    """If the compiler fails without its arguments as well, they are not blamed."""
    check.tools.prints("g++-12", "g++-12: cannot execute 'cc1plus'", 1, 2)
    no_compiler(check, "g++-12: cannot execute 'cc1plus'", "g++-12 -m64")


PARTNERS = {
    "gcc": "g++", "/opt/gcc-12/bin/x86_64-linux-gnu-gcc-12": "/opt/gcc-12/bin/x86_64-linux-gnu-g++-12",
    "clang-19": "clang++-19", "ccache gcc -m64 -std=gnu99": "ccache g++ -m64", "cc": "c++", "arm-linux-cc": "arm-linux-c++",
    "/opt/mycc -m64": "/opt/c++ -m64", "nice -n 5 gcc -B /opt/gcc": "nice -n 5 g++ -B /opt/gcc",
}  # fmt: skip


def test_partner_of_a_c_compiler(check: Check) -> None:
    """In the same place, behind the same wrapper, with the same arguments: for this check and for Kbuild."""
    makefile = check.directory / "partner.mk"
    facts = f"CC := $(NAMED)\nescsq = $1\nkcxx := {check.kbuild}\ninclude $(kcxx)/Makefile.cxxflags\n$(info $(CXX))\nall:;\n"
    makefile.write_text(facts, encoding="utf-8")
    said = {c: must(run("make", "-s", "-f", makefile, f"NAMED={c}", f"SHELL={check.tools.directory}/sh")).strip() for c in PARTNERS}
    assert said == PARTNERS


@pytest.mark.parametrize("language", ["C", "C++"])
def test_compiler_without_its_wrapper(language: str, check: Check) -> None:
    """If only the wrapper is missing, the message is about the wrapper, not about the compiler."""
    which, name, option, program = {
        "C": ("the kernel's C compiler", "c_compiler", "--cc", "gcc-12"),
        "C++": ("the C++ compiler", "cxx_compiler", "--cxx", "g++-12"),
    }[language]
    check.fails(
        name, f"the command that runs {which} is missing", f"no command 'distcc', in 'distcc {program}'",
        "'distcc', or the compiler without it", f"apt-get install distcc, or name {program} alone",
        option, f"distcc {program}", *(("--cxx", "g++-12") if language == "C" else ()),
    )  # fmt: skip


# A compiler for another architecture


def foreign(check: Check, arch: str, triplet: str, **options: str | None) -> None:
    """Makes the kernel one for @arch, with its own compilers."""
    check.kernel.configure(**ARCHES[arch], **options)
    for name in ("gcc-12", "g++-12"):
        check.tools.compiler(f"{triplet}-{name}", machine=triplet.split("-", maxsplit=1)[0])


WRONG_MACHINES = [
    ("x86_64", "", "aarch64-linux-gnu-"), ("x86_64", "", "riscv64-linux-gnu-"), ("arm64", "aarch64-linux-gnu-", ""),
    ("arm64", "aarch64-linux-gnu-", "riscv64-linux-gnu-"), ("riscv64", "riscv64-linux-gnu-", ""),
]  # fmt: skip


@pytest.mark.parametrize(("arch", "right", "wrong"), WRONG_MACHINES)
def test_cxx_compiler_for_another_architecture(arch: str, right: str, wrong: str, check: Check) -> None:
    """The message names the architecture that was found, the one that is needed, and its compiler."""
    foreign(check, arch, right.rstrip("-") or "x86_64-linux-gnu")
    check.tools.compiler(f"{wrong}g++-12")
    own = f"{right}g++-12"
    check.fails(
        "cxx_compiler", "the C++ compiler makes code for another architecture",
        f"{wrong}g++-12 is a compiler for {wrong.rstrip('-') or 'x86_64-linux-gnu'}; the kernel is for {arch}",
        f"a compiler for {arch}: {own}, or another", by_name("CXX", "KCXX_CXX_COMPILER", own), "--cxx", f"{wrong}g++-12",
    )  # fmt: skip


@pytest.mark.parametrize(("arch", "right", "wrong"), WRONG_MACHINES)
def test_c_compiler_for_another_architecture(arch: str, right: str, wrong: str, check: Check) -> None:
    """A C compiler of another architecture is refused; its C++ partner, of the same one, is not reported again."""
    foreign(check, arch, right.rstrip("-") or "x86_64-linux-gnu")
    for name in ("gcc-12", "g++-12"):
        check.tools.compiler(f"{wrong}{name}")
    own = f"{right}gcc-12"
    outcome = check.fails(
        "c_compiler", "the C compiler makes code for another architecture",
        f"{wrong}gcc-12 is a compiler for {wrong.rstrip('-') or 'x86_64-linux-gnu'}; the kernel is for {arch}",
        f"a compiler for {arch}: {own}, or another", by_name("CC", "KCXX_C_COMPILER", own), "--cc", f"{wrong}gcc-12",
    )  # fmt: skip
    assert outcome.records["cxx_compiler"].found == "waits for c_compiler"


def test_cxx_compiler_for_another_architecture_without_the_right_one(check: Check) -> None:
    """If the right compiler is missing, the remedy installs it first."""
    check.kernel.configure(**ARCHES["arm64"])
    check.tools.compiler("aarch64-linux-gnu-gcc-12")
    outcome = check.run("--cxx", "g++-12")
    own = by_name("CXX", "KCXX_CXX_COMPILER", "aarch64-linux-gnu-g++-12")
    assert outcome.records["cxx_compiler"].fix == f"apt-get install g++-12-aarch64-linux-gnu, then {own}"


@pytest.mark.parametrize("target", ["x86_64-redhat-linux", "x86_64-pc-linux-gnu", "i686-linux-gnu", "amd64-unknown-linux"])
def test_cxx_compiler_for_the_architecture_by_another_name(target: str, check: Check) -> None:
    """Vendors call it as they like; a compiler for i686 knows -m64."""
    check.tools.compiler("g++-12", target=target)
    check.passes("cxx_compiler", "g++-12 (GCC 12.2.0)")


@pytest.mark.parametrize(("command", "package"), {"g++": "g++-12", "clang++": "clang-19"}.items())
def test_cxx_compiler_missing_for_a_clang_kernel(command: str, package: str, check: Check) -> None:
    """For a kernel of the other family the remedy installs the oldest version that works."""
    clang_kernel(check)
    check.fails(
        "cxx_compiler", "the C++ compiler is missing", f"no command '{command}'",
        "clang++-19, which goes with the compiler that built the kernel", f"apt-get install {package}", "--cxx", command,
    )  # fmt: skip


VENDORS = {
    "Debian": "g++-12 (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright (C) 2022 Free Software Foundation, Inc.\n",
    "Ubuntu": "g++-12 (Ubuntu 12.3.0-1ubuntu1~22.04) 12.3.0\n",
    "Fedora": "g++ (GCC) 12.3.1 20230508 (Red Hat 12.3.1-1)\n",
    "openSUSE": "g++-12 (SUSE Linux) 12.3.0\n",
    "Nix": "g++ (GCC) 12.3.0\n",
    "crosstool": "aarch64-g++ (crosstool-NG 1.25.0) 11.2.0\n",
    "German": "g++ (Debian 12.2.0-14) 12.2.0\nDies ist freie Software; die Kopierbedingungen stehen in den Quellen.\n",
    "Japanese": "g++ (Debian 12.2.0-14) 12.2.0\nこれはフリーソフトウェアです。\n",
    "liar": "clang version 3.4.5\n",
    "silent": "",
}


@pytest.mark.parametrize("text", VENDORS.values(), ids=VENDORS.keys())
def test_cxx_compiler_of_each_vendor(text: str, check: Check) -> None:
    """The preprocessor's macros decide the version, not the text of --version."""
    check.tools.compiler("g++-12", version="12.3.1", version_text=text)
    check.passes("cxx_compiler", "g++-12 (GCC 12.3.1)")


def test_cxx_compiler_of_nix(check: Check) -> None:
    """A wrapper in the store, whose name has no version"""
    path = check.tools.compiler("nix/store/0c0yvkgvs4c3wzrk-gcc-wrapper-12.3.0/bin/g++")
    check.passes("cxx_compiler", f"{path} (GCC 12.2.0)", "--cxx", path)


ANDROID = "Android (11349228, +pgo, +bolt, +lto, based on r487747e) clang version 17.0.2 (https://android.googlesource.com/)\n"


def test_cxx_compiler_of_android(check: Check) -> None:
    """Clang, by the preprocessor"""
    clang_kernel(check)
    check.tools.compiler("clang++-19", family="Clang", version="19.0.1", version_text=ANDROID)
    outcome = check.run()
    assert outcome.records["cxx_compiler"].found == "clang++-19 (Clang 19.0.1)"


def test_cxx_compiler_that_speaks_another_language(check: Check) -> None:
    """The list of include directories is found in any."""
    check.tools.compiler("g++-12", search="#include <...> – Beginn der Suche:")
    check.passes("cxx_compiler", "g++-12 (GCC 12.2.0)")


# cxx_version


@pytest.mark.parametrize("version", ["11.4.0", "12.0.1", "9.3.0"])
def test_cxx_version_too_old_of_gcc(version: str, check: Check) -> None:
    """GCC 12.1 is the first with <expected>."""
    check.tools.compiler("g++-12", version=version)
    also = () if version.startswith("12.") else ("cxx_major",)
    outcome = check.fails(
        "cxx_version", "the C++ compiler is too old", f"g++-12 is {version}", "g++ 12.1.0 or newer",
        "apt-get install g++-12", also=also,
    )  # fmt: skip
    assert outcome.records["flags_accepted"].found == "waits for cxx_version"


def test_cxx_version_too_old_of_clang(check: Check) -> None:
    """Clang has its own oldest version."""
    clang_kernel(check)
    check.tools.compiler("clang++-19", family="Clang", version="18.1.8")
    check.fails(
        "cxx_version", "the C++ compiler is too old", "clang++-19 is 18.1.8", "clang++ 19.1.0 or newer",
        "apt-get install clang-19", also=("cxx_major",),
    )  # fmt: skip


@pytest.mark.parametrize("version", ["12.1.0", "12.10.0"])
def test_cxx_version_that_will_do(version: str, check: Check) -> None:
    """Versions are numbers."""
    check.tools.compiler("g++-12", version=version)
    check.passes("cxx_version", version)


# cxx_family, cxx_major


def test_cxx_family_other_than_the_kernels(check: Check) -> None:
    """Flags are translated."""
    check.tools.compiler("clang++-19", family="Clang", version="19.1.7")
    outcome = check.run("--cxx", "clang++-19")
    assert outcome.status == 0
    assert outcome.states("warning", "failed") == ["cxx_family"]
    record = outcome.records["cxx_family"]
    assert record.problem == "the C++ compiler and the kernel are of different families"
    assert record.found == "clang++-19 is Clang; the kernel was built by GCC 12"
    assert record.needed and record.needed.startswith("g++-12, or another GCC")
    assert record.fix == CXX_12
    assert outcome.records["cxx_major"].found == "of another family"


@pytest.mark.parametrize("option", ["CFI_CLANG", "CFI", "KMSAN", "LTO_CLANG_THIN", "LTO_CLANG_FULL"])
def test_cxx_family_bound_to_the_kernels(option: str, check: Check) -> None:
    """Options that no translation provides refuse the other family."""
    clang_kernel(check, **{option: "y"})
    check.kernel.facts["CXX_TARGET"] = "--target=x86_64-linux-gnu"  # which GCC does not know
    check.fails(
        "cxx_family", "the C++ compiler and the kernel are of different families, and this kernel allows one only",
        f"g++-12 is GCC; the kernel was built by Clang 19, with CONFIG_{option}", "clang++-19, or another Clang",
        by_name("CXX", "KCXX_CXX_COMPILER", "clang++-19"), "--cxx", "g++-12",
    )  # fmt: skip


def test_cxx_family_other_than_that_of_c(check: Check) -> None:
    """g++ takes none of the flags that Kbuild has for Clang."""
    check.tools.compiler("clang-19", family="Clang", version="19.1.7")
    outcome = check.run("--cc", "clang-19", "--cxx", "g++-12")
    assert outcome.states("failed") == ["cxx_family"]
    record = outcome.records["cxx_family"]
    assert record.problem == "the C++ compiler is of another family than the C compiler"
    assert record.found == "g++-12 is GCC; C is compiled by Clang"
    assert record.needed == "both by one family"
    assert record.fix and record.fix.startswith(f"{CC_12}; or ")
    assert f"make $(sh {check.kbuild}/make-variables.sh --cxx g++-12 " in record.fix


def test_cxx_family_other_than_that_of_c_and_the_kernel(check: Check) -> None:
    """On arm64 Clang's C++ does not go with GCC's C: the kernel's own goes with both."""
    foreign(check, "arm64", "aarch64-linux-gnu")
    check.tools.compiler("clang++-19", family="Clang", version="19.1.7")
    outcome = check.run("--cc", "aarch64-linux-gnu-gcc-12", "--cxx", "clang++-19")
    assert outcome.states("failed") == ["cxx_family"]
    own = by_name("CXX", "KCXX_CXX_COMPILER", "aarch64-linux-gnu-g++-12")
    assert str(outcome.records["cxx_family"].fix).startswith(f"{own}; or make $(sh ")


def test_cxx_family_of_the_kernel_beside_c_of_another(check: Check) -> None:
    """On x86-64 Clang's C++ goes with GCC's C, though Clang built the kernel: C is what is apart."""
    clang_kernel(check)
    outcome = check.run("--cc", "gcc-12", "--cxx", "clang++-19")
    assert (outcome.states("failed"), outcome.states("warning")) == ([], ["c_compiler", "cxx_family"])
    record = outcome.records["cxx_family"]
    assert record.problem == "the C++ compiler is of another family than the C compiler"
    assert record.found == "clang++-19 is Clang; C is compiled by GCC"
    assert record.fix == by_name("CC", "KCXX_C_COMPILER", "clang-19")


def test_cxx_family_though_kbuild_does_not_answer(check: Check) -> None:
    """If Kbuild does not answer, the configuration decides the family."""
    check.prepare().file("Makefile", "modules:\n\t@exit 1\n")
    outcome = check.run("--cxx", "g++-12")
    assert outcome.states("failed") == ["kbuild_answers"]
    assert outcome.records["cxx_family"].found == "GCC"
    assert outcome.records["cxx_major"].found == "12"


def test_cxx_major_other_than_the_kernels(check: Check) -> None:
    """Another major version is a warning."""
    check.tools.compiler("g++-14", version="14.2.0")
    check.warns(
        "cxx_major", "the C++ compiler is of another major version than the kernel's",
        "g++-14 is 14.2.0; the kernel was built by GCC 12", "g++-12", CXX_12, "--cxx", "g++-14",
    )  # fmt: skip


# binutils


@pytest.mark.parametrize("tool", ["ld", "nm", "objcopy", "objdump"])
def test_binutils_missing(tool: str, check: Check) -> None:
    """Each of them is needed."""
    check.tools.remove(tool)
    outcome = check.fails(
        "binutils", "programs of the toolchain are missing", f"no command: {tool}",
        "the linker and the object tools of the kernel's family", "apt-get install binutils",
    )  # fmt: skip
    assert outcome.records["machine"].found == "waits for binutils"


def test_binutils_of_llvm_missing(check: Check) -> None:
    """Clang's kernels have their own."""
    clang_kernel(check)
    check.tools.remove("ld.lld-19", "llvm-nm-19")
    check.fails(
        "binutils", "programs of the toolchain are missing", "no command: ld.lld-19 llvm-nm-19",
        "the linker and the object tools of the kernel's family", "apt-get install llvm-19 lld-19",
    )  # fmt: skip


def test_binutils_with_options(check: Check) -> None:
    """LD may be a command with options."""
    check.kernel.facts["LD"] = "ld -m elf_x86_64"
    check.passes("binutils", "ld -m elf_x86_64, nm, objcopy, objdump")


# standard_headers


def headers(check: Check, *directories: Path | str) -> None:
    """Makes the compiler search @directories."""
    check.tools.compiler("g++-12", includes=[Path(directory) for directory in directories])


def test_standard_headers_missing(check: Check) -> None:
    """A compiler without a standard library"""
    headers(check)
    check.fails(
        "standard_headers", "the C++ standard library's headers are missing, or too old",
        "no <expected> in any directory of g++-12", "libstdc++ 12 or newer", "apt-get install g++-12",
    )  # fmt: skip


def test_standard_headers_too_old(check: Check) -> None:
    """The library of GCC 11 has no <expected>."""
    (check.tools.headers / "expected").unlink()
    check.fails(
        "standard_headers", "the C++ standard library's headers are missing, or too old",
        f"no <expected> in {check.tools.headers}", "libstdc++ 12 or newer", "apt-get install g++-12",
    )  # fmt: skip


def test_standard_headers_missing_for_clang(check: Check) -> None:
    """Clang has none of its own, and takes GCC's."""
    clang_kernel(check)
    check.tools.compiler("clang++-19", family="Clang", version="19.1.1", includes=[])
    check.fails(
        "standard_headers", "the C++ standard library's headers are missing, or too old",
        "no <expected> in any directory of clang++-19", "libstdc++ 12 or newer", "apt-get install libstdc++-12-dev",
    )  # fmt: skip


CROSS = {
    "arm64": ("aarch64-linux-gnu", "libstdc++-12-dev-arm64-cross"),
    "riscv64": ("riscv64-linux-gnu", "libstdc++-12-dev-riscv64-cross"),
}


def clang_for(check: Check, arch: str, *directories: Path, selected: str = "") -> None:
    """Makes the kernel one for @arch that Clang built, with a Clang that searches @directories."""
    clang_kernel(check, **ARCHES[arch])
    check.kernel.facts["CXX_TARGET"] = f"--target={CROSS[arch][0]}" if arch in CROSS else ""
    compiler = check.tools.compiler(
        "clang++-19", family="Clang", version="19.1.1", includes=list(directories),
        machine={"arm64": "aarch64"}.get(arch, arch),
    )  # fmt: skip
    compiler.write_text(compiler.read_text().replace("*' -c '*)", f"*' -v '*) echo 'Selected GCC installation: {selected}' ;;\n*' -c '*)"))


@pytest.mark.parametrize("arch", CROSS)
def test_standard_headers_missing_for_clang_and_another_machine(arch: str, check: Check) -> None:
    """This machine's libstdc++ is found, without the part that differs with machines: the cross package is needed."""
    clang_for(check, arch, check.tools.headers)
    outcome = check.run()
    assert outcome.records["standard_headers"] == (
        "failed", "the C++ standard library's headers are missing, or too old",
        f"no <bits/c++config.h> of {arch} in {check.tools.headers}", f"libstdc++ 12 or newer for {arch}",
        f"apt-get install {CROSS[arch][1]}",
    )  # fmt: skip
    assert outcome.states("failed") == ["standard_headers"]
    target = check.directory / "target"
    (target / "bits").mkdir(parents=True)
    (target / "bits/c++config.h").touch()
    check.tools.compiler(
        "clang++-19", family="Clang", version="19.1.1", includes=[target, check.tools.headers],
    )  # fmt: skip
    assert check.run().records["standard_headers"].found == str(check.tools.headers)


@pytest.mark.parametrize(
    ("arch", "selected", "package"),
    [
        ("x86_64", "/usr/lib/gcc/x86_64-linux-gnu/13", "libstdc++-13-dev"),
        ("x86_64", "/usr/lib/gcc/x86_64-linux-gnu/11", "libstdc++-12-dev"),
        ("arm64", "/usr/lib/gcc-cross/aarch64-linux-gnu/14", "libstdc++-14-dev-arm64-cross"),
    ],
)
def test_standard_headers_missing_of_the_gcc_that_clang_takes(arch: str, selected: str, package: str, check: Check) -> None:
    """Clang takes the newest GCC that is there, with or without headers: an older one's may be installed already."""
    clang_for(check, arch, selected=selected)
    record = check.run().records["standard_headers"]
    assert (record.status, record.fix) == ("failed", f"apt-get install {package}")


@pytest.mark.parametrize("arch", CROSS)
def test_standard_headers_missing_of_a_cross_compiler(arch: str, check: Check) -> None:
    """A g++ brings its own, in its package."""
    triplet, _ = CROSS[arch]
    foreign(check, arch, triplet)
    check.tools.compiler(f"{triplet}-g++-12", includes=[])
    record = check.run().records["standard_headers"]
    assert (record.status, record.fix) == ("failed", f"apt-get install g++-12-{triplet}")


def test_standard_headers_missing_of_a_newer_gcc(check: Check) -> None:
    """The package is that of its own version."""
    check.tools.compiler("g++-14", version="14.2.0", includes=[])
    assert check.run("--cxx", "g++-14").records["standard_headers"].fix == "apt-get install g++-14"


def test_standard_headers_that_an_argument_takes_away(check: Check) -> None:
    """-nostdinc++: the package is there, the argument has to go."""
    real = check.tools.compiler("real-g++-12")
    bare = check.tools.compiler("bare-g++-12", includes=[])
    check.tools.script("g++-12", f'case " $* " in *" -nostdinc++ "*) exec {bare} "$@" ;; esac\nexec {real} "$@"')
    check.fails(
        "standard_headers", "the C++ standard library's headers are missing, or too old",
        "no <expected> in any directory of g++-12 -nostdinc++", "libstdc++ 12 or newer",
        f"leave '-nostdinc++' out: {CXX_12}", "--cxx", "g++-12 -nostdinc++",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("command", "fix"),
    {
        "clang++-19 -stdlib=libc++": "leave '-stdlib=libc++' out: " + by_name("CXX", "KCXX_CXX_COMPILER", "clang++-19"),
        "clang++-19": by_name(
            "CXX", "KCXX_CXX_COMPILER",
            "'clang++-19 --start-no-unused-arguments -stdlib=libstdc++ --end-no-unused-arguments'",
        ),
    }.items(),
)  # fmt: skip
def test_standard_headers_of_libcxx(command: str, fix: str, check: Check) -> None:
    """The headers of libc++ are refused: they have <expected>, but kcxx does not compile with them."""
    clang_kernel(check)
    (check.tools.headers / "__config").touch()
    outcome = check.fails(
        "standard_headers", "the C++ compiler takes the headers of libc++", str(check.tools.headers),
        "those of libstdc++ 12 or newer", fix, "--cxx", command,
    )  # fmt: skip
    assert outcome.records["flags_accepted"].found == "waits for standard_headers"


def test_standard_headers_installed_after_a_check(check: Check) -> None:
    """An answer of Kbuild without headers is not kept: after the remedy the check passes."""
    check.tools.compiler("g++-12", includes=[])
    check.kernel.facts["CXX_IDENTITY"] = "GCC|12.2.0|x86_64-linux-gnu"
    assert check.run().states("failed") == ["standard_headers"]
    check.kernel.facts["CXX_IDENTITY"] = f"GCC|12.2.0|x86_64-linux-gnu|{check.tools.headers}"
    check.prepare()
    check.passes("standard_headers", str(check.tools.headers))


def test_standard_headers_behind_others(check: Check) -> None:
    """The C library's directory is none of theirs; the compiler's own and the target's are."""
    own, target, libc = (check.directory / name for name in ("own", "target", "libc"))
    for file in (own / "stddef.h", target / "bits/c++config.h", libc / "stddef.h", libc / "unistd.h"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    headers(check, "/nonexistent", own, libc, target, check.tools.headers)
    check.passes("standard_headers", str(check.tools.headers))
    (check.tools.headers / "expected").unlink()
    assert check.run().records["standard_headers"].found == f"no <expected> in {own} {target} {check.tools.headers}"


def test_standard_headers_in_a_path_with_a_space(check: Check) -> None:
    """A path with a space is taken."""
    path = check.directory / "my headers"
    check.tools.headers.rename(path)
    headers(check, path)
    check.passes("standard_headers", str(path))


def test_standard_headers_by_a_link(check: Check) -> None:
    """The check names the directory that a link leads to."""
    link = check.directory / "link"
    link.symlink_to(check.tools.headers)
    headers(check, link)
    check.passes("standard_headers", os.path.realpath(link))
