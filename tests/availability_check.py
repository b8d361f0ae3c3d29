# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cxxavailable.sh in an environment of fakes: what it says as text and as JSON, and with which status."""

from __future__ import annotations

import json
import os
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest

from fake_compiler import FakeTools, found
from fake_kernel import FakeKernel

KBUILD = Path(__file__).resolve().parent.parent / "kbuild"
SCHEMA = jsonschema.Draft7Validator(json.loads((KBUILD / "cxxavailable/schema.json").read_text(encoding="utf-8")))

# A shell that writes down which lines it runs, for test_cxxavailable_coverage.py
TRACED = """#!/bin/sh
[ -z "$KCXX_TEST_UNTRACED" ] || exec {dash} "$@"
BASH_ENV={on} exec {bash} "$@"
"""

# What bash is told by $BASH_ENV: a file of its own for each shell
TRACE_ON = """PS4='+${{BASH_SOURCE[0]}}:${{LINENO}}: '
exec {{BASH_XTRACEFD}}>>"{traces}/$$.$RANDOM.lines"
set -x
"""

# What stands on a fake in place of one of busybox's applets: Debian's takes those before PATH.
applets = pytest.mark.skipif(os.environ.get("KCXX_TEST_SHELL") == "busybox", reason="busybox takes its own applets")


class Block(NamedTuple):
    """What is said of a requirement that is not met."""

    problem: str
    found: str
    needed: str
    fix: str


class Record(NamedTuple):
    """What JSON says of a check."""

    status: str
    problem: str | None
    found: str | None
    needed: str | None
    fix: str | None


@dataclass(frozen=True)
class Outcome:
    """A run as text, and a run as JSON."""

    status: int
    stdout: str
    stderr: str
    blocks: list[Block]
    document: dict
    records: dict[str, Record]

    def states(self, *states: str) -> list[str]:
        """The checks that ended in one of @states"""
        return [name for name, record in self.records.items() if record.status in states]


def blocks_of(text: str) -> list[Block]:
    """The blocks that @text is made of, and nothing else is in it"""
    lines = text.splitlines()
    assert len(lines) % 4 == 0, text
    blocks = []
    for i in range(0, len(lines), 4):
        block = []
        for line, start in zip(lines[i : i + 4], ("kcxx: ", "  found:  ", "  needed: ", "  fix:    "), strict=True):
            assert line.startswith(f"*** {start}"), text
            block.append(line.removeprefix(f"*** {start}"))
        blocks.append(Block(*block))
    return blocks


def traces_of_this_test(trace: Path) -> Path:
    """Its directory in @trace, where its name is in the file "test" """
    test = os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")[0]
    traces = trace / f"{zlib.crc32(test.encode()):08x}"
    traces.mkdir(exist_ok=True)
    traces.chmod(0o777)  # there are tests that run as another user
    (traces / "test").write_text(test, encoding="utf-8")
    return traces


class Check:
    """A kernel, tools, and the script that looks at them."""

    def __init__(self, directory: Path, posix: Path, shell: str) -> None:
        self.directory = directory
        self.kernel = FakeKernel(directory / "kernel")
        self.tools = FakeTools(directory / "bin")
        self.posix = posix
        self.kbuild = KBUILD
        self.around: tuple[str | Path, ...] = ()
        self.environment: dict[str, str] = {}
        self.written = False
        for name in ("tmp", "home", "cache"):
            (directory / name).mkdir()
        self.interpreter(shell)

    def interpreter(self, shell: str, trace: str | None = os.environ.get("KCXX_TEST_TRACE")) -> None:
        """Makes @shell the one that runs the script, and what the script calls; or bash, which leaves its traces."""
        self.shell = shell
        self.trace = trace
        sh = self.tools.directory / "sh"
        sh.unlink(missing_ok=True)
        if trace:
            on = self.directory / "trace-on"
            on.write_text(TRACE_ON.format(traces=traces_of_this_test(Path(trace))), encoding="utf-8")
            sh.write_text(TRACED.format(on=on, bash=found("bash"), dash=found("dash")), encoding="utf-8")
            sh.chmod(0o755)
        else:
            sh.symlink_to(found(shell))

    @property
    def path(self) -> str:
        """PATH"""
        return f"{self.tools.directory}:{self.posix}"

    def hurry(self) -> None:
        """Makes a second of timeout's last 20 ms; how long it was to wait is written down."""
        self.tools.script(
            "timeout",
            f'''echo "$3" >> {self.directory}/waits
limit=$3; shift 3
exec {found("timeout")} -k 1 "$((limit / 50)).$((limit % 50 * 2 / 10))$((limit % 50 * 2 % 10))" "$@"''',
        )

    def longest_wait(self) -> int:
        """The most seconds that timeout was to wait, in a hurry"""
        return max(map(int, (self.directory / "waits").read_text(encoding="utf-8").split()))

    def hide(self, *places: str) -> None:
        """Nothing is in @places of this machine, for the script."""
        there = {Path(place).resolve() for place in places if Path(place).is_dir()}
        hide = " && ".join(["true"] + [f"{found('mount')} -t tmpfs tmpfs {place}" for place in there])
        # Root needs no user namespace for that, and there are places where it gets none.
        own = ["--mount"] if os.geteuid() == 0 else ["--mount", "--map-root-user"]
        self.around = (found("unshare"), *own, "/bin/sh", "-c", f'{hide} && exec "$@"', "sh")

    def prepare(self) -> FakeKernel:
        """The kernel directory, written: from here on a test can damage it."""
        self.kernel.write()
        self.written = True
        return self.kernel

    def call(
        self, *arguments: str | Path, script: str = "cxxavailable.sh", **options
    ) -> subprocess.CompletedProcess[str]:
        """The script with @arguments alone, or another of kbuild/"""
        environment = {
            "PATH": self.path,
            "HOME": str(self.directory / "home"),
            "TMPDIR": str(self.directory / "tmp"),
            "KCXX_CACHE": str(self.directory / "cache"),
        } | self.environment
        command = [*self.around, self.tools.directory / "sh", self.kbuild / script, *arguments]
        defaults = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, "text": True}
        defaults["cwd"] = self.directory
        result = subprocess.run(
            command, env=environment, timeout=60, check=False, **defaults | options
        )
        assert not list((self.directory / "tmp").iterdir()), "something is left in TMPDIR"
        return result

    def run(self, *arguments: str | Path, kernel: str | Path | None = None, cwd: Path | None = None) -> Outcome:
        """
        The script twice, in @cwd: of the kernel @kernel, where it is "" of none that is named; of the
        one here without it, unless --kernel or --flags is among @arguments.
        """
        if kernel:
            arguments = ("--kernel", kernel, *arguments)
        elif kernel is None and not {"--kernel", "--flags"} & set(map(str, arguments)):
            if not self.written:
                self.prepare()
            arguments = ("--kernel", self.kernel.directory, *arguments)
        text = self.call(*arguments, cwd=cwd or self.directory)
        self.environment["KCXX_TEST_UNTRACED"] = "y"  # one trace is enough
        other = self.call(*arguments, "--format", "json", cwd=cwd or self.directory)
        del self.environment["KCXX_TEST_UNTRACED"]
        assert other.returncode == text.returncode, text.stderr + other.stderr
        assert other.stderr == ""
        assert other.stdout.count("\n") == 1
        document = json.loads(other.stdout)
        error = jsonschema.exceptions.best_match(SCHEMA.iter_errors(document))
        assert error is None, f"{error.json_path}: {error.message[:200]}"
        records = {
            one["check"]: Record(one["status"], one["problem"], one["found"], one["needed"], one["fix"])
            for one in document["requirements"]
        }
        assert len(records) == len(document["requirements"]), "a check ran twice"
        return Outcome(text.returncode, text.stdout, text.stderr, blocks_of(text.stderr), document, records)

    def says(
        self,
        state: str,
        name: str,
        block: Block,
        *arguments: str | Path,
        also: tuple[str, ...] = (),
        kernel: str | Path | None = None,
    ) -> Outcome:
        """Check @name ends in @state and says @block; of the others only those in @also find anything wrong."""
        outcome = self.run(*arguments, kernel=kernel)
        assert outcome.records[name] == (state, *block)
        shown = block._replace(problem=f"warning: {block.problem}") if state == "warning" else block
        assert shown in outcome.blocks
        wrong = outcome.states("failed", "warning", "excluded")
        assert sorted(wrong) == sorted({name, *also})
        assert len(outcome.blocks) == len(wrong)
        states = outcome.states("excluded"), outcome.states("failed")
        assert outcome.status == (77 if states[0] else 1 if states[1] else 0)
        return outcome

    def fails(self, name: str, problem: str, found: str, needed: str, fix: str, *arguments: str | Path, **options) -> Outcome:
        """Check @name fails, and the status is 1."""
        outcome = self.says("failed", name, Block(problem, found, needed, fix), *arguments, **options)
        assert outcome.status == 1
        return outcome

    def warns(self, name: str, problem: str, found: str, needed: str, fix: str, *arguments: str | Path, **options) -> Outcome:
        """Check @name warns, and the status is 0."""
        outcome = self.says("warning", name, Block(problem, found, needed, fix), *arguments, **options)
        assert outcome.status == 0
        return outcome

    def excludes(self, name: str, problem: str, found: str, needed: str, fix: str, *arguments: str | Path) -> Outcome:
        """Check @name finds that the module is not for this kernel, and the status is 77."""
        outcome = self.says("excluded", name, Block(problem, found, needed, fix), *arguments)
        assert outcome.status == 77
        return outcome

    def passes(self, name: str, found: str, *arguments: str | Path, kernel: str | Path | None = None) -> Outcome:
        """Nothing is wrong, and check @name found @found."""
        outcome = self.run(*arguments, kernel=kernel)
        assert outcome.stderr == ""
        assert outcome.records[name] == ("ok", None, found, None, None)
        assert outcome.states("failed", "warning", "excluded", "unchecked") == []
        assert outcome.status == 0
        return outcome

