# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Every command of cxxavailable.sh is run by its tests."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest

from availability_check import KBUILD
from conftest import run
from shell_commands import Command, commands

TESTS = Path(__file__).parent
SCRIPTS = [
    KBUILD / "cxxavailable.sh",
    *sorted((KBUILD / "cxxavailable").glob("*.sh")),
    KBUILD / "find-kernel.sh",
    KBUILD / "compiler-identity.sh",
    KBUILD / "make-variables.sh",
    KBUILD / "other-compiler.sh",
]

# What bash is told by $BASH_ENV. The file is there before the first test: one written by each
# would be empty for a moment, and a script that starts in it leaves no trace.
TRACE_ON = """PS4='+${{BASH_SOURCE[0]}}:${{LINENO}}: '
exec {{BASH_XTRACEFD}}>>"{trace}/$$.$RANDOM.lines"
set -x
"""
# What bash writes of each command, before it runs it: as often + as the shells are deep
TRACED = re.compile(r"^\++\S*kbuild/([^:\n]+\.sh):(\d+): ('[^'\n]*'|\S+)", re.MULTILINE)


def test_shell_commands_of_a_script() -> None:
    """Commands are found on both sides of && and |, in $(…), in arms of case; comments and documents are none."""
    script = """#!/bin/sh
# a comment
name=$(one | two "$(three)") && four || five=6
six() {
	case "$1" in # why
	a | b) seven ;;
	*) ;;
	esac <<END
not a command
END
	"$eight" 'nine
	ten'
	A=b eleven $((1 + 2)) 'x;y'
}
"""
    assert sorted((command.first, command.last, str(command.word)) for command in commands(script)) == [
        (3, 3, "five="), (3, 3, "four"), (3, 3, "name="), (3, 3, "one"), (3, 3, "three"), (3, 3, "two"),
        (6, 6, "seven"), (11, 12, "None"), (13, 13, "eleven"),
    ]  # fmt: skip


@pytest.mark.slow
def test_every_command_is_run() -> None:
    """No line of the script, and no side of && and || on a line, is without a test that gets there."""
    with tempfile.TemporaryDirectory(prefix="kcxx-trace-") as name:
        trace = Path(name)
        trace.chmod(0o777)  # there are tests that run as another user
        (trace / "on").write_text(TRACE_ON.format(trace=trace), encoding="utf-8")
        others = {"test_cxxavailable_coverage.py", "test_cxxavailable_shells.py"}
        tests = [path for path in sorted(TESTS.glob("test_cxxavailable_*.py")) if path.name not in others]
        parallel = ["-n", str(len(os.sched_getaffinity(0)))]
        result = run(
            sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *parallel, "-k", "not llvmobjdump",
            f"--basetemp={trace}/tests", *tests,
            env={"KCXX_TEST_TRACE": name, "KCXX_TEST_SHELL": "bash"},
        )  # fmt: skip
        assert result.returncode == 0, result.stdout[-4000:]
        ran: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for lines in trace.glob("*.lines"):
            for match in TRACED.finditer(lines.read_text(encoding="utf-8", errors="replace")):
                word = match[3].strip("'")
                assignment = re.match(r"\w+=", word)
                ran[match[1]][int(match[2])].add(assignment[0] if assignment else word)
    missed = []
    for script in SCRIPTS:
        text = script.read_text(encoding="utf-8")
        known = ran[str(script.relative_to(KBUILD))]
        missed += [
            f"{script.relative_to(KBUILD)}:{command.first}: {command.word or ''}: {text.splitlines()[command.first - 1].strip()}"
            for command in commands(text)
            if not was_run(command, known)
        ]
    assert not missed, "never run:\n" + "\n".join(missed)


def was_run(command: Command, known: dict[int, set[str]]) -> bool:
    """Is there a trace of @command?"""
    return any(command.word in known[line] if command.word else known[line] for line in range(command.first, command.last + 1))
