// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "convert/initializers.hpp"

namespace kcxx::convert
{

namespace
{

using namespace clang;

unsigned number(Conversion &conversion, const Expr &index)
{
	Expr::EvalResult result;
	return index.EvaluateAsInt(result, conversion.ast())
		       ? static_cast<unsigned>(result.Val.getInt().getZExtValue())
		       : 0;
}

// A designator, or a part of it, may be a macro's.
std::optional<unsigned> place_in(Conversion &conversion, Span element, SourceLocation place)
{
	const auto at = conversion.offset(place);
	return at && *at >= element.begin && *at < element.end ? at : std::nullopt;
}

Step field_step(const FieldDecl &field)
{
	Step step = {.index = field.getFieldIndex(),
		     .last = field.getFieldIndex(),
		     .is_union = field.getParent()->isUnion()};
	if (field.getIdentifier() != nullptr)
		step.name = "." + field.getName().str() + (is_reserved(field.getName()) ? "_" : "");
	return step;
}

std::vector<Step> path_of(Conversion &conversion, Span element,
			  const DesignatedInitExpr &designated)
{
	std::vector<Step> path;
	for (unsigned i = 0; i < designated.size(); i++) {
		const auto *designator =
			const_cast<DesignatedInitExpr &>(designated).getDesignator(i);
		if (designator->isFieldDesignator()) {
			const auto dot = designator->getDotLoc();
			path.push_back(field_step(*designator->getFieldDecl()));
			path.back().at = place_in(conversion, element,
						  dot.isValid() ? dot : designator->getFieldLoc());
			continue;
		}
		Step step = {.at = place_in(conversion, element, designator->getLBracketLoc())};
		if (designator->isArrayDesignator()) {
			step.index = step.last =
				number(conversion, *designated.getArrayIndex(*designator));
		} else {
			step.index =
				number(conversion, *designated.getArrayRangeStart(*designator));
			step.last = number(conversion, *designated.getArrayRangeEnd(*designator));
		}
		step.name = "[" + std::to_string(step.index) + "]";
		path.push_back(step);
	}
	return path;
}

// The text of the value in @whole: what is behind the sign, also where a macro's call is all of it
std::optional<Span> value_in(Conversion &conversion, Span whole, const DesignatedInitExpr &element)
{
	const auto sign = conversion.offset(element.getEqualOrColonLoc());
	if (sign && whole.begin <= *sign && *sign < whole.end &&
	    (conversion.text()[*sign] == '=' || conversion.text()[*sign] == ':'))
		return Span{static_cast<unsigned>(
				    conversion.text().find_first_not_of(" \t\n\\", *sign + 1)),
			    whole.end};
	return conversion.span_in(whole, element.getInit()->getSourceRange());
}

// The element behind the one that was given
Step next_step(QualType type, const Step *former)
{
	if (const auto *record = type->getAsRecordDecl()) {
		unsigned index = former != nullptr ? former->last + 1 : 0;
		for (const auto *field : record->fields()) {
			if (field->getFieldIndex() < index || field->isUnnamedBitField())
				continue;
			return field_step(*field);
		}
	}
	const unsigned index = former != nullptr ? former->last + 1 : 0;
	return {.index = index, .last = index, .name = "[" + std::to_string(index) + "]"};
}

// Passes blanks and comments; to the end of the line at most if @in_line
unsigned pass_blanks(std::string_view text, unsigned at, unsigned end, bool in_line)
{
	while (at < end) {
		if (text.substr(at, 2) == "/*") {
			const auto closed = text.find("*/", at + 2);
			const auto past = closed == std::string_view::npos
						  ? end
						  : static_cast<unsigned>(closed + 2);
			if (in_line && text.substr(at, past - at).contains('\n'))
				return at;
			at = past;
		} else if (text.substr(at, 2) == "//") {
			at = std::min(end, static_cast<unsigned>(text.find('\n', at)));
		} else if (text[at] == ' ' || text[at] == '\t' ||
			   (!in_line && (text[at] == '\n' || text[at] == '\\'))) {
			at++;
		} else {
			break;
		}
	}
	return at;
}

// The places between elements
void place_between(Conversion &conversion, List &list)
{
	const auto text = conversion.text();
	unsigned at = list.braces.begin + 1;
	bool macros_bring_commas = false; // if C takes them in the middle without one behind
	for (auto &element : list.elements) {
		element.before = {at, element.whole.begin};
		at = element.whole.end;
		const auto comma = pass_blanks(text, at, list.braces.end, false);
		list.ends_in_comma = comma < list.braces.end && text[comma] == ',';
		if (list.ends_in_comma)
			at = comma + 1;
		else if (element.is_made_by_macro && &element != &list.elements.back())
			macros_bring_commas = true;
		element.brings_comma =
			element.is_made_by_macro && !list.ends_in_comma && macros_bring_commas;
		const auto comment = pass_blanks(text, at, list.braces.end, true);
		const bool has_comment =
			comment > at &&
			text.substr(at, comment - at).find_first_not_of(" \t") !=
				std::string_view::npos &&
			(comment >= text.size() || text[comment] == '\n' || text[comment] == '\\');
		element.after = {at, has_comment ? comment : at};
		at = element.after.end;
	}
	list.rest = {at, list.braces.end - 1};
}

// How many #if are open behind @part, of @depth before it; @closed is where the line of the last
// #endif ends.
unsigned pass_directives(std::string_view text, Span part, unsigned depth, unsigned &closed)
{
	for (unsigned at = part.begin; at < part.end;) {
		const auto newline = std::min(static_cast<unsigned>(text.find('\n', at)), part.end);
		const auto line = text.substr(at, newline - at);
		const auto hash = line.find_first_not_of(" \t");
		if (hash != std::string_view::npos && line[hash] == '#') {
			const auto name = line.find_first_not_of(" \t", hash + 1);
			if (name != std::string_view::npos && line.substr(name).starts_with("if")) {
				depth++;
			} else if (name != std::string_view::npos &&
				   line.substr(name).starts_with("endif") && depth > 0) {
				depth--;
				closed = newline;
			}
		}
		at = newline + 1;
	}
	return depth;
}

// Elements between #if and #endif move together, with both.
void join_conditional(Conversion &conversion, List &list)
{
	std::vector<Element> joined;
	unsigned depth = 0;
	for (auto &element : list.elements) {
		const auto former = depth;
		unsigned closed = element.before.begin;
		depth = pass_directives(conversion.text(), element.before, depth, closed);
		if (former != 0 && depth != 0 && closed == element.before.begin) {
			auto &block = joined.back();
			block.whole.end = element.whole.end;
			block.last_path = element.last_path;
			block.is_made_by_macro = true;
			block.made.clear();
			block.after = element.after;
			continue;
		}
		if (former != 0 && closed != element.before.begin) {
			joined.back().after.end = closed;
			element.before.begin = closed;
		}
		joined.push_back(element);
	}
	unsigned closed = list.rest.begin;
	if (depth != 0 && pass_directives(conversion.text(), list.rest, depth, closed) < depth) {
		joined.back().after.end = closed;
		list.rest.begin = closed;
	}
	list.elements = std::move(joined);
}

// A further element of the same macro
void add_made(Element &element, const Element &further)
{
	element.is_made_by_macro = true;
	if (further.path.front().index < element.last_path.front().index)
		element.is_out_of_order = true;
	if (further.made.empty())
		element.made.clear(); // one without a name cannot be written alone
	else if (!element.made.empty())
		element.made.push_back(further.made.front());
	element.last_path = further.path;
}

} // namespace

std::optional<List> read_list(Conversion &conversion, const InitListExpr &list)
{
	const auto *written = list.isSyntacticForm() ? &list : list.getSyntacticForm();
	const auto *meant = list.isSemanticForm() ? &list : list.getSemanticForm();
	const auto braces =
		conversion.span(SourceRange(written->getLBraceLoc(), written->getRBraceLoc()));
	if (!braces || conversion.text()[braces->begin] != '{')
		return {};
	List out;
	out.braces = *braces;
	for (const auto *init : written->inits()) {
		auto whole = conversion.span_in(*braces, init->getSourceRange());
		Element element;
		element.is_made_by_macro = !whole;
		if (!whole)
			whole = conversion.calls_in(*braces, init->getSourceRange());
		if (!whole)
			return {};
		element.whole = element.value = *whole;
		if (const auto *designated = dyn_cast<DesignatedInitExpr>(init)) {
			if (const auto value = value_in(conversion, *whole, *designated))
				element.value = *value;
			else
				element.is_made_by_macro = true;
			element.path = path_of(conversion, *whole, *designated);
			element.made = {{element.path, designated->getInit()}};
			element.has_designator = true;
			element.is_old_style =
				designated->usesGNUSyntax() && element.path.size() == 1;
		} else {
			element.path = {next_step(
				meant->getType(),
				out.elements.empty() ? nullptr
						     : &out.elements.back().last_path.front())};
		}
		element.last_path = element.path;
		if (!out.elements.empty() && out.elements.back().whole == element.whole) {
			add_made(out.elements.back(), element);
			continue;
		}
		out.elements.push_back(std::move(element));
	}
	place_between(conversion, out);
	join_conditional(conversion, out);
	return out;
}

} // namespace kcxx::convert
