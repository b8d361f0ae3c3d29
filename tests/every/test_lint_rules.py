# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx lint: each rule with its findings and messages, and right code that it lets pass."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.axes import CXX, axis
from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY

HEAD = """\
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <kernel/containers.hpp>
#include <kernel/device.hpp>
#include <kernel/fs.hpp>
#include <kernel/hwmon.hpp>
#include <kernel/interrupt.hpp>
#include <kernel/io.hpp>
#include <kernel/kstrtox.hpp>
#include <kernel/memory.hpp>
#include <kernel/nospec.hpp>
#include <kernel/pci.hpp>
#include <kernel/platform.hpp>
#include <kernel/reboot.hpp>
#include <kernel/sync.hpp>
#include <kernel/sysfs.hpp>
#include <kernel/task.hpp>
#include <kernel/time.hpp>
#include <kernel/types.hpp>
#include <linux/device.h>
#include <linux/minmax.h>
#include <linux/nospec.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
""" + MODULE + """\
using namespace kernel;
extern "C" int pump_of_c(void *pump);
extern "C" int of_this_source(int level) { return level; }
struct Base {};
struct Derived : Base { int level = 0; int *other = nullptr; int twice() const { return 2 * level; } };
union Word { u32 number; u8 bytes[4]; struct { u16 low, high; }; };
struct Settings { u32 count; u32 index; u8 name[8]; };
struct Gapped { u8 kind; u32 value; };
class Calls { public: void add() { ++count_; } private: u32 count_ = 0; };
u32 counter;
constinit Calls calls;
constinit std::optional<u32> last_call;
constexpr u32 limit = 8;
constinit std::array<Atomic<u32>, 2> counters{};
Atomic<u32> atomic_counter{0};
template <typename T> T *as(void *pointer) { T *made = static_cast<T *>(pointer); return made; }
"""
SAFE = HEAD.replace("using namespace", "KCXX_SAFE\nusing namespace")


@dataclass(frozen=True)
class Message:
    """The message of a rule, behind the place"""

    what: str
    needed: str
    rewrite: str


MESSAGES = {
    "kcxx-safe-cast": Message(
        "a cast that no type answers for, in a file that is KCXX_SAFE",
        "a value of the type that is wanted; of a callback, the object itself",
        'a template or a virtual function in place of void *, std::bit_cast() of numbers; or KCXX_UNSAFE("why it is this type") { ... }',
    ),
    "kcxx-safe-dereference": Message(
        "a raw pointer is followed, in a file that is KCXX_SAFE",
        "something that is there as long as it is used: a reference, Box<T>, Arc<T>, std::optional<T>; or what get() of the library "
        "found, behind a test of it, or an iterator, behind its comparison with end()",
        'take a T & in place of the T *, or own it by kernel::Box<T>; or KCXX_UNSAFE("why the object is there") { ... }',
    ),
    "kcxx-safe-subscript": Message(
        "an index that nothing checks, in a file that is KCXX_SAFE",
        "something that knows its size, and checks the index: kernel::Vec<T>, std::span<T>, std::array<T, N>",
        'std::array<T, N> in place of T[N], std::span<T> in place of T *; or KCXX_UNSAFE("why the index is inside") { ... }',
    ),
    "kcxx-safe-arithmetic": Message(
        "arithmetic with a pointer, in a file that is KCXX_SAFE",
        "something that knows its size: kernel::Vec<T>, std::span<T>, std::string_view",
        'for (T &element : span), span.subspan(from, count), text.substr(from); or KCXX_UNSAFE("why it stays inside") { ... }',
    ),
    "kcxx-safe-call": Message(
        "a call of C, of which no type says what it needs and what it owns, in a file that is KCXX_SAFE",
        "the library's type or function for it",
        'a class with this call inside, as <kernel/...> has them; or KCXX_UNSAFE("why the call is right here") { ... }',
    ),
    "kcxx-safe-macro": Message(
        "a macro of C, of which no type says what it needs and what it owns, in a file that is KCXX_SAFE",
        "the library's type or function for it",
        'a class with this macro inside, as <kernel/...> has them; or KCXX_UNSAFE("why the macro is right here") { ... }',
    ),
    "kcxx-safe-raw-parts": Message(
        "a pointer is trusted to be what the call takes it for, in a file that is KCXX_SAFE",
        "the owner, the container or the text itself",
        'std::span{container}, container.view(), std::move(owner); or KCXX_UNSAFE("why the pointer is right") { ... }',
    ),
    "kcxx-safe-static": Message(
        "a variable that every thread and interrupt can write, in a file that is KCXX_SAFE",
        "something that many may use at once, or a member of the module's object",
        'kernel::Atomic<T>, kernel::Mutex<T>, or a member; or KCXX_UNSAFE("who writes it, and when") { ... }',
    ),
    "kcxx-safe-union": Message(
        "a member of a union, which no type says is the one that is there, in a file that is KCXX_SAFE",
        "a type that knows which of its members is there",
        'std::variant<A, B>, or std::bit_cast<B>(a) for the same bytes; or KCXX_UNSAFE("why this member is there") { ... }',
    ),
    "kcxx-safe-uninitialised": Message(
        "a variable without a value, in a file that is KCXX_SAFE",
        "a value from the beginning",
        'int number{}; std::array<u8, 16> bytes{}; Settings settings{}; or KCXX_UNSAFE("what writes it before it is read") { ... }',
    ),
    "kcxx-safe-uninitialised-member": Message(
        "a member that this constructor leaves without a value, in a file that is KCXX_SAFE",
        "a value from the beginning",
        "int level_{}; in the class, or in the constructor's list: Pump() : level_{0} {}",
    ),
    "kcxx-safe-uninitialised-memory": Message(
        "memory that has what it held before, which may leak, in a file that is KCXX_SAFE",
        "memory of zeros",
        'Page::make(flags); or KCXX_UNSAFE("what writes all of it before it is read") { ... }',
    ),
    "kcxx-safe-new": Message(
        "an object that is made or destroyed by hand, in a file that is KCXX_SAFE",
        "an owner, which destroys it once",
        "kernel::Box<T>::make(flags, ...), kernel::Vec<T>, std::optional<T> and its emplace() and reset(); or "
        'KCXX_UNSAFE("who destroys it, once") { ... }',
    ),
    "kcxx-safe-asm": Message(
        "assembly, of which the compiler knows nothing, in a file that is KCXX_SAFE",
        "a function of the kernel's or the library's that does it",
        'a .S file of the module; or in a function, KCXX_UNSAFE("what it changes") { asm(...); }',
    ),
    "kcxx-safe-varargs": Message(
        "an argument whose type nothing checks, in a file that is KCXX_SAFE",
        "arguments with types",
        'template <typename... Arguments>; or KCXX_UNSAFE("who checks the type") { ... }',
    ),
    "kcxx-safe-iterator": Message(
        "an algorithm of std trusts that enough elements are behind an iterator, in a file that is KCXX_SAFE",
        "an algorithm that gets both ends, and checks them",
        "kernel::copy(from, to) of <kernel/containers.hpp>, std::ranges::fill(to, value), std::ranges::equal(a, b), or a loop with an "
        'index; or KCXX_UNSAFE("why there is room") { ... }',
    ),
    "kcxx-safe-order": Message(
        "an algorithm of std trusts that an order is one, and else reads and writes behind the elements, in a file that is KCXX_SAFE",
        "an algorithm that stays inside, whatever the order",
        'kernel::sort(range, order) of <kernel/containers.hpp>; or KCXX_UNSAFE("why it is a strict order") { ... }',
    ),
    "kcxx-capture": Message(
        "a lambda that runs later keeps a reference to what may have ended by then",
        "captures that the lambda owns",
        "[pump = pump.clone()] with a kernel::Arc<Pump>, [pump = std::move(pump)] with a Box, or [level] for a copy; what waits "
        "in the same function is a kernel::Completion and its wait()",
    ),
    "kcxx-kept-view": Message(
        "a member keeps a pointer or a view of what may end or move before the next call",
        "an owner, or a name of the element that stays right: its index, its key",
        "the index as a std::size_t or the key, and a look-up where the element is used; a kernel::Arc for what has other owners too; "
        "a kernel::String for a text",
    ),
    "kcxx-kept-reference": Message(
        "an object keeps a reference or a view of what ends before it: a temporary, or a variable of this function",
        "a copy or an owner as its member, or an object that lives as long",
        "Settings settings_; in place of const Settings &settings_; a kernel::String for a text, a kernel::Arc<T> for what has several "
        "owners; of a temporary, a variable or a member before",
    ),
    "kcxx-double-fetch": Message(
        "memory of user space is read a second time, and may be another by then than what was checked",
        "one reader, which goes on where it stopped, or a copy that is checked and used",
        "const u32 size = KTRY(reader.read<u32>()); and then reader.read_all(size, kernel::GFP_KERNEL), or reader.read<T>(), of the "
        "same reader",
    ),
    "kcxx-member-order": Message(
        "a member that calls back ends after a member that its function uses",
        "the member that calls back behind all that its function uses: members end in the reverse order",
        "move its line to the end of the class; or call its shutdown() in the destructor, or stop() of a KThread",
    ),
    "kcxx-data-race": Message(
        "a member is changed in one callback while another one uses it: on another CPU, or in an interrupt of this one",
        "a lock around the data, or an atomic",
        "kernel::SpinLock<T, kernel::FromIrq> or kernel::Mutex<T> with the members that belong together as T; or "
        "kernel::Atomic<T> for one number",
    ),
    "kcxx-send": Message(
        "something that belongs to the task or the scope that made it goes to another task, interrupt or CPU",
        "values and owners: what they refer to lives as long as they do",
        "read what is needed before, and give that: auto text = KTRY(from.read_all(16, kernel::GFP_KERNEL)); "
        "a template argument in place of a kernel::FunctionRef",
    ),
    "kcxx-used-up": Message(
        "an owner that was given away is used again, and is empty by then",
        "one use of what is given away: the last one",
        "the use before std::move(), pump.clone() of an Arc for a further owner, or a new value: pump = ...",
    ),
    "kcxx-adopted-twice": Message(
        "a pointer gets a second owner, and both destroy the object",
        "one from_raw() for each to_raw()",
        "one owner, and std::move() of it or a reference to it where it is needed",
    ),
    "kcxx-stale-element": Message(
        "an element is used behind a change of its container, which moved or ended it",
        "a new reference behind the change",
        "the use before the change; or the index, and container[index] behind it",
    ),
    "kcxx-own-view": Message(
        "a member refers to a part of its own object, and refers to it still where the object is a copy, or has moved",
        "a class whose objects stay where they are, or a view that is made when it is asked for",
        "Pump(const Pump &) = delete; Pump &operator=(const Pump &) = delete; or a function in place of the member: "
        "std::span<u8> data() { return data_; }",
    ),
    "kcxx-safe-step": Message(
        "a step of an iterator, or a number of elements behind it, that nothing checks, in a file that is KCXX_SAFE",
        "a part of the range by its place, which is checked",
        'std::span{all}.subspan(at, count), std::span{all}.first(count), all[i]; both ends of one range; or KCXX_UNSAFE("why they '
        'are there") { ... }',
    ),
    "kcxx-kept-object": Message(
        "a subsystem calls an object until the device is unbound, and the object ends or moves before",
        "an object that stays where it is as long as the driver's object: that one, or a member of it",
        "*this; a member; or an element of a container that is complete before its first element is given, and does not change any "
        "more",
    ),
    "kcxx-guard-view": Message(
        "a view or a pointer of what a guard lends goes where the guard has ended: that of a lock, of try_access(), of this_cpu()",
        "a copy of the data, or the use of it before the guard ends",
        "a kernel::String or a number as the result; or a function that the caller gives, and that is called while the guard lives",
    ),
    "kcxx-ignored-result": Message(
        "nothing looks at whether this failed",
        "the error returned or handled, or dropped by name",
        "KTRY(...); if (!done) return done.error(); (void)done; for a loop that may fail, for (...) KTRY(...) in place of "
        "std::for_each()",
    ),
    "kcxx-endless-thread": Message(
        "a thread that runs for ever, so that the end of its kernel::KThread waits for ever",
        "a loop that ends when the thread is to stop",
        "while (!kernel::KThread::should_stop()) { ... }",
    ),
    "kcxx-moved-object": Message(
        "a lambda that runs later knows its object by `this`, and the object may move away: its class can be moved",
        "a class whose objects stay where they were made",
        "Pump(const Pump &) = delete; Pump &operator=(const Pump &) = delete; and {std::in_place, ...} or "
        "kernel::Box<Pump>::make() where one is made",
    ),
    "kcxx-interrupt-mutex": Message(
        "an interrupt or a softirq tries to take a lock of tasks: its holder is a task, which the interrupt is not",
        "a lock that interrupts can take",
        "kernel::SpinLock<T, kernel::FromIrq>; or a kernel::ThreadedIrq or a kernel::Work, whose function runs in a task",
    ),
    "kcxx-thread-only": Message(
        "KThread::should_stop() is asked for the running task, which is no thread of the kernel's here: it reads memory that "
        "the task does not have",
        "the question in the thread's function alone",
        "a kernel::Atomic<bool> that both know; a call of user space ends with wait_interruptible(), which returns an error "
        "when a signal came",
    ),
    "kcxx-kept-flags": Message(
        "GFP_KERNEL as a value of type Gfp, which is then taken for flags that never sleep",
        "flags that keep their type until an allocation gets them",
        "const auto flags = GFP_KERNEL; a member or a result of type kernel::SleepingGfp; GFP_KERNEL where the allocation is",
    ),
    "kcxx-safe-promise": Message(
        "the author alone promises that several threads may use objects of this class",
        "members that may be shared by themselves: then no promise is needed",
        "Mutex<T>, SpinLock<T>, Atomic<T> or const members; or the class in a header of its own that is not KCXX_SAFE",
    ),
    "kcxx-address-promise": Message(
        "a class with a pointer is said to hold no address, and user space gets or sets it",
        "a class of numbers for user space",
        "std::uint64_t for what is a pointer in user space, and no pointer of the kernel's",
    ),
    "kcxx-range-temporary": Message(
        "a loop walks what belongs to a temporary, and GCC ends the temporary before the first step",
        "a variable for the owner or the guard, before the loop",
        "auto owner = ...; for (auto &each : owner.list()) ...",
    ),
    "kcxx-walk": Message(
        "a container is changed while a loop walks it, and the loop goes on where nothing is any more",
        "a loop that leaves what it walks as it is, or that ends with the change",
        "container.retain([](const auto &each) { return keep; }); it = container.erase(it) without ++it; or break behind the change",
    ),
    "kcxx-sleep": Message(
        "a call that may sleep, where a spinlock is held, RCU is read, preemption is off, or the function must not sleep",
        "the call behind the guard's end, or before the guard",
        "a block { ... } around the guard that ends before the call; a kernel::Mutex in place of the spinlock; "
        "kernel::GFP_ATOMIC for memory",
    ),
    "kcxx-hard-interrupt": Message(
        "a lock that turns softirqs off is taken in a hard interrupt, which may have interrupted its holder",
        "a lock that turns interrupts off",
        "kernel::SpinLock<T, kernel::FromIrq>, or lock_irqsave() at each place; or a kernel::ThreadedIrq, whose handler runs in a thread",
    ),
    "kcxx-unknown-call": Message(
        "a call of a function that this source does not show, where nothing may sleep",
        "a function that is declared not to sleep, or one whose body is in this source",
        "KCXX_NEVER_SLEEPS behind the arguments of the function, or of the pointer to it; a template argument in place of a "
        "kernel::FunctionRef; or the call behind the guard's end",
    ),
    "kcxx-user-size": Message(
        "memory of a size that user space names, and nothing bounds",
        "a check against the most that the driver takes",
        "if (count > most) return EINVAL; or std::min(count, most)",
    ),
    "kcxx-user-index": Message(
        "an index that user space names, and nothing checks",
        "a check, and an index that the processor cannot guess past it",
        "if (i >= table.size()) return EINVAL; then table[kernel::index_nospec(i, table.size())]",
    ),
    "kcxx-user-speculation": Message(
        "an index that user space names, which the processor may use on trial before its check (Spectre)",
        "an index that no branch decides on",
        "table[kernel::index_nospec(i, table.size())], in C array_index_nospec(i, ARRAY_SIZE(table))",
    ),
    "kcxx-user-bound": Message(
        "a loop as long as user space wants, which nothing bounds",
        "a check against the most that the driver takes",
        "if (count > most) return EINVAL; before the loop",
    ),
    "kcxx-user-shift": Message(
        "a shift by a number that user space names, and nothing checks",
        "a check against the number of bits that the shifted number has, past which C++ does not define a shift",
        "if (bit >= 32) return EINVAL; or 1U << (bit % 32)",
    ),
    "kcxx-lock-twice": Message(
        "a lock is taken that the task holds already, and waits for itself",
        "a function that takes the lock, and others that get what it protects",
        "total(*state) with `static int total(const State &state)` in place of a function that locks; or a block { ... } around the guard that ends before the call",
    ),
    "kcxx-lock-order": Message(
        "two locks are taken in this order here, and in the other one elsewhere: two tasks wait for each other",
        "one order of the locks for all tasks",
        "a block { ... } around the first guard that ends before the second lock; the locks in the other order; or one lock with the data of both",
    ),
    "kcxx-lock-context": Message(
        "a spinlock is taken here, and an interrupt or a softirq that may come waits for it on this CPU, whose holder it has interrupted",
        "a lock that keeps off who takes it, at each place",
        "kernel::SpinLock<T, kernel::FromIrq> or kernel::SpinLock<T, kernel::FromSoftirq>, and lock() at each place; "
        "write_irqsave() of a SeqLock",
    ),
    "kcxx-wait": Message(
        "a wait for what cannot come to its end: it needs a lock that is held here, or it is this function",
        "a wait without the lock, in another function",
        "a block { ... } around the guard that ends before cancel(), stop(), flush() or wait(); a callback that is to end returns, and does not queue itself again",
    ),
    "kcxx-unbound": Message(
        "an open file keeps what ends when its device is unbound, and may be open then",
        "a reference that asks whether the device is still there, each time",
        "kernel::Arc<kernel::Revocable<Pump>> as the member, and in each function `const auto pump = pump_->try_access(); if (!pump) return kernel::ENODEV;`",
    ),
    "kcxx-shared-change": Message(
        "a mutable member of an object that several tasks share is changed, or what a reference in it leads to, and no lock is held",
        "a lock around the data, or an atomic",
        "mutable kernel::Mutex<T> with the members that belong together as T; or kernel::Atomic<T> for one number",
    ),
    "kcxx-user-text": Message(
        "bytes of user space are read as a text up to its NUL, and nothing puts one there",
        "the length of the text",
        'std::string_view{bytes.data(), bytes.size()}; in a format "{}" with it, or "%.*s" with static_cast<int>(text.size()) and '
        "text.data()",
    ),
    "kcxx-user-divisor": Message(
        "a division by a number that user space names, and that may be zero: the processor traps",
        "a check before the division",
        "if (period == 0) return EINVAL;",
    ),
    "kcxx-early-start": Message(
        "a member is set behind the start of a callback that uses it: the callback may run before",
        "all that the callback uses, before it can run",
        "set the members first, and call start(), queue(), request(), KThread::run() or add() last; or a kernel::SpinLock<T, kernel::FromIrq> "
        "or kernel::Mutex<T> with the members as T",
    ),
    "kcxx-virtual-start": Message(
        "a constructor starts a callback that calls a virtual function: it may run before the derived class of the object is there",
        "the whole object, before the callback can run",
        "a function of the base that starts it, called at the end of the constructor of a derived class that is final; or in start()",
    ),
    "kcxx-init-order": Message(
        "an initialiser uses a member that does not exist yet: members are made in the order in which the class declares them",
        "the members that an initialiser uses, declared before its own",
        "move the line of the member that is used up; or do it in the body of the constructor, or in start()",
    ),
}


@dataclass(frozen=True)
class Raw:
    """A statement that is refused in a KCXX_SAFE file."""

    parameters: str
    statement: str
    rule: str
    found: str


RAW = {
    "reinterpret-cast": Raw("unsigned long a", "(void)reinterpret_cast<u32 *>(a);", "kcxx-safe-cast", "reinterpret_cast<u32 *>(a)"),
    "const-cast": Raw("const int &a", "(void)const_cast<int &>(a);", "kcxx-safe-cast", "const_cast<int &>(a)"),
    "cast-of-void-pointer": Raw("void *a", "(void)static_cast<u32 *>(a);", "kcxx-safe-cast", "static_cast<u32 *>(a)"),
    "cast-to-a-derived-class": Raw("Base *a", "(void)static_cast<Derived *>(a);", "kcxx-safe-cast", "static_cast<Derived *>(a)"),
    "cast-to-a-derived-reference": Raw("Base &a", "(void)static_cast<Derived &>(a);", "kcxx-safe-cast", "static_cast<Derived &>(a)"),
    "cast-of-c": Raw("u8 *a", "auto *b = (u32 *)a; (void)b;", "kcxx-safe-cast", "(u32 *)a"),
    "cast-of-c-without-const": Raw("const u8 *a", "auto *b = (u8 *)a; (void)b;", "kcxx-safe-cast", "(u8 *)a"),
    "cast-of-c-to-a-number": Raw("u8 *a", "auto b = (unsigned long)a; (void)b;", "kcxx-safe-cast", "(unsigned long)a"),
    "registers-at-any-address": Raw("", "(void)Mmio<0x10>::adopt(nullptr);", "kcxx-safe-raw-parts", "Mmio<0x10>::adopt(nullptr)"),
    "ports-of-any-number": Raw("", "(void)Ports<4>::adopt(0x441);", "kcxx-safe-raw-parts", "Ports<4>::adopt(0x441)"),
    "action-of-any-object": Raw("BoundDevice &a, void (*b)(void *), int &c", "(void)a.at_unbind(b, &c);", "kcxx-safe-raw-parts", "a.at_unbind(b, &c)"),
    "bound-device-of-any-other": Raw("Device &a", "(void)BoundDevice::of(a);", "kcxx-safe-raw-parts", "BoundDevice::of(a)"),
    "bytes-with-gaps": Raw("std::array<Gapped, 4> &a", "(void)std::as_bytes(std::span{a});", "kcxx-safe-raw-parts", "std::as_bytes(std::span{a})"),
    "bytes-of-an-owner": Raw("std::span<Box<int>> a", "(void)std::as_writable_bytes(a);", "kcxx-safe-raw-parts", "std::as_writable_bytes(a)"),
    "static-number-in-a-class": Raw("", "calls.add();", "kcxx-safe-static", "calls"),
    "static-optional": Raw("", "last_call = 1;", "kcxx-safe-static", "last_call"),
    "bit-cast-to-a-pointer": Raw("u64 a", "(void)std::bit_cast<u8 *>(a);", "kcxx-safe-raw-parts", "std::bit_cast<u8 *>(a)"),
    "star": Raw("int *a", "*a = 1;", "kcxx-safe-dereference", "*a"),
    "arrow": Raw("Derived *a", "a->level = 1;", "kcxx-safe-dereference", "a->level"),
    "arrow-of-a-function": Raw("Derived *a", "(void)a->twice();", "kcxx-safe-dereference", "a->twice"),
    "pointer-behind-a-box": Raw("Box<Derived> &a", "*a->other = 1;", "kcxx-safe-dereference", "*a->other"),
    "found-and-not-tested": Raw("Vec<int> &a", "auto *b = a.get(1); *b = 1;", "kcxx-safe-dereference", "*b"),
    "found-and-not-there": Raw("Vec<int> &a", "auto *b = a.get(1); if (b) return; *b = 1;", "kcxx-safe-dereference", "*b"),
    "found-and-tested-in-vain": Raw("Vec<int> &a", "auto *b = a.get(1); if (!b) (void)a; *b = 1;", "kcxx-safe-dereference", "*b"),
    "iterator-that-is-not-tested": Raw("Vec<int> &a", "auto b = std::ranges::max_element(a); *b = 1;", "kcxx-safe-dereference", "*b"),
    "iterator-that-is-past": Raw("Vec<int> &a", "auto b = a.begin(); if (b != a.end()) { ++b; *b = 1; }", "kcxx-safe-dereference", "*b"),
    "iterator-and-another-end": Raw(
        "Vec<int> &a, Vec<int> &c", "auto b = a.begin(); if (b != c.end()) *b = 1;", "kcxx-safe-dereference", "*b"
    ),
    "iterator-of-pointers": Raw("int *a, int *c", "auto *b = (std::max)(a, c); if (b != nullptr) *b = 1;", "kcxx-safe-dereference", "*b"),
    "begin-and-end-of-two": Raw(
        "Vec<char> &a, Vec<char> &c", "const std::string_view b{a.begin(), c.end()}; (void)b;", "kcxx-safe-raw-parts", "b{a.begin(), c.end()}"
    ),
    "found-or-something-else": Raw("Vec<int> &a, bool c", "auto *b = a.get(1); if (b || c) *b = 1;", "kcxx-safe-dereference", "*b"),
    "found-and-changed": Raw("Vec<int> &a, int *c", "auto *b = a.get(1); if (b) { b = c; *b = 1; }", "kcxx-safe-dereference", "*b"),
    "found-and-given-away": Raw(
        "Vec<int> &a, int *c", "auto *b = a.get(1); auto &d = b; if (b) { d = c; *b = 1; }", "kcxx-safe-dereference", "*b"
    ),
    "found-again-and-not-tested": Raw(
        "Vec<int> &a", "auto *b = a.get(1); if (!b) return; b = a.get(2); *b = 1;", "kcxx-safe-dereference", "*b"
    ),
    "found-again-in-a-loop": Raw(
        "Vec<int> &a", "auto *b = a.get(1); if (!b) return; for (;;) { *b = 1; b = a.get(2); }", "kcxx-safe-dereference", "*b"
    ),
    "found-again-in-an-expression": Raw(
        "Vec<int> &a", "auto *b = a.get(1); if (b) { (void)(b = a.get(2), *b); }", "kcxx-safe-dereference", "*b"
    ),
    "data-of-a-container": Raw("Vec<int> &a", "auto *b = a.data(); if (b) *b = 1;", "kcxx-safe-dereference", "*b"),
    "copy-behind-an-iterator": Raw(
        "std::span<int> a, std::array<int, 4> &b", "std::copy(a.begin(), a.end(), b.begin());", "kcxx-safe-iterator", "std::copy(a.begin(), a.end(), b.begin())"
    ),
    "iterator-plus-a-number": Raw("std::span<int> a, u32 n", "*(a.begin() + n) = 1;", "kcxx-safe-step", "a.begin() + n"),
    "iterator-moved-by-a-number": Raw("std::span<int> a, u32 n", "auto at = a.begin(); at += n;", "kcxx-safe-step", "at += n"),
    "element-behind-an-iterator": Raw("std::span<int> a, u32 n", "auto at = a.begin(); at[n] = 1;", "kcxx-safe-step", "at[n]"),
    "next-of-a-number": Raw("std::span<int> a, u32 n", "*std::next(a.begin(), n) = 1;", "kcxx-safe-step", "std::next(a.begin(), n)"),
    "counted-elements": Raw(
        "std::span<int> a, u32 n", "for (int &x : std::views::counted(a.begin(), n)) x = 0;", "kcxx-safe-step", "std::views::counted(a.begin(), n)"
    ),
    "span-of-an-iterator": Raw("std::span<int> a, u32 n", "std::span<int> b{a.begin(), n}; b[0] = 1;", "kcxx-safe-step", "b{a.begin(), n}"),
    "ends-of-two-ranges": Raw(
        "std::span<int> a, std::span<int> b", "std::fill(a.begin(), b.end(), 0);", "kcxx-safe-step", "std::fill(a.begin(), b.end(), 0)"
    ),
    "copy-of-a-range": Raw("std::span<int> a, std::array<int, 4> &b", "std::ranges::copy(a, b.begin());", "kcxx-safe-iterator", "std::ranges::copy(a, b.begin())"),
    "moves-to-an-iterator": Raw(
        "std::span<int> a, Vec<int> &b", "std::move(a.begin(), a.end(), b.begin());", "kcxx-safe-iterator", "std::move(a.begin(), a.end(), b.begin())"
    ),
    "fills-a-number-of-elements": Raw("Vec<int> &a, u32 n", "std::fill_n(a.begin(), n, 0);", "kcxx-safe-iterator", "std::fill_n(a.begin(), n, 0)"),
    "compares-with-an-iterator": Raw(
        "std::span<int> a, Vec<int> &b", "(void)std::equal(a.begin(), a.end(), b.begin());", "kcxx-safe-iterator", "std::equal(a.begin(), a.end(), b.begin())"
    ),
    "compares-in-a-way-of-its-own": Raw(
        "std::span<int> a, Vec<int> &b",
        "(void)std::equal(a.begin(), a.end(), b.begin(), std::not_equal_to{});",
        "kcxx-safe-iterator",
        "std::equal(a.begin(), a.end(), b.begin(), std::not_equal_to{})",
    ),
    "sorts-by-any-order": Raw(
        "std::array<int, 4> &a, bool (*b)(int, int)", "std::sort(a.begin(), a.end(), b);", "kcxx-safe-order", "std::sort(a.begin(), a.end(), b)"
    ),
    "sorts-a-range-by-any-order": Raw("Vec<int> &a, bool (*b)(int, int)", "std::ranges::sort(a, b);", "kcxx-safe-order", "std::ranges::sort(a, b)"),
    "selects-by-any-order": Raw(
        "Vec<int> &a, bool (*b)(int, int)",
        "std::ranges::nth_element(a, a.begin(), b);",
        "kcxx-safe-order",
        "std::ranges::nth_element(a, a.begin(), b)",
    ),
    "subscript-of-a-pointer": Raw("int *a", "a[1] = 1;", "kcxx-safe-subscript", "a[1]"),
    "subscript-of-an-array": Raw("int (&a)[4], int i", "a[i] = 1;", "kcxx-safe-subscript", "a[i]"),
    "step": Raw("const char *a", "++a;", "kcxx-safe-arithmetic", "++a"),
    "sum": Raw("const char *a", "const char *b = a + 1; (void)b;", "kcxx-safe-arithmetic", "a + 1"),
    "difference": Raw("const char *a, const char *b", "(void)(a - b);", "kcxx-safe-arithmetic", "a - b"),
    "move-of-a-pointer": Raw("const char *a", "a += 2;", "kcxx-safe-arithmetic", "a += 2"),
    "function-of-c": Raw("void *a", "pump_of_c(a);", "kcxx-safe-call", "pump_of_c(a)"),
    "function-of-the-kernel": Raw("device &a", "get_device(&a);", "kcxx-safe-call", "get_device(&a)"),
    "macro-of-the-kernel": Raw("Settings &a, Settings &b", "memcpy(&a, &b, 4);", "kcxx-safe-macro", "memcpy(&a, &b, 4)"),
    "object-around-a-member": Raw("int &a", "(void)container_of(&a, Derived, level);", "kcxx-safe-macro", "container_of(&a, Derived, level)"),
    "unreachable": Raw("", "__builtin_unreachable();", "kcxx-safe-call", "__builtin_unreachable()"),
    "adoption": Raw(
        "Derived *a",
        "auto b = Box<Derived>::adopt(Released<Box<Derived>>::from_raw(a));",
        "kcxx-safe-raw-parts",
        "Released<Box<Derived>>::from_raw(a)",
    ),
    "release": Raw(
        "Box<Derived> a", "const Derived *b = std::move(a).release().to_raw(); (void)b;", "kcxx-safe-raw-parts", "std::move(a).release().to_raw()"
    ),
    "span-of-a-pointer": Raw("int *a", "std::span<int> b{a, 4}; (void)b;", "kcxx-safe-raw-parts", "b{a, 4}"),
    "text-of-a-pointer": Raw("const char *a", "(void)std::string_view(a, 4);", "kcxx-safe-raw-parts", "std::string_view(a, 4)"),
    "text-of-two-objects": Raw(
        "Vec<char> &a, Vec<char> &b", "(void)std::string_view(a.data(), b.size());", "kcxx-safe-raw-parts", "std::string_view(a.data(), b.size())"
    ),
    "global-variable": Raw("", "counter = 1;", "kcxx-safe-static", "counter"),
    "static-variable": Raw("", "static int calls; calls++;", "kcxx-safe-static", "calls"),
    "member-of-a-union": Raw("Word &a", "a.number = 1;", "kcxx-safe-union", "a.number"),
    "member-of-a-struct-in-a-union": Raw("Word &a", "(void)a.bytes;", "kcxx-safe-union", "a.bytes"),
    "number-without-a-value": Raw("", "int a; (void)&a;", "kcxx-safe-uninitialised", "int a"),
    "pointer-without-a-value": Raw("", "int *a; (void)&a;", "kcxx-safe-uninitialised", "int *a"),
    "struct-without-a-value": Raw("", "Settings a; (void)&a;", "kcxx-safe-uninitialised", "Settings a"),
    "array-without-a-value": Raw("", "std::array<u8, 4> a; (void)&a;", "kcxx-safe-uninitialised", "std::array<u8, 4> a"),
    "array-of-c-without-a-value": Raw("", "char a[4]; (void)&a;", "kcxx-safe-uninitialised", "char a[4]"),
    "member-without-a-value": Raw(
        "", "struct Pump { Pump() {} int level; }; (void)Pump{};", "kcxx-safe-uninitialised-member", "int level"
    ),
    "struct-member-without-a-value": Raw(
        "", "struct Pump { Pump() : a{0} {} int a; Settings b; }; (void)Pump{};", "kcxx-safe-uninitialised-member", "Settings b"
    ),
    "new": Raw("", "(void)new (std::nothrow) Derived;", "kcxx-safe-new", "new (std::nothrow) Derived"),
    "new-in-place": Raw("void *a", "(void)::new (a) Derived;", "kcxx-safe-new", "::new (a) Derived"),
    "delete": Raw("Derived *a", "delete a;", "kcxx-safe-new", "delete a"),
    "destructor": Raw("Box<int> &a", "a.~Box<int>();", "kcxx-safe-new", "a.~Box<int>()"),
    "page-of-what-was-there": Raw(
        "", "(void)Page::make_uninitialised(GFP_KERNEL);", "kcxx-safe-uninitialised-memory", "Page::make_uninitialised(GFP_KERNEL)"
    ),
    "object-in-raw-memory": Raw("Derived *a", "std::construct_at(a);", "kcxx-safe-raw-parts", "std::construct_at(a)"),
    "assembly": Raw("", 'asm volatile("nop");', "kcxx-safe-asm", 'asm volatile("nop")'),
    "argument-without-a-type": Raw(
        "int a, ...", "__builtin_va_list b; __builtin_va_start(b, a); (void)__builtin_va_arg(b, int);", "kcxx-safe-varargs", "__builtin_va_arg(b, int)"
    ),
    "thread-of-a-reference": Raw(
        "Vec<KThread> &a, int b", '(void)a.push(*KThread::run("pump", [&b] { b++; }), GFP_KERNEL);', "kcxx-capture", "[&b] { b++; }"
    ),
    "work-with-a-reference": Raw(
        "WorkQueue &a, Derived &b", "(void)a.run(GFP_KERNEL, [&b] { b.level++; });", "kcxx-capture", "[&b] { b.level++; }"
    ),
    "work-with-a-pointer": Raw(
        "WorkQueue &a, Derived *b", "(void)a.run(GFP_KERNEL, [b] { (void)b; });", "kcxx-capture", "[b] { (void)b; }"
    ),
    "index-of-user-space": Raw(
        "std::span<int> a, UserReader &b", "if (auto i = b.read<u32>()) a[*i] = 1;", "kcxx-user-index", "a[*i]"
    ),
}

# Rules that a statement of the table breaks beside the one that it is for
ALSO = {"kcxx-safe-uninitialised": {"argument-without-a-type"}, "kcxx-safe-call": {"argument-without-a-type"}}

# Statements that a KCXX_SAFE file may have
FINE = {
    "reference": ("Derived &a", "a.level = a.twice();"),
    "box": ("Box<Derived> &a", "a->level = (*a).twice();"),
    "optional": ("std::optional<Derived> &a", "if (a) a->level = (*a).level;"),
    "found-in-a-condition": ("Vec<Derived> &a", "if (auto *b = a.get(1)) b->level = (*b).twice(); else (void)a;"),
    "found-in-a-loop": ("Vec<Derived> &a", "for (unsigned i = 0;; ++i) { const auto *b = a.get(i); if (!b) break; (void)(*b).level; }"),
    "found-behind-a-return": ("Vec<int> &a", "auto *b = a.get(1); if (b == nullptr) return; *b = 1;"),
    "found-or-not": ("Vec<Derived> &a", "auto *b = a.get(1); if (nullptr == b || b->level == 0) return; b->level = 1;"),
    "found-and-compared": ("const Vec<Derived> &a", "const auto *b = a.get(1); if (b != nullptr && b->level > 1) (void)b->level;"),
    "found-for-a-value": ("Vec<int> &a", "const int *b = a.get(1); const int c = b ? *b : 0; (void)c;"),
    "found-again": ("Vec<int> &a", "auto *b = a.get(1); if (b) (void)*b; b = a.get(2); if (b) *b = 1;"),
    "found-in-each-step": ("Vec<int> &a", "auto *b = a.get(0); for (unsigned i = 1; b; ++i) { if (!b) break; *b = 1; b = a.get(i); }"),
    "found-in-a-variant": ("std::variant<int, u32> &a", "if (auto *b = std::get_if<u32>(&a)) *b = 1;"),
    "iterator-of-an-algorithm": ("Vec<int> &a", "const auto b = std::ranges::max_element(a); if (b != a.end()) (void)*b;"),
    "iterator-of-two": ("Vec<int> &a", "auto b = std::find(a.begin(), a.end(), 3); if (b == a.end()) return; *b = 4;"),
    "iterators-of-a-vec": ("Vec<Derived> &a", "for (auto b = a.begin(); b != a.end(); ++b) b->level = (*b).twice();"),
    "element-that-is-put-in": ("HashMap<int, int> &a", "auto [b, c] = *a.try_emplace(GFP_KERNEL, 3, 1); ++b->second;"),
    "begin-and-end-of-one": ("Vec<char> &a", "const std::string_view b{a.begin(), a.end()}; (void)b;"),
    "views": (
        "std::span<u32> a",
        "u32 c = 0; for (const u32 b : a | std::views::transform([](u32 n) { return n * n; }) | std::views::take(3)) c += b; (void)c;"
    ),
    "array-of-constant-index": ("int (&a)[4]", "a[3] = 1;"),
    "array-of-the-library": ("std::array<int, 4> &a, unsigned i", "a[i] = 1; for (int &b : a) b = 2;"),
    "range": ("int (&a)[4]", "for (int &b : a) b = 2;"),
    "cast-of-numbers": ("u64 a", "(void)static_cast<u8>(a); (void)u8(a); (void)(u8)a;"),
    "iterators": (
        "std::span<int> a", "std::sort(a.begin(), a.end()); (void)(a.end() - a.begin()); for (auto b = a.begin(); b != a.end(); ++b) (void)*b;"
    ),
    "cast-to-a-base": ("Derived &a", "(void)static_cast<Base &>(a);"),
    "bit-cast-of-numbers": ("u32 a", "(void)std::bit_cast<std::array<u8, 4>>(a);"),
    "address": ("Derived &a", "const Derived *b = &a; (void)(b == nullptr);"),
    "function-of-this-source": ("", "(void)of_this_source(1);"),
    "constant": ("", "(void)(limit + 1);"),
    "atomic": ("", "atomic_counter.set(1); counters[0].set(1);"),
    "any-device": ("pci::Device &a", "(void)kernel::Device::of(a);"),
    "bytes-without-gaps": ("std::array<Settings, 4> &a", "(void)std::as_bytes(std::span{a}); (void)std::as_writable_bytes(std::span{a});"),
    "owner-of-nothing": ("Box<int> &a", "a = Box<int>::adopt(nullptr);"),
    "values": ("", "int a{}; Settings b{}; std::array<u8, 4> c{}; Derived d; Vec<int> e; (void)&a, (void)&b, (void)&c, (void)&d, (void)&e;"),
    "members": ("", "struct Pump { Pump() : a{1} {} int a; int b = 0; Vec<int> c; }; (void)Pump{};"),
    "algorithms-with-both-ends": (
        "Vec<int> &a, std::array<int, 4> &b",
        "kernel::copy(b, a); std::ranges::fill(a, 1); (void)std::ranges::equal(a, b); (void)std::equal(a.begin(), a.end(), b.begin(), b.end());",
    ),
    "orders-that-are-known": (
        "Vec<int> &a",
        "std::ranges::sort(a); std::sort(a.begin(), a.end(), std::greater{}); std::ranges::nth_element(a, a.begin()); "
        "kernel::sort(a, [](int b, int c) { return b <= c; });",
    ),
    "span-of-a-container": ("Vec<int> &a, std::array<int, 4> &b", "(void)std::span<int>{a}; (void)std::span{b};"),
    "text-of-one-object": ("Vec<char> &a, Box<Vec<char>> &b", "(void)std::string_view(a.data(), a.size()); (void)std::span<char>{b->data(), b->size()};"),
    "text": ("", '(void)std::string_view("pump").substr(1);'),
    "log": ("int a", 'pr_info("%d\\n", a); pr_info("{}\\n", a);'),
    "scoped-thread": ("", 'int a = 0; auto b = KThread::run("pump", [&a] { a++; }); (void)b;'),
    "work-of-its-own": ("WorkQueue &a, Arc<Mutex<int>> b", "(void)a.run(GFP_KERNEL, [b = std::move(b)] { (void)*b->lock(); });"),
}


def functions(statements: dict[str, tuple[str, str]], around: str = "{}") -> str:
    """A function for each statement, a line each."""
    lines = (f"void f{i}({parameters}); void f{i}({parameters}) {{ {around.format(statement)} }}" for i, (parameters, statement) in enumerate(statements.values()))
    return "".join(line + "\n" for line in lines)


Lint = Callable[..., "Linted"]


@dataclass(frozen=True)
class Linted:
    """The document of kcxx lint about one source, and the text if it was asked for."""

    source: str
    status: int
    document: dict[str, list[dict[str, object]]]
    said: str

    def at(self, line: int) -> list[tuple[str, str]]:
        """The findings at a line: rule and text."""
        return [(str(found["id"]), str(found["found"])) for found in self.document["findings"] if found["line"] == line]

    def all(self) -> list[tuple[str, str]]:
        """Each finding: the text of its line, and its rule."""
        lines = self.source.splitlines()
        return [(lines[int(str(found["line"])) - 1].strip(), str(found["id"])) for found in self.document["findings"]]


@pytest.fixture(scope="session", params=axis(CXX["gcc"], every=(CXX["clang"],)))
def lint(request: pytest.FixtureRequest, package: Path, kernels: dict[str, Kernel], kcxx: Path, run_directory: Path) -> Lint:
    """Returns a function that lints a source, in a project that was configured and never built."""
    cache = {"KCXX_CACHE": str(run_directory / "lint-cache")}

    def at(directory: Path) -> CMakeProject:
        return CMakeProject(directory, directory / "build", package, kernels["6.12"].build)

    def make(directory: Path) -> None:
        project = at(directory)
        project.write("pump.cc", HEAD)
        project.lists("add_kernel_module(pump pump.cc)\n")
        must(project.configure(f"-DKCXX_CXX_COMPILER={request.param}"))

    def linted(source: str, as_text: bool = False) -> Linted:
        project = at(made_once(run_directory / f"lint-{request.param}", make))
        (project.source / "pump.cc").write_text(source, encoding="utf-8")
        result = run(kcxx, "lint", "--format", "json", project.build, env=cache)
        assert result.stderr == "", result.stderr
        said = run(kcxx, "lint", project.build, env=cache).stdout if as_text else ""
        return Linted(source, result.returncode, json.loads(result.stdout), said)

    return linted


@pytest.fixture(scope="session")
def raw(lint: Lint) -> Linted:
    """All statements of the table, in a KCXX_SAFE file"""
    return lint(SAFE + functions({name: (case.parameters, case.statement) for name, case in RAW.items()}), as_text=True)


def line_of(case: str, cases: dict[str, object]) -> int:
    """The line of @case in the source that functions() makes."""
    return SAFE.count("\n") + 1 + list(cases).index(case)


@pytest.mark.parametrize("case", RAW)
def test_raw_statement_is_refused(case: str, raw: Linted) -> None:
    """In a KCXX_SAFE file: by its rule, with its text, and with the whole message."""
    expected = RAW[case]
    message = MESSAGES[expected.rule]
    line = line_of(case, RAW)
    others = [rule for rule, cases in ALSO.items() if case in cases]
    assert [found for found in raw.at(line) if found[0] not in others] == [(expected.rule, expected.found)]
    assert raw.status == ExitStatus.FINDINGS
    assert (
        f"pump.cc:{line}: kcxx: {message.what} [{expected.rule}]\n"
        f"  found:  {expected.found}\n"
        f"  needed: {message.needed}\n"
        f"  write instead: {message.rewrite}\n"
    ) in raw.said


def test_raw_statement_in_a_marked_block_is_listed(lint: Lint) -> None:
    """KCXX_UNSAFE takes each statement of the table, and the list for a review has the rules that it breaks."""
    statements = {name: (case.parameters, case.statement) for name, case in RAW.items()}
    linted = lint(SAFE + functions(statements, 'KCXX_UNSAFE("a test") {{ {} }}'))
    assert linted.all() == []
    assert linted.status == ExitStatus.OK
    listed = {int(str(block["line"])): (block["reason"], block["rules"]) for block in linted.document["unsafe"]}
    assert len(listed) == len(RAW)
    for case, expected in RAW.items():
        reason, rules = listed[line_of(case, RAW)]
        assert reason == "a test"
        assert expected.rule in list(rules), case


def test_raw_statement_of_another_file_is_let_pass(lint: Lint) -> None:
    """Without KCXX_SAFE, only rules of every file are applied."""
    statements = {name: (case.parameters, case.statement) for name, case in RAW.items() if case.rule.startswith("kcxx-safe-")}
    assert lint(HEAD + functions(statements)).all() == []


def test_fine_statement_is_let_pass(lint: Lint) -> None:
    """A KCXX_SAFE file may have all that the library's types answer for."""
    assert lint(SAFE + functions(FINE)).all() == []


def test_cast_in_a_template_is_found_once(lint: Lint) -> None:
    """However many instances it has"""
    source = HEAD.replace("template <typename T> T *as", "KCXX_SAFE\ntemplate <typename T> T *as")
    linted = lint(source + "void f(void *a); void f(void *a) { (void)as<int>(a); (void)as<u8>(a); }\n")
    assert [rule for _, rule in linted.all()] == ["kcxx-safe-cast"]


def test_promise_of_the_author_is_refused(lint: Lint) -> None:
    """In a KCXX_SAFE file, that a class may be shared; one that is false is no promise."""
    linted = lint(SAFE + "struct Shared { static constexpr bool is_sync = true; u32 a; };\nstruct Own { static constexpr bool is_sync = false; u32 a; };\n")
    assert linted.all() == [("struct Shared { static constexpr bool is_sync = true; u32 a; };", "kcxx-safe-promise")]


def test_class_with_a_pointer_holds_an_address(lint: Lint) -> None:
    """In every file: the author's promise of the opposite is wrong."""
    promise = "template <> inline constexpr bool kernel::holds_no_address<{}> = true;"
    linted = lint(HEAD + f"struct Request {{ u64 count; void *next; }};\n{promise.format('Request')}\n{promise.format('Word')}\n")
    assert linted.all() == [(promise.format("Request"), "kcxx-address-promise")]


def test_header_has_its_own_word(lint: Lint, tmp_path: Path) -> None:
    """A header of the project that is KCXX_SAFE is checked, and reported once; one that is not is let pass."""
    text = "#pragma once\n{}inline int {}(const int *level) {{ return *level; }}\n"
    safe = tmp_path / "safe.hpp"
    safe.write_text(text.format("#include <kernel/safe.hpp>\nKCXX_SAFE\n", "first"), encoding="utf-8")
    other = tmp_path / "other.hpp"
    other.write_text(text.format("", "second"), encoding="utf-8")
    linted = lint(HEAD + f'#include "{safe}"\n#include "{other}"\n')
    assert [(found["file"], found["line"]) for found in linted.document["findings"]] == [(str(safe), 4)]


# Rules of every file

WRONG = {
    "work-of-a-local": (
        """\
        Result<> drain(WorkQueue &queue)
        {
        	int level = 0;
        	return queue.run(GFP_KERNEL, [&level] { level++; }); // kcxx-capture
        }
        """
    ),
    "work-of-the-address-of-a-local": (
        """\
        Result<> drain(WorkQueue &queue)
        {
        	Derived level;
        	return queue.run(GFP_KERNEL, [at = &level] { at->level++; }); // kcxx-capture
        }
        """
    ),
    "work-with-a-view-of-a-local": (
        """\
        struct Request { std::string_view name; int level; };
        struct Job { std::span<const int> all; void operator()() const { (void)all.size(); } };
        void view(WorkQueue &queue, std::string_view given, const Vec<int> &numbers)
        {
        	String text;
        	Vec<int> levels;
        	std::array<int, 4> few{};
        	const std::string_view name = text.view();
        	const auto part = name.substr(1);
        	(void)queue.run(GFP_KERNEL, [name] { (void)name.size(); }); // kcxx-capture
        	(void)queue.run(GFP_KERNEL, [part] { (void)part.size(); }); // kcxx-capture
        	(void)queue.run(GFP_KERNEL, [all = std::span{levels}] { (void)all.size(); }); // kcxx-capture
        	(void)queue.run(GFP_KERNEL, [all = std::span<int>{few}] { (void)all.size(); }); // kcxx-capture
        	(void)queue.run(GFP_KERNEL, [one = std::ref(few)] { (void)one.get(); }); // kcxx-capture
        	const Request request{.name = name, .level = 1};
        	(void)queue.run(GFP_KERNEL, [request] { (void)request.level; }); // kcxx-capture
        	const std::optional<std::string_view> maybe{name};
        	(void)queue.run(GFP_KERNEL, [maybe] { (void)maybe.has_value(); }); // kcxx-capture
        	const int *first = &levels[0];
        	(void)queue.run(GFP_KERNEL, [first] { (void)first; }); // kcxx-capture
        	(void)queue.run(GFP_KERNEL, [given] { (void)given.size(); }); // kcxx-capture
        	(void)queue.run(GFP_KERNEL, [all = std::span{numbers}] { (void)all.size(); }); // kcxx-capture
        	(void)queue.run(GFP_KERNEL, Job{levels}); // kcxx-capture
        	const auto inner = [&few] { (void)few.size(); };
        	(void)queue.run(GFP_KERNEL, [inner] { inner(); }); // kcxx-capture
        }
        struct Pump
        {
        	Result<> start(WorkQueue &queue, std::string_view name)
        	{
        		KTRY(queue.run(GFP_KERNEL, [all = std::span{levels}] { (void)all.size(); })); // kcxx-capture
        		thread = KTRY(KThread::run("pump", [name] { (void)name.size(); })); // kcxx-capture
        		thread = KTRY(KThread::run("pump", [first = &levels[0]] { (void)first; })); // kcxx-capture
        		return {};
        	}
        	Vec<int> levels;
        	std::optional<KThread> thread;
        };
        """
    ),
    "thread-that-is-returned": (
        """\
        Result<KThread> count()
        {
        	int level = 0;
        	return KThread::run("pump", [&level] { level++; }); // kcxx-capture
        }
        """
    ),
    "thread-that-is-moved-away": (
        """\
        Result<> count(Vec<KThread> &threads)
        {
        	int level = 0;
        	auto thread = KTRY(KThread::run("pump", [&] { level++; })); // kcxx-capture
        	return threads.push(std::move(thread), GFP_KERNEL);
        }
        """
    ),
    "notifier-that-is-kept": (
        """\
        struct Pump {
        	Result<> start()
        	{
        		int level = 0;
        		notifier_ = KTRY(RebootNotifier::make([&level](Shutdown) { level++; })); // kcxx-capture
        		return {};
        	}
        	std::optional<RebootNotifier> notifier_;
        };
        """
    ),
    "handler-that-is-returned": (
        """\
        Result<SysOffHandler<SysOff::power_off>> count()
        {
        	int level = 0;
        	return SysOffHandler<SysOff::power_off>::make([&level]() KCXX_LAMBDA_MUST_NOT_SLEEP { level++; }); // kcxx-capture
        }
        """
    ),
    "closure-that-is-kept": (
        """\
        struct Blinker {
        	Result<> start()
        	{
        		int level = 0;
        		auto blink = [&level]() KCXX_LAMBDA_MUST_NOT_SLEEP { level++; }; // kcxx-capture
        		timer_ = KTRY(Closure<Timer>::make(GFP_KERNEL, LOCK_CLASS("blink"), std::move(blink)));
        		return {};
        	}
        	std::optional<Closure<Timer>> timer_;
        };
        """
    ),
    "timer-before-its-data": (
        """\
        class Pump
        {
        	void expired() KCXX_MUST_NOT_SLEEP { use(); }
        	void use() noexcept { (void)names_.size(); }
        	Timer<&Pump::expired> timer_{LOCK_CLASS("timer"), *this}; // kcxx-member-order
        	Vec<int> names_;
        };
        """
    ),
    "work-before-the-timer-that-it-starts": (
        """\
        class Pump
        {
        	void drain() { timer_.start(milliseconds(1)); }
        	void expired() KCXX_MUST_NOT_SLEEP {}
        	Work<&Pump::drain> work_{LOCK_CLASS("drain"), *this}; // kcxx-member-order
        	Timer<&Pump::expired> timer_{LOCK_CLASS("timer"), *this};
        };
        """
    ),
    "interrupt-of-a-part-before-its-data": (
        """\
        class Channel
        {
        public:
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		levels_.lock()->clear();
        		return IrqReturn::handled;
        	}
        private:
        	Irq<&Channel::interrupt> irq_{*this}; // kcxx-member-order
        	SpinLock<Vec<int>, FromIrq> levels_{LOCK_CLASS("levels")};
        };
        """
    ),
    "member-of-an-interrupt-and-a-work": (
        """\
        class Pump
        {
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		++strokes_; // kcxx-data-race
        		(void)work_.queue();
        		return IrqReturn::handled;
        	}
        	void drain() { pr_info("%u\\n", strokes_); }
        	u32 strokes_ = 0;
        	Work<&Pump::drain> work_{LOCK_CLASS("drain"), *this};
        	Irq<&Pump::interrupt> irq_{*this};
        };
        """
    ),
    "members-of-a-timer-and-a-file-of-sysfs": (
        """\
        struct State { u32 level = 0; std::array<u32, 4> last{}; std::optional<u32> error; };
        class Fan
        {
        public:
        	u32 rpm() const { return state_.level + state_.last[1] + static_cast<u32>(samples_.size()); }
        	Result<> set_rpm(u32 rpm)
        	{
        		wanted_ = rpm < 100 ? rpm : 100; // kcxx-data-race
        		return {};
        	}
        	using Attributes = sysfs::Attributes<sysfs::ReadWrite<"rpm", &Fan::rpm, &Fan::set_rpm>>;
        private:
        	void tick() KCXX_MUST_NOT_SLEEP
        	{
        		state_.level = wanted_; // kcxx-data-race
        		state_.last[1] += 2; // kcxx-data-race
        		state_.error = 3;
        		note();
        	}
        	void note()
        	{
        		(void)samples_.push(1, GFP_ATOMIC); // kcxx-data-race
        	}
        	u32 wanted_ = 0;
        	State state_;
        	Vec<u32> samples_;
        	Timer<&Fan::tick> timer_{LOCK_CLASS("tick"), *this};
        };
        """
    ),
    "member-of-a-work-and-a-sensor": (
        """\
        struct Sensor {
        	Result<long> read(hwmon::TempMax, int) const { return Result<long>{std::in_place, limit_}; }
        	Result<> write(hwmon::TempMax, int, long value)
        	{
        		limit_ = value; // kcxx-data-race
        		return {};
        	}
        	void measure() { use(limit_); }
        	void use(long) {}
        	long limit_ = 0;
        	Work<&Sensor::measure> work_{LOCK_CLASS("measure"), *this};
        };
        Result<> sense(BoundDevice &device, Sensor &sensor) { return hwmon::add(device, "sensor", sensor); }
        """
    ),
    "member-of-a-thread-and-a-timer": (
        """\
        class Pump
        {
        	Result<> start()
        	{
        		thread_ = KTRY(KThread::run("pump", [this] {
        			for (const u32 before = std::exchange(level_, 0U); before != 0;) // kcxx-data-race
        				return;
        		}));
        		return {};
        	}
        	void expired() KCXX_MUST_NOT_SLEEP
        	{
        		{
        			auto n = lock_.lock();
        			level_ = *n;
        		}
        		pr_info("%u\\n", level_);
        	}
        	u32 level_ = 0;
        	SpinLock<u32, FromIrq> lock_{LOCK_CLASS("level")};
        	Timer<&Pump::expired> timer_{LOCK_CLASS("timer"), *this};
        	KThread thread_;
        };
        """
    ),
    "view-that-a-member-keeps": (
        """\
        class Pump
        {
        	void choose(std::size_t i)
        	{
        		last_ = &levels_[i]; // kcxx-kept-view
        		window_ = std::span{levels_}.subspan(i); // kcxx-kept-view
        		const auto found = names_.get(1);
        		if (found != nullptr)
        			name_ = found->view(); // kcxx-kept-view
        		std::array<int, 4> here{};
        		local_ = here; // kcxx-kept-view
        		int level = 0;
        		perhaps_ = std::ref(level); // kcxx-kept-view
        	}
        	Vec<int> levels_;
        	Vec<String> names_;
        	int *last_ = nullptr;
        	std::span<int> window_;
        	std::span<const int> local_;
        	std::string_view name_;
        	std::optional<std::reference_wrapper<int>> perhaps_;
        };
        """
    ),
    "loop-over-a-part-of-a-temporary": (
        """\
        struct Entry { Vec<int> levels; const Vec<int> &list() const { return levels; } std::span<const int> all() const { return levels; } };
        Result<Entry> made();
        Result<> walk(Arc<Revocable<Entry>> &entry, PerCpu<Entry> &entries)
        {
        	for (const char each : KTRY(String::format(GFP_KERNEL, "pump%d", 3)).view()) // kcxx-range-temporary
        		pr_info("%c\\n", each);
        	for (const int level : entry->try_access()->levels) // kcxx-range-temporary
        		pr_info("%d\\n", level);
        	for (const int level : entries.this_cpu()->levels) // kcxx-range-temporary
        		pr_info("%d\\n", level);
        	for (const int level : KTRY(made()).list()) // kcxx-range-temporary
        		pr_info("%d\\n", level);
        	for (const int level : KTRY(made()).all().subspan(1)) // kcxx-range-temporary
        		pr_info("%d\\n", level);
        	return {};
        }
        """
    ),
    "notifier-before-its-data": (
        """\
        class Pump
        {
        	Result<> start()
        	{
        		notifier_ = KTRY(PanicNotifier::make([this]() KCXX_LAMBDA_MUST_NOT_SLEEP { (void)names_.size(); })); // kcxx-moved-object
        		return {};
        	}
        	std::optional<PanicNotifier> notifier_; // kcxx-member-order
        	Vec<int> names_;
        };
        """
    ),
    "threads-before-their-data": (
        """\
        class Pump
        {
        	Result<> start()
        	{
        		KThread thread = KTRY(KThread::run("pump", [this] { names_.clear(); })); // kcxx-moved-object
        		return threads_.push(std::move(thread), GFP_KERNEL);
        	}
        	Vec<KThread> threads_; // kcxx-member-order
        	Vec<int> names_;
        };
        """
    ),
    "size-of-user-space": (
        """\
        Result<> write(UserReader &from, Vec<u8> &to)
        {
        	const auto count = KTRY(from.read<u32>());
        	KTRY(to.resize(count, 0, GFP_KERNEL)); // kcxx-user-size
        	return {};
        }
        """
    ),
    "sum-of-user-space": (
        """\
        Result<> write(UserReader &from, Vec<u8> &to)
        {
        	const auto settings = KTRY(from.read<Settings>());
        	const std::size_t bytes = settings.count * sizeof(u32) + 1;
        	return to.reserve(bytes, GFP_KERNEL); // kcxx-user-size
        }
        """
    ),
    "zero-is-no-bound": (
        """\
        Result<> write(UserReader &from, Vec<u8> &to)
        {
        	const auto count = KTRY(from.read<u32>());
        	if (count == 0 || count < 0)
        		return EINVAL;
        	return to.reserve(count, GFP_KERNEL); // kcxx-user-size
        }
        """
    ),
    "size-of-a-number-as-text": (
        """\
        Result<> write(UserReader &from, Vec<u8> &to)
        {
        	auto text = KTRY(from.read_all(16, GFP_KERNEL));
        	const auto count = KTRY(parse_number<u32>({text.data(), text.size()}));
        	return to.reserve(count, GFP_KERNEL); // kcxx-user-size
        }
        """
    ),
    "index-of-a-handler": (
        """\
        struct Node {
        	Result<> ioctl(const File &, IoctlCall &call) const
        	{
        		constexpr Iow<Settings> SET{'p', 1};
        		return call.on(SET, [&](const Settings &wanted) -> Result<> {
        				levels[wanted.index] = 1; // kcxx-user-index
        				return {};
        			}).result();
        	}
        	mutable std::array<u32, 4> levels{};
        };
        """
    ),
    "index-that-is-only-checked": (
        """\
        Result<u32> read(UserReader &from, std::array<u32, 4> &levels)
        {
        	const auto index = KTRY(from.read<u32>());
        	if (index >= levels.size())
        		return EINVAL;
        	return levels[index]; // kcxx-user-speculation
        }
        """
    ),
    "user-space-that-goes-to-a-queue": (
        """\
        struct Request { UserReader from; void operator()() { (void)from.size(); } };
        Result<> write(WorkQueue &queue, UserReader from, UserReader other)
        {
        	KTRY(queue.run(GFP_KERNEL, [from = std::move(from)] { (void)from.size(); })); // kcxx-send
        	return queue.run(GFP_KERNEL, Request{std::move(other)}); // kcxx-send
        }
        Result<KThread> call(FunctionRef<void()> function)
        {
        	return KThread::run("pump", [function] { function(); }); // kcxx-send
        }
        """
    ),
    "owner-that-was-given-away": (
        """\
        void keep(Box<Derived> box, Arc<Derived> arc);
        int give(Box<Derived> box, Arc<Derived> arc, bool both)
        {
        	keep(std::move(box), arc.clone());
        	if (both)
        		keep(std::move(box), arc.clone()); // kcxx-used-up
        	const Arc<Derived> kept = std::move(arc);
        	return arc->level + kept->level; // kcxx-used-up
        }
        """
    ),
    "owner-that-a-loop-gives-away": (
        """\
        void keep(Box<Derived> box);
        void give(Box<Derived> box)
        {
        	for (int i = 0; i < 2; i++)
        		keep(std::move(box)); // kcxx-used-up
        }
        """
    ),
    "released-that-is-adopted-twice": (
        """\
        void adopt(Box<Derived> box)
        {
        	auto released = std::move(box).release();
        	auto one = Box<Derived>::adopt(std::move(released));
        	auto other = Box<Derived>::adopt(std::move(released)); // kcxx-used-up
        }
        """
    ),
    "pointer-that-is-adopted-twice": (
        """\
        void adopt(Derived *pointer)
        {
        	auto one = Box<Derived>::adopt(Released<Box<Derived>>::from_raw(pointer));
        	auto other = Box<Derived>::adopt(Released<Box<Derived>>::from_raw(pointer)); // kcxx-adopted-twice
        }
        """
    ),
    "container-that-is-walked": (
        """\
        struct Entry : ListNode { int level = 0; };
        struct Leaf : RbTreeNode<> { int level = 0; };
        void change(List<Entry> &list, Vec<int> &levels, RbTree<Leaf, &Leaf::level> &tree, Map<int, int> &map)
        {
        	for (auto &entry : list)
        		if (entry.level == 0)
        			(void)list.remove(entry); // kcxx-walk
        	for (auto at = list.begin(); at != list.end(); ++at)
        		(void)list.erase(at); // kcxx-walk
        	for (const int level : levels)
        		if (!levels.push(level, GFP_KERNEL)) // kcxx-walk
        			return;
        	for (auto &leaf : tree)
        		(void)tree.remove(leaf); // kcxx-walk
        	for (const auto &[key, value] : map)
        		map.clear(); // kcxx-walk
        }
        """
    ),
    "member-that-is-walked-under-its-lock": (
        """\
        struct Entry : ListNode { int level = 0; };
        struct Entries { List<Entry> list; };
        void change(Mutex<Entries> &entries)
        {
        	auto guard = entries.lock();
        	for (auto &entry : guard->list) {
        		if (entry.level == 0)
        			(void)guard->list.remove(entry); // kcxx-walk
        	}
        }
        """
    ),
    "container-that-a-function-changes-while-it-is-walked": (
        """\
        struct Entry : ListNode { int level = 0; };
        void drop(List<Entry> &list, Entry &entry) { (void)list.remove(entry); }
        void drop_all(List<Entry> *list) { if (list != nullptr) list->clear(); }
        void in_turn(List<Entry> &first, List<Entry> &second) { drop_all(&second); }
        struct Pump
        {
        	void drop(Entry &entry) { (void)list.remove(entry); }
        	void walk()
        	{
        		for (auto &entry : list)
        			drop(entry); // kcxx-walk
        		const auto drop_now = [this] { list.clear(); };
        		for (auto &entry : list)
        			drop_now(); // kcxx-walk
        	}
        	List<Entry> list;
        };
        void change(List<Entry> &list, List<Entry> &other, Pump &pump, Mutex<Pump> &pumps)
        {
        	for (auto &entry : list)
        		drop(list, entry); // kcxx-walk
        	for (auto &entry : list)
        		in_turn(other, list); // kcxx-walk
        	auto &alias = list;
        	for (auto &entry : list)
        		alias.clear(); // kcxx-walk
        	for (auto &entry : pump.list)
        		pump.drop(entry); // kcxx-walk
        	auto guard = pumps.lock();
        	for (auto &entry : guard->list)
        		guard->drop(entry); // kcxx-walk
        }
        """
    ),
    "element-that-is-kept-while-its-container-changes": (
        """\
        struct Pump { Result<> fill(); int level() const; Vec<int> levels; };
        void drain(Vec<int> &levels) { levels.clear(); }
        Result<> change(Vec<int> &levels, SmallVec<Derived, 2> &parts, HashMap<int, int> &map, String &name, Mutex<Pump> &pumps)
        {
        	auto &first = levels[0];
        	KTRY(levels.push(1, GFP_KERNEL));
        	first = 2; // kcxx-stale-element
        	const int *second = &levels[1];
        	drain(levels);
        	const int sum = *second; // kcxx-stale-element
        	auto &level = parts[0].level;
        	parts.truncate(0);
        	level += 1; // kcxx-stale-element
        	auto *found = map.get(1);
        	for (int i = 0; i < 2; i++) {
        		if (found != nullptr && *found == i) // kcxx-stale-element
        			(void)map.insert(i, 1, GFP_KERNEL);
        		found = map.get(1);
        		map.clear();
        	}
        	const auto text = name.view();
        	KTRY(name.append("s", GFP_KERNEL));
        	auto guard = pumps.lock();
        	auto at = guard->levels.begin();
        	if (sum > 1)
        		guard->levels.clear();
        	pr_info("%d %zu %d\\n", sum, text.size(), *at); // kcxx-stale-element
        	return {};
        }
        """
    ),
    "member-whose-element-is-kept-across-a-function": (
        """\
        class Pump
        {
        public:
        	Result<> fill()
        	{
        		auto &first = levels_[0];
        		KTRY(grow());
        		first = 1; // kcxx-stale-element
        		return {};
        	}
        private:
        	Result<> grow() { return levels_.reserve(16, GFP_KERNEL); }
        	Vec<int> levels_;
        };
        """
    ),
    "locks-through-virtual-functions-and-callbacks": (
        """\
        class Pump;
        struct Listener { virtual ~Listener() = default; virtual void changed(Pump &pump) = 0; };
        class Base
        {
        public:
        	virtual ~Base() = default;
        	void run()
        	{
        		auto level = level_.lock();
        		*level += step(); // kcxx-lock-twice
        	}
        	int level() const { return *level_.lock(); }
        private:
        	virtual int step() const = 0;
        	Mutex<int> level_{LOCK_CLASS("level")};
        };
        class Derived final : public Base { int step() const override { return level() + 1; } };
        template <typename Lock, typename F> auto with(Lock &lock, F f)
        {
        	auto guard = lock.lock();
        	return f(*guard);
        }
        template <typename F> void twice(F f)
        {
        	f(1);
        	f(2);
        }
        class Pump
        {
        public:
        	std::size_t count() const { return listeners_.lock()->size(); }
        	void tell()
        	{
        		auto listeners = listeners_.lock();
        		for (auto &listener : *listeners)
        			listener->changed(*this); // kcxx-lock-twice
        	}
        	void each(FunctionRef<void(int)> visit) const
        	{
        		auto jobs = jobs_.lock();
        		for (const int n : *jobs)
        			visit(n);
        	}
        	void each_but_one(FunctionRef<void(int)> visit) const
        	{
        		each([&](int n) {
        			if (n != 1)
        				visit(n);
        		});
        	}
        	std::size_t size() const { return jobs_.lock()->size(); }
        	void show()
        	{
        		each([this](int n) { pr_info("%d of %zu\\n", n, size()); }); // kcxx-lock-twice
        		each_but_one([this](int n) { pr_info("%d of %zu\\n", n, size()); }); // kcxx-lock-twice
        		const auto jobs = jobs_.lock();
        		twice([this](int n) { pr_info("%d of %zu\\n", n, size()); }); // kcxx-lock-twice
        	}
        	void one()
        	{
        		with(x_, [this](int &x) { with(y_, [&x](int &y) { x += y; }); }); // kcxx-lock-order
        	}
        	void two()
        	{
        		with(y_, [this](auto &y) { with(x_, [&y](auto &x) { y += x; }); }); // kcxx-lock-order
        	}
        	Mutex<Vec<Box<Listener>>> listeners_{LOCK_CLASS("listeners")};
        	Mutex<Vec<int>> jobs_{LOCK_CLASS("jobs")};
        	Mutex<int> x_{LOCK_CLASS("x")};
        	Mutex<int> y_{LOCK_CLASS("y")};
        };
        struct Printer final : Listener { void changed(Pump &pump) override { pr_info("%zu\\n", pump.count()); } };
        """
    ),
    "spinlocks-that-let-their-takers-come": (
        """\
        class Pump
        {
        	void tick() KCXX_MUST_NOT_SLEEP
        	{
        		*ticks_.lock_bh() += 1;
        		note();
        		*strokes_.lock_bh() += 1; // kcxx-lock-context
        	}
        	void note() KCXX_MUST_NOT_SLEEP { *notes_.lock_irqsave() += 1; }
        	void work()
        	{
        		*ticks_.lock() = 0; // kcxx-lock-context
        		add(1);
        	}
        	void add(int n)
        	{
        		*notes_.lock() += n; // kcxx-lock-context
        		auto strokes = strokes_.lock_bh(); // kcxx-lock-context
        		*strokes += n;
        	}
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		*strokes_.lock_irqsave() += 1;
        		return IrqReturn::handled;
        	}
        	SpinLock<int> ticks_{LOCK_CLASS("ticks")};
        	SpinLock<int> notes_{LOCK_CLASS("notes")};
        	u32 total() const
        	{
        		auto fresh = fresh_.lock();
        		return *fresh + *total_.lock();
        	}
        	void sum(u32 n)
        	{
        		*total_.lock() += n; // kcxx-lock-context
        	}
        	IrqReturn count() KCXX_MUST_NOT_SLEEP
        	{
        		*fresh_.lock() += 1;
        		return IrqReturn::handled;
        	}
        	SpinLock<u32, FromIrq> fresh_{LOCK_CLASS("fresh"), 0u};
        	SpinLock<u32> total_{LOCK_CLASS("total"), 0u};
        	Irq<&Pump::count> counter_{*this};
        	SpinLock<int> strokes_{LOCK_CLASS("strokes")};
        	Work<&Pump::work> work_{LOCK_CLASS("work"), *this};
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        	Irq<&Pump::interrupt> irq_{*this};
        };
        """
    ),
    "ends-of-elements-under-a-lock": (
        """\
        class Pump;
        class Job
        {
        public:
        	explicit Job(Pump &pump) : pump_{pump} {}
        private:
        	void work();
        	Pump &pump_;
        	Work<&Job::work> work_{LOCK_CLASS("job"), *this};
        };
        struct Registry { void leave() const { *count.lock() -= 1; } Mutex<int> count{LOCK_CLASS("count")}; };
        class Session
        {
        public:
        	explicit Session(const Registry &registry) : registry_{registry} {}
        	Session(const Session &) = delete;
        	Session &operator=(const Session &) = delete;
        	~Session() { registry_.leave(); }
        private:
        	const Registry &registry_;
        };
        struct Owner {
        	void drop() { session.lock()->reset(); } // kcxx-lock-order
        	bool busy() const { return session.lock()->has_value(); }
        	Mutex<std::optional<Session>> session{LOCK_CLASS("session")};
        };
        class Line
        {
        public:
        	explicit Line(Mutex<u32> &count) : count_{count} {}
        private:
        	IrqReturn thread()
        	{
        		*count_.lock() += 1;
        		return IrqReturn::handled;
        	}
        	Mutex<u32> &count_;
        	ThreadedIrq<&Line::thread> irq_{*this};
        };
        class Pump
        {
        public:
        	void count() { ++*done_.lock(); }
        	Result<> set(u32 n)
        	{
        		auto jobs = jobs_.lock();
        		auto done = done_.lock();
        		if (n == 0) {
        			jobs->clear(); // kcxx-wait
        			*done = 0;
        			return {};
        		}
        		return jobs->push(KTRY(Box<Job>::make(GFP_KERNEL, *this)), GFP_KERNEL);
        	}
        	Result<> start()
        	{
        		line_ = KTRY(Box<Line>::make(GFP_KERNEL, count_));
        		return {};
        	}
        	void stop()
        	{
        		auto count = count_.lock();
        		line_ = Box<Line>::adopt(nullptr); // kcxx-wait
        		*count = 0;
        	}
        	void ask()
        	{
        		auto count = registry_.count.lock();
        		if (owner_.busy()) // kcxx-lock-order
        			++*count;
        	}
        	Result<> run(u32 n)
        	{
        		auto state = state_.lock();
        		state->thread.reset(); // kcxx-wait
        		if (n == 0)
        			return {};
        		state->thread = KTRY(KThread::run("pump", [this] { state_.lock()->level++; }));
        		return {};
        	}
        private:
        	struct State { u32 level = 0; std::optional<KThread> thread; };
        	Registry registry_;
        	Owner owner_;
        	Mutex<u32> done_{LOCK_CLASS("done"), 0u};
        	Mutex<u32> count_{LOCK_CLASS("counts"), 0u};
        	Mutex<State> state_{LOCK_CLASS("state")};
        	Mutex<Vec<Box<Job>>> jobs_{LOCK_CLASS("jobs")};
        	Box<Line> line_ = Box<Line>::adopt(nullptr);
        };
        void Job::work() { pump_.count(); }
        """
    ),
    "waits-in-a-circle": (
        """\
        class Pump
        {
        	void fill() { drained_.flush(); } // kcxx-wait
        	void drain()
        	{
        		if (level_.read() > 1)
        			stop(); // kcxx-wait
        	}
        	void stop() { filled_.cancel(); }
        	void one()
        	{
        		second_done_.wait(); // kcxx-wait
        		first_done_.complete();
        	}
        	void two()
        	{
        		first_done_.wait(); // kcxx-wait
        		second_done_.complete();
        	}
        	void consume()
        	{
        		auto speed = speed_.lock();
        		auto jobs = jobs_.lock();
        		changed_.wait(jobs, [](const Vec<int> &all) { return !all.empty(); }); // kcxx-wait
        		*speed += 1;
        		jobs->clear();
        	}
        	void produce()
        	{
        		auto speed = speed_.lock();
        		(void)jobs_.lock()->push(*speed, GFP_KERNEL);
        		changed_.wake_all();
        	}
        	Atomic<int> level_{0};
        	Completion first_done_;
        	Completion second_done_;
        	Mutex<int> speed_{LOCK_CLASS("speed"), 0};
        	Mutex<Vec<int>> jobs_{LOCK_CLASS("jobs")};
        	WaitQueue changed_{LOCK_CLASS("changed")};
        	Work<&Pump::one> one_{LOCK_CLASS("one"), *this};
        	Work<&Pump::two> two_{LOCK_CLASS("two"), *this};
        	Work<&Pump::fill> filled_{LOCK_CLASS("fill"), *this}; // kcxx-member-order
        	DelayedWork<&Pump::drain> drained_{LOCK_CLASS("drain"), *this};
        };
        class Ordered
        {
        public:
        	static Result<Ordered> init(ThisModule &) { return {std::in_place, KTRY(WorkQueue::make_ordered("pump"))}; }
        	explicit Ordered(Arc<WorkQueue> queue) : second_{LOCK_CLASS("second"), *this, queue.clone()}, first_{LOCK_CLASS("first"), *this, std::move(queue)} {}
        private:
        	void fill()
        	{
        		(void)second_.queue();
        		second_.flush(); // kcxx-wait
        	}
        	void drain() {}
        	Work<&Ordered::drain> second_;
        	Work<&Ordered::fill> first_;
        };
        """
    ),
    "locks-of-two-objects-in-both-orders": (
        """\
        class Tank
        {
        public:
        	void give(Tank &to, int n)
        	{
        		auto from = level_.lock();
        		auto level = to.level_.lock();
        		*from -= n;
        		*level += n;
        	}
        	static void move(Tank &from, Tank &to)
        	{
        		auto level = from.level_.lock();
        		to.add(*level);
        	}
        	void add(int n) { *level_.lock() += n; }
        private:
        	Mutex<int> level_{LOCK_CLASS("level")};
        };
        class Pump
        {
        	void there() { a_.give(b_, 1); } // kcxx-lock-order
        	void back() { Tank::move(b_, a_); } // kcxx-lock-order
        	void itself(bool first)
        	{
        		auto &chosen = first ? c_ : c_;
        		Tank::move(c_, chosen); // kcxx-lock-twice
        		auto &same = c_;
        		c_.give(same, 2); // kcxx-lock-twice
        	}
        	Tank a_;
        	Tank b_;
        	Tank c_;
        };
        """
    ),
    "softirq-lock-in-a-hard-interrupt": (
        """\
        struct Pump
        {
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		count();
        		*samples_.lock() += 1; // kcxx-hard-interrupt
        		store(); // kcxx-hard-interrupt
        		return IrqReturn::handled;
        	}
        	IrqReturn hard() KCXX_MUST_NOT_SLEEP
        	{
        		*any_.lock_bh() += 1; // kcxx-hard-interrupt
        		return IrqReturn::wake_thread;
        	}
        	IrqReturn in_thread()
        	{
        		store();
        		return IrqReturn::handled;
        	}
        	void store() { *samples_.lock() += 1; }
        	void count() { *counts_.lock() += 1; }
        	SpinLock<int, FromSoftirq> samples_{LOCK_CLASS("samples")};
        	SpinLock<int, FromIrq> counts_{LOCK_CLASS("counts")};
        	SpinLock<int> any_{LOCK_CLASS("any")};
        	Irq<&Pump::interrupt> irq_{*this};
        	ThreadedIrq<&Pump::in_thread, &Pump::hard> other_{*this};
        };
        """
    ),
    "softirq-lock-in-a-hard-timer": (
        """\
        class Pump
        {
        public:
        	Pump() : by_constructor_{*this, HrTimerMode::hard} {}
        private:
        	void tick() KCXX_MUST_NOT_SLEEP
        	{
        		*samples_.lock() += 1; // kcxx-hard-interrupt
        	}
        	void tock() KCXX_MUST_NOT_SLEEP
        	{
        		*samples_.lock() += 1; // kcxx-hard-interrupt
        	}
        	SpinLock<int, FromSoftirq> samples_{LOCK_CLASS("samples")};
        	HrTimer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        	HrTimer<&Pump::tock> by_constructor_;
        };
        """
    ),
    "element-that-is-kept-while-a-guard-waits": (
        """\
        struct State { Vec<int> levels; int count = 0; };
        void wait_for(WaitQueue &queue, Mutex<State>::Guard &state) { queue.wait(state, [](State &all) { return all.count > 0; }); }
        void waits(WaitQueue &queue, Mutex<State> &states)
        {
        	auto state = states.lock();
        	auto &first = state->levels[0];
        	const auto *second = &state->levels[1];
        	auto &count = state->count;
        	queue.wait(state, [](State &all) { return !all.levels.empty(); });
        	first = 1; // kcxx-stale-element
        	count += *second; // kcxx-stale-element
        	auto &third = state->levels[2];
        	wait_for(queue, state);
        	third = 1; // kcxx-stale-element
        }
        """
    ),
    "object-whose-owner-gets-another": (
        """\
        Box<Derived> made();
        struct Pump { void replace() { part = made(); } Box<Derived> part; };
        void replaces(Box<Derived> box, std::optional<Derived> maybe, Vec<int> levels, Vec<int> others, Pump &pump, Mutex<Box<Derived>> &shared)
        {
        	auto &one = *box;
        	auto &level = box->level;
        	box = made();
        	one.level = 1; // kcxx-stale-element
        	level = 1; // kcxx-stale-element
        	auto &other = *maybe;
        	maybe.reset();
        	other.level = 1; // kcxx-stale-element
        	auto &first = levels[0];
        	levels = std::move(others);
        	first = 1; // kcxx-stale-element
        	auto &part = *pump.part;
        	pump.replace();
        	part.level = 1; // kcxx-stale-element
        	auto guard = shared.lock();
        	auto &last = **guard;
        	*guard = made();
        	last.level = 1; // kcxx-stale-element
        }
        """
    ),
    "owner-that-one-way-gives-away": (
        """\
        void keep(Box<Derived> box);
        struct Pump
        {
        	int gives()
        	{
        		keep(std::move(part_));
        		return part_->level; // kcxx-used-up
        	}
        	void adds(Derived part) { part_ = made(part); }
        	static Box<Derived> made(Derived part);
        	Box<Derived> part_;
        };
        int gives(Box<Derived> box, Box<Derived> other, bool once, Pump &pump)
        {
        	if (once)
        		keep(std::move(box));
        	for (int i = 0; i < 2; i++)
        		if (i == 1) {
        			keep(std::move(other));
        			break;
        		}
        	keep(std::move(pump.part_));
        	const auto later = [](Box<Derived> inner) {
        		keep(std::move(inner));
        		return inner->level; // kcxx-used-up
        	};
        	return box->level + later(std::move(box)); // kcxx-used-up
        }
        """
    ),
    "element-that-is-given-to-a-function-which-changes-its-container": (
        """\
        struct Entry { int key; int level; };
        Result<> add_like(Vec<Entry> &entries, const Entry &like)
        {
        	KTRY(entries.push({}, GFP_KERNEL));
        	entries[entries.size() - 1].level = like.level; // kcxx-stale-element
        	return {};
        }
        struct Node : ListNode
        {
        	void leave(List<Node> &list)
        	{
        		(void)list.remove(*this);
        		level = 0; // kcxx-stale-element
        	}
        	int level = 0;
        };
        class Pump
        {
        public:
        	Result<> repeat() { return add(levels_[0]); }
        private:
        	Result<> add(const int &level)
        	{
        		KTRY(levels_.reserve(16, GFP_KERNEL));
        		return levels_.push(level, GFP_KERNEL); // kcxx-stale-element
        	}
        	Vec<int> levels_;
        };
        Result<> change(Vec<Entry> &entries, List<Node> &list)
        {
        	if (auto *node = list.front())
        		node->leave(list);
        	return add_like(entries, entries[0]);
        }
        """
    ),
    "element-whose-owner-is-moved-to-one-that-ends": (
        """\
        void end(Box<Derived> box) { pr_info("%d\\n", box->level); }
        Box<Derived> made();
        struct Pump { Box<Derived> part; };
        void change(Box<Derived> box, Box<Derived> other, Box<Derived> third, Vec<int> levels, Pump &pump)
        {
        	auto &level = box->level;
        	{
        		const auto local = std::move(box);
        	}
        	level = 1; // kcxx-stale-element
        	auto &part = *other;
        	end(std::move(other));
        	part.level = 1; // kcxx-stale-element
        	auto &last = *third;
        	pump.part = std::move(third);
        	last.level = 1;
        	pump.part = made();
        	last.level = 1; // kcxx-stale-element
        	const auto *first = &levels[0];
        	if (pump.part->level == 0) {
        		auto taken = std::move(levels);
        		taken.clear();
        	}
        	pr_info("%d\\n", *first); // kcxx-stale-element
        }
        """
    ),
    "view-of-ones-own-array": (
        """\
        class Pump
        {
        public:
        	void point() { last_ = &level_; } // kcxx-own-view
        private:
        	std::array<u8, 16> data_{};
        	int level_ = 0;
        	std::span<u8> view_{data_}; // kcxx-own-view
        	int *last_ = nullptr;
        	std::string_view name_ = std::string_view{text_.data(), 4}; // kcxx-own-view
        	std::array<char, 8> text_{};
        };
        class Chain
        {
        public:
        	Chain();
        private:
        	Chain *self_; // kcxx-own-view
        	int level_ = 0;
        	int &first_ = level_; // kcxx-own-view
        };
        Chain::Chain() : self_{this} {}
        """
    ),
    "flags-that-sleep-kept-as-any": (
        """\
        class Pump
        {
        public:
        	explicit Pump(Gfp own) : flags_{own} {}
        	Pump() : flags_{GFP_KERNEL} {} // kcxx-kept-flags
        	void relax() { flags_ = GFP_KERNEL | __GFP_ZERO; } // kcxx-kept-flags
        	static Gfp flags(bool atomic) { return atomic ? GFP_ATOMIC : Gfp{GFP_KERNEL}; } // kcxx-kept-flags
        	Result<> fill()
        	{
        		auto state = state_.lock();
        		return state->push(1, flags_);
        	}
        private:
        	SpinLock<Vec<int>> state_{LOCK_CLASS("state")};
        	Gfp flags_;
        	Gfp usual_ = GFP_KERNEL; // kcxx-kept-flags
        };
        Result<> fill(SpinLock<Vec<int>> &levels)
        {
        	const Gfp flags = GFP_KERNEL;
        	auto guard = levels.lock();
        	return guard->push(1, flags); // kcxx-sleep
        }
        """
    ),
    "flags-that-sleep-given-to-a-function-with-a-lock": (
        """\
        Result<> add(SpinLock<Vec<int>> &levels, int level, Gfp flags)
        {
        	auto guard = levels.lock();
        	return guard->push(level, flags); // kcxx-sleep
        }
        Result<> add_one(SpinLock<Vec<int>> &levels, Gfp flags) { return add(levels, 1, flags); }
        Result<> probe(SpinLock<Vec<int>> &levels) { return add_one(levels, GFP_KERNEL); }
        """
    ),
    "work-that-waits-for-its-own-queue": (
        """\
        class Pump
        {
        public:
        	explicit Pump(Arc<WorkQueue> queue) : queue_{std::move(queue)} {}
        private:
        	void drain() { settle(); } // kcxx-wait
        	void settle() { queue_->flush(); }
        	Arc<WorkQueue> queue_;
        	Work<&Pump::drain> work_{LOCK_CLASS("drain"), *this, queue_.clone()};
        };
        """
    ),
    "numbers-up-to-one-of-user-space": (
        """\
        Result<> write(UserReader &from)
        {
        	const auto settings = KTRY(from.read<Settings>());
        	u32 sum = 0;
        	for (const auto i : std::views::iota(u32{0}, settings.count)) // kcxx-user-bound
        		sum += i;
        	pr_info("%u\\n", sum);
        	return {};
        }
        """
    ),
    "object-that-ends-before-its-subsystem": (
        """\
        struct Sensor { Result<long> read(hwmon::TempInput, int) const { return {std::in_place, 1000L}; } };
        class Pump
        {
        public:
        	Result<> start(pci::BoundDevice &device)
        	{
        		Sensor local;
        		KTRY(hwmon::add(device, "local", local)); // kcxx-kept-object
        		auto box = KTRY(Box<Sensor>::make(GFP_KERNEL));
        		KTRY(hwmon::add(device, "box", *box)); // kcxx-kept-object
        		for (int i = 0; i < 2; ++i) {
        			KTRY(sensors_.emplace(GFP_KERNEL));
        			KTRY(hwmon::add(device, "element", sensors_[i])); // kcxx-kept-object
        		}
        		maybe_.emplace();
        		KTRY(hwmon::add(device, "maybe", *maybe_)); // kcxx-kept-object
        		gate_ = KTRY(Revocable<Sensor>::make(device, local)); // kcxx-kept-object
        		return {};
        	}
        	Result<> suspend(pci::BoundDevice &) { maybe_.reset(); return {}; }
        private:
        	Vec<Sensor> sensors_;
        	std::optional<Sensor> maybe_;
        	Arc<Revocable<Sensor>> gate_;
        };
        """
    ),
    "resource-in-an-open-file": (
        """\
        struct State
        {
        	Mmio<0x100> registers; // kcxx-unbound
        	Mutex<int> level{LOCK_CLASS("level")};
        };
        class Reader
        {
        public:
        	using Data = State;
        	static Result<Reader> open(const File &, Arc<State> state);
        private:
        	Arc<State> state_;
        	pci::Device &device_; // kcxx-unbound
        	std::optional<Mmio<0x10>> window_; // kcxx-unbound
        };
        """
    ),
    "view-that-leaves-its-guard": (
        """\
        struct Named { String name; Vec<int> jobs; };
        class Pump
        {
        public:
        	std::span<const int> jobs() const
        	{
        		auto jobs = jobs_.lock();
        		return std::span<const int>{*jobs}; // kcxx-guard-view
        	}
        	Result<std::string_view> name() const
        	{
        		auto state = state_.lock();
        		const std::string_view name = state->name.view();
        		return name; // kcxx-guard-view
        	}
        	Result<const char *> text() const
        	{
        		auto state = state_.lock();
        		return state->name.c_str(); // kcxx-guard-view
        	}
        	void fetch(std::string_view &to) const
        	{
        		auto state = state_.lock();
        		to = state->name.view(); // kcxx-guard-view
        	}
        	void walk()
        	{
        		const std::span<int> all{*jobs_.lock()}; // kcxx-guard-view
        		auto even = *jobs_.lock() | std::views::filter([](int n) { return n % 2 == 0; }); // kcxx-guard-view
        		for (int &n : even)
        			n += all[0];
        	}
        private:
        	mutable Mutex<Vec<int>> jobs_{LOCK_CLASS("jobs")};
        	mutable Mutex<Named> state_{LOCK_CLASS("state")};
        };
        """
    ),
    "result-that-nothing-looks-at": (
        """\
        Result<> grow(Vec<int> &levels, Vec<int> &others)
        {
        	const Result<> room = levels.reserve(4, GFP_KERNEL); // kcxx-ignored-result
        	Result<> last; // kcxx-ignored-result
        	last = others.reserve(1, GFP_KERNEL);
        	std::ranges::for_each(levels, [&others](int n) { return others.push(n, GFP_KERNEL); }); // kcxx-ignored-result
        	for (int i = 0; i < 3; ++i)
        		i % 2 == 0 ? levels.push(1, GFP_KERNEL) : others.push(2, GFP_KERNEL); // kcxx-ignored-result
        	return {};
        }
        """
    ),
    "view-of-ranges-behind-a-change": (
        """\
        Result<> change(Vec<int> &levels)
        {
        	auto even = std::span{levels} | std::views::filter([](int n) { return n % 2 == 0; });
        	const auto at = std::ranges::find(levels, 1);
        	KTRY(levels.push(1, GFP_KERNEL));
        	for (int n : even) // kcxx-stale-element
        		pr_info("%d\\n", n);
        	pr_info("%d\\n", *at); // kcxx-stale-element
        	return {};
        }
        """
    ),
    "member-that-the-destructor-changes-while-a-timer-runs": (
        """\
        class Pump
        {
        public:
        	~Pump()
        	{
        		samples_.clear(); // kcxx-data-race
        	}
        private:
        	void tick() KCXX_MUST_NOT_SLEEP { (void)samples_.push(1, GFP_ATOMIC); } // kcxx-data-race
        	Vec<int> samples_;
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        };
        """
    ),
    "thread-that-runs-for-ever": (
        """\
        Result<KThread> runs(WaitQueue &queue)
        {
        	auto other = KTRY(KThread::run("other", [] {
        		while (true) // kcxx-endless-thread
        			fsleep(10_ms);
        	}));
        	return KThread::run("pump", [] {
        		for (;;) { // kcxx-endless-thread
        			pr_info("again\\n");
        			fsleep(10_ms);
        		}
        	});
        }
        """
    ),
    "container-that-a-function-changes-for-each-element": (
        """\
        class Pump
        {
        public:
        	void drop(int level)
        	{
        		for (std::size_t i = 0; i < levels_.size(); ++i)
        			if (levels_[i] == level) {
        				(void)levels_.remove(i);
        				return;
        			}
        	}
        	void walk()
        	{
        		std::ranges::for_each(levels_, [this](int level) {
        			if (level > 3)
        				drop(level); // kcxx-walk
        		});
        		levels_.retain([this](int level) {
        			(void)levels_.push(2 * level, GFP_KERNEL); // kcxx-walk
        			return level > 1;
        		});
        	}
        private:
        	Vec<int> levels_;
        };
        """
    ),
    "view-in-a-class-or-behind-a-result": (
        """\
        class Cursor
        {
        public:
        	explicit Cursor(std::span<const int> all) : all_{all} {}
        	int next() { return all_[at_++]; }
        private:
        	std::span<const int> all_;
        	std::size_t at_ = 0;
        };
        struct Word { std::string_view text; std::size_t at; };
        Result<Word> word(const char *line)
        {
        	const auto text = KTRY(String::from(line, GFP_KERNEL));
        	return Word{.text = text.view(), .at = 1}; // kcxx-stale-element
        }
        Result<std::string_view> name(const char *line)
        {
        	const auto text = KTRY(String::from(line, GFP_KERNEL));
        	return text.view(); // kcxx-stale-element
        }
        Result<> change(Vec<int> &levels, Result<String> text)
        {
        	Cursor cursor{levels};
        	const auto bump = [&first = levels[0]] { ++first; };
        	KTRY(levels.push(1, GFP_KERNEL));
        	bump(); // kcxx-stale-element
        	const int next = cursor.next(); // kcxx-stale-element
        	const std::string_view view = text->view();
        	text = String::from("other", GFP_KERNEL);
        	pr_info("%d %c\\n", next, view[0]); // kcxx-stale-element
        	return {};
        }
        """
    ),
    "check-of-a-narrow-copy-or-of-a-sum-of-64-bits": (
        """\
        struct Wide { u64 at; u64 size; };
        Result<> write(UserReader &from, std::span<u8> all)
        {
        	const auto wide = KTRY(from.read<Wide>());
        	Vec<u8> bytes;
        	const auto size = static_cast<u32>(wide.size);
        	if (size > 4096)
        		return EINVAL;
        	KTRY(bytes.resize(wide.size, 0, GFP_KERNEL)); // kcxx-user-size
        	const auto other = KTRY(from.read<Wide>());
        	if (other.at + other.size > all.size())
        		return EINVAL;
        	const auto part = all.subspan(other.at, other.size); // kcxx-user-index
        	return part.empty() ? EINVAL : Result<>{};
        }
        """
    ),
    "member-by-the-function-that-returns-it": (
        """\
        class Pump
        {
        public:
        	Vec<int> &levels() { return levels_; }
        	Mutex<int> &total() { return total_; }
        	Result<> walk()
        	{
        		for (int level : levels())
        			if (level < 0)
        				levels().clear(); // kcxx-walk
        		auto &first = levels()[0];
        		KTRY(levels_.push(1, GFP_KERNEL));
        		first = 1; // kcxx-stale-element
        		auto guard = total().lock();
        		*guard += count(); // kcxx-lock-twice
        		return {};
        	}
        private:
        	int count() { return *total_.lock(); }
        	Vec<int> levels_;
        	Mutex<int> total_{LOCK_CLASS("total")};
        };
        """
    ),
    "element-that-a-function-returns": (
        """\
        struct Entry { int key; int level; };
        Entry &find(Vec<Entry> &entries, int key)
        {
        	for (auto &entry : entries)
        		if (entry.key == key)
        			return entry;
        	return entries[0];
        }
        Entry *found(Vec<Entry> &entries, int key) { return key == 0 ? nullptr : &find(entries, key); }
        Result<Entry *> sought(Vec<Entry> &entries, int key)
        {
        	if (auto *entry = found(entries, key))
        		return entry;
        	return ENOENT;
        }
        class Pump
        {
        public:
        	Entry &entry(int key) { return find(entries_, key); }
        	Result<> add(Entry entry) { return entries_.push(entry, GFP_KERNEL); }
        private:
        	Vec<Entry> entries_;
        };
        Result<> change(Vec<Entry> &entries, Pump &pump)
        {
        	auto &first = find(entries, 1);
        	auto *second = found(entries, 2);
        	auto *third = KTRY(sought(entries, 3));
        	const auto fourth = sought(entries, 4);
        	const auto by_key = [&](int key) -> Entry & { return find(entries, key); };
        	auto &fifth = by_key(5);
        	KTRY(entries.push({}, GFP_KERNEL));
        	first.level = 1; // kcxx-stale-element
        	second->level = 1; // kcxx-stale-element
        	third->level = 1; // kcxx-stale-element
        	(*fourth)->level = 1; // kcxx-stale-element
        	fifth.level = 1; // kcxx-stale-element
        	auto &own = pump.entry(1);
        	KTRY(pump.add(own));
        	own.level = 1; // kcxx-stale-element
        	return {};
        }
        """
    ),
    "element-in-a-structure": (
        """\
        struct Cursor { int *at; int step; };
        struct Window { std::span<int> levels; int &first; };
        class Pump
        {
        public:
        	Result<> fill()
        	{
        		last_ = &levels_[0]; // kcxx-kept-view
        		KTRY(levels_.push(1, GFP_KERNEL));
        		*last_ = 1; // kcxx-stale-element
        		last_ = nullptr;
        		return {};
        	}
        private:
        	Vec<int> levels_;
        	int *last_ = nullptr;
        };
        Result<> change(Vec<int> &levels)
        {
        	Cursor cursor{.at = &levels[0], .step = 1};
        	const auto copy = cursor;
        	const Window window{.levels = levels, .first = levels[0]};
        	KTRY(levels.reserve(16, GFP_KERNEL));
        	*cursor.at = cursor.step; // kcxx-stale-element
        	*copy.at = 1; // kcxx-stale-element
        	window.first = 1; // kcxx-stale-element
        	cursor.at = &levels[1];
        	window.levels[0] = 1; // kcxx-stale-element
        	levels.clear();
        	*cursor.at = 1; // kcxx-stale-element
        	return {};
        }
        """
    ),
    "element-by-way-of-std": (
        """\
        Result<> change(Vec<int> &levels, String &name)
        {
        	const auto one = std::find(levels.begin(), levels.end(), 1);
        	const auto two = std::next(levels.begin());
        	const std::span<int> all = levels;
        	const auto some = all.subspan(1);
        	auto &first = all.front();
        	const std::reference_wrapper<int> second = levels[1];
        	const std::string_view text = name;
        	const auto word = text.substr(1);
        	levels.clear();
        	KTRY(name.append("s", GFP_KERNEL));
        	pr_info("%d\\n", *one); // kcxx-stale-element
        	pr_info("%d\\n", *two); // kcxx-stale-element
        	pr_info("%d\\n", all[0]); // kcxx-stale-element
        	pr_info("%d\\n", some[0]); // kcxx-stale-element
        	pr_info("%d\\n", first); // kcxx-stale-element
        	pr_info("%d\\n", second.get()); // kcxx-stale-element
        	pr_info("%c\\n", text[0]); // kcxx-stale-element
        	pr_info("%c\\n", word[0]); // kcxx-stale-element
        	return {};
        }
        """
    ),
    "element-that-was-taken-out": (
        """\
        struct Entry : ListNode { int level = 0; };
        void change(List<Entry> &list, Map<int, int> &map)
        {
        	for (auto &entry : list)
        		if (entry.level == 1) {
        			(void)list.remove(entry);
        			pr_info("%d\\n", entry.level); // kcxx-stale-element
        			break;
        		}
        	const auto at = map.begin();
        	map.erase(at);
        	pr_info("%d\\n", at->second); // kcxx-stale-element
        }
        """
    ),
    "bound-of-user-space": (
        """\
        Result<> write(UserReader &from)
        {
        	const auto settings = KTRY(from.read<Settings>());
        	for (u32 i = 0; i < settings.count; ++i) // kcxx-user-bound
        		pr_info("%u\\n", i);
        	return {};
        }
        """
    ),
    "countdown-of-user-space": (
        """\
        Result<> write(UserReader &from)
        {
        	auto count = KTRY(from.read<u32>());
        	while (count--) // kcxx-user-bound
        		pr_info("again\\n");
        	return {};
        }
        """
    ),
    "setter-of-a-file": (
        """\
        struct Fan {
        	u32 rpm() const { return rpm_.read(); }
        	Result<> set_rpm(u32 rpm)
        	{
        		rpm_.set(rpm);
        		auto steps = steps_.lock();
        		KTRY(steps->resize(rpm, 0U, GFP_KERNEL)); // kcxx-user-size
        		(*steps)[rpm] = 2; // kcxx-user-index
        		return {};
        	}
        	int level() const { return 0; }
        	Result<> set_level(int level) const
        	{
        		if (level < 8)
        			(*levels_.lock())[static_cast<std::size_t>(level)] = 1; // kcxx-user-index
        		return {};
        	}
        	using Attributes = sysfs::Attributes<sysfs::ReadWrite<"rpm", &Fan::rpm, &Fan::set_rpm>>;
        	using LevelFile = DebugfsFile<ValueFile<&Fan::level, &Fan::set_level>>;
        	Atomic<u32> rpm_{0};
        	Mutex<Vec<u32>> steps_{LOCK_CLASS("steps")};
        	mutable Mutex<std::array<u32, 8>> levels_{LOCK_CLASS("levels")};
        };
        """
    ),
    "limit-of-a-sensor": (
        """\
        struct Sensor {
        	Result<long> read(hwmon::TempMax, int) const { return 0; }
        	Result<> write(hwmon::TempMax, int, long value)
        	{
        		limits_[static_cast<std::size_t>(value)] = 1; // kcxx-user-index
        		return {};
        	}
        	Vec<u32> limits_;
        };
        """
    ),
    "position-in-a-file": (
        """\
        struct Table {
        	Result<> read(const File &, UserWriter &to, Offset &at) const
        	{
        		return to.write(numbers[static_cast<std::size_t>(at)]); // kcxx-user-index
        	}
        	Result<> truncate(Offset size) const
        	{
        		return numbers.resize(static_cast<std::size_t>(size), 0U, GFP_KERNEL); // kcxx-user-size
        	}
        	mutable Vec<u32> numbers;
        };
        """
    ),
    "checks-that-let-the-large-ones-in": (
        """\
        Result<> write(UserReader &from, Vec<u32> &to)
        {
        	const auto wanted = KTRY(from.read<Settings>());
        	if (wanted.count > to.size())
        		KTRY(to.resize(wanted.count, 0U, GFP_KERNEL)); // kcxx-user-size
        	const auto other = KTRY(from.read<Settings>());
        	if (other.count != to.size())
        		KTRY(to.resize(other.count, 0U, GFP_KERNEL)); // kcxx-user-size
        	const auto third = KTRY(from.read<Settings>());
        	if (third.count < 8)
        		pr_info("few\\n");
        	else
        		KTRY(to.resize(third.count, 0U, GFP_KERNEL)); // kcxx-user-size
        	const auto fourth = KTRY(from.read<Settings>());
        	if (!(fourth.count <= 8) || fourth.index == 3)
        		KTRY(to.resize(fourth.count, 0U, GFP_KERNEL)); // kcxx-user-size
        	return {};
        }
        """
    ),
    "checks-that-nothing-follows-from": (
        """\
        Result<> write(UserReader &from, Vec<u32> &to, bool strict)
        {
        	const auto wanted = KTRY(from.read<Settings>());
        	if (wanted.index == 3)
        		pr_info("the third\\n");
        	to[wanted.index] = 1; // kcxx-user-index
        	if (wanted.count > limit)
        		pr_warn("many\\n");
        	KTRY(to.resize(wanted.count, 0U, GFP_KERNEL)); // kcxx-user-size
        	const auto other = KTRY(from.read<Settings>());
        	if (strict && other.count > limit)
        		return EINVAL;
        	KTRY(to.resize(other.count, 0U, GFP_KERNEL)); // kcxx-user-size
        	const auto third = KTRY(from.read<Settings>());
        	switch (third.index) {
        	case 1:
        		pr_info("the first\\n");
        		break;
        	}
        	to[third.index] = 1; // kcxx-user-index
        	if (third.count % 4 != 0 || (third.count & 1) == 1)
        		return EINVAL;
        	return to.resize(third.count & ~3U, 0U, GFP_KERNEL); // kcxx-user-size
        }
        """
    ),
    "bound-that-is-the-number": (
        """\
        Result<> write(UserReader &from, Vec<u32> &to)
        {
        	const auto wanted = KTRY(from.read<Settings>());
        	to[index_nospec(wanted.index, wanted.index + 1)] = 3; // kcxx-user-index
        	const u32 end = wanted.index + 1;
        	if (wanted.index >= end)
        		return EINVAL;
        	to[wanted.index] = 3; // kcxx-user-index
        	return to.resize(std::min<u32>(wanted.count, wanted.count + 1), 0U, GFP_KERNEL); // kcxx-user-size
        }
        """
    ),
    "one-less-than-none": (
        """\
        Result<> write(UserReader &from, Vec<u32> &to)
        {
        	const auto wanted = KTRY(from.read<Settings>());
        	if (wanted.count > 100)
        		return EINVAL;
        	for (u32 i = 0; i < wanted.count - 1; ++i) // kcxx-user-bound
        		pr_info("%u\\n", i);
        	KTRY(to.resize(wanted.count - 1, 0U, GFP_KERNEL)); // kcxx-user-size
        	u32 last = wanted.count;
        	--last;
        	return to.resize(last, 0U, GFP_KERNEL); // kcxx-user-size
        }
        """
    ),
    "index-below-zero": (
        """\
        Result<> write(UserReader &from, Vec<u32> &to)
        {
        	const auto index = KTRY(from.read<int>());
        	if (index >= 8)
        		return EINVAL;
        	to[static_cast<std::size_t>(index)] = 3; // kcxx-user-index
        	to[static_cast<std::size_t>(std::min<int>(index, 7))] = 3; // kcxx-user-index
        	if (std::cmp_less(index, to.size()))
        		to[static_cast<std::size_t>(index)] = 3; // kcxx-user-index
        	return {};
        }
        """
    ),
    "countdowns-of-user-space": (
        """\
        Result<> write(UserReader &from)
        {
        	const auto wanted = KTRY(from.read<Settings>());
        	u32 left = wanted.count;
        	do {
        		pr_info("again\\n");
        	} while (--left); // kcxx-user-bound
        	for (u32 i = wanted.count; i > 0; --i) // kcxx-user-bound
        		pr_info("again\\n");
        	return {};
        }
        """
    ),
    "shift-by-user-space": (
        """\
        Result<u32> write(UserReader &from, u32 mask)
        {
        	const auto wanted = KTRY(from.read<Settings>());
        	mask >>= wanted.index; // kcxx-user-shift
        	const auto bit = KTRY(from.read<u8>());
        	mask |= 1U << bit; // kcxx-user-shift
        	return mask | 1U << wanted.count; // kcxx-user-shift
        }
        """
    ),
    "number-that-functions-hand-on": (
        """\
        struct Table
        {
        	void set(u32 index) { numbers[index] = 1; } // kcxx-user-index
        	void set_of(const Settings &wanted) { numbers[wanted.index] = 1; } // kcxx-user-index
        	void shift(u32 by) { numbers[0] = 1U << by; } // kcxx-user-shift
        	void shift_twice(u32 by) { shift(by); }
        	static Result<u32> index_of(UserReader &from) { return from.read<u32>(); }
        	static u32 plain(const Settings &wanted) { return wanted.index + 1; }
        	static Result<> get(UserReader &from, u32 &index)
        	{
        		index = KTRY(from.read<u32>());
        		return {};
        	}
        	static Result<Settings> settings(UserReader &from)
        	{
        		const auto wanted = KTRY(from.read<Settings>());
        		if (wanted.count > limit)
        			return EINVAL;
        		return wanted;
        	}
        	Result<> write(UserReader &from)
        	{
        		set(KTRY(from.read<u32>()));
        		set_of(KTRY(from.read<Settings>()));
        		shift_twice(KTRY(from.read<u32>()));
        		numbers[KTRY(index_of(from))] = 1; // kcxx-user-index
        		const auto wanted = KTRY(from.read<Settings>());
        		numbers[plain(wanted)] = 2; // kcxx-user-index
        		u32 index = 0;
        		KTRY(get(from, index));
        		numbers[index] = 3; // kcxx-user-index
        		const auto more = KTRY(settings(from));
        		numbers[more.index] = 3; // kcxx-user-index
        		const auto put = [&](u32 at) { numbers[at] = 4; }; // kcxx-user-index
        		put(wanted.count);
        		return {};
        	}
        	Vec<u32> numbers;
        };
        """
    ),
    "check-that-is-none": (
        """\
        bool is_even(u32 number) { return number % 2 == 0; }
        bool is_named(const Settings &wanted) { return wanted.name[0] != 0; }
        Result<> say(u32 number)
        {
        	pr_info("%u\\n", number);
        	return {};
        }
        Result<> write(UserReader &from, Vec<u32> &to)
        {
        	const auto wanted = KTRY(from.read<Settings>());
        	if (!is_even(wanted.count) || !is_named(wanted))
        		return EINVAL;
        	KTRY(say(wanted.count));
        	return to.resize(wanted.count, 0U, GFP_KERNEL); // kcxx-user-size
        }
        """
    ),
    "number-that-a-member-keeps": (
        """\
        struct State { u32 index = 0; u32 unused = 0; };
        struct Session
        {
        	Session() = default;
        	explicit Session(u32 first) : first_{first} {}
        	Result<> write(UserReader &from)
        	{
        		index_ = KTRY(from.read<u32>());
        		level_.set(KTRY(from.read<u32>()));
        		state_.lock()->index = KTRY(from.read<u32>());
        		*number_.lock() = KTRY(from.read<u32>());
        		wanted_ = KTRY(from.read<Settings>());
        		copy_ = index_;
        		return pending_.push(KTRY(from.read<u32>()), GFP_KERNEL);
        	}
        	static Result<Box<Session>> made(UserReader &from) { return Box<Session>::make(GFP_KERNEL, KTRY(from.read<u32>())); }
        	void read()
        	{
        		table_[index_] = 1; // kcxx-user-index
        		table_[level_.read()] = 1; // kcxx-user-index
        		table_[state_.lock()->index] = 1; // kcxx-user-index
        		auto state = state_.lock();
        		table_[state->index] = 1; // kcxx-user-index
        		table_[*number_.lock()] = 1; // kcxx-user-index
        		table_[wanted_.index] = 1; // kcxx-user-index
        		table_[copy_] = 1; // kcxx-user-index
        		table_[first_] = 1; // kcxx-user-index
        		for (const u32 each : pending_)
        			table_[each] = 1; // kcxx-user-index
        	}
        	void of_another(Session &other) { table_[other.index_] = 1; } // kcxx-user-index
        	u32 index_ = 0;
        	u32 copy_ = 0;
        	u32 first_ = 0;
        	Settings wanted_{};
        	Atomic<u32> level_{0};
        	Mutex<State> state_{LOCK_CLASS("state")};
        	Mutex<u32> number_{LOCK_CLASS("number")};
        	Vec<u32> pending_;
        	Vec<u32> table_;
        };
        """
    ),
    "elements-that-user-space-filled": (
        """\
        Result<> write(UserReader &from, Vec<u32> &to, std::array<u32, 4> &levels)
        {
        	std::array<u8, 4> one{};
        	KTRY(from.read(std::span{one}));
        	to[static_cast<std::size_t>(one[0])] = 2; // kcxx-user-index
        	std::array<Settings, 4> many{};
        	const std::span all{many};
        	KTRY(from.read(all));
        	for (const auto &each : many)
        		to[each.index] = 2; // kcxx-user-index
        	to[all[1].index] = 2; // kcxx-user-index
        	auto text = KTRY(from.read_all(16, GFP_KERNEL));
        	levels[static_cast<std::size_t>(text[0] - '0')] = 2; // kcxx-user-index
        	const std::span<u32> view{to};
        	view[KTRY(from.read<u8>())] = 2; // kcxx-user-index
        	for (const char each : text)
        		to[static_cast<std::size_t>(each)] = 1; // kcxx-user-index
        	return {};
        }
        """
    ),
    "copy-of-c": (
        """\
        int set(const void __user *from, u32 *levels)
        {
        	struct Settings settings;
        	if (copy_from_user(&settings, from, sizeof(settings)))
        		return -EFAULT;
        	levels[settings.index] = 1; // kcxx-user-index
        	void *memory = kmalloc(settings.count, GFP_KERNEL); // kcxx-user-size
        	kfree(memory);
        	return 0;
        }
        """
    ),
    "value-of-get-user": (
        """\
        int get(const int __user *from, int *levels)
        {
        	int index;
        	if (get_user(index, from))
        		return -EFAULT;
        	return levels[index]; // kcxx-user-index
        }
        """
    ),
    "handler-of-c": (
        """\
        u32 table[8];
        long pump_ioctl(struct file *, unsigned int, unsigned long argument)
        {
        	return table[argument]; // kcxx-user-index
        }
        """
    ),
    "sleep-in-a-function-that-is-called": (
        """\
        void flush() { fsleep(5_ms); }
        void flush_twice() { flush(); flush(); }
        struct Sleeper { ~Sleeper() { flush(); } };
        struct Kept { Kept() { flush(); } int level = 0; };
        struct Holder { Sleeper sleeper; Box<int> level = Box<int>::adopt(nullptr); };
        Result<> grow(Vec<int> &levels) { return levels.push(1, GFP_KERNEL); }
        struct Pump
        {
        	void calls()
        	{
        		auto n = n_.lock();
        		flush_twice(); // kcxx-sleep
        		*n += 1;
        	}
        	Result<> allocates(Vec<int> &levels)
        	{
        		const auto n = of_irqs_.lock_irqsave();
        		KTRY(grow(levels)); // kcxx-sleep
        		return {};
        	}
        	void own()
        	{
        		auto n = of_softirqs_.lock_bh();
        		flush_own(); // kcxx-sleep
        		if (*n > 1)
        			this->flush_own(); // kcxx-sleep
        	}
        	void flush_own() { flush(); }
        	void destroys()
        	{
        		auto n = n_.lock();
        		Sleeper at_the_end; // kcxx-sleep
        		*n += 1;
        	}
        	void destroys_a_member()
        	{
        		auto n = n_.lock();
        		Holder at_the_end; // kcxx-sleep
        		(void)Sleeper{}; // kcxx-sleep
        		*n += 1;
        	}
        	void makes()
        	{
        		auto n = n_.lock();
        		Kept kept; // kcxx-sleep
        		*n += kept.level;
        	}
        	void reads()
        	{
        		const RcuReadGuard guard;
        		flush(); // kcxx-sleep
        	}
        	void counts(PerCpu<int> &count)
        	{
        		auto here = count.this_cpu();
        		flush(); // kcxx-sleep
        		*here += 1;
        	}
        	void writes()
        	{
        		auto n = copied_.write();
        		flush(); // kcxx-sleep
        		*n = 1;
        	}
        	SpinLock<int> n_{LOCK_CLASS("sleep calls")};
        	SpinLock<int> of_irqs_{LOCK_CLASS("sleep irqs")};
        	SpinLock<int> of_softirqs_{LOCK_CLASS("sleep softirqs")};
        	SeqLock<int> copied_{LOCK_CLASS("sleep copied")};
        };
        """
    ),
    "sleep-in-a-lambda-that-is-called": (
        """\
        void flush() { fsleep(5_ms); }
        template <typename T>
        void with(SpinLock<int> &lock, T call)
        {
        	auto n = lock.lock();
        	call(); // kcxx-sleep
        	*n += 1;
        }
        void given(SpinLock<int> &lock) { with(lock, [] { flush(); }); }
        template <typename T> void twice(T call) { call(); call(); }
        void handed(SpinLock<int> &lock, std::array<int, 4> &levels)
        {
        	auto n = lock.lock();
        	[&] { fsleep(5_ms); }(); // kcxx-sleep
        	const auto named = [](auto &&) { flush(); };
        	named(1); // kcxx-sleep
        	twice([] { flush(); }); // kcxx-sleep
        	std::ranges::for_each(levels, [](int) { fsleep(5_ms); }); // kcxx-sleep
        	(void)std::find_if(levels.begin(), levels.end(), [](int) { flush(); return true; }); // kcxx-sleep
        	(void)std::optional<int>{1}.transform([](int) { flush(); return 1; }); // kcxx-sleep
        	*n += 1;
        }
        auto inside(SpinLock<int> &lock)
        {
        	return [&lock](auto &&call) {
        		auto n = lock.lock();
        		call(); // kcxx-sleep
        		*n += 1;
        	};
        }
        void calls(SpinLock<int> &lock) { inside(lock)([] { flush(); }); }
        """
    ),
    "sleep-while-an-object-of-the-library-ends": (
        """\
        struct Tank { void fill() {} Work<&Tank::fill> work{LOCK_CLASS("sleep work"), *this}; };
        struct Files { static Result<Files> open(const File &) { return Files{}; } Result<std::size_t> read(UserWriter &) const { return 0; } };
        struct Locks
        {
        	SpinLock<std::optional<MiscDevice<Files>>> node{LOCK_CLASS("sleep node")};
        	SpinLock<Vec<KThread>> threads{LOCK_CLASS("sleep threads")};
        	SpinLock<Box<KThread>> thread{LOCK_CLASS("sleep thread")};
        	SpinLock<Box<Tank>> work{LOCK_CLASS("sleep tank")};
        };
        void off(Locks &locks)
        {
        	auto n = locks.node.lock();
        	n->reset(); // kcxx-sleep
        	auto threads = locks.threads.lock();
        	threads->clear(); // kcxx-sleep
        	(void)threads->remove(0); // kcxx-sleep
        	auto work = locks.work.lock();
        	*work = Box<Tank>::adopt(nullptr); // kcxx-sleep
        	{
        		auto last = std::move(*work); // kcxx-sleep
        	}
        	*work = Box<Tank>::adopt(nullptr);
        }
        void off_at_once(Locks &locks)
        {
        	locks.node.lock()->reset(); // kcxx-sleep
        	*locks.thread.lock() = Box<KThread>::adopt(nullptr); // kcxx-sleep
        	(*locks.threads.lock()).clear(); // kcxx-sleep
        }
        """
    ),
    "sleep-by-way-of-a-pointer": (
        """\
        void flush() { fsleep(5_ms); }
        void count() {}
        using Hook = void (*)();
        constexpr std::array<Hook, 2> hooks{count, flush};
        struct Pump
        {
        	void begins(Hook hook)
        	{
        		auto n = n_.lock();
        		hook(); // kcxx-sleep
        		*n += 1;
        	}
        	void keeps() { hook_ = flush; end_ = &Pump::drain; }
        	void drain() { flush(); }
        	Hook last() const { return hook_; }
        	void ends(std::size_t i, bool once)
        	{
        		auto n = n_.lock();
        		if (hook_ != nullptr)
        			hook_(); // kcxx-sleep
        		hooks[i](); // kcxx-sleep
        		for (const auto each : hooks)
        			each(); // kcxx-sleep
        		const Hook chosen = once ? count : flush;
        		chosen(); // kcxx-sleep
        		(this->*end_)(); // kcxx-sleep
        		last()(); // kcxx-sleep
        		std::invoke(flush); // kcxx-sleep
        		std::invoke(&Pump::drain, *this); // kcxx-sleep
        		std::ranges::for_each(hooks, [](Hook each) { each(); }); // kcxx-sleep
        		*n += 1;
        	}
        	SpinLock<int> n_{LOCK_CLASS("sleep pointer")};
        	Hook hook_ = nullptr;
        	void (Pump::*end_)() = nullptr;
        };
        void begin(Pump &pump) { pump.begins(&flush); }
        """
    ),
    "sleep-by-way-of-a-function-ref": (
        """\
        void flush() { fsleep(5_ms); }
        void visit(FunctionRef<void(int)> call) { call(1); }
        void visit_twice(FunctionRef<void(int)> call) { visit(call); visit([call](int level) { call(level); }); }
        void under(SpinLock<int> &lock, FunctionRef<void(int)> call)
        {
        	auto n = lock.lock();
        	call(*n); // kcxx-sleep
        }
        void given(SpinLock<int> &lock)
        {
        	under(lock, [](int) { flush(); });
        	auto n = lock.lock();
        	visit([](int) { flush(); }); // kcxx-sleep
        	visit_twice([](int) { flush(); }); // kcxx-sleep
        	const auto named = [](int) { flush(); };
        	const FunctionRef<void(int)> call = named;
        	call(1); // kcxx-sleep
        	visit(call); // kcxx-sleep
        	visit([](int) {});
        	*n += 1;
        }
        """
    ),
    "sleep-by-way-of-a-virtual-function": (
        """\
        void flush() { fsleep(5_ms); }
        struct Part { virtual ~Part() = default; virtual void run() {} virtual int level() const = 0; };
        struct Quiet : Part { void run() override {} int level() const override { return 1; } };
        struct Loud : Part { ~Loud() override { flush(); } void run() override { flush(); } int level() const override { return 2; } };
        void run_all(Vec<Box<Part>> &parts) { for (auto &part : parts) part->run(); }
        struct Pump
        {
        	void runs(Part &part, Vec<Box<Part>> &parts)
        	{
        		auto n = n_.lock();
        		part.run(); // kcxx-sleep
        		run_all(parts); // kcxx-sleep
        		parts.clear(); // kcxx-sleep
        		*n += part.level();
        	}
        	SpinLock<int> n_{LOCK_CLASS("sleep virtual")};
        };
        """
    ),
    "call-that-nothing-is-known-of": (
        """\
        struct Sink { virtual ~Sink() = default; virtual void put(int level) = 0; };
        void elsewhere();
        void through() { elsewhere(); }
        void unknown(SpinLock<int> &lock, Sink &sink, void (*function)(), FunctionRef<void()> call)
        {
        	auto n = lock.lock();
        	sink.put(*n); // kcxx-unknown-call
        	function(); // kcxx-unknown-call
        	call(); // kcxx-unknown-call
        	elsewhere(); // kcxx-unknown-call
        	through(); // kcxx-unknown-call
        	std::invoke(function); // kcxx-unknown-call
        	*n += 1;
        }
        """
    ),
    "sleep-in-what-must-not-sleep": (
        """\
        void flush() { fsleep(5_ms); }
        struct Part { virtual ~Part() = default; virtual void run() KCXX_NEVER_SLEEPS = 0; };
        struct Loud : Part { void run() override { flush(); } }; // kcxx-sleep
        struct Pump
        {
        	void expired() KCXX_MUST_NOT_SLEEP
        	{
        		flush(); // kcxx-sleep
        	}
        	int level() KCXX_NEVER_SLEEPS
        	{
        		flush(); // kcxx-sleep
        		return 1;
        	}
        	Timer<&Pump::expired> timer_{LOCK_CLASS("sleep timer"), *this};
        };
        """
    ),
    "sleep-as-a-local-object-ends": (
        """\
        void flush() { fsleep(5_ms); }
        struct Sleeper { Sleeper() = default; Sleeper(Sleeper &&other) noexcept : level{other.level} {} ~Sleeper() { flush(); } int level = 0; };
        struct Holder { int level; Sleeper sleeper; };
        Holder made();
        void ends(SpinLock<int> &lock)
        {
        	auto n = lock.lock();
        	std::optional<Sleeper> later; // kcxx-sleep
        	later.emplace();
        	const std::optional<Sleeper> now{std::in_place}; // kcxx-sleep
        	const Holder holder{1, {}}; // kcxx-sleep
        	const Sleeper many[2]; // kcxx-sleep
        	const std::array<Sleeper, 2> more{}; // kcxx-sleep
        	const std::pair<int, Sleeper> pair{}; // kcxx-sleep
        	const std::tuple<Sleeper, int> both{}; // kcxx-sleep
        	const auto level = Holder{2, {}}.level; // kcxx-sleep
        	const auto &kept = Holder{3, {}}; // kcxx-sleep
        	*n += now->level + holder.level + many[0].level + more[0].level + pair.first + std::get<1>(both) + kept.level + level;
        }
        """
    ),
    "sleep-on-one-way": (
        """\
        void flush() { fsleep(5_ms); }
        struct Both { explicit Both(SpinLock<int> &lock) : n{lock.lock()} {} RcuReadGuard rcu; SpinLock<int>::Guard n; };
        bool is_full(int level) { flush(); return level > 3; }
        void tries(SpinLock<int> &lock, bool once)
        {
        	if (auto n = lock.try_lock())
        		flush(); // kcxx-sleep
        	auto n = lock.try_lock();
        	if (!n) {
        		flush();
        		return;
        	}
        	flush(); // kcxx-sleep
        	if (once)
        		return;
        	for (int i = 0; i < *n; i++)
        		flush(); // kcxx-sleep
        }
        void tries_again(SpinLock<int> &lock, bool once)
        {
        	auto n = lock.try_lock();
        	if (n && once)
        		flush(); // kcxx-sleep
        	if (n)
        		*n += 1;
        	flush(); // kcxx-sleep
        }
        void both(SpinLock<int> &lock)
        {
        	Both both{lock};
        	flush(); // kcxx-sleep
        }
        int in_a_condition(SpinLock<int> &lock, SpinLock<int> &other)
        {
        	auto n = lock.lock();
        	while (is_full(*n)) // kcxx-sleep
        		*n -= 1;
        	{
        		auto inner = other.lock();
        		*inner = 1;
        	}
        	return is_full(*n) ? 1 : 2; // kcxx-sleep
        }
        void waits(SpinLock<int> &lock, SpinLock<int> &other, WaitQueue &queue)
        {
        	auto n = lock.lock();
        	auto more = other.lock();
        	queue.wait(more, [](int level) { return level > 1; }); // kcxx-sleep
        	*n += *more;
        }
        """
    ),
    "lock-that-a-function-takes-again": (
        """\
        struct Table { Result<> add(int n) { return list.lock()->push(n, GFP_KERNEL); } std::size_t size() const { return list.lock()->size(); } mutable Mutex<Vec<int>> list{LOCK_CLASS("list")}; };
        struct Base { void note() { *noted.lock() += 1; } Mutex<int> noted{LOCK_CLASS("noted")}; };
        class Pump : Base
        {
        	u32 total() { return *strokes_.lock(); }
        	template <typename T> void with(T call) { auto n = strokes_.lock(); call(*n); }
        	bool is_full() { return total() > 3; }
        	Result<u32> tried()
        	{
        		const auto n = strokes_.lock_interruptible();
        		if (!n)
        			return n.error();
        		return Result<u32>{std::in_place, *n};
        	}
        	Result<> add(u32 more)
        	{
        		auto n = strokes_.lock();
        		if (total() > more) // kcxx-lock-twice
        			return EINVAL;
        		*n += KTRY(tried()); // kcxx-lock-twice
        		return {};
        	}
        	void wait()
        	{
        		auto n = strokes_.lock();
        		queue_.wait(n, [this](u32) { return is_full(); }); // kcxx-lock-twice
        		*n = 0;
        	}
        	void add_all(const Vec<u32> &numbers)
        	{
        		auto n = strokes_.lock();
        		std::ranges::for_each(numbers, [&](u32 each) { *n += each * total(); }); // kcxx-lock-twice
        		with([this](u32 &level) { level += total(); }); // kcxx-lock-twice
        	}
        	void of_a_part()
        	{
        		auto list = table_.list.lock();
        		if (table_.size() > 3) // kcxx-lock-twice
        			list->clear();
        		auto count = noted.lock();
        		note(); // kcxx-lock-twice
        		*count = 1;
        	}
        	Mutex<u32> strokes_{LOCK_CLASS("strokes")};
        	WaitQueue queue_{LOCK_CLASS("queue")};
        	Table table_;
        };
        """
    ),
    "locks-in-both-orders": (
        """\
        struct Tank { mutable Mutex<int> level{LOCK_CLASS("level")}; };
        class Pump
        {
        	void fill(const Tank &tank)
        	{
        		const auto n = strokes_.lock();
        		add(tank, *n); // kcxx-lock-order
        	}
        	static void add(const Tank &tank, int n) { *tank.level.lock() += n; }
        	void drain(const Arc<Tank> &tank)
        	{
        		auto level = tank->level.lock();
        		*level -= *strokes_.lock(); // kcxx-lock-order
        	}
        	void one()
        	{
        		auto a = first_.lock();
        		*second_.lock() = *a; // kcxx-lock-order
        	}
        	void two()
        	{
        		auto b = second_.lock();
        		*third_.lock() = *b; // kcxx-lock-order
        	}
        	void three()
        	{
        		if (auto c = third_.try_lock())
        			*first_.lock() = *c; // kcxx-lock-order
        	}
        	Mutex<int> strokes_{LOCK_CLASS("strokes")};
        	Mutex<int> first_{LOCK_CLASS("first")};
        	Mutex<int> second_{LOCK_CLASS("second")};
        	Mutex<int> third_{LOCK_CLASS("third")};
        };
        """
    ),
    "waits-for-what-needs-the-lock": (
        """\
        class Pump
        {
        	Result<> start()
        	{
        		thread_ = KTRY(KThread::run("pump", [this] {
        			step();
        			end(); // kcxx-wait
        		}));
        		return {};
        	}
        	void step() { *state_.lock() += 1; }
        	void end() { thread_->stop(); }
        	void drain()
        	{
        		step();
        		quiet(); // kcxx-wait
        		done_.complete();
        	}
        	void quiet() { work_.cancel(); }
        	void set(int level)
        	{
        		auto state = state_.lock();
        		if (level > 2)
        			quiet(); // kcxx-wait
        		work_.cancel(); // kcxx-wait
        		thread_.reset(); // kcxx-wait
        		*state = level;
        	}
        	void ask()
        	{
        		const auto state = state_.lock();
        		(void)work_.queue(milliseconds(1));
        		done_.wait(); // kcxx-wait
        	}
        	Result<> run()
        	{
        		KTRY(queue_->run(GFP_KERNEL, [queue = queue_.clone()] {
        			queue->flush(); // kcxx-wait
        		}));
        		return queue_->run(GFP_KERNEL, [other = other_.clone()] { other->flush(); });
        	}
        	Arc<WorkQueue> queue_;
        	Arc<WorkQueue> other_;
        	Mutex<int> state_{LOCK_CLASS("state")};
        	Completion done_;
        	DelayedWork<&Pump::drain> work_{LOCK_CLASS("drain"), *this};
        	std::optional<KThread> thread_;
        };
        """
    ),
    "members-of-files-that-many-open": (
        """\
        class Fan
        {
        public:
        	u32 low() const { return low_; }
        	Result<> set_low(u32 low)
        	{
        		low_ = low; // kcxx-data-race
        		return {};
        	}
        	u32 span() const { return high_ - low_; } // kcxx-data-race
        	Result<> set_high(u32 high)
        	{
        		const auto guard = other_.lock();
        		high_ = high;
        		return {};
        	}
        	using Attributes = sysfs::Attributes<sysfs::ReadWrite<"low", &Fan::low, &Fan::set_low>, sysfs::ReadWrite<"high", &Fan::span, &Fan::set_high>>;
        private:
        	u32 low_ = 0;
        	u32 high_ = 0;
        	Mutex<int> other_{LOCK_CLASS("other")};
        };
        struct Sensor {
        	Result<long> read(hwmon::TempInput, int) const
        	{
        		reads_++; // kcxx-data-race
        		return Result<long>{std::in_place, 3L};
        	}
        	mutable u32 reads_ = 0;
        };
        Result<> sense(BoundDevice &device, Sensor &sensor) { return hwmon::add(device, "sensor", sensor); }
        struct Tank {
        	void measure()
        	{
        		level_ += 1; // kcxx-data-race
        	}
        	u32 level() const { return level_; }
        	u32 level_ = 0;
        	Work<&Tank::measure> work_{LOCK_CLASS("measure"), *this};
        };
        struct Node {
        	using Data = Revocable<Tank>;
        	static Result<Node> open(const File &, Arc<Data> tank) { return {std::in_place, std::move(tank)}; }
        	explicit Node(Arc<Data> tank) : tank_{std::move(tank)} {}
        	Result<> read(const File &, UserWriter &to, Offset &) const
        	{
        		const auto tank = tank_->try_access();
        		if (!tank)
        			return ENODEV;
        		window_[0] = 1; // kcxx-data-race
        		return to.write(tank->level());
        	}
        	Arc<Data> tank_;
        	std::span<u8> window_;
        };
        Result<MiscDevice<Node>> node(Arc<Revocable<Tank>> tank) { return MiscDevice<Node>::make("tank", 0600, std::move(tank)); }
        """
    ),
    "members-by-other-names-and-in-other-locks": (
        """\
        struct Ticker {
        	void tick() KCXX_MUST_NOT_SLEEP
        	{
        		++ticks_; // kcxx-data-race
        	}
        	u32 ticks_ = 0;
        	Timer<&Ticker::tick> timer_{LOCK_CLASS("tick"), *this};
        };
        class Pump : Ticker
        {
        	Result<> start()
        	{
        		for (int i = 0; i < 4; i++)
        			KTRY(threads_.push(KTRY(KThread::run("pump", [this] {
        				done_ += 1; // kcxx-data-race
        			})), GFP_KERNEL));
        		notifier_ = KTRY(RebootNotifier::make([this](Shutdown) {
        			levels_.clear(); // kcxx-data-race
        		}));
        		return {};
        	}
        	void drain()
        	{
        		ticks_ = 0; // kcxx-data-race
        		{
        			const auto guard = b_.lock();
        			total_ -= *guard; // kcxx-data-race
        		}
        		const RcuReadGuard reader;
        		read_ += 1; // kcxx-data-race
        		*packets_.this_cpu() -= 1; // kcxx-data-race
        	}
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		const auto guard = a_.lock();
        		total_ += *guard; // kcxx-data-race
        		return IrqReturn::handled;
        	}
        	IrqReturn other() KCXX_MUST_NOT_SLEEP
        	{
        		auto &read = read_;
        		read += 1; // kcxx-data-race
        		auto &[low, high] = ends_;
        		high = low; // kcxx-data-race
        		for (auto &each : last_)
        			each = 0; // kcxx-data-race
        		*packets_.this_cpu() += 3; // kcxx-data-race
        		(void)levels_.push(last_[1], GFP_ATOMIC); // kcxx-data-race
        		return IrqReturn::handled;
        	}
        	void show() { pr_info("%u %u\\n", last_[0], ends_.high); }
        	struct Ends { u32 low, high; };
        	u64 done_ = 0;
        	u32 total_ = 0;
        	u32 read_ = 0;
        	Ends ends_{};
        	std::array<u32, 4> last_{};
        	Vec<u32> levels_;
        	PerCpu<u64> packets_;
        	SpinLock<u32, FromIrq> a_{LOCK_CLASS("a")};
        	Mutex<u32> b_{LOCK_CLASS("b")};
        	Work<&Pump::drain> work_{LOCK_CLASS("drain"), *this};
        	Work<&Pump::show> shows_{LOCK_CLASS("show"), *this};
        	Irq<&Pump::interrupt> irq_{*this};
        	Irq<&Pump::other> other_irq_{*this};
        	std::optional<RebootNotifier> notifier_;
        	Vec<KThread> threads_;
        };
        """
    ),
    "owner-that-a-function-of-the-user-takes": (
        """\
        struct Packet { Box<Derived> data; int count; };
        void keep(Box<Derived> box);
        Result<> send(Vec<Box<Derived>> &to, Box<Derived> &&packet) { return to.push(std::move(packet), GFP_KERNEL); }
        int use(const Packet &packet) { return packet.data->level + packet.count; }
        void strip(Packet &packet) { keep(std::move(packet.data)); }
        struct Pump {
        	void give() { keep(std::move(part_)); }
        	int use()
        	{
        		give();
        		return part_->level; // kcxx-used-up
        	}
        	Box<Derived> part_;
        };
        Result<> give(Vec<Box<Derived>> &all, Box<Derived> box, Box<Derived> other, Box<Derived> third, Packet packet, Packet second)
        {
        	for (int i = 0; i < 2; ++i)
        		KTRY(send(all, std::move(box))); // kcxx-used-up
        	const auto later = [&] { keep(std::move(other)); };
        	later();
        	other->level = 1; // kcxx-used-up
        	KTRY(all.push(std::move(third), GFP_KERNEL));
        	third->level = 1; // kcxx-used-up
        	auto [part, number] = std::pair{KTRY(Box<Derived>::make(GFP_KERNEL)), 3};
        	keep(std::move(part));
        	part->level = number; // kcxx-used-up
        	strip(second);
        	const std::pair kept{std::move(packet.data), 1};
        	pr_info("%d\\n", use(packet)); // kcxx-used-up
        	pr_info("%d\\n", second.data->level + kept.second); // kcxx-used-up
        	return {};
        }
        """
    ),
    "text-of-user-space-without-its-end": (
        """\
        Result<String> read(UserReader &from)
        {
        	auto text = KTRY(from.read_all(64, GFP_KERNEL));
        	pr_info("%s\\n", text.data()); // kcxx-user-text
        	std::array<char, 16> name{};
        	KTRY(from.read(std::span{name}));
        	pr_info("{}\\n", name.data()); // kcxx-user-text
        	const std::string_view view{name.data()}; // kcxx-user-text
        	return String::from(name.data(), GFP_KERNEL); // kcxx-user-text
        }
        """
    ),
    "lambda-that-refers-to-a-variable-of-its-function": (
        """\
        auto finder(char digit)
        {
        	std::array<char, 3> digits{digit};
        	const std::span<const char> all{digits};
        	return [all](char c) { return std::ranges::find(all, c) != all.end(); }; // kcxx-kept-reference
        }
        auto adder(int first)
        {
        	return [&first](int second) { return first + second; }; // kcxx-kept-reference
        }
        """
    ),
    "element-by-another-way": (
        """\
        struct Job : ListNode { u64 a = 0; u64 b = 0; u64 c = 0; };
        struct Request : ListNode { int number = 0; };
        Result<> change(Vec<u64> &fast, Vec<u64> &slow, List<Request> &todo)
        {
        	u64 &one = fast[0] > 3 ? fast[0] : slow[0];
        	KTRY(fast.push(3, GFP_KERNEL));
        	one++; // kcxx-stale-element
        	todo.push_back(KTRY(Box<Request>::make(GFP_KERNEL)));
        	Request *first = todo.front();
        	while (auto request = todo.pop_front())
        		pr_info("%d\\n", request->number);
        	pr_info("%d\\n", first->number); // kcxx-stale-element
        	std::string_view longest;
        	{
        		Arena arena;
        		const std::string_view copy = KTRY(arena.copy("pump", GFP_KERNEL));
        		longest = copy;
        	}
        	pr_info("%c\\n", longest[0]); // kcxx-stale-element
        	String name = KTRY(String::from("pump", GFP_KERNEL));
        	KTRY(name.append_format(GFP_KERNEL, "-%s", name.c_str())); // kcxx-stale-element
        	std::optional<std::reference_wrapper<u64>> last;
        	for (u64 i = 0; i < 20; ++i) {
        		KTRY(slow.push(i, GFP_KERNEL));
        		if (last)
        			last->get()++; // kcxx-stale-element
        		last = std::ref(slow[slow.size() - 1]);
        	}
        	return {};
        }
        """
    ),
    "locked-data-that-a-lambda-returns": (
        """\
        class Pump {
        	template <typename F> decltype(auto) with(F f)
        	{
        		auto jobs = jobs_.lock();
        		return f(*jobs); // kcxx-guard-view
        	}
        	void work()
        	{
        		Vec<int> &jobs = with([](Vec<int> &all) -> Vec<int> & { return all; });
        		for (int &n : jobs)
        			++n;
        	}
        	Mutex<Vec<int>> jobs_{LOCK_CLASS("jobs")};
        };
        """
    ),
    "member-that-a-callback-changes-by-another-way": (
        """\
        struct Stats { void add(u32 n) { sum += n; ++count; } u32 mean() const { return sum / (count | 1); } u32 sum = 0; u32 count = 0; };
        constexpr u32 Stats::*which = &Stats::sum;
        class Pump {
        public:
        	void show() { pr_info("%u %u %u %zu\\n", stats().mean(), given_.mean(), pointed_.*which, state_.index()); }
        	Stats &stats() { return stats_; }
        	const Stats &stats() const { return stats_; }
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		stats().add(3); // kcxx-data-race
        		note(given_); // kcxx-data-race
        		pointed_.*which += 1; // kcxx-data-race
        		state_.emplace<Stats>(); // kcxx-data-race
        		return IrqReturn::handled;
        	}
        	static constexpr auto note = [](Stats &stats) { stats.sum++; };
        	Stats stats_;
        	Stats given_;
        	Stats pointed_;
        	std::variant<u32, Stats> state_{};
        	Work<&Pump::show> shows_{LOCK_CLASS("show"), *this};
        	Irq<&Pump::interrupt> irq_{*this};
        };
        class Part {
        public:
        	explicit Part(Vec<int> &log) : log_{log} { (void)work_.queue(); }
        private:
        	void work() { (void)log_.get().push(1, GFP_KERNEL); } // kcxx-data-race
        	std::reference_wrapper<Vec<int>> log_;
        	Work<&Part::work> work_{LOCK_CLASS("part"), *this};
        };
        class Parts {
        	Vec<int> log_;
        	Part a_{log_};
        	Part b_{log_};
        };
        """
    ),
    "elements-that-a-callback-changes": (
        """\
        struct Level { u32 now = 0; void raise() { ++now; } };
        class Pump {
        public:
        	void work()
        	{
        		table_[0] = 3; // kcxx-data-race
        		*box_ = 4; // kcxx-data-race
        		last_->now = 5; // kcxx-data-race
        		level_->raise(); // kcxx-data-race
        		if (auto *found = map_.get(3))
        			*found = 4; // kcxx-data-race
        		if (auto at = hash_.find(4); at != hash_.end())
        			at->second = 3; // kcxx-data-race
        		for (auto &each : all_)
        			each = 1; // kcxx-data-race
        		std::ranges::fill(few_, 3U); // kcxx-data-race
        		std::get<0>(pair_) = 3; // kcxx-data-race
        		if (auto *front = queue_.front())
        			++*front; // kcxx-data-race
        		steps_.front() = 3; // kcxx-data-race
        	}
        	void other()
        	{
        		pr_info("%u %u %u %u %zu %zu\\n", table_[0], *box_, last_->now, level_->now, map_.size(), hash_.size());
        		pr_info("%u %u %u %zu %u\\n", all_[0], few_[1], pair_.first, queue_.size(), steps_[0]);
        	}
        private:
        	Vec<u32> table_;
        	Box<u32> box_;
        	std::optional<Level> last_;
        	Box<Level> level_;
        	Map<u32, u32> map_;
        	HashMap<u32, u32> hash_;
        	Vec<u32> all_;
        	std::array<u32, 4> few_{};
        	std::array<u32, 4> steps_{};
        	std::pair<u32, u32> pair_;
        	Deque<u32> queue_;
        	Work<&Pump::work> work_{LOCK_CLASS("work"), *this};
        	Work<&Pump::other> other_{LOCK_CLASS("other"), *this};
        };
        """
    ),
    "shared-object-that-a-const-function-changes": (
        """\
        struct Hits { void hit() const { ++hits; } mutable u64 hits = 0; };
        struct Common { Hits hits; u32 level = 1; void opened() const { hits.hit(); } };
        struct Log { explicit Log(Vec<int> &to) : to{to} {} void add(int n) const { (void)to.push(n, GFP_KERNEL); } Vec<int> &to; };
        void opened(const Arc<Common> &common, const Arc<Log> &log)
        {
        	common->hits.hit(); // kcxx-shared-change
        	common->opened(); // kcxx-shared-change
        	log->add(3); // kcxx-shared-change
        }
        """
    ),
    "mutable-member-of-a-shared-object": (
        """\
        struct Common { mutable u32 opens = 0; mutable std::array<u32, 2> last{}; };
        void opened(const Arc<Common> &common)
        {
        	common->opens++; // kcxx-shared-change
        	common->last[1] = 3; // kcxx-shared-change
        }
        """
    ),
    "device-that-an-open-file-keeps": (
        """\
        struct Pump { static Result<Pump> probe(pci::BoundDevice &); u32 level() const { return 1; } };
        struct Common {
        	Pump &pump; // kcxx-unbound
        	std::optional<Revocable<Pump>::Access> access; // kcxx-unbound
        };
        struct Node {
        	using Data = Common;
        	static Result<Node> open(const File &, Arc<Common>);
        	Arc<Common> common;
        	pci::BoundDevice *device; // kcxx-unbound
        };
        """
    ),
    "views-in-a-container-of-a-member": (
        """\
        class Pump
        {
        	Result<> add(int number)
        	{
        		auto text = KTRY(String::format(GFP_KERNEL, "pump%d", number));
        		KTRY(names_.push(text.view(), GFP_KERNEL)); // kcxx-kept-view
        		best_.emplace(levels_[0]); // kcxx-kept-view
        		auto call = [&number](int more) { number += more; };
        		call_.emplace(FunctionRef<void(int)>{call}); // kcxx-kept-view
        		return {};
        	}
        	Vec<int> levels_;
        	Vec<std::string_view> names_;
        	std::optional<std::reference_wrapper<int>> best_;
        	std::optional<FunctionRef<void(int)>> call_;
        };
        """
    ),
    "element-in-a-binding-a-variant-a-lambda": (
        """\
        Result<> change(Map<int, String> &map, Vec<int> &levels)
        {
        	auto &[key, name] = *map.begin();
        	map.clear();
        	pr_info("%d\\n", key); // kcxx-stale-element
        	pr_info("%zu\\n", name.size()); // kcxx-stale-element
        	std::variant<int, std::span<int>> all = std::span<int>{levels};
        	auto &first = levels[0];
        	const auto set = [&first](int level) { first = level; };
        	KTRY(levels.push(1, GFP_KERNEL));
        	std::get<1>(all)[0] = 2; // kcxx-stale-element
        	set(3); // kcxx-stale-element
        	return {};
        }
        """
    ),
    "timers-of-a-base-and-of-a-part": (
        """\
        struct Base
        {
        	virtual ~Base() = default;
        	virtual void run() KCXX_NEVER_SLEEPS = 0;
        	void tick() KCXX_MUST_NOT_SLEEP { run(); }
        	Timer<&Base::tick> timer_{LOCK_CLASS("base"), *this}; // kcxx-member-order
        };
        struct Derived : Base { void run() override { (void)names_.lock()->push(1, GFP_ATOMIC); } SpinLock<Vec<int>, FromSoftirq> names_{LOCK_CLASS("names")}; };
        using Names = SpinLock<Vec<int>, FromSoftirq>;
        struct Ticker
        {
        	explicit Ticker(Names &names) : names_{names} {}
        	void tick() KCXX_MUST_NOT_SLEEP { names_.lock()->clear(); }
        	Names &names_;
        	Timer<&Ticker::tick> timer_{LOCK_CLASS("part"), *this};
        };
        struct Pump
        {
        	Pump() : ticker_{names_} {}
        	Ticker ticker_; // kcxx-member-order
        	Names names_{LOCK_CLASS("names")};
        };
        """
    ),
    "parts-that-user-space-names": (
        """\
        struct Ends { u32 low, high; };
        Result<> write(UserReader &from, std::span<u8> to, std::string_view text, Vec<u32> &levels, Deque<u32> &queue, PerCpu<Atomic<u32>> &counts)
        {
        	const auto [low, high] = KTRY(from.read<Ends>());
        	if (low >= to.size())
        		return EINVAL;
        	to[index_nospec(low, to.size())] = 1;
        	for (auto &each : to.first(high)) // kcxx-user-index
        		each = 0;
        	pr_info("%zu\\n", text.substr(high).size()); // kcxx-user-index
        	text.remove_prefix(high); // kcxx-user-index
        	(void)levels.remove(high); // kcxx-user-index
        	queue[high] = 1; // kcxx-user-index
        	counts.of(high).add(1); // kcxx-user-index
        	std::optional<u32> maybe;
        	if (!from.empty())
        		maybe = KTRY(from.read<u32>());
        	levels[maybe.value_or(1)] = 1; // kcxx-user-index
        	const auto both = std::tuple{1, KTRY(from.read<u32>())};
        	levels[std::get<1>(both)] = 1; // kcxx-user-index
        	switch (high) {
        	case 9:
        		return EINVAL;
        	default:
        		levels[high] = 1; // kcxx-user-index
        	}
        	return {};
        }
        """
    ),
    "sums-that-wrap": (
        """\
        struct Part { u32 at, size; };
        Result<> write(UserReader &from, std::span<u8> to, Vec<u8> &bytes)
        {
        	const auto part = KTRY(from.read<Part>());
        	if (part.at + part.size > to.size())
        		return EINVAL;
        	to[part.at] = 1; // kcxx-user-index
        	const auto many = KTRY(from.read<Part>());
        	if (many.at * many.size > 100)
        		return EINVAL;
        	return bytes.resize(many.at, u8{0}, GFP_KERNEL); // kcxx-user-size
        }
        """
    ),
    "division-by-user-space": (
        """\
        struct Clock {
        	u32 hertz() const { return 1000000 % period_.read(); } // kcxx-user-divisor
        	Result<> set_hertz(u32 hertz)
        	{
        		period_.set(hertz);
        		return {};
        	}
        	using Attributes = sysfs::Attributes<sysfs::ReadWrite<"hertz", &Clock::hertz, &Clock::set_hertz>>;
        	Atomic<u32> period_{1};
        };
        Result<u32> write(UserReader &from, u32 rate)
        {
        	const auto by = KTRY(from.read<int>());
        	if (by > 100)
        		return EINVAL;
        	rate /= KTRY(from.read<u8>()); // kcxx-user-divisor
        	return rate + static_cast<u32>(1000 / by); // kcxx-user-divisor
        }
        """
    ),
    "sleep-in-a-condition-and-in-a-default-argument": (
        """\
        int measured() { fsleep(5_ms); return 1; }
        int twice(int level = measured()) { return 2 * level; }
        void waits(SpinLock<int> &lock, WaitQueue &queue)
        {
        	auto n = lock.lock();
        	queue.wait(n, [](int level) { return level > measured(); }); // kcxx-sleep
        	*n = twice(); // kcxx-sleep
        }
        """
    ),
    "data-that-objects-use-by-references": (
        """\
        struct Stats { u32 hits = 0; u32 misses = 0; };
        struct Channel
        {
        	explicit Channel(Stats &stats) : stats_{stats} {}
        	void tick() KCXX_MUST_NOT_SLEEP
        	{
        		stats_.hits++; // kcxx-data-race
        	}
        	Stats &stats_;
        	Timer<&Channel::tick> timer_{LOCK_CLASS("tick"), *this};
        };
        struct Sampler
        {
        	explicit Sampler(Stats &stats) : stats_{stats} {}
        	void sample()
        	{
        		stats_.misses = 0; // kcxx-data-race
        	}
        	Stats &stats_;
        	Work<&Sampler::sample> work_{LOCK_CLASS("sample"), *this};
        };
        struct Pump
        {
        	u32 missed() const { return stats_.misses; }
        	using Attributes = sysfs::Attributes<sysfs::ReadOnly<"missed", &Pump::missed>>;
        	Stats stats_;
        	Channel one_{stats_};
        	Channel two_{stats_};
        	Sampler sampler_{stats_};
        };
        """
    ),
    "object-that-a-lambda-knows-and-that-moves": (
        """\
        class Worker
        {
        public:
        	explicit Worker(u32 number) : number_{number} {}
        	Result<> start()
        	{
        		thread_ = KTRY(KThread::run("worker", [this] { // kcxx-moved-object
        			while (!KThread::should_stop())
        				step();
        		}));
        		return {};
        	}
        	Result<> blink()
        	{
        		timer_ = KTRY(Closure<Timer>::make(GFP_KERNEL, LOCK_CLASS("blink"), [this]() KCXX_LAMBDA_MUST_NOT_SLEEP { // kcxx-moved-object
        			pr_info("%u\\n", number_);
        		}));
        		return {};
        	}
        private:
        	void step() { pr_info("%u\\n", number_); fsleep(10_ms); }
        	u32 number_;
        	std::optional<KThread> thread_;
        	std::optional<Closure<Timer>> timer_;
        };
        class Moved
        {
        public:
        	Moved(Moved &&) = default;
        	Moved(const Moved &) = delete;
        	Result<> watch()
        	{
        		notifier_ = KTRY(RebootNotifier::make([this](Shutdown) { last_ = true; })); // kcxx-moved-object
        		return {};
        	}
        private:
        	bool last_ = false;
        	std::optional<RebootNotifier> notifier_;
        };
        """
    ),
    "lock-of-tasks-that-an-interrupt-tries": (
        """\
        class Pump
        {
        private:
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		if (auto count = count_.try_lock()) // kcxx-interrupt-mutex
        			++*count;
        		return IrqReturn::handled;
        	}
        	void tick() KCXX_MUST_NOT_SLEEP { note(); } // kcxx-interrupt-mutex
        	void note() KCXX_MUST_NOT_SLEEP
        	{
        		if (auto table = table_.try_write())
        			*table = 1;
        	}
        	Mutex<u32> count_{LOCK_CLASS("count"), 0u};
        	RwSemaphore<u32> table_{LOCK_CLASS("table"), 0u};
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        	Irq<&Pump::interrupt> irq_{*this};
        };
        """
    ),
    "thread-that-a-call-of-user-space-asks-for": (
        """\
        bool is_over() { return KThread::should_stop(); }
        class Reader
        {
        public:
        	static Result<Reader> open(const File &) { return Result<Reader>{std::in_place}; }
        	Result<> read(const File &, UserWriter &to, Offset &) const
        	{
        		for (u32 i = 0; i < 10 && !KThread::should_stop(); ++i) // kcxx-thread-only
        			KTRY(to.write<u32>(i));
        		return {};
        	}
        	Result<> write(const File &, UserReader &, Offset &) const
        	{
        		return is_over() ? Result<>{EIO} : Result<>{}; // kcxx-thread-only
        	}
        };
        Result<MiscDevice<Reader>> made() { return MiscDevice<Reader>::make("pump", 0600); }
        """
    ),
    "view-that-leaves-a-guard-without-a-name": (
        """\
        class Pump
        {
        public:
        	std::string_view name() const { return name_.lock()->view(); } // kcxx-guard-view
        	auto find(int id)
        	{
        		auto jobs = jobs_.lock();
        		return jobs->find(id); // kcxx-guard-view
        	}
        	u64 count()
        	{
        		u64 &mine = *counts_.this_cpu(); // kcxx-guard-view
        		return ++mine;
        	}
        private:
        	mutable Mutex<String> name_{LOCK_CLASS("name")};
        	Mutex<Map<int, int>> jobs_{LOCK_CLASS("jobs")};
        	PerCpu<u64> counts_;
        };
        class Reader
        {
        	const int &level() const { const auto access = level_->try_access(); return *access; } // kcxx-guard-view
        	const int &other() const { return *level_->try_access(); } // kcxx-guard-view
        	Arc<Revocable<int>> level_;
        };
        """
    ),
    "seqlock-that-an-interrupt-reads": (
        """\
        struct Time { u64 seconds = 0; u64 rest = 0; };
        class Clock
        {
        	void tick() KCXX_MUST_NOT_SLEEP { last_.set(time_.read().seconds); }
        	void advance()
        	{
        		auto time = time_.write(); // kcxx-lock-context
        		time->seconds++;
        	}
        	SeqLock<Time> time_{LOCK_CLASS("time")};
        	Atomic<u64> last_{0};
        	Work<&Clock::advance> work_{LOCK_CLASS("work"), *this};
        	Timer<&Clock::tick> timer_{LOCK_CLASS("tick"), *this};
        };
        """
    ),
    "result-in-a-pair-that-nothing-looks-at": (
        """\
        std::pair<Result<>, std::size_t> grow(Vec<u8> &ring)
        {
        	Result<> done = ring.resize(64, 0, GFP_KERNEL);
        	return {done, ring.size()};
        }
        void make(Vec<u8> &ring)
        {
        	const auto [done, size] = grow(ring); // kcxx-ignored-result
        	pr_info("%zu\\n", size);
        }
        """
    ),
    "result-that-another-one-overwrites": (
        """\
        Result<> grow(Vec<int> &levels, Vec<int> &others)
        {
        	Result<> done = levels.reserve(4, GFP_KERNEL); // kcxx-ignored-result
        	done = others.reserve(4, GFP_KERNEL); // kcxx-ignored-result
        	pr_info("twice\\n");
        	done = others.reserve(8, GFP_KERNEL);
        	return done;
        }
        """
    ),
    "temporary-that-a-member-keeps": (
        """\
        struct Limits { u32 speed; u32 most; };
        class Part
        {
        public:
        	explicit Part(const Limits &limits) : limits_{limits} {}
        	explicit Part(std::string_view name) : limits_{defaults}, name_{name} {}
        	u32 speed() const { return limits_.speed; }
        private:
        	static constexpr Limits defaults{1, 2};
        	const Limits &limits_;
        	std::string_view name_;
        };
        struct Outer { explicit Outer(const Limits &limits) : part{limits} {} Part part; };
        struct Pair { const Limits &limits; int number; };
        struct Pointing { explicit Pointing(const Limits &limits) : limits{&limits} {} const Limits *limits; };
        static std::array<int, 4> steps(int n) { return {n, 2 * n, 3 * n, 4 * n}; }
        static Limits limits(u32 n) { return {n, 2 * n}; }
        static Part part_of(const Limits &limits) { return Part{limits}; }
        class Pump
        {
        public:
        	explicit Pump(u32 n)
        	    : part_{Limits{n, 2 * n}}, // kcxx-kept-reference
        	      outer_{limits(n)}, // kcxx-kept-reference
        	      pointing_(Limits{n, n}), // kcxx-kept-reference
        	      made_{part_of(limits(n))}, // kcxx-kept-reference
        	      steps_{steps(3)} // kcxx-kept-reference
        	{
        	}
        	Pump(Limits given, String text)
        	    : part_{given}, // kcxx-kept-reference
        	      outer_{shared}, pointing_{shared}, made_{text.view()} // kcxx-kept-reference
        	{
        	}
        private:
        	static constexpr Limits shared{3, 4};
        	Part part_;
        	Outer outer_;
        	Pointing pointing_;
        	Part made_;
        	std::span<const int> steps_;
        	Part own_{Limits{1, 2}}; // kcxx-kept-reference
        };
        u32 used(u32 n)
        {
        	const Part part{Limits{n, n}}; // kcxx-kept-reference
        	const auto other = Outer{limits(n)}; // kcxx-kept-reference
        	std::optional<Part> perhaps{std::in_place, limits(n)}; // kcxx-kept-reference
        	perhaps.emplace(limits(2 * n)); // kcxx-kept-reference
        	std::optional<Pointing> other_one;
        	other_one = Pointing{limits(3 * n)}; // kcxx-kept-reference
        	return part.speed() + other.part.speed() + perhaps->speed() + other_one->limits->most;
        }
        """
    ),
    "local-that-a-made-object-keeps": (
        """\
        class Words
        {
        public:
        	explicit Words(const String &text) : text_{text} {}
        	std::size_t count() const { return text_.size(); }
        private:
        	const String &text_;
        };
        struct Level { int level = 0; };
        struct State { explicit State(const Level &of) : level{of} {} const Level &level; };
        struct Current { Level &level; int number; };
        struct Holder { explicit Holder(Box<Words> given) : words{std::move(given)} {} Box<Words> words; };
        Result<Box<Words>> boxed()
        {
        	const String text = KTRY(String::from("one two", GFP_KERNEL));
        	return Box<Words>::make(GFP_KERNEL, text); // kcxx-kept-reference
        }
        Result<Arc<State>> shared()
        {
        	const Level level;
        	auto made = KTRY(Arc<State>::make(GFP_KERNEL, level));
        	pr_info("%d\\n", made->level.level);
        	return made; // kcxx-kept-reference
        }
        Result<Holder> held()
        {
        	const String text = KTRY(String::from("one two", GFP_KERNEL));
        	return Holder{KTRY(Box<Words>::make(GFP_KERNEL, text))}; // kcxx-kept-reference
        }
        Result<State> in_place()
        {
        	Level level;
        	return {std::in_place, level}; // kcxx-kept-reference
        }
        State plain(Level level)
        {
        	return State{level}; // kcxx-kept-reference
        }
        std::optional<Current> element(u32 n)
        {
        	std::array<Level, 4> levels{};
        	return Current{levels[n % 4], 1}; // kcxx-kept-reference
        }
        Result<Box<State>> content()
        {
        	const auto level = KTRY(Box<Level>::make(GFP_KERNEL));
        	auto state = KTRY(Box<State>::make(GFP_KERNEL, *level));
        	return state; // kcxx-kept-reference
        }
        class Pump
        {
        public:
        	Result<> start()
        	{
        		Level level;
        		state_ = KTRY(Arc<State>::make(GFP_KERNEL, level)); // kcxx-kept-reference
        		KTRY(words_.push(KTRY(boxed()), GFP_KERNEL));
        		KTRY(states_.push(KTRY(Box<State>::make(GFP_KERNEL, level)), GFP_KERNEL)); // kcxx-kept-reference
        		return {};
        	}
        private:
        	Vec<Box<Words>> words_;
        	Vec<Box<State>> states_;
        	Arc<State> state_;
        };
        """
    ),
    "view-of-a-temporary-owner": (
        """\
        static Vec<int> numbers();
        static std::string_view trimmed(std::string_view text) { return text.substr(1); }
        Result<> show(u32 n)
        {
        	const std::string_view name = KTRY(String::format(GFP_KERNEL, "pump%d", 7)).view(); // kcxx-kept-reference
        	const auto rest = trimmed(KTRY(String::format(GFP_KERNEL, "pump%d", 7)).view()); // kcxx-kept-reference
        	std::string_view last;
        	last = KTRY(String::from("pump", GFP_KERNEL)).view(); // kcxx-kept-reference
        	const std::span<const int> all = numbers(); // kcxx-kept-reference
        	const int &first = numbers()[n % 2]; // kcxx-kept-reference
        	pr_info("%zu %zu %zu %zu %d\\n", name.size(), rest.size(), last.size(), all.size(), first);
        	return {};
        }
        """
    ),
    "user-memory-that-is-read-twice": (
        """\
        struct Request { u32 size; u32 command; };
        static Result<u32> size_at(unsigned long address) { return UserSlice{address, sizeof(u32)}.reader().read<u32>(); }
        static Result<u32> size_of(const IoctlCall &call) { return size_at(call.argument()); }
        Result<> both(IoctlCall &call)
        {
        	UserReader first = UserSlice{call.argument(), sizeof(u32)}.reader();
        	const u32 size = KTRY(first.read<u32>());
        	if (size < sizeof(Request) || size > 256)
        		return EINVAL;
        	UserReader second = UserSlice{call.argument(), size}.reader(); // kcxx-double-fetch
        	const auto rest = KTRY(second.read_all(256, GFP_KERNEL));
        	pr_info("%zu\\n", rest.size());
        	return {};
        }
        Result<Vec<char>> helped(IoctlCall &call)
        {
        	const u32 size = KTRY(size_of(call));
        	if (size > 256)
        		return EINVAL;
        	return UserSlice{call.argument(), size}.reader().read_all(256, GFP_KERNEL); // kcxx-double-fetch
        }
        Result<Vec<char>> named(unsigned long address)
        {
        	const auto place = address;
        	UserReader head{address, sizeof(Request)};
        	const auto request = KTRY(head.read<Request>());
        	UserSlice whole{place, request.size};
        	return std::move(whole).reader().read_all(64, GFP_KERNEL); // kcxx-double-fetch
        }
        Result<> typed(IoctlCall &call)
        {
        	return call.on(Iow<Request>{'p', 1}, [&](const Request &request) -> Result<> {
        		if (request.size > 256)
        			return EINVAL;
        		const auto all = KTRY(UserSlice(call.argument(), request.size).reader().read_all(256, GFP_KERNEL)); // kcxx-double-fetch
        		pr_info("%zu\\n", all.size());
        		return {};
        	}).result();
        }
        Result<u32> chosen(unsigned long address, u32 size)
        {
        	u32 sum = 0;
        	switch (size) {
        	case 4:
        		sum += KTRY(size_at(address));
        		break;
        	default:
        		break;
        	}
        	if (sum > 4)
        		sum += KTRY(UserSlice(address, 4).reader().read<u32>()); // kcxx-double-fetch
        	return {std::in_place, sum};
        }
        """
    ),
    "start-before-the-data-of-a-timer": (
        """\
        class Pump
        {
        public:
        	explicit Pump(int limit)
        	{
        		timer_.start(milliseconds(10));
        		limit_ = limit; // kcxx-early-start
        		for (int &level : levels_)
        			level = limit; // kcxx-early-start
        	}
        private:
        	void tick() KCXX_MUST_NOT_SLEEP
        	{
        		for (int &level : levels_)
        			level += limit_;
        	}
        	int limit_ = 0;
        	std::array<int, 8> levels_{};
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        };
        """
    ),
    "request-before-the-data-of-an-interrupt": (
        """\
        class Pump
        {
        public:
        	static Result<Pump> probe(platform::BoundDevice &) { return {std::in_place}; }
        	Result<> start(platform::BoundDevice &device)
        	{
        		KTRY(irq_.request(device, KTRY(device.irq(0))));
        		KTRY(ring_.resize(16, 0, GFP_KERNEL)); // kcxx-early-start
        		ring_[0] = 1; // kcxx-early-start
        		limit_ = KTRY(device.property<u32>("limit")); // kcxx-early-start
        		return {};
        	}
        private:
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		fill();
        		return IrqReturn::handled;
        	}
        	void fill() KCXX_MUST_NOT_SLEEP
        	{
        		if (limit_ < ring_.size())
        			ring_[limit_] = 1;
        	}
        	Vec<u8> ring_;
        	u32 limit_ = 0;
        	Irq<&Pump::interrupt> irq_{*this};
        };
        """
    ),
    "starts-and-changes-in-functions": (
        """\
        class Pump
        {
        public:
        	Result<> start()
        	{
        		if (empty_)
        			begin();
        		else
        			(void)work_.queue();
        		fill(3);
        		return {};
        	}
        	Result<> init()
        	{
        		(void)work_.queue();
        		set(state_.level); // kcxx-early-start
        		work_.shutdown();
        		state_.level = 1;
        		return {};
        	}
        private:
        	static void set(int &level) { level = 3; }
        	void begin() { (void)work_.queue(); }
        	void fill(int level) { state_.level = level; } // kcxx-early-start
        	void drain() { pr_info("%d\\n", state_.level); }
        	const bool empty_ = false;
        	struct { int level = 0; int other = 0; } state_;
        	Work<&Pump::drain> work_{LOCK_CLASS("drain"), *this};
        };
        """
    ),
    "threads-and-closures-before-their-data": (
        """\
        class Pump
        {
        	Pump(const Pump &) = delete;
        	Pump &operator=(const Pump &) = delete;
        public:
        	Result<> start()
        	{
        		thread_ = KTRY(KThread::run("pump", [this] { pr_info("%d\\n", level_); }));
        		level_ = 1; // kcxx-early-start
        		return {};
        	}
        	Result<> init()
        	{
        		timer_ = KTRY(Closure<Timer>::make(GFP_KERNEL, LOCK_CLASS("timer"), [this]() KCXX_LAMBDA_MUST_NOT_SLEEP { pr_info("%d\\n", rate_); }));
        		rate_ = 1;
        		(*timer_)->start(milliseconds(10));
        		rate_ = 2; // kcxx-early-start
        		notifier_ = KTRY(PanicNotifier::make([this]() KCXX_LAMBDA_MUST_NOT_SLEEP { (void)names_.size(); }));
        		return names_.push(1, GFP_KERNEL); // kcxx-early-start
        	}
        private:
        	int level_ = 0;
        	int rate_ = 0;
        	Vec<int> names_;
        	std::optional<KThread> thread_;
        	std::optional<Closure<Timer>> timer_;
        	std::optional<PanicNotifier> notifier_;
        };
        """
    ),
    "registration-before-its-data": (
        """\
        class Sensor
        {
        public:
        	static Result<Sensor> probe(platform::BoundDevice &) { return {std::in_place}; }
        	Result<> start(platform::BoundDevice &device)
        	{
        		KTRY(hwmon::add(device, "pump", *this));
        		scale_ = 3; // kcxx-early-start
        		return {};
        	}
        	Result<long> read(hwmon::TempInput, int) const { return Result<long>{std::in_place, scale_}; }
        private:
        	long scale_ = 0;
        };
        """
    ),
    "one-way-that-starts-and-leaves-not": (
        """\
        class Pump
        {
        public:
        	explicit Pump(int kind)
        	{
        		switch (kind) {
        		case 0:
        			timer_.start(milliseconds(1));
        			break;
        		default:
        			level_ = 1;
        			break;
        		}
        		if (kind == 1) {
        			level_ = 2; // kcxx-early-start
        			return;
        		}
        		{
        			auto guard = other_.lock();
        			level_ = 3; // kcxx-early-start
        		}
        		level_ = 4; // kcxx-early-start
        	}
        private:
        	void tick() KCXX_MUST_NOT_SLEEP { ++level_; }
        	int level_ = 0;
        	SpinLock<int, FromSoftirq> other_{LOCK_CLASS("other")};
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        };
        """
    ),
    "thread-of-a-base-that-calls-the-derived-class": (
        """\
        class Worker
        {
        public:
        	virtual ~Worker() = default;
        protected:
        	Worker()
        	{
        		if (auto made = KThread::run("worker", [this] { // kcxx-virtual-start
        			    while (!KThread::should_stop())
        				    step();
        		    }))
        			thread_ = std::move(*made);
        		timer_.start(milliseconds(1)); // kcxx-virtual-start
        	}
        	void finish() { thread_.reset(); }
        private:
        	virtual void step() = 0;
        	virtual void more() KCXX_NEVER_SLEEPS {}
        	void tick() KCXX_MUST_NOT_SLEEP { next(); }
        	void next() KCXX_MUST_NOT_SLEEP { more(); }
        	std::optional<KThread> thread_;
        	Timer<&Worker::tick> timer_{LOCK_CLASS("worker"), *this};
        };
        class Counter final : public Worker
        {
        public:
        	~Counter() override { finish(); }
        private:
        	void step() override {}
        	void more() override { count_.add(1); }
        	Atomic<int> count_{0};
        };
        """
    ),
    "initialisers-that-use-later-members": (
        """\
        struct Level { int twice() const { return 2 * level; } int level = 1; };
        struct Tank { explicit Tank(int level) : level{level} {} int level; };
        class Pump : Tank
        {
        public:
        	Pump() : Tank{twice()}, half_{base_ / 2} {} // kcxx-init-order
        private:
        	int twice() const { return 2 * more(); }
        	int more() const { return base_ + 1; }
        	int half_;
        	int most_ = twice(); // kcxx-init-order
        	int level_ = later_.twice(); // kcxx-init-order
        	int part_ = later_.level; // kcxx-init-order
        	int first_ = levels_[1]; // kcxx-init-order
        	bool any_ = given_ && true; // kcxx-init-order
        	std::size_t size_ = names_.size(); // kcxx-init-order
        	int base_ = 21;
        	Level later_;
        	std::array<int, 4> levels_{};
        	Vec<int> names_;
        	std::optional<int> given_;
        };
        """
    ),
    "initialisers-that-start-before-later-members": (
        """\
        class Pump
        {
        	void drain() { *level_.lock() += 1; }
        	void tick() KCXX_MUST_NOT_SLEEP { ticks_.add(1); }
        	bool begin() { timer_.start(milliseconds(1)); return true; }
        	Work<&Pump::drain> work_{LOCK_CLASS("work"), *this}; // kcxx-member-order
        	bool queued_ = work_.queue(); // kcxx-init-order
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        	bool begun_ = begin(); // kcxx-init-order
        	bool early_ = late_.queue(); // kcxx-init-order
        	Mutex<int> level_{LOCK_CLASS("level"), 0};
        	Atomic<int> ticks_{0};
        	Work<&Pump::drain> late_{LOCK_CLASS("late"), *this};
        };
        """
    ),
}

RIGHT = {
    "threads-views-and-checks-that-are-right": (
        """\
        class Cursor
        {
        public:
        	explicit Cursor(const Vec<int> &all) : all_{all} {}
        	int next() { return all_[at_++]; }
        private:
        	const Vec<int> &all_;
        	std::size_t at_ = 0;
        };
        struct Word { std::string_view text; std::size_t at; };
        struct Wide { u64 at; u64 size; };
        Result<Word> word(const String &line) { return Word{.text = line.view(), .at = 1}; }
        Result<KThread> runs()
        {
        	return KThread::run("pump", [] {
        		for (;;) {
        			if (KThread::should_stop())
        				break;
        			fsleep(10_ms);
        		}
        		while (!KThread::should_stop())
        			fsleep(10_ms);
        	});
        }
        Result<> change(Vec<int> &levels, Vec<int> &others, Result<String> text)
        {
        	Cursor cursor{levels};
        	KTRY(levels.push(1, GFP_KERNEL));
        	pr_info("%d\\n", cursor.next());
        	text = String::from("other", GFP_KERNEL);
        	pr_info("%zu\\n", KTRY(std::move(text)).view().size());
        	levels.retain([&others](int level) { return level > others[0]; });
        	std::ranges::for_each(levels, [&others](int level) { if (level > 1) (void)others.push(level, GFP_KERNEL); });
        	return {};
        }
        Result<> write(UserReader &from, std::span<u8> all)
        {
        	const auto wide = KTRY(from.read<Wide>());
        	if (wide.at > all.size() || wide.size > all.size() - wide.at)
        		return EINVAL;
        	const auto part = all.subspan(index_nospec(wide.at, all.size()), wide.size);
        	const auto other = KTRY(from.read<Wide>());
        	const auto size = static_cast<u32>(other.size);
        	Vec<u8> bytes;
        	if (size > 4096)
        		return EINVAL;
        	KTRY(bytes.resize(size, 0, GFP_KERNEL));
        	return part.empty() ? EINVAL : Result<>{};
        }
        """
    ),
    "member-that-the-destructor-changes-behind-its-timer": (
        """\
        class Pump
        {
        public:
        	~Pump()
        	{
        		timer_.shutdown();
        		samples_.clear();
        	}
        private:
        	void tick() KCXX_MUST_NOT_SLEEP { (void)samples_.push(1, GFP_ATOMIC); }
        	Vec<int> samples_;
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        };
        """
    ),
    "copies-of-what-a-guard-guards": (
        """\
        struct Named { String name; int level = 0; };
        class Pump
        {
        public:
        	Result<int> level() const
        	{
        		auto state = state_.lock();
        		return {std::in_place, state->level};
        	}
        	int one() const
        	{
        		auto jobs = jobs_.lock();
        		return (*jobs)[0];
        	}
        	Result<String> copy() const
        	{
        		auto state = state_.lock();
        		return String::from(state->name.view(), GFP_KERNEL);
        	}
        	Vec<int> take()
        	{
        		auto jobs = jobs_.lock();
        		return std::move(*jobs);
        	}
        	std::size_t count()
        	{
        		auto jobs = jobs_.lock();
        		const std::span<int> all{*jobs};
        		return all.size();
        	}
        	static std::string_view part(const Mutex<Named>::Guard &guard) { return guard->name.view(); }
        	Result<std::optional<int>> maybe()
        	{
        		auto jobs = jobs_.lock();
        		if (jobs->empty())
        			return std::optional<int>{};
        		return std::optional<int>{(*jobs)[0]};
        	}
        private:
        	mutable Mutex<Vec<int>> jobs_{LOCK_CLASS("jobs")};
        	mutable Mutex<Named> state_{LOCK_CLASS("state")};
        };
        Result<> grow(Vec<int> &levels, Vec<int> &others)
        {
        	const Result<> room = levels.reserve(4, GFP_KERNEL);
        	if (!room)
        		return room.error();
        	[[maybe_unused]] const Result<> other = levels.reserve(4, GFP_KERNEL);
        	const Result<> dropped = others.reserve(4, GFP_KERNEL);
        	(void)dropped;
        	std::ranges::for_each(levels, [](int &n) { ++n; });
        	auto odd = levels | std::views::filter([](int n) { return n % 2 == 1; });
        	for (int n : odd)
        		KTRY(others.push(n, GFP_KERNEL));
        	return levels.empty() ? levels.push(1, GFP_KERNEL) : others.push(2, GFP_KERNEL);
        }
        """
    ),
    "object-that-stays-for-its-subsystem": (
        """\
        struct Sensor { Result<long> read(hwmon::TempInput, int) const { return {std::in_place, 1000L}; } };
        class Pump
        {
        public:
        	Result<> start(pci::BoundDevice &device)
        	{
        		KTRY(hwmon::add(device, "part", part_));
        		KTRY(fill());
        		for (auto &sensor : sensors_)
        			KTRY(hwmon::add(device, "element", sensor));
        		KTRY(hwmon::add(device, "first", sensors_[0]));
        		auto box = KTRY(Box<Sensor>::make(GFP_KERNEL));
        		KTRY(hwmon::add(device, "box", *box));
        		box_ = std::move(box);
        		maybe_.emplace();
        		KTRY(hwmon::add(device, "maybe", *maybe_));
        		gate_ = KTRY(Revocable<Sensor>::make(device, part_));
        		return {};
        	}
        private:
        	Result<> fill()
        	{
        		KTRY(sensors_.emplace(GFP_KERNEL));
        		return sensors_.emplace(GFP_KERNEL);
        	}
        	Sensor part_;
        	Box<Sensor> box_;
        	Vec<Sensor> sensors_;
        	std::optional<Sensor> maybe_;
        	Arc<Revocable<Sensor>> gate_;
        };
        Result<> adds(pci::BoundDevice &device, Sensor &sensor) { return hwmon::add(device, "given", sensor); }
        class Reader
        {
        public:
        	using Data = Revocable<Pump>;
        	static Result<Reader> open(const File &, Arc<Data> pump);
        private:
        	Arc<Data> pump_;
        	Mutex<int> level_{LOCK_CLASS("level")};
        };
        """
    ),
    "views-of-others-and-flags-that-keep-their-type": (
        """\
        class Fixed
        {
        public:
        	Fixed() = default;
        	Fixed(const Fixed &) = delete;
        	Fixed &operator=(const Fixed &) = delete;
        private:
        	std::array<u8, 16> data_{};
        	std::span<u8> view_{data_};
        };
        class Locked
        {
        	Mutex<int> state_{LOCK_CLASS("state")};
        	Mutex<int> &first_ = state_;
        };
        class Window
        {
        public:
        	explicit Window(std::span<u8> data) : view_{data} {}
        	std::span<u8> view() { return own_; }
        private:
        	std::array<u8, 16> own_{};
        	std::span<u8> view_;
        	const u8 *end_ = view_.data() + view_.size();
        };
        Result<> add(SpinLock<Vec<int>> &levels, int level, Gfp flags)
        {
        	auto guard = levels.lock();
        	return guard->push(level, flags);
        }
        Result<> extend(Vec<int> &levels, Gfp flags) { return levels.push(1, flags); }
        class Pump
        {
        public:
        	Result<> fill(bool atomic)
        	{
        		const auto flags = GFP_KERNEL;
        		const Gfp quiet = GFP_KERNEL | __GFP_NOWARN;
        		KTRY(levels_.push(1, quiet));
        		KTRY(extend(levels_, atomic ? GFP_ATOMIC : Gfp{GFP_KERNEL}));
        		KTRY(add(shared_, 1, own_));
        		return levels_.push(1, flags);
        	}
        private:
        	void drain() { other_->flush(); }
        	Gfp own_ = GFP_ATOMIC;
        	SleepingGfp usual_ = GFP_KERNEL;
        	Vec<int> levels_;
        	SpinLock<Vec<int>> shared_{LOCK_CLASS("shared")};
        	Arc<WorkQueue> queue_;
        	Arc<WorkQueue> other_;
        	Work<&Pump::drain> work_{LOCK_CLASS("drain"), *this, queue_.clone()};
        };
        Result<KThread> runs(const u32 &count, const Settings &settings)
        {
        	KTRY(KThread::run("pump", [settings] { pr_info("%u\\n", settings.count); }));
        	return KThread::run("pump", [count] { pr_info("%u\\n", count); });
        }
        Result<> queues(WorkQueue &queue, const u32 &count) { return queue.run(GFP_KERNEL, [count] { pr_info("%u\\n", count); }); }
        Result<> counts(UserReader &from)
        {
        	const auto settings = KTRY(from.read<Settings>());
        	if (settings.count > 64)
        		return EINVAL;
        	u32 sum = 0;
        	for (const auto i : std::views::iota(u32{0}, settings.count))
        		sum += i;
        	pr_info("%u\\n", sum);
        	return {};
        }
        """
    ),
    "element-whose-owner-moves-and-lives-on": (
        """\
        struct Entry { int key; int level; };
        Box<Derived> made();
        void keep(Vec<Box<Derived>> &all, Box<Derived> box) { (void)all.push(std::move(box), GFP_KERNEL); }
        Result<> add_like(Vec<Entry> &entries, const Entry &like)
        {
        	const int level = like.level;
        	KTRY(entries.push({}, GFP_KERNEL));
        	entries[entries.size() - 1].level = level;
        	return {};
        }
        Result<> add_to(Vec<Entry> &entries, const Entry &like)
        {
        	KTRY(entries.push({}, GFP_KERNEL));
        	entries[entries.size() - 1].level = like.level;
        	return {};
        }
        Box<Derived> moves(Box<Derived> box, Vec<Box<Derived>> &all, Vec<Entry> &entries, Vec<Entry> &others)
        {
        	auto &level = box->level;
        	auto local = std::move(box);
        	level = 1;
        	box = made();
        	level = 2;
        	auto &next = box->level;
        	keep(all, std::move(box));
        	next = 1;
        	box = made();
        	next = 2;
        	for (int i = 0; i < 2; i++) {
        		auto each = made();
        		auto &part = *each;
        		part.level = i;
        	}
        	(void)add_like(entries, entries[0]);
        	(void)add_to(entries, others[0]);
        	return local;
        }
        """
    ),
    "softirq-lock-in-a-soft-timer": (
        """\
        class Pump
        {
        public:
        	explicit Pump(HrTimerMode mode) : any_{*this, mode}, by_constructor_{*this, HrTimerMode::soft} {}
        private:
        	void tick() KCXX_MUST_NOT_SLEEP { *samples_.lock() += 1; }
        	void tock() KCXX_MUST_NOT_SLEEP { *samples_.lock() += 1; }
        	void often() KCXX_MUST_NOT_SLEEP { *samples_.lock() += 1; }
        	SpinLock<int, FromSoftirq> samples_{LOCK_CLASS("samples")};
        	HrTimer<&Pump::often> timer_{*this, HrTimerMode::soft};
        	HrTimer<&Pump::tick> any_;
        	HrTimer<&Pump::tock> by_constructor_;
        };
        """
    ),
    "views-of-what-stays": """\
        constexpr std::array<int, 4> table{};
        class Pump
        {
        	void choose(std::string_view name, Device &device, std::span<int> levels)
        	{
        		name_ = "pump";
        		name_ = name;
        		device_ = &device;
        		window_ = levels;
        		window_ = {};
        		table_ = table;
        		device_ = nullptr;
        		at_ = 3;
        		auto window = std::span{own_}.subspan(at_);
        		window[0] = 1;
        	}
        	std::size_t at_ = 0;
        	Vec<int> own_;
        	Device *device_ = nullptr;
        	std::span<int> window_;
        	std::span<const int> table_;
        	std::string_view name_;
        };
        """,
    "members-of-callbacks-in-order": """\
        class Pump
        {
        public:
        	Result<> start(u32 period)
        	{
        		period_ = period;
        		timer_.start(milliseconds(1));
        		return {};
        	}
        	Result<u32> measured()
        	{
        		done_.wait();
        		return result_;
        	}
        	u32 rpm() const { return strokes_.read() + period_; }
        	u32 result()
        	{
        		wait_for_it();
        		return result_;
        	}
        	using Attributes = sysfs::Attributes<sysfs::ReadOnly<"rpm", &Pump::rpm>, sysfs::ReadOnly<"result", &Pump::result>>;
        private:
        	void wait_for_it() { done_.wait(); }
        	IrqReturn hard() KCXX_MUST_NOT_SLEEP
        	{
        		status_ = 1;
        		return IrqReturn::wake_thread;
        	}
        	IrqReturn thread()
        	{
        		status_ = 0;
        		result_ = 7;
        		done_.complete();
        		return IrqReturn::handled;
        	}
        	void tick() KCXX_MUST_NOT_SLEEP
        	{
        		strokes_.add(1);
        		auto levels = levels_.lock();
        		(void)levels->push(period_, GFP_ATOMIC);
        		shared_ = 2;
        		++ticks_;
        	}
        	void drain()
        	{
        		auto levels = levels_.lock();
        		shared_ = 3;
        		levels->clear();
        	}
        	u32 period_ = 0;
        	u32 status_ = 0;
        	u32 result_ = 0;
        	u32 shared_ = 0;
        	u32 ticks_ = 0;
        	Completion done_;
        	Atomic<u32> strokes_{0};
        	SpinLock<Vec<u32>, FromIrq> levels_{LOCK_CLASS("levels")};
        	Work<&Pump::drain> work_{LOCK_CLASS("drain"), *this};
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        	ThreadedIrq<&Pump::thread, &Pump::hard> irq_{*this};
        };
        """,
    "work-that-is-waited-for": """\
        Result<> drain(WorkQueue &queue)
        {
        	int level = 0;
        	KTRY(queue.run(GFP_KERNEL, [&level] { level++; }));
        	queue.flush();
        	return {};
        }
        Result<> wait(WorkQueue &queue)
        {
        	Completion done;
        	KTRY(queue.run(GFP_KERNEL, [&done] { done.complete(); }));
        	done.wait();
        	return {};
        }
        """,
    "views-of-what-lives": """\
        struct Node { String name; std::string_view text() const { return name.view(); } };
        struct Request { std::string_view name; Vec<int> levels; };
        constexpr std::array<int, 4> fixed{};
        Result<> view(WorkQueue &queue, Arc<Node> node, const Arc<Node> &other, std::span<const int> given)
        {
        	const std::string_view name = "pump";
        	constexpr std::string_view constant = "tank";
        	KTRY(queue.run(GFP_KERNEL, [name, constant] { (void)(name.size() + constant.size()); }));
        	KTRY(queue.run(GFP_KERNEL, [all = std::span{fixed}] { (void)all.size(); }));
        	KTRY(queue.run(GFP_KERNEL, [text = other->text(), other = other.clone()] { (void)text.size(); }));
        	KTRY(queue.run(GFP_KERNEL, [text = node->text(), node = std::move(node)] { (void)text.size(); }));
        	Request request{.name = "pump", .levels = {}};
        	KTRY(queue.run(GFP_KERNEL, [request = std::move(request)] { (void)request.name.size(); }));
        	KThread thread = KTRY(KThread::run("pump", [given] { (void)given.size(); }));
        	thread.join();
        	KTRY(queue.run(GFP_KERNEL, [given] { (void)given.size(); }));
        	queue.flush();
        	return {};
        }
        """,
    "thread-that-ends-in-its-function": """\
        Result<> count()
        {
        	int level = 0;
        	auto thread = KTRY(KThread::run("pump", [&level] { level++; }));
        	thread.join();
        	return {};
        }
        """,
    "members-in-order": """\
        class Pump
        {
        	void expired() KCXX_MUST_NOT_SLEEP { (void)names_.size(); }
        	Vec<int> names_;
        	Timer<&Pump::expired> timer_{LOCK_CLASS("timer"), *this};
        	u32 last_ = 0;
        };
        class Stopped
        {
        public:
        	~Stopped() { timer_.shutdown(); }

        private:
        	void expired() KCXX_MUST_NOT_SLEEP { (void)names_.size(); }
        	Timer<&Stopped::expired> timer_{LOCK_CLASS("timer"), *this};
        	Vec<int> names_;
        };
        """,
    "bounded-values": """\
        Result<u32> write(UserReader &from, Vec<u8> &to, std::array<u32, 8> &levels)
        {
        	const auto settings = KTRY(from.read<Settings>());
        	if (settings.count > 64 || settings.index >= levels.size())
        		return EINVAL;
        	KTRY(to.reserve(settings.count, GFP_KERNEL));
        	for (u32 i = 0; i < settings.count; ++i)
        		KTRY(to.push(settings.name[0], GFP_KERNEL));
        	const auto count = KTRY(from.read<u32>());
        	KTRY(to.reserve(std::min<u32>(count, 64), GFP_KERNEL));
        	KTRY(to.reserve(count < 64 ? count : 64, GFP_KERNEL));
        	const auto mask = KTRY(from.read<u32>());
        	const u32 level = levels[mask % levels.size()] + levels[mask & 7];
        	return level + levels[index_nospec(settings.index, levels.size())];
        }
        """,
    "values-that-macros-of-c-bound": """\
        int get(const u32 __user *from, u32 *levels)
        {
        	u32 index;
        	if (get_user(index, from))
        		return -EFAULT;
        	void *memory = kmalloc(min_t(u32, index, 64), GFP_KERNEL);
        	kfree(memory);
        	if (index >= 8)
        		return -EINVAL;
        	index = array_index_nospec(index, 8);
        	return levels[index];
        }
        """,
    "owners-that-a-function-of-the-user-gives-back": """\
        struct Packet { Box<Derived> data; int count; };
        void keep(Box<Derived> box);
        int count(const Packet &packet) { return packet.count; }
        bool try_keep(Box<Derived> &box, bool room)
        {
        	if (!room)
        		return false;
        	keep(std::move(box));
        	return true;
        }
        Result<> refill(Packet &packet)
        {
        	packet.data = KTRY(Box<Derived>::make(GFP_KERNEL));
        	return {};
        }
        Result<> send(Vec<Box<Derived>> &to, Box<Derived> &&packet) { return to.push(std::move(packet), GFP_KERNEL); }
        Result<> give(Vec<Box<Derived>> &all, Box<Derived> box, Box<Derived> other, Packet packet, Packet whole)
        {
        	if (!try_keep(box, all.empty()))
        		box->level = 2;
        	if (auto sent = send(all, std::move(other)); !sent)
        		other->level = 3; // on failure the value is not moved from
        	keep(std::move(packet.data));
        	const int counted = count(packet);
        	KTRY(refill(packet));
        	const auto take = [&] { keep(std::move(whole.data)); };
        	whole.data->level = 1;
        	take();
        	pr_info("%d\\n", packet.data->level + counted + whole.count);
        	return {};
        }
        """,
    "texts-of-user-space-with-their-ends": """\
        Result<String> read(UserReader &from)
        {
        	auto text = KTRY(from.read_all(64, GFP_KERNEL));
        	pr_info("%.*s\\n", static_cast<int>(text.size()), text.data());
        	KTRY(text.push('\\0', GFP_KERNEL));
        	pr_info("%s\\n", text.data());
        	std::array<char, 16> name{};
        	KTRY(from.read(std::span{name}.first(name.size() - 1)));
        	pr_info("%s\\n", name.data());
        	std::array<char, 16> other{};
        	KTRY(from.read(std::span{other}));
        	const std::string_view view{other.data(), other.size()};
        	pr_info("{}\\n", view);
        	other.back() = '\\0';
        	return String::from(other.data(), GFP_KERNEL);
        }
        """,
    "lambdas-that-refer-to-what-lives": """\
        auto adder(int first) { return [first](int second) { return first + second; }; }
        u32 highest(const Vec<u32> &levels)
        {
        	u32 most = 0;
        	const auto note = [&most](u32 level) { most = level > most ? level : most; };
        	for (const u32 level : levels)
        		note(level);
        	return most;
        }
        const u32 *found(const Vec<u32> &levels, u32 wanted)
        {
        	return &*std::ranges::find_if(levels, [&](u32 level) { return level == wanted; });
        }
        """,
    "container-that-is-moved-and-emptied": """\
        void keep(Vec<int> first, Arena arena)
        {
        	Vec<int> other;
        	other = std::move(first);
        	first.clear();
        	other = std::move(first);
        	Arena more;
        	more = std::move(arena);
        	arena.clear();
        	more.clear();
        	pr_info("%zu\\n", other.size());
        }
        """,
    "elements-that-stay": """\
        struct Request : ListNode { int number = 0; };
        Result<> kept(List<Request> &todo, Vec<u64> &fast, Vec<u64> &slow, Arena &arena)
        {
        	Request *last = todo.back();
        	auto first = todo.pop_front();
        	const std::string_view one = KTRY(arena.copy("pump", GFP_KERNEL));
        	const std::string_view two = KTRY(arena.copy("valve", GFP_KERNEL));
        	u64 &chosen = fast[0] > 3 ? fast[0] : slow[0];
        	chosen++;
        	KTRY(fast.push(3, GFP_KERNEL));
        	if (last != nullptr)
        		pr_info("%d %zu\\n", last->number, one.size() + two.size());
        	return {};
        }
        """,
    "members-that-a-const-function-changes-under-a-lock": """\
        struct Hits { void hit() const { auto guard = lock.lock(); ++hits; } mutable Mutex<u32> lock{LOCK_CLASS("hits")}; mutable u64 hits = 0; };
        struct Log { explicit Log(Mutex<Vec<int>> &to) : to{to} {} void add(int n) const { (void)to.lock()->push(n, GFP_KERNEL); } Mutex<Vec<int>> &to; };
        void opened(const Arc<Hits> &hits, const Arc<Log> &log)
        {
        	hits->hit();
        	log->add(3);
        }
        """,
    "owners-that-a-loop-moves-one-after-the-other": """\
        void keep(Box<Derived> box);
        Result<> merge(Vec<Box<Derived>> &to, Vec<Box<Derived>> &from, Map<int, Box<Derived>> &by_key, SmallVec<Box<Derived>, 2> &few)
        {
        	for (auto &item : from)
        		KTRY(to.push(std::move(item), GFP_KERNEL));
        	for (auto &[key, item] : by_key)
        		keep(std::move(item));
        	for (auto &&item : few) {
        		Box<Derived> own = std::move(item);
        		own->level = 1;
        	}
        	from.clear();
        	return {};
        }
        """,
    "members-that-two-callbacks-read": """\
        class Channel {
        public:
        	void poll() { *level_.lock() += 1; }
        	void count() { polls_.add(1); }
        	[[nodiscard]] u32 number() const { return number_; }
        private:
        	Mutex<u32> level_{LOCK_CLASS("level")};
        	Atomic<u32> polls_;
        	u32 number_ = 0;
        };
        class Pump {
        public:
        	void work()
        	{
        		if (!table_.empty())
        			total_.set(table_[0] + *box_ + std::get<0>(pair_) + std::as_const(table_)[0]);
        		if (auto *found = map_.get(3))
        			total_.add(*found);
        		if (map_.find(4) != map_.end() && std::ranges::find(table_, 3U) != table_.end() && *extra_ > 3)
        			total_.add(1);
        		for (auto &channel : channels_) {
        			channel->poll();
        			channel->count();
        			total_.add(channel->number());
        		}
        		if (std::ranges::any_of(table_, [](u32 n) { return n == 3; }))
        			total_.add(1);
        	}
        	void other() { pr_info("%zu %u %u %zu %zu %d\\n", table_.size(), *box_, pair_.first, map_.size(), channels_.size(), extra_ ? 1 : 0); }
        private:
        	Vec<u32> table_;
        	Box<u32> box_;
        	std::pair<u32, u32> pair_;
        	Map<u32, u32> map_;
        	std::optional<u32> extra_;
        	Vec<Box<Channel>> channels_;
        	Atomic<u32> total_;
        	Work<&Pump::work> work_{LOCK_CLASS("work"), *this};
        	Work<&Pump::other> other_{LOCK_CLASS("other"), *this};
        };
        """,
    "walks-with-an-iterator-that-is-past": """\
        struct Entry : ListNode { int level = 0; };
        void clean(List<Entry> &list, List<Entry> &to, Map<int, int> &map)
        {
        	for (auto at = list.begin(); at != list.end();) {
        		auto here = at++;
        		if (here->level == 0)
        			list.erase(here);
        		else if (here->level == 1)
        			to.push_back(list.extract(here));
        	}
        	for (auto at = list.begin(); at != list.end();) {
        		Entry &entry = *at;
        		++at;
        		if (entry.level == 0)
        			(void)list.remove(entry);
        	}
        	for (auto at = map.begin(); at != map.end();) {
        		auto next = std::next(at);
        		if (at->second == 0)
        			map.erase(at);
        		at = next;
        	}
        }
        """,
    "owners-that-come-from-a-variable-of-a-condition": """\
        Result<u32> last_of(Deque<Box<u32>> &queue, const String &from)
        {
        	auto last = Box<u32>::adopt(nullptr);
        	while (auto taken = queue.pop_front())
        		last = std::move(*taken);
        	queue.clear();
        	String copy;
        	if (auto made = from.try_clone(GFP_KERNEL))
        		copy = std::move(*made);
        	return last && !copy.empty() ? *last : 0U;
        }
        """,
    "divisors-that-are-stored-above-zero": """\
        class Clock {
        public:
        	u32 rate() const
        	{
        		u32 all = 1000 / divider_.read();
        		all += 1000 / chosen_.read();
        		all += 1000 / other_.read();
        		return all + 1000 / mask_.read();
        	}
        	Result<> set(u32 n)
        	{
        		divider_.set((std::max)(n, 1U));
        		chosen_.set(n ? n : 1);
        		other_.set(at_least_one(n));
        		mask_.set(n | 1);
        		if (std::ranges::find(rates, n) == rates.end())
        			return EINVAL;
        		divider_.set((std::max)(1000 / n, 1U));
        		return {};
        	}
        	using Attributes = sysfs::Attributes<sysfs::ReadWrite<"rate", &Clock::rate, &Clock::set>>;
        private:
        	static constexpr std::array<u32, 3> rates{1, 10, 100};
        	static u32 at_least_one(u32 n)
        	{
        		if (n == 0)
        			return 1;
        		return n;
        	}
        	Atomic<u32> divider_{1};
        	Atomic<u32> mask_{1};
        	Atomic<u32> chosen_{1};
        	Atomic<u32> other_{1};
        };
        """,
    "owners-that-are-used-up-once": """\
        void keep(Box<Derived> box);
        Result<> give(Box<Derived> box, Box<Derived> other, Vec<Box<Derived>> &all, int ways)
        {
        	if (ways == 0) {
        		keep(std::move(box));
        		return {};
        	}
        	if (ways == 1)
        		keep(std::move(box));
        	else
        		(void)box->level;
        	for (int i = 0; i < ways; i++) {
        		box = KTRY(Box<Derived>::make(GFP_KERNEL));
        		keep(std::move(box));
        	}
        	while (ways-- > 0) {
        		auto made = KTRY(Box<Derived>::make(GFP_KERNEL));
        		keep(std::move(made));
        	}
        	if (!all.push(std::move(other), GFP_KERNEL))
        		(void)other->level; // on failure the value is not moved from
        	Vec<int> numbers;
        	Vec<int> taken = std::move(numbers);
        	KTRY(numbers.push(1, GFP_KERNEL)); // a moved-from Vec is empty
        	switch (ways) {
        	case 1:
        		keep(std::move(other));
        		break;
        	default:
        		keep(std::move(other));
        	}
        	return {};
        }
        Box<Derived> chosen(Box<Derived> one, Box<Derived> other, bool first)
        {
        	Box<Derived> box = first ? std::move(one) : std::move(other);
        	if (one || other)
        		return std::move(first ? other : one);
        	return box;
        }
        """,
    "walks-that-end-with-the-change": """\
        struct Entry : ListNode { int level = 0; };
        Box<Entry> found(List<Entry> &list, Vec<int> &levels, List<Entry> &other)
        {
        	for (auto at = list.begin(); at != list.end();)
        		if (at->level == 0)
        			at = list.erase(at);
        		else
        			++at;
        	for (auto at = list.begin(); at != list.end();)
        		(void)list.extract(at++);
        	list.retain([](const Entry &entry) { return entry.level != 0; });
        	for (auto &entry : list) {
        		if (entry.level == 1) {
        			other.push_back(list.remove(entry));
        			break;
        		}
        		(void)other.pop_front();
        		levels.clear();
        	}
        	for (auto &entry : list)
        		if (entry.level == 2)
        			return list.remove(entry);
        	for (auto &entry : list)
        		entry.level = 0;
        	while (auto entry = list.pop_front())
        		(void)entry->level;
        	return Box<Entry>::adopt(nullptr);
        }
        """,
    "walks-whose-functions-leave-the-container": """\
        struct Entry : ListNode { int level = 0; };
        int levels(const List<Entry> &list) { int sum = 0; for (auto &entry : list) sum += entry.level; return sum; }
        void drop_all(List<Entry> &list) { list.clear(); }
        auto without(List<Entry> &list, auto at) { return list.erase(at); }
        struct Pump
        {
        	void walk()
        	{
        		for (auto &entry : list) {
        			drop_others();
        			entry.level = count() + levels(list);
        		}
        	}
        	void drop_others() { others.clear(); }
        	int count() const { return levels(list); }
        	List<Entry> list;
        	List<Entry> others;
        };
        void change(List<Entry> &list, Pump &one, Pump &other)
        {
        	for (auto &entry : one.list)
        		if (entry.level == 0)
        			drop_all(other.list);
        	for (auto at = list.begin(); at != list.end();)
        		at = without(list, at);
        	for (auto &entry : list) {
        		drop_all(list);
        		break;
        	}
        }
        """,
    "owners-that-have-a-new-object-in-time": """\
        void keep(Box<Derived> box);
        Box<Derived> made();
        struct Chain { Box<Chain> next = Box<Chain>::adopt(nullptr); };
        struct Pump
        {
        	void renew() { part_ = made(); }
        	int gives()
        	{
        		keep(std::move(part_));
        		renew();
        		return part_->level;
        	}
        	int tries()
        	{
        		keep(std::move(part_));
        		part_ = made();
        		return part_->level;
        	}
        	Box<Derived> part_;
        };
        int gives(Box<Derived> box, bool once, WaitQueue &queue, Mutex<Vec<int>> &levels)
        {
        	if (once) {
        		keep(std::move(box));
        		box = made();
        	}
        	Chain chain{};
        	chain = std::move(*chain.next);
        	auto list = std::move(chain.next);
        	list = std::move(list->next);
        	if (!list->next)
        		return 0;
        	auto &part = *box;
        	part.level = 1;
        	if (once)
        		keep(std::move(box));
        	if (box)
        		part.level = box->level;
        	auto guard = levels.lock();
        	queue.wait(guard, [](Vec<int> &all) { return !all.empty(); });
        	auto &first = (*guard)[0];
        	first = 1;
        	return first;
        }
        """,
    "elements-that-are-used-in-time": """\
        Result<> change(Vec<int> &levels, Vec<int> &other, Vec<Box<Derived>> &parts, Map<int, int> &map)
        {
        	auto &first = levels[0];
        	first = 1;
        	KTRY(other.push(first, GFP_KERNEL));
        	const int copy = first;
        	const auto *last = &levels[1];
        	KTRY(levels.push(*last, GFP_KERNEL));
        	last = &levels[2];
        	auto &part = *parts[0];
        	KTRY(parts.reserve(8, GFP_KERNEL));
        	part.level = copy;
        	auto *found = map.get(1);
        	KTRY(map.insert(2, 2, GFP_KERNEL));
        	if (const auto *same = levels.begin(); levels.reserve(1, GFP_NOWAIT))
        		pr_info("%d\\n", same == levels.begin());
        	auto at = levels.begin();
        	for (int i = 0; i < 2; i++) {
        		levels.clear();
        		at = levels.begin();
        	}
        	pr_info("%d %d\\n", *found, *at);
        	return {};
        }
        """,
    "loops-over-what-lives": """\
        struct Entry { Vec<int> levels; const Vec<int> &list() const { return levels; } std::size_t size() const { return 1; } };
        Result<Entry> made();
        Result<Vec<int>> levels_of(std::string_view name);
        Result<> walk(Arc<Revocable<Entry>> &entry, const Vec<Box<Entry>> &entries)
        {
        	for (const int level : KTRY(made()).levels)
        		pr_info("%d\\n", level);
        	for (const int level : KTRY(levels_of(KTRY(String::format(GFP_KERNEL, "pump%d", 3)))))
        		pr_info("%d\\n", level);
        	for (const auto i : std::views::iota(std::size_t{0}, KTRY(made()).size()))
        		pr_info("%zu\\n", i);
        	const auto access = entry->try_access();
        	for (const int level : access->levels)
        		pr_info("%d\\n", level);
        	for (const int level : entries[0]->list())
        		pr_info("%d\\n", level);
        	return {};
        }
        """,
    "interrupt-of-a-driver": """\
        class Pump
        {
        public:
        	static Result<Pump> probe(BoundDevice &device);
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		levels_.lock()->clear();
        		return IrqReturn::handled;
        	}
        private:
        	Irq<&Pump::interrupt> irq_{*this};
        	SpinLock<Vec<int>, FromIrq> levels_{LOCK_CLASS("levels")};
        };
        """,
    "elements-that-are-found-again": """\
        struct Entry : ListNode { int level = 0; };
        struct Cursor { Cursor &again(Vec<int> &levels) { at = &levels[0]; return *this; } int *at = nullptr; int step = 0; };
        void find(Cursor &cursor, Vec<int> &levels) { cursor.at = &levels[0]; }
        void find(int *&at, Vec<int> &levels) { at = &levels[0]; }
        int level_of(Vec<int> &levels) { return levels[0]; }
        int *kept_of(Vec<int *> &levels) { return levels[0]; }
        int &spare(Vec<int> &, int &other) { return other; }
        Result<> change(Vec<int> &levels, Vec<int> &other, Vec<int *> &pointers, List<Entry> &list, Entry &entry)
        {
        	Cursor cursor{.at = &levels[0], .step = 1};
        	int *at = &levels[0];
        	const int level = level_of(levels);
        	int *const kept = kept_of(pointers);
        	int *const taken = std::exchange(pointers[0], nullptr);
        	auto &not_of_levels = spare(levels, other[0]);
        	const auto most = (std::max)(levels[0], 3);
        	const std::optional<int *> maybe{pointers[0]};
        	const std::optional<int> number{levels[0]};
        	KTRY(levels.push(1, GFP_KERNEL));
        	KTRY(pointers.push(nullptr, GFP_KERNEL));
        	cursor.step = level + *kept + *taken + not_of_levels + most + **maybe + *number;
        	find(cursor, levels);
        	*cursor.at = 1;
        	find(at, levels);
        	*at = 1;
        	const auto find_again = [&] { at = &levels[1]; };
        	levels.clear();
        	find_again();
        	*at = 2;
        	*cursor.again(levels).at = 1;
        	*cursor.at = 1;
        	auto owner = list.remove(entry);
        	entry.level = 1;
        	return {};
        }
        """,
    "numbers-that-were-checked-on-the-way": """\
        struct Limits { u32 most; bool open; };
        Result<> is_in_range(u32 number);
        bool is_valid(const Settings &settings);
        Result<u32> write(UserReader &from, Vec<u32> &to, const Limits &limits, bool quiet)
        {
        	const auto a = KTRY(from.read<Settings>());
        	if (a.count > limits.most) {
        		pr_warn("many\\n");
        		return EINVAL;
        	}
        	KTRY(to.resize(a.count, 0U, GFP_KERNEL));
        	const auto b = KTRY(from.read<Settings>());
        	if (limits.open) {
        		if (b.count > 8) {
        			if (!quiet)
        				pr_warn("many\\n");
        			return EINVAL;
        		}
        		if (b.index < 8)
        			KTRY(to.resize(b.index, 0U, GFP_KERNEL));
        		KTRY(to.resize(b.count, 0U, GFP_KERNEL));
        	}
        	const auto c = KTRY(from.read<Settings>());
        	if (c.count == 0 || c.count > 64 || c.index != to.size()) [[unlikely]]
        		return EINVAL;
        	KTRY(to.resize(c.count - 1, 0U, GFP_KERNEL));
        	KTRY(to.resize(c.index, 0U, GFP_KERNEL));
        	const auto d = KTRY(from.read<Settings>());
        	const bool fits = d.count <= limits.most;
        	if (!fits)
        		return EINVAL;
        	KTRY(to.resize(d.count, 0U, GFP_KERNEL));
        	bool wrong = false;
        	if (d.index > limits.most)
        		wrong = true;
        	if (wrong)
        		return EINVAL;
        	KTRY(to.resize(d.index, 0U, GFP_KERNEL));
        	const auto e = KTRY(from.read<Settings>());
        	if (!is_valid(e))
        		return EINVAL;
        	KTRY(to.resize(e.count, 0U, GFP_KERNEL));
        	const auto f = KTRY(from.read<u32>());
        	KTRY(is_in_range(f));
        	KTRY(to.resize(f, 0U, GFP_KERNEL));
        	const auto g = KTRY(from.read<u32>());
        	if (const auto done = is_in_range(g); !done)
        		return done.error();
        	KTRY(to.resize(g, 0U, GFP_KERNEL));
        	auto h = KTRY(from.read<u32>());
        	if (h > limits.most)
        		h = limits.most;
        	KTRY(to.resize(h, 0U, GFP_KERNEL));
        	auto i = KTRY(from.read<u32>());
        	Result<> done{};
        	if (i > limits.most)
        		done = EINVAL;
        	KTRY(done);
        	KTRY(to.resize(i, 0U, GFP_KERNEL));
        	return 0;
        }
        Result<> optional(UserReader &from, Vec<u32> &to, Vec<u32> &allowed)
        {
        	const auto wanted = KTRY(from.read<Settings>());
        	const bool has_count = from.size() >= sizeof(u32);
        	u32 count = 0;
        	if (has_count)
        		count = KTRY(from.read<u32>());
        	if (has_count && count > limit)
        		return EINVAL;
        	KTRY(to.resize(count, 0U, GFP_KERNEL));
        	if (wanted.index == 1)
        		if (wanted.count > limit)
        			return EINVAL;
        	if (wanted.index == 1)
        		KTRY(to.resize(wanted.count, 0U, GFP_KERNEL));
        	const auto other = KTRY(from.read<Settings>());
        	if (std::ranges::none_of(allowed, [&](u32 each) { return each == other.count; }))
        		return EINVAL;
        	KTRY(to.resize(other.count, 0U, GFP_KERNEL));
        	if (from.empty() || from.size() > 64)
        		return EINVAL;
        	return to.resize(from.size() - 1, 0U, GFP_KERNEL);
        }
        int jump(UserReader &from, Vec<u32> &to)
        {
        	int error = 0;
        	const auto wanted = from.read<Settings>();
        	if (!wanted || wanted->count >= 8)
        		goto failed;
        	if (!to.resize(wanted->count, 0U, GFP_KERNEL))
        		goto failed;
        	return error;
        failed:
        	return -1;
        }
        """,
    "numbers-that-functions-and-members-check": """\
        bool is_valid(const Settings &wanted) { return wanted.count <= limit && wanted.index < 4; }
        Result<> is_in_range(u32 number)
        {
        	if (number > limit)
        		return EINVAL;
        	return {};
        }
        bool is_one_of(u32 number, std::span<const u32> all)
        {
        	for (const u32 each : all)
        		if (each == number)
        			return true;
        	return false;
        }
        u32 small(u32 number) { return std::min<u32>(number, limit); }
        struct State { u32 index = 0; };
        struct Session
        {
        	Result<> write(UserReader &from, std::span<const u32> all)
        	{
        		const auto wanted = KTRY(from.read<Settings>());
        		if (!is_valid(wanted))
        			return EINVAL;
        		KTRY(to_.resize(wanted.count, 0U, GFP_KERNEL));
        		index_ = wanted.index;
        		const auto number = KTRY(from.read<u32>());
        		KTRY(is_in_range(number));
        		KTRY(to_.resize(number, 0U, GFP_KERNEL));
        		const auto one = KTRY(from.read<u32>());
        		if (!is_one_of(one, all))
        			return EINVAL;
        		KTRY(to_.resize(one, 0U, GFP_KERNEL));
        		const auto other = KTRY(from.read<u32>());
        		KTRY(to_.resize(small(other), 0U, GFP_KERNEL));
        		size_ = KTRY(from.read<u32>());
        		Settings local{};
        		local.count = KTRY(from.read<u32>());
        		pr_info("%u\\n", local.count);
        		state_.lock()->index = index_nospec(KTRY(from.read<u32>()), 4);
        		return {};
        	}
        	Result<> read(const Settings &fixed)
        	{
        		to_[index_] = 1;
        		if (size_ > limit)
        			return EINVAL;
        		KTRY(to_.resize(size_, 0U, GFP_KERNEL));
        		KTRY(to_.resize(fixed.index, 0U, GFP_KERNEL));
        		to_[state_.lock()->index] = 1;
        		return {};
        	}
        	u32 index_ = 0;
        	u32 size_ = 0;
        	Mutex<State> state_{LOCK_CLASS("state")};
        	Vec<u32> to_;
        };
        """,
    "numbers-that-are-small-where-they-are-used": """\
        Result<> write(UserReader &from, Vec<u32> &to, std::array<u32, 8> &levels)
        {
        	const auto wanted = KTRY(from.read<Settings>());
        	KTRY(to.resize(std::min<u32>(wanted.count, 64), 0U, GFP_KERNEL));
        	KTRY(to.resize(std::clamp<u32>(wanted.count, 1, 8) - 1, 0U, GFP_KERNEL));
        	KTRY(to.resize(wanted.count > 64 ? 64 : wanted.count, 0U, GFP_KERNEL));
        	KTRY(to.resize(wanted.count <= limit && wanted.count > 0 ? wanted.count - 1 : 0, 0U, GFP_KERNEL));
        	if (std::cmp_less(wanted.count, to.size()))
        		KTRY(to.resize(wanted.count, 0U, GFP_KERNEL));
        	if (!std::cmp_greater(wanted.count, to.size()))
        		KTRY(to.resize(wanted.count, 0U, GFP_KERNEL));
        	if (wanted.count == 3 || wanted.count == 5)
        		KTRY(to.resize(wanted.count, 0U, GFP_KERNEL));
        	if (!(wanted.count & ~7U))
        		KTRY(to.resize(wanted.count, 0U, GFP_KERNEL));
        	switch (wanted.count) {
        	case 1:
        	case 2:
        		KTRY(to.resize(wanted.count, 0U, GFP_KERNEL));
        		break;
        	default:
        		return EINVAL;
        	}
        	KTRY(to.resize(wanted.count, 0U, GFP_KERNEL));
        	const auto index = KTRY(from.read<int>());
        	if (index < 0 || index >= 8)
        		return EINVAL;
        	levels[index_nospec(static_cast<std::size_t>(index), 8)] = 1;
        	const auto number = KTRY(from.read<int>());
        	if (static_cast<std::size_t>(number) >= to.size())
        		return EINVAL;
        	KTRY(to.resize(static_cast<std::size_t>(number), 0U, GFP_KERNEL));
        	const auto bits = KTRY(from.read<Settings>());
        	if (bits.count >= 32)
        		return EINVAL;
        	levels[0] = 1U << bits.count | 1U << (bits.index % 32) | 2U << (bits.index & 31) | bits.index >> 4;
        	const auto bit = KTRY(from.read<u8>());
        	const u64 wide = 1ULL << (bit >> 2);
        	levels[1] = wide > limit;
        	return {};
        }
        """,
    "numbers-that-were-computed-before": """\
        int set(const void __user *from)
        {
        	struct Settings settings;
        	if (copy_from_user(&settings, from, sizeof(settings)))
        		return -EFAULT;
        	if (WARN_ON(settings.count > 8))
        		return -EINVAL;
        	kfree(kmalloc(settings.count, GFP_KERNEL));
        	return 0;
        }
        Result<> write(UserReader &from, Vec<u32> &to)
        {
        	const auto wanted = KTRY(from.read<Settings>());
        	const auto bytes = wanted.count * 4UL;
        	if (wanted.count > 16)
        		return EINVAL;
        	KTRY(to.resize(bytes, 0U, GFP_KERNEL));
        	const auto end = wanted.index + 4UL;
        	if (end > 16)
        		return EINVAL;
        	KTRY(to.resize(wanted.index, 0U, GFP_KERNEL));
        	const auto shifted = KTRY(from.read<int>());
        	if (shifted < -128 || shifted > 127)
        		return EINVAL;
        	return to.resize(static_cast<std::size_t>(shifted + 128), 0U, GFP_KERNEL);
        }
        """,
    "loops-that-end": """\
        Result<> write(UserReader &from, Vec<u32> &to, std::array<u32, 8> &levels)
        {
        	auto left = KTRY(from.read<u32>());
        	while (left > limit)
        		left /= 2;
        	for (u32 i = 0; i < left; ++i)
        		KTRY(to.push(i, GFP_KERNEL));
        	while (left > 0) {
        		--left;
        		to[0] += 1;
        	}
        	for (u32 i = 0; i < 4; ++i) {
        		const auto each = KTRY(from.read<u32>());
        		if (each >= 8)
        			continue;
        		levels[index_nospec(each, levels.size())] += i;
        		KTRY(to.resize(each, 0U, GFP_KERNEL));
        	}
        	u32 found = 0;
        	for (;;) {
        		found = KTRY(from.read<u32>());
        		if (found < 8)
        			break;
        	}
        	KTRY(to.resize(found, 0U, GFP_KERNEL));
        	const auto count = KTRY(from.read<u32>());
        	for (u32 i = 0; i < count && i < limit; ++i) // kept by a second bound
        		to[0] += i;
        	const auto few = KTRY(from.read<u8>());
        	for (u32 i = 0; i < few; ++i)
        		to[0] += i;
        	return to.resize(few, 0U, GFP_KERNEL);
        }
        """,
    "bytes-of-user-space": """\
        Result<u32> write(UserReader &from, const std::array<u32, 256> &table, const std::array<char, 16> &digits)
        {
        	auto text = KTRY(from.read_all(16, GFP_KERNEL));
        	u32 crc = 0;
        	for (const char each : text)
        		crc = table[(crc ^ static_cast<u8>(each)) & 0xff] ^ (crc >> 8);
        	std::array<u8, 8> bytes{};
        	KTRY(from.read(std::span{bytes}));
        	for (std::size_t i = 0; i < bytes.size(); ++i)
        		crc += table[bytes[i]] + static_cast<u32>(digits[bytes[i] >> 4]) + table[static_cast<u8>(crc)];
        	Vec<u32> numbers;
        	KTRY(numbers.resize(text.size(), 0U, GFP_KERNEL));
        	KTRY(numbers.resize(bytes[0], 0U, GFP_KERNEL));
        	if (text[0] < '0' || text[0] > '9')
        		return EINVAL;
        	return crc + table[static_cast<std::size_t>(text[0] - '0')];
        }
        """,
    "files-of-the-right-kind": """\
        struct Fan {
        	u32 rpm() const { return rpm_.read(); }
        	Result<> set_rpm(u32 rpm)
        	{
        		if (rpm > limit)
        			return EINVAL;
        		rpm_.set(rpm);
        		return all_steps_.lock()->resize(rpm, 0U, GFP_KERNEL);
        	}
        	Result<> set_steps(u32 steps) { return steps_.resize(steps, 0U, GFP_KERNEL); }
        	Result<long> read(hwmon::TempMax, int) const { return 0; }
        	Result<> write(hwmon::TempMax, int channel, long value)
        	{
        		steps_[static_cast<std::size_t>(channel)] = static_cast<u32>(std::clamp<long>(value, 0, 100));
        		return {};
        	}
        	Result<> read(const File &, UserWriter &to, Offset &at) const
        	{
        		if (at >= static_cast<Offset>(steps_.size()))
        			return {};
        		KTRY(to.write(steps_[index_nospec(static_cast<std::size_t>(at), steps_.size())]));
        		at += 1;
        		return {};
        	}
        	Result<> write(const File &, UserReader &from, Offset &at) const
        	{
        		if (std::cmp_greater_equal(at, steps_.size()))
        			return ENOSPC;
        		auto rest = std::span{steps_}.subspan(static_cast<std::size_t>(at));
        		at += static_cast<Offset>(KTRY(from.read_some(std::as_writable_bytes(rest))));
        		return {};
        	}
        	using Attributes = sysfs::Attributes<sysfs::ReadWrite<"rpm", &Fan::rpm, &Fan::set_rpm>>;
        	Atomic<u32> rpm_{0};
        	Mutex<Vec<u32>> all_steps_{LOCK_CLASS("steps")};
        	mutable Vec<u32> steps_;
        };
        """,
    "values-that-are-stored": """\
        Result<> write(UserReader &from, Vec<u32> &to, Atomic<u32> &level)
        {
        	const auto value = KTRY(from.read<u32>());
        	level.set(value);
        	KTRY(to.push(value, GFP_KERNEL));
        	return to.resize(4, value, GFP_KERNEL);
        }
        """,
    "owners-that-move-under-a-guard": """\
        struct Tank : ListNode { void fill() {} Work<&Tank::fill> work{LOCK_CLASS("sleep work"), *this}; };
        struct Locks
        {
        	SpinLock<List<Tank>> tanks{LOCK_CLASS("sleep tanks")};
        	SpinLock<Vec<Box<Tank>>> all{LOCK_CLASS("sleep all")};
        	SpinLock<Box<Tank>> last{LOCK_CLASS("sleep last")};
        	SpinLock<Vec<KThread>> threads{LOCK_CLASS("sleep threads")};
        };
        Box<Tank> taken(List<Tank> &tanks)
        {
        	auto tank = tanks.pop_front();
        	if (tank)
        		tank->fill();
        	return tank;
        }
        void keep(List<Tank> &tanks, Box<Tank> tank) { tanks.push_back(std::move(tank)); }
        Box<Tank> first(Locks &locks)
        {
        	auto tanks = locks.tanks.lock();
        	auto tank = tanks->pop_front();
        	if (!tank)
        		return tank;
        	tank->fill();
        	return tank;
        }
        Result<> add(Locks &locks, Box<Tank> tank, Box<Tank> other, KThread thread)
        {
        	auto all = locks.all.lock();
        	KTRY(all->push(std::move(other), GFP_ATOMIC));
        	auto moved = std::move(tank);
        	auto tanks = locks.tanks.lock();
        	tanks->push_back(std::move(moved));
        	tanks->push_front(taken(*tanks));
        	keep(*tanks, taken(*tanks));
        	auto threads = locks.threads.lock();
        	KTRY(threads->reserve(4, GFP_ATOMIC));
        	return threads->push(std::move(thread), GFP_ATOMIC);
        }
        void exchanges(Locks &locks, Box<Tank> next)
        {
        	auto last = Box<Tank>::adopt(nullptr);
        	auto tanks = List<Tank>{};
        	{
        		auto held = locks.last.lock();
        		(std::swap)(*held, next);
        		last = std::exchange(*held, Box<Tank>::adopt(nullptr));
        		if (!*held)
        			*held = std::move(next);
        		auto of_list = locks.tanks.lock();
        		(std::swap)(*of_list, tanks);
        		if (auto tank = of_list->pop_front())
        			tanks.push_back(std::move(tank));
        		while (!of_list->empty())
        			tanks.push_back(of_list->pop_front());
        	}
        	tanks.clear();
        }
        """,
    "calls-that-never-sleep-under-a-guard": """\
        void flush() { fsleep(5_ms); }
        void count() {}
        void visit(FunctionRef<void(int)> call) { call(1); }
        struct Sink { virtual ~Sink() = default; virtual void put(int level) KCXX_NEVER_SLEEPS = 0; };
        struct Part { virtual ~Part() = default; virtual void run() = 0; };
        struct Quiet : Part { void run() override {} };
        int elsewhere() KCXX_NEVER_SLEEPS;
        struct Pump
        {
        	using Hook = void (*)();
        	void begins(Hook hook)
        	{
        		auto n = n_.lock();
        		hook();
        		*n += 1;
        	}
        	void calls(Sink &sink, Part &part, WorkQueue &queue, void (*quiet)() KCXX_NEVER_SLEEPS, Vec<Hook> &hooks)
        	{
        		visit([](int) { flush(); });
        		std::optional<KThread> never;
        		std::optional<KThread> given;
        		auto n = n_.lock();
        		visit([&](int level) { *n += level; });
        		sink.put(1);
        		part.run();
        		quiet();
        		quiet_ = quiet;
        		if (quiet_ != nullptr)
        			quiet_();
        		std::invoke(count);
        		(void)queue.run(GFP_ATOMIC, flush);
        		(void)hooks.push(flush, GFP_ATOMIC);
        		(void)std::exchange(later_, flush);
        		*n += elsewhere();
        	}
        	SpinLock<int> n_{LOCK_CLASS("sleep quiet")};
        	void (*quiet_)() KCXX_NEVER_SLEEPS = nullptr;
        	Hook later_ = nullptr;
        };
        void begin(Pump &pump) { pump.begins(count); }
        """,
    "sleep-behind-the-guard": """\
        void flush() { fsleep(5_ms); }
        struct Sleeper { ~Sleeper() { flush(); } int level = 0; };
        Result<> grow(Vec<int> &levels, Gfp flags) { return levels.push(1, flags); }
        template <typename T>
        void with(SpinLock<int> &lock, T call)
        {
        	auto n = lock.lock();
        	call(*n);
        }
        struct Pump
        {
        	Result<> calls(Vec<int> &levels)
        	{
        		Sleeper ends_behind_it;
        		{
        			auto n = n_.lock();
        			*n += ends_behind_it.level;
        		}
        		flush();
        		*n_.lock() += 1;
        		flush();
        		auto n = n_.lock();
        		KTRY(grow(levels, GFP_ATOMIC));
        		KTRY(levels.push(*n, GFP_NOWAIT));
        		const auto later = [] { flush(); };
        		(void)later;
        		return {};
        	}
        	void tries()
        	{
        		auto n = n_.try_lock();
        		if (!n) {
        			flush();
        			return;
        		}
        		*n += 1;
        	}
        	Result<> tries_and_says_why()
        	{
        		auto n = n_.try_lock();
        		if (n.error() == EBUSY)
        			flush();
        		else if (const bool is_locked = static_cast<bool>(n); !is_locked)
        			flush();
        		if (!(n || n_other_ == nullptr))
        			flush();
        		if (n)
        			*n += 1;
        		else
        			flush();
        		return {};
        	}
        	void tries_again()
        	{
        		while (true) {
        			if (auto n = n_.try_lock()) {
        				*n += 1;
        				break;
        			}
        			flush();
        		}
        		if (auto n = n_.try_lock(); !n)
        			flush();
        		flush();
        	}
        	void takes_one_way(bool is_locked)
        	{
        		(void)(is_locked && *n_.lock() > 1);
        		flush();
        		const int level = is_locked ? *n_.lock() : 0;
        		if (level > 0)
        			flush();
        		for (int i = 0; i < level; i++) {
        			if (*n_.lock() > i)
        				continue;
        			flush();
        		}
        	}
        	void by_a_mutex()
        	{
        		auto level = level_.lock();
        		flush();
        		auto tried = level_.try_lock();
        		flush();
        		auto n = n_.lock();
        		*n += *level;
        	}
        	void waits(WaitQueue &queue)
        	{
        		auto n = n_.lock();
        		queue.wait(n, [](int level) { return level > 1; });
        		wait_more(queue, n);
        	}
        	void wait_more(WaitQueue &queue, SpinLock<int>::Guard &n) { queue.wait(n, [](int level) { return level > 2; }); }
        	void counts(PerCpu<int> &count)
        	{
        		*count.this_cpu() += 1;
        		flush();
        		for (int i = 0; i < 2; i++) {
        			const RcuReadGuard guard;
        			with(n_, [](int &level) { level++; });
        		}
        		flush();
        	}
        	void of_a_lock()
        	{
        		SpinLock<int> local{LOCK_CLASS("sleep local")};
        		flush();
        		if constexpr (sizeof(int) == 8) {
        			auto n = local.lock();
        			flush();
        		}
        	}
        	SpinLock<int> n_{LOCK_CLASS("sleep calls")};
        	Mutex<int> level_{LOCK_CLASS("sleep level")};
        	int *n_other_ = nullptr;
        };
        """,
    "locks-that-are-free-again": """\
        struct Table { bool is_full() const { return list.size() > 3; } Vec<int> list; };
        struct Channel { Mutex<int> level{LOCK_CLASS("level")}; };
        class Pump
        {
        	static int sum(const Vec<int> &list) { return list.empty() ? 0 : list[0]; }
        	int total() { return sum(table_.lock()->list); }
        	Result<> add(int level)
        	{
        		if (total() > 3)
        			return EBUSY;
        		auto table = table_.lock();
        		if (table->is_full() || sum(table->list) > 8)
        			return ENOSPC;
        		return table->list.push(level, GFP_KERNEL);
        	}
        	void one()
        	{
        		auto table = table_.lock();
        		*other_.lock() = sum(table->list);
        	}
        	void other_way()
        	{
        		const int level = *other_.lock();
        		{
        			auto other = other_.lock();
        			*other = level;
        		}
        		auto table = table_.lock();
        		table->list.clear();
        	}
        	void tries()
        	{
        		auto other = other_.lock();
        		if (auto table = table_.try_lock())
        			table->list.clear();
        		else
        			*other = 1;
        	}
        	void tries_again()
        	{
        		if (auto table = table_.try_lock())
        			table->list.clear();
        		else
        			(void)total();
        	}
        	void loops()
        	{
        		for (int i = 0; i < 3; i++) {
        			auto table = table_.lock();
        			if (table->is_full())
        				continue;
        		}
        		while (!table_.lock()->is_full())
        			(void)add(1);
        		for (auto &channel : channels_)
        			*channel->level.lock() = 1;
        		auto level = one_.level.lock();
        		*level = *two_.level.lock();
        	}
        	void drain()
        	{
        		*other_.lock() = 2;
        		(void)work_.queue(milliseconds(1));
        		done_.complete();
        	}
        	void ends()
        	{
        		{
        			auto other = other_.lock();
        			*other = 1;
        		}
        		work_.cancel();
        		done_.wait();
        		auto table = table_.lock();
        		work_.cancel();
        		auto later = [this] { (void)total(); };
        		keep(later);
        	}
        	template <typename T> void keep(T &) {}
        	Mutex<Table> table_{LOCK_CLASS("table")};
        	Mutex<int> other_{LOCK_CLASS("other")};
        	Vec<Box<Channel>> channels_;
        	Channel one_, two_;
        	Completion done_;
        	DelayedWork<&Pump::drain> work_{LOCK_CLASS("drain"), *this};
        };
        """,
    "members-in-one-lock-or-of-one-task": """\
        struct Own { void add() { *n.lock() += 1; } Mutex<int> n{LOCK_CLASS("own")}; int spare = 0; };
        struct Pump
        {
        	void tick() KCXX_MUST_NOT_SLEEP
        	{
        		auto guard = lock_.lock();
        		total_ += 1;
        	}
        	void drain()
        	{
        		auto guard = lock_.lock();
        		total_ -= 1;
        		last_ = now_++;
        		++*packets_.this_cpu();
        		for (const u32 each : all_)
        			last_ += each;
        	}
        	void show()
        	{
        		++*packets_.this_cpu();
        		for (auto &each : all_)
        			pr_info("%u\\n", each);
        	}
        	u64 seen() const
        	{
        		own_.add();
        		return packets_.sum();
        	}
        	using Attributes = sysfs::Attributes<sysfs::ReadOnly<"seen", &Pump::seen>>;
        	u32 total_ = 0, last_ = 0, now_ = 0;
        	std::array<u32, 4> all_{};
        	mutable Own own_;
        	PerCpu<u64> packets_;
        	SpinLock<int, FromSoftirq> lock_{LOCK_CLASS("lock")};
        	Work<&Pump::drain> work_{LOCK_CLASS("drain"), *this};
        	Work<&Pump::show> shows_{LOCK_CLASS("show"), *this};
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        };
        struct Common { mutable u32 opens = 0; mutable Mutex<int> turn{LOCK_CLASS("turn")}; };
        void opened(const Arc<Common> &common)
        {
        	const auto turn = common->turn.lock();
        	common->opens++;
        }
        """,
    "open-files-that-ask": """\
        struct Pump { static Result<Pump> probe(pci::BoundDevice &); u32 level() const { return 1; } };
        struct Common { Arc<Revocable<Pump>> pump; Vec<String> names; const char *text; };
        struct Node {
        	using Data = Common;
        	static Result<Node> open(const File &, Arc<Common>);
        	Result<> read(const File &, UserWriter &to, Offset &) const
        	{
        		const auto pump = common->pump->try_access();
        		return pump ? to.write(pump->level()) : Result<>{ENODEV};
        	}
        	Arc<Common> common;
        };
        """,
    "views-that-containers-may-keep": """\
        class Pump
        {
        	Result<> add(std::string_view name, int &best)
        	{
        		KTRY(names_.push("pump", GFP_KERNEL));
        		best_.emplace(best);
        		KTRY(levels_.push(levels_[0], GFP_KERNEL));
        		return names_.push(name, GFP_KERNEL);
        	}
        	Vec<int> levels_;
        	Vec<std::string_view> names_;
        	std::optional<std::reference_wrapper<int>> best_;
        };
        Result<> change(Map<int, int> &map, Vec<int> &levels)
        {
        	const auto [key, value] = *map.begin();
        	map.clear();
        	for (auto &[each, level] : map)
        		level = key + each;
        	const std::variant<int, long> copy = levels[0];
        	int own = value;
        	const auto set = [&own, first = levels[0]] { own = first; };
        	KTRY(levels.push(std::get<0>(copy), GFP_KERNEL));
        	set();
        	return {};
        }
        """,
    "timers-of-bases-and-parts-in-order": """\
        struct Base { void tick() KCXX_MUST_NOT_SLEEP { ticks_.add(1); } Atomic<int> ticks_{0}; Timer<&Base::tick> timer_{LOCK_CLASS("base"), *this}; };
        struct Derived : Base { Vec<int> names_; };
        using Names = SpinLock<Vec<int>, FromSoftirq>;
        struct Ticker
        {
        	explicit Ticker(Names &names) : names_{names} {}
        	void tick() KCXX_MUST_NOT_SLEEP { names_.lock()->clear(); }
        	Names &names_;
        	Timer<&Ticker::tick> timer_{LOCK_CLASS("part"), *this};
        };
        struct Pump { Pump() : ticker_{names_} {} Names names_{LOCK_CLASS("names")}; Ticker ticker_; };
        """,
    "parts-and-divisors-that-were-checked": """\
        struct Part { u32 at, size; };
        Result<u32> write(UserReader &from, std::span<u8> to, std::string_view text, u32 rate)
        {
        	const auto [at, size] = KTRY(from.read<Part>());
        	if (at > to.size() || size > to.size() - at)
        		return EINVAL;
        	for (auto &each : to.subspan(at, size))
        		each = 0;
        	text.remove_prefix(std::min<std::size_t>(at, text.size()));
        	for (auto &each : to.first((std::min)(from.size(), to.size())))
        		each = 1;
        	const auto part = KTRY(from.read<Part>());
        	if (u64{part.at} + part.size > to.size())
        		return EINVAL;
        	to.subspan(part.at, part.size)[0] = 2;
        	if (text.size() + from.size() > 16)
        		return EINVAL;
        	to.first(from.size())[0] = 1;
        	const auto by = KTRY(from.read<int>());
        	const auto of = KTRY(from.read<u32>());
        	if (by == 0 || !of)
        		return EINVAL;
        	const auto more = KTRY(from.read<u32>());
        	switch (more) {
        	case 1:
        	case 2:
        		break;
        	default:
        		return EINVAL;
        	}
        	to[more] = 1;
        	return rate / of + rate % std::max<u32>(more, 1) + of / rate + static_cast<u32>(100 / by) + (more != 0 ? rate / more : 0) + rate / (more | 1);
        }
        """,
    "data-of-another-object-that-one-callback-uses": """\
        struct Stats { u32 hits = 0; };
        struct Safe { SpinLock<Stats, FromSoftirq> stats{LOCK_CLASS("stats")}; };
        struct Channel
        {
        	Channel(Stats &stats, Safe &safe) : stats_{stats}, safe_{safe} {}
        	void tick() KCXX_MUST_NOT_SLEEP
        	{
        		stats_.hits++;
        		safe_.stats.lock()->hits++;
        	}
        	Stats &stats_;
        	Safe &safe_;
        	Timer<&Channel::tick> timer_{LOCK_CLASS("tick"), *this};
        };
        struct Pump
        {
        	u32 hits() { return safe_.stats.lock()->hits; }
        	void show() { pr_info("%u\\n", hits()); }
        	Safe safe_;
        	Stats stats_;
        	Channel one_{stats_, safe_};
        	Work<&Pump::show> work_{LOCK_CLASS("show"), *this};
        };
        """,
    "locks-of-other-objects-behind-virtual-functions-and-callbacks": """\
        class Other;
        struct Listener { virtual ~Listener() = default; virtual void changed(Other &other) = 0; };
        class Base
        {
        public:
        	virtual ~Base() = default;
        	virtual void run()
        	{
        		auto level = level_.lock();
        		*level += step();
        	}
        	int level() const { return *level_.lock(); }
        private:
        	virtual int step() const = 0;
        	Mutex<int> level_{LOCK_CLASS("level")};
        };
        class First : public Base { int step() const override { return 1; } };
        class Second final : public Base
        {
        	void run() override { (void)step(); }
        	int step() const override { return level() + 1; }
        };
        template <typename Lock, typename F> auto with(Lock &lock, F f)
        {
        	auto guard = lock.lock();
        	return f(*guard);
        }
        class Other
        {
        public:
        	void tell(Other &other)
        	{
        		auto listeners = listeners_.lock();
        		for (auto &listener : *listeners)
        			listener->changed(other);
        	}
        	std::size_t count() const { return listeners_.lock()->size(); }
        	void each(FunctionRef<void(int)> visit) const
        	{
        		{
        			auto jobs = jobs_.lock();
        			(void)jobs->push(1, GFP_KERNEL);
        		}
        		visit(1);
        	}
        	void each_held(FunctionRef<void(int)> visit) const
        	{
        		auto jobs = jobs_.lock();
        		for (const int n : *jobs)
        			visit(n);
        	}
        	void keep(FunctionRef<void(int)> visit) const
        	{
        		jobs_.lock()->clear();
        		visit(2);
        	}
        	std::size_t size() const { return jobs_.lock()->size(); }
        	void show(Other &other)
        	{
        		each([this](int n) { pr_info("%d of %zu\\n", n, size()); });
        		other.each_held([this](int n) { pr_info("%d of %zu\\n", n, size()); });
        		keep([this](int n) { pr_info("%d of %zu\\n", n, size()); });
        	}
        	void one()
        	{
        		with(x_, [this](int &x) { with(y_, [&x](int &y) { x += y; }); });
        	}
        	void two(Other &other)
        	{
        		const int y = with(y_, [](int &each) { return each; });
        		with(x_, [y](int &x) { x += y; });
        		with(x_, [&other](int &x) { with(other.x_, [&x](int &y) { x += y; }); });
        	}
        	Mutex<Vec<Box<Listener>>> listeners_{LOCK_CLASS("listeners")};
        	Mutex<Vec<int>> jobs_{LOCK_CLASS("jobs")};
        	Mutex<int> x_{LOCK_CLASS("x")};
        	Mutex<int> y_{LOCK_CLASS("y")};
        };
        struct Printer final : Listener { void changed(Other &other) override { pr_info("%zu\\n", other.count()); } };
        """,
    "spinlocks-that-keep-their-takers-off": """\
        class Pump
        {
        	void tick() KCXX_MUST_NOT_SLEEP
        	{
        		*ticks_.lock_bh() += 1;
        		*of_type_.lock() += 1;
        		deeper();
        	}
        	void deeper() { *deep_.lock_bh() += 1; }
        	void work()
        	{
        		{
        			auto saved = saved_.lock_irqsave();
        			*ticks_.lock() = 0;
        			under(*saved);
        			*deep_.lock() = 0;
        		}
        		*ticks_.lock_bh() = 0;
        		*of_type_.lock() = 0;
        		*of_tasks_.lock() = 1;
        	}
        	void under(int n) { *ticks_.lock() += n; }
        	Pump() { *ticks_.lock() = 1; }
        	~Pump()
        	{
        		timer_.shutdown();
        		irq_.disable();
        		*strokes_.lock() = 1;
        		*ticks_.lock() = 2;
        	}
        	void poll() KCXX_MUST_NOT_SLEEP { *polled_.lock_bh() += 1; }
        	void ask() { *polled_.lock_bh() = *of_tasks_.lock(); }
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		*strokes_.lock_irqsave() += 1;
        		return IrqReturn::handled;
        	}
        	SpinLock<int> saved_{LOCK_CLASS("saved")};
        	SpinLock<int> ticks_{LOCK_CLASS("ticks")};
        	SpinLock<int> deep_{LOCK_CLASS("deep")};
        	SpinLock<int> polled_{LOCK_CLASS("polled")};
        	SpinLock<int> of_tasks_{LOCK_CLASS("of tasks")};
        	u32 total() const
        	{
        		auto total = total_.lock();
        		quiet();
        		return *fresh_.lock() + *total;
        	}
        	void quiet() const
        	{
        		auto fresh = quiet_.lock();
        		*under_quiet_.lock() = 1;
        	}
        	void sum(u32 n)
        	{
        		*total_.lock() += n;
        		*under_quiet_.lock() = 2;
        	}
        	IrqReturn count() KCXX_MUST_NOT_SLEEP
        	{
        		*fresh_.lock() += 1;
        		return IrqReturn::handled;
        	}
        	SpinLock<u32, FromIrq> fresh_{LOCK_CLASS("fresh"), 0u};
        	SpinLock<u32, FromIrq> quiet_{LOCK_CLASS("quiet"), 0u};
        	SpinLock<u32> under_quiet_{LOCK_CLASS("under quiet"), 0u};
        	SpinLock<u32> total_{LOCK_CLASS("total"), 0u};
        	Irq<&Pump::count> counter_{*this};
        	SpinLock<int> strokes_{LOCK_CLASS("strokes")};
        	SpinLock<int, FromSoftirq> of_type_{LOCK_CLASS("of type")};
        	Work<&Pump::work> work_{LOCK_CLASS("work"), *this};
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        	Irq<&Pump::interrupt> irq_{*this};
        };
        """,
    "ends-of-elements-that-need-another-lock": """\
        class Pump;
        class Job
        {
        public:
        	Job(Pump &pump, Mutex<u32> &count) : pump_{pump}, count_{count} {}
        	Job(const Job &) = delete;
        	Job &operator=(const Job &) = delete;
        	~Job() { *count_.lock() += 1; }
        private:
        	void work();
        	Pump &pump_;
        	Mutex<u32> &count_;
        	Work<&Job::work> work_{LOCK_CLASS("job"), *this};
        };
        class Pump
        {
        public:
        	explicit Pump(Pump &next) : next_{next} {}
        	void count() { ++*done_.lock(); }
        	Result<> set(u32 n)
        	{
        		auto jobs = jobs_.lock();
        		auto level = level_.lock();
        		if (n == 0) {
        			jobs->clear();
        			*level = 0;
        		} else {
        			KTRY(jobs->push(KTRY(Box<Job>::make(GFP_KERNEL, *this, count_)), GFP_KERNEL));
        		}
        		return {};
        	}
        	void forward()
        	{
        		auto done = done_.lock();
        		of_next_.lock()->clear();
        		*done = 0;
        	}
        	Result<> add()
        	{
        		return of_next_.lock()->push(KTRY(Box<Job>::make(GFP_KERNEL, next_, count_)), GFP_KERNEL);
        	}
        	void forget()
        	{
        		auto count = count_.lock();
        		shared_.lock()->clear();
        		*count = 0;
        	}
        	Result<> start()
        	{
        		auto done = done_.lock();
        		job_ = KTRY(Box<Job>::make(GFP_KERNEL, *this, count_));
        		*done = 0;
        		return {};
        	}
        	void run()
        	{
        		{
        			auto count = count_.lock();
        			*count = 0;
        		}
        		jobs_.lock()->clear();
        	}
        private:
        	Pump &next_;
        	Mutex<u32> done_{LOCK_CLASS("done"), 0u};
        	Mutex<u32> count_{LOCK_CLASS("count"), 0u};
        	Mutex<u32> level_{LOCK_CLASS("level"), 0u};
        	Mutex<Vec<Box<Job>>> jobs_{LOCK_CLASS("jobs")};
        	Mutex<Vec<Box<Job>>> of_next_{LOCK_CLASS("next")};
        	Box<Job> job_ = Box<Job>::adopt(nullptr);
        	Mutex<Vec<Arc<Job>>> shared_{LOCK_CLASS("shared")};
        };
        void Job::work() { pump_.count(); }
        """,
    "waits-that-come-to-their-end": """\
        class Pump
        {
        	void fill() { drained_.flush(); }
        	void drain() { level_.add(1); }
        	void one()
        	{
        		second_done_.wait();
        		first_done_.complete();
        	}
        	void two()
        	{
        		if (level_.read() > 1)
        			first_done_.wait();
        		second_done_.complete();
        	}
        	void three()
        	{
        		fourth_done_.wait();
        		third_done_.complete();
        	}
        	void four()
        	{
        		third_done_.wait();
        		fourth_done_.complete();
        	}
        	void start() { fourth_done_.complete(); }
        	void consume()
        	{
        		auto speed = speed_.lock();
        		auto jobs = jobs_.lock();
        		changed_.wait(jobs, [](const Vec<int> &all) { return !all.empty(); });
        		*speed += 1;
        		jobs->clear();
        	}
        	void produce()
        	{
        		const int speed = *speed_.lock();
        		(void)jobs_.lock()->push(speed, GFP_KERNEL);
        		changed_.wake_all();
        	}
        	void consume_more()
        	{
        		auto speed = speed_.lock();
        		auto more = more_.lock();
        		changed_.wait(more, [](int n) { return n > 0; });
        		*speed += *more;
        	}
        	void produce_more()
        	{
        		auto speed = speed_.lock();
        		*more_.lock() += *speed;
        	}
        	void try_more()
        	{
        		if (auto more = more_.try_lock())
        			*more = 1;
        	}
        	Mutex<int> more_{LOCK_CLASS("more"), 0};
        	Atomic<int> level_{0};
        	Completion first_done_;
        	Completion second_done_;
        	Completion third_done_;
        	Completion fourth_done_;
        	Mutex<int> speed_{LOCK_CLASS("speed"), 0};
        	Mutex<Vec<int>> jobs_{LOCK_CLASS("jobs")};
        	WaitQueue changed_{LOCK_CLASS("changed")};
        	DelayedWork<&Pump::drain> drained_{LOCK_CLASS("drain"), *this};
        	Work<&Pump::fill> filled_{LOCK_CLASS("fill"), *this};
        };
        class Ordered
        {
        public:
        	static Result<Ordered> init(ThisModule &) { return {std::in_place, KTRY(WorkQueue::make_ordered("pump")), KTRY(WorkQueue::make_ordered("other"))}; }
        	Ordered(Arc<WorkQueue> queue, Arc<WorkQueue> other) : second_{LOCK_CLASS("second"), *this, std::move(other)}, third_{LOCK_CLASS("third"), *this, queue.clone()}, first_{LOCK_CLASS("first"), *this, std::move(queue)} {}
        private:
        	void fill()
        	{
        		(void)second_.queue();
        		second_.flush();
        		third_.cancel();
        	}
        	void drain() {}
        	Work<&Ordered::drain> second_;
        	Work<&Ordered::drain> third_;
        	Work<&Ordered::fill> first_;
        };
        """,
    "locks-of-two-objects-in-one-order": """\
        class Tank
        {
        public:
        	void give(Tank &to, int n)
        	{
        		auto from = level_.lock();
        		auto level = to.level_.lock();
        		*from -= n;
        		*level += n;
        	}
        	void give_any(Tank &to, int n)
        	{
        		if (this == &to)
        			return;
        		auto &first = this < &to ? *this : to;
        		auto &second = this < &to ? to : *this;
        		auto one = first.level_.lock();
        		auto other = second.level_.lock();
        		*one -= n;
        		*other += n;
        	}
        	void give_either(Tank &to, bool first)
        	{
        		if (first) {
        			auto from = level_.lock();
        			*to.level_.lock() += *from;
        		} else {
        			auto level = to.level_.lock();
        			*level += *level_.lock();
        		}
        	}
        	void give_safely(Tank &to, int n)
        	{
        		if (this != &to)
        			give(to, n);
        	}
        	void give_slowly(Tank &to, int n)
        	{
        		*level_.lock() -= n;
        		*to.level_.lock() += n;
        	}
        private:
        	Mutex<int> level_{LOCK_CLASS("level")};
        };
        struct Node {
        	void up()
        	{
        		auto level = level_.lock();
        		if (parent_ != nullptr)
        			*parent_->level_.lock() += *level;
        	}
        	Node *parent_ = nullptr;
        	Mutex<int> level_{LOCK_CLASS("level")};
        };
        class Pump
        {
        	void there()
        	{
        		a_.give(b_, 1);
        		b_.give(c_, 1);
        		a_.give_any(b_, 2);
        		a_.give_either(b_, true);
        		a_.give_slowly(a_, 3);
        	}
        	void back(Tank &other)
        	{
        		a_.give(c_, 1);
        		b_.give_any(a_, 2);
        		b_.give_either(a_, false);
        		b_.give_slowly(a_, 3);
        		b_.give_safely(b_, 3);
        		other.give(a_, 1);
        	}
        	Tank a_;
        	Tank b_;
        	Tank c_;
        };
        """,
    "result-that-is-looked-at-before-the-next-one": (
        """\
        Result<> grow(Vec<int> &levels, Vec<int> &others, bool twice)
        {
        	Result<> done = levels.reserve(4, GFP_KERNEL);
        	if (done)
        		done = others.reserve(4, GFP_KERNEL);
        	Result<> last;
        	last = done;
        	last = last ? others.reserve(8, GFP_KERNEL) : last;
        	for (int i = 0; i < 2 && last; i++)
        		last = levels.reserve(16, GFP_KERNEL);
        	const auto [ended, size] = std::pair{done, levels.size()};
        	[[maybe_unused]] const auto [other, room] = std::pair{done, levels.size()};
        	return ended && size != 0 && twice ? last : done;
        }
        """
    ),
    "object-that-a-lambda-knows-and-that-stays": (
        """\
        class Worker
        {
        public:
        	Worker() = default;
        	Worker(const Worker &) = delete;
        	Worker &operator=(const Worker &) = delete;
        	Result<> start()
        	{
        		thread_ = KTRY(KThread::run("worker", [this] {
        			while (!KThread::should_stop())
        				step();
        		}));
        		return {};
        	}
        private:
        	void step() { count_.fetch_add(1); fsleep(10_ms); }
        	Atomic<u32> count_{0};
        	std::optional<KThread> thread_;
        };
        class Copied
        {
        public:
        	explicit Copied(Arc<Atomic<u32>> count) : count_{std::move(count)} {}
        	Result<> start()
        	{
        		thread_ = KTRY(KThread::run("worker", [count = count_.clone()] { count->fetch_add(1); }));
        		return {};
        	}
        private:
        	Arc<Atomic<u32>> count_;
        	std::optional<KThread> thread_;
        };
        """
    ),
    "locks-and-questions-where-a-task-runs": (
        """\
        class Pump
        {
        private:
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		++*count_.lock();
        		return IrqReturn::handled;
        	}
        	void drain()
        	{
        		if (auto table = table_.try_lock())
        			*table = 1;
        	}
        	Result<KThread> run()
        	{
        		return KThread::run("pump", [] { while (!KThread::should_stop()) fsleep(10_ms); });
        	}
        	SpinLock<u32, FromIrq> count_{LOCK_CLASS("count"), 0u};
        	Mutex<u32> table_{LOCK_CLASS("table"), 0u};
        	Work<&Pump::drain> work_{LOCK_CLASS("work"), *this};
        	Irq<&Pump::interrupt> irq_{*this};
        };
        """
    ),
    "copies-of-what-a-guard-without-a-name-lends": (
        """\
        struct Time { u64 seconds = 0; };
        class Pump
        {
        public:
        	std::size_t size() const { return name_.lock()->view().size(); }
        	Result<String> name() const { return String::from(name_.lock()->view(), GFP_KERNEL); }
        	u64 count() { return ++*counts_.this_cpu(); }
        	bool has(int id) { auto jobs = jobs_.lock(); return jobs->find(id) != jobs->end(); }
        	int level() const { const auto access = level_->try_access(); return access ? *access : 0; }
        	const u64 &first() const { return first_; }
        	void tick() KCXX_MUST_NOT_SLEEP { last_.set(time_.read().seconds); }
        	void advance() { time_.write_irqsave()->seconds++; }
        private:
        	mutable Mutex<String> name_{LOCK_CLASS("name")};
        	Mutex<Map<int, int>> jobs_{LOCK_CLASS("jobs")};
        	PerCpu<u64> counts_;
        	Arc<Revocable<int>> level_;
        	u64 first_ = 0;
        	SeqLock<Time> time_{LOCK_CLASS("time")};
        	Atomic<u64> last_{0};
        	Work<&Pump::advance> work_{LOCK_CLASS("work"), *this};
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        };
        """
    ),
    "object-that-keeps-what-lives-as-long": """\
        struct Limits { u32 speed; u32 most; };
        struct Part { explicit Part(const Limits &of) : limits{of} {} const Limits &limits; };
        struct Copy { explicit Copy(const Limits &of) : limits{of}, most{of.most} {} Limits limits; u32 most; };
        struct Text { explicit Text(std::string_view of) : size{of.size()}, first{of[0]} {} std::size_t size; char first; };
        struct Named { explicit Named(const std::string_view &of) : name{of} {} std::string_view name; };
        struct Listed { explicit Listed(const Limits &of) { pr_info("%u\\n", of.most); } };
        struct Owner
        {
        	explicit Owner(Limits of) : limits{of}, part{limits} {}
        	Owner(const Owner &) = delete;
        	Owner &operator=(const Owner &) = delete;
        	Limits limits;
        	Part part;
        };
        struct Moved
        {
        	explicit Moved(Box<Limits> of) : part{*of}, limits{std::move(of)} {}
        	Part part;
        	Box<Limits> limits;
        };
        constexpr Limits shared{1, 2};
        constinit Atomic<u32> count{0};
        struct Counted { explicit Counted(Atomic<u32> &of) : number{of} {} Atomic<u32> &number; };
        class Pump
        {
        public:
        	explicit Pump(u32 n, const Limits &given)
        	    : limits_{n, 2 * n}, part_{limits_}, given_{given}, shared_{shared}, copy_{Limits{n, n}}, text_{"pump"}, named_{"pump"}
        	{
        	}
        	Pump(const Pump &) = delete;
        	Pump &operator=(const Pump &) = delete;
        	Result<Box<Part>> own() { return Box<Part>::make(GFP_KERNEL, limits_); }
        	static Result<Box<Part>> of(const Limits &limits) { return Box<Part>::make(GFP_KERNEL, limits); }
        	static Result<Box<Part>> of_all() { return Box<Part>::make(GFP_KERNEL, shared); }
        	static Result<Box<Copy>> copy()
        	{
        		const Limits limits{1, 2};
        		return Box<Copy>::make(GFP_KERNEL, limits);
        	}
        	static Result<Arc<Counted>> counted() { return Arc<Counted>::make(GFP_KERNEL, count); }
        	static Result<Moved> moved()
        	{
        		auto limits = KTRY(Box<Limits>::make(GFP_KERNEL));
        		return Moved{std::move(limits)};
        	}
        	static Result<std::pair<Box<Limits>, Box<Part>>> both()
        	{
        		auto limits = KTRY(Box<Limits>::make(GFP_KERNEL));
        		auto part = KTRY(Box<Part>::make(GFP_KERNEL, *limits));
        		return std::pair{std::move(limits), std::move(part)};
        	}
        	static u32 local(u32 n)
        	{
        		const Limits limits{n, n};
        		const Part part{limits};
        		const Copy copied{Limits{n, n}};
        		const Listed listed{Limits{n, n}};
        		const u32 most = Part{Limits{n, n}}.limits.most;
        		auto boxed = Box<Part>::make(GFP_KERNEL, limits);
        		return part.limits.most + copied.most + most + (boxed ? (*boxed)->limits.most : 0);
        	}
        	static void walk()
        	{
        		HashMap<int, u32> map;
        		Vec<u32> all;
        		for (auto at = map.begin(); at != map.end();)
        			at = at->first % 2 == 0 ? map.erase(at) : at + 1;
        		u32 *last = nullptr;
        		last = all.data();
        		pr_info("%d\\n", last == nullptr);
        	}
        	static Result<> texts()
        	{
        		const auto name = KTRY(String::format(GFP_KERNEL, "pump%d", 7));
        		const std::string_view view = name.view();
        		const std::size_t size = KTRY(String::format(GFP_KERNEL, "pump%d", 7)).view().size();
        		const Text text{KTRY(String::format(GFP_KERNEL, "pump%d", 8)).view()};
        		const auto last = KTRY(String::from(view.substr(1), GFP_KERNEL));
        		const std::string_view found = *std::optional<std::string_view>{view};
        		const auto &kept = Limits{1, 2};
        		const Part part{kept};
        		pr_info("%zu %zu %zu %zu %u\\n", size, text.size, last.size(), found.size(), part.limits.most);
        		return {};
        	}
        private:
        	Limits limits_;
        	Part part_;
        	Part given_;
        	Part shared_;
        	Copy copy_;
        	Text text_;
        	Named named_;
        	std::array<int, 3> steps_{1, 2, 3};
        };
        """,
    "user-memory-that-is-read-once": """\
        struct Request { u32 size; u32 command; unsigned long data; unsigned long more; };
        static Result<u32> size_at(unsigned long address) { return UserSlice{address, sizeof(u32)}.reader().read<u32>(); }
        Result<> on(IoctlCall &call)
        {
        	UserReader reader = UserSlice{call.argument(), 256}.reader();
        	const u32 size = KTRY(reader.read<u32>());
        	if (size > 252)
        		return EINVAL;
        	const auto all = KTRY(reader.read_all(256, GFP_KERNEL));
        	return UserSlice{call.argument(), all.size()}.writer().write("done");
        }
        Result<> parts(const Request &request)
        {
        	const auto data = KTRY(UserSlice(request.data, 8).reader().read_all(8, GFP_KERNEL));
        	const auto more = KTRY(UserSlice(request.more, 8).reader().read_all(8, GFP_KERNEL));
        	const auto behind = KTRY(UserSlice(request.data + 8, 8).reader().read_all(8, GFP_KERNEL));
        	pr_info("%zu\\n", data.size() + more.size() + behind.size());
        	return {};
        }
        Result<u32> one_of(unsigned long address, u32 command)
        {
        	if (command == 1)
        		return size_at(address);
        	if (command == 2) {
        		const u32 size = KTRY(size_at(address));
        		return {std::in_place, 2 * size};
        	}
        	switch (command) {
        	case 3:
        		return UserSlice{address, 4}.reader().read<u32>();
        	case 4: {
        		const u32 size = KTRY(size_at(address));
        		return {std::in_place, 4 * size};
        	}
        	default:
        		break;
        	}
        	return command == 5 ? size_at(address) : UserSlice{address, 8}.reader().read<u32>();
        }
        Result<> probe_only(unsigned long address)
        {
        	const u32 size = KTRY(size_at(address));
        	if (UserSlice(address, 0).reader().empty() && UserSlice(address, size).reader().read_all(8, GFP_KERNEL).error() == E2BIG)
        		return E2BIG;
        	return {};
        }
        Result<u32> behind_it(unsigned long address)
        {
        	const u32 size = KTRY(size_at(address));
        	UserReader rest = UserSlice{address, size}.reader();
        	KTRY(rest.skip(sizeof(u32)));
        	return rest.read<u32>();
        }
        Result<u32> chain(unsigned long address)
        {
        	u32 sum = KTRY(size_at(address));
        	address += sum;
        	sum += KTRY(size_at(address));
        	return {std::in_place, sum};
        }
        Result<> handlers(IoctlCall &call)
        {
        	return call.on(Iow<u32>{'p', 1}, [](u32 size) -> Result<> { return size > 4 ? Result<>{EINVAL} : Result<>{}; })
        		.on(Iow<u64>{'p', 2}, [](u64 size) -> Result<> { return size > 4 ? Result<>{EINVAL} : Result<>{}; })
        		.on(Io{'p', 3}, [&]() -> Result<> { return KTRY(size_at(call.argument())) > 4U ? Result<>{EINVAL} : Result<>{}; })
        		.result();
        }
        """,
    "starts-behind-the-data": (
        """\
        class Pump
        {
        public:
        	static Result<Pump> probe(platform::BoundDevice &) { return {std::in_place, 3}; }
        	explicit Pump(int limit)
        	{
        		limit_ = limit;
        		timer_.start(milliseconds(10));
        	}
        	Result<> start(platform::BoundDevice &device)
        	{
        		KTRY(ring_.resize(16, 0, GFP_KERNEL));
        		limit_ = KTRY(device.property<u32>("limit"));
        		set_up();
        		return irq_.request(device, KTRY(device.irq(0)));
        	}
        	void more() { (void)work_.queue(); extra_ = 1; }
        private:
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		if (limit_ < ring_.size())
        			pr_info("%u\\n", ring_[limit_]);
        		return IrqReturn::handled;
        	}
        	void set_up() { limit_ += 1; }
        	void tick() KCXX_MUST_NOT_SLEEP { pr_info("%u\\n", limit_); }
        	void drain() {}
        	Vec<u8> ring_;
        	u32 limit_ = 0;
        	u32 extra_ = 0;
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        	Work<&Pump::drain> work_{LOCK_CLASS("drain"), *this};
        	Irq<&Pump::interrupt> irq_{*this};
        };
        """
    ),
    "sets-behind-a-start-what-the-callback-does-not-use": (
        """\
        class Pump
        {
        public:
        	static Result<Pump> probe(platform::BoundDevice &) { return {std::in_place}; }
        	Result<> start(platform::BoundDevice &device)
        	{
        		KTRY(irq_.request(device, KTRY(device.irq(0))));
        		own_ = 1;
        		*level_.lock() = 2;
        		count_.set(3);
        		device_name_ = "pump";
        		thread_ = KTRY(KThread::run("pump", [this] { count_.set(1); }));
        		waiting_ = 4;
        		KTRY(disabled_.request(device, KTRY(device.irq(1)), irq_flags::disabled));
        		late_ = 5;
        		disabled_.enable();
        		return {};
        	}
        	Result<> init(bool soon)
        	{
        		if (soon) {
        			timer_.start(milliseconds(1));
        			return {};
        		}
        		if (own_ == 1)
        			timer_.start(milliseconds(1));
        		else
        			ticks_ = 1;
        		timer_.cancel();
        		ticks_ = 2;
        		timer_.start(milliseconds(1));
        		return {};
        	}
        private:
        	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
        	{
        		*level_.lock() += 1;
        		count_.set(4);
        		return IrqReturn::handled;
        	}
        	IrqReturn later() KCXX_MUST_NOT_SLEEP
        	{
        		pr_info("%d\\n", late_);
        		return IrqReturn::handled;
        	}
        	void tick() KCXX_MUST_NOT_SLEEP { pr_info("%d\\n", ticks_); }
        	int own_ = 0;
        	int waiting_ = 0;
        	int late_ = 0;
        	int ticks_ = 0;
        	std::string_view device_name_;
        	SpinLock<int, FromIrq> level_{LOCK_CLASS("level"), 0};
        	Atomic<int> count_{0};
        	std::optional<KThread> thread_;
        	Timer<&Pump::tick> timer_{LOCK_CLASS("tick"), *this};
        	Irq<&Pump::interrupt> irq_{*this};
        	Irq<&Pump::later> disabled_{*this};
        };
        """
    ),
    "starts-of-parts-behind-a-registration": (
        """\
        class Channel
        {
        public:
        	explicit Channel(int number) : number_{number} {}
        	Result<> start() { ++number_; return {}; }
        	int number() { return number_; }
        private:
        	int number_;
        };
        class Sensor
        {
        public:
        	static Result<Sensor> probe(platform::BoundDevice &) { return {std::in_place}; }
        	Result<> start(platform::BoundDevice &device)
        	{
        		KTRY(channels_.push(KTRY(Box<Channel>::make(GFP_KERNEL, 1)), GFP_KERNEL));
        		KTRY(levels_.push(1, GFP_KERNEL));
        		KTRY(hwmon::add(device, "pump", *this));
        		for (Box<Channel> &channel : channels_)
        			KTRY(channel->start());
        		KTRY(channels_[0]->start());
        		KTRY(own_.start());
        		pr_info("%d %d\\n", levels_[0], *levels_.begin());
        		return {};
        	}
        	Result<long> read(hwmon::TempInput, int) const { return Result<long>{std::in_place, static_cast<long>(channels_.size() + levels_.size()) + own_level()}; }
        	long own_level() const { return own_copy(own_); }
        private:
        	static long own_copy(Channel channel) { return channel.number(); }
        	Vec<Box<Channel>> channels_;
        	Vec<int> levels_;
        	Channel own_{2};
        };
        """
    ),
    "starts-of-other-callbacks-and-registrations-last": (
        """\
        class Sensor
        {
        public:
        	static Result<Sensor> probe(platform::BoundDevice &) { return {std::in_place}; }
        	Result<> start(platform::BoundDevice &device)
        	{
        		one_ = KTRY(Closure<Timer>::make(GFP_KERNEL, LOCK_CLASS("one"), [this]() KCXX_LAMBDA_MUST_NOT_SLEEP { pr_info("%d\\n", of_one_); }));
        		other_ = KTRY(Closure<Timer>::make(GFP_KERNEL, LOCK_CLASS("other"), [this]() KCXX_LAMBDA_MUST_NOT_SLEEP { pr_info("%d\\n", of_other_); }));
        		of_one_ = 1;
        		(*one_)->start(milliseconds(1));
        		of_other_ = 1;
        		(*other_)->start(milliseconds(1));
        		scale_ = 3;
        		return hwmon::add(device, "pump", *this);
        	}
        	Result<long> read(hwmon::TempInput, int) const { return Result<long>{std::in_place, scale_}; }
        private:
        	long scale_ = 0;
        	int of_one_ = 0;
        	int of_other_ = 0;
        	std::optional<Closure<Timer>> one_;
        	std::optional<Closure<Timer>> other_;
        };
        class Last
        {
        public:
        	virtual ~Last() { timer_.shutdown(); }
        protected:
        	void begin() { timer_.start(milliseconds(1)); }
        private:
        	virtual void step() KCXX_NEVER_SLEEPS = 0;
        	void tick() KCXX_MUST_NOT_SLEEP { step(); }
        	Timer<&Last::tick> timer_{LOCK_CLASS("last"), *this};
        };
        class Whole final : public Last
        {
        public:
        	Whole() { begin(); }
        	~Whole() override = default;
        private:
        	void step() override {}
        };
        """
    ),
    "initialisers-that-only-name-later-members": (
        """\
        struct Views { const int &level; const int *other; };
        class Pump
        {
        public:
        	Pump() : views_{level_, &level_} {}
        	Pump(const Pump &) = delete;
        	Pump &operator=(const Pump &) = delete;
        private:
        	int compute() { other_ = 2; return other_ + known_; }
        	int twice() const { return 2 * known_; }
        	void drain() { *lock_.lock() += 1; }
        	Views views_;
        	int known_ = 1;
        	int most_ = twice();
        	int sum_ = compute();
        	std::size_t bytes_ = sizeof(level_);
        	std::size_t count_ = levels_.size();
        	std::span<int> all_{levels_};
        	int level_ = 3;
        	int other_;
        	std::array<int, 4> levels_{};
        	Mutex<int> lock_{LOCK_CLASS("lock"), 0};
        	Work<&Pump::drain> work_{LOCK_CLASS("work"), *this};
        	bool queued_ = work_.queue();
        };
        """
    ),
}


def together(cases: dict[str, str]) -> str:
    """A source with all @cases, a namespace each"""
    return HEAD + "".join(f"namespace case{i} {{\n{textwrap.dedent(text)}}}\n" for i, text in enumerate(cases.values()))


@pytest.fixture(scope="session")
def wrong(lint: Lint) -> Linted:
    """All cases of wrong code"""
    return lint(together(WRONG), as_text=True)


@pytest.mark.parametrize("case", WRONG)
def test_wrong_code_is_found_in_every_file(case: str, wrong: Linted) -> None:
    """Each line that a comment marks with its rule is found, no other is, and the message is whole."""
    lines = wrong.source.splitlines()
    first = lines.index(f"namespace case{list(WRONG).index(case)} {{") + 1
    last = first + WRONG[case].count("\n")
    expected = {at: rule for at in range(first, last + 1) for rule in re.findall(r"// (kcxx-\S+)$", lines[at - 1])}
    found = {int(str(one["line"])): one["id"] for one in wrong.document["findings"] if first <= int(str(one["line"])) <= last}
    assert expected and found == expected
    for at, rule in expected.items():
        message = MESSAGES[rule]
        said = wrong.said[wrong.said.index(f"pump.cc:{at}: ") :].splitlines()
        assert said[0] == f"pump.cc:{at}: kcxx: {message.what} [{rule}]"
        assert said[2:4] == [f"  needed: {message.needed}", f"  write instead: {message.rewrite}"]


def test_right_code_is_let_pass(lint: Lint) -> None:
    """Code that waits, ends in order, or bounds its numbers has no finding."""
    assert lint(together(RIGHT)).all() == []


# Sources of the repository


def test_code_of_the_page_is_right(lint: Lint) -> None:
    """The block of docs/safety.md is KCXX_SAFE, and its KCXX_UNSAFE is listed."""
    page = (REPOSITORY / "docs/safety.md").read_text(encoding="utf-8")
    chapter = page[page.index("## The safe profile") :]
    code = "\n".join(re.findall(r"^    (.*)$", chapter, re.M))
    linted = lint(f"{MODULE}\n{code}\n")
    assert linted.all() == []
    assert [block["reason"] for block in linted.document["unsafe"]] == ["the kernel passes the level that request() was given"]

EXAMPLES = sorted(lists.parent for lists in (REPOSITORY / "examples").rglob("CMakeLists.txt") if "build" not in lists.parts)
MODULES = REPOSITORY / "tests/modules"


@pytest.mark.parametrize("project", [*EXAMPLES, MODULES], ids=lambda path: path.name)
def test_source_of_the_repository_has_no_finding(
    project: Path, package: Path, kernels: dict[str, Kernel], kcxx: Path, tmp_path: Path
) -> None:
    """The examples, their drivers and the tests' own modules"""
    build = CMakeProject(project, tmp_path, package, kernels["6.12"].build)
    must(build.configure("-DBUILD_TESTING=OFF"))
    result = run(kcxx, "lint", "--format", "json", tmp_path, env={"KCXX_CACHE": str(tmp_path / "cache")})
    document = json.loads(result.stdout)
    assert (document["findings"], document["refused"], result.returncode) == ([], 0, ExitStatus.OK), result.stderr
    assert document["sources"] > 0


# Wrong calls


def test_lint_without_the_checker_names_what_to_install(kcxx: Path, tmp_path: Path) -> None:
    """kcxx without kcxx-lint beside it"""
    copy = tmp_path / "bin/kcxx"
    copy.parent.mkdir()
    copy.write_bytes(kcxx.read_bytes())
    copy.chmod(0o755)
    result = run(copy, "lint", tmp_path)
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert "kcxx: kcxx was built without kcxx lint\n" in result.stderr
    assert "type:   apt install libclang-19-dev llvm-19-dev, and build kcxx anew\n" in result.stderr


def test_lint_needs_a_database(kcxx: Path, tmp_path: Path) -> None:
    """The message has the lines to type."""
    result = run(kcxx, "lint", tmp_path)
    assert result.returncode == ExitStatus.USAGE
    assert "no compile_commands.json" in result.stderr
    assert "then kcxx lint build; or make -C" in result.stderr


def test_source_that_clang_refuses_is_named(lint: Lint, package: Path, kernels: dict[str, Kernel], kcxx: Path, tmp_path: Path) -> None:
    """It was not checked: Clang's error, and a status of its own."""
    project = CMakeProject(tmp_path, tmp_path / "build", package, kernels["6.12"].build)
    project.write("pump.cc", MODULE + "int level = unknown;\n")
    project.lists("add_kernel_module(pump pump.cc)\n")
    must(project.configure())
    result = run(kcxx, "lint", project.build, env={"KCXX_CACHE": str(tmp_path / "cache")})
    assert result.returncode == ExitStatus.INPUT
    assert f"kcxx: {project.source}/pump.cc was not checked: Clang refuses it\n" in result.stderr
    assert "use of undeclared identifier 'unknown'" in result.stderr
