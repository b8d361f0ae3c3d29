# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Locks at compile time: what is right is not refused. What is: refusals/lock-*, by test_refusals.py."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.axes import CXX
from fixtures.cmake_project import MODULE
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.repository import REPOSITORY

REFUSALS = REPOSITORY / "tests/refusals"


Compile = Callable[[Path], subprocess.CompletedProcess[str]]


@pytest.fixture(params=CXX)
def compiler(request: pytest.FixtureRequest) -> str:
    """Each family of C++ compilers, with GCC for C."""
    return request.param


@pytest.fixture
def compile_source(compiler: str, kernels: dict[str, Kernel], package: Path, run_directory: Path) -> Compile:
    """Builds a module with one more source; the helpers are compiled once for all."""

    def make(directory: Path) -> None:
        project = KbuildProject(directory, package, kernels["6.12"].build)
        project.write("module.cc", MODULE)
        project.kbuild("obj-m := subject.o\nsubject-y := module.o case.o\n")
        project.write("case.cc", "")
        project.made(f"CXX={CXX[compiler]}")

    directory = made_once(run_directory / f"thread-safety-{compiler}", make)
    project = KbuildProject(directory, package, kernels["6.12"].build)

    def build(source: Path) -> subprocess.CompletedProcess[str]:
        shutil.copy(source, directory / "case.cc")
        (directory / "case.o").unlink(missing_ok=True)
        return project.make(f"CXX={CXX[compiler]}", env={"LC_ALL": "C"})

    return build


RIGHT = """\
#include <kernel/completion.hpp>
#include <kernel/kthread.hpp>
#include <kernel/locked_by.hpp>
#include <kernel/mutex.hpp>
#include <kernel/raw_spinlock.hpp>
#include <kernel/rcu.hpp>
#include <kernel/rwsem.hpp>
#include <kernel/seqlock.hpp>
#include <kernel/spinlock.hpp>
#include <kernel/wait.hpp>

using namespace kernel;

struct Port {
	SpinLock<int> in{LOCK_CLASS("in")};
	SpinLock<int> out{LOCK_CLASS("out")};
};

struct Driver {
	Port left, right;
	Port *other = &right;
	RawSpinLock<int> raw{LOCK_CLASS("raw")};
	Mutex<int> mutex{LOCK_CLASS("mutex")};
	Mutex<int> second{LOCK_CLASS("second")};
	RwSemaphore<int> semaphore{LOCK_CLASS("semaphore")};
	SeqLock<long> time{LOCK_CLASS("time")};
	WaitQueue queue{LOCK_CLASS("queue")};
	RcuPointer<int> pointer;
	LockedBy<int, Mutex<int>> by{mutex};

	void nested()
	{
		auto a = left.in.lock();
		auto b = left.out.lock();
		auto c = other->in.lock();
		auto d = raw.lock_irqsave();
		auto e = time.write();
		RcuReadGuard first;
		RcuReadGuard again;
		*a = *b + *c + *d + static_cast<int>(*e);
	}

	int one_after_the_other(bool twice)
	{
		{
			auto guard = left.in.lock();
			if (*guard == 0)
				return 0;
		}
		might_sleep();
		++*left.in.lock();
		might_sleep();
		for (int i = 0; i < 3; ++i) {
			auto guard = left.in.lock_irqsave();
			if (*guard == i)
				break;
			if (twice)
				continue;
			++*guard;
		}
		return *mutex.lock() + *semaphore.read();
	}

	Result<int> tried()
	{
		if (auto guard = left.in.try_lock())
			++*guard;
		might_sleep();
		auto guard = mutex.lock_interruptible();
		if (!guard)
			return guard.error();
		might_sleep();
		return {std::in_place, *guard};
	}

	int waits() KCXX_MAY_SLEEP
	{
		auto guard = mutex.lock();
		auto other_guard = second.lock();
		queue.wait(guard, [](int &value) { return value == 3; });
		return by.access(guard) + *other_guard;
	}

	Result<> waits_with_a_spinlock() KCXX_MAY_SLEEP
	{
		auto guard = left.in.lock();
		KTRY(queue.wait_interruptible(guard, [](int &value) { return value == 3; }));
		++*guard;
		return {};
	}

	int takes_a_spinlock_in_a_callback()
	{
		assert_atomic();
		auto guard = left.in.lock();
		return *guard;
	}

	int takes_a_guard(SpinLock<int>::Guard &guard) { return ++*guard; }
	int gives_a_guard()
	{
		auto guard = left.in.lock();
		return takes_a_guard(guard);
	}

	auto locked() KCXX_ACQUIRE(left.in, left.in.no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS { return left.in.lock(); }
	int through_a_function_that_locks()
	{
		auto guard = locked();
		return ++*guard;
	}
};

int all(Driver &driver);
int all(Driver &driver)
{
	driver.nested();
	Result<int> tried = driver.tried();
	Result<> waited = driver.waits_with_a_spinlock();
	return driver.one_after_the_other(waited.has_value()) + driver.waits() + (tried ? *tried : 0) +
	       driver.takes_a_spinlock_in_a_callback() + driver.gives_a_guard() + driver.through_a_function_that_locks();
}
"""


def test_right_use_is_not_refused(compile_source: Compile, tmp_path: Path) -> None:
    """Nested spinlocks, one after another, tried ones, guards given on, waits: no warning."""
    source = tmp_path / "right.cc"
    source.write_text(RIGHT, encoding="utf-8")
    result = compile_source(source)
    assert result.returncode == 0, result.stderr
    said = re.sub(r"^\*\*\* .*\n", "", result.stderr, flags=re.M)
    assert "warning" not in said + result.stdout


def test_sleep_under_a_spinlock_is_told_with_a_remedy(
    kernels: dict[str, Kernel], package: Path, tmp_path: Path
) -> None:
    """The line, what is wrong with it, and what to write instead."""
    project = KbuildProject(tmp_path, package, kernels["6.12"].build)
    shutil.copy(REFUSALS / "lock-sleep-under-a-spinlock/case.cc", tmp_path)
    project.kbuild("obj-m := subject.o\nsubject-y := case.o\n")
    result = project.make("CXX=clang++-19")
    assert result.returncode != 0
    assert re.search(
        r"case\.cc:\d+: kcxx: this may sleep, and the caller holds a spinlock or reads under RCU\n"
        r"  write instead: a block \{ … \} around the guard",
        result.stderr,
    ), result.stderr
