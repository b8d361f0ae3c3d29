# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Clang's lifetime analysis, in a build by GCC: a pointer that outlives what it points into is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.analysed_cases import analysed
from fixtures.axes import needs
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject

CLANG = "clang++-22"

FRAME = """\
#include <string_view>
#include <kernel/containers.hpp>
#include <kernel/memory.hpp>
#include <kernel/string.hpp>
#include <kernel/sync.hpp>
using namespace kernel;
int used(bool first, Vec<int> &outer, SpinLock<int> &lock);
int used(bool first, Vec<int> &outer, SpinLock<int> &lock)
{
	const int *kept = &outer[0];
	std::string_view text;
	/* here */
	return *kept + static_cast<int>(text.size()) + *lock.lock();
}
"""
REFUSED = {
    "element-of-a-vector-of-the-block": "if (first) { Vec<int> own; if (own.push(1, GFP_KERNEL)) kept = &own[0]; }",
    "data-of-a-vector-of-the-block": "if (first) { Vec<int> own; if (own.push(1, GFP_KERNEL)) kept = own.data(); }",
    "local-of-the-block": "if (first) { int own = 3; kept = &own; }",
    "text-of-a-string-of-the-block": 'if (first) { auto own = String::from("a", GFP_KERNEL); if (own) { String moved = std::move(*own); text = moved.view(); } }',
    "value-of-a-guard-of-the-block": "if (first) { auto guard = lock.lock(); kept = &*guard; }",
}
TAKEN = {
    "element-of-the-outer-vector": "if (first) kept = &outer[outer.size() - 1];",
    "local-of-the-function": "int own = 3; if (first) kept = &own;",
    "use-inside-the-block": "if (first) { Vec<int> own; if (own.push(1, GFP_KERNEL)) { const int *inner = &own[0]; return *inner; } }",
    "copy-of-the-element": "int copy = 0; if (first) { Vec<int> own; if (own.push(1, GFP_KERNEL)) copy = own[0]; } if (copy > 1) return copy;",
}


@pytest.fixture(scope="module")
def said(kernels: dict[str, Kernel], package: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The messages about each case, built by GCC with Clang's analyses beside it."""
    needs(CLANG)
    sources = {name: FRAME.replace("/* here */", code) for name, code in (REFUSED | TAKEN).items()}
    return analysed(KbuildProject(tmp_path_factory.mktemp("lifetimes"), package, kernels["6.12"].build), sources, CLANG)


@pytest.mark.parametrize("name", REFUSED)
def test_pointer_that_outlives_its_object_is_refused(name: str, said: dict[str, str]) -> None:
    """With the reason"""
    assert "kcxx: the object ends while a pointer or a reference to it" in said[name], said[name]


@pytest.mark.parametrize("name", TAKEN)
def test_pointer_that_ends_first_is_taken(name: str, said: dict[str, str]) -> None:
    """Without a message"""
    assert said[name].strip() == ""
