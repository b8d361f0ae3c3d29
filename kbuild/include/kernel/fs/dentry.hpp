// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Names in directories. C API: <linux/dcache.h>.

#pragma once

#include <string_view>

#include <generated/bindings/fs/dentry.hpp>

namespace kernel
{

// sizeof: the bindings then have the members.
static_assert(alignof(::dentry) > 0);

/// A name that user space wants to make, to remove or to rename, valid during one call by the
/// kernel: do not keep it. Its directory is locked meanwhile.
class Dentry
{
public:
	/// For the library, which gets the C entry from the kernel
	explicit Dentry(const ::dentry *raw) noexcept : raw_{raw} {}
	Dentry(const Dentry &) = delete;
	Dentry &operator=(const Dentry &) = delete;
	~Dentry() = default;

	/// The last part of the path: not empty, without a slash. Context: any.
	[[nodiscard]] std::string_view name() const
	{
		// The directory is locked, so no task renames the entry.
		return {reinterpret_cast<const char *>(raw_->d_name.name), raw_->d_name.len};
	}

	/// For C functions
	[[nodiscard]] const ::dentry *raw() const noexcept { return raw_; }

private:
	const ::dentry *raw_;
};

} // namespace kernel
