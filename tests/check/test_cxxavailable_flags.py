# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cxxavailable.sh on the kernel's flags, and what a C++ compiler makes of them; fake compilers."""

from __future__ import annotations

import pytest

from availability_check import Check, applets

PARTNER = "CXX=g++-12 for make, -DKCXX_CXX_COMPILER=g++-12 for CMake"
NEEDED = "all of them, as g++-12 knows them"


def report(check: Check) -> str:
    """What to type where it is the partner that fails"""
    script = check.kbuild / "cxxavailable.sh"
    return f"report it to kcxx with what this prints: sh {script} --kernel {check.kernel.directory} --verbose"


# flags_accepted


def test_flags_accepted(check: Check) -> None:
    """How many they are"""
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
    """Those that are passed over are named."""
    check.tools.compiler("g++-12", says=says)
    check.warns(
        "flags_accepted", "the C++ compiler passes over some of the kernel's flags", f"g++-12: {named}", NEEDED, report(check)
    )


def test_flags_accepted_with_warnings_of_other_things(check: Check) -> None:
    """A warning that names no flag is none of these."""
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
    "silent": ("", "it fails, and says nothing"),
}


@pytest.mark.parametrize(("says", "named"), REJECTED.values(), ids=REJECTED.keys())
def test_flags_accepted_not(says: str, named: str | None, check: Check) -> None:
    """Those that are refused are named, or the error is shown."""
    check.tools.compiler("g++-12", says=says, status=1)
    shown = named or "".join(c if c.isascii() else "?" * len(c.encode()) for c in says.strip())
    outcome = check.fails(
        "flags_accepted", "the C++ compiler does not take the kernel's flags", f"g++-12: {shown}", NEEDED, report(check)
    )
    assert outcome.records["machine"] == ("unchecked", None, "waits for flags_accepted", None, None)
    assert outcome.records["red_zone"] == ("unchecked", None, "waits for machine", None, None)


def test_flags_accepted_not_and_the_partner_missing(check: Check) -> None:
    """What to type gets it first."""
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
    compiler.write_text(compiler.read_text().replace("*' -c '*)", "*' -c '*) exec sleep 600"))
    check.hurry()
    check.fails(
        "flags_accepted", "the C++ compiler does not take the kernel's flags", "g++-12: it fails, and says nothing",
        NEEDED, report(check),
    )  # fmt: skip
    assert check.longest_wait() <= 120


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
    """Each is named once, with its reason."""
    check.kernel.facts["C_FLAGS"] = flags
    check.passes("flags_dropped", said)


# machine


@pytest.mark.parametrize(
    ("arch", "options", "triplet", "package"),
    [
        ("arm64", {"ARM64": "y"}, "aarch64-linux-gnu", "g++-12-aarch64-linux-gnu"),
        ("riscv64", {"RISCV": "y"}, "riscv64-linux-gnu", "g++-12-riscv64-linux-gnu"),
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
        "apt-get install g++-12-x86-64-linux-gnu",
    )  # fmt: skip


@pytest.mark.parametrize("said", ["", "objdump: probe.o: file format not recognized\n", "\nprobe.o: file format elf64-little\n"])
def test_machine_that_objdump_does_not_read(said: str, check: Check) -> None:
    """Of an object that nobody reads nothing is well."""
    check.tools.prints("objdump", said, 1)
    outcome = check.fails(
        "machine", "objdump does not read what the C++ compiler makes",
        "objdump finds no function in an object for x86_64", "an objdump for x86_64",
        "OBJDUMP=<one that does> for make, or CROSS_COMPILE=",
    )  # fmt: skip
    for name in ("static_constructors", "red_zone", "floating_point"):
        assert outcome.records[name] == ("unchecked", None, "waits for machine", None, None)
