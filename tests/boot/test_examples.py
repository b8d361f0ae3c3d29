# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""examples/: each is built by its own CMakeLists.txt and Kbuild, and logs what its README shows."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures import cmake_project
from fixtures import kbuild_project
from fixtures.axes import axis
from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.example_drivers import OF_A_MACHINE
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.repository import REPOSITORY

EXAMPLES = REPOSITORY / "examples"
ELSEWHERE = {
    "hello": "boot/test_hello.py",
    "kunit": "boot/test_kunit.py",
}
# every/test_example_arches.py has these
IN_EVERY_ARCH = {f"drivers/{name}" for names in OF_A_MACHINE.values() for name in names}
NAMES = sorted({str(path.parent.relative_to(EXAMPLES)) for path in EXAMPLES.rglob("Kbuild")} - ELSEWHERE.keys() - IN_EVERY_ARCH)


@dataclass(frozen=True)
class Built:
    """An example that was built in @directory, its module in @modules, with what was remarked."""

    directory: Path
    modules: Path
    remarks: list[str]

    @property
    def boots(self) -> tuple[list[list[str]], list[str]]:
        """Returns the README's calls of kcxx boot, with the module's directory for build/, and the lines of the log."""
        text = (self.directory / "README.md").read_text(encoding="utf-8")
        shown = re.search(r"^((?:    kcxx boot .*\n)+)\n(?:each )?logs\n\n((?:    .*\n)+)", text, re.M)
        assert shown, "README.md does not show what kcxx boot logs"
        commands = [line.removeprefix("    kcxx boot ") for line in shown[1].splitlines()]
        arguments = [[word.replace("build/", f"{self.modules}/") for word in shlex.split(command)] for command in commands]
        return arguments, [line.removeprefix("    ") for line in shown[2].splitlines()]


def installed(name: str, package: Path, directory: Path) -> Path:
    """A copy of an example in a copy of the package, where its Kbuild file finds kbuild/."""
    shutil.copytree(package, directory, dirs_exist_ok=True)
    example = directory / "share/kcxx/examples" / name
    shutil.rmtree(example, ignore_errors=True)
    shutil.copytree(EXAMPLES / name, example, ignore=shutil.ignore_patterns("build*", "*.o", "*.ko", "*.cmd", ".kcxx"))
    return example


def by_cmake(example: Path, package: Path, kernel: Kernel) -> tuple[Path, list[str]]:
    """Builds by CMake; returns the module's directory and the build's remarks."""
    project = CMakeProject(example, example / "build", package, kernel.build)
    return project.build, cmake_project.remarks(project.made("-DBUILD_TESTING=OFF"))


def by_kbuild(example: Path, package: Path, kernel: Kernel) -> tuple[Path, list[str]]:
    """Builds by the kernel's make; returns the module's directory and the build's remarks."""
    return example, kbuild_project.remarks(KbuildProject(example, package, kernel.build).made())


def called(way: tuple[Callable[..., tuple[Path, list[str]]], str]) -> str:
    """The name of a way to build and of a kernel's series"""
    return f"{way[0].__name__.removeprefix('by_')}-{way[1]}"


# Other tests of the gate build and boot the like of these: test_from_c_page.py, test_bindings_guest.py, test_params.py,
# and test_hardware.py for each bus.
ONLY_IN_EVERY = (
    "drivers/adt7310", "drivers/case_fan", "drivers/i6300esb", "drivers/pca9552", "edu", "from_c", "locked_counter", "params",
    "platform", "sysctl",
)  # fmt: skip


@pytest.fixture(scope="session", params=axis(*(name for name in NAMES if name not in ONLY_IN_EVERY), every=ONLY_IN_EVERY))
def name(request: pytest.FixtureRequest) -> str:
    """Each example."""
    return request.param


@pytest.fixture(scope="session", params=axis((by_cmake, "6.12"), every=((by_kbuild, "6.12"), (by_kbuild, "6.1"))), ids=called)
def built(
    request: pytest.FixtureRequest, name: str, kernels: dict[str, Kernel], package: Path, run_directory: Path
) -> Built:
    """Each example, each way."""
    way, series = request.param
    directory = run_directory / f"example-{name}-{called(request.param)}"
    example = directory / "share/kcxx/examples" / name

    def make(_: Path) -> None:
        modules, remarks = way(installed(name, package, directory), directory, kernels[series])
        (directory / "modules").symlink_to(modules)
        (directory / "remarks").write_text("\n".join(remarks), encoding="utf-8")

    made_once(directory, make)
    return Built(example, (directory / "modules").resolve(), (directory / "remarks").read_text("utf-8").splitlines())


def logged(log: str, module: str, shown: list[str]) -> list[str]:
    """The lines of @log that are @shown, and all of the module's own: those of the module last.

    A script's lines pass through a pipe, so a line of the module may come before the last one of the script.
    """
    lines = [re.sub(r"^\[ *[\d.]+\] ", "", line) for line in log.splitlines()]
    of_kernel = ("loading out-of-tree", "module verification failed")
    said = [line for line in lines if line in shown or line.startswith(f"{module}: ")]
    return of_module_last([line for line in said if not line.removeprefix(f"{module}: ").startswith(of_kernel)], module)


def of_module_last(lines: list[str], module: str) -> list[str]:
    """Returns @lines with those of the module last, each kind in its own order."""
    return sorted(lines, key=lambda line: line.startswith(f"{module}: "))


def test_example_logs_what_its_readme_shows(built: Built, kcxx: Path) -> None:
    """Each command shown, run in the example's folder, logs the lines shown, and the module no others."""
    commands, shown = built.boots
    for arguments in commands:
        module = next(Path(word).stem for word in arguments if word.endswith(".ko"))
        log = must(run(kcxx, "boot", *arguments, cwd=built.directory))
        assert logged(log, module, shown) == of_module_last(shown, module), log


def test_example_build_remarks_nothing(built: Built) -> None:
    """The build prints its steps alone."""
    assert built.remarks == []


@pytest.mark.parametrize("built", [(by_cmake, "6.12")], ids=called, indirect=True)
def test_example_tests_itself(built: Built, kcxx: Path) -> None:
    """ctest boots the example as its CMakeLists.txt declares."""
    must(run("cmake", "-DBUILD_TESTING=ON", f"-DKCXX_PROGRAM={kcxx}", built.modules))
    assert "100% tests passed" in must(run("ctest", "--test-dir", built.modules, "--output-on-failure"))


def test_examples_elsewhere_are_tested() -> None:
    """Examples that this file omits have tests of their own."""
    assert all(name in (REPOSITORY / "tests" / file).read_text("utf-8") for name, file in ELSEWHERE.items())
