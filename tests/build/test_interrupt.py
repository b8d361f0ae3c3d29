# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A signal ends kcxx wherever it is, and not only where it waits for a program."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# A shell starts background programs with SIGINT ignored, and this may be one.
INTERRUPTIBLE = ("env", "--default-signal=INT")
SOON = 10  # seconds, on a busy machine; kcxx itself takes one

@contextmanager
def started(
    kcxx: Path, *arguments: str | Path, stdout: int = subprocess.PIPE, **environment: str
) -> Iterator[subprocess.Popen[str]]:
    """The program, running, with its handlers in place. It is gone at the end."""
    with subprocess.Popen(
        [*INTERRUPTIBLE, kcxx, *arguments], stdout=stdout, stderr=subprocess.PIPE, text=True, env=os.environ | environment
    ) as process:
        status = Path(f"/proc/{process.pid}/status")
        deadline = time.monotonic() + SOON
        while caught(status.read_text(encoding="utf-8")) & (1 << (signal.SIGINT - 1)) == 0:
            assert time.monotonic() < deadline, "kcxx takes no signal"
            os.sched_yield()
        try:
            yield process
        finally:
            process.kill()


def caught(status: str) -> int:
    """The signals that a process has handlers for."""
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:")), 16)


def ended_by(process: subprocess.Popen[str]) -> int:
    """The signal that ended it, as a shell sees it: by its status or for real."""
    status = process.wait(timeout=SOON)
    return -status if status < 0 else status - 128


@pytest.fixture
def locked_cache(tmp_path: Path) -> Iterator[Path]:
    """A cache into which another kcxx fetches packages: one more waits for it."""
    apt = tmp_path / "apt"
    apt.mkdir()
    lock = ["flock", apt / "lock", "sh", "-c", "echo locked; exec sleep 1000"]
    with subprocess.Popen(lock, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "locked\n"
        yield tmp_path
        holder.kill()


@pytest.fixture
def full_pipe() -> Iterator[int]:
    """A pipe that is full and whose reader does not read, as a pager that shows its first page."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(writer, b"x" * 4096)
    os.set_blocking(writer, True)
    yield writer
    os.close(writer)
    os.close(reader)


SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("command", ["--help", "kernels"])
def test_signal_ends_a_program_that_writes(kcxx: Path, full_pipe: int, command: str, number: signal.Signals) -> None:
    """kcxx writes to a program that does not read: the signal ends it."""
    with started(kcxx, command, stdout=full_pipe) as process:
        process.send_signal(number)
        assert ended_by(process) == number


@pytest.mark.parametrize("number", SIGNALS)
def test_signal_ends_a_program_that_waits_for_a_lock(kcxx: Path, locked_cache: Path, number: signal.Signals) -> None:
    """kcxx waits for no program: the signal ends it all the same."""
    with started(kcxx, "kernels", "get", "6.12", KCXX_CACHE=str(locked_cache)) as process:
        process.send_signal(number)
        assert ended_by(process) == number


def test_second_signal_ends_it_at_once(kcxx: Path, locked_cache: Path) -> None:
    """A user who presses Ctrl-C twice does not wait for the second to pass."""
    with started(kcxx, "kernels", "get", "6.12", KCXX_CACHE=str(locked_cache)) as process:
        process.send_signal(signal.SIGSTOP)  # so that the first does not end it before the second comes
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGCONT)
        assert ended_by(process) == signal.SIGTERM
