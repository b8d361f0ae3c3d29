// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Types that are defined inside of structs: C++ names them by both.
#include "convert/rules.hpp"

namespace kcxx::convert
{

using namespace clang;

static constexpr const char *unnamed_enum = "an enum without a name in a struct without one";

void nested_definition(Conversion &conversion, const TagDecl &tag, const Decl *outermost)
{
	if (!tag.isThisDeclarationADefinition() || !is_in_unnamed(tag) ||
	    !conversion.is_ours(tag.getLocation()))
		return;
	const auto span =
		conversion.span(SourceRange(tag.getBeginLoc(), tag.getBraceRange().getEnd()));
	const auto around = conversion.span(outermost->getSourceRange());
	if (tag.getName().empty()) {
		// Without a member's name as well, the struct takes no types at all.
		if (isa<EnumDecl>(tag) &&
		    cast<RecordDecl>(tag.getLexicalDeclContext())->isAnonymousStructOrUnion())
			conversion.leave(tag.getBeginLoc(), unnamed_enum);
		return;
	}
	if (!span || !around) {
		conversion.leave(tag.getBeginLoc(), "a type is defined in a struct without a name");
		return;
	}
	conversion.replace(*span, {tag.getKindName().str() + " " + tag.getName().str()},
			   "a nested type");
	conversion.insert(conversion.line_begin(around->begin), {*span, ";\n\n"});
}

void tag_name(Conversion &conversion, const TagTypeLoc &name, const RecordDecl *inside)
{
	const auto *tag = name.getDecl()->getDefinition();
	if (tag == nullptr || !conversion.is_ours(tag->getLocation()) || tag->getName().empty())
		return;
	if (name.getNameLoc() == tag->getLocation())
		return; // its definition
	const auto text = scope_of(*tag, inside);
	if (const auto at = conversion.offset(name.getNameLoc()); at && !text.empty())
		conversion.insert_before_word(*at, text);
}

void enumerator_name(Conversion &conversion, const DeclRefExpr &name)
{
	const auto *enumerator = dyn_cast<EnumConstantDecl>(name.getDecl());
	if (enumerator == nullptr || !conversion.is_ours(enumerator->getLocation()))
		return;
	const auto &tag = *cast<EnumDecl>(enumerator->getDeclContext());
	if (tag.getName().empty() && is_in_unnamed(tag))
		conversion.leave(tag.getBeginLoc(), unnamed_enum);
	const auto text = scope_of(tag);
	if (const auto at = conversion.offset(name.getLocation()); at && !text.empty())
		conversion.insert_before_word(*at, text);
}

} // namespace kcxx::convert
