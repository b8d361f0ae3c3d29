# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Kernels with a configuration of the tests' own, which kcxx builds and keeps in its cache."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from conftest import Kernel

SERIES = "6.12"
CONFIGURATIONS = Path(__file__).parent / "configurations"


@dataclass(frozen=True)
class SelfBuiltKernel:
    """The kernel of the fragment configurations/@name.config, built by @compiler as kcxx calls it."""

    name: str
    compiler: str

    @property
    def make_arguments(self) -> tuple[str, ...]:
        """What a module is made with for it."""
        family, version = self.compiler.split("-")
        return (f"LLVM=-{version}",) if family == "clang" else (f"CC={self.compiler}", f"HOSTCC={self.compiler}")

    def build(self, kcxx: Path) -> Path:
        """The build directory; built if the cache lacks it, which takes minutes."""
        fragment = CONFIGURATIONS / f"{self.name}.config"
        return built_kernel(kcxx, "--arch", "x86_64", "--config", fragment, "--compiler", self.compiler).build


def built_kernel(kcxx: Path, *options: str | Path) -> Kernel:
    """The kernel of SERIES that kcxx builds with @options, if the cache lacks it; that takes minutes."""
    command = ("nice", kcxx, "kernels", "build", SERIES, *options, "--format", "json")
    document = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    return Kernel(
        document["release"], SERIES, document["arch"], Path(document["build"]), Path(document["image"])
    )
