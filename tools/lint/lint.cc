// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/lint.hpp"

#include <clang/Lex/Lexer.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule macros_of_the_kernel = {
	.id = "kcxx-safe-macro",
	.what = "a macro of C, of which no type says what it needs and what it owns",
	.needed = "the library's type or function for it",
	.rewrite = "a class with this macro inside, as <kernel/...> has them; or KCXX_UNSAFE(\"why "
		   "the "
		   "macro is right here\") { ... }",
};

} // namespace

bool is_std_move(const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	return function != nullptr && call.getNumArgs() == 1 && function->isInStdNamespace() &&
	       function->getIdentifier() != nullptr && function->getName() == "move";
}

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

std::string Lint::text(SourceRange range)
{
	constexpr std::size_t most = 72;
	const auto &sources = ast_.getSourceManager();
	auto characters = Lexer::makeFileCharRange(CharSourceRange::getTokenRange(range), sources,
						   ast_.getLangOpts());
	if (files_.origin(range.getBegin()) != Origin::user) // a macro of the kernel's
		characters = Lexer::makeFileCharRange(sources.getExpansionRange(range), sources,
						      ast_.getLangOpts());
	else if (characters.isInvalid()) // in the body of a macro of the user's
		characters =
			CharSourceRange::getTokenRange(sources.getSpellingLoc(range.getBegin()),
						       sources.getSpellingLoc(range.getEnd()));
	const auto written = Lexer::getSourceText(characters, sources, ast_.getLangOpts());
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

void Lint::report(const Rule &rule, SourceLocation place, SourceRange range,
		  const std::string &more)
{
	const auto user = files_.of_user(place);
	if (!user)
		return;
	const bool in_macro = files_.origin(place) != Origin::user;
	const auto &broken =
		in_macro && rule.is_of_the_safe_profile() ? macros_of_the_kernel : rule;
	if (auto *block = block_at(place)) {
		block->shown.rules.insert(broken.id);
		return;
	}
	if (broken.is_of_the_safe_profile() && !files_.is_safe(*user))
		return;
	findings_.insert({.place = shown(*user), .rule = &broken, .found = text(range) + more});
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
