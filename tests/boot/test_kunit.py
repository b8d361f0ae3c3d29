# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Unit tests of modules: what their cases do in the kernel, and what kcxx boot makes of the results.

The suites are those of kunit/. Kernels with KUnit run them by it; the distributions' have none.
"""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fixtures import cmake_project
from fixtures import kbuild_project
from fixtures.axes import axis
from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.library_kernels import DEBUG, DEBUG_OPTIONS, KERNELS, SCAN, kernel_of
from fixtures.repository import REPOSITORY

KUNIT = REPOSITORY / "tests/modules/kunit"
EXAMPLE = REPOSITORY / "examples/kunit"


DEBUG_ARM64 = ("debug", "arm64", "clang")
WITH_KUNIT = (DEBUG, DEBUG_ARM64)
# Where one kernel without KUnit is enough
WITHOUT_KUNIT = ("6.12", "x86_64", "gcc")

# The results of the cases of outcomes.cc
OUTCOMES = {
    "passes": {
        "everything_holds": "passed",
        "assertions_hold": "passed",
        "noise_between": "passed",
        "with_fixture": "passed",
        "fixture_is_new": "passed",
        "of a lambda": "passed",
    },
    "fails": {
        "values": "failed",
        "assertion_stops": "failed",
        "assertion_in_a_function": "failed",
        "returns_an_error": "failed",
        "without_its_fixture": "failed",
        "everything_holds": "passed",
    },
    "skips": {"skipped": "skipped", "marked": "skipped", "skipped_and_failed": "failed"},
    "all_skipped": {"skipped": "skipped"},
    "parameters": {
        "squared/two": "passed",
        "squared/three": "failed",
        "squared/four": "passed",
        "numbered/param-0": "passed",
        "numbered/param-1": "skipped",
    },
    "shares": {"uses_shared": "passed", "uses_shared_too": "passed"},
    "shares_nothing": {"shares_nothing": "failed"},
    "elsewhere": {"passes": "passed"},
}

# The messages of the case `values` for the expectations that are not met
VALUES = [
    "Expected three == 4, but\nthree == 3 (0x3)",
    "Expected huge == -1, but\nhuge == 18446744073709551615 (0xffffffffffffffff)",
    "Expected off == true, but\noff == false",
    "Expected Colour::red == Colour::green, but\nColour::red == 0 (0x0)\nColour::green == 1 (0x1)",
    "Expected three < 3, but\nthree == 3 (0x3)",
    "Expected three > 3 to be true, but is false",
    'Expected text == "this", but\ntext == "that"',
    "Expected static_cast<int *>(nullptr) to be not null, but is",
    "Expected kernel::ENOMEM == kernel::EIO, but\nkernel::ENOMEM == errno 12\nkernel::EIO == errno 5",
    "Expected Result<int>{std::unexpected(kernel::ENOENT)} to have a value, but it is errno 2",
    "Expected Result<int>{1} to be the error kernel::EINVAL (errno 22), but\nit has a value",
    "Expected Result<int>{std::unexpected(kernel::EIO)} to be the error kernel::EINVAL (errno 22), but\nit is errno 5",
    "told by hand: yes",
]


@dataclass(frozen=True)
class Boot:
    """The status of kcxx boot, and its reports."""

    status: int
    document: dict
    junit: ET.Element

    @property
    def log(self) -> str:
        return "".join(f"{line['text']}\n" for line in self.document["log"])

    def outcomes(self) -> dict[str, dict[str, str]]:
        """Returns the outcomes by suite and case."""
        return {
            suite["suite"]: {case["name"]: case["outcome"] for case in suite["cases"]}
            for suite in self.document["tests"]
        }

    def case(self, suite: str, name: str) -> dict:
        (found,) = (
            case
            for candidate in self.document["tests"]
            if candidate["suite"] == suite
            for case in candidate["cases"]
            if case["name"] == name
        )
        return found

    def findings(self, verdict: str = "tests") -> list[str]:
        return [finding["text"] for finding in self.document["findings"] if finding["verdict"] == verdict]


def modules_for(parameter: tuple[str, str, str], kcxx: Path, package: Path, run_directory: Path) -> CMakeProject:
    """The modules of kunit/, built for the kernel that @parameter names."""
    series, arch, compiler = parameter
    kernel = kernel_of(kcxx, series, arch)

    def at(directory: Path) -> CMakeProject:
        return CMakeProject(directory, directory / "build", package, kernel.build)

    def make(directory: Path) -> None:
        shutil.copytree(KUNIT, directory, dirs_exist_ok=True)
        project = at(directory)
        plain = "add_kernel_module(plain plain.c)\n" if series == "debug" else ""
        project.lists(
            "add_kernel_module(outcomes outcomes.cc elsewhere.cc)\n"
            "add_kernel_module(crashes crashes.cc)\nadd_kernel_module(forgets forgets.cc)\n" + plain
        )
        toolchain = package / f"share/kcxx/toolchains/{arch}-{compiler}.cmake"
        (directory / "said").write_text(project.made(f"--toolchain={toolchain}"), encoding="utf-8")

    return at(made_once(run_directory / f"kunit-{'-'.join(parameter)}", make))


@dataclass(frozen=True)
class Booter:
    """Boots the modules of one kernel, each set once."""

    kcxx: Path
    project: CMakeProject
    parameter: tuple[str, str, str]

    def boot(self, name: str, modules: Iterable[str], *options: str | Path) -> Boot:
        """Boots @modules with @options; @name is the boot's own."""
        series, arch, _ = self.parameter
        more: tuple[str | Path, ...] = ()
        if series == "debug":
            more = ("--kernel", kernel_of(self.kcxx, series, arch).image, *DEBUG_OPTIONS)

        def make(directory: Path) -> None:
            junit = directory / "junit.xml"
            paths = [self.project.module(module) for module in modules]
            result = run(self.kcxx, "boot", "--format", "json", "--junit", junit, *more, *options, *paths)
            (directory / "status").write_text(str(result.returncode), encoding="utf-8")
            (directory / "json").write_text(result.stdout, encoding="utf-8")

        directory = made_once(self.project.source.parent / f"{self.project.source.name}-{name}", make)
        return Boot(
            int((directory / "status").read_text(encoding="utf-8")),
            json.loads((directory / "json").read_text(encoding="utf-8")),
            ET.parse(directory / "junit.xml").getroot(),
        )


@pytest.fixture(scope="session", params=[*KERNELS, *axis(every=(DEBUG_ARM64,))], ids="-".join)
def booter(request: pytest.FixtureRequest, kcxx: Path, package: Path, run_directory: Path) -> Booter:
    """For each kernel"""
    return Booter(kcxx, modules_for(request.param, kcxx, package, run_directory), request.param)


@pytest.fixture(scope="session")
def booted(booter: Booter) -> Boot:
    """outcomes.cc, run; a debug kernel looks for leaks while what ran is shown in debugfs"""
    shown = "ls /sys/kernel/debug/kunit 2>/dev/null | sed 's/^/shown: /'\n"
    text = shown + (SCAN if booter.parameter[0] == "debug" else "")
    script = booter.project.write("outcomes.sh", text)
    return booter.boot("outcomes", ["outcomes"], "--script", script)


def on(*kernels: Any) -> pytest.MarkDecorator:
    """Tries a test on @kernels alone."""
    return pytest.mark.parametrize("booter", kernels, ids="-".join, indirect=True)


# Cases


def test_cases_have_their_outcomes(booted: Boot) -> None:
    """The same on every kernel, by KUnit and without; lines of others between them count for nothing."""
    assert booted.outcomes() == OUTCOMES


def test_expectation_says_place_and_values(booted: Boot) -> None:
    """Each one that is not met, with file:line and the operands that are no literals; the case goes on."""
    said = "\n".join(line.strip() for line in booted.case("fails", "values")["said"])
    parts = re.split(r"# values: EXPECTATION FAILED at \S*outcomes\.cc:\d+\n", said)
    assert [part.strip() for part in parts[1:-1]] == VALUES[:-1]
    assert parts[-1].splitlines() == [VALUES[-1], "outcomes: expectations: gone on"]


def test_assertion_ends_its_case(booted: Boot) -> None:
    """An assertion ends its function and the case that called it; destructors run, and no later line does."""
    assert "outcomes: guard of assertion: released\n" in booted.log
    assert "outcomes: guard of function: released\n" in booted.log
    assert "reached after" not in booted.log
    # The error that a stopped case returns is not reported as another failure.
    assert sum("FAILED" in line for line in booted.case("fails", "assertion_stops")["said"]) == 1


def test_returned_error_fails_the_case(booted: Boot) -> None:
    """The error's number is reported; a fixture that cannot be made is an error as well, and its case does not run."""
    assert booted.case("fails", "returns_an_error")["reason"] == "FAILED: it returned errno 12"
    assert booted.case("fails", "without_its_fixture")["reason"] == "FAILED: its fixture is errno 19"
    assert "reached without" not in booted.log


def test_skip_has_its_reason(booted: Boot) -> None:
    """KUNIT_SKIP() ends the case, mark_skipped() does not; who fails is not skipped."""
    assert booted.case("skips", "skipped")["reason"] == "no such hardware"
    assert booted.case("skips", "marked")["reason"] == "marked only"
    assert "outcomes: guard of skip: released\n" in booted.log
    assert "outcomes: marked: gone on\n" in booted.log


def test_fixture_is_made_for_each_case(booted: Boot) -> None:
    """A fixture ends with its case: the next case gets a new one."""
    released = re.findall(r"^outcomes: fixture of (\d+): released$", booted.log, re.M)
    assert released == ["50", "5", "5", "5"]


def test_cases_share_what_their_suite_has(booted: Boot) -> None:
    """Made once before the first, destroyed once after the last; where it cannot be made the suite has failed."""
    assert re.findall(r"^outcomes: shared: (.*)$", booted.log, re.M) == ["made", "released after 2"]
    assert booted.case("shares_nothing", "shares_nothing")["reason"].endswith("failed to initialize (-16)")


def test_kernel_complains_of_nothing(booted: Boot) -> None:
    """No warning and no leak: what is wrong is what the cases found."""
    assert {finding["verdict"] for finding in booted.document["findings"]} == {"tests"}
    assert booted.status == ExitStatus.TESTS


def test_build_remarks_nothing(booter: Booter) -> None:
    """No warning of a compiler, objtool, modpost or the linker; only the check's, and that pahole is too old."""
    said = (booter.project.source / "said").read_text(encoding="utf-8")
    said = re.sub(r"^CMake Warning at .*?\n\n\n", "", said, flags=re.M | re.S)
    assert [line for line in cmake_project.remarks(said) if " gets no BTF: " not in line] == []


def test_kunit_runs_them_where_it_is(booter: Booter, booted: Boot) -> None:
    """KUnit shows each suite in debugfs as long as the module is loaded; a kernel without KUnit shows none."""
    shown = set(re.findall(r"^shown: (.*)$", booted.log, re.M))
    assert shown == (set(OUTCOMES) if booter.parameter in WITH_KUNIT else set())


# The report of kcxx boot


def test_failed_suites_are_findings(booted: Boot) -> None:
    """Each suite with failures is a finding, with their number; suites that passed are none."""
    assert booted.findings() == [
        "unit tests of fails: 5 of 6 failed",
        "unit tests of skips: 1 of 3 failed",
        "unit tests of parameters: 1 of 5 failed",
        "unit tests of shares_nothing: 1 of 1 failed",
    ]
    quotes = booted.document["findings"][0]["quotes"]
    assert re.match(r"assertion_stops: ASSERTION FAILED at \S*outcomes.cc:\d+: Expected 1 == 2, but", quotes[1])


def test_junit_agrees_with_json(booted: Boot) -> None:
    """A testsuite for the boot, which went well, and one for each suite; their cases by name and outcome."""
    boot, *suites = booted.junit
    assert (boot.get("name"), boot.get("failures")) == ("boot", "0")
    told = {}
    for suite in suites:
        cases = {}
        for case in suite:
            assert case.get("classname") == suite.get("name")
            failure, skipped = case.find("failure"), case.find("skipped")
            known = booted.case(suite.get("name"), case.get("name"))
            if failure is not None:
                assert failure.get("message") == known["reason"]
            if skipped is not None:
                assert skipped.get("message") == known["reason"]
            cases[case.get("name")] = (
                "failed" if failure is not None else "skipped" if skipped is not None else "passed"
            )
        told[suite.get("name")] = cases
        assert int(suite.get("failures")) == list(cases.values()).count("failed")
        assert int(suite.get("skipped")) == list(cases.values()).count("skipped")
        assert int(suite.get("tests")) == len(cases)
    assert told == OUTCOMES
    assert int(booted.junit.get("tests")) == sum(map(len, OUTCOMES.values())) + 1


@on(*axis(WITHOUT_KUNIT, every=(DEBUG,)))
def test_crash_names_the_case_that_ran(booter: Booter) -> None:
    """The case before it has passed, the one after it has no result; the boot fails for the oops above all."""
    boot = booter.boot("crashes", ["crashes"])
    assert boot.status == ExitStatus.OOPS
    assert boot.outcomes() == {"crashes": {"before": "passed", "crash": "missing"}}
    assert boot.findings() == ["unit tests of crashes broke off: crash did not come to its end"]
    failures = {failure.get("message") for failure in boot.junit.iter("failure")}
    assert "it did not come to its end" in failures


@pytest.fixture(scope="session")
def forgets(booter: Booter) -> Boot:
    """A module that runs one of its two suites, and a script that writes results into the log"""
    return booter.boot("forgets", ["forgets"], "--script", KUNIT / "ktap.sh")


@on(WITHOUT_KUNIT)
def test_suite_that_did_not_run_is_an_error(forgets: Boot) -> None:
    """A suite that the module declares and that has no result is reported."""
    assert forgets.status == ExitStatus.TESTS
    assert "unit tests of forgotten in forgets did not run: no result in the log" in forgets.findings()
    assert not any("remembered" in finding for finding in forgets.findings())
    boot = forgets.junit[0]
    assert boot.find("testcase/failure").get("message").startswith("unit tests of forgotten")


@on(WITHOUT_KUNIT)
def test_half_a_log_is_a_failure(forgets: Boot) -> None:
    """An announced case without a result has not passed, nor have the cases after the lost lines."""
    outcomes = forgets.outcomes()
    assert outcomes["lost"] == {"first": "passed", "2 to 3 of lost": "missing"}
    assert outcomes["broken_off"] == {"fine": "passed", "case 2 of 3": "missing"}
    assert outcomes["last"] == {"fine": "passed"}
    assert outcomes["suite 2 of 2"] == {"suite 2 of 2": "missing"}
    assert "stray" not in outcomes


@on(WITHOUT_KUNIT)
def test_nested_suites_give_their_cases_names(forgets: Boot) -> None:
    """Cases are named by the suites around them; a failed case does not fail its suites as well."""
    assert forgets.outcomes()["deep"] == {
        "middle/inner/one": "passed",
        "middle/inner/two": "failed",
        "middle/after/three": "skipped",
    }


@on(WITHOUT_KUNIT)
def test_suite_fails_by_itself(forgets: Boot) -> None:
    """A suite fails by itself if none of its cases has a reason, or if it has no cases."""
    assert forgets.outcomes()["by_itself"] == {"fine": "passed", "by_itself": "failed"}
    assert forgets.case("by_itself", "by_itself")["reason"].endswith("failed to initialize (-5)")
    assert forgets.outcomes()["without_cases"] == {"without_cases": "failed"}


@on(*axis(every=WITH_KUNIT))
def test_tests_in_c_are_read_as_well(booter: Booter) -> None:
    """Tests in C, with the kernel's own <kunit/test.h>, are read."""
    boot = booter.boot("plain", ["plain"])
    assert boot.status == ExitStatus.TESTS
    assert boot.outcomes() == {"plain": {"passes": "passed", "fails": "failed"}}
    assert boot.findings() == ["unit tests of plain: 1 of 2 failed"]


@on(*axis(every=(DEBUG,)))
def test_tests_in_c_have_to_run(booter: Booter) -> None:
    """A kernel with kunit.enable=0 runs no tests, and the module does not pass."""
    boot = booter.boot("disabled", ["plain", "outcomes"], "--append", "kunit.enable=0")
    assert boot.status == ExitStatus.TESTS
    assert "unit tests in plain did not run: no result in the log" in boot.findings()


def test_junit_follows_no_link_beside_its_file(kcxx: Path, tmp_path: Path) -> None:
    """Somebody else's link in a shared directory: its target is left alone. A link that the user names is followed."""
    victim = tmp_path / "victim"
    victim.write_text("precious", encoding="utf-8")
    (tmp_path / "junit.xml.new").symlink_to(victim)
    (tmp_path / "real.xml").write_text("", encoding="utf-8")
    (tmp_path / "junit.xml").symlink_to("real.xml")
    run(kcxx, "boot", "--junit", tmp_path / "junit.xml", tmp_path / "missing.ko")
    assert victim.read_text(encoding="utf-8") == "precious"
    assert (tmp_path / "junit.xml").is_symlink()
    assert ET.parse(tmp_path / "real.xml").getroot().tag == "testsuites"
    assert {path.name for path in tmp_path.iterdir()} == {"victim", "junit.xml.new", "real.xml", "junit.xml"}


def test_junit_to_a_pipe_is_written_there(kcxx: Path, tmp_path: Path) -> None:
    """A link to the standard output, as /dev/stdout is, is no file to be replaced."""
    (tmp_path / "stdout").symlink_to("/proc/self/fd/1")
    result = run(kcxx, "boot", "--junit", tmp_path / "stdout", tmp_path / "missing.ko")
    assert (tmp_path / "stdout").is_symlink()
    assert "<testsuites" in result.stdout


def test_junit_tells_why_nothing_booted(kcxx: Path, tmp_path: Path) -> None:
    """An old report is replaced, and the error is a failure."""
    junit = tmp_path / "junit.xml"
    junit.write_text("of an earlier boot", encoding="utf-8")
    result = run(kcxx, "boot", "--junit", junit, tmp_path / "missing.ko")
    assert result.returncode == ExitStatus.INPUT
    (failure,) = ET.parse(junit).getroot().iter("failure")
    assert failure.get("type") == "input"
    assert "missing.ko" in failure.text


# The example


def installed_example(directory: Path, package: Path) -> Path:
    """A copy of the example in a copy of the package, where its Kbuild file finds kbuild/."""
    shutil.copytree(package, directory, dirs_exist_ok=True)
    example = directory / "share/kcxx/examples/kunit"
    shutil.copytree(EXAMPLE, example, ignore=shutil.ignore_patterns("build*", "*.o", "*.ko", "*.cmd", ".kcxx"))
    return example


@pytest.fixture(scope="session")
def by_cmake(kernel: Kernel, kcxx: Path, package: Path, run_directory: Path) -> Path:
    """Where the example was built and tested by CTest: "remarks" of the build, CTest's "log", and ring.xml."""

    def make(directory: Path) -> None:
        project = CMakeProject(
            installed_example(directory, package), directory / "build", directory, kernel.build
        )
        said = project.made(f"-DKCXX_PROGRAM={kcxx}")
        (directory / "remarks").write_text("\n".join(cmake_project.remarks(said)), encoding="utf-8")
        log = must(run("ctest", "--test-dir", project.build, "--verbose"))
        (directory / "log").write_text(log, encoding="utf-8")

    return made_once(run_directory / f"kunit-example-{kernel.series}", make)


def test_example_says_what_its_readme_shows(by_cmake: Path) -> None:
    """The lines of the README in their order, in the log; all is well."""
    readme = re.search(r"^```\n(.*?)^```$", (EXAMPLE / "README.md").read_text("utf-8"), re.M | re.S)
    assert readme
    log = (by_cmake / "log").read_text(encoding="utf-8")
    said = [line.partition("] ")[2] for line in log.splitlines()]
    shown = readme[1].splitlines()
    assert [line for line in said if line in shown] == shown
    assert re.search(r"kcxx: ok: ring_test .*; 6 unit tests passed, 1 skipped$", log, re.M)


def test_cmake_test_writes_junit(by_cmake: Path) -> None:
    """JUNIT is relative to the build directory, and has each case."""
    root = ET.parse(by_cmake / "build/ring.xml").getroot()
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("8", "0", "1")
    cases = [case.get("name") for case in root.iter("testcase") if case.get("classname") == "ring"]
    assert cases[0] == "new_ring_is_empty"
    assert cases[3:6] == [f"keeps_its_order/{name}" for name in ("within", "around", "often")]


def test_example_build_remarks_nothing(by_cmake: Path) -> None:
    """The build prints its steps alone."""
    assert (by_cmake / "remarks").read_text(encoding="utf-8") == ""


@pytest.mark.every
def test_example_builds_by_kbuild_alone(kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """Kbuild alone builds the example without a remark, and its tests run."""
    project = KbuildProject(installed_example(tmp_path / "package", package), tmp_path / "package", kernel.build)
    assert kbuild_project.remarks(project.made()) == []
    log = must(run(kcxx, "boot", project.directory / "ring_test.ko"))
    assert re.search(r"^kcxx: ok: ring_test .*; 6 unit tests passed, 1 skipped$", log, re.M)
