# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The oracle of mitigations distinguishes code with a mitigation from code without, and kcxx inspect agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.inspected import ARM64, FUNCTIONS, QUIET, RISCV64, X86, Arch, module
from fixtures.mitigation_oracle import Code

GUARDED = "-fstack-protector-strong"

# By architecture and flags: the presence of each mitigation
CASES = [
    (X86, (), {"retpolines": "no", "return-thunks": "no", "ibt": "no", "sls": "no", "stack-protector": "unknown"}),
    (
        X86,
        (
            "-mfunction-return=thunk-extern", "-mindirect-branch=thunk-extern", "-mindirect-branch-register",
            "-fcf-protection=branch", GUARDED, "-mstack-protector-guard=global",
        ),
        {"retpolines": "yes", "return-thunks": "yes", "ibt": "yes", "sls": "yes", "stack-protector": "yes"},
    ),
    (X86, ("-mharden-sls=all",), {"sls": "yes", "return-thunks": "no"}),
    (ARM64, (), {"bti": "no", "pac": "no", "stack-protector": "unknown"}),
    (ARM64, ("-mbranch-protection=pac-ret",), {"bti": "no", "pac": "yes"}),
    (ARM64, ("-mbranch-protection=bti", GUARDED), {"bti": "yes", "pac": "no", "stack-protector": "yes"}),
    (RISCV64, (), {"stack-protector": "unknown"}),
    (RISCV64, (GUARDED,), {"stack-protector": "yes", "ftrace-entries": "no"}),
]  # fmt: skip


@pytest.mark.parametrize(("arch", "flags", "presence"), CASES)
def test_mitigation_is_read_off_the_disassembly(
    arch: Arch, flags: tuple[str, ...], presence: dict[str, str], kcxx: Path, tmp_path: Path
) -> None:
    """A mitigation is present with the compiler's option, and absent without."""
    code = Code(module(tmp_path, QUIET + FUNCTIONS, *flags, arch=arch), arch.name)
    assert {name: code.mitigations[name].presence for name in presence} == presence
    assert code.disagreements(kcxx) == []


def test_ftrace_entries_of_clang_for_riscv64_are_counted(kcxx: Path, tmp_path: Path) -> None:
    """Clang's table of ftrace entries for riscv64, whose labels have no names, is read."""
    clang = ("clang-19", "--target=riscv64-linux-gnu", "-mno-relax")
    path = module(tmp_path, QUIET + FUNCTIONS, "-fpatchable-function-entry=4", arch=RISCV64, compiler=clang)
    code = Code(path, "riscv64")
    assert code.mitigations["ftrace-entries"].presence == "yes"
    assert code.disagreements(kcxx) == []


def test_one_bare_return_is_noticed(kcxx: Path, tmp_path: Path) -> None:
    """A single function without the return thunk is named."""
    body = QUIET + FUNCTIONS + '__attribute__((function_return("keep"))) int bare(int x) { return x + 7; }\n'
    code = Code(module(tmp_path, body, "-mfunction-return=thunk-extern"), "x86_64")
    assert code.mitigations["return-thunks"].presence == "partial"
    assert code.mitigations["return-thunks"].lacking == ["bare"]
    assert code.disagreements(kcxx) == []
