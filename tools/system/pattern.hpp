// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Regular expressions. Matching takes a time in proportion to the text, and a fixed part of the
// stack.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace re2
{
class RE2;
}

namespace kcxx
{

/** A regular expression in the syntax of RE2, of bytes: a text need not be UTF-8. */
class Pattern
{
public:
	/** Returns the pattern that @source is, or why it is none. */
	static std::expected<Pattern, std::string> compile(std::string_view source);

	/** Whether a part of @text matches. */
	[[nodiscard]] bool is_in(std::string_view text) const;

	/** Whether @text as a whole matches. */
	[[nodiscard]] bool is_all_of(std::string_view text) const;

private:
	explicit Pattern(std::shared_ptr<const re2::RE2> expression)
	    : expression_(std::move(expression))
	{
	}

	std::shared_ptr<const re2::RE2> expression_;
};

} // namespace kcxx
