// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Initialisers in C++: designators in the order of members, one step each, for all elements or for
// none; elements of an array without gaps and ranges, which g++ has not.
#include "convert/initializers.hpp"

#include "convert/rules.hpp"

#include <algorithm>

namespace kcxx::convert
{

namespace
{

using namespace clang;

constexpr unsigned most_elements = 4096;

/** Elements of one member, or of what is in it. */
struct Group {
	Step step;
	std::vector<const Element *> elements;
};

/** Writes a list anew. */
class Writer
{
public:
	Writer(Conversion &conversion, const List &list) : conversion_(conversion), list_(list) {}

	/** Nothing if there is no way. */
	std::optional<std::vector<Piece>> write(bool is_array)
	{
		std::vector<const Element *> all;
		for (const auto &element : list_.elements)
			all.push_back(&element);
		pieces_ = {"{"};
		if (!write_groups(all, 0, is_array, true))
			return {};
		if (!list_.ends_in_comma && !last_brings_comma_)
			drop_last_comma();
		pieces_.emplace_back(list_.rest);
		pieces_.emplace_back("}");
		return pieces_;
	}

private:
	// By the member at @depth of their paths, in the order of members; nothing if one gives
	// what another has in it
	std::optional<std::vector<Group>> groups(const std::vector<const Element *> &elements,
						 size_t depth) const
	{
		std::vector<Group> found;
		for (const auto *element : elements) {
			if (element->is_made_by_macro && element->path.size() > depth + 1)
				return {};
			for (auto index = element->path[depth].index;
			     index <= element->path[depth].last; index++) {
				auto step = element->path[depth];
				step.index = step.last = index;
				auto place =
					std::ranges::find(found, index, [](const Group &group) {
						return group.step.index;
					});
				if (place == found.end()) {
					found.push_back({step, {element}});
					continue;
				}
				if (element->path.size() == depth + 1) {
					place->elements = {element}; // the last one counts
					continue;
				}
				if (place->elements.back()->path.size() == depth + 1)
					return {}; // changes a part of what is there
				place->elements.push_back(element);
			}
		}
		if (!found.empty() && found.front().step.is_union && found.size() > 1)
			found.erase(found.begin(), found.end() - 1);
		std::ranges::stable_sort(found, {},
					 [](const Group &group) { return group.step.index; });
		return found;
	}

	bool write_groups(const std::vector<const Element *> &elements, size_t depth, bool is_array,
			  bool outermost)
	{
		const auto members = groups(elements, depth);
		if (!members)
			return false;
		unsigned next = 0;
		for (const auto &group : *members) {
			if (is_array && !write_gap(next, group, depth, outermost))
				return false;
			next = group.step.index + 1;
			if (!write_group(group, depth, outermost))
				return false;
		}
		return next <= most_elements;
	}

	bool write_gap(unsigned next, const Group &group, size_t depth, bool outermost)
	{
		if (group.step.index - next > most_elements)
			return false;
		if (next == group.step.index)
			return true;
		std::string text = outermost ? blanks_of(*group.elements.front()) : " ";
		for (unsigned count = 0; next < group.step.index; next++, count++) {
			if (count != 0)
				text += count % 8 == 0 && outermost && text.contains('\n')
						? blanks_of(*group.elements.front())
						: " ";
			text += "[" + std::to_string(next) + "] = {},";
		}
		pieces_.emplace_back(text);
		(void)depth;
		return true;
	}

	// A line and its indentation, or one blank
	[[nodiscard]] std::string blanks_of(const Element &element) const
	{
		const auto text = conversion_.text(element.before);
		const auto newline = text.rfind('\n');
		if (newline == std::string::npos)
			return " ";
		const auto begins = newline > 1 && text[newline - 1] == '\\'
					    ? text.find_last_not_of(" \t\\", newline - 1) + 1
					    : newline;
		return text.substr(begins, text.find_first_not_of(" \t", newline + 1) - begins);
	}

	bool write_group(const Group &group, size_t depth, bool outermost)
	{
		const auto &first = *group.elements.front();
		if (first.path.size() == depth + 1) {
			write_element(first, group.step, depth, outermost);
			return true;
		}
		if (group.step.name
			    .empty()) // its members are named as if they were of the outer one
			return write_groups(group.elements, depth + 1, false, outermost);
		pieces_.emplace_back(outermost ? blanks_of(first) : " ");
		pieces_.emplace_back(group.step.name + " = {");
		const bool is_array = first.path[depth + 1].name.starts_with('[');
		if (!write_groups(group.elements, depth + 1, is_array, false))
			return false;
		drop_last_comma();
		pieces_.emplace_back(" },");
		return true;
	}

	void write_element(const Element &element, const Step &step, size_t depth, bool outermost)
	{
		const bool again = !written_.insert(&element).second; // of a range
		if (outermost && !again && !element.follows_in_macro)
			pieces_.emplace_back(element.before);
		else
			pieces_.emplace_back(outermost ? blanks_of(element) : " ");
		const auto &own = element.path[depth];
		if (element.is_made_by_macro)
			; // as it is
		else if (!element.has_designator || element.is_old_style || !own.at ||
			 !element.text.empty())
			pieces_.emplace_back(step.name + " = ");
		else if (own.index != own.last)
			pieces_.emplace_back("[" + std::to_string(step.index) + "] = ");
		else
			pieces_.emplace_back(Span{*own.at, element.value.begin});
		if (!element.text.empty())
			std::ranges::copy(element.text, std::back_inserter(pieces_));
		else
			pieces_.emplace_back(element.is_made_by_macro ? element.whole
								      : element.value);
		last_brings_comma_ = element.brings_comma && element.text.empty();
		if (!last_brings_comma_)
			pieces_.emplace_back(",");
		if (outermost && !element.after.empty() && !again)
			pieces_.emplace_back(element.after);
	}

	void drop_last_comma()
	{
		for (auto at = pieces_.rbegin(); at != pieces_.rend(); ++at)
			if (auto *text = std::get_if<std::string>(&*at);
			    text != nullptr && text->ends_with(',')) {
				text->pop_back();
				return;
			}
	}

	Conversion &conversion_;
	const List &list_;
	std::vector<Piece> pieces_;
	std::set<const Element *> written_;
	bool last_brings_comma_ = false;
};

// Whether C++ takes it as it is
bool is_right(const List &list, bool is_array)
{
	const auto designated = std::ranges::count_if(list.elements, &Element::has_designator);
	if (designated == 0)
		return true;
	if (static_cast<size_t>(designated) != list.elements.size())
		return false;
	const std::vector<Step> *former = nullptr;
	for (const auto &element : list.elements) {
		if (element.is_out_of_order)
			return false;
		const auto named = std::ranges::count_if(
			element.path, [](const Step &step) { return !step.name.empty(); });
		if ((named != 1 && !element.is_made_by_macro) || element.is_old_style)
			return false;
		if (is_array) {
			const auto &step = element.path.front();
			if (step.index != step.last ||
			    step.index != (former != nullptr ? former->front().index + 1 : 0))
				return false;
		} else if (former != nullptr) {
			for (size_t i = 0; i < former->size() && i < element.path.size(); i++) {
				if ((*former)[i].index == element.path[i].index &&
				    i + 1 < element.path.size() && i + 1 < former->size())
					continue;
				if ((*former)[i].index >= element.path[i].index ||
				    element.path[i].is_union)
					return false;
				break;
			}
		}
		former = &element.last_path;
	}
	return true;
}

// Whether C++ takes it, whoever writes it
bool is_in_order(const InitListExpr &written)
{
	const auto is_designated = [](const Expr *init) { return isa<DesignatedInitExpr>(init); };
	if (std::ranges::none_of(written.inits(), is_designated))
		return true;
	unsigned next = 0;
	for (auto *init : written.inits()) {
		auto *designated = dyn_cast<DesignatedInitExpr>(init);
		if (designated == nullptr || designated->size() != 1 ||
		    !designated->getDesignator(0)->isFieldDesignator())
			return false;
		const auto index = designated->getDesignator(0)->getFieldDecl()->getFieldIndex();
		if (index < next)
			return false;
		next = index + 1;
	}
	return true;
}

// The first number of all that is in @type
QualType first_scalar(QualType type)
{
	while (true) {
		if (const auto *array = type->getAsArrayTypeUnsafe()) {
			type = array->getElementType();
		} else if (const auto *record = type->getAsRecordDecl();
			   record != nullptr && !record->field_empty()) {
			type = record->field_begin()->getType();
		} else {
			return type;
		}
	}
}

bool is_zero(Conversion &conversion, const Expr &value)
{
	const auto *number = dyn_cast<IntegerLiteral>(value.IgnoreParenImpCasts());
	(void)conversion;
	return number != nullptr && number->getValue() == 0;
}

} // namespace

void initializer(Conversion &conversion, const InitListExpr &list)
{
	const auto *written = list.isSyntacticForm() ? &list : list.getSyntacticForm();
	const auto *meant = list.isSemanticForm() ? &list : list.getSemanticForm();
	if (written == nullptr || meant == nullptr || written->getLBraceLoc().isInvalid())
		return;
	const auto type = meant->getType();
	const bool is_array = type->isArrayType();
	if (!is_array && !type->isRecordType())
		return;
	auto read = read_list(conversion, list);
	if (!read) {
		if (conversion.is_ours(written->getLBraceLoc()) && !is_in_order(*written))
			conversion.leave(written->getLBraceLoc(),
					 "an initialiser is written by several macros");
		return;
	}
	if (written->getNumInits() == 1 && is_zero(conversion, *written->getInit(0)) &&
	    first_scalar(type)->isEnumeralType()) {
		conversion.replace(read->braces, {"{}"}, "an initialiser");
		return;
	}
	if (is_right(*read, is_array))
		return;
	if (is_interleaved(*read) && !write_out_macros(conversion, *read)) {
		conversion.leave(written->getLBraceLoc(),
				 "a macro gives members between which others belong");
		return;
	}
	if (auto pieces = Writer(conversion, *read).write(is_array))
		conversion.replace(read->braces, std::move(*pieces), "an initialiser");
	else
		conversion.leave(written->getLBraceLoc(),
				 "an initialiser gives a member twice, in part");
}

} // namespace kcxx::convert
