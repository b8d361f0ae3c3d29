// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/lint.hpp"

#include <clang/Lex/Lexer.h>

namespace kcxx::lint
{

using namespace clang;

void Lint::note_block(const IfStmt &statement)
{
	const auto &sources = ast_.getSourceManager();
	const auto place = statement.getIfLoc();
	if (statement.getElse() == nullptr || !place.isMacroID() ||
	    Lexer::getImmediateMacroName(place, sources, ast_.getLangOpts()) != "KCXX_UNSAFE")
		return;
	const auto call = sources.getImmediateMacroCallerLoc(place);
	const auto range = statement.getElse()->getSourceRange();
	for (const auto &block : blocks_)
		if (block.range == range)
			return; // an instance of the same template
	const auto reason = reasons_.find(sources.getSpellingLoc(call));
	blocks_.push_back({.range = range,
			   .shown = {.place = shown(sources.getSpellingLoc(call)),
				     .reason = reason == reasons_.end() ? "" : reason->second,
				     .rules = {}}});
}

bool Lint::is_in(SourceLocation place, SourceRange range) const
{
	const auto &sources = ast_.getSourceManager();
	const auto offset = [&](SourceLocation at) { return sources.getDecomposedLoc(at); };
	const auto [file, here] = offset(place);
	const auto [first, begin] = offset(sources.getSpellingLoc(range.getBegin()));
	const auto [last, end] = offset(sources.getSpellingLoc(range.getEnd()));
	return file == first && file == last && begin <= here && here <= end;
}

Lint::Block *Lint::block_at(SourceLocation place)
{
	const auto &sources = ast_.getSourceManager();
	Block *innermost = nullptr;
	for (auto &block : blocks_)
		if (is_in(sources.getSpellingLoc(place), block.range) ||
		    is_in(sources.getExpansionLoc(place), block.range))
			innermost = &block; // blocks are noted from the outside in
	return innermost;
}

Place Lint::shown(SourceLocation place) const
{
	const auto at = ast_.getSourceManager().getPresumedLoc(place);
	return {.file = at.getFilename(), .line = at.getLine(), .column = at.getColumn()};
}

std::string Lint::text(SourceRange range) const
{
	constexpr std::size_t most = 72;
	const auto &sources = ast_.getSourceManager();
	const auto characters = Lexer::makeFileCharRange(CharSourceRange::getTokenRange(range),
							 sources, ast_.getLangOpts());
	const auto written = Lexer::getSourceText(
		characters.isValid()
			? characters
			: CharSourceRange::getTokenRange(sources.getSpellingLoc(range.getBegin()),
							 sources.getSpellingLoc(range.getEnd())),
		sources, ast_.getLangOpts());
	std::string line;
	for (const char letter : written)
		if (letter != ' ' && letter != '\t' && letter != '\n')
			line += letter;
		else if (!line.empty() && line.back() != ' ')
			line += ' ';
	if (line.size() > most)
		line = line.substr(0, most) + " …";
	return line;
}

bool Lint::is_safe(SourceLocation place)
{
	const auto user = files_.of_user(place);
	return user && files_.is_safe(*user);
}

void Lint::report(const Rule &rule, SourceLocation place, SourceRange range)
{
	const auto user = files_.of_user(place);
	if (!user)
		return;
	if (auto *block = block_at(place)) {
		block->shown.rules.insert(rule.id);
		return;
	}
	if (rule.is_of_the_safe_profile() && !files_.is_safe(*user))
		return;
	findings_.insert({.place = shown(*user), .rule = &rule, .found = text(range)});
}

Results Lint::results() &&
{
	Results results;
	results.findings.assign(findings_.begin(), findings_.end());
	for (auto &block : blocks_)
		results.blocks.push_back(std::move(block.shown));
	return results;
}

} // namespace kcxx::lint
