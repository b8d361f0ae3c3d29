# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""clang-tidy, with the database that CMake writes for clangd."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import run
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY


EXAMPLES = REPOSITORY / "examples"
# Sources that kcxx convert wrote are C in C++, and no model of it.
SOURCES = sorted(source for source in EXAMPLES.rglob("*.cc") if source.parent.name != "converted" and "build" not in source.parts)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: "-".join(source.relative_to(EXAMPLES).with_suffix("").parts))
def test_headers_and_examples_are_clean(
    source: Path, package: Path, kernels: dict[str, Kernel], tmp_path: Path
) -> None:
    """clang-tidy has no findings in the examples, nor in the headers they include."""
    example = [folder for folder in source.parents if folder.is_relative_to(EXAMPLES) and (folder / "CMakeLists.txt").exists()][-1]
    project = CMakeProject(example, tmp_path, package, kernels["6.12"].build)
    project.made("-DBUILD_TESTING=OFF")
    of_source = f"*+{source.parent.name}+{source.name}.o"
    bindings = [f"--extra-arg-before=-isystem{path}" for path in tmp_path.glob(f"kcxx/.kcxx/bindings/{of_source}/include")]
    result = run("clang-tidy-19", "-p", tmp_path, *bindings, "--extra-arg=-Wno-narrowing", source)
    assert result.returncode == 0, result.stdout
