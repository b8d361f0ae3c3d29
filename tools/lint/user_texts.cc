// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/user_texts.hpp"

#include "lint/call_names.hpp"
#include "lint/type_parts.hpp"

#include <algorithm>
#include <array>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule endless_text = {
	.id = "kcxx-user-text",
	.what = "bytes of user space are read as a text up to its NUL, and nothing puts one there",
	.needed = "the length of the text",
	.rewrite = "std::string_view{bytes.data(), bytes.size()}; in a format \"{}\" with it, or "
		   "\"%.*s\" with static_cast<int>(text.size()) and text.data()",
};

bool is_text_of_c(QualType type)
{
	return type->isPointerType() && type->getPointeeType()->isAnyCharacterType();
}

/** Returns the format of texts in @node, which the library's macros wrap; nullptr: it has none. */
const StringLiteral *format_in(const Stmt &node)
{
	if (const auto *text = dyn_cast<StringLiteral>(&node))
		return text->isOrdinary() && (text->getString().contains("%s") ||
					      text->getString().contains("{"))
			       ? text
			       : nullptr;
	for (const auto *child : node.children())
		if (const auto *found = child == nullptr ? nullptr : format_in(*child))
			return found;
	return nullptr;
}

/** Returns whether @span is a part of what it is made of, so that a NUL may be behind it. */
bool is_part(const Stmt &span)
{
	static constexpr std::array<StringRef, 3> parts = {"first", "last", "subspan"};
	if (const auto *call = dyn_cast<CXXMemberCallExpr>(&span);
	    call != nullptr && llvm::is_contained(parts, name_of(*call)))
		return true;
	if (const auto *made = dyn_cast<CXXConstructExpr>(&span);
	    made != nullptr && is_class(made->getType(), {"span"}) && made->getNumArgs() > 1)
		return true;
	return std::ranges::any_of(span.children(), [](const Stmt *child) {
		return child != nullptr && is_part(*child);
	});
}

/** Returns whether @call of the library's or std's may change its object. */
const Expr *changed_object(const CallExpr &call)
{
	const auto *member = dyn_cast<CXXMemberCallExpr>(&call);
	const auto *method = member == nullptr ? nullptr : member->getMethodDecl();
	return method == nullptr || method->isConst() || name_of(call) == "data" ||
			       name_of(call) == "begin" || name_of(call) == "end"
		       ? nullptr
		       : member->getImplicitObjectArgument();
}

} // namespace

/** Notes the variables that @node names. */
void UserTexts::note_variables(const Stmt &node)
{
	if (const auto *name = dyn_cast<DeclRefExpr>(&node))
		ended_.insert(name->getDecl()->getCanonicalDecl());
	for (const auto *child : node.children())
		if (child != nullptr)
			note_variables(*child);
}

/** Returns whether @text is the address of a function's own bytes that user space has filled. */
bool UserTexts::is_without_end(const Expr &text)
{
	if (!is_text_of_c(text.getType()))
		return false;
	const auto name = name_of_value(&text);
	return name && name->variable != nullptr && !ended_.contains(name->variable) &&
	       numbers_.of(&text).is_unchecked();
}

void UserTexts::format(const CallExpr &call)
{
	const auto *format = format_in(call);
	if (format == nullptr || format->getString().contains(".*"))
		return;
	for (const auto *argument : call.arguments())
		if (is_without_end(*argument))
			calls_.report(endless_text, argument->getBeginLoc(),
				      argument->getSourceRange());
}

void UserTexts::call(const CallExpr &call)
{
	if (is_of_class(call, "UserReader")) {
		for (const auto *argument : call.arguments())
			if (is_part(*argument))
				note_variables(*argument);
		return;
	}
	format(call);
	if (const auto *object = changed_object(call))
		note_variables(*object);
	const auto *function = call.getDirectCallee();
	for (unsigned i = 0; function != nullptr && i < function->getNumParams(); ++i)
		if (const auto *argument = argument_of(call, *function, i);
		    argument != nullptr && gives_access(function->getParamDecl(i)->getType()))
			note_variables(*argument);
}

void UserTexts::construction(const CXXConstructExpr &made)
{
	if (is_class(made.getType(), {"basic_string_view"}) && made.getNumArgs() == 1 &&
	    is_without_end(*made.getArg(0)))
		calls_.report(endless_text, made.getBeginLoc(), made.getSourceRange());
}

void UserTexts::assigned(const Expr &target)
{
	note_variables(target);
}

} // namespace kcxx::lint
