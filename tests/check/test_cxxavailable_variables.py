# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""make-variables.sh and kconfig-for-compiler.sh: the variables that make needs for kernels of other machines and compilers.
"""

from __future__ import annotations

import pytest

from fixtures.availability_check import Check
from fixtures.fake_kernel import ARCHES
from fixtures.repository import REPOSITORY

ARM64, RISCV64 = ARCHES["arm64"], ARCHES["riscv64"]
BY_CLANG = {"CC_IS_GCC": None, "GCC_VERSION": "0", "CC_IS_CLANG": "y", "CLANG_VERSION": "190107"}
TO_CLANG = {
    "CONFIG_CC_IS_CLANG": "y", "CONFIG_CLANG_VERSION": "190107", "CONFIG_CC_IS_GCC": "", "CONFIG_GCC_VERSION": "0",
    "CONFIG_CC_IMPLICIT_FALLTHROUGH": "-Wimplicit-fallthrough",
}  # fmt: skip
TO_GCC = {
    "CONFIG_CC_IS_GCC": "y", "CONFIG_GCC_VERSION": "120200", "CONFIG_CC_IS_CLANG": "", "CONFIG_CLANG_VERSION": "0",
    "CONFIG_CC_IMPLICIT_FALLTHROUGH": "-Wimplicit-fallthrough=5",
}  # fmt: skip
LLVM = {
    "LD": "ld.lld-19", "AR": "llvm-ar-19", "NM": "llvm-nm-19", "OBJCOPY": "llvm-objcopy-19",
    "OBJDUMP": "llvm-objdump-19", "READELF": "llvm-readelf-19", "STRIP": "llvm-strip-19",
}  # fmt: skip
CROSS_ARM64 = {"ARCH": "arm64", "CROSS_COMPILE": "aarch64-linux-gnu-"}
CROSS_RISCV64 = {"ARCH": "riscv", "CROSS_COMPILE": "riscv64-linux-gnu-"}


def variables(check: Check, *arguments: str, **options: str | None) -> dict[str, str]:
    """Returns the variables that are printed for a kernel with @options."""
    check.kernel.configure(**options)
    result = check.call(*arguments, check.prepare().directory, script="make-variables.sh")
    assert (result.returncode, result.stderr) == (0, "")
    return dict(line.split("=", 1) for line in result.stdout.splitlines())


def clang(check: Check, version: str = "19", *, lld: bool = True) -> None:
    """Clang of @version, and its linker and tools"""
    for language in ("clang", "clang++"):
        check.tools.compiler(f"{language}-{version}", family="Clang", version=f"{version}.1.7")
    if lld:
        for tool in ("ld.lld", "llvm-objcopy"):
            check.tools.prints(f"{tool}-{version}", "")


# The kernel's own compiler


def test_variables_of_a_kernel_of_this_machine(check: Check) -> None:
    """A kernel of this machine needs no variables."""
    assert variables(check) == {}


def test_variables_of_the_c_compiler_of_the_kernel(check: Check) -> None:
    """Naming the compiler that built the kernel changes nothing else."""
    assert variables(check, "--cc", "gcc-12", "--cxx", "g++-12") == {"CC": "gcc-12", "CXX": "g++-12"}


@pytest.mark.parametrize(("linker", "expected"), [("y", {"LLVM": "-19"}), (None, {"CC": "clang-19"})])
def test_variables_of_a_kernel_that_clang_built(linker: str | None, expected: dict[str, str], check: Check) -> None:
    """A kernel of Clang and LLD gets LLVM=; one of Clang and another linker gets CC= alone."""
    clang(check)
    assert variables(check, LD_IS_LLD=linker, **BY_CLANG) == expected


def test_variables_of_a_kernel_that_an_unversioned_clang_built(check: Check) -> None:
    """No clang-19: then it is called clang."""
    assert variables(check, LD_IS_LLD="y", **BY_CLANG) == {"LLVM": "1"}


# Another architecture


@pytest.mark.parametrize(("options", "cross"), [(ARM64, CROSS_ARM64), (RISCV64, CROSS_RISCV64)])
def test_variables_of_a_foreign_kernel(options: dict[str, str | None], cross: dict[str, str], check: Check) -> None:
    """The cross-compiler of the kernel's version is there."""
    check.tools.compiler(f"{cross['CROSS_COMPILE']}gcc-12")
    assert variables(check, **options) == cross


def test_variables_of_a_foreign_kernel_for_x86_64(check: Check) -> None:
    """On an arm64 machine"""
    check.tools.uname(machine="aarch64")
    check.tools.compiler("x86_64-linux-gnu-gcc-12")
    assert variables(check) == {"ARCH": "x86_64", "CROSS_COMPILE": "x86_64-linux-gnu-"}


def test_variables_of_a_foreign_kernel_by_another_gcc(check: Check) -> None:
    """The newest version is taken, by number and not by name; Kbuild gets CONFIG_GCC_VERSION, as it is older."""
    for version in (9, 10, 11):
        check.tools.compiler(f"aarch64-linux-gnu-gcc-{version}", version=f"{version}.2.0")
    check.tools.prints("aarch64-linux-gnu-gcc-ar-14", "")
    assert variables(check, **ARM64) == CROSS_ARM64 | {
        "CC": "aarch64-linux-gnu-gcc-11", "CONFIG_GCC_VERSION": "110200"
    }  # fmt: skip


def test_variables_of_a_foreign_kernel_by_clang(check: Check) -> None:
    """No GCC for it: Clang, with LLVM's tools"""
    clang(check)
    assert variables(check, **ARM64) == CROSS_ARM64 | LLVM | {"CC": "clang-19"} | TO_CLANG


def test_variables_of_a_foreign_kernel_by_clang_beside_other_tools(check: Check) -> None:
    """A Clang without LLVM tools of its version takes those of another."""
    clang(check)
    clang(check, "22", lld=False)
    expected = TO_CLANG | {"CONFIG_CLANG_VERSION": "220107"}
    assert variables(check, **ARM64) == CROSS_ARM64 | LLVM | {"CC": "clang-22"} | expected


def test_variables_of_a_foreign_kernel_without_a_compiler(check: Check) -> None:
    """If no compiler fits, CC is not printed: the check names the package."""
    assert variables(check, **ARM64) == CROSS_ARM64


# Another family


def test_variables_of_clang_for_a_kernel_that_gcc_built(check: Check) -> None:
    """The configuration's answers about GCC are replaced by those about Clang; without LLVM tools the others stay."""
    clang(check, lld=False)
    assert variables(check, "--cc", "clang-19") == {"CC": "clang-19"} | TO_CLANG


def test_variables_of_a_wrapped_clang(check: Check) -> None:
    """ccache clang-19 is Clang."""
    clang(check, lld=False)
    check.tools.script("ccache", 'exec "$@"')
    assert variables(check, "--cc", "ccache clang-19") == {"CC": "ccache clang-19"} | TO_CLANG


def test_variables_of_clang_tell_kbuild_what_gcc_alone_has(check: Check) -> None:
    """Instrumentation, plugins, false alarms, named address spaces; nothing of what is not configured."""
    clang(check, lld=False)
    options = ("KASAN", "KCSAN", "UBSAN", "KCOV", "GCOV_KERNEL", "GCC_PLUGINS", "CC_NO_ARRAY_BOUNDS", "CC_NO_STRINGOP_OVERFLOW")
    said = variables(check, "--cc", "clang-19", CC_HAS_NAMED_AS="y", **{option: "y" for option in options})
    expected = {f"CONFIG_{option}": "" for option in options} | {"CFLAGS_MODULE": f"-include{REPOSITORY}/kbuild/no-named-address-spaces.h"}
    assert said == {"CC": "clang-19"} | TO_CLANG | expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {"CONFIG_FTRACE_MCOUNT_USE_RECORDMCOUNT": "y"}),
        (
            {"HAVE_OBJTOOL_NOP_MCOUNT": "y"},
            {"CONFIG_FTRACE_MCOUNT_USE_OBJTOOL": "y", "CONFIG_HAVE_OBJTOOL_NOP_MCOUNT": ""},
        ),
    ],
)
def test_variables_of_clang_list_ftrace_entries(
    options: dict[str, str], expected: dict[str, str], check: Check
) -> None:
    """GCC lists them itself; for Clang objtool does, or recordmcount where objtool would make NOPs of them."""
    clang(check, lld=False)
    said = variables(check, "--cc", "clang-19", FTRACE_MCOUNT_USE_CC="y", **options)
    assert said == {"CC": "clang-19", "CONFIG_FTRACE_MCOUNT_USE_CC": ""} | TO_CLANG | expected


def test_variables_of_a_compiler_without_flags_of_the_kernel(check: Check) -> None:
    """Function alignment and the canary of RISC-V's tasks: what stands for flags that it does not take is taken back."""
    check.tools.compiler("riscv64-linux-gnu-gcc-11", version="11.2.0", status=1)
    protector = {"STACKPROTECTOR": "y", "STACKPROTECTOR_STRONG": "y", "STACKPROTECTOR_PER_TASK": "y"}
    said = variables(
        check, CC_HAS_MIN_FUNCTION_ALIGNMENT="y", CC_HAVE_STACKPROTECTOR_TLS="y", **protector, **RISCV64
    )
    assert said == CROSS_RISCV64 | {
        "CC": "riscv64-linux-gnu-gcc-11", "CONFIG_GCC_VERSION": "110200", "CONFIG_CC_HAS_MIN_FUNCTION_ALIGNMENT": "",
    } | {f"CONFIG_{option}": "" for option in protector}  # fmt: skip


def test_variables_of_gcc_for_a_kernel_that_clang_built(check: Check) -> None:
    """CXX= names the C++ compiler: C gets its partner."""
    clang(check)
    assert variables(check, "--cxx", "g++-12", **BY_CLANG) == {"CC": "gcc-12", "CXX": "g++-12"} | TO_GCC


@pytest.mark.parametrize("cxx", ["{bin}/g++-12", "ccache g++-12"])
def test_variables_of_a_partner(cxx: str, check: Check) -> None:
    """The partner is in the same directory, behind the same wrapper."""
    clang(check)
    cxx = cxx.format(bin=check.tools.directory)
    check.tools.script("ccache", 'exec "$@"')
    said = variables(check, "--cxx", cxx, **BY_CLANG)
    assert (said["CC"], said["CXX"]) == (cxx.replace("g++", "gcc"), cxx)


def test_variables_of_a_compiler_without_a_partner(check: Check) -> None:
    """A C++ compiler without a known partner leaves C with the kernel's own."""
    clang(check)
    assert variables(check, "--cxx", "mycxx", **BY_CLANG) == {"CC": "clang-19", "CXX": "mycxx"}


def test_variables_of_clang_beside_the_kernels_gcc(check: Check) -> None:
    """On x86-64 C stays with the compiler that built the kernel; elsewhere it goes with C++."""
    clang(check, lld=False)
    assert variables(check, "--cxx", "clang++-19") == {"CXX": "clang++-19"}
    check.tools.compiler("aarch64-linux-gnu-gcc-12")
    said = variables(check, "--cxx", "clang++-19", **ARM64)
    assert (said["CC"], said["CXX"]) == ("clang-19", "clang++-19")


def test_variables_of_clang_where_the_kernels_gcc_is_missing(check: Check) -> None:
    """CXX= names the C++ compiler: C gets its partner, though there is another GCC."""
    clang(check)
    check.tools.compiler("aarch64-linux-gnu-gcc-11", version="11.2.0")
    said = variables(check, "--cxx", "clang++-19", **ARM64)
    assert (said["CC"], said["CXX"]) == ("clang-19", "clang++-19")


@pytest.mark.parametrize("option", ["CFI_CLANG", "CFI", "KMSAN", "LTO_CLANG_THIN", "LTO_CLANG_FULL", "RANDSTRUCT"])
def test_variables_of_a_kernel_bound_to_its_family(option: str, check: Check) -> None:
    """No other C compiler is chosen for it: the check refuses the C++ compiler."""
    clang(check)
    said = variables(check, "--cxx", "g++-12", LD_IS_LLD="y", **BY_CLANG, **{option: "y"})
    assert said == {"LLVM": "-19", "CXX": "g++-12"}


def test_variables_of_no_compiler(check: Check) -> None:
    """A compiler that the user named is passed on: the check judges it."""
    check.tools.prints("gcc-12", "no compiler at all")
    assert variables(check, "--cc", "gcc-12") == {"CC": "gcc-12"}
