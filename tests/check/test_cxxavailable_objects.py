# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cxxavailable.sh on the object that a real compiler makes: a flag that is missing shows in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from fixtures.availability_check import Check
from fixtures.axes import axis
from fixtures.commands import must, run
from fixtures.fake_compiler import found


@dataclass(frozen=True)
class Target:
    """A compiler, and the kernel it makes an object for."""

    compiler: str
    options: dict[str, str | None]
    flags: str
    target: str = ""
    family: str = "GCC"
    version: str = "12.2.0"
    programs: dict[str, str] = field(default_factory=dict)


COMMON = "-nostdinc -std=gnu++23 -ffreestanding -fno-exceptions -fno-rtti -fno-PIE -O2 -fstack-protector-strong"
CLANG: dict[str, str | None] = {"CC_IS_GCC": None, "GCC_VERSION": "0", "CC_IS_CLANG": "y", "CLANG_VERSION": "190107"}
TARGETS = {
    "x86_64": Target(
        "g++-12",
        {
            "STACKPROTECTOR": "y", "STACKPROTECTOR_STRONG": "y", "MITIGATION_RETPOLINE": "y", "MITIGATION_RETHUNK": "y",
            "MITIGATION_SLS": "y", "X86_KERNEL_IBT": "y", "FUNCTION_TRACER": "y", "CALL_PADDING": "y",
            "FUNCTION_PADDING_BYTES": "16",
        },
        f"{COMMON} -m64 -mcmodel=kernel -mno-red-zone -mno-sse -mno-mmx -mno-sse2 -mno-80387 -mno-fp-ret-in-387 "
        "-mstack-protector-guard-reg=gs -mstack-protector-guard-symbol=__stack_chk_guard -fcf-protection=branch "
        "-fno-jump-tables -mindirect-branch=thunk-extern -mindirect-branch-register -mfunction-return=thunk-extern "
        "-mharden-sls=all -fpatchable-function-entry=16,16 -pg -mfentry",
    ),
    "arm64": Target(
        "aarch64-linux-gnu-g++-12",
        {
            "X86_64": None, "ARM64": "y", "STACKPROTECTOR": "y", "ARM64_BTI_KERNEL": "y", "ARM64_PTR_AUTH_KERNEL": "y",
            "SHADOW_CALL_STACK": "y", "FUNCTION_TRACER": "y",
        },
        f"{COMMON} -mgeneral-regs-only -mbranch-protection=pac-ret+bti -ffixed-x18 -fsanitize=shadow-call-stack "
        "-fpatchable-function-entry=4,2",
    ),
    "riscv64": Target(
        "riscv64-linux-gnu-g++-12",
        {"X86_64": None, "RISCV": "y", "ARCH_RV64I": "y", "STACKPROTECTOR": "y", "FUNCTION_TRACER": "y"},
        f"{COMMON} -march=rv64imac -mabi=lp64 -mcmodel=medany -fpatchable-function-entry=8",
    ),
    "x86_64 by Clang": Target(
        "clang++-19",
        CLANG | {"STACKPROTECTOR": "y", "CFI_CLANG": "y", "MITIGATION_RETPOLINE": "y", "MITIGATION_RETHUNK": "y"},
        f"{COMMON} -m64 -mcmodel=kernel -mno-red-zone -mno-sse -mno-mmx -mno-80387 -fsanitize=kcfi "
        "-mstack-protector-guard=global -mretpoline-external-thunk -mfunction-return=thunk-extern",
        family="Clang",
        version="19.1.7",
    ),
    "arm64 by Clang": Target(
        "clang++-19",
        CLANG | {"X86_64": None, "ARM64": "y", "STACKPROTECTOR": "y", "CFI_CLANG": "y"},
        f"{COMMON} --target=aarch64-linux-gnu -mgeneral-regs-only -fsanitize=kcfi",
        target="--target=aarch64-linux-gnu",
        family="Clang",
        version="19.1.7",
    ),
    "riscv64 by Clang": Target(
        "clang++-19",
        CLANG | {"X86_64": None, "RISCV": "y", "ARCH_RV64I": "y", "SHADOW_CALL_STACK": "y", "CFI_CLANG": "y"},
        f"{COMMON} --target=riscv64-linux-gnu -march=rv64imac -mabi=lp64 -fsanitize=shadow-call-stack -fsanitize=kcfi",
        target="--target=riscv64-linux-gnu",
        family="Clang",
        version="19.1.7",
    ),
}  # fmt: skip

OBJDUMPS = {
    "arm64": "aarch64-linux-gnu-objdump",
    "riscv64": "riscv64-linux-gnu-objdump",
    "arm64 by Clang": "aarch64-linux-gnu-objdump",
    "riscv64 by Clang": "riscv64-linux-gnu-objdump",
}


def prepare(check: Check, name: str, objdump: str, without: str = "", plus: str = "", **options: str | None) -> Target:
    """Makes @check one of target @name with real tools, less the flags @without, with @plus and @options."""
    target = TARGETS[name]
    check.kernel.configure(**target.options | options)
    check.tools.link(target.compiler)
    check.tools.link("as")
    cc = re.sub(r"clang\+\+", "clang", target.compiler).replace("g++", "gcc")
    check.tools.compiler(cc, family=target.family, version=target.version)
    objdump = OBJDUMPS.get(name, "objdump") if objdump == "GNU" else "llvm-objdump-19"
    check.tools.link(objdump)
    identity = must(
        run("sh", check.kbuild / "compiler-identity.sh", "c++", target.compiler, *([target.target] if target.target else []))
    )
    includes = " ".join(f"-isystem {path}" for path in identity.strip().split("|")[3:])
    flags = [flag for flag in target.flags.split() if flag not in without.split()]
    assert len(flags) == len(target.flags.split()) - len(without.split())
    check.kernel.facts |= {
        "CC": cc,
        "CXX": target.compiler,
        "CXX_TARGET": target.target,
        "OBJDUMP": objdump,
        "CXX_FLAGS": f"{' '.join(flags)} -isystem {check.kbuild}/include/freestanding {includes} {plus}",
    }
    return target


BOTH = pytest.mark.parametrize("objdump", ["GNU", "llvmobjdump"])


@BOTH
@pytest.mark.parametrize("name", TARGETS)
def test_object_by_every_flag(name: str, objdump: str, check: Check) -> None:
    """With all the kernel's flags the object is as the kernel wants it."""
    prepare(check, name, objdump)
    outcome = check.run("--verbose")
    assert outcome.stderr == ""
    assert outcome.states("failed", "warning", "unchecked") == []


@dataclass(frozen=True)
class Missing:
    """A flag that is missing, the check that fails for it, and the texts of its report."""

    check: str
    problem: str
    found: str
    needed: str
    without: str = ""
    plus: str = ""
    options: dict[str, str | None] = field(default_factory=dict)
    target: str = "x86_64"


MISSING = {
    "-mno-red-zone": Missing(
        "red_zone", "the C++ compiler uses the red zone", r"\d+ accesses below %rsp", "none (-mno-red-zone)",
        "-mno-red-zone",
    ),
    "-mno-sse": Missing(
        "floating_point", "the C++ compiler uses floating-point or vector registers", r"\d+ instructions", "none",
        "-mno-sse -mno-sse2", "-msse2",
    ),
    "-fstack-protector-strong": Missing(
        "stack_protector", "the C++ compiler does not protect the stack", "no call of __stack_chk_fail",
        "-fstack-protector-strong", "-fstack-protector-strong",
    ),
    "-mstack-protector-guard-reg": Missing(
        "stack_protector", "the C++ compiler reads the canary of user space", r"\d+ accesses to %fs",
        "the kernel's canary", "-mstack-protector-guard-reg=gs -mstack-protector-guard-symbol=__stack_chk_guard",
        "-mstack-protector-guard-reg=fs",
    ),
    "-mindirect-branch": Missing(
        "retpolines", "calls through pointers have no retpoline", r"[12] bare, 0 through __x86_indirect_thunk_\*",
        "all through thunks", "-mindirect-branch=thunk-extern",
    ),
    "-mfunction-return": Missing(
        "return_thunks", "functions return without the thunk", r"\d+ bare, 0 through __x86_return_thunk",
        "all through the thunk", "-mfunction-return=thunk-extern",
    ),
    "-mharden-sls": Missing(
        "sls", "jumps are not hardened against straight-line speculation", r"\d+ without int3",
        "int3 after each (-mharden-sls=all)",
        "-mharden-sls=all -mfunction-return=thunk-extern -mindirect-branch=thunk-extern",
        options={"MITIGATION_RETPOLINE": None, "MITIGATION_RETHUNK": None},
    ),
    "-fcf-protection": Missing(
        "ibt", "functions do not begin with ENDBR", r"(\d+) of \1 without", "all (-fcf-protection=branch)",
        "-fcf-protection=branch",
    ),
    "-mfentry": Missing(
        "ftrace", "functions lack ftrace's entry", r"\d+ of \d+ without", "all",
        "-pg -mfentry -fpatchable-function-entry=16,16", options={"CALL_PADDING": None},
    ),
    "-fpatchable-function-entry": Missing(
        "call_padding", "functions lack the padding before them", "no __patchable_function_entries",
        "16 bytes (-fpatchable-function-entry)", "-fpatchable-function-entry=16,16",
    ),
    "-fsanitize=kcfi": Missing(
        "kcfi", "calls through pointers compare no kCFI types", "no trap for another type", "-fsanitize=kcfi", "-fsanitize=kcfi",
        target="x86_64 by Clang",
    ),
    "-fsanitize=kcfi on arm64": Missing(
        "kcfi", "calls through pointers compare no kCFI types", "no trap for another type", "-fsanitize=kcfi", "-fsanitize=kcfi",
        target="arm64 by Clang",
    ),
    "-fsanitize=kcfi on riscv64": Missing(
        "kcfi", "calls through pointers compare no kCFI types", "no trap for another type", "-fsanitize=kcfi", "-fsanitize=kcfi",
        target="riscv64 by Clang",
    ),
    "a constructor": Missing(
        "static_constructors", "the C++ compiler makes static constructors of its own", ".init_array", "none",
        plus="-include {directory}/constructor.h",
    ),
    "-mgeneral-regs-only": Missing(
        "floating_point", "the C++ compiler uses floating-point or vector registers", r"\d+ instructions", "none",
        "-mgeneral-regs-only", target="arm64",
    ),
    "-mbranch-protection=bti": Missing(
        "bti", "functions do not begin with BTI", r"\d+ of \d+ without", "all (-mbranch-protection)",
        "-mbranch-protection=pac-ret+bti", "-mbranch-protection=pac-ret", target="arm64",
    ),
    "-mbranch-protection=pac-ret": Missing(
        "pac", "return addresses are not signed", "no PACIASP", "-mbranch-protection=pac-ret",
        "-mbranch-protection=pac-ret+bti", "-mbranch-protection=bti", target="arm64",
    ),
    "-fsanitize=shadow-call-stack": Missing(
        "shadow_call_stack", "the shadow call stack is not used", "no push of the return address",
        "-fsanitize=shadow-call-stack", "-fsanitize=shadow-call-stack", target="arm64",
    ),
    "-fpatchable-function-entry of arm64": Missing(
        "ftrace", "functions lack ftrace's entry", r"(\d+) of \d+ without", "all", "-fpatchable-function-entry=4,2",
        target="arm64",
    ),
    "-march without d": Missing(
        "floating_point", "the C++ compiler uses floating-point or vector registers", r"\d+ instructions", "none",
        "-march=rv64imac -mabi=lp64", "-march=rv64gc -mabi=lp64d -include {directory}/floating.h", target="riscv64",
    ),
    "-fsanitize=shadow-call-stack of riscv64": Missing(
        "shadow_call_stack", "the shadow call stack is not used", "no push of the return address",
        "-fsanitize=shadow-call-stack", "-fsanitize=shadow-call-stack", target="riscv64 by Clang",
    ),
}  # fmt: skip


@pytest.mark.parametrize("objdump", axis("GNU", every=("llvmobjdump",)))
@pytest.mark.parametrize("flag", MISSING)
def test_object_without(flag: str, objdump: str, check: Check) -> None:
    """Only the check of this flag fails; both formats of objdump give the same result."""
    missing = MISSING[flag]
    (check.directory / "constructor.h").write_text("struct S { S(); }; static S object;\n")
    (check.directory / "floating.h").write_text("inline double twice(double x) { return x * 2; }\ndouble (*kept)(double) = twice;\n")
    plus = missing.plus.format(directory=check.directory)
    target = prepare(check, missing.target, objdump, missing.without, plus, **missing.options)
    outcome = check.run()
    assert outcome.states("failed", "warning", "unchecked") == [missing.check]
    record = outcome.records[missing.check]
    assert record.problem == missing.problem
    assert record.found and re.fullmatch(rf"{re.escape(target.compiler)}: {missing.found}", record.found)
    assert record.needed == missing.needed
    assert record.fix
    assert outcome.blocks == [record[1:]]


def test_object_without_the_canary_of_a_task(check: Check) -> None:
    """If the C compiler cannot address the kernel's canary, C and C++ go without stack protection, and a warning
    reports it.
    """
    prepare(check, "riscv64 by Clang", "GNU", "-fstack-protector-strong", STACKPROTECTOR="y", CLANG_VERSION="200108")
    check.kernel.facts["C_FLAGS"] += " -fno-stack-protector"
    check.warns(
        "stack_protector", "the module's stacks are not protected: clang-19 cannot read the canary of this kernel",
        "clang-19 lacks -mstack-protector-guard as riscv64 needs it",
        "the partner of the kernel's compiler, clang++-20, or Clang 20 or newer",
        "apt-get install clang-20, then CXX=clang++-20 for make, -DKCXX_CXX_COMPILER=clang++-20 for CMake",
        also=("c_compiler", "cxx_major"),
    )  # fmt: skip


@pytest.mark.parametrize("option", ["CONSTRUCTORS", None])
def test_object_of_sanitizers(option: str | None, check: Check) -> None:
    """Only a kernel that runs constructors may be given them."""
    (check.directory / "constructor.h").write_text("struct S { S(); }; static S object;\n")
    prepare(check, "x86_64", "GNU", plus=f"-include {check.directory}/constructor.h", **({option: "y"} if option else {}))
    assert check.run().status == (0 if option else 1)


def test_object_with_signed_return_addresses_for_the_shadow_stack(check: Check) -> None:
    """An arm64 kernel with UNWIND_PATCH_PAC_INTO_SCS patches signing into shadow call stacks: signed addresses count.
    """
    prepare(check, "arm64", "GNU", "-fsanitize=shadow-call-stack", UNWIND_PATCH_PAC_INTO_SCS="y")
    assert check.run().records["shadow_call_stack"].found == "in use"


def test_object_that_the_host_objdump_does_not_read(check: Check) -> None:
    """An objdump of x86-64 alone finds no function for arm64."""
    prepare(check, "arm64", "GNU")
    path = found("objdump")
    if "aarch64" in must(run(path, "-i")):
        pytest.skip("this one reads it")
    check.tools.link("aarch64-linux-gnu-objdump", path)
    assert check.run().states("failed") == ["machine"]


def test_object_for_an_architecture_that_kcxx_does_not_read(check: Check) -> None:
    """An architecture without a reader of its instructions passes none of the checks of objects: nothing would be found."""
    prepare(check, "x86_64", "GNU")
    check.tools.script("objdump", f'{found("objdump")} "$@" | sed s/elf64-x86-64/elf64-loongarch/')
    outcome = check.run()
    assert outcome.states("failed") == ["machine"]
    assert outcome.records["machine"].problem == "kcxx cannot check code for this architecture"
    assert outcome.records["floating_point"].status == "unchecked"
