# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The exit statuses of kcxx stand in tools/exit_status.hpp: pages state those numbers, and tests have none of their own."""

from __future__ import annotations

import re

import pytest

from fixtures.exit_status import HEADER, CheckStatus, ExitStatus
from fixtures.repository import REPOSITORY

INSPECT = REPOSITORY / "docs/inspect.md"
CHECK = REPOSITORY / "docs/compatibility.md"
CHECK_REPORT = REPOSITORY / "kbuild/cxxavailable/report.sh"

# Sentences with a status: the page, an expression with the number as its group, the status
SENTENCES = [
    ("docs/inspect.md", r"and (\d+) where no other does", ExitStatus.UNDECIDED),
    ("docs/inspect.md", r"status (\d+) unless the module is signed", ExitStatus.LOAD),
    ("docs/from-c.md", r"the status is (\d+)", ExitStatus.UNDECIDED),
    ("examples/kunit/README.md", r"ends with status (\d+) if a test failed", ExitStatus.TESTS),
]


def test_every_status_has_a_row() -> None:
    """The table that kcxx boot --help prints has each status once, under its name."""
    rows = re.findall(r"ExitStatusRow\{\s*ExitStatus::(\w+), \"(\w+)\"", HEADER.read_text(encoding="utf-8"))
    assert [name for name, _ in rows] == [status.name.lower() for status in ExitStatus]
    assert all(name == verdict for name, verdict in rows)


@pytest.mark.parametrize(("page", "sentence", "status"), SENTENCES, ids=[f"{page}-{status.name}" for page, _, status in SENTENCES])
def test_page_states_the_number_of_the_header(page: str, sentence: str, status: int) -> None:
    """The sentence has the number of the status."""
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    assert re.findall(sentence, text) == [str(int(status))]


def test_page_of_inspect_has_the_statuses_of_its_answers() -> None:
    """Each answer in the table is beside its status."""
    rows = re.findall(r"^\| (`[^`]*`|none; an error) \| (\d+) \|", INSPECT.read_text(encoding="utf-8"), re.M)
    assert [(answer.strip("`").partition(":")[0], ExitStatus(int(number))) for answer, number in rows] == [
        ("would load", ExitStatus.OK),
        ("cannot tell", ExitStatus.UNDECIDED),
        ("would not load", ExitStatus.LOAD),
        ("none; an error", ExitStatus.INPUT),
        ("none; an error", ExitStatus.UNAVAILABLE),
    ]


def test_page_of_the_check_has_the_statuses_of_the_script() -> None:
    """The page has a row for each status; the script exits with the status of an excluded kernel."""
    numbers = re.findall(r"^\| (\d+) \| ", CHECK.read_text(encoding="utf-8"), re.M)
    assert [int(number) for number in numbers] == list(CheckStatus)
    assert f"exit {int(CheckStatus.EXCLUDED)}" in CHECK_REPORT.read_text(encoding="utf-8")


def test_tests_have_no_numbers_of_their_own() -> None:
    """No test file names a status and gives it a number: it imports ExitStatus."""
    names = "|".join(status.name for status in ExitStatus)
    copies = [
        f"{path.name}: {line}"
        for path in sorted((REPOSITORY / "tests").glob("*/*.py"))
        for line in re.findall(rf"^(?:{names}) = \d+", path.read_text(encoding="utf-8"), re.M)
    ]
    assert copies == []
