// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Single words, in all of the text: also where the configuration leaves it out.
#include "convert/rules.hpp"

#include <clang/Lex/Lexer.h>

namespace kcxx::convert
{

namespace
{

using namespace clang;

/** The words of the text, without blanks and comments. */
std::vector<Token> read_words(Conversion &conversion)
{
	auto &sources = conversion.sources();
	const auto file = sources.getMainFileID();
	Lexer lexer(file, sources.getBufferOrFake(file), sources, conversion.ast().getLangOpts());
	std::vector<Token> words;
	Token word;
	while (!lexer.LexFromRawLexer(word))
		words.push_back(word);
	if (word.isNot(tok::eof))
		words.push_back(word);
	return words;
}

/**
 * A directive: #include <linux/new.h> names no new; what a macro pastes is no name yet, and its
 * parameters may have any.
 */
class Directive
{
public:
	explicit Directive(const std::vector<Token> &words) : words_(words) {}

	/** Looks at the word @i; returns whether it may be a name. */
	bool takes(size_t i)
	{
		const auto &word = words_[i];
		if (word.isAtStartOfLine()) {
			is_include_ = is_define_ = false;
			if (word.is(tok::hash) && i + 1 < words_.size()) {
				const auto name = words_[i + 1].getRawIdentifier();
				is_include_ = name == "include" || name == "error" ||
					      name == "warning" || name == "pragma";
				is_define_ = name == "define";
				if (is_define_)
					read_parameters(i + 3);
			}
		}
		if (is_include_)
			return false;
		return !is_define_ || (!is_pasted(i) && !is_parameter_of_macro(word));
	}

private:
	/** Reads the parameters of the macro whose name is before the word @i. */
	void read_parameters(size_t i)
	{
		parameters_.clear();
		if (i >= words_.size() || words_[i].isNot(tok::l_paren) ||
		    words_[i].hasLeadingSpace())
			return;
		for (; i < words_.size() && words_[i].isNot(tok::r_paren); i++)
			if (words_[i].is(tok::raw_identifier))
				parameters_.insert(words_[i].getRawIdentifier());
	}

	[[nodiscard]] bool is_parameter_of_macro(const Token &word) const
	{
		return word.is(tok::raw_identifier) &&
		       parameters_.contains(word.getRawIdentifier());
	}

	[[nodiscard]] bool is_pasted(size_t i) const
	{
		return words_[i - 1].isOneOf(tok::hashhash, tok::hash) ||
		       (i + 1 < words_.size() && words_[i + 1].is(tok::hashhash));
	}

	const std::vector<Token> &words_;
	std::set<StringRef> parameters_;
	bool is_include_ = false;
	bool is_define_ = false;
};

// module_param(class, int, 0444): the name is the parameter's, too.
bool is_parameter(const Token &macro)
{
	return macro.is(tok::raw_identifier) &&
	       macro.getRawIdentifier().starts_with("module_param") &&
	       !macro.getRawIdentifier().contains("_named");
}

} // namespace

void words(Conversion &conversion, const std::set<unsigned> &arguments_of_macros)
{
	const auto tokens = read_words(conversion);
	Directive directive(tokens);
	for (size_t i = 0; i < tokens.size(); i++) {
		const auto &token = tokens[i];
		const bool may_be_name = directive.takes(i);
		const auto at = *conversion.offset(token.getLocation());
		if (tok::isStringLiteral(token.getKind()) && i + 1 < tokens.size() &&
		    tokens[i + 1].is(tok::raw_identifier) && !tokens[i + 1].hasLeadingSpace() &&
		    !tokens[i + 1].isAtStartOfLine())
			conversion.add_to_word({at, at + token.getLength()}, " ");
		if (token.isNot(tok::raw_identifier) || !may_be_name ||
		    !is_reserved(token.getRawIdentifier()))
			continue;
		const bool is_argument = arguments_of_macros.contains(at);
		if (is_argument && conversion.reserved_uses.contains(at) && i >= 2 &&
		    is_parameter(tokens[i - 2]))
			conversion.leave(token.getLocation(),
					 "a parameter of the module gets another name: see "
					 "module_param_named()");
		if (!is_argument || conversion.reserved_uses.contains(at))
			conversion.add_to_word({at, at + token.getLength()}, "_");
	}
}

} // namespace kcxx::convert
