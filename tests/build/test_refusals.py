# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The library and the compiler refuse each tests/refusals/<case>/case.cc.

A case begins with `// compilers: gcc, clang` (one of them, or both) and `// expected: <regular expression>`, which
is searched for in the messages of the build. `// errors: 1` is the number of errors. The refused part stands between
`#ifdef REFUSED` and `#endif`: the source without it has to compile without a warning, so that only this part is refused.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.analysed_cases import build_cases
from fixtures.axes import CXX
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.repository import REPOSITORY

REFUSALS = REPOSITORY / "tests/refusals"


@dataclass(frozen=True)
class Case:
    """A source that is refused."""

    name: str
    compilers: list[str]
    expected: str
    errors: int | None
    has_rest: bool  # without what has to be refused


def case_of(source: Path) -> Case:
    """Returns the case that the comments of @source describe."""
    text = source.read_text(encoding="utf-8")
    said = dict(re.findall(r"^// (compilers|expected|errors): (.*)$", text, re.M))
    compilers = said["compilers"].split(", ")
    assert compilers and set(compilers) <= CXX.keys(), f"{source}: compilers: {compilers}"
    errors = int(said["errors"]) if "errors" in said else None
    return Case(source.parent.name, compilers, said["expected"], errors, "#ifdef REFUSED" in text)


CASES = [case_of(source) for source in sorted(REFUSALS.glob("*/case.cc"))]

# Clang takes as long as GCC: in the gate it refuses what it alone refuses, beside GCC, below.
MARKS = {"gcc": (), "clang": pytest.mark.every}
EACH = [pytest.param(case, cxx, id=f"{case.name}-{cxx}", marks=MARKS[cxx]) for case in CASES for cxx in CXX]


@dataclass(frozen=True)
class Built:
    """The directory where all cases were compiled, and the messages about each."""

    directory: Path
    said: dict[str, str]

    def has(self, case: Case) -> bool:
        """Was it compiled?"""
        return (self.directory / case.name / "case.o").exists()


Build = Callable[..., Built]


@pytest.fixture(scope="session")
def build(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> Build:
    """Returns a function that builds cases by a compiler, a module each; its second argument may define REFUSED."""

    def build_all(cxx: str, flags: str, cases: list[Case] = CASES, analysis: str = "n") -> Built:
        def make(directory: Path) -> None:
            project = KbuildProject(directory, package, kernels["6.12"].build)
            shutil.copytree(REFUSALS, directory, dirs_exist_ok=True)
            names = [case.name for case in cases]
            said = build_cases(project, names, flags, f"CXX={CXX[cxx]}", f"KCXX_ANALYSIS={analysis}")
            (directory / "said").write_text(json.dumps(said), encoding="utf-8")

        directory = made_once(run_directory / f"refusals-{cxx}{flags}-{analysis}", make)
        return Built(directory, json.loads((directory / "said").read_text(encoding="utf-8")))

    return build_all


@pytest.mark.parametrize(("case", "cxx"), EACH)
def test_case_is_refused(case: Case, cxx: str, build: Build) -> None:
    """The compilers that the case names refuse it with the expected message; the others take it."""
    built = build(cxx, "-DREFUSED")
    assert built.has(case) == (cxx not in case.compilers), built.said[case.name]
    if cxx in case.compilers:
        said = built.said[case.name]
        assert re.search(case.expected, said), said
        assert case.errors in (None, len(re.findall(r"\berror: ", said))), said


ANALYSED = [case for case in CASES if case.compilers == ["clang"]]


@pytest.mark.parametrize("case", ANALYSED, ids=lambda case: case.name)
def test_case_is_refused_by_the_analysis_beside_gcc(case: Case, build: Build) -> None:
    """KCXX_ANALYSIS: GCC compiles, Clang refuses with the message of its own build, and no object is left."""
    built = build("gcc", "-DREFUSED", ANALYSED, CXX["clang"])
    assert re.search(case.expected, built.said[case.name]), built.said[case.name]
    assert not built.has(case)


@pytest.mark.every
@pytest.mark.parametrize("case", [case for case in ANALYSED if case.has_rest], ids=lambda case: case.name)
def test_rest_of_case_passes_the_analysis(case: Case, build: Build) -> None:
    """Without its refused part the analysis prints nothing."""
    built = build("gcc", "", ANALYSED, CXX["clang"])
    assert (built.has(case), built.said[case.name].strip()) == (True, "")


REST = [one for one in EACH if one.values[0].has_rest]


@pytest.mark.every
@pytest.mark.parametrize(("case", "cxx"), REST)
def test_rest_of_case_compiles(case: Case, cxx: str, build: Build) -> None:
    """Without its refused part the source compiles without a message."""
    built = build(cxx, "")
    assert (built.has(case), built.said[case.name].strip()) == (True, "")
