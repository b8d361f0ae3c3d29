// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/marks.hpp"

#include <clang/Lex/LiteralSupport.h>
#include <clang/Lex/MacroArgs.h>

namespace kcxx::lint
{

using namespace clang;

void Marks::MacroExpands(const Token &name, const MacroDefinition & /*definition*/,
			 SourceRange /*range*/, const MacroArgs *arguments)
{
	const auto &word = *name.getIdentifierInfo();
	const auto place = preprocessor_.getSourceManager().getSpellingLoc(name.getLocation());
	if (word.isStr("KCXX_SAFE")) {
		files_.mark_safe(place);
	} else if (word.isStr("KCXX_UNSAFE") && arguments != nullptr) {
		SmallVector<Token, 4> literals;
		for (const auto *token = arguments->getUnexpArgument(0); token->isNot(tok::eof);
		     token++)
			if (tok::isStringLiteral(token->getKind()))
				literals.push_back(*token);
		if (literals.empty())
			return;
		const StringLiteralParser reason(literals, preprocessor_);
		if (!reason.hadError)
			reasons_[place] = reason.GetString().str();
	}
}

void Marks::MacroDefined(const Token &name, const MacroDirective * /*directive*/)
{
	if (name.getIdentifierInfo()->isStr("KCXX_SAFE") &&
	    files_.origin(name.getLocation()) == Origin::user)
		files_.mark_safe(
			preprocessor_.getSourceManager().getSpellingLoc(name.getLocation()));
}

} // namespace kcxx::lint
