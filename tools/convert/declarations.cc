// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Declarations that C++ has not: a static variable before its definition, a constant without a
// value, C's linkage.
#include "convert/rules.hpp"

#include <clang/AST/Attr.h>

namespace kcxx::convert
{

namespace
{

using namespace clang;

// The text of the word @word in @span
std::optional<Span> word_in(Conversion &conversion, Span span, std::string_view word)
{
	const auto at = conversion.text(span).find(word);
	if (at == std::string::npos)
		return {};
	const auto begin = span.begin + static_cast<unsigned>(at);
	auto end = begin + static_cast<unsigned>(word.size());
	while (end < span.end && (conversion.text()[end] == ' ' || conversion.text()[end] == '\t'))
		end++;
	return Span{begin, end};
}

bool is_first_in_statement(const VarDecl &variable)
{
	return variable.getBeginLoc().isFileID();
}

void rename(Conversion &conversion, SourceLocation place)
{
	if (const auto span = conversion.span(SourceRange(place)))
		conversion.add_to_word(*span, "_");
}

// A struct of the kernel's, beside which a variable of a namespace cannot have its name
bool is_name_of_tag(Conversion &conversion, const VarDecl &variable)
{
	for (const auto *other :
	     conversion.ast().getTranslationUnitDecl()->lookup(variable.getDeclName()))
		if (isa<TagDecl>(other))
			return true;
	return false;
}

// In an unnamed namespace C++ can declare what it defines later.
void in_unnamed_namespace(Conversion &conversion, const VarDecl &variable)
{
	const auto span = conversion.span(variable.getSourceRange());
	const auto removed = span ? word_in(conversion, *span, "static") : std::nullopt;
	const auto semicolon =
		span ? conversion.text().find(';', span->end) : std::string_view::npos;
	if (!removed || semicolon == std::string_view::npos || !is_first_in_statement(variable)) {
		conversion.leave(variable.getBeginLoc(),
				 "a static variable is declared before its definition");
		return;
	}
	if (is_name_of_tag(conversion, variable)) {
		conversion.renamed_variables.insert(variable.getCanonicalDecl());
		rename(conversion, variable.getLocation());
	}
	const bool defines = variable.hasInit() || variable.getMostRecentDecl() == &variable;
	conversion.replace(*removed, {defines ? "namespace { " : "namespace { extern "},
			   "a declaration");
	conversion.insert(static_cast<unsigned>(semicolon) + 1, {" }"});
}

// Whether it is only declared in C++: EXPORT_SYMBOL() declares it once more, which defines nothing.
bool is_defined_later(const VarDecl &variable)
{
	for (const auto *later = variable.getMostRecentDecl(); later != &variable;
	     later = later->getPreviousDecl())
		if (later->getStorageClass() == SC_None || later->hasInit())
			return true;
	return false;
}

// A constant has a value in C++.
void give_value(Conversion &conversion, const VarDecl &variable)
{
	const auto span = conversion.span(variable.getSourceRange());
	if (span)
		conversion.insert(span->end, {" = {}"});
}

bool is_constant(Conversion &conversion, const VarDecl &variable)
{
	return conversion.ast().getBaseElementType(variable.getType()).isConstQualified();
}

// Names that other objects may use, and no header declares
void give_linkage_of_c(Conversion &conversion, const DeclaratorDecl &declared)
{
	const auto span = conversion.span(declared.getSourceRange());
	if (!span || !declared.getBeginLoc().isFileID())
		return;
	auto begin = *span;
	// An attribute may come first.
	for (const auto *attribute : declared.attrs())
		if (const auto at = conversion.span(attribute->getRange());
		    at && at->begin < begin.begin)
			return;
	if (const auto word = word_in(conversion, {begin.begin, begin.begin + 7}, "extern"))
		conversion.replace(*word, {"extern \"C\" "}, "a declaration");
	else
		conversion.insert(begin.begin, {"extern \"C\" "});
}

} // namespace

void variable(Conversion &conversion, const VarDecl &variable)
{
	if (variable.getStorageClass() == SC_Register && !variable.hasAttr<AsmLabelAttr>())
		if (const auto span = conversion.span(variable.getSourceRange()))
			if (const auto word = word_in(conversion, *span, "register"))
				conversion.replace(*word, {""}, "a declaration");
	if (isa<ParmVarDecl>(variable))
		return;
	const bool is_at_file_scope = variable.isFileVarDecl();
	const bool declares_more = variable.getFirstDecl() != variable.getMostRecentDecl();
	if (is_at_file_scope && variable.getStorageClass() == SC_Static && declares_more) {
		in_unnamed_namespace(conversion, variable);
		return;
	}
	if (variable.getStorageClass() == SC_Extern)
		return;
	if (is_at_file_scope && variable.getStorageClass() == SC_None && !variable.hasInit() &&
	    is_defined_later(variable)) {
		if (const auto span = conversion.span(variable.getSourceRange()))
			conversion.insert(span->begin, {"extern "});
		return;
	}
	if (!is_constant(conversion, variable))
		return;
	if (!variable.hasInit() && variable.getStorageClass() != SC_Extern)
		give_value(conversion, variable);
	if (is_at_file_scope && variable.getStorageClass() == SC_None && !declares_more)
		give_linkage_of_c(conversion, variable);
}

void variable_name(Conversion &conversion, const DeclRefExpr &name)
{
	const auto *variable = dyn_cast<VarDecl>(name.getDecl());
	if (variable != nullptr &&
	    conversion.renamed_variables.contains(variable->getCanonicalDecl()))
		rename(conversion, name.getLocation());
}

void function(Conversion &conversion, const FunctionDecl &function)
{
	if (function.getStorageClass() == SC_Static || function.isInlineSpecified() ||
	    function.hasAttr<GNUInlineAttr>())
		return;
	if (!conversion.is_ours(function.getFirstDecl()->getLocation()) || function.isImplicit())
		return;
	if (function.getFirstDecl() != &function &&
	    function.getFirstDecl()->getStorageClass() == SC_Static)
		return;
	if (!function.getLexicalDeclContext()->isFileContext()) {
		conversion.leave(function.getBeginLoc(), "a function of C is declared in a block");
		return;
	}
	give_linkage_of_c(conversion, function);
}

} // namespace kcxx::convert
