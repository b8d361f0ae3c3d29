// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Names in directories. C API: <linux/dcache.h>.

#pragma once

#include <cstddef>
#include <string_view>

#include <generated/kcxx-bindings.hpp>

struct dentry;

namespace kernel
{

/// A name that user space wants to make, to remove or to rename, valid during one call by the
/// kernel: do not keep it. Its directory is locked meanwhile.
class Dentry
{
public:
	explicit Dentry(const struct dentry *raw) noexcept : raw_{raw} {}
	Dentry(const Dentry &) = delete;
	Dentry &operator=(const Dentry &) = delete;
	~Dentry() = default;

	/// The last part of the path: not empty, without a slash. Context: any.
	[[nodiscard]] std::string_view name() const
	{
		std::size_t size = 0;
		// SAFETY: the directory is locked, so no task renames the entry.
		const unsigned char *name = bindings::kcxx_dentry_name(raw_, &size);
		return {reinterpret_cast<const char *>(name), size};
	}

	/// For C functions
	[[nodiscard]] const struct dentry *raw() const noexcept { return raw_; }

private:
	const struct dentry *raw_;
};

} // namespace kernel
