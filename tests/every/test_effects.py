# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Clang's function effects, in a build by GCC: no way leads from a function that must not sleep to one that does.

The ways are those of klint's tests, as far as C++ has them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.analysed_cases import analysed
from fixtures.axes import needs
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject

CLANG = "clang++-22"

FRAME = """\
#include <linux/i2c.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <kernel/memory.hpp>
#include <kernel/sync.hpp>
#include <kernel/task.hpp>
#include <kernel/time.hpp>
void naps() KCXX_MAY_SLEEP;
void unknown();
int counts() KCXX_NEVER_SLEEPS;
struct Line {
	virtual ~Line() = default;
	virtual void send() = 0;
	virtual int level() const KCXX_NEVER_SLEEPS = 0;
};
struct Guard {
	explicit Guard(int number) : number_(number) {}
	~Guard() { naps(); }
	int number_;
};
struct Pump {
	void expired() KCXX_MUST_NOT_SLEEP;
	void through() { further(); }
	void further() { naps(); }
	kernel::Mutex<int> sum{LOCK_CLASS("sum"), 0};
	kernel::SpinLock<int, kernel::FromSoftirq> number{LOCK_CLASS("number"), 0};
	kernel::SpinLock<int> tasks{LOCK_CLASS("tasks"), 0};
	Line *line = nullptr;
	mutex *raw = nullptr;
	i2c_client *client = nullptr;
	void (*hook)() = nullptr;
	int (*quiet_hook)() KCXX_NEVER_SLEEPS = nullptr;
	kernel::Timer<&Pump::expired> timer{LOCK_CLASS("timer"), *this};
};
template <typename Callable> void each(Callable callable) { callable(1); }
"""

SLEEPS = "this may sleep, and the function that calls it must not"
UNKNOWN = "the function is in another source, and may sleep"
BEHIND = "nobody knows whether the function behind this call sleeps"
MUST_NOT = "the function must not sleep, and this may"

# Statements in the timer's function, by what leads to the sleep
REFUSED = {
    "called": ("naps();", SLEEPS),
    "two-calls-deep": ("through();", SLEEPS),
    "lambda-that-is-called": ("[] { naps(); }();", SLEEPS),
    "lambda-that-is-declared-and-sleeps": ("each([](int) KCXX_LAMBDA_MUST_NOT_SLEEP { naps(); });", SLEEPS),
    "lambda-given-to-a-template": ("each([](int) { naps(); });", SLEEPS),
    "destructor": ("Guard guard{counts()};", SLEEPS),
    "condition-that-is-seldom-true": ("if (counts() > 1000000) naps();", SLEEPS),
    "spinlock-of-tasks": ("*tasks.lock() += 1;", "an interrupt or a timer takes this lock"),
    "mutex": ("*sum.lock() += 1;", SLEEPS),
    "mutex-of-c": ("mutex_lock(raw);", SLEEPS),
    "sleep": ("kernel::sleep(kernel::Jiffies{1});", SLEEPS),
    "schedule-of-c": ("schedule();", SLEEPS),
    "bus-that-waits": ("i2c_smbus_read_byte_data(client, 1);", SLEEPS),
    "rcu": ("kernel::synchronize_rcu();", SLEEPS),
    "thread": ("kernel::might_sleep();", SLEEPS),
    "timer-that-waits-for-itself": ("timer.cancel();", SLEEPS),
    "function-of-another-source": ("unknown();", UNKNOWN),
    "pointer-to-a-function": ("hook();", BEHIND),
    "virtual-function": ("line->send();", BEHIND),
    "pointer-that-gets-one-that-sleeps": ("quiet_hook = [] { naps(); return 1; };", "this function may sleep"),
    "allocation": ("(void)kernel::Box<int>::make(kernel::GFP_KERNEL, 1);", "GFP_KERNEL lets the allocation sleep"),
    "vector-that-grows": ("kernel::Vec<int> v; (void)v.push(1, kernel::GFP_NOIO);", "GFP_KERNEL lets the allocation sleep"),
    "static-local": ("static int last = counts(); last += 1;", MUST_NOT),
}
TAKEN = {
    "nothing": "",
    "lambda-that-is-declared": "auto quiet = []() KCXX_LAMBDA_MUST_NOT_SLEEP { counts(); }; quiet();",
    "marked-function": "counts();",
    "marked-pointer": "if (quiet_hook != nullptr) quiet_hook();",
    "marked-virtual-function": "line->level();",
    "spinlock": "*number.lock() += 1;",
    "log": 'pr_info("%d\\n", counts());',
    "atomic-allocation": "(void)kernel::Box<int>::make(kernel::GFP_ATOMIC, 1);",
    "allocation-of-c": "kfree(kmalloc(8, ::GFP_ATOMIC));",
    "timer-that-starts-again": "timer.start(kernel::Jiffies{1});",
    "lambda": "each([this](int number) { *this->number.lock() += number; });",
    "try-of-a-mutex-of-c": "if (mutex_is_locked(raw)) counts();",
}


@pytest.fixture(scope="module")
def said(kernels: dict[str, Kernel], package: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The messages about each case, built by GCC with Clang's analyses beside it."""
    needs(CLANG)
    cases = {name: code for name, (code, _) in REFUSED.items()} | TAKEN
    sources = {name: f"{FRAME}void Pump::expired() noexcept\n{{\n\t{code}\n}}\n" for name, code in cases.items()}
    return analysed(KbuildProject(tmp_path_factory.mktemp("effects"), package, kernels["6.12"].build), sources, CLANG)


@pytest.mark.parametrize("name", REFUSED)
def test_way_to_a_sleep_is_refused(name: str, said: dict[str, str]) -> None:
    """In the timer's function, with the reason and the rewrite."""
    assert f"kcxx: {REFUSED[name][1]}" in said[name], said[name]


@pytest.mark.parametrize("name", TAKEN)
def test_what_never_sleeps_is_taken(name: str, said: dict[str, str]) -> None:
    """Without a message"""
    assert said[name].strip() == ""
