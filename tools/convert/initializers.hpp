// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The elements of a list in braces: where their text is, and which member each one is for.
#pragma once

#include "convert/conversion.hpp"

#include <clang/AST/Decl.h>
#include <compare>

namespace kcxx::convert
{

/** A step of a designator: .name or [index]. A member without a name, which has the next one, is
 * passed in C unseen. */
struct Step {
	unsigned index = 0;              // of the member, or of the element
	unsigned last = 0;               // of a range, the last element
	std::string name = {};           // ".name", or empty for a member without one
	std::optional<unsigned> at = {}; // where it is written, unless by a macro
	bool is_union = false;           // a member of one: another of its members takes its place

	bool operator==(const Step &other) const
	{
		return index == other.index && last == other.last;
	}
};

/** A designator and its value, of those that a macro makes. */
struct Made {
	std::vector<Step> path;
	const clang::Expr *value = nullptr;
};

/** An element, with what is written before and after it. */
struct Element {
	Span before; // blanks and comments
	Span whole;  // designator and value
	Span value;
	Span after; // behind the comma: a comment in the same line
	std::vector<Step> path;
	std::vector<Step> last_path; // the same, but for a macro that gives several members
	bool is_made_by_macro =
		false; // its designators are the macro's, or it is several between #if and #endif
	bool has_designator = false;
	bool brings_comma = false;     // the macro ends in one
	bool is_old_style = false;     // "name: value"
	std::vector<Made> made;        // by the macro
	bool is_out_of_order = false;  // the macro's designators are
	std::vector<Piece> text;       // the value, where that of a macro is written out
	bool follows_in_macro = false; // as a further one
};

/** A list as it is written. */
struct List {
	Span braces;
	std::vector<Element> elements;
	Span rest; // behind the last element and its comma
	bool ends_in_comma = false;
};

/** Reads @list, which is one written in braces; nothing if it is not the file's. */
std::optional<List> read_list(Conversion &conversion, const clang::InitListExpr &list);

// macro_elements.cc

/** Whether C++ wants others between the elements that a macro makes, or those in another order. */
bool is_interleaved(const List &list);

/** Puts what macros are made of in their place; returns false where that is not possible. */
bool write_out_macros(Conversion &conversion, List &list);

} // namespace kcxx::convert
