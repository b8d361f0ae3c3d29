// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Options of mount(8), from -o. C API: struct fs_parameter of <linux/fs_context.h>.

#pragma once

#include <cstdint>
#include <string_view>

#include <generated/kcxx-bindings.hpp>
#include <kernel/error.hpp>

struct fs_context;
struct fs_context_operations;
struct fs_parameter;
struct super_block;

namespace kernel
{

/// One option of a mount, valid while the kernel parses it: `size=64k`, or `strict`. Context of
/// all: any.
class MountOption
{
public:
	explicit MountOption(const struct fs_parameter *raw) noexcept : raw_{raw} {}
	MountOption(const MountOption &) = delete;
	MountOption &operator=(const MountOption &) = delete;
	~MountOption() = default;

	// SAFETY, of all: the kernel holds the parameter while it is parsed.

	/// The text before "="
	[[nodiscard]] std::string_view name() const
	{
		return bindings::kcxx_fs_parameter_key(raw_);
	}

	/// True if there is no "="
	[[nodiscard]] bool is_flag() const
	{
		return bindings::kcxx_fs_parameter_is_flag(raw_) != 0;
	}

	/// The text after "=". Errors: EINVAL if there is no value, or the value is no text.
	[[nodiscard]] Result<std::string_view> text() const
	{
		const char *text = bindings::kcxx_fs_parameter_string(raw_);
		if (text == nullptr)
			return EINVAL;
		return std::string_view{text};
	}

	/// The value as a number: 10, 0x10 or 64k, where k is 1024, m and g its powers. Errors:
	/// EINVAL if it is no number; ERANGE if it is too large.
	[[nodiscard]] Result<std::uint64_t> number() const
	{
		const char *text = bindings::kcxx_fs_parameter_string(raw_);
		if (text == nullptr)
			return EINVAL;
		unsigned long long number = 0;
		KTRY(to_result(bindings::kcxx_parse_size(text, &number)));
		return number;
	}

private:
	const struct fs_parameter *raw_;
};

} // namespace kernel
