# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Each reader of files that kcxx did not write, fuzzed for a short time: no input ends it, hangs it, or breaks a property.

$KCXX_FUZZ_SECONDS is the time for each, 20 by default. tests/fuzz/ has the targets. An input that a run finds, found-* in the
directory of its test, becomes a test of the reader in build/ or boot/.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.axes import needs
from fixtures.commands import must, run
from fixtures.directories import made_once, one_at_a_time
from fixtures.fetched_kernels import Kernel
from fixtures.fuzz_seeds import seeds_of
from fixtures.inspected import kernel_directory
from fixtures.repository import BUILD, REPOSITORY, compiled_once

FUZZ = REPOSITORY / "tests/fuzz"
TARGETS = [path.stem for path in sorted(FUZZ.glob("*.cc"))]
SECONDS = int(os.environ.get("KCXX_FUZZ_SECONDS", "20"))

# Far fewer than the slowest target runs in its time
LEAST_EXECUTIONS = 50 * SECONDS


@pytest.fixture(scope="session")
def targets(run_directory: Path) -> Path:
    """The directory with the fuzz targets, built by clang++-19 with sanitizers"""
    needs("clang++-19")
    build = BUILD / "fuzz"
    environment = compiled_once(REPOSITORY)

    def make(_: Path) -> None:
        options = ("-G", "Ninja", "-DKCXX_FUZZ=ON", "-DCMAKE_CXX_COMPILER=clang++-19", "-DCMAKE_BUILD_TYPE=None")
        must(run("cmake", "-S", REPOSITORY / "tools", "-B", build, *options, env=environment))
        must(run("cmake", "--build", build, "--target", "fuzz/all", env=environment, timeout=None))

    with one_at_a_time("fuzz"):
        made_once(run_directory / "fuzz", make)
    return build / "fuzz"


Fuzz = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def fuzz(targets: Path, tmp_path: Path) -> Fuzz:
    """Runs a target with options of libFuzzer. Libraries may leak what a damaged file made them allocate."""
    env = {
        "KCXX_FUZZ_KERNEL": str(kernel_directory(tmp_path / "kernel")),
        "KCXX_CACHE": str(tmp_path / "cache"),
        "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1",
    }

    def start(target: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        limits = ("-timeout=10", "-rss_limit_mb=3000", f"-artifact_prefix={tmp_path}/found-")
        return run(targets / f"fuzz-{target}", *limits, *arguments, env=env, timeout=SECONDS + 300, errors="replace")

    return start


def coverage(stderr: str, event: str) -> int:
    """Places in the code that the run had reached at the last @event"""
    return int(re.findall(rf"\s{event}\s+cov: (\d+)", stderr)[-1])


@pytest.mark.parametrize("target", TARGETS)
def test_reader_stands_any_input(fuzz: Fuzz, target: str, kernels: dict[str, Kernel], kcxx: Path, tmp_path: Path) -> None:
    """In its time the fuzzer runs many inputs, reaches code that the seeds do not, and finds none that ends the reader."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (tmp_path / "seeds").mkdir()
    for name, content in seeds_of(target, kernels["6.12"], kcxx, tmp_path / "seeds").items():
        (corpus / name).write_bytes(content)
    result = fuzz(target, f"-max_total_time={SECONDS}", "-max_len=65536", "-print_final_stats=1", corpus)
    assert result.returncode == 0, result.stderr[-8000:]
    assert not list(tmp_path.glob("found-*"))
    executions = int(re.search(r"stat::number_of_executed_units: (\d+)", result.stderr)[1])
    of_seeds, of_all = coverage(result.stderr, "INITED"), coverage(result.stderr, "DONE")
    print(f"{target}: {executions} executions, coverage {of_seeds} by seeds, {of_all} at the end", file=sys.stderr)
    assert executions >= LEAST_EXECUTIONS
    assert of_all > of_seeds > 0


def test_broken_property_is_reported(targets: Path, tmp_path: Path) -> None:
    """A guest that knows its nonces all the same seems to end well: the target ends with the property that does not hold."""
    secret = re.search(r'secret = "(.*)"', (FUZZ / "console.cc").read_text(encoding="utf-8"))[1]
    results = ("ready 6.12.0 0", "loaded hello 0", "status 0", "unloaded hello 0", "end 0")
    (tmp_path / "input").write_text("".join(f"R{secret} {result}\n" for result in results), encoding="utf-8")
    for env, status in ({}, 0), ({"KCXX_FUZZ_NONCE_LEAKS": "y"}, 77):
        result = run(targets / "fuzz-console", f"-artifact_prefix={tmp_path}/found-", tmp_path / "input", env=env)
        assert result.returncode == status, result.stderr
        assert ("does not hold: a guest without its nonces is not ok" in result.stderr) == bool(status)
