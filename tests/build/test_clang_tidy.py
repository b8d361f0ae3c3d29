# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""clang-tidy, with the database that CMake writes for clangd."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmake_project import CMakeProject
from conftest import REPOSITORY, Kernel, run


@pytest.mark.parametrize("source", sorted((REPOSITORY / "examples").glob("*/*.cc")), ids=lambda source: source.stem)
def test_headers_and_examples_are_clean(
    source: Path, package: Path, kernels: dict[str, Kernel], tmp_path: Path
) -> None:
    """clang-tidy has nothing to say of the examples, nor of the headers they include."""
    project = CMakeProject(source.parent, tmp_path, package, kernels["6.12"].build)
    project.made("-DBUILD_TESTING=OFF")
    bindings = [f"--extra-arg-before=-isystem{path}" for path in tmp_path.glob("kcxx/.kcxx/bindings/*/include")]
    result = run("clang-tidy-19", "-p", tmp_path, *bindings, "--extra-arg=-Wno-narrowing", source)
    assert result.returncode == 0, result.stdout
