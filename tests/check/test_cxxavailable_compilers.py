# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cxxavailable.sh on the compilers, and what Kbuild answers when it is asked which they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from availability_check import Check, Outcome, applets

DIRECTORY = "a kernel directory that builds modules"


def shows(check: Check) -> str:
    """What to type where Kbuild does not answer"""
    return f"make -C {check.kernel.directory} M=<directory of a module> V=1, which shows what stops it"


def by_name(variable: str, cmake: str, command: str) -> str:
    """How to name another compiler"""
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
    """Which compilers it uses"""
    check.passes("kbuild_answers", "gcc-12, g++-12")


def test_kbuild_answers_by_named_compilers(check: Check) -> None:
    """--cc and --cxx are what make is called with."""
    for name in ("gcc", "g++"):
        check.tools.compiler(name)
    check.passes("kbuild_answers", "gcc, g++", "--cc", "gcc", "--cxx", "g++")


def test_kbuild_answers_beforehand(check: Check) -> None:
    """--flags: nobody is asked."""
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
    """What is kept is of this kernel, these compilers, this PATH."""
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
    """What is kept is run: it has to be one's own."""
    kernel = check.prepare()
    kernel.file("Makefile", (kernel / "Makefile").read_text() + "\t@echo asked >> asked\n")
    check.run()
    for answer in (check.directory / "cache/answers").iterdir():
        answer.write_text("echo taken over >&2\n")
        os.chown(answer, 65534, 65534)
    assert check.run().stderr == ""
    assert (kernel / "asked").read_text() == "asked\nasked\n"


def test_kbuild_answers_that_cannot_be_kept(check: Check) -> None:
    """A cache that nobody can write is no reason to fail."""
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
    """What went wrong, without the lines in which each make says that it failed."""
    check.prepare().file("Makefile", "modules:\n\t@echo 'fixdep: error opening file' >&2; exit 2\n")
    check.fails("kbuild_answers", "Kbuild does not answer", "fixdep: error opening file", DIRECTORY, shows(check))


def test_kbuild_answers_by_makes_own_error(check: Check) -> None:
    """Unless that is all there is."""
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
    """A compiler that is named is looked at, though Kbuild does not answer."""
    check.prepare().file("Makefile", "modules:\n\t@exit 1\n")
    outcome = check.run("--cxx", "g++-99")
    assert outcome.states("failed") == ["kbuild_answers", "cxx_compiler"]


# Variables for make


def test_kbuild_answers_for_a_clang_kernel(check: Check) -> None:
    """A kernel that Clang and LLD built is given LLVM=, with the suffix of the version that is there."""
    clang_kernel(check)
    check.passes("kbuild_answers", "clang-19, clang++-19")


def test_kbuild_answers_for_a_clang_kernel_by_plain_names(check: Check) -> None:
    """Without that version it is clang."""
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
    """On another machine x86-64 is what needs a cross-compiler."""
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
        "cc": "g++-12",
        "mycc": "g++-12",
        "x86_64-linux-gnu-gcc-13": "gcc-13",
        "aarch64-linux-gnu-gcc-12": "g++-12-aarch64-linux-gnu",
        "riscv64-linux-gnu-gcc": "g++-12-riscv64-linux-gnu",
    }.items(),
)
def test_c_compiler_missing(command: str, package: str, check: Check) -> None:
    """What to type gets what is missing, or what the kernel was built by."""
    check.fails(
        "c_compiler", "the kernel's C compiler is missing", f"no command '{command}'",
        "the compiler that the kernel directory names", f"apt-get install {package}", "--cc", command, "--cxx", "g++-12",
    )  # fmt: skip


def test_c_compiler_that_does_not_work(check: Check) -> None:
    """What it says is shown."""
    check.tools.prints("gcc-12", "gcc-12: cannot execute 'cc1'", 1, 2)
    check.fails(
        "c_compiler", "the kernel's C compiler does not work",
        "'gcc-12' does not preprocess C; asked for its version, it says: gcc-12: cannot execute 'cc1'",
        "the compiler that the kernel directory names", "apt-get install gcc-12",
    )  # fmt: skip


def test_c_compiler_of_another_family(check: Check) -> None:
    """Clang for a kernel that GCC built: Kbuild is told, so that its flags are Clang's. C++ follows."""
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
    """What no translation gives, and structures that the other family lays out otherwise"""
    clang_kernel(check, **{option: "y"})
    outcome = check.run("--cc", "gcc-12", "--cxx", "clang++-19")
    record = outcome.records["c_compiler"]
    assert record.problem == "the C compiler and the kernel are of different families, and this kernel allows one only"
    assert record.found.endswith(f", with CONFIG_{option}")
    assert record.fix == by_name("CC", "KCXX_C_COMPILER", "clang-19")


def test_c_compiler_of_another_major_version(check: Check) -> None:
    """It may do; what to type gets the partner where it is missing."""
    check.tools.remove("gcc-12")
    check.tools.compiler("gcc-13", version="13.2.0")
    check.warns(
        "c_compiler", "the C compiler is of another major version than the kernel's",
        f"gcc-13 is 13.2.0; the kernel was built by GCC 12 {TEXT}", "GCC 12", f"apt-get install gcc-12, then {CC_12}",
        "--cc", "gcc-13", "--cxx", "g++-12",
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
        "c++": "g++-12",
        "ccache g++-99": "g++-99",
        "aarch64-linux-gnu-g++": "g++-12-aarch64-linux-gnu",
        "icpx": "g++-12",
    }.items(),
)
def test_cxx_compiler_missing(command: str, package: str, check: Check) -> None:
    """What to type gets what is missing, or what goes with the kernel's."""
    outcome = check.fails(
        "cxx_compiler", "the C++ compiler is missing", f"no command '{command.split()[-1]}'",
        "g++-12, which goes with the compiler that built the kernel", f"apt-get install {package}", "--cxx", command,
    )  # fmt: skip
    for waiting in ("cxx_version", "cxx_family", "cxx_major", "standard_headers", "flags_accepted"):
        assert outcome.records[waiting].status == "unchecked"


def test_cxx_compiler_of_no_name(check: Check) -> None:
    """make CXX= names none."""
    kernel = check.prepare()
    flags = kernel.file("flags.sh", kernel.flags(CC="gcc-12", CXX=""))
    check.fails(
        "cxx_compiler", "the C++ compiler is missing", "no command ''",
        "g++-12, which goes with the compiler that built the kernel", "apt-get install g++-12", "--flags", flags,
    )  # fmt: skip


def test_cxx_compiler_that_kbuild_has_asked(check: Check) -> None:
    """What it is, is not asked again: here Kbuild says that the compiler is older than it says of itself."""
    check.kernel.facts["CXX_IDENTITY"] = "GCC|11.4.0|x86_64-linux-gnu|/usr/include/c++/12"
    check.fails(
        "cxx_version", "the C++ compiler is too old", "g++-12 is 11.4.0", "g++ 12.1.0 or newer",
        "apt-get install g++-12", also=("cxx_major",),
    )  # fmt: skip


def no_compiler(check: Check, says: str, command: str = "g++-12") -> Outcome:
    """@command is no compiler, and prints @says of itself."""
    return check.fails(
        "cxx_compiler", "this is no C++ compiler that kcxx knows",
        f"'{command}' does not preprocess C++; asked for its version, it says: {says}",
        "GCC or Clang", "apt-get install g++-12", "--cxx", command,
    )  # fmt: skip


def test_cxx_compiler_that_is_none(check: Check) -> None:
    """Something that ends well and says nothing"""
    check.tools.prints("g++-12", "")
    no_compiler(check, "nothing")


def test_cxx_compiler_that_fails(check: Check) -> None:
    """One line of three that it prints, at most"""
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


def test_cxx_compiler_of_another_family_still(check: Check) -> None:
    """Neither GCC nor Clang: it leaves the macros as they are."""
    check.tools.script("icc", 'case " $* " in *" -E "*) echo ;; *) echo "icc (ICC) 2021.10.0" ;; esac')
    no_compiler(check, "icc (ICC) 2021.10.0", "icc")


@applets
def test_cxx_compiler_that_hangs(check: Check) -> None:
    """Ten seconds for what it is, five for what it says."""
    check.tools.hangs("g++-12")
    check.hurry()
    no_compiler(check, "nothing, it does not end")
    assert check.longest_wait() <= 120


def test_cxx_compiler_that_may_not_be_run(check: Check) -> None:
    """A file without the right to be executed"""
    path = check.tools.directory / "my-g++"
    path.write_text("")
    outcome = check.run("--cxx", path)
    assert outcome.states("failed") == ["cxx_compiler"]
    assert outcome.blocks[0].problem == "the C++ compiler is missing"
    assert outcome.blocks[0].found == f"no command '{path}'"


def test_cxx_compiler_by_its_path(check: Check) -> None:
    """Anywhere in the file system"""
    path = check.tools.compiler("opt/gcc/bin/g++")
    check.passes("cxx_compiler", f"{path} (GCC 12.2.0)", "--cxx", path)


def test_cxx_compiler_of_several_words(check: Check) -> None:
    """A wrapper, and the compiler it runs"""
    check.tools.script("ccache", 'exec "$@"')
    check.passes("cxx_compiler", "ccache g++-12 (GCC 12.2.0)", "--cxx", "ccache g++-12")


@applets
def test_cxx_compiler_of_several_words_without_the_first(check: Check) -> None:
    """The wrapper is missing: who would have run it says so."""
    no_compiler(check, "timeout: failed to run command 'distcc': No such file or directory", "distcc g++-12")


@pytest.mark.parametrize(("command", "package"), {"g++": "g++-12", "clang++": "clang-19", "c++": "clang-19"}.items())
def test_cxx_compiler_missing_for_a_clang_kernel(command: str, package: str, check: Check) -> None:
    """Of the other family it is the oldest version that will do."""
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
    """What --version prints does not count, what the preprocessor says does."""
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
    """What no translation gives"""
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
    assert f"make $(sh {check.kbuild}/make-variables.sh --cxx g++-12 " in record.fix


def test_cxx_family_though_kbuild_does_not_answer(check: Check) -> None:
    """It is known by the configuration."""
    check.prepare().file("Makefile", "modules:\n\t@exit 1\n")
    outcome = check.run("--cxx", "g++-12")
    assert outcome.states("failed") == ["kbuild_answers"]
    assert outcome.records["cxx_family"].found == "GCC"
    assert outcome.records["cxx_major"].found == "12"


def test_cxx_major_other_than_the_kernels(check: Check) -> None:
    """It may do."""
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
    """It is a path as any other."""
    path = check.directory / "my headers"
    check.tools.headers.rename(path)
    headers(check, path)
    check.passes("standard_headers", str(path))


def test_standard_headers_by_a_link(check: Check) -> None:
    """Where a link leads to is what is named."""
    link = check.directory / "link"
    link.symlink_to(check.tools.headers)
    headers(check, link)
    check.passes("standard_headers", os.path.realpath(link))
