// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "convert/conversion.hpp"

#include <algorithm>
#include <cctype>
#include <clang/AST/Decl.h>
#include <clang/AST/Type.h>
#include <clang/Basic/IdentifierTable.h>
#include <clang/Lex/Lexer.h>

namespace kcxx::convert
{

namespace
{

// Whether @word is the last one of what it was expanded from
bool is_last(const clang::ASTContext &ast, clang::SourceLocation word)
{
	const auto &sources = ast.getSourceManager();
	const auto length = clang::Lexer::MeasureTokenLength(sources.getSpellingLoc(word), sources,
							     ast.getLangOpts());
	return sources.isAtEndOfImmediateMacroExpansion(
		word.getLocWithOffset(static_cast<int>(length)));
}

// A place and those where it was written: arguments in the call, and a whole macro by its name
std::vector<clang::SourceLocation> uses(const clang::ASTContext &ast, clang::SourceLocation place,
					bool begins)
{
	const auto &sources = ast.getSourceManager();
	std::vector<clang::SourceLocation> chain = {place};
	while (place.isMacroID()) {
		if (sources.isMacroArgExpansion(place)) {
			place = sources.getImmediateSpellingLoc(place);
		} else {
			if (!(begins ? sources.isAtStartOfImmediateMacroExpansion(place)
				     : is_last(ast, place)))
				break;
			const auto range = sources.getImmediateExpansionRange(place);
			place = begins ? range.getBegin() : range.getEnd();
		}
		chain.push_back(place);
	}
	return chain;
}

// A place and those that it was expanded at, the innermost first; if @is_all, as long as it begins
// (or ends) what it is in.
std::vector<clang::SourceLocation> expansions(const clang::ASTContext &ast,
					      clang::SourceLocation place, bool begins,
					      bool is_all = true)
{
	const auto &sources = ast.getSourceManager();
	std::vector<clang::SourceLocation> chain = {place};
	while (place.isMacroID()) {
		const bool argument = sources.isMacroArgExpansion(place);
		if (is_all && !argument &&
		    !(begins ? sources.isAtStartOfImmediateMacroExpansion(place)
			     : is_last(ast, place)))
			break;
		const auto range = sources.getImmediateExpansionRange(place);
		place = begins ? range.getBegin() : range.getEnd();
		chain.push_back(place);
	}
	return chain;
}

bool is_word(char c)
{
	return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// @text with names that C++ reserves as kbuild/bindgen/cxx-names.awk has them
std::string renamed(const std::string &text)
{
	std::string out;
	for (size_t at = 0; at < text.size();) {
		size_t end = at;
		while (end < text.size() && is_word(text[end]))
			end++;
		const auto word = text.substr(at, end - at);
		out += word;
		if (is_reserved(word))
			out += '_';
		if (end < text.size())
			out += text[end++];
		at = end;
	}
	return out;
}

// A struct's own name, or that of its typedef
llvm::StringRef name_of(const clang::TagDecl &tag)
{
	const auto *type = tag.getTypedefNameForAnonDecl();
	return type != nullptr ? type->getName() : tag.getName();
}

const clang::RecordDecl *outer_of(const clang::TagDecl &tag)
{
	return clang::dyn_cast<clang::RecordDecl>(tag.getLexicalDeclContext());
}

} // namespace

bool is_in_unnamed(const clang::TagDecl &tag)
{
	for (const auto *outer = outer_of(tag); outer != nullptr; outer = outer_of(*outer))
		if (name_of(*outer).empty())
			return true;
	return false;
}

std::string scope_of(const clang::TagDecl &tag, const clang::RecordDecl *inside)
{
	if (is_in_unnamed(tag))
		return "";
	std::string names;
	for (const auto *outer = outer_of(tag); outer != nullptr; outer = outer_of(*outer)) {
		for (const auto *around = inside; around != nullptr; around = outer_of(*around))
			if (around == outer)
				return names;
		const auto name = name_of(*outer).str();
		names.insert(0, name + (is_reserved(name) ? "_::" : "::"));
	}
	return names;
}

bool is_reserved(std::string_view name)
{
	static clang::IdentifierTable words([] {
		clang::LangOptions cxx;
		cxx.CXXOperatorNames = 1; // "and" and "or"
		cxx.CPlusPlus = cxx.CPlusPlus11 = cxx.CPlusPlus14 = cxx.CPlusPlus17 =
			cxx.CPlusPlus20 = 1;
		cxx.CPlusPlus23 = cxx.WChar = cxx.Char8 = cxx.Coroutines = 1;
		return cxx;
	}());
	static clang::IdentifierTable words_of_c([] {
		clang::LangOptions c;
		c.C99 = c.C11 = c.GNUKeywords = c.GNUMode = 1;
		return c;
	}());
	// Kernel C has them as macros, types and enumerators.
	for (const auto *both : {"bool", "true", "false", "static_assert", "thread_local"})
		if (name == both)
			return false;
	if (name.empty() || name.starts_with("__")) // an own word of the compilers
		return false;
	const auto &in_cxx = words.get(name);
	return in_cxx.getTokenID() != clang::tok::identifier &&
	       words_of_c.get(name).getTokenID() == clang::tok::identifier;
}

Conversion::Conversion(clang::ASTContext &ast)
    : ast_(ast), sources_(ast.getSourceManager()),
      text_(sources_.getBufferData(sources_.getMainFileID())), edits_(text_)
{
}

std::optional<unsigned> Conversion::offset(clang::SourceLocation place)
{
	const auto spelled = sources_.getSpellingLoc(place);
	if (sources_.getFileID(spelled) != sources_.getMainFileID())
		return {};
	// A word at the very begin of a line that continues a macro begins, for Clang, with the
	// \ before it.
	auto at = sources_.getFileOffset(spelled);
	while (at < text_.size() && text_[at] == '\\')
		at = static_cast<unsigned>(std::min(text_.find('\n', at), text_.size() - 1)) + 1;
	return at;
}

bool Conversion::is_ours(clang::SourceLocation place)
{
	return offset(place).has_value();
}

bool Conversion::is_in_macro_body(clang::SourceRange range)
{
	return range.getBegin().isMacroID() && !sources_.isMacroArgExpansion(range.getBegin());
}

std::optional<Span> Conversion::span_of_words(clang::SourceLocation first,
					      clang::SourceLocation last)
{
	const auto begin = offset(first);
	const auto end = offset(last);
	if (!begin || !end || *end < *begin)
		return {};
	const auto written = sources_.getFileOffset(sources_.getSpellingLoc(last));
	// The last word of an expansion is its closing parenthesis.
	return Span{*begin,
		    written + clang::Lexer::MeasureTokenLength(sources_.getSpellingLoc(last),
							       sources_, ast_.getLangOpts())};
}

std::optional<Span> Conversion::span(clang::SourceRange range)
{
	if (range.isInvalid())
		return {};
	for (const auto begin : expansions(ast_, range.getBegin(), true))
		for (const auto end : expansions(ast_, range.getEnd(), false))
			if (sources_.getFileID(begin) == sources_.getFileID(end))
				if (const auto span = span_of_words(begin, end))
					return span;
	return {};
}

std::optional<Span> Conversion::use(const clang::Expr *expression)
{
	std::optional<Span> outermost;
	for (const auto begin : uses(ast_, expression->getBeginLoc(), true))
		for (const auto end : uses(ast_, expression->getEndLoc(), false))
			if (sources_.getFileID(begin) == sources_.getFileID(end))
				if (const auto span = span_of_words(begin, end))
					outermost = span;
	if (!outermost)
		outermost = span(expression);
	const auto *inner = expression->IgnoreImpCasts();
	return !outermost && clang::isa<clang::ParenExpr>(inner) ? use(inner->IgnoreParens())
								 : outermost;
}

std::optional<Span> Conversion::span_in(Span outer, clang::SourceRange range)
{
	return find_in(outer, range, true);
}

std::optional<Span> Conversion::calls_in(Span outer, clang::SourceRange range)
{
	return find_in(outer, range, false);
}

std::optional<clang::SourceRange> Conversion::in_body(Span call, clang::SourceRange range)
{
	const auto place_in = [&](clang::SourceLocation place, bool begins) {
		clang::SourceLocation below;
		for (const auto at : expansions(ast_, place, begins, false)) {
			const auto word = span_of_words(at, at);
			if (below.isValid() && word &&
			    (begins ? word->begin == call.begin : word->end == call.end))
				return below;
			below = sources_.getSpellingLoc(at);
		}
		return clang::SourceLocation();
	};
	const auto begin = place_in(range.getBegin(), true);
	const auto end = place_in(range.getEnd(), false);
	if (begin.isInvalid() || end.isInvalid() ||
	    sources_.getFileID(begin) != sources_.getFileID(end))
		return {};
	return clang::SourceRange(begin, end);
}

std::optional<Span> Conversion::find_in(Span outer, clang::SourceRange range, bool is_all)
{
	for (const auto begin : expansions(ast_, range.getBegin(), true, is_all))
		for (const auto end : expansions(ast_, range.getEnd(), false, is_all))
			if (sources_.getFileID(begin) == sources_.getFileID(end))
				if (const auto span = span_of_words(begin, end);
				    span && outer.holds(*span))
					return span;
	return {};
}

// As its last letter, which lies in all that ends there
void Conversion::add_to_word(Span word, const std::string &text)
{
	edits_.replace({word.end - 1, word.end}, {std::string(1, text_[word.end - 1]) + text});
}

void Conversion::replace(Span span, std::vector<Piece> pieces, std::string_view what)
{
	if (!edits_.replace(span, std::move(pieces)))
		leave(sources_.getLocForStartOfFile(sources_.getMainFileID())
			      .getLocWithOffset(static_cast<int>(span.begin)),
		      std::string(what) + ": its places need different text");
}

void Conversion::leave(clang::SourceLocation place, std::string what)
{
	const auto at =
		offset(place).value_or(sources_.getFileOffset(sources_.getExpansionLoc(place)));
	left_[sources_.getLineNumber(sources_.getMainFileID(), at)].insert(std::move(what));
}

std::optional<std::string> Conversion::type_name(clang::QualType type)
{
	// A type may stand for another by an expression or an attribute.
	while (true) {
		const auto *node = type.getTypePtr();
		if (clang::isa<clang::TypeOfExprType, clang::TypeOfType, clang::AttributedType,
			       clang::BTFTagAttributedType, clang::MacroQualifiedType,
			       clang::AutoType, clang::AdjustedType, clang::ParenType>(node)) {
			const auto quals = type.getLocalQualifiers();
			type = ast_.getQualifiedType(type.getSingleStepDesugaredType(ast_), quals);
			continue;
		}
		break;
	}
	if (type->isPointerType() && !clang::isa<clang::TypedefType>(type.getTypePtr()))
		return pointer_name(type);
	if (const auto *tag = type->getAsTagDecl();
	    tag != nullptr && tag->getName().empty() && tag->getTypedefNameForAnonDecl() == nullptr)
		return {};
	clang::PrintingPolicy policy(ast_.getLangOpts());
	policy.Bool = 1;
	if (const auto *tag = type->getAsTagDecl();
	    tag != nullptr && !clang::isa<clang::TypedefType>(type.getTypePtr()))
		if (outer_of(*tag) != nullptr && is_ours(tag->getLocation()) &&
		    !tag->getName().empty()) {
			const auto quals = type.getQualifiers().getAsString();
			return (quals.empty() ? "" : quals + " ") + tag->getKindName().str() + " " +
			       scope_of(*tag) + renamed(tag->getName().str());
		}
	return renamed(type.getAsString(policy));
}

std::optional<std::string> Conversion::pointer_name(clang::QualType type)
{
	const auto pointee = type->getPointeeType();
	const auto quals = type.getLocalQualifiers().getAsString();
	if (pointee->isFunctionType() || pointee->isArrayType()) {
		clang::PrintingPolicy policy(ast_.getLangOpts());
		policy.Bool = 1;
		return renamed(type.getCanonicalType().getUnqualifiedType().getAsString(policy));
	}
	const auto name = type_name(pointee);
	if (!name)
		return {};
	return *name + (name->ends_with('*') ? "*" : " *") + quals;
}

std::string Conversion::unused_name(const std::string &wanted)
{
	auto name = wanted;
	for (int number = 2;; number++) {
		bool used = made_names_.contains(name);
		for (size_t at = text_.find(name); !used && at != std::string_view::npos;
		     at = text_.find(name, at + 1))
			used = (at == 0 || !is_word(text_[at - 1])) &&
			       (at + name.size() == text_.size() ||
				!is_word(text_[at + name.size()]));
		if (!used)
			break;
		name = wanted + "_" + std::to_string(number);
	}
	made_names_.insert(name);
	return name;
}

unsigned Conversion::line_begin(unsigned at) const
{
	const auto newline = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
	return newline == std::string_view::npos ? 0 : static_cast<unsigned>(newline + 1);
}

std::string Conversion::indentation(unsigned at) const
{
	const auto begin = line_begin(at);
	auto end = begin;
	while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\t'))
		end++;
	return text({begin, end});
}

} // namespace kcxx::convert
