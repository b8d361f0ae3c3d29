# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""KCXX_ANALYSIS: Clang's analyses of what GCC compiles, by Kbuild and by CMake."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from fixtures.axes import CXX
from fixtures.cmake_project import CMakeProject
from fixtures.commands import must
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject, steps

CLANG = CXX["clang"]

# A module that also includes a header of the kernel's: its bindings are made for both compilers.
MODULE = """\
#include <linux/pci.h>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
MODULE_LICENSE("GPL");
struct Pump {
	static kernel::Result<Pump> init(kernel::ThisModule &)
	{
		return Pump{};
	}
};
int level(kernel::SpinLock<int> &number, kernel::Mutex<int> &sum, pci_dev *device);
int level(kernel::SpinLock<int> &number, kernel::Mutex<int> &sum, pci_dev *device)
{
	const int all = *sum.lock();
	auto locked = number.lock();
	/* here */
	return *locked + pci_is_enabled(device) + all;
}
KERNEL_MODULE(Pump);
"""
SLEEPS = MODULE.replace("/* here */", "*locked += *sum.lock();")
SLEEPS_AT = SLEEPS.splitlines().index("\t*locked += *sum.lock();") + 1
REFUSAL = f"pump.cc:{SLEEPS_AT}: kcxx: this may sleep, and the caller holds a spinlock or reads under RCU"


@pytest.fixture
def by_kbuild(tmp_path: Path, package: Path, kernel: Kernel) -> KbuildProject:
    """A module for Kbuild"""
    project = KbuildProject(tmp_path, package, kernel.build)
    project.write("pump.cc", MODULE)
    project.kbuild("obj-m := pump.o\n")
    return project


def test_switch_of_kbuild_compiles_again_and_refuses(by_kbuild: KbuildProject) -> None:
    """A source that was compiled without is analysed; refused, it leaves no object."""
    by_kbuild.write("pump.cc", SLEEPS)
    must(by_kbuild.make("KCXX_ANALYSIS=n"))
    result = by_kbuild.make(f"KCXX_ANALYSIS={CLANG}")
    assert result.returncode != 0
    assert REFUSAL in result.stderr
    assert not (by_kbuild.directory / "pump.cc.o").exists()
    assert not list(by_kbuild.directory.glob("*.analysis"))


def test_source_that_passed_is_read_again_where_a_header_has_changed(by_kbuild: KbuildProject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A clean build has the object anew, and asks Clang nothing; CCACHE_DISABLE asks it for all."""
    programs = tmp_path_factory.mktemp("programs")
    readings = programs / "readings"
    clang = programs / "clang"
    clang.write_text(f'#!/bin/sh\ncase "$*" in *-fsyntax-only*) echo read >> {readings} ;; esac\nexec {CLANG} "$@"\n', encoding="utf-8")
    clang.chmod(0o755)

    def count(**environment: str) -> int:
        readings.unlink(missing_ok=True)
        for file in by_kbuild.directory.glob("*.o"):
            file.unlink()
        must(by_kbuild.make(f"KCXX_ANALYSIS={clang}", env=environment))
        return len(readings.read_text(encoding="utf-8").split()) if readings.exists() else 0

    by_kbuild.write("level.hpp", "inline constexpr int most = 3;\n")
    by_kbuild.write("pump.cc", '#include "level.hpp"\n' + MODULE)
    assert (count(), count(), count(CCACHE_DISABLE="1")) == (1, 0, 1)
    by_kbuild.write("level.hpp", "inline constexpr int most = 4;\n")
    assert (count(), count()) == (1, 0)


@pytest.mark.every
def test_object_is_the_one_without_the_analysis(by_kbuild: KbuildProject) -> None:
    """Clang writes nothing: the module has the same bytes, and nothing was printed."""
    must(by_kbuild.make())
    before = by_kbuild.module("pump").read_bytes()
    said = by_kbuild.made(f"KCXX_ANALYSIS={CLANG}")
    assert ("CXX", "pump.cc.o") in steps(said)
    assert by_kbuild.module("pump").read_bytes() == before


@pytest.mark.every
def test_error_of_gcc_is_shown_once(by_kbuild: KbuildProject) -> None:
    """Clang's version of the same error is not."""
    by_kbuild.write("pump.cc", MODULE.replace("/* here */", "number.misspelt();"))
    result = by_kbuild.make(f"KCXX_ANALYSIS={CLANG}")
    assert result.stderr.count("misspelt") == result.stderr.count("number.misspelt") + 1, result.stderr


@pytest.mark.parametrize(
    ("command", "found"),
    [
        pytest.param("clang++-0", "  found:  clang++-0\n", id="missing", marks=pytest.mark.every),
        pytest.param("g++-12", "  found:  g++-12, none\n", id="gcc"),
    ],
)
def test_analysis_without_a_clang_is_refused(command: str, found: str, by_kbuild: KbuildProject) -> None:
    """The message names the package, and the word for a build without."""
    result = by_kbuild.make(f"KCXX_ANALYSIS={command}")
    assert result.returncode != 0
    assert "kcxx: KCXX_ANALYSIS without a Clang that can do it\n" + found in result.stderr
    assert "apt install clang-19, or build with KCXX_ANALYSIS=n" in result.stderr


def test_analysis_is_made_where_a_clang_is_there(by_kbuild: KbuildProject) -> None:
    """Without a word for it the newest Clang in the PATH reads the source."""
    by_kbuild.write("pump.cc", SLEEPS)
    result = by_kbuild.make(env={"KCXX_ANALYSIS": "auto"})
    assert result.returncode != 0
    assert REFUSAL in result.stderr


def test_source_that_clang_cannot_read_is_let_pass_with_a_warning(by_kbuild: KbuildProject) -> None:
    """GCC's own extensions; a Clang that is asked for by name refuses it."""
    by_kbuild.write("pump.cc", SLEEPS.replace("\tauto locked", "\tdevice = __builtin_speculation_safe_value(device);\n\tauto locked"))
    result = by_kbuild.make(env={"KCXX_ANALYSIS": "auto"})
    assert result.returncode == 0, result.stderr
    assert re.search(
        r"warning: kcxx: clang\+\+-\d+ does not read this source, and did not analyse it\n  found: .*__builtin_speculation_safe_value", result.stderr
    )
    result = by_kbuild.make(f"KCXX_ANALYSIS={CLANG}")
    assert result.returncode != 0
    assert "error: use of undeclared identifier '__builtin_speculation_safe_value'" in result.stderr


@pytest.mark.every
def test_auto_with_a_clang_that_does_not_work_builds(by_kbuild: KbuildProject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """As a link of ccache to a compiler that was removed: a warning for each source"""
    programs = tmp_path_factory.mktemp("programs")
    clang = programs / "clang++-99"
    clang.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    clang.chmod(0o755)
    result = by_kbuild.make(env={"KCXX_ANALYSIS": "auto", "PATH": f"{programs}:{os.environ['PATH']}"})
    assert result.returncode == 0, result.stderr
    assert "warning: kcxx: clang++-99 does not work, and did not analyse this source" in result.stderr


@pytest.mark.every
def test_auto_without_a_clang_builds_without_a_message(by_kbuild: KbuildProject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """GCC alone compiles then."""
    by_kbuild.write("pump.cc", SLEEPS)
    programs = tmp_path_factory.mktemp("programs")
    for directory in os.environ["PATH"].split(":"):
        if directory.endswith("/ccache"):
            continue  # it looks for the compilers elsewhere in the PATH
        for program in Path(directory).glob("*"):
            if not program.name.startswith("clang") and not (programs / program.name).exists():
                (programs / program.name).symlink_to(program)
    result = by_kbuild.make(env={"KCXX_ANALYSIS": "auto", "PATH": str(programs)})
    assert (result.returncode, "kcxx:" in result.stderr) == (0, False), result.stderr


def test_cmake_analyses_where_the_variable_is_set(tmp_path: Path, package: Path, kernel: Kernel) -> None:
    """Set later, it compiles the source again; AUTO takes the newest Clang."""
    project = CMakeProject(tmp_path, tmp_path / "build", package, kernel.build)
    project.write("pump.cc", SLEEPS)
    project.lists("add_kernel_module(pump pump.cc)\n")
    project.made()
    must(project.configure("-DKCXX_ANALYSIS=AUTO"))
    result = project.make()
    assert result.returncode != 0
    assert REFUSAL in result.stdout + result.stderr
    must(project.configure("-DKCXX_ANALYSIS=OFF"))
    must(project.make())
