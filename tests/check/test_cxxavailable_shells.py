# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cxxavailable.sh prints the same by every shell and every awk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.availability_check import Check
from fixtures.axes import axis
from fixtures.fake_compiler import found

Situation = tuple[Callable[[Check], object], tuple[str, ...]]

BAD = """probe.o: file format elf64-x86-64
  1 .init_array 0
0000000000000000 <f>:
   0:	mov    %fs:0x28,%rax
   4:	movaps %xmm0,-0x18(%rsp)
   8:	jmp    *%rax
   a:	ret
"""
EVERYTHING = dict.fromkeys(
    "STACKPROTECTOR RETPOLINE RETHUNK SLS X86_KERNEL_IBT FUNCTION_TRACER CALL_PADDING CFI KASAN TRIM_UNUSED_KSYMS "
    "MODULE_SIG_FORCE OBJTOOL MODVERSIONS".split(),
    "y",
)


def damaged_kernel(check: Check) -> None:
    """A kernel of which much is wrong"""
    check.kernel.configure(MODULES=None, MODVERSIONS="y")
    kernel = check.prepare()
    kernel.file(".config", kernel.settings().replace("=m", "=y") + "CONFIG_NEW=y\n")
    kernel.file("scripts/basic/fixdep", "", 0o755)
    kernel.file("Module.symvers")


def unsafe_object(check: Check) -> None:
    """An object with everything that must not be in one"""
    check.kernel.configure(**EVERYTHING)
    check.tools.prints("objdump", BAD)


SITUATIONS: dict[str, Situation] = {
    "usable": (lambda check: None, ("--verbose",)),
    "damaged kernel": (damaged_kernel, ("--verbose", "--arch", "arm64")),
    "garbage in the configuration": (
        lambda check: (check.prepare() / "include/config/auto.conf").write_bytes(b"\xff'\"\n\r\n"), (),
    ),
    "garbage for a compiler": (lambda check: check.tools.prints_bytes("g++-12", b"\xff\x1b\n" * 9), ()),
    "refused flags": (lambda check: check.tools.compiler("g++-12", says="error: unknown argument: '-a'", status=1), ()),
    "unsafe object": (unsafe_object, ("--verbose",)),
    "silent Kbuild": (lambda check: check.prepare().file("Makefile", "modules:\n\t@false\n"), ("--cxx", "g++-99")),
    "excluded": (lambda check: None, ("--kernel-min", "7.0", "--requires", "CONFIG_PCI", "--kernel-max", "6.12")),
    "no kernel": (lambda check: shutil.rmtree(check.prepare().directory), ()),
    "wrong call": (lambda check: None, ("--colour",)),
    "survey": (lambda check: shutil.copytree(check.prepare().directory, check.directory / "cache/kernels/x/build"), ()),
}  # fmt: skip


GATE = ("usable", "damaged kernel", "unsafe object")


@pytest.mark.parametrize("situation", axis(*GATE, every=tuple(name for name in SITUATIONS if name not in GATE)))
@pytest.mark.parametrize("shell", ["bash", "busybox"])
def test_shell(shell: str, situation: str, check: Check) -> None:
    """Every shell prints the text of dash, word for word, and ends with its status; but busybox's applets are its own.
    """
    prepare, arguments = SITUATIONS[situation]
    prepare(check)
    if not check.written:
        check.prepare()
    if situation == "survey":
        check.hide("/lib/modules", "/usr/src")
    elif situation != "wrong call":
        arguments = ("--kernel", str(check.kernel.directory), *arguments)

    def said() -> list[tuple[int, str, str]]:
        script = "../survey/survey.sh" if situation == "survey" else "cxxavailable.sh"
        results = [check.call(*arguments, "--format", form, script=script) for form in ("text", "json")]
        return [(result.returncode, same(result.stdout), same(result.stderr)) for result in results]

    def same(text: str) -> str:
        return text.replace(f"{check.tools.directory}/depmod", "depmod").replace(os.uname().release, "6.12.5-fake")

    check.interpreter("dash", None)
    expected = said()
    check.interpreter(shell)
    assert said() == expected
    assert expected[0][0] == {"usable": 0, "survey": 0, "excluded": 77, "wrong call": 2}.get(situation, 1)


AWKS = {"mawk": "mawk", "gawk": "gawk", "one true awk": "original-awk", "busybox": "busybox"}


@pytest.mark.parametrize("situation", axis("damaged kernel", "unsafe object", every=("usable", "garbage in the configuration")))
@pytest.mark.parametrize("awk", AWKS)
def test_awk(awk: str, situation: str, check: Check) -> None:
    """Every awk gives the outcome of this machine's awk."""
    prepare, arguments = SITUATIONS[situation]
    prepare(check)
    expected = check.run(*arguments)
    report = expected.stderr
    (check.tools.directory / "awk").symlink_to(Path(found(AWKS[awk])))
    outcome = check.run(*arguments)
    assert (outcome, outcome.stderr) == (expected, report)
