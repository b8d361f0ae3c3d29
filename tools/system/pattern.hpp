// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Regular expressions. The time of matching is proportional to the length of the text, and its use
// of the stack is fixed.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace re2
{
class RE2;
}

namespace kcxx
{

/** A regular expression in the syntax of RE2. It matches bytes, so texts need not be UTF-8. */
class Pattern
{
public:
	/** Returns the pattern of @source, or why it is invalid. */
	static std::expected<Pattern, std::string> compile(std::string_view source);

	/** Returns whether a part of @text matches. */
	[[nodiscard]] bool is_in(std::string_view text) const;

	/** Returns the texts of the groups in the first part of @text that matches; nothing if none
	 * does. */
	[[nodiscard]] std::vector<std::string> groups_in(std::string_view text) const;

	/** Returns whether the whole @text matches. */
	[[nodiscard]] bool is_all_of(std::string_view text) const;

private:
	explicit Pattern(std::shared_ptr<const re2::RE2> expression)
	    : expression_(std::move(expression))
	{
	}

	std::shared_ptr<const re2::RE2> expression_;
};

} // namespace kcxx
