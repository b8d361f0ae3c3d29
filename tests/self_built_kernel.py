# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Kernels with a configuration of the tests' own, which kcxx builds and keeps in its cache."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

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
        options = ("--arch", "x86_64", "--config", fragment, "--compiler", self.compiler, "--format", "json")
        result = subprocess.run(
            ("nice", kcxx, "kernels", "build", SERIES, *options), stdout=subprocess.PIPE, text=True, check=True
        )
        return Path(json.loads(result.stdout)["build"])
