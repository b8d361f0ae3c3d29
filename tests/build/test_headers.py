# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kernel/*.hpp: each can be included alone, and names the C API that it wraps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from axes import CXX
from conftest import REPOSITORY, Kernel, made_once
from kbuild_project import KbuildProject

HEADERS = sorted((REPOSITORY / "kbuild/include/kernel").glob("*.hpp"))


@pytest.fixture(scope="session", params=CXX.values())
def alone(request: pytest.FixtureRequest, kernels: dict[str, Kernel], package: Path, run_directory: Path) -> Path:
    """Compiles a source for each header, which includes nothing else; the file "output" has make's messages."""

    def make(directory: Path) -> None:
        project = KbuildProject(directory, package, kernels["6.12"].build)
        for header in HEADERS:
            project.write(f"{header.stem}.cc", f"#include <kernel/{header.name}>\n")
        project.kbuild(f"obj-m := headers.o\nheaders-y := {' '.join(f'{header.stem}.o' for header in HEADERS)}\n")
        # modpost refuses the module, which has no licence.
        result = project.make("--keep-going", "-j2", f"CXX={request.param}", env={"LC_ALL": "C"})
        (directory / "output").write_text(result.stderr, encoding="utf-8")

    return made_once(run_directory / f"headers-{request.param}", make)


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header.stem)
def test_header_stands_alone(header: Path, alone: Path) -> None:
    """A header includes all that it needs: it compiles before any other, without a warning."""
    output = (alone / "output").read_text(encoding="utf-8")
    assert f"{alone}/{header.stem}.cc:" not in output, output
    assert (alone / f"{header.stem}.o").exists(), output


def test_nothing_is_remarked_of_headers(alone: Path) -> None:
    """No header has a warning or an error, whichever source includes it."""
    output = (alone / "output").read_text(encoding="utf-8")
    assert re.findall(r"^.*kernel/\w+\.hpp:\d+.*(?:warning|error).*$", output, re.M) == []


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header.stem)
def test_header_says_what_it_wraps(header: Path) -> None:
    """The first comment of a header names the C API, or states that there is none."""
    text = header.read_text(encoding="utf-8")
    comment = re.search(r"\\file\n((?:///.*\n)+)", text)
    assert comment and re.search(r"C\s+API:\s", re.sub(r"\n/// ?", " ", comment[1])), comment
