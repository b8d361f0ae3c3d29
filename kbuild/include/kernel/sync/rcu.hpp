// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Read-copy-update: objects that are read without a lock. C API: <linux/rcupdate.h>.

#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include <generated/bindings/sync/rcu.hpp>
#include <kernel/bug.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/rwonce.hpp>
#include <kernel/sync/thread_safety.hpp>
#include <kernel/types/lifetime.hpp>
#include <kernel/types/opaque.hpp>

namespace kernel
{

/// Reads under RCU as long as the guard lives: objects that are read stay. Guards nest; the
/// task may not sleep before the last one ends. Context: any.
class [[nodiscard]] KCXX_SCOPED_CAPABILITY RcuReadGuard : public AtomicContext
{
public:
	/// It stays where it was made: see Send.
	static constexpr bool is_send = false;

	// SAFETY, of both: each constructor has its destructor, in the same task.
	RcuReadGuard() KCXX_ACQUIRE(this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		bindings::rcu_read_lock();
	}
	~RcuReadGuard() KCXX_RELEASE() KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		bindings::rcu_read_unlock();
	}

	RcuReadGuard(const RcuReadGuard &) = delete;
	RcuReadGuard &operator=(const RcuReadGuard &) = delete;
};

/// Returns when all current readers under RCU have ended. Context: may sleep, for long.
inline void synchronize_rcu() KCXX_MAY_SLEEP
{
	// SAFETY: the caller may sleep.
	bindings::synchronize_rcu();
}

/// Room for the kernel's record of memory to free: the first base of a T that
/// RcuPointer<T>::replace_kfree_rcu() replaces.
class RcuHead
{
	Opaque<::callback_head> room_;
};

/// A type that kfree_rcu() can free: it has no destructor, because the module may be gone by
/// then
template <typename T>
concept FreedByRcu = std::derived_from<T, RcuHead> && std::is_trivially_destructible_v<T>;

/// Owns a T, or none, which readers read while writers put another in its place:
///
///     kernel::RcuReadGuard guard;
///     if (const Settings *settings = settings_.read(guard))
///             …
///
/// A T that is being read does not change: a writer makes a new one. Does not move.
template <typename T>
class RcuPointer
{
	static_assert(!std::is_polymorphic_v<T>,
		      "kcxx-E1466: RcuPointer frees a T, not what derives from it");

public:
	/// See Sync.
	static constexpr bool is_sync = true;

	/// Null. Context: any.
	constexpr RcuPointer() noexcept = default;

	/// Owns `object`.
	explicit RcuPointer(Box<T> object) noexcept : object_{detail::kept_by_c(std::move(object))}
	{
	}

	RcuPointer(const RcuPointer &) = delete;
	RcuPointer &operator=(const RcuPointer &) = delete;

	/// Frees the object when all readers of it have ended. Context: may sleep.
	~RcuPointer() KCXX_MAY_SLEEP { clear(); }

	/// The object, for as long as `guard` lives, or null. Context: any.
	[[nodiscard]] const T *read(const RcuReadGuard &guard KCXX_LIFETIMEBOUND) const noexcept
	{
		(void)guard;
		return read_once(object_); // reads through it are ordered after it
	}

	/// Puts `next` in place of the object, and frees the old object when all readers of it
	/// have ended. Several writers may call this at the same time. Context: may sleep, for
	/// long.
	void replace(Box<T> next) const KCXX_MAY_SLEEP
	{
		exchange(detail::kept_by_c(std::move(next)));
	}

	/// Like replace(), but does not wait: the kernel frees the old one by itself, even when
	/// the module has gone. For a T that is an RcuHead and has no destructor. Context: any
	/// but an NMI; under a spinlock too.
	void replace_kfree_rcu(Box<T> next) const
		requires FreedByRcu<T>
	{
		T *last = put(detail::kept_by_c(std::move(next)));
		if (last == nullptr)
			return;
		if (static_cast<void *>(static_cast<RcuHead *>(last)) != last) [[unlikely]]
			bug("RcuPointer: RcuHead is not the first base");
		// SAFETY: a Box's memory, given back once, that begins with a head.
		bindings::kcxx_kfree_rcu(last);
	}

	/// Like replace(), with null as the new object.
	void clear() const KCXX_MAY_SLEEP { exchange(nullptr); }

private:
	/// Exchanges the object for `next`; returns the old one
	T *put(T *next) const
	{
		// SAFETY: object_ is a pointer. xchg() orders: readers find *next complete.
		return static_cast<T *>(
			bindings::kcxx_xchg_pointer(reinterpret_cast<void **>(&object_), next));
	}

	void exchange(T *next) const KCXX_MAY_SLEEP
	{
		T *last = put(next);
		if (last == nullptr)
			return;
		synchronize_rcu();
		last->~T();
		// SAFETY: a Box's memory, given back once; no reader has it any more.
		bindings::kfree(last);
	}

	mutable T *object_ = nullptr;
};

} // namespace kernel
