# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The words KCXX_OPERATOR_NEW and KCXX_OUT_OF_MEMORY, by which a module has a global operator new.

test_library_guest.py asserts what these operators do, test_bugs.py how plain new ends without memory, and
refusals/new-expression/ and its neighbours are for modules without the words.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixtures.axes import CXX, axis
from fixtures.cmake_project import MODULE, CMakeProject, assert_refused, remarks
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel

TRIED = "#include <new>\nint *try_it();\nint *try_it() { return new (std::nothrow) int; }\n"
PLAIN = "int *make_it();\nint *make_it() { return new int; }\n"
ARRAY = "int *make_all(unsigned long n);\nint *make_all(unsigned long n) { return new int[n]; }\n"
DROP = "void drop(int *it);\nvoid drop(int *it) { delete it; }\n"
OWN = "#include <new>\nvoid *operator new(std::size_t) { return __builtin_return_address(0); }\n"
OR_BUG = ("KCXX_OPERATOR_NEW=GFP_KERNEL", "KCXX_OUT_OF_MEMORY=BUG")

# By module: its sources beside module.cc, the words of all, and what the build of it prints; nothing, if it is built
MODULES: dict[str, tuple[dict[str, str], tuple[str, ...], tuple[str, ...]]] = {
    "tries": ({"tried": TRIED, "drop": DROP}, ("KCXX_OPERATOR_NEW=GFP_NOWAIT",), ()),
    "plain": ({"tried": TRIED, "plain": PLAIN, "drop": DROP}, OR_BUG, ()),
    "own": ({"own": OWN, "plain": PLAIN}, ("KCXX_OPERATOR_NEW=own",), ()),
    "unanswered": (
        {"plain": PLAIN},
        ("KCXX_OPERATOR_NEW=GFP_KERNEL",),
        ("plain.cc:2: error: kcxx: plain 'new'", "alone does not state what happens without memory", "-DKCXX_OUT_OF_MEMORY=BUG"),
    ),
    "lacks": (
        {"own": OWN, "array": ARRAY},
        ("KCXX_OPERATOR_NEW=own",),
        ("the module lacks lacks a form of operator new", "KCXX_OPERATOR_NEW=own, and no operator new[](unsigned long)"),
    ),
    "both": (
        {"own": OWN, "plain": PLAIN},
        OR_BUG,
        ("the module both has an operator new of its own, and kcxx's as well", "type: -DKCXX_OPERATOR_NEW=own"),
    ),
    "no_flags": ({"tried": TRIED}, ("KCXX_OPERATOR_NEW",), ("KCXX_OPERATOR_NEW without flags", "-DKCXX_OPERATOR_NEW=GFP_KERNEL")),
    "no_such_flags": ({"tried": TRIED}, ("KCXX_OPERATOR_NEW=GFP_KERNL",), ("GFP_KERNL",)),
    "no_answer": ({"plain": PLAIN}, (OR_BUG[0], "KCXX_OUT_OF_MEMORY=panic"), ("KCXX_OUT_OF_MEMORY is not BUG",)),
    "answer_alone": ({"plain": PLAIN}, (OR_BUG[1],), ("write -DKCXX_OPERATOR_NEW=GFP_KERNEL beside it",)),
}  # fmt: skip
BUILT = [name for name, (_, _, printed) in MODULES.items() if not printed]
REFUSED = [name for name in MODULES if name not in BUILT]


@pytest.fixture(scope="session", params=axis("gcc", every=("clang",)))
def project(request: pytest.FixtureRequest, kernel: Kernel, package: Path, run_directory: Path) -> CMakeProject:
    """A configured project with all MODULES, and disagrees, whose two sources have different words"""

    def configure(directory: Path) -> None:
        project = CMakeProject(directory, directory / "build", package, kernel.build)
        project.write("module.cc", MODULE)
        lists = ""
        for name, (sources, words, printed) in MODULES.items():
            for source, text in sources.items():
                project.write(f"{name}/{source}.cc", text)
            names = " ".join(f"{name}/{source}.cc" for source in sources)
            lists += f"add_kernel_module({name} {'EXCLUDE_FROM_ALL ' if printed else ''}module.cc {names})\n"
            lists += f"target_compile_definitions({name} PRIVATE {' '.join(words)})\n"
        lists += "add_dkms_package(words VERSION 1 MODULES tries)\n"
        lists += "add_kernel_module(disagrees EXCLUDE_FROM_ALL module.cc own.cc GFP_ATOMIC.cc)\n"
        for word, text in {"GFP_ATOMIC": TRIED, "own": OWN}.items():
            project.write(f"{word}.cc", text)
            lists += f"set_source_files_properties({word}.cc PROPERTIES COMPILE_DEFINITIONS KCXX_OPERATOR_NEW={word})\n"
        project.lists(lists)
        must(project.configure(f"-DKCXX_CXX_COMPILER={CXX[request.param]}"))

    directory = made_once(run_directory / f"operator-new-{request.param}", configure)
    return CMakeProject(directory, directory / "build", package, kernel.build)


@pytest.fixture(scope="session")
def modules(project: CMakeProject) -> dict[str, Path]:
    """The modules of BUILT, whose build prints no warning"""
    assert remarks(must(project.make())) == []
    return {name: project.module(name) for name in BUILT}


@pytest.mark.parametrize("name", REFUSED)
def test_module_without_fitting_words_is_refused(name: str, project: CMakeProject) -> None:
    """The build names what was found, and the word to write."""
    assert_refused(project.make(name), *MODULES[name][2])


def test_sources_that_do_not_agree_are_refused(project: CMakeProject) -> None:
    """A module has one operator new: the linker would take that of one source for all."""
    assert_refused(project.make("disagrees"), "the module disagrees has two kinds of operator new", "GFP_ATOMIC", "own")


def test_tree_for_dkms_has_the_words(project: CMakeProject, modules: dict[str, Path]) -> None:
    """The same module by plain Kbuild: with the operators that the word gives."""
    assert modules
    tree = project.build / "words-1"
    assert "-DKCXX_OPERATOR_NEW=GFP_NOWAIT" in (tree / "Kbuild").read_text(encoding="utf-8")
    names = {line.split()[-1] for line in must(run("nm", "--defined-only", modules["tries"])).splitlines()}
    assert {"_ZnwmRKSt9nothrow_t", "kcxx_operator_new_GFP_NOWAIT"} <= names
    assert "_Znwm" not in names


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("tries", "GFP_NOWAIT; null without memory", {"flags": "GFP_NOWAIT", "or_bug": False}),
        ("plain", "GFP_KERNEL; BUG() without memory, or null if std::nothrow", {"flags": "GFP_KERNEL", "or_bug": True}),
        ("own", "of its own", {"flags": None, "or_bug": False}),
    ],
)
def test_inspect_names_operator_new(name: str, text: str, found: dict[str, object], kcxx: Path, modules: dict[str, Path]) -> None:
    """kcxx inspect tells a reviewer that a module allocates by new, with which flags, and what happens without memory."""
    lines = run(kcxx, "inspect", modules[name]).stdout.splitlines()
    assert [line.split(maxsplit=2)[2] for line in lines if line.split()[:2] == ["operator", "new"]] == [text]
    document = json.loads(run(kcxx, "inspect", "--format", "json", modules[name]).stdout)
    assert document["modules"][0]["operator_new"] == found
