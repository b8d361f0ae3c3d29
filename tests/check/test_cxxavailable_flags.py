# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cxxavailable.sh on the kernel's flags, as a C++ compiler takes them; fake compilers."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.availability_check import Check, applets

PARTNER = "CXX=g++-12 for make, -DKCXX_CXX_COMPILER=g++-12 for CMake"
NEEDED = "all of them, as g++-12 knows them"


def report(check: Check) -> str:
    """Returns the remedy where the kernel compiler's partner fails."""
    script = check.kbuild / "cxxavailable.sh"
    return f"report it to kcxx with what this prints: sh {script} --kernel {check.kernel.directory} --verbose"


# flags_accepted


def test_flags_accepted(check: Check) -> None:
    """The check reports the number of flags."""
    check.kernel.facts["CXX_FLAGS"] = "-O2 -isystem /usr/include/c++/12 -mno-sse -DX='a b'"
    check.passes("flags_accepted", "4")


IGNORED = {
    "g++": (
        "cc1plus: warning: command-line option '-Wjump-misses-init' is valid for C/ObjC but not for C++\n",
        "-Wjump-misses-init",
    ),
    "clang++": (
        "warning: unknown warning option '-Wno-maybe-uninitialized'; did you mean '-Wno-uninitialized'? "
        "[-Wunknown-warning-option]\n"
        "clang++-19: warning: argument unused during compilation: '-mindirect-branch-register'\n",
        "-Wno-uninitialized -mindirect-branch-register",
    ),
}


@pytest.mark.parametrize(("says", "named"), IGNORED.values(), ids=IGNORED.keys())
def test_flags_accepted_but_for_some(says: str, named: str, check: Check) -> None:
    """Flags that the compiler ignores are named."""
    check.tools.compiler("g++-12", says=says)
    check.warns(
        "flags_accepted", "the C++ compiler passes over some of the kernel's flags", f"g++-12: {named}", NEEDED, report(check)
    )


def test_flags_accepted_with_warnings_of_other_things(check: Check) -> None:
    """A warning that names no flag is not reported as an ignored flag."""
    check.tools.compiler("g++-12", says="probe.cc:3: warning: unused variable 'x' [-Wunused]\n")
    check.passes("flags_accepted", "2")


REJECTED = {
    "g++": ("g++: error: unrecognized command-line option '-mharden-sls=all'\n", "-mharden-sls=all"),
    "clang++": (
        "clang++: error: unknown argument: '-mfunction-return=keep-it'\n"
        "clang++: error: unsupported option '-mabi=lp64' for target 'x86_64-pc-linux-gnu'\n",
        "-mabi=lp64 -mfunction-return=keep-it",
    ),
    "typographic": ("g++: error: unrecognized command line option ‘-mfentry’\n", None),
    "no option": ("probe.cc:5:10: fatal error: expected: No such file or directory\n", None),
    "German": ("g++: Fehler: nicht erkannte Kommandozeilenoption »-mfentry«\n", None),
    "silent": ("", "it fails, and prints nothing"),
}


@pytest.mark.parametrize(("says", "named"), REJECTED.values(), ids=REJECTED.keys())
def test_flags_accepted_not(says: str, named: str | None, check: Check) -> None:
    """Flags that the compiler refuses are named; if there are none, the error is shown."""
    check.tools.compiler("g++-12", says=says, status=1, only_with="-std=gnu++23")
    shown = named or "".join(c if c.isascii() else "?" * len(c.encode()) for c in says.strip())
    outcome = check.fails(
        "flags_accepted", "the C++ compiler does not take the kernel's flags", f"g++-12: {shown}", NEEDED, report(check)
    )
    assert outcome.records["machine"] == ("unchecked", None, "waits for flags_accepted", None, None)
    assert outcome.records["red_zone"] == ("unchecked", None, "waits for machine", None, None)


def test_flags_accepted_not_and_the_partner_missing(check: Check) -> None:
    """If the kernel compiler's partner is missing, the remedy installs it first."""
    check.tools.remove("g++-12")
    text = "g++: error: unrecognized command-line option '-mfentry'\n"
    check.tools.compiler("g++", version="13.2.0", says=text, status=1)
    check.fails(
        "flags_accepted", "the C++ compiler does not take the kernel's flags", "g++: -mfentry", NEEDED,
        f"apt-get install g++-12, then {PARTNER}", "--cxx", "g++", also=("cxx_major",),
    )  # fmt: skip


@applets
def test_flags_accepted_never(check: Check) -> None:
    """A compiler that hangs on them is given a minute."""
    compiler = check.tools.compiler("g++-12")
    compiler.write_text(compiler.read_text().replace("*' -c '*)", "*' -std=gnu++23 '*) exec sleep 600 ;;\n*' -c '*)"))
    check.hurry()
    check.fails(
        "flags_accepted", "the C++ compiler does not take the kernel's flags", "g++-12: it fails, and prints nothing",
        NEEDED, report(check),
    )  # fmt: skip
    assert check.longest_wait() <= 120


BROKEN = {
    "ccache": (
        "ccache: error: Failed to create directory /nonexistent/.cache/ccache/tmp: Permission denied",
        "ccache cannot run the {which} compiler", "a directory that ccache can write",
        "CCACHE_DIR=<such a directory> in the environment, or leave ccache out of CC, CXX and PATH",
    ),
    "target": (
        "error: unable to create target: 'No available targets are compatible with triple \"x86_64\"'",
        "the {which} compiler makes no code for the kernel's architecture",
        "a compiler for x86_64: {own}, or a Clang that was built with this target", "{name}",
    ),
    "disk": (
        "error: unable to make temporary file: No space left on device",
        "the {which} compiler cannot write its temporary files", "a directory with room for them",
        "TMPDIR=<such a directory> in the environment",
    ),
    "memory": (
        "fatal error: Killed signal terminated program cc1plus", "the {which} compiler runs out of memory",
        "memory for a compiler", "end other programs, or give this machine or container more memory",
    ),
    "assembler": (
        "fatal error: cannot execute 'as': execvp: No such file or directory",
        "the {which} compiler does not compile an empty file", "a compiler that works: {own}, or another",
        "apt-get install {own}, and {name}",
    ),
    "silent": (
        "it fails, and prints nothing", "the {which} compiler does not compile an empty file",
        "a compiler that works: {own}, or another", "apt-get install {own}, and {name}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["C", "C++"])
@pytest.mark.parametrize(("says", "problem", "needed", "fix"), BROKEN.values(), ids=BROKEN.keys())
def test_compiler_that_does_not_compile_anything(
    says: str, problem: str, needed: str, fix: str, language: str, check: Check
) -> None:
    """A fault of neither the kernel's flags nor kcxx is reported once, without the failures that follow from it."""
    name, own, wanted = {
        "C": ("c_compiler", "gcc-12", "CC=gcc-12 for make, -DKCXX_C_COMPILER=gcc-12 for CMake"),
        "C++": ("flags_accepted", "g++-12", PARTNER),
    }[language]
    check.tools.compiler(own, says="" if says.startswith("it ") else says, status=1)
    known = {"which": language, "own": own, "name": wanted}
    check.fails(name, problem.format(**known), f"{own}: {says}", needed.format(**known), fix.format(**known))


def test_compilers_by_a_ccache_that_writes_elsewhere(check: Check) -> None:
    """Kbuild, which asks the compilers for their flags, gets the directory that ccache may write as well."""
    check.tools.script("ccache", '[ -n "$CCACHE_DIR" ] || { echo "ccache: error: no home" >&2; exit 1; }\nexec "$@"')
    kernel = check.prepare()
    # Before the answer is written: without the variable there is none.
    kernel.file("Makefile", (kernel / "Makefile").read_text().replace("modules:\n", 'modules:\n\t@test -n "$$CCACHE_DIR"\n'))
    check.environment["CCACHE_DIR"] = str(check.directory / "ccache")
    check.passes("cxx_compiler", "ccache g++-12 (GCC 12.2.0)", "--cc", "ccache gcc-12")


# Who has to act on a failure

FAULTS = "g++: error: unrecognized command-line option '-mfentry'\n"


def of_module(check: Check, *, bad: str) -> Path:
    """Returns Kbuild's answer for a module that adds the flag @bad, which g++-12 does not take."""
    check.tools.compiler("g++-12", says=FAULTS, status=1, only_with=bad)
    kernel = check.prepare()
    return kernel.file("asked.sh", kernel.flags(CC="gcc-12", CXX="g++-12", CXX_FLAGS=f"-O2 {bad}", CONFIGURED_FAMILY="GCC"))


MODULE = (
    "leave the kernel's flags as they are, in the Kbuild file and on make's command line: "
    "no ccflags-remove-y, KCFLAGS, KCPPFLAGS that changes them"
)


def test_flags_accepted_but_for_the_modules_own(check: Check) -> None:
    """An empty module is compiled by the same compilers: the flag is the module's."""
    flags = of_module(check, bad="-mfentry")
    check.fails(
        "flags_accepted", "the C++ compiler does not take the kernel's flags", "g++-12: -mfentry", NEEDED, MODULE, "--flags", flags
    )


def test_flags_accepted_not_by_c_but_for_the_modules_own(check: Check) -> None:
    """A bad flag of the module's C is the module's as well."""
    check.tools.compiler("gcc-12", says="gcc: error: unrecognized command-line option '-mfentry'\n", status=1, only_with="-mfentry")
    kernel = check.prepare()
    flags = kernel.file("asked.sh", kernel.flags(CC="gcc-12", CXX="g++-12", C_FLAGS="-mfentry", CONFIGURED_FAMILY="GCC"))
    check.fails(
        "c_compiler", "the C compiler does not take the kernel's flags", "gcc-12: -mfentry",
        "all of them, as gcc-12 12.2.0 knows them", MODULE, "--flags", flags,
    )  # fmt: skip


def test_flags_accepted_not_for_an_empty_module_either(check: Check) -> None:
    """If the kernel's flags alone fail, the failure is not the module's."""
    flags = of_module(check, bad="-O2")
    check.fails(
        "flags_accepted", "the C++ compiler does not take the kernel's flags", "g++-12: -mfentry", NEEDED, report(check),
        "--flags", flags,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["C", "C++"])
def test_flags_accepted_but_for_an_argument(language: str, check: Check) -> None:
    """The compiler was named with an argument that does not go with the kernel's flags."""
    own, option, name, problem, needed, variable = {
        "C": ("gcc-12", "--cc", "c_compiler", "the C compiler", "gcc-12 12.2.0", "CC=gcc-12 for make, -DKCXX_C_COMPILER=gcc-12"),
        "C++": ("g++-12", "--cxx", "flags_accepted", "the C++ compiler", "g++-12", "CXX=g++-12 for make, -DKCXX_CXX_COMPILER=g++-12"),
    }[language]
    compiler = check.tools.compiler(own, says=FAULTS, status=1, only_with="-m32")
    compiler.write_text(compiler.read_text().replace("*' -c '*)", "*' -x '*) ;;\n*' -c '*)"))
    outcome = check.run(option, f"{own} -m32", *(("--cxx", "g++-12") if language == "C" else ()))
    assert outcome.records[name] == (
        "failed", f"{problem} does not take the kernel's flags", f"{own} -m32: -mfentry",
        f"all of them, as {needed} knows them", f"leave '-m32' out: {variable} for CMake",
    )  # fmt: skip


def test_flags_accepted_not_by_a_compiler_older_than_the_kernels(check: Check) -> None:
    """If the compiler has the kernel's major version and a lower minor one, the remedy is the kernel's version."""
    check.tools.compiler("g++-12", version="12.1.0", says=FAULTS, status=1, only_with="-std=gnu++23")
    check.fails(
        "flags_accepted", "the C++ compiler does not take the kernel's flags", "g++-12: -mfentry", NEEDED,
        "apt-get install g++-12, 12.2.0 or newer: the kernel was built by that version",
    )  # fmt: skip


def test_flags_accepted_but_for_the_c_compilers(check: Check) -> None:
    """Kbuild derives the flags from a C compiler of another version: with the kernel's own they are right."""
    check.tools.compiler("gcc-13", version="13.2.0")
    check.kernel.facts["CXX_FLAGS"] = "-O2 -DCC=@CC@"
    check.tools.compiler("g++-12", says=FAULTS, status=1, only_with="-DCC=gcc-13")
    check.fails(
        "flags_accepted", "the C++ compiler does not take the kernel's flags", "g++-12: -mfentry", NEEDED,
        "CC=gcc-12 for make, -DKCXX_C_COMPILER=gcc-12 for CMake", "--cc", "gcc-13", "--cxx", "g++-12", also=("c_compiler",),
    )  # fmt: skip


# flags_dropped

DROPPED = {
    "-O2 -std=gnu11 -Wstrict-prototypes": (
        "2 of them: -std=gnu11 (C's standard; ours is below), "
        "-Wstrict-prototypes (C only: in C++ () means (void)); and the paths of C headers"
    ),
    "-O2": "0 of them; and the paths of C headers",
    "-O2 -I/usr/src/include -include /usr/src/kconfig.h -nostdinc -nostdinc": (
        "1 of them: -nostdinc (no reason given); and the paths of C headers"
    ),
}


@pytest.mark.parametrize(("flags", "said"), DROPPED.items())
def test_flags_dropped(flags: str, said: str, check: Check) -> None:
    """Each dropped flag is named once, with its reason."""
    check.kernel.facts["C_FLAGS"] = flags
    check.passes("flags_dropped", said)


# machine


@pytest.mark.parametrize(
    ("arch", "options", "triplet", "package"),
    [
        ("arm64", {"ARM64": "y"}, "aarch64-linux-gnu", "g++-12-aarch64-linux-gnu"),
        ("riscv64", {"RISCV": "y", "ARCH_RV64I": "y"}, "riscv64-linux-gnu", "g++-12-riscv64-linux-gnu"),
    ],
)
@applets
def test_machine_other_than_the_kernels(
    arch: str, options: dict[str, str], triplet: str, package: str, check: Check
) -> None:
    """A compiler for the machine it runs on"""
    check.kernel.configure(X86_64=None, **options)
    for name in ("gcc-12", "g++-12"):
        check.tools.compiler(f"{triplet}-{name}")
    outcome = check.fails(
        "machine", "the C++ compiler makes code for another machine", f"{triplet}-g++-12: x86_64", arch,
        f"apt-get install {package}",
    )  # fmt: skip
    assert outcome.records["floating_point"].found == "waits for machine"


def test_machine_other_than_the_kernels_of_another_compiler(check: Check) -> None:
    """The partner of the kernel's compiler has the right one."""
    check.tools.compiler("my-g++", machine="i386")
    check.fails(
        "machine", "the C++ compiler makes code for another machine", "my-g++: i386", "x86_64", PARTNER, "--cxx", "my-g++"
    )


@pytest.mark.parametrize("machine", ["i386", "s390x", "none"])
def test_machine_of_no_kernel(machine: str, check: Check) -> None:
    """32 bits, big-endian, or no object at all"""
    compiler = check.tools.compiler("g++-12", machine={"i386": "i386"}.get(machine, "x86_64"))
    text = compiler.read_text()
    if machine == "s390x":
        text = text.replace(r"\2\1\1", r"\2\2\1").replace(r"\1\0\76\0", r"\0\1\0\26")
    elif machine == "none":
        text = text.replace(r"\177ELF", "BC")
    compiler.write_text(text)
    found = {"i386": "i386", "s390x": "machine 0x0016", "none": "no program"}[machine]
    check.fails(
        "machine", "the C++ compiler makes code for another machine", f"g++-12: {found}", "x86_64",
        "apt-get install g++-12",
    )  # fmt: skip


@pytest.mark.parametrize("said", ["", "objdump: probe.o: file format not recognized\n", "\nprobe.o: file format elf64-little\n"])
def test_machine_that_objdump_does_not_read(said: str, check: Check) -> None:
    """An object that objdump cannot read passes none of the checks of objects."""
    check.tools.prints("objdump", said, 1)
    outcome = check.fails(
        "machine", "objdump does not read what the C++ compiler makes",
        "objdump finds no function in an object for x86_64", "an objdump for x86_64",
        "OBJDUMP=<one that does> for make, or CROSS_COMPILE=",
    )  # fmt: skip
    for name in ("static_constructors", "red_zone", "floating_point"):
        assert outcome.records[name] == ("unchecked", None, "waits for machine", None, None)
