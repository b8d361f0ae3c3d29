# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""examples/from_c and docs/from-c.md: the converted files are what kcxx convert writes, and the page shows the files that are there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY

EXAMPLE = REPOSITORY / "examples/from_c"
PAGE = (REPOSITORY / "docs/from-c.md").read_text(encoding="utf-8")


def excerpts(language: str) -> list[str]:
    """The code blocks of @language in the page"""
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)
    assert found, f"no {language} block"
    return found


def text_of(form: str) -> str:
    """The text of all files of a form of the driver"""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((EXAMPLE / form).iterdir()))


def lines_of_code(form: str) -> int:
    """The lines of a form that are neither empty nor comments"""
    return sum(not re.match(r"\s*(//|/?\*|$)", line) for line in text_of(form).splitlines())


@pytest.mark.parametrize("name", ["led", "uleds"])
def test_converted_file_is_what_convert_writes(name: str, kcxx: Path, kernel: Kernel, tmp_path: Path) -> None:
    """The converted files are those of kcxx convert, byte for byte."""
    source = shutil.copytree(EXAMPLE / "c", tmp_path / "c") / f"{name}.c"
    must(run(kcxx, "convert", "--kernel", kernel.build, source))
    assert source.with_suffix(".cc").read_bytes() == (EXAMPLE / f"converted/{name}.cc").read_bytes()


@pytest.mark.parametrize(("language", "form"), [("c", "c"), ("cpp", "idiomatic")])
def test_page_shows_what_is_in_the_files(language: str, form: str) -> None:
    """Each excerpt of the page is in the files, blanks included."""
    text = text_of(form)
    assert [excerpt for excerpt in excerpts(language) if excerpt not in text] == []


def test_page_shows_what_the_conversion_changes() -> None:
    """Each excerpt of diff(1) is in the difference of both forms."""
    difference = run("diff", "-u", EXAMPLE / "c/uleds.c", EXAMPLE / "converted/uleds.cc").stdout
    assert [excerpt for excerpt in excerpts("diff") if excerpt not in difference] == []


def test_page_counts_the_lines() -> None:
    counted = re.search(r"(\d+) lines of code in place of (\d+)", PAGE)
    assert counted
    assert [int(count) for count in counted.groups()] == [lines_of_code("idiomatic"), lines_of_code("c")]
