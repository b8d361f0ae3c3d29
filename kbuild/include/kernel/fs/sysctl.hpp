// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Numbers that sysctl(8) reads and sets. C API: <linux/sysctl.h>.

#pragma once

#include <string_view>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/string.hpp>
#include <kernel/sync/context.hpp>

struct kcxx_sysctl;

namespace kernel
{

/// The numbers that a Sysctl takes; user space gets EINVAL for others
struct SysctlRange {
	int least;
	int most;
};

/// A number in /proc/sys/<path>/<name>, as long as this object lives. Moves, does not copy.
///
///     auto speed = KTRY(Sysctl::make("dev/pump", "speed", 0644, 5, {.least = 0, .most = 9}));
///     pr_info("%d\n", speed.value());
class [[nodiscard]] Sysctl
{
public:
	/// \param path folders, made if they are missing
	/// \param value the initial value
	///
	/// Errors: ENOMEM, also if the name exists, which the kernel logs. Context: may sleep.
	[[nodiscard]] static Result<Sysctl> make(const char *path, std::string_view name,
						 unsigned short mode, int value,
						 SysctlRange range) KCXX_MAY_SLEEP
	{
		String own = KTRY(String::from(name, GFP_KERNEL));
		// SAFETY: null is handled.
		struct kcxx_sysctl *entry =
			bindings::kcxx_sysctl_alloc(value, range.least, range.most);
		if (entry == nullptr) [[unlikely]]
			return ENOMEM;
		Sysctl made{entry, std::move(own)};
		// SAFETY: entry and name stay where they are until it is unregistered.
		KTRY(to_result(
			bindings::kcxx_register_sysctl(entry, path, made.name_.c_str(), mode)));
		return made;
	}

	Sysctl(const Sysctl &) = delete;
	Sysctl &operator=(const Sysctl &) = delete;
	Sysctl(Sysctl &&other) noexcept
	    : entry_{std::exchange(other.entry_, nullptr)}, name_{std::move(other.name_)}
	{
	}

	Sysctl &operator=(Sysctl &&other) noexcept
	{
		const Sysctl old{std::move(*this)};
		entry_ = std::exchange(other.entry_, nullptr);
		name_ = std::move(other.name_);
		return *this;
	}

	/// Waits for tasks that read or set it. Context: may sleep.
	~Sysctl()
	{
		if (entry_ != nullptr)
			// SAFETY: given back once, registered or not.
			bindings::kcxx_unregister_sysctl(entry_);
	}

	/// The current value; user space may set it at any time. Context: any.
	[[nodiscard]] int value() const
	{
		// SAFETY: entry_ lives as long as this.
		return bindings::kcxx_sysctl_value(checked());
	}

	/// Sets the value, whatever the range. Context: any.
	void set(int value)
	{
		// SAFETY: entry_ lives as long as this.
		bindings::kcxx_sysctl_set(checked(), value);
	}

private:
	Sysctl(struct kcxx_sysctl *entry, String name) noexcept
	    : entry_{entry}, name_{std::move(name)}
	{
	}

	[[nodiscard]] struct kcxx_sysctl *checked() const
	{
		if (entry_ == nullptr) [[unlikely]]
			bug("Sysctl: used after a move");
		return entry_;
	}

	struct kcxx_sysctl *entry_;
	String name_;
};

} // namespace kernel
