# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""tools/progress.awk: the progress of long commands, for terminals and for logs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fixtures.repository import REPOSITORY

NINJA = "".join(f"[{step}/40] Building {step}.o\n" for step in range(1, 41)) + "a warning\n"
APT = """\
dlstatus:1:0:Retrieving file 1 of 2
Get:1 http://example.org gcc
dlstatus:2:55.5:Retrieving file 2 of 2
pmstatus:gcc:0:Unpacking gcc
pmstatus:gcc:62.5:Installed gcc
"""


def progress(text: str, log: Path, *options: str, awk: str = "awk") -> str:
    """Returns the script's output for @text; the other output goes to @log."""
    program = (*awk.split(), *options, "-v", f"log_file={log}", "-f", REPOSITORY / "tools/progress.awk")
    done = subprocess.run(program, input=text.encode(), capture_output=True, check=True)
    return done.stdout.decode()  # as it is: in a text \r would become \n


@pytest.mark.parametrize("awk", ["mawk", "gawk", "original-awk", "busybox awk"])
def test_progress_in_a_log_is_a_line_for_each_tenth(tmp_path: Path, awk: str) -> None:
    """No log gets a line for each file."""
    expected = "".join(f"    compiling {tenth:3d}%\n" for tenth in range(10, 101, 10))
    assert progress(NINJA, tmp_path / "log", awk=awk) == expected
    assert (tmp_path / "log").read_text(encoding="utf-8") == NINJA


def test_progress_on_a_terminal_stays_on_one_line(tmp_path: Path) -> None:
    """Each figure replaces the last one, and nothing is left at the end."""
    shown = progress(NINJA, tmp_path / "log", "-v", "live=y")
    assert "\n" not in shown
    assert shown.count("\r\033[K    compiling ") == 40
    assert shown.endswith("compiling 100%\r\033[K")


def test_progress_of_packages_is_told_in_two_parts(tmp_path: Path) -> None:
    """Downloading and installing count from 0 each; apt-get's other output is kept."""
    assert progress(APT, tmp_path / "log") == "    downloading  50%\n    installing  60%\n"
    assert (tmp_path / "log").read_text(encoding="utf-8") == "Get:1 http://example.org gcc\n"
