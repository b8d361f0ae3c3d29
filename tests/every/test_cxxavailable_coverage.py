# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Every command of cxxavailable.sh is run by its tests."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.availability_check import KBUILD
from fixtures.commands import run
from fixtures.repository import BUILD, REPOSITORY
from fixtures.shell_commands import Command, commands

TESTS = REPOSITORY / "tests"
SCRIPTS = [
    KBUILD / "cxxavailable.sh",
    *sorted((KBUILD / "cxxavailable").glob("*.sh")),
    KBUILD / "find-kernel.sh",
    KBUILD / "compiler-identity.sh",
    KBUILD / "make-variables.sh",
    KBUILD / "kconfig-for-compiler.sh",
    KBUILD / "compiler-command.sh",
    KBUILD / "min-tool-version.sh",
    KBUILD / "usage.sh",
    KBUILD / "versions.sh",
    KBUILD / "family-options.sh",
    KBUILD / "architectures.sh",
]

# Tests that were found to reach every command. They are tried first: only where they do not any more,
# all tests are.
COVERING = BUILD / "covering-cxxavailable"

# A line that bash writes for each command before it runs: one + for each level of shells
TRACED = re.compile(r"^\++\S*kbuild/([^:\n]+\.sh):(\d+): ('[^'\n]*'|\S+)", re.MULTILINE)


# By script and number: the commands of SCRIPTS
COMMANDS: dict[tuple[str, int], Command] = {
    (str(script.relative_to(KBUILD)), number): command
    for script in SCRIPTS
    for number, command in enumerate(commands(script.read_text(encoding="utf-8")))
}


@dataclass(frozen=True)
class Trace:
    """The commands that a test reached, and the size of its traces."""

    test: str
    size: int
    reached: set[tuple[str, int]]


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


def test_every_command_is_run() -> None:
    """No line of the script, and no side of && and || on a line, is without a test that gets there."""
    known = COVERING.read_text(encoding="utf-8").splitlines() if COVERING.exists() else []
    if not known or missed(ran := traces(known)):
        ran = traces(all_tests())
    assert not missed(ran), "never run:\n" + "\n".join(missed(ran))
    COVERING.write_text("\n".join(covering(ran)), encoding="utf-8")


def all_tests() -> list[str | Path]:
    """Returns pytest's arguments for each test that runs the script."""
    others = {"test_cxxavailable_coverage.py", "test_cxxavailable_shells.py"}
    return ["-k", "not llvmobjdump", *(path for path in sorted(TESTS.glob("check/test_cxxavailable_*.py")) if path.name not in others)]


def traces(tests: Sequence[str | Path]) -> list[Trace]:
    """Returns the traces of each of @tests; none if one of them no longer exists."""
    with tempfile.TemporaryDirectory(prefix="kcxx-trace-") as name:
        trace = Path(name)
        trace.chmod(0o755)
        result = run(
            sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", str(len(os.sched_getaffinity(0))),
            f"--basetemp={trace}/tests", *tests,
            env={"KCXX_TEST_TRACE": name, "KCXX_TEST_SHELL": "bash"}, cwd=REPOSITORY,
        )  # fmt: skip
        if result.returncode == pytest.ExitCode.USAGE_ERROR:
            return []
        assert result.returncode == 0, result.stdout[-4000:]
        return [trace_in(test.parent) for test in trace.glob("*/test")]


def trace_in(directory: Path) -> Trace:
    """Returns the trace of the test whose files are in @directory."""
    words = defaultdict(set)
    size = 0
    for lines in directory.glob("*.lines"):
        text = lines.read_text(encoding="utf-8", errors="replace")
        size += len(text)
        for match in TRACED.finditer(text):
            word = match[3].strip("'")
            assignment = re.match(r"\w+=", word)
            words[match[1], int(match[2])].add(assignment[0] if assignment else word)
    reached = {place for place, command in COMMANDS.items() if was_run(place[0], command, words)}
    return Trace((directory / "test").read_text(encoding="utf-8"), size, reached)


def was_run(script: str, command: Command, words: dict[tuple[str, int], set[str]]) -> bool:
    """Is there a trace of @command?"""
    lines = [words.get((script, line)) for line in range(command.first, command.last + 1)]
    return any(line and (not command.word or command.word in line) for line in lines)


def missed(ran: list[Trace]) -> list[str]:
    """The commands that none of @ran reached"""
    reached = set().union(*(trace.reached for trace in ran))
    return [
        f"{script}:{command.first}: {command.word or ''}: {(KBUILD / script).read_text('utf-8').splitlines()[command.first - 1].strip()}"
        for (script, number), command in COMMANDS.items()
        if (script, number) not in reached
    ]


def covering(ran: list[Trace]) -> list[str]:
    """Tests among @ran that reach all that is reached: first those that reach most for what they do"""
    left = set(COMMANDS)
    tests = []
    while left:
        best = max(ran, key=lambda trace: len(trace.reached & left) / (trace.size + 1))
        tests.append(best.test)
        left -= best.reached
    return tests
