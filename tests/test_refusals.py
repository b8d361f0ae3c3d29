# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""What the library and the compiler do not let pass: each tests/refusals/<case>/case.cc.

A case begins with `// compilers: gcc, clang` (one of them, or both) and `// expected: <regular expression>`, which
is searched for in what the build says. What has to be refused stands between `#ifdef REFUSED` and `#endif`: without
it the source has to compile without a warning, so that nothing else is what is refused.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import Kernel, made_once
from kbuild_project import KbuildProject

REFUSALS = Path(__file__).parent / "refusals"
CXX = {"gcc": "g++-12", "clang": "clang++-19"}


@dataclass(frozen=True)
class Case:
    """A source that is refused."""

    name: str
    compilers: list[str]
    expected: str


def case_of(source: Path) -> Case:
    """The case that @source is, by what it says of itself."""
    said = dict(re.findall(r"^// (compilers|expected): (.*)$", source.read_text(encoding="utf-8"), re.M))
    compilers = said["compilers"].split(", ")
    assert compilers and set(compilers) <= CXX.keys(), f"{source}: compilers: {compilers}"
    return Case(source.parent.name, compilers, said["expected"])


# Those of locks are test_thread_safety.py's.
CASES = [case_of(source) for source in sorted(REFUSALS.glob("*/case.cc")) if not source.match("lock-*/case.cc")]
EACH = [pytest.param(case, cxx, id=f"{case.name}-{cxx}") for case in CASES for cxx in case.compilers]


def project_of_cases(directory: Path, package: Path, kernel: Kernel) -> KbuildProject:
    """All cases, a module each; with $(refused), that one alone, and REFUSED defined in it."""
    project = KbuildProject(directory, package, kernel.build)
    shutil.copytree(REFUSALS, directory, dirs_exist_ok=True)
    modules = " ".join(f"{case.name}.o" for case in CASES)
    members = "".join(f"{case.name}-y := {case.name}/case.o\n" for case in CASES)
    project.kbuild(f"obj-m := $(or $(refused:=.o),{modules})\n{members}cxxflags-y := $(if $(refused),-DREFUSED)\n")
    return project


Build = Callable[[Case, str], subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def build(kernels: dict[str, Kernel], package: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Builds one case by one compiler with what has to be refused."""
    projects: dict[str, KbuildProject] = {}

    def build_case(case: Case, cxx: str) -> subprocess.CompletedProcess[str]:
        if cxx not in projects:
            projects[cxx] = project_of_cases(tmp_path_factory.mktemp(f"refusals-{cxx}"), package, kernels["6.12"])
        return projects[cxx].make(f"CXX={CXX[cxx]}", f"refused={case.name}", env={"LC_ALL": "C"})

    return build_case


@pytest.mark.parametrize(("case", "cxx"), EACH)
def test_case_is_refused(case: Case, cxx: str, build: Build) -> None:
    """The build fails, and says why in the words that the case expects."""
    result = build(case, cxx)
    said = result.stdout + result.stderr
    assert result.returncode != 0, f"it was built:\n{said}"
    assert re.search(case.expected, said), said


@pytest.fixture(scope="session")
def rest(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> Callable[[str], Path]:
    """Where all cases were compiled by a compiler without what has to be refused; "said" holds what was said."""

    def build_rest(cxx: str) -> Path:
        def make(directory: Path) -> None:
            project = project_of_cases(directory, package, kernels["6.12"])
            # modpost wants a licence of each, which is no matter here
            result = project.make("--keep-going", f"CXX={CXX[cxx]}", env={"LC_ALL": "C"})
            (directory / "said").write_text(result.stdout + result.stderr, encoding="utf-8")

        return made_once(run_directory / f"refusals-rest-{cxx}", make)

    return build_rest


@pytest.mark.parametrize(("case", "cxx"), EACH)
def test_rest_of_case_compiles(case: Case, cxx: str, rest: Callable[[str], Path]) -> None:
    """Without what has to be refused the source is compiled, and nothing is said of it."""
    directory = rest(cxx)
    said = (directory / "said").read_text(encoding="utf-8")
    of_case = [line for line in said.splitlines() if f"{case.name}/case.cc:" in line]
    assert of_case == [], "\n".join(of_case)
    assert (directory / case.name / "case.o").exists(), said
