// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/pattern.hpp"

#include <re2/re2.h>
#include <re2/stringpiece.h>
#include <span>

namespace kcxx
{

namespace
{

// RE2 of Debian 12 has its own StringPiece; later versions take absl::string_view.
re2::StringPiece piece(std::string_view text)
{
	return {text.data(), text.size()};
}

} // namespace

std::expected<Pattern, std::string> Pattern::compile(std::string_view source)
{
	RE2::Options options(RE2::Latin1);
	options.set_log_errors(false);
	auto expression = std::make_shared<const RE2>(piece(source), options);
	if (!expression->ok())
		return std::unexpected(expression->error());
	return Pattern(std::move(expression));
}

bool Pattern::is_in(std::string_view text) const
{
	return RE2::PartialMatch(piece(text), *expression_);
}

std::vector<std::string> Pattern::groups_in(std::string_view text) const
{
	std::vector<re2::StringPiece> parts(
		1 + static_cast<size_t>(expression_->NumberOfCapturingGroups()));
	if (!expression_->Match(piece(text), 0, text.size(), RE2::UNANCHORED, parts.data(),
				static_cast<int>(parts.size())))
		return {};
	std::vector<std::string> groups;
	for (const auto &part : std::span(parts).subspan(1))
		groups.emplace_back(part.data(), part.size());
	return groups;
}

bool Pattern::is_all_of(std::string_view text) const
{
	return RE2::FullMatch(piece(text), *expression_);
}

} // namespace kcxx
