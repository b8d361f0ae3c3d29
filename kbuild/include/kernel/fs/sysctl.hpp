// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Numbers that sysctl(8) reads and sets. C API: <linux/sysctl.h>.

#pragma once

#include <string_view>
#include <utility>

#include <generated/bindings/fs/sysctl.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/string.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/rwonce.hpp>

namespace kernel
{

/// The numbers that a Sysctl takes; user space gets EINVAL for others
struct SysctlRange {
	int least; ///< the smallest
	int most;  ///< the largest
};

namespace detail
{

/// A table of one entry, and what it points at
class SysctlRegistration
{
public:
	SysctlRegistration(String name, int value, SysctlRange range)
	    : name_{std::move(name)}, value_{value}, range_{range}
	{
	}
	SysctlRegistration(const SysctlRegistration &) = delete;
	SysctlRegistration &operator=(const SysctlRegistration &) = delete;
	~SysctlRegistration() KCXX_MAY_SLEEP
	{
		if (header_ != nullptr)
			// SAFETY: the table was registered, and is unregistered once.
			bindings::unregister_sysctl_table(header_);
	}

	/// Errors: as of Sysctl::make()
	[[nodiscard]] Result<> add(const char *path, unsigned short mode)
	{
		::ctl_table &entry = table_[0];
		entry.procname = name_.c_str();
		entry.data = &value_;
		entry.maxlen = sizeof(value_);
		entry.mode = mode;
		entry.proc_handler = &bindings::proc_dointvec_minmax;
		entry.extra1 = &range_.least;
		entry.extra2 = &range_.most;
		// SAFETY: the object stays where it is until it is unregistered.
		header_ = bindings::kcxx_register_sysctl(path, table_);
		if (header_ == nullptr)
			return ENOMEM;
		return {};
	}

	[[nodiscard]] int value() const { return read_once(value_); }
	void set(int value) { write_once(value_, value); }

private:
	String name_;
	int value_;
	SysctlRange range_;
	::ctl_table table_[2]{}; // NOLINT(*-avoid-c-arrays): C's; 6.1 wants an empty entry
	::ctl_table_header *header_ = nullptr;
};

} // namespace detail

/// A number in `/proc/sys/<path>/<name>`, as long as this object lives. Moves, does not copy.
///
///     auto speed = KTRY(Sysctl::make("dev/pump", "speed", 0644, 5, {.least = 0, .most = 9}));
///     pr_info("%d\n", speed.value());
class [[nodiscard]] Sysctl
{
public:
	/// Makes the file: register_sysctl().
	///
	/// \param path folders, made if they are missing
	/// \param name the file's name; it is copied
	/// \param mode the permissions
	/// \param value the initial value
	/// \param range the numbers that user space may set
	///
	/// Errors: ENOMEM, also if the name exists, which the kernel logs. Context: may sleep.
	[[nodiscard]] static Result<Sysctl> make(const char *path, std::string_view name,
						 unsigned short mode, int value,
						 SysctlRange range) KCXX_MAY_SLEEP
	{
		String own = KTRY(String::from(name, GFP_KERNEL));
		auto made = KTRY(Box<detail::SysctlRegistration>::make(GFP_KERNEL, std::move(own),
								       value, range));
		KTRY(made->add(path, mode));
		return Sysctl{std::move(made)};
	}

	Sysctl(const Sysctl &) = delete;
	Sysctl &operator=(const Sysctl &) = delete;
	/// Leaves the other object without a number. Context: any.
	Sysctl(Sysctl &&) noexcept = default;
	/// Ends the number of this object before. Context: may sleep.
	Sysctl &operator=(Sysctl &&) noexcept = default;

	/// Waits for tasks that read or set it. Context: may sleep.
	~Sysctl() = default;

	/// The current value; user space may set it at any time. Context: any.
	[[nodiscard]] int value() const { return registration_->value(); }

	/// Sets the value, whatever the range. Context: any.
	void set(int value) { registration_->set(value); }

private:
	explicit Sysctl(Box<detail::SysctlRegistration> registration) noexcept
	    : registration_{std::move(registration)}
	{
	}

	Box<detail::SysctlRegistration> registration_;
};

} // namespace kernel
