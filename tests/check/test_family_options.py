# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kbuild/family-options.tsv: the options that tie a kernel to GCC or Clang, which sh and make read alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.repository import REPOSITORY

KBUILD = REPOSITORY / "kbuild"
SUBJECTS = {"C", "C++", "instrumentation"}


def rows() -> list[list[str]]:
    """The table without its comments: option, subjects, variable of make, reason."""
    lines = (KBUILD / "family-options.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def test_rows_name_an_option_its_subjects_and_a_reason() -> None:
    """Each row has four columns, known subjects and a reason; no option stands twice."""
    for option, subjects, variable, reason in rows():
        assert option.isupper() and set(subjects.split()) <= SUBJECTS and reason
        assert variable == "-" or subjects == "instrumentation"
    options = [row[0] for row in rows()]
    assert len(options) == len(set(options))


@pytest.mark.parametrize("awk", ["mawk", "gawk", "busybox awk"])
@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_shells_read_the_options_of_a_subject(subject: str, awk: str, tmp_path: Path) -> None:
    """options_bound() prints the options that tie this subject, with every awk."""
    (tmp_path / "awk").write_text(f'#!/bin/sh\nexec {awk} "$@"\n', encoding="utf-8")
    (tmp_path / "awk").chmod(0o755)
    script = f'PATH={tmp_path}:$PATH; here=$1; . "$1/family-options.sh"; options_bound "$2"'
    printed = must(run("sh", "-c", script, "sh", KBUILD, subject)).split()
    assert printed == [row[0] for row in rows() if subject in row[1].split()]
    assert printed


def test_make_drops_the_flags_of_all_instrumentation(tmp_path: Path) -> None:
    """Makefile.cxxtranslate drops the flags in each variable that the table names."""
    variables = [row[2] for row in rows() if row[2] != "-"]
    assert variables
    makefile = tmp_path / "Makefile"
    flags = "".join(f"{variable} := --flag-of-{variable}\n" for variable in variables)
    makefile.write_text(
        f"kcxx := {KBUILD}\n{flags}include {KBUILD}/Makefile.cxxtranslate\nall:\n\t@echo '$(filter --flag%,$(kcxx-drop))'\n",
        encoding="utf-8",
    )
    assert must(run("make", "-f", makefile, "all")).split() == [f"--flag-of-{variable}" for variable in variables]


def test_check_reads_each_option_of_the_table() -> None:
    """cxxavailable.sh reads only the options that it lists: those of the table are among them."""
    text = (KBUILD / "cxxavailable/kernel.sh").read_text(encoding="utf-8")
    listed = text.partition("\noptions='")[2].partition("'")[0].split()
    assert [row[0] for row in rows() if row[0] not in listed] == []
