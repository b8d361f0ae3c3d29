// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Objects that would outlive their module. C API: none; C's module_put() of each object is the
/// author's.
///
/// If a timer, a work, a thread or a device lives on when its module has gone, the kernel calls
/// what is not there any more. So these count their objects, by their class; Arcs count those that
/// have a destructor, and may own one. rmmod waits until none is left, and the log names the
/// classes, as it does for a network device that is in use. A cycle of owners never ends: then
/// rmmod waits forever, and nothing crashes.

#pragma once

#include <string_view>

#include <generated/bindings/module/live_objects.hpp>
#include <kernel/printk/printk.hpp>
#include <kernel/sync/context.hpp>

namespace kernel::detail
{

/// The name of T, as the compiler spells it
template <typename T>
consteval std::string_view name_of_type()
{
	const std::string_view whole =
		__PRETTY_FUNCTION__; // "… [with T = Pump; …]", "… [T = Pump]"
	const std::size_t begin = whole.find("T = ") + 4;
	return whole.substr(begin, whole.find_first_of(";]", begin) - begin);
}

/// The number of objects of one class that live. A template, because a compiler takes long for the
/// message of wait(): only a source that counts objects has it.
template <typename Any>
class LiveObjectsOf
{
public:
	// By value, a compiler would try each constructor of a view.
	explicit consteval LiveObjectsOf(const std::string_view &type) : type_{type} {}

	/// One was made. Context: any.
	[[gnu::always_inline]] void add() noexcept
	{
		if (__atomic_add_fetch(&count_, 1, __ATOMIC_RELAXED) == 0) [[unlikely]]
			enlist();
	}

	/// One has ended. Context: any.
	[[gnu::always_inline]] void end() noexcept
	{
		__atomic_sub_fetch(&count_, 1, __ATOMIC_RELEASE);
	}

	/// Returns when no object lives. Context: may sleep.
	static void wait_for_all() KCXX_MAY_SLEEP
	{
		if (const auto wait = __atomic_load_n(&wait_, __ATOMIC_ACQUIRE); wait != nullptr)
			wait();
	}

private:
	using Wait = void();

	/// Puts the first object of this class on record. Only a module with such a class has the
	/// code that waits.
	[[gnu::noinline]] void enlist() noexcept
	{
		LiveObjectsOf *first = __atomic_load_n(&first_, __ATOMIC_RELAXED);
		do
			next_ = first;
		while (!__atomic_compare_exchange_n(&first_, &first, this, true, __ATOMIC_RELEASE,
						    __ATOMIC_RELAXED));
		__atomic_store_n(&wait_, &wait, __ATOMIC_RELEASE);
		__atomic_add_fetch(&count_, 1, __ATOMIC_RELAXED);
	}

	static void wait()
	{
		for (unsigned int turn = 0;; ++turn) {
			bool lives = false;
			for (const LiveObjectsOf *each = __atomic_load_n(&first_, __ATOMIC_ACQUIRE);
			     each != nullptr; each = each->next_) {
				const int count = __atomic_load_n(&each->count_, __ATOMIC_ACQUIRE);
				if (count == 0)
					continue;
				lives = true;
				if (turn % turns_between_messages == 0)
					pr_err("waiting for objects to end: {} of {}\n", count,
					       each->type_);
			}
			if (!lives)
				return;
			// SAFETY: the caller may sleep.
			bindings::msleep(turn_in_milliseconds);
		}
	}

	static constexpr unsigned int turn_in_milliseconds = 250;
	static constexpr unsigned int turns_between_messages = 40;

	static inline constinit LiveObjectsOf *first_ =
		nullptr;                               // NOLINT(*-non-const-global-variables)
	static inline constinit Wait *wait_ = nullptr; // NOLINT(*-non-const-global-variables)

	std::string_view type_;
	LiveObjectsOf *next_ = nullptr;
	int count_ = -1; // until the first object, which is on record
};

using LiveObjects = LiveObjectsOf<void>;

/// The objects of class T
template <typename T>
inline constinit LiveObjects live_objects{name_of_type<T>()};

/// The first member of a class T whose objects the kernel calls back: counts them.
template <typename T>
class CountedLife
{
public:
	CountedLife() noexcept { live_objects<T>.add(); }
	CountedLife(const CountedLife &) = delete;
	CountedLife &operator=(const CountedLife &) = delete;
	~CountedLife() { live_objects<T>.end(); }
};

} // namespace kernel::detail
