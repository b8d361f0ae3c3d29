# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx boot names the lines of the module's source at which the kernel oopsed, those of inlined functions too."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from fixtures.commands import run
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject

PUMP = """\
#include <kernel/module.hpp>
#include <kernel/prelude.hpp>
MODULE_LICENSE("GPL");
class Pump
{
public:
	static kernel::Result<Pump> init(kernel::ThisModule &)
	{
		Pump pump;
		pump.run(nullptr); // called
		return pump;
	}

private:
	[[gnu::noinline]] void run(volatile int *strokes)
	{
		pr_info("runs\\n");
		count(strokes); // inlined
		pr_info("ran\\n");
	}
	void count(volatile int *strokes) { *strokes = ++last_; } // oopses
	int last_ = 0;
};
KERNEL_MODULE(Pump);
"""


def line_of(comment: str) -> int:
    """The number of the line of PUMP with this comment"""
    return next(number for number, line in enumerate(PUMP.splitlines(), 1) if line.endswith(f"// {comment}"))


PLACES = [
    f"pump.cc:{line_of('oopses')}, in Pump::count(int volatile*)",
    f"pump.cc:{line_of('inlined')}, in Pump::run(int volatile*)",
    f"pump.cc:{line_of('called')}, in Pump::init(kernel::ThisModule&)",
]


@pytest.fixture(scope="module")
def module(kernels: dict[str, Kernel], package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module that oopses in an inlined function"""
    project = KbuildProject(tmp_path_factory.mktemp("pump"), package, kernels["6.12"].build)
    project.write("pump.cc", PUMP)
    project.kbuild("obj-m := pump.o\n")
    project.made()
    return project.module("pump")


@pytest.fixture(scope="module")
def booted(module: Path, kcxx: Path) -> subprocess.CompletedProcess[str]:
    """kcxx boot with the module"""
    return run(kcxx, "boot", module)


def test_oops_begins_with_the_places_of_the_source(booted: subprocess.CompletedProcess[str], module: Path) -> None:
    """The innermost first; headers of kcxx are passed over."""
    assert booted.returncode == ExitStatus.OOPS
    _, *quotes = booted.stderr[booted.stderr.index("the kernel oopsed while loading pump\n") :].splitlines()
    assert quotes[: len(PLACES)] == [f"  | at {module.parent}/{place}" for place in PLACES]
    assert not any("kbuild/include" in quote for quote in quotes)


def test_trace_has_the_places_below_each_function(booted: subprocess.CompletedProcess[str], module: Path) -> None:
    """In the kernel's log as it is shown"""
    trace = re.search(r"RIP: .*_ZN4Pump3runEPVi.*\n    (.*)\n    (.*)\n", booted.stdout)
    assert trace and list(trace.groups()) == [f"{module.parent}/{place}" for place in PLACES[:2]]


def test_report_for_programs_has_the_places(module: Path, kcxx: Path) -> None:
    """--format json: in the quotes of the oops"""
    report = json.loads(run(kcxx, "boot", "--format", "json", module).stdout)
    oops = next(finding for finding in report["findings"] if finding["text"].startswith("the kernel oopsed"))
    assert oops["quotes"][0] == f"at {module.parent}/{PLACES[0]}"
