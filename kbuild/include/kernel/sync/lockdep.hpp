// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Classes of locks, for the kernel's lock validator. C API: <linux/lockdep.h>.

#pragma once

#include <generated/bindings/sync/lockdep.hpp>
#include <kernel/types/opaque.hpp>

struct lock_class_key;

namespace kernel
{

/// A class of locks: the locks that one declaration makes. The validator learns in which order
/// classes are taken, so that it reports a deadlock before it happens. Empty in kernels without
/// CONFIG_LOCKDEP.
class LockClass
{
public:
	LockClass(const LockClass &) = delete;
	LockClass &operator=(const LockClass &) = delete;
	~LockClass() = default;

#if defined(CONFIG_LOCKDEP)
	/// For LOCK_CLASS().
	explicit constexpr LockClass(const char *name) noexcept : name_{name} {}

	/// The name in the validator's reports; null without CONFIG_LOCKDEP.
	[[nodiscard]] const char *name() const noexcept { return name_; }
	/// The validator's key of the class; null without CONFIG_LOCKDEP.
	[[nodiscard]] lock_class_key *key() noexcept { return key_.get(); }
	/// For a lock that is made of two, as a seqlock
	[[nodiscard]] lock_class_key *inner_key() noexcept { return inner_key_.get(); }

private:
	using Key = Opaque<::lock_class_key>;

	const char *name_;
	Key key_;
	Key inner_key_;
#else
	/// As above; without the validator nothing is kept.
	explicit constexpr LockClass(const char * /*name*/) noexcept {}

	// NOLINTBEGIN(*-convert-member-functions-to-static): members, as above
	/// Null
	[[nodiscard]] const char *name() const noexcept { return nullptr; }
	/// Null
	[[nodiscard]] lock_class_key *key() noexcept { return nullptr; }
	/// Null
	[[nodiscard]] lock_class_key *inner_key() noexcept { return nullptr; }
	// NOLINTEND(*-convert-member-functions-to-static)
#endif
};

} // namespace kernel

/// The class of the locks that are constructed at this place in the source, named `name` in the
/// validator's reports and in /proc/lockdep. Every lock is constructed with one, so that no two
/// places share a class by mistake.
///
///     kernel::SpinLock<int> total_{LOCK_CLASS("total"), 0};
#define LOCK_CLASS(name)                                                                           \
	([]() noexcept -> ::kernel::LockClass & {                                                  \
		static constinit ::kernel::LockClass kcxx_lock_class{name};                        \
		return kcxx_lock_class;                                                            \
	}())
