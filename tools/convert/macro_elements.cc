// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Elements that one macro makes: PHY_ID_MATCH_MODEL(x) is two designators, between which C++ wants
// others. They are written out, as the body of the macro has them.
#include "convert/initializers.hpp"

#include <algorithm>
#include <clang/Lex/Lexer.h>

namespace kcxx::convert
{

namespace
{

using namespace clang;

/** Words of @text from @begin on, one at a time. */
class Words
{
public:
	Words(const LangOptions &language, StringRef text, size_t begin)
	    : text_(text), lexer_({}, language, text.begin(), text.begin() + begin, text.end())
	{
		next();
	}

	const Token &operator*() const { return token_; }
	const Token *operator->() const { return &token_; }
	[[nodiscard]] StringRef text() const { return text_.substr(begin_, end_ - begin_); }
	[[nodiscard]] size_t begin() const { return begin_; }
	[[nodiscard]] size_t end() const { return end_; }
	void next()
	{
		lexer_.LexFromRawLexer(token_);
		end_ = static_cast<size_t>(lexer_.getBufferLocation() - text_.begin());
		begin_ = end_ - token_.getLength();
	}

private:
	StringRef text_;
	Lexer lexer_;
	Token token_;
	size_t begin_ = 0;
	size_t end_ = 0;
};

// Where the line begins that @at is in, with those that it continues
size_t define_of(StringRef text, size_t at)
{
	while (true) {
		const auto newline = text.rfind('\n', at);
		if (newline == StringRef::npos)
			return 0;
		if (newline == 0 || !text.substr(0, newline).rtrim('\r').ends_with('\\'))
			return newline + 1;
		at = newline - 1;
	}
}

// The names of the parameters of "#define name(a, b) …"
std::vector<std::string> parameters(const LangOptions &language, StringRef text, size_t define)
{
	std::vector<std::string> names;
	Words word(language, text, define);
	for (int i = 0; i < 3; i++) // #, define, its name
		word.next();
	if (word->isNot(tok::l_paren) || word->hasLeadingSpace())
		return names;
	for (word.next(); word->isNot(tok::r_paren) && word->isNot(tok::eof); word.next())
		if (word->is(tok::raw_identifier))
			names.push_back(word.text().str());
	return names;
}

// The arguments in "name(x, y)"
std::vector<Span> arguments(Conversion &conversion, Span call)
{
	std::vector<Span> found;
	const auto text = StringRef(conversion.text()).substr(0, call.end);
	Words word(conversion.ast().getLangOpts(), text, call.begin);
	word.next();
	int depth = 0;
	for (; word.end() < call.end && word->isNot(tok::eof); word.next()) {
		const Span here = {static_cast<unsigned>(word.begin()),
				   static_cast<unsigned>(word.end())};
		if (depth == 0 || (depth == 1 && word->is(tok::comma))) {
			found.push_back({here.end, here.end});
		} else {
			if (found.back().empty())
				found.back().begin = here.begin;
			found.back().end = here.end;
		}
		if (word->isOneOf(tok::l_paren, tok::l_brace, tok::l_square))
			depth++;
		else if (word->isOneOf(tok::r_paren, tok::r_brace, tok::r_square))
			depth--;
	}
	return found;
}

// The text of @value in the body of the macro, with the arguments of @call
std::optional<std::vector<Piece>> written_out(Conversion &conversion, Span call, const Expr &value)
{
	const auto body = conversion.in_body(call, value.getSourceRange());
	if (!body)
		return {};
	auto &sources = conversion.sources();
	const auto &language = conversion.ast().getLangOpts();
	const auto text = sources.getBufferData(sources.getFileID(body->getBegin()));
	const size_t begin = sources.getFileOffset(body->getBegin());
	const size_t end = sources.getFileOffset(body->getEnd());
	const auto names = parameters(language, text, define_of(text, begin));
	const auto values = arguments(conversion, call);
	std::vector<Piece> pieces;
	std::string words;
	for (Words word(language, text, begin); word.begin() <= end && word->isNot(tok::eof);
	     word.next()) {
		if (word->isOneOf(tok::hash, tok::hashhash) || word.text() == "__VA_ARGS__")
			return {};
		if (word.begin() != begin && (word->hasLeadingSpace() || word->isAtStartOfLine()))
			words += ' ';
		const auto name = std::ranges::find(names, word.text().str());
		if (name == names.end()) {
			words += word.text();
			continue;
		}
		const auto index = static_cast<size_t>(name - names.begin());
		if (index >= values.size())
			return {};
		pieces.emplace_back(std::exchange(words, ""));
		pieces.emplace_back(values[index]);
	}
	pieces.emplace_back(words);
	return pieces;
}

bool is_of_several(const Element &element)
{
	return element.is_made_by_macro && element.made.size() > 1;
}

} // namespace

bool is_interleaved(const List &list)
{
	return std::ranges::any_of(list.elements, [&](const Element &macro) {
		return is_of_several(macro) &&
		       (macro.is_out_of_order ||
			std::ranges::any_of(list.elements, [&](const Element &other) {
				const auto index = other.path.front().index;
				return index > macro.path.front().index &&
				       index < macro.last_path.front().index;
			}));
	});
}

bool write_out_macros(Conversion &conversion, List &list)
{
	std::vector<Element> elements;
	for (const auto &element : list.elements) {
		if (!is_of_several(element)) {
			elements.push_back(element);
			continue;
		}
		for (const auto &made : element.made) {
			auto one = element;
			auto text = written_out(conversion, element.whole, *made.value);
			if (!text)
				return false;
			one.text = std::move(*text);
			one.path = one.last_path = made.path;
			one.is_made_by_macro = false;
			one.follows_in_macro = &made != &element.made.front();
			if (&made != &element.made.back())
				one.after = {element.whole.end, element.whole.end};
			elements.push_back(std::move(one));
		}
	}
	list.elements = std::move(elements);
	return true;
}

} // namespace kcxx::convert
