# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A directory with a Kbuild file, built by the kernel's own make."""

from __future__ import annotations

import re
import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path

from conftest import must, run

# Lines that builds are made of; the last is the kernel's own, where its headers come without a vmlinux.
STEP = re.compile(
    r"  [A-Z]+ +(\[M\] +)?\S+$"
    r"|make(\[\d+\])?: (Entering|Leaving) directory "
    r"|Skipping BTF generation for \S+ due to unavailability of vmlinux$"
)


@dataclass
class KbuildProject:
    """The module sources in @directory, built by make with the installed @package for @kernel."""

    directory: Path
    package: Path
    kernel: Path

    def write(self, name: str, text: str) -> Path:
        """Writes @text to the file @name of the project."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    def kbuild(self, body: str) -> Path:
        """A Kbuild file that says @body and then includes kcxx's."""
        return self.write(
            "Kbuild", f"{textwrap.dedent(body)}include {self.package}/share/kcxx/kbuild/Makefile.cxx\n"
        )

    def make(
        self, *arguments: str, env: dict[str, str] | None = None, stderr: int = subprocess.PIPE
    ) -> subprocess.CompletedProcess[str]:
        """Runs make with @arguments; may fail."""
        return run("make", "-C", self.kernel, f"M={self.directory}", *arguments, env=env, stderr=stderr)

    def made(self, *arguments: str) -> str:
        """Builds, and must succeed; all that was said."""
        result = self.make(*arguments)
        return must(result) + result.stderr

    def module(self, name: str) -> Path:
        """The path of a built module."""
        path = self.directory / f"{name}.ko"
        assert path.exists(), f"no {path}"
        return path

    def files(self) -> set[str]:
        """The paths of all files there are, seen from the directory."""
        return {str(path.relative_to(self.directory)) for path in self.directory.rglob("*") if not path.is_dir()}


def steps(said: str) -> list[tuple[str, str]]:
    """What make did, as it says in short: ("CXX", "hello.o"), …; paths from the module's directory are cut."""
    return [
        (what, re.sub(r"^/\S*?/(?=\.kcxx/|[^/]*$)", "", path))
        for what, path in re.findall(r"^  (\w+) +(?:\[M\] +)?(\S+)$", said, re.M)
    ]


def remarks(said: str) -> list[str]:
    """The lines of a build's output that name no step: warnings, and whatever else a person would stop at."""
    return [line for line in said.splitlines() if not STEP.match(line)]
