# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The order of tests/: a tier for each test file, and no test stands on another's file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from fixtures.commands import must, run
from fixtures.repository import REPOSITORY

TESTS = REPOSITORY / "tests"
TIERS = ("check", "build", "boot", "every")


def selected(*arguments: str) -> set[str]:
    """The tests that pytest with @arguments would run, by their node ids."""
    lines = must(run(sys.executable, "-m", "pytest", "--collect-only", "-q", *arguments, cwd=TESTS)).splitlines()
    return {line for line in lines if "::" in line}


def test_each_test_file_lies_in_a_tier() -> None:
    """A file elsewhere would be in no run."""
    files = {path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}
    assert files
    assert not [path for path in files if path.parent.name not in TIERS or len(path.parts) != 2]


def test_test_files_do_not_import_each_other() -> None:
    """Code that two test files share lies in the package fixtures."""
    sources = [*TESTS.glob("*/*.py"), *TESTS.glob("*.py")]
    importing = re.compile(r"^\s*(?:from|import) (?:\w+\.)*(?:test_|conftest\b)", re.M)
    assert not [path for path in sources if importing.search(path.read_text(encoding="utf-8"))]


def test_gate_is_part_of_every() -> None:
    """Without --every: some tests of check, build and boot. With it: those, others of the three, and all of every/."""
    gate, every = selected(), selected("--every")
    assert {test.split("/")[0] for test in gate} == {"check", "build", "boot"}
    assert {test.split("/")[0] for test in every} == {*TIERS}
    assert gate < {test for test in every if not test.startswith("every/")}


def test_file_in_every_is_run_where_it_is_named() -> None:
    """Naming a file of every/ selects its tests: --every is not needed, and adds nothing."""
    tests = selected("every/test_arches.py")
    assert tests
    assert tests == selected("--every", "every/test_arches.py")


def test_undeclared_marker_is_refused(tmp_path: Path) -> None:
    """pytest.ini declares the markers; a misspelt one selects nothing, and is an error."""
    (tmp_path / "test_sample.py").write_text(
        "import pytest\n\n\n@pytest.mark.evrey\ndef test_sample() -> None:\n    pass\n", encoding="utf-8"
    )
    command = (sys.executable, "-m", "pytest", "-c", TESTS / "pytest.ini", "--rootdir", tmp_path, "-p", "no:cacheprovider")
    result = subprocess.run((*command, tmp_path), capture_output=True, text=True, check=False, cwd=tmp_path)
    assert result.returncode != 0
    assert "'evrey' not found in `markers`" in result.stdout
