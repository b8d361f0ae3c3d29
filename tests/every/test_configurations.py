# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Kernel configurations that change layouts, the ABI or the code of every function, in kernels that run.

The module of border/ does what such a configuration could break: virtual calls, calls by pointer in
both directions, a kernel structure filled in by C++. Those of faults.cc make an error each, which
shows that the configuration reached the C++ code.

Each kernel takes a quarter of an hour of two CPUs to build. What the debug kernel finds is in test_debug_kernels.py.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.exit_status import ExitStatus
from fixtures.faults_project import commands_of, parts_of, write_faults
from fixtures.kbuild_project import KbuildProject, remarks
from fixtures.repository import REPOSITORY
from fixtures.self_built_kernel import CONFIGURATIONS, SERIES, SelfBuiltKernel
from fixtures.subject_project import assert_they_worked, write_modules

FINEIBT = ("--append", "cfi=fineibt", "--verbose")

BORDER = REPOSITORY / "tests/modules/border"

KERNELS = {
    kernel.name: kernel
    for kernel in (
        SelfBuiltKernel("plugins-kasan", "gcc-12"),
        SelfBuiltKernel("cfi-kasan", "clang-19"),
        SelfBuiltKernel("thin-lto", "clang-19"),
        SelfBuiltKernel("kcsan", "gcc-12"),
        SelfBuiltKernel("full-lto-kmsan", "clang-19"),
    )
}
GCC_PLUGINS_KASAN, CLANG_CFI_KASAN, CLANG_THIN_LTO, GCC_KCSAN, CLANG_FULL_LTO_KMSAN = KERNELS


@dataclass(frozen=True)
class Subject:
    """A module that is built for a kernel of this file, and booted on it."""

    kernel: SelfBuiltKernel
    project: KbuildProject
    kcxx: Path

    def boot(self, name: str, *options: str | Path) -> subprocess.CompletedProcess[str]:
        """Builds the module @name, on which nothing but the check's warnings may be remarked, and boots it."""
        said = self.project.made(*self.kernel.make_arguments)
        assert not [line for line in remarks(said) if not line.startswith("*** ")], said
        command = (self.kcxx, "boot", "--kernel", self.project.kernel, *options, self.project.module(name))
        for _ in range(5):
            result = run(*command)
            if not died_rewriting_itself(result):
                break
        return result

    def callbacks(self, *options: str | Path, kbuild: str = "") -> list[str]:
        """Returns the log of the module of border/; the kernel may complain of nothing."""
        for source in ("main.cc", "border.c", "shared.h"):
            shutil.copy(BORDER / source, self.project.directory)
        self.project.kbuild(f"obj-m := callbacks.o\ncallbacks-y := main.o border.o\n{kbuild}")
        said = must(self.boot("callbacks", *options))
        return re.findall(r"\] callbacks: (?!loading out-of-tree)(.*)$", said, re.M)

    def imports(self, name: str) -> set[str]:
        """The symbols that the built module @name takes from the kernel."""
        return {line.split()[-1] for line in must(run("nm", "-u", self.project.module(name))).splitlines()}


def died_rewriting_itself(result: subprocess.CompletedProcess[str]) -> bool:
    """Did the kernel panic before its init, in its own change to FineIBT?

    It lets interrupts in while it is half rewritten, and under TCG a timer tick sometimes comes just then:
    in 2 of 10 boots on a busy machine. No module is loaded yet. Any other failure to start counts.
    """
    return result.returncode == ExitStatus.UNAVAILABLE and "RIP: 0010:__apply_fineibt+" in result.stdout


Make = Callable[[str], Subject]


def subject_in(directory: Path, name: str, kcxx: Path) -> Subject:
    """Makes a subject in @directory, for the kernel @name."""
    share = directory / "package/share/kcxx"
    shutil.copytree(REPOSITORY / "kbuild", share / "kbuild")
    module = directory / "module"
    module.mkdir()
    kernel = KERNELS[name]
    return Subject(kernel, KbuildProject(module, directory / "package", kernel.build(kcxx)), kcxx)


@pytest.fixture
def on(kcxx: Path, tmp_path: Path) -> Make:
    """A subject for the kernel of a name."""
    return lambda name: subject_in(tmp_path, name, kcxx)


WORKED = [
    "virtual 1049, by member pointer 1049",
    "template 198",
    "C called C++: 4711",
    "C++ called C: 42",
]
DECLARED = [*WORKED, "the kernel's layout: declared", "marked layout: same", "unmarked layout: same", "gone, 1049"]
RANDOM = [*WORKED, "the kernel's layout: random", "marked layout: same", "unmarked layout: other", "gone, 1049"]


WARNINGS = {
    GCC_PLUGINS_KASAN: {"randstruct"},
    CLANG_CFI_KASAN: {"randstruct"},
    CLANG_THIN_LTO: {"trimmed_symbols"},
    GCC_KCSAN: set(),
    CLANG_FULL_LTO_KMSAN: set(),
}


@pytest.mark.parametrize("name", KERNELS)
def test_check_takes_every_kernel_that_works(name: str, kcxx: Path) -> None:
    """The verdict is "usable" for all kernels; the check finds the toolchain, and warns where care is needed."""
    script = REPOSITORY / "kbuild/cxxavailable.sh"
    result = run("sh", script, "--format", "json", "--kernel", KERNELS[name].build(kcxx))
    report = json.loads(result.stdout)
    assert report["verdict"] == "usable"
    found = {one["check"]: one["status"] for one in report["requirements"]}
    assert {check for check, status in found.items() if status != "ok"} == WARNINGS[name]


def test_kernel_is_the_same_wherever_its_fragment_lies(kcxx: Path, tmp_path: Path) -> None:
    """A file that the fragment names counts by its content: nothing is built again."""
    here = KERNELS[CLANG_THIN_LTO].build(kcxx)
    for name in ("thin-lto.config", "imported-symbols.txt"):
        shutil.copy(CONFIGURATIONS / name, tmp_path)
    command = ("--arch", "x86_64", "--config", tmp_path / "thin-lto.config", "--compiler", "clang-19", "--format", "json")
    there = must(run(kcxx, "kernels", "build", SERIES, *command, timeout=60))
    assert json.loads(there)["build"] == str(here)
    whitelist = re.search(r'^CONFIG_UNUSED_KSYMS_WHITELIST="(.*)"$', (here / ".config").read_text("utf-8"), re.M)
    assert Path(whitelist[1]).read_text("utf-8") == (CONFIGURATIONS / "imported-symbols.txt").read_text("utf-8")


@pytest.mark.parametrize("name", KERNELS)
def test_cmake_builds_for_every_kernel_that_works(name: str, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """Modules with parts in C, too, though CMake compiles in another directory than Kbuild: plugins, seeds and all."""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, KERNELS[name].build(kcxx))
    modules = write_modules(project)
    project.made()
    # Instrumented kernels are slow and large.
    options = ("--kernel", project.kernel, "--memory", "1024", "--timeout", "300")
    assert_they_worked(must(run(kcxx, "boot", *options, *modules)))


def test_randstruct_plugin_and_other_gcc_plugins(on: Make) -> None:
    """C++ meets the kernel's structures where C has them; the plugin that crashes on C++ is kept from it.

    A structure of function pointers that the module's own C and C++ share needs __no_randomize_layout.
    """
    assert on(GCC_PLUGINS_KASAN).callbacks() == RANDOM


def test_randstruct_of_clang(on: Make) -> None:
    """Clang randomises none of C++'s structures."""
    assert on(CLANG_CFI_KASAN).callbacks() == RANDOM


def test_stackleak_and_latent_entropy_plugins_reach_cxx(on: Make) -> None:
    """The plugins that change code do so in C++, as in C."""
    subject = on(GCC_PLUGINS_KASAN)
    subject.callbacks()
    assert "stackleak_track_stack" in subject.imports("callbacks")


def test_modversions_with_gcc(on: Make) -> None:
    """A symbol imported by C++ has its CRC."""
    subject = on(GCC_PLUGINS_KASAN)
    subject.callbacks()
    assert "_printk" in must(run("modprobe", "--dump-modversions", subject.project.module("callbacks")))


def test_gcov_of_a_cxx_module(on: Make, tmp_path: Path) -> None:
    """The kernel counts the lines of a module with GCOV_PROFILE: its C++ objects' constructors ran."""
    script = tmp_path / "script"
    script.write_text("find /sys/kernel/debug/gcov -name main.gcda | grep .\n", encoding="utf-8")
    on(GCC_PLUGINS_KASAN).callbacks("--script", script, kbuild="GCOV_PROFILE := y\n")


def test_kcsan(on: Make) -> None:
    """The memory accesses of C++ are watched, and nothing is wrong with them."""
    subject = on(GCC_KCSAN)
    assert subject.callbacks() == DECLARED
    assert "__tsan_read8" in subject.imports("callbacks")


def test_kcov(on: Make) -> None:
    """C++ is covered, as C is."""
    subject = on(GCC_KCSAN)
    subject.callbacks()
    assert "__sanitizer_cov_trace_pc" in subject.imports("callbacks")


def test_thin_lto_with_cfi_and_trimmed_exports(on: Make) -> None:
    """C++ joins a kernel of bitcode as native objects, and imports what is left of the exports."""
    assert on(CLANG_THIN_LTO).callbacks() == DECLARED


def test_full_lto_with_kmsan(on: Make) -> None:
    """KMSAN knows what C++ initialised, on a kernel linked by full LTO."""
    assert on(CLANG_FULL_LTO_KMSAN).callbacks() == DECLARED


def test_kcfi_hashes_rewritten_to_fineibt(on: Make) -> None:
    """The kernel rewrites the callers and callees of C++ for FineIBT, and they still meet."""
    assert on(CLANG_CFI_KASAN).callbacks(*FINEIBT) == RANDOM


# By kernel and the argument that it is booted with: what it finds of faults.cc. The last fault ends the task, which holds
# the parameters' lock.
FOUND = {
    (CLANG_CFI_KASAN, ""): {
        "out_of_bounds": "BUG: KASAN: slab-out-of-bounds in ",
        "out_of_global_bounds": "BUG: KASAN: global-out-of-bounds in ",
        "use_after_free": "BUG: KASAN: slab-use-after-free in ",
        "wide_shift": r"UBSAN: shift-out-of-bounds in .*faults\.cc",
        "wrong_type": r"CFI failure at \S*wrong_type",
    },
    (GCC_PLUGINS_KASAN, ""): {
        "out_of_bounds": "BUG: KASAN: slab-out-of-bounds in ",
        "out_of_global_bounds": "BUG: KASAN: global-out-of-bounds in ",
        "out_of_array_bounds": r"UBSAN: array-index-out-of-bounds in .*faults\.cc",
        "stale_element": "BUG: KASAN: slab-use-after-free in ",
        "wide_shift": r"UBSAN: shift-out-of-bounds in .*faults\.cc",
    },
    (CLANG_THIN_LTO, ""): {"wrong_type": r"CFI failure at init_module\+"},  # at load: its exports are trimmed
    (GCC_KCSAN, ""): {"data_race": "BUG: KCSAN: data-race in "},
    (CLANG_FULL_LTO_KMSAN, ""): {"uninitialised": "BUG: KMSAN: uninit-value in "},
    (CLANG_CFI_KASAN, "cfi=fineibt"): {"wrong_type": "CFI failure at __cfi_"},
}


@pytest.mark.parametrize(("kernel", "argument"), FOUND)
def test_error_in_cxx_is_found(kernel: str, argument: str, kcxx: Path, tmp_path: Path) -> None:
    """The kernel finds in C++ what it finds in C: its instrumentation and checks are there. The errors are made one
    after the other, in one guest."""
    faults = FOUND[kernel, argument]
    at_load = [*faults] if kernel == CLANG_THIN_LTO else []
    subject = subject_in(tmp_path, kernel, kcxx)
    write_faults(subject.project, "".join(f"cxxflags-y += -DAT_LOAD={name}\n" for name in at_load))
    script = subject.project.write("script", "" if at_load else commands_of(faults))
    options = ("--smp", "2", "--append", f"kasan_multi_shot {argument}".strip(), "--verbose")
    parts = parts_of(subject.boot("faults", "--script", script, *options).stdout)
    missed = []
    for name, found in faults.items():
        logged = parts.get("load" if at_load else name, "not made")
        if not re.search(found, logged):
            missed.append(f"{name}: nothing that matches {found!r} in\n{logged}")
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("kernel", [CLANG_CFI_KASAN, GCC_PLUGINS_KASAN])
def test_static_constructor_beside_the_sanitizers_own(on: Make, kernel: str) -> None:
    """A constructor of the module is refused even if each object has one of KASAN's: other kernels run none."""
    subject = on(kernel)
    subject.project.write(
        "pump.cc",
        """\
        int value();
        struct Pump { Pump() : speed{value()} {} int speed; };
        Pump the_pump;
        """,
    )
    subject.project.kbuild("obj-m := pump.o\n")
    result = subject.project.make(*subject.kernel.make_arguments)
    assert result.returncode != 0
    assert "error: kcxx: a static constructor\n  found: the_pump\n" in result.stderr
