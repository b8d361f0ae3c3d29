// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Options of mount(8), from -o. C API: struct fs_parameter of <linux/fs_context.h>.

#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include <generated/bindings/fs/fs_context.hpp>
#include <kernel/error.hpp>
#include <kernel/kstrtox.hpp>

namespace kernel
{

// sizeof: the bindings then have the members.
static_assert(alignof(::fs_context) > 0 && alignof(::fs_parameter) > 0);

namespace detail
{

/// Parses a size such as "64k". Errors: EINVAL; ERANGE. Context: any.
[[nodiscard]] inline Result<std::uint64_t> parse_size(std::string_view text)
{
	const std::string_view number = text.substr(0, text.find_first_of("kKmMgG"));
	const std::string_view unit = text.substr(number.size());
	if (number.size() >= 32 || unit.size() > 1)
		return EINVAL;
	unsigned int shift = 0;
	if (unit == "k" || unit == "K")
		shift = 10;
	else if (unit == "m" || unit == "M")
		shift = 20;
	else if (!unit.empty())
		shift = 30;
	const auto value = KTRY(parse_number<unsigned long long>(number));
	if (value > std::numeric_limits<unsigned long long>::max() >> shift)
		return ERANGE;
	return value << shift;
}

} // namespace detail

/// One option of a mount, valid while the kernel parses it: `size=64k`, or `strict`. Context of
/// all: any.
class MountOption
{
public:
	/// For the library, which gets the C parameter from the kernel
	explicit MountOption(const ::fs_parameter *raw) noexcept : raw_{raw} {}
	MountOption(const MountOption &) = delete;
	MountOption &operator=(const MountOption &) = delete;
	~MountOption() = default;

	/// The text before "="
	[[nodiscard]] std::string_view name() const { return raw_->key; }

	/// True if there is no "="
	[[nodiscard]] bool is_flag() const { return raw_->type == ::fs_value_is_flag; }

	/// The text after "=". Errors: EINVAL if there is no value, or the value is no text.
	[[nodiscard]] Result<std::string_view> text() const
	{
		if (raw_->type != ::fs_value_is_string || raw_->string == nullptr)
			return EINVAL;
		return std::string_view{raw_->string};
	}

	/// The value as a number: 10, 0x10 or 64k, where k is 1024, m and g its powers. Errors:
	/// EINVAL if it is no number; ERANGE if it is too large.
	[[nodiscard]] Result<std::uint64_t> number() const
	{
		return detail::parse_size(KTRY(text()));
	}

private:
	const ::fs_parameter *raw_;
};

} // namespace kernel
