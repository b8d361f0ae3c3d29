# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Examples on each architecture, by GCC and by Clang: their own tests pass."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.example_drivers import OF_A_MACHINE
from fixtures.fetched_kernels import fetched_kernel
from fixtures.repository import REPOSITORY

BUILDS = [
    ("6.12", "x86_64", "clang"),
    ("6.1", "x86_64", "clang"),
    ("6.12", "arm64", "gcc"),
    ("6.1", "arm64", "clang"),
    ("6.12", "riscv64", "gcc"),
    ("6.12", "riscv64", "clang"),
]


@pytest.mark.parametrize("build", BUILDS, ids="-".join)
@pytest.mark.parametrize("name", ["drivers/edu", "drivers/rust_samples", "edu", "from_c", "platform"])
def test_example_of_kernel_headers_tests_itself(
    name: str, build: tuple[str, str, str], package: Path, kcxx: Path, tmp_path: Path
) -> None:
    """ctest boots it, as its CMakeLists.txt asks."""
    assert_tests_itself(name, build, package, kcxx, tmp_path)


@pytest.mark.parametrize(
    ("name", "build"),
    [(f"drivers/{name}", build) for build in BUILDS for name in OF_A_MACHINE.get(build[1], ())],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_driver_of_a_machine_tests_itself(
    name: str, build: tuple[str, str, str], package: Path, kcxx: Path, tmp_path: Path
) -> None:
    """Its device is part of QEMU's machine, by the device tree."""
    assert_tests_itself(name, build, package, kcxx, tmp_path)


def assert_tests_itself(name: str, build: tuple[str, str, str], package: Path, kcxx: Path, tmp_path: Path) -> None:
    """The example's own tests pass."""
    series, arch, compiler = build
    source = shutil.copytree(REPOSITORY / "examples" / name, tmp_path / name)
    project = CMakeProject(source, tmp_path / "build", package, fetched_kernel(kcxx, series, arch).build)
    project.made(f"--toolchain={package}/share/kcxx/toolchains/{arch}-{compiler}.cmake", f"-DKCXX_PROGRAM={kcxx}")
    assert "100% tests passed" in must(run("ctest", "--test-dir", project.build, "--output-on-failure"))
