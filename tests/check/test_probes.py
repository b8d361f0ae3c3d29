# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""run-probes.sh: questions to the headers and symbols of a kernel, and what becomes of the answers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from fixtures.axes import needs
from fixtures.commands import run
from fixtures.probed_kernel import ProbedKernel

QUESTIONS = """\
# a comment
HAVE_COMPILES:
	headers linux/pump.h
	compiles struct pump *pump = 0;
	compiles if (pump_start(pump, 1))
	compiles 	return 1;
HAVE_MISSING_FUNCTION:
	headers linux/pump.h
	compiles pump_drain(0);
HAVE_WRONG_ARGUMENT:
	headers linux/pump.h
	compiles pump_start((int *)0, 1);
HAVE_WRONG_OPERATION:
	headers linux/pump.h
	declarations static int start(struct pump *pump) { return 0; }
	declarations struct pump_ops ops = { .start = start };
HAVE_LOST_CONST:
	headers linux/pump.h
	compiles struct pump_ops *ops = &pump_ops; (void)ops;
HAVE_UNUSED:
	compiles int unused; 1;
HAVE_MEMBER:
	headers linux/pump.h
	member struct pump_ops start
HAVE_BIT:
	headers linux/pump.h
	member struct pump_ops fast
HAVE_ARRAY:
	headers linux/pump.h
	member struct pump_ops levels
HAVE_NO_MEMBER:
	headers linux/pump.h
	member struct pump_ops stop
HAVE_TYPE:
	headers linux/pump.h
	member struct pump_ops start
	type int (*)(struct pump *, int)
HAVE_OTHER_TYPE:
	headers linux/pump.h
	member struct pump_ops start
	type int (*)(struct pump *)
HAVE_DECLARED_FUNCTION:
	headers linux/pump.h
	declared pump_stop
HAVE_DECLARED_MACRO:
	headers linux/pump.h
	declared pump_wait
HAVE_DECLARED_CONSTANT:
	headers linux/pump.h
	declared PUMP_MAX
HAVE_DECLARED_TYPE:
	headers linux/pump.h
	declared level_t
HAVE_DECLARED_STRUCT:
	headers linux/pump.h
	declared struct pump_ops
HAVE_INCOMPLETE:
	headers linux/pump.h
	declared struct pump
HAVE_UNDECLARED:
	headers linux/pump.h
	declared pump_drain
HAVE_INLINE_PROTOTYPE:
	headers linux/pump.h
	declared pump_stop
	prototype int pump_stop(struct pump *)
HAVE_EXPORTED:
	exported pump_start
HAVE_NOT_EXPORTED:
	exported pump_star
HAVE_EXPORTED_GPL:
	exported_gpl pump_ops
HAVE_NOT_GPL:
	exported_gpl pump_start
HAVE_PROTOTYPE:
	headers linux/pump.h
	exported pump_start
	prototype int (struct pump *, level_t)
HAVE_NAMED_PROTOTYPE:
	headers linux/pump.h
	exported pump_start
	prototype int pump_start(struct pump *pump, int level)
HAVE_OTHER_PROTOTYPE:
	headers linux/pump.h
	exported pump_start
	prototype int (struct pump *)
HAVE_VARIABLE:
	headers linux/pump.h
	exported pump_ops
	prototype struct pump_ops
HAVE_HEADER:
	header linux/pump.h
HAVE_NO_HEADER:
	header <linux/valve.h>
"""

NO = {
    "HAVE_MISSING_FUNCTION": "implicit declaration of function 'pump_drain'",
    "HAVE_WRONG_ARGUMENT": "incompatible pointer type",
    "HAVE_WRONG_OPERATION": "incompatible pointer type",
    "HAVE_LOST_CONST": "discards",
    "HAVE_NO_MEMBER": "no member named 'stop'",
    "HAVE_OTHER_TYPE": "struct pump_ops.start is not int (*)(struct pump *)",
    "HAVE_INCOMPLETE": "incomplete type",
    "HAVE_UNDECLARED": "'pump_drain'",
    "HAVE_NOT_EXPORTED": "the kernel does not export pump_star",
    "HAVE_NOT_GPL": "the kernel exports pump_start to modules of any licence",
    "HAVE_OTHER_PROTOTYPE": "pump_start is not int (struct pump *)",
    "HAVE_NO_HEADER": "no header <linux/valve.h>",
}

ONE = "HAVE_ONE:\n\theaders linux/pump.h\n\tdeclared pump_stop\n"
TWO = "HAVE_TWO:\n\tcompiles return 2;\n"


@pytest.fixture
def kernel(tmp_path: Path) -> ProbedKernel:
    """The kernel, which GCC compiles"""
    return ProbedKernel(tmp_path)


# The answers


@pytest.mark.parametrize("cc", ["gcc", "clang-19"])
def test_answers(cc: str, kernel: ProbedKernel) -> None:
    """Each kind of question, answered yes and no, with the reason; by both compilers."""
    needs(cc)
    kernel.cc = cc
    answers = kernel.answers(QUESTIONS)
    no = {name: reason for name, reason in answers.items() if reason != "1"}
    assert set(no) == set(NO)
    wrong = {name: reason for name, reason in no.items() if not says(reason, NO[name])}
    assert wrong == {}
    assert len(answers) == QUESTIONS.count(":\n")


def says(reason: str, expected: str) -> bool:
    """Returns true if a compiler's @reason has all words of @expected; Clang words a missing function its own way."""
    ours = reason.replace("call to undeclared function", "implicit declaration of function").replace("use of undeclared identifier", "")
    return all(word in ours for word in expected.split())


def test_results_for_make_are_those_for_c(kernel: ProbedKernel) -> None:
    """probes.mk has y for each macro that is defined, and nothing for the others."""
    answers = kernel.answers(QUESTIONS)
    lines = (kernel.directory / "out/probes.mk").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        f"{name} :={' y' if answer == '1' else ''}" for name, answer in answers.items()
    ]


def test_warnings_of_the_kernel_are_no_answer(kernel: ProbedKernel) -> None:
    """A kernel with CONFIG_WERROR: code that compiles with a warning compiles."""
    kernel.flags = "-Wall -Wextra -Wmissing-prototypes -Werror"
    assert kernel.answers(QUESTIONS)["HAVE_UNUSED"] == "1"


def test_reason_ends_no_comment(kernel: ProbedKernel) -> None:
    """A message with */ in it: the header stays one that compiles."""
    kernel.answers('HAVE_BAD:\n\tcompiles _Static_assert(0, "/* no */ way");\n')
    assert run("gcc", "-Werror", "-Wall", "-fsyntax-only", "-x", "c", kernel.header).returncode == 0


# The programs of each system that the scripts call
SYSTEMS = {
    "dash, mawk": {"sh": "dash", "awk": "mawk"},
    "bash, gawk": {"sh": "bash", "awk": "gawk"},
    "one true awk": {"awk": "original-awk"},
    "busybox": dict.fromkeys(("sh", "awk", "sed", "xargs", "find", "sort", "cmp", "tr", "ls", "cksum", "head", "tail", "grep"), "busybox"),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_system(system: str, kernel: ProbedKernel) -> None:
    """Every shell and every awk answer the same, and know that nothing has changed."""
    expected = kernel.answers(QUESTIONS)
    shutil.rmtree(kernel.directory / "out")
    kernel.path = kernel.directory / "bin"
    kernel.path.mkdir()
    for name, program in SYSTEMS[system].items():
        needs(program)
        (kernel.path / name).symlink_to(str(shutil.which(program)))
    kernel.shell = (str(kernel.path / "sh"),) if "sh" in SYSTEMS[system] else ("sh",)
    assert kernel.answers(QUESTIONS) == expected
    assert kernel.answered(QUESTIONS) == set()


# Faults in a probe


@pytest.mark.parametrize(
    ("probe", "reason"),
    [
        ("headers linux/pumps.h\n\tcompiles ;", "linux/pumps.h: No such file or directory"),
        ("headers linux/broken.h\n\tcompiles ;", "unknown type name 'unknown_t'"),
        ("headers linux/pump.h\n\texported pump_start\n\tprototype int (struct pump *, levl_t)", "'levl_t'"),
    ],
    ids=["missing header", "broken header", "unknown type"],
)
def test_probe_that_names_what_does_not_compile_is_shown(probe: str, reason: str, kernel: ProbedKernel) -> None:
    """The answer is no for another reason than the question: a warning, and the compiler's words beside the header."""
    result = kernel.run(f"HAVE_WRONG:\n\t{probe}\n")
    assert result.returncode == 0
    assert "kcxx: warning: probe HAVE_WRONG: no: its headers and types do not compile: " in result.stderr
    assert reason in result.stderr
    assert "kcxx-probes.log" in kernel.header.read_text(encoding="utf-8")
    assert reason in kernel.log
    assert f"#include <{probe.split()[1]}>" in kernel.log


@pytest.mark.parametrize(
    ("probes", "problem"),
    [
        ("compiles ;\n", "a line belongs to no probe"),
        ("HAVE_ONE:\n", "a probe asks nothing"),
        (f"{ONE}\theader linux/pump.h\n", "a probe asks twice"),
        (ONE + ONE, "two probes have one name"),
        ("9:\n", "no name for a probe"),
        ("CONFIG_X:\n", "no name for a probe"),
        ("CC:\n", "no name for a probe"),
        ("KBUILD_MODNAME:\n", "no name for a probe"),
        ("EXTRA_CFLAGS:\n", "no name for a probe"),
        ("LDFLAGS_MODULE:\n", "no name for a probe"),
        ("HAVE_ONE:\n\tmember pump_ops\n", "a member without its type"),
        ("HAVE_ONE:\n\tdeclared\n", "a keyword without its value"),
        ("HAVE_ONE:\n\tdeclared a b\n", "no name of a symbol"),
        ("HAVE_ONE:\n\texists linux/pump.h\n", "an unknown keyword"),
        ("HAVE_ONE:\n\texported pump_start\n\tprototype int (void)\n", "a type has no headers that declare it"),
    ],
)
def test_wrong_file_is_refused(probes: str, problem: str, kernel: ProbedKernel) -> None:
    """The error names the line; there are no answers."""
    result = kernel.run(probes)
    assert result.returncode == 1
    assert f"*** kcxx: {problem}\n" in result.stderr
    assert ", in line " in result.stderr
    assert not kernel.header.exists()


# A compiler that does not work


def compiler(kernel: ProbedKernel, lines: str) -> None:
    """GCC of @kernel, after the @lines of sh"""
    script = kernel.write("bin/gcc", f'#!/bin/sh\n{lines}\nexec gcc "$@"\n')
    script.chmod(0o755)
    kernel.cc = str(script)


CRASH = 'case "$*" in *HAVE_ONE.c*) echo "HAVE_ONE.c:3:1: internal compiler error: in fold" >&2; exit 4 ;; esac'
KILLED = 'case "$*" in *HAVE_ONE.c*) echo "gcc: fatal error: Killed signal terminated program cc1" >&2; exit 1 ;; esac'


@pytest.mark.parametrize("lines", [CRASH, KILLED], ids=["crashed", "killed"])
def test_compiler_that_fails_gives_no_answer(lines: str, kernel: ProbedKernel) -> None:
    """A compiler that crashes, or is killed, on one probe is an error, and the next run asks again."""
    compiler(kernel, lines)
    result = kernel.run(ONE + TWO)
    assert result.returncode == 1
    assert "*** kcxx: the compiler failed on the probe HAVE_ONE, and gave no answer\n" in result.stderr
    assert not kernel.header.exists()
    compiler(kernel, "")
    assert kernel.answers(ONE + TWO) == {"HAVE_ONE": "1", "HAVE_TWO": "1"}


def test_compiler_that_compiles_nothing_is_refused(kernel: ProbedKernel) -> None:
    """An unknown flag, which makes every probe fail, is not an answer to all of them."""
    kernel.flags = "-fno-such-thing"
    result = kernel.run(ONE)
    assert result.returncode == 1
    assert "*** kcxx: probes cannot be answered: an empty module does not compile\n" in result.stderr
    assert "-fno-such-thing" in result.stderr
    assert not kernel.header.exists()


def test_kernel_without_symbols_is_refused(kernel: ProbedKernel) -> None:
    """Without Module.symvers, "not exported" would be a guess."""
    (kernel.directory / "Module.symvers").unlink()
    result = kernel.run("HAVE_ONE:\n\texported pump_start\n")
    assert result.returncode == 1
    assert "*** kcxx: it is not known what the kernel exports\n" in result.stderr
    assert kernel.run(TWO).returncode == 0


# When probes run


def test_nothing_runs_while_nothing_changes(kernel: ProbedKernel) -> None:
    """The second run asks nothing, and leaves the files untouched."""
    assert kernel.answered(ONE + TWO) == {"HAVE_ONE", "HAVE_TWO"}
    before = kernel.header.stat().st_mtime_ns
    assert kernel.answered(ONE + TWO) == set()
    assert kernel.header.stat().st_mtime_ns == before


def test_only_probes_that_are_new_run(kernel: ProbedKernel) -> None:
    """A probe is added, another changes, one goes: the answers of the others are kept."""
    kernel.answers(ONE + TWO)
    assert kernel.answered(f"{ONE}{TWO}HAVE_THREE:\n\theader linux/pump.h\n") == {"HAVE_THREE"}
    assert kernel.answered(ONE.replace("pump_stop", "pump_start") + TWO) == {"HAVE_ONE"}
    assert kernel.answers(TWO) == {"HAVE_TWO": "1"}


def change_header(kernel: ProbedKernel) -> None:
    path = kernel.directory / "include/linux/pump.h"
    path.write_text(path.read_text(encoding="utf-8").replace("pump_stop", "pump_halt"), encoding="utf-8")
    later = kernel.header.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(later, later))


CHANGES = {
    "header": (change_header, "'pump_stop' undeclared"),
    "symbols": (lambda kernel: kernel.export(other="EXPORT_SYMBOL"), "1"),
    "configuration": (lambda kernel: kernel.write("include/config/auto.conf", "CONFIG_X=y\n"), "1"),
    "flags": (lambda kernel: setattr(kernel, "flags", "-Dpump_stop=pump_halts"), "1"),
    "compiler": (lambda kernel: compiler(kernel, ""), "1"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_probes_run_again_when_the_kernel_changes(what: str, kernel: ProbedKernel) -> None:
    """A header that was read, exports, configuration, flags, compiler: each asks anew."""
    assert kernel.answers(ONE + TWO)["HAVE_ONE"] == "1"
    change, expected = CHANGES[what]
    change(kernel)
    assert kernel.answered(ONE + TWO) == {"HAVE_ONE", "HAVE_TWO"}
    assert expected in kernel.answers(ONE + TWO)["HAVE_ONE"]


def test_header_that_an_answer_of_no_stands_on_is_watched(kernel: ProbedKernel) -> None:
    """Files that a probe read are watched, even if it did not compile."""
    probe = "HAVE_ONE:\n\theaders linux/pump.h\n\tdeclared pump_halt\n"
    assert "pump_halt" in kernel.answers(probe)["HAVE_ONE"]
    change_header(kernel)
    assert kernel.answers(probe)["HAVE_ONE"] == "1"
