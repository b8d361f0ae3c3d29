// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Types that are defined inside of structs: C++ names them by both.
#include "convert/rules.hpp"

namespace kcxx::convert
{

namespace
{

using namespace clang;

// "outer::"; nothing where C++ has the name as well
std::string qualifier(Conversion &conversion, const TagDecl &tag, const RecordDecl *inside)
{
	std::string names;
	for (const auto *outer = dyn_cast<RecordDecl>(tag.getLexicalDeclContext());
	     outer != nullptr; outer = dyn_cast<RecordDecl>(outer->getLexicalDeclContext())) {
		for (const auto *around = inside; around != nullptr;
		     around = dyn_cast<RecordDecl>(around->getLexicalDeclContext()))
			if (around == outer)
				return names;
		if (outer->getName().empty()) {
			if (!outer->isAnonymousStructOrUnion())
				conversion.leave(tag.getBeginLoc(),
						 "a type in a struct without a name");
			continue;
		}
		names.insert(0, outer->getName().str() +
					(is_reserved(outer->getName()) ? "_::" : "::"));
	}
	return names;
}

} // namespace

void tag_name(Conversion &conversion, const TagTypeLoc &name, const RecordDecl *inside)
{
	const auto *tag = name.getDecl()->getDefinition();
	if (tag == nullptr || !conversion.is_ours(tag->getLocation()) || tag->getName().empty())
		return;
	if (name.getNameLoc() == tag->getLocation())
		return; // its definition
	const auto text = qualifier(conversion, *tag, inside);
	if (const auto at = conversion.offset(name.getNameLoc()); at && !text.empty())
		conversion.insert_before_word(*at, text);
}

void enumerator_name(Conversion &conversion, const DeclRefExpr &name)
{
	const auto *enumerator = dyn_cast<EnumConstantDecl>(name.getDecl());
	if (enumerator == nullptr || !conversion.is_ours(enumerator->getLocation()))
		return;
	const auto text =
		qualifier(conversion, *cast<EnumDecl>(enumerator->getDeclContext()), nullptr);
	if (const auto at = conversion.offset(name.getLocation()); at && !text.empty())
		conversion.insert_before_word(*at, text);
}

} // namespace kcxx::convert
