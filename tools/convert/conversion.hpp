// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The conversion of one source: where its syntax tree is in its text, the changes, and what is left
// to a person.
#pragma once

#include "convert/edits.hpp"

#include <clang/AST/ASTContext.h>
#include <clang/AST/Decl.h>
#include <clang/AST/Expr.h>
#include <clang/AST/Stmt.h>
#include <clang/Basic/SourceManager.h>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kcxx::convert
{

/** The nodes above the one that is looked at, the outermost first. */
using Parents = std::vector<const clang::Stmt *>;

class Conversion
{
public:
	explicit Conversion(clang::ASTContext &ast);

	clang::ASTContext &ast() { return ast_; }
	clang::SourceManager &sources() { return sources_; }
	[[nodiscard]] std::string_view text() const { return text_; }
	[[nodiscard]] std::string text(Span span) const
	{
		return std::string(text_.substr(span.begin, span.end - span.begin));
	}

	/**
	 * The text of @range in the file that is converted: written there, or in an argument or the
	 * body of one of the file's macros. Nothing for what a macro of another file makes.
	 */
	std::optional<Span> span(clang::SourceRange range);
	/** Likewise, but in @outer, where an argument of a macro stands by its name. */
	std::optional<Span> span_in(Span outer, clang::SourceRange range);

	/** The calls of macros in @outer that make @range, or a part of what they make. */
	std::optional<Span> calls_in(Span outer, clang::SourceRange range);

	/** The text of @range in the body of the macro that is called in @call. */
	std::optional<clang::SourceRange> in_body(Span call, clang::SourceRange range);
	std::optional<Span> span(const clang::Stmt *node) { return span(node->getSourceRange()); }

	/**
	 * The text by which @expression is used: of a macro that is all of it, the name; of an
	 * argument in parentheses of a macro of another file, the argument.
	 */
	std::optional<Span> use(const clang::Expr *expression);
	std::optional<unsigned> offset(clang::SourceLocation place);

	/** Whether @place is in the file that is converted, or in one of its macros. */
	bool is_ours(clang::SourceLocation place);

	/** Whether @range begins in the body of a macro. */
	bool is_in_macro_body(clang::SourceRange range);

	/** Puts @pieces in the place of @span, and reports @what where that cannot be done. */
	void replace(Span span, std::vector<Piece> pieces, std::string_view what);
	void wrap(Span span, std::string before, std::string after, std::string_view what)
	{
		replace(span, {std::move(before), span, std::move(after)}, what);
	}
	void insert(unsigned at, std::vector<Piece> pieces)
	{
		edits_.insert(at, std::move(pieces));
	}
	void insert_before_word(unsigned at, std::string text)
	{
		edits_.insert_before_word(at, std::move(text));
	}
	/** Adds @text to the word at @word, in all that ends with it. */
	void add_to_word(Span word, const std::string &text);

	/** Reports @what, which a person has to do. */
	void leave(clang::SourceLocation place, std::string what);

	/** @type as C++ names it; nothing for a type without a name. */
	std::optional<std::string> type_name(clang::QualType type);

	/** A name that is not in the source: "pump_ops" or "pump_ops_2". */
	std::string unused_name(const std::string &wanted);

	/** The offset where the line of @at begins, and the blanks it begins with. */
	[[nodiscard]] unsigned line_begin(unsigned at) const;
	[[nodiscard]] std::string indentation(unsigned at) const;

	/** Names that C++ reserves, where the source names something by them. */
	std::set<unsigned> reserved_uses;

	/** Variables that get another name. */
	std::set<const clang::VarDecl *> renamed_variables;

	[[nodiscard]] const Edits &edits() const { return edits_; }
	[[nodiscard]] const std::map<unsigned, std::set<std::string>> &left() const
	{
		return left_;
	}

private:
	std::optional<Span> find_in(Span outer, clang::SourceRange range, bool is_all);
	std::optional<Span> span_of_words(clang::SourceLocation first, clang::SourceLocation last);
	std::optional<std::string> pointer_name(clang::QualType type);

	clang::ASTContext &ast_;
	clang::SourceManager &sources_;
	std::string_view text_;
	Edits edits_;
	std::map<unsigned, std::set<std::string>> left_; // by line
	std::set<std::string> made_names_;
};

/** Whether @tag is defined in a struct that C++ cannot name: it moves out. */
bool is_in_unnamed(const clang::TagDecl &tag);

/** "outer::" of a type that is defined in a struct; nothing in @inside, where C++ has the name. */
std::string scope_of(const clang::TagDecl &tag, const clang::RecordDecl *inside = nullptr);

/** Whether C++ reserves @name, and C does not. */
bool is_reserved(std::string_view name);

} // namespace kcxx::convert
