# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The check and its callers: kcxx check, CMake, Kbuild; real kernels, real compilers."""

from __future__ import annotations

import json
import re
import shutil

import jsonschema
import pytest

from fixtures.axes import CXX, GCC
from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.exit_status import CheckStatus
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject, remarks
from fixtures.repository import REPOSITORY

SCRIPT = REPOSITORY / "kbuild/cxxavailable.sh"
SURVEY = REPOSITORY / "survey/survey.sh"
DOCUMENT = REPOSITORY / "docs/write-compatibility.sh"
SCHEMA = json.loads((REPOSITORY / "docs/check-report.schema.json").read_text(encoding="utf-8"))


def report(*arguments: str | Path, status: int = 0, script: Path = SCRIPT, env: dict[str, str] | None = None) -> dict:
    """The JSON report of a check with @arguments that ends with @status, valid by the schema."""
    result = run("sh", script, "--format", "json", *arguments, env=env)
    assert result.returncode == status, result.stdout + result.stderr
    document = json.loads(result.stdout)
    jsonschema.validate(document, SCHEMA)
    return document


@pytest.fixture
def project(kernel: Kernel, package: Path, tmp_path: Path) -> CMakeProject:
    """A project with a module called sample."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernel.build)
    project.write("sample.cc", MODULE)
    project.lists("add_kernel_module(sample sample.cc)\n")
    return project


@pytest.fixture
def kbuild(kernel: Kernel, package: Path, tmp_path: Path) -> KbuildProject:
    """A Kbuild project with a module called sample."""
    project = KbuildProject(tmp_path, package, kernel.build)
    project.write("sample.cc", MODULE)
    project.kbuild("obj-m := sample.o\n")
    return project


@pytest.fixture
def other_major(tmp_path: Path) -> Path:
    """The kernel's compiler, which reports itself as GCC 13."""
    path = tmp_path / "g++-13"
    path.write_text(f'#!/bin/sh\n{CXX["gcc"]} "$@" || exit\ncase "$*" in *"-x c++ -") echo kcxx_is GCC 13 1 0 ;; esac\n')
    path.chmod(0o755)
    return path


def warning_of_major(compiler: Path) -> list[str]:
    """Returns the check's warning about @other_major."""
    return [
        "*** kcxx: warning: the C++ compiler is of another major version than the kernel's",
        f"***   found:  {compiler} is 13.1.0; the kernel was built by GCC {GCC}",
        f"***   needed: g++-{GCC}",
        f"***   fix:    CXX=g++-{GCC} for make, -DKCXX_CXX_COMPILER=g++-{GCC} for CMake",
    ]


# kcxx check


def test_kcxx_check_of_a_usable_pair_is_one_line(kcxx: Path, kernel: Kernel) -> None:
    """A usable pair gives one line with kernel, architecture and compiler."""
    result = run(kcxx, "check", "--kernel", kernel.release)
    assert result.returncode == 0
    assert re.fullmatch(
        rf"C\+\+ is available: kernel {re.escape(kernel.release)} \(x86_64\), \S*g\+\+-{GCC} \(GCC {GCC}\.\d\.0\)\n", result.stdout
    )
    assert not result.stderr


def test_kcxx_check_is_the_script(kcxx: Path, kernel: Kernel) -> None:
    """kcxx check passes its options to the script, and gives its report and status."""
    arguments = ("--kernel", kernel.series, "--cxx", "g++-99", "--format", "json", "--kernel-min", "6.1")
    result = run(kcxx, "check", *arguments)
    assert result.returncode == CheckStatus.NOT_USABLE
    assert result.stdout == run("sh", SCRIPT, *arguments).stdout
    jsonschema.validate(json.loads(result.stdout), SCHEMA)


def test_kcxx_check_of_an_excluded_kernel_ends_with_77(kcxx: Path, kernels: dict[str, Kernel]) -> None:
    """A module's own constraint that is not met is no failure."""
    result = run(kcxx, "check", "--kernel", kernels["6.12"].release, "--kernel-min", "6.13")
    assert result.returncode == CheckStatus.EXCLUDED
    assert result.stderr.startswith("*** kcxx: the kernel is older than this module is for\n")


def test_kcxx_check_with_a_wrong_option_ends_with_2(kcxx: Path) -> None:
    """An option or value that is unknown to kcxx or to the script is a wrong call."""
    assert run(kcxx, "check", "--unknown").returncode == CheckStatus.USAGE
    assert run(kcxx, "check", "--format", "xml").returncode == CheckStatus.USAGE


def test_installed_kcxx_finds_the_check(kcxx: Path, package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """The program takes kbuild/ from where it was installed with it."""
    prefix = tmp_path / "prefix"
    must(run("cmake", "-S", REPOSITORY, "-B", tmp_path / "build", "-G", "Ninja"))
    must(run("cp", "-r", package, prefix))
    (prefix / "bin").mkdir(exist_ok=True)
    must(run("cp", kcxx, prefix / "bin/kcxx"))
    script = prefix / "share/kcxx/kbuild/cxxavailable.sh"
    script.write_text("echo the installed one\n")
    assert must(run(prefix / "bin/kcxx", "check", "--kernel", kernel.release)) == "the installed one\n"


def test_check_of_everything_has_a_line_for_each_pair(kcxx: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """--all: kernels × compilers; the table and the JSON agree."""
    kernel = kernels["6.12"]  # beside it other tests may be building more
    (tmp_path / "kernels" / kernel.release).mkdir(parents=True)
    (tmp_path / "kernels" / kernel.release / "build").symlink_to(kernel.build)
    cache = {"KCXX_CACHE": str(tmp_path)}
    reports = report(script=SURVEY, env=cache)["reports"]
    pairs = {(one["kernel"]["release"], one["cxx"]["command"]) for one in reports}
    assert len(pairs) == len(reports)
    assert kernel.release in {release for release, _ in pairs}
    lines = must(run(kcxx, "check", "--all", env=cache)).splitlines()
    assert lines[0].split(maxsplit=3) == ["KERNEL", "COMPILER", "USABLE", "WHY NOT, OR WITH WHAT CARE"]
    assert [line.split()[:3] for line in lines[1:]] == [
        [one["kernel"]["release"], one["cxx"]["command"], "yes" if one["verdict"] == "usable" else "no"]
        for one in reports
    ]


# The report


def test_report_of_a_usable_pair_has_no_problem(kernel: Kernel) -> None:
    """Every requirement of both kernels with their own compiler is ok."""
    document = report("--kernel", kernel.release)
    assert {one["status"] for one in document["requirements"]} == {"ok"}
    assert document["verdict"] == "usable"
    assert document["kernel"] == {"directory": str(kernel.build), "release": kernel.release, "arch": "x86_64"}
    assert document["cxx"]["family"] == "GCC"


def test_report_names_each_dropped_flag_with_its_reason(kernel: Kernel) -> None:
    """The report lists each flag that the kernel's C gets and C++ does not."""
    (found,) = [one["found"] for one in report("--kernel", kernel.release)["requirements"] if one["check"] == "flags_dropped"]
    assert "-std=gnu11 (C's standard; ours is below)" in found
    assert "no reason given" not in found


def test_report_of_mitigations_is_read_from_the_object(kernel: Kernel) -> None:
    """Debian's kernels ask for them, and the probe's code has them."""
    found = {one["check"]: one["found"] for one in report("--kernel", kernel.release)["requirements"]}
    assert re.fullmatch(r"[1-9]\d* through the thunk", found["return_thunks"])
    assert re.fullmatch(r"[1-9]\d* through thunks", found["retpolines"])
    assert re.fullmatch(r"[1-9]\d* functions", found["ftrace"])
    assert found["red_zone"] == found["floating_point"] == "not used"


def test_answer_of_kbuild_is_kept(kernel: Kernel, tmp_path: Path) -> None:
    """The second check of a pair asks no Kbuild; one that is newly configured is asked again."""
    for part in kernel.build.resolve().parent.iterdir():  # its Makefile finds the other parts beside it
        (tmp_path / part.name).symlink_to(part)
    tree = tmp_path / kernel.build.resolve().name
    tree.unlink()
    must(run("cp", "-rL", kernel.build.resolve(), tree))
    env = {"KCXX_CACHE": str(tmp_path / "cache")}
    first = report("--kernel", tree, env=env)
    (answer,) = (tmp_path / "cache/answers").iterdir()
    answer.write_text(answer.read_text(encoding="utf-8").replace("-mno-red-zone", ""), encoding="utf-8")
    shutil.rmtree(tmp_path / "cache/reports")  # a kept report needs no answer
    assert {one["check"] for one in report("--kernel", tree, env=env, status=1)["requirements"] if one["status"] == "failed"} == {
        "red_zone"
    }
    with (tree / "include/config/auto.conf").open("a", encoding="utf-8") as configuration:
        configuration.write("# touched\n")
    assert report("--kernel", tree, env=env) == first


def test_answer_is_not_needed_to_be_kept(kernel: Kernel, tmp_path: Path) -> None:
    """Without a place to keep the answer, the check gives the same result."""
    (tmp_path / "cache").write_text("no directory")
    kept = report("--kernel", kernel.release)
    assert report("--kernel", kernel.build, env={"KCXX_CACHE": str(tmp_path / "cache")})["requirements"] == kept["requirements"]


# CMake


def test_cmake_has_the_target_cxxavailable(project: CMakeProject) -> None:
    """cmake --build build --target cxxavailable: the check, for this kernel and these compilers."""
    project.made()
    said = must(run("cmake", "--build", project.build, "--target", "cxxavailable"))
    assert f"C++ is available: kernel {project.kernel.resolve().name.removeprefix('linux-headers-')}" in said


@pytest.mark.every
def test_cmake_passes_warnings_on(project: CMakeProject, other_major: Path) -> None:
    """A compiler of another major version: configured, with the check's warning each time."""
    for _ in range(2):
        result = project.configure(f"-DKCXX_CXX_COMPILER={other_major}")
        assert result.returncode == 0
        for line in warning_of_major(other_major):
            assert re.sub(r"^\*\*\* (kcxx: warning: )?", "", line).strip() in result.stderr


@pytest.mark.every
def test_cmake_takes_the_project_compiler_of_another_family(project: CMakeProject) -> None:
    """CMAKE_CXX_COMPILER=clang++ for a kernel of GCC's is a wish: it is followed, and warned of."""
    result = project.configure("-DCMAKE_CXX_COMPILER=clang++-19")
    assert f"-- kcxx: C++ compiler {shutil.which('clang++-19')} 19." in must(result)
    assert "  kcxx: the C++ compiler and the kernel are of different families\n" in result.stderr


# Kbuild


def test_kbuild_has_the_target_cxxavailable(kbuild: KbuildProject) -> None:
    """make -C <kernel> M=<directory> cxxavailable/: the check, and nothing is built or left."""
    result = kbuild.make("cxxavailable/")
    assert re.search(r"^C\+\+ is available: kernel ", must(result), re.M)
    assert not [name for name in kbuild.files() if name.endswith((".o", ".ko"))]
    assert not (kbuild.directory / "cxxavailable").exists()


def test_kbuild_target_cxxavailable_fails_where_the_check_does(kbuild: KbuildProject) -> None:
    """If the compiler is missing, make fails with the check's message."""
    result = kbuild.make("cxxavailable/", "CXX=g++-99")
    assert result.returncode != 0
    assert "*** kcxx: the C++ compiler is missing\n" in result.stderr


@pytest.mark.every
def test_kbuild_warns_once(kbuild: KbuildProject, other_major: Path) -> None:
    """The first build prints the check's warning; a build with nothing to do prints nothing."""
    assert remarks(kbuild.made(f"CXX={other_major}")) == warning_of_major(other_major)
    assert remarks(kbuild.made(f"CXX={other_major}")) == []


@pytest.mark.every
def test_kbuild_checks_again_when_the_compiler_changes(kbuild: KbuildProject, other_major: Path) -> None:
    """A build directory that was checked with one compiler is checked with the next."""
    assert remarks(kbuild.made()) == []
    assert remarks(kbuild.made(f"CXX={other_major}")) == warning_of_major(other_major)


# The documentation


def test_compatibility_document_is_up_to_date() -> None:
    """docs/compatibility.md is the output of write-compatibility.sh beside it."""
    said = must(run("sh", DOCUMENT))
    assert (REPOSITORY / "docs/compatibility.md").read_text(encoding="utf-8") == said, (
        "type: sh docs/write-compatibility.sh > docs/compatibility.md"
    )


def test_every_check_says_what_it_requires_and_why(kernel: Kernel) -> None:
    """No check without a requirement, a reason and a fix; no description without a check."""
    described = re.findall(r"^\| `([a-z0-9_]+)` \| (.+?) \| (.+?) \| (.+?) \|$", must(run("sh", DOCUMENT)), re.M)
    made = [one["check"] for one in report("--kernel", kernel.release)["requirements"]]
    assert [name for name, *_ in described] == made
    blocks = re.findall(r"^## ([a-z0-9_]+): ", "".join(p.read_text() for p in SCRIPT.parent.glob("cxxavailable/*.sh")), re.M)
    assert sorted(blocks) == sorted(made)


@pytest.mark.every
def test_compiler_with_a_launcher_and_arguments_builds_in_cmake(project: CMakeProject, tmp_path: Path) -> None:
    """KCXX_C_COMPILER and KCXX_CXX_COMPILER are commands; ccache keeps its files where the environment has them."""
    (tmp_path / "ccache").mkdir()
    env = {"HOME": "/dev/null", "CCACHE_DIR": str(tmp_path / "ccache")}
    options = (f"-DKCXX_C_COMPILER=ccache gcc-{GCC} -m64", f"-DKCXX_CXX_COMPILER=ccache g++-{GCC} -m64")
    configured = project.configure(*options, env=env)
    assert configured.returncode == 0, configured.stderr
    must(run("cmake", "--build", project.build, env=env))
    commands = (project.build / "compile_commands.json").read_text(encoding="utf-8")
    assert f"/g++-{GCC} -m64 " in commands
    assert any((tmp_path / "ccache").iterdir())
