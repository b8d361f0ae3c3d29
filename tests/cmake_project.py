# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A CMake project of kernel modules, as a user of kcxx has one."""

from __future__ import annotations

import re
import shutil
import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path

from conftest import must, run

# One module class, for sources that are about something else
MODULE = """\
#include <kernel/prelude.hpp>
MODULE_LICENSE("GPL");
namespace {
struct Module {
	static kernel::Result<Module> init(kernel::ThisModule &) { return Module{}; }
};
}
KERNEL_MODULE(Module);
"""

# Lines that builds are made of; the last is the kernel's own, where its headers come without a vmlinux.
STEP = re.compile(
    r"-- |\[ *\d+(/\d+|%)\] "
    r"|Skipping BTF generation for \S+ due to unavailability of vmlinux$"
)


@dataclass
class CMakeProject:
    """A project in @source, built in @build with the installed @package for @kernel."""

    source: Path
    build: Path
    package: Path
    kernel: Path | str
    generator: str = "Ninja"
    around: tuple[str | Path, ...] = ()  # a command that runs cmake: unshare(1) and its like

    def write(self, name: str, text: str) -> Path:
        """Writes @text to the file @name of the project."""
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    def lists(self, body: str, languages: str = "C CXX") -> Path:
        """A CMakeLists.txt that finds kcxx and goes on with @body."""
        return self.write(
            "CMakeLists.txt",
            "cmake_minimum_required(VERSION 3.25)\n"
            f"project(sample LANGUAGES {languages})\n"
            "find_package(kcxx REQUIRED)\n" + textwrap.dedent(body),
        )

    def configure(self, *options: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Runs cmake, which may fail."""
        return run(
            *self.around, "cmake", "-S", self.source, "-B", self.build, "-G", self.generator,
            f"-DCMAKE_PREFIX_PATH={self.package}", f"-DKCXX_KERNEL={self.kernel}", *options,
            env=env,
        )  # fmt: skip

    def make(
        self, *targets: str, verbose: bool = False, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Builds @targets, or all; may fail."""
        return run(
            "cmake", "--build", self.build,
            *(["--verbose"] if verbose else []), *(["--target", *targets] if targets else []),
            env=env,
        )  # fmt: skip

    def made(self, *options: str) -> str:
        """Configures and builds, and must succeed; all that was said."""
        said = []
        for result in (self.configure(*options), self.make()):
            said += [must(result), result.stderr]
        return "".join(said)

    def pending(self, *targets: str) -> Pending:
        """What Ninja would do now for @targets, or all, and why: nothing is done."""
        result = run("ninja", "-C", self.build, "-n", "-v", "-d", "explain", *targets)
        return Pending(must(result) + result.stderr)

    def module(self, name: str) -> Path:
        """The path of a built module."""
        path = self.build / f"{name}.ko"
        assert path.exists(), f"no {path}"
        return path

    def remove_build(self) -> None:
        """Back to a project that was never configured."""
        shutil.rmtree(self.build)


@dataclass(frozen=True)
class Pending:
    """The output of ninja -n -v -d explain."""

    said: str

    @property
    def nothing(self) -> bool:
        """Whether there is no work to do."""
        return "ninja: no work to do." in self.said.splitlines()

    @property
    def reconfigures(self) -> bool:
        """Whether CMake runs first; what else is to do is not known before it has."""
        return re.search(r"^\[0/1\] .*cmake.* --regenerate-during-build", self.said, re.M) is not None

    @property
    def compiled(self) -> set[str]:
        """The names of the sources that would be compiled."""
        return {Path(source).name for source in re.findall(r"compile-object\.sh .* -c (\S+)$", self.said, re.M)}

    @property
    def linked(self) -> list[str]:
        """The names of the modules that would be linked, in their order."""
        return [Path(module).name for module in re.findall(r"link-module\.sh \S+ (\S+)", self.said)]


def compiled(said: str) -> set[str]:
    """The names of the sources that a build's output says were compiled."""
    return {Path(path).name.removesuffix(".o") for path in re.findall(r"Building (?:C|CXX) object (\S+)$", said, re.M)}


def linked(said: str) -> set[str]:
    """The names of the modules that a build's output says were linked."""
    return set(re.findall(r"Linking KMOD shared library (?:\S*/)?(\S+)$", said, re.M))


def remarks(said: str) -> list[str]:
    """The lines of a build's output that name no step: warnings, and whatever else a person would stop at."""
    return [line for line in said.splitlines() if not STEP.match(line)]


def refusal(result: subprocess.CompletedProcess[str]) -> str:
    """The text of the one error that ended a configuration, without CMake's frame."""
    assert result.returncode != 0, f"configured:\n{result.stdout}"
    errors = re.findall(r"^CMake Error at [^\n]*\n(.*?)\n(?:Call Stack|\n\n)", result.stderr, re.M | re.S)
    assert len(errors) == 1, result.stderr
    return textwrap.dedent(errors[0]).strip()


def assert_refused(result: subprocess.CompletedProcess[str], *phrases: str) -> None:
    """It failed, with all @phrases in what it said, wherever its lines break."""
    assert result.returncode != 0, f"not refused:\n{result.stdout}"
    said = re.sub(r"\s+", " ", result.stdout + result.stderr)
    assert [phrase for phrase in phrases if phrase not in said] == [], said
