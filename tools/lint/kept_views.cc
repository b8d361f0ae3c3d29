// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Members that keep a pointer or a view from one call to the next.
#include "lint/kept_views.hpp"

#include "lint/call_names.hpp"
#include "lint/container_change.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"
#include "lint/viewed_objects.hpp"

#include <array>
#include <clang/AST/DeclTemplate.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule kept_in_a_member = {
	.id = "kcxx-kept-view",
	.what = "a member keeps a pointer or a view of what may end or move before the next call",
	.needed = "an owner, or a name of the element that stays right: its index, its key",
	.rewrite =
		"the index as a std::size_t or the key, and a look-up where the element is used; "
		"a kernel::Arc for what has other owners too; a kernel::String for a text",
};

constexpr Rule own_part = {
	.id = "kcxx-own-view",
	.what = "a member refers to a part of its own object, and refers to it still where the "
		"object is a copy, or has moved",
	.needed = "a class whose objects stay where they are, or a view that is made when it is "
		  "asked for",
	.rewrite = "Pump(const Pump &) = delete; Pump &operator=(const Pump &) = delete; or a "
		   "function in place of the member: std::span<u8> data() { return data_; }",
};

/** Returns whether an object of @type refers to others, or to a lambda. */
bool refers(Lint &lint, QualType type)
{
	return is_view(lint, type) || is_class(type, {"FunctionRef"});
}

/** Returns whether @expression is a member of *this. */
bool is_member_of_this(const Expr &expression)
{
	const auto *member = dyn_cast<MemberExpr>(expression.IgnoreParenImpCasts());
	return member != nullptr && isa<FieldDecl>(member->getMemberDecl()) &&
	       isa<CXXThisExpr>(member->getBase()->IgnoreParenImpCasts());
}

/** Functions by which a container or an optional gets a value */
constexpr std::array<StringRef, 11> adding = {
	"push",        "push_back",    "push_front",   "force_push_back",
	"emplace",     "emplace_back", "insert",       "insert_or_assign",
	"try_emplace", "set",          "emplace_front"};

/** Returns whether @type is a container or an optional that holds views. */
bool holds_views(Lint &lint, QualType type)
{
	const auto *record =
		dyn_cast_or_null<ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
	return record != nullptr && (record->isInStdNamespace() || is_container(lint, *record)) &&
	       llvm::any_of(record->getTemplateArgs().asArray(), [&](const auto &argument) {
		       return argument.getKind() == TemplateArgument::Type &&
			      refers(lint, argument.getAsType());
	       });
}

} // namespace

bool is_adding(StringRef function)
{
	return llvm::is_contained(adding, function);
}

bool is_view_of_this(Lint &lint, const Expr &object)
{
	return is_member_of_this(object) && refers(lint, object.IgnoreParenImpCasts()->getType());
}

bool holds_views_of_this(Lint &lint, const Expr &object)
{
	return is_member_of_this(object) &&
	       holds_views(lint, object.IgnoreParenImpCasts()->getType());
}

namespace
{

/** Reports what @call adds to a container of views. */
void added_view(Lint &lint, const CXXMemberCallExpr &call)
{
	const auto *function = call.getMethodDecl();
	if (function == nullptr || function->getIdentifier() == nullptr ||
	    !is_adding(function->getName()) ||
	    !holds_views_of_this(lint, *call.getImplicitObjectArgument()))
		return;
	for (const auto *argument : call.arguments()) {
		ViewedObjects viewed(lint);
		if (refers(lint, argument->getType()))
			viewed.add_value(*argument);
		else if (function->getName().starts_with("emplace") && argument->isLValue())
			viewed.add_object(*argument);
		if (!viewed.locals().empty() || viewed.has_element_of_member())
			lint.report(kept_in_a_member, call);
	}
}

} // namespace

void kept_view(Lint &lint, const Expr &assignment)
{
	if (const auto *call = dyn_cast<CXXMemberCallExpr>(&assignment)) {
		added_view(lint, *call);
		return;
	}
	const auto [kept, value] = assignment_in(assignment);
	if (kept == nullptr || !is_view_of_this(lint, *kept))
		return;
	ViewedObjects viewed(lint);
	viewed.add_value(*value);
	if (!viewed.locals().empty() || viewed.has_element_of_member())
		lint.report(kept_in_a_member, assignment);
	const auto *object = cast<MemberExpr>(kept->IgnoreParenImpCasts())->getBase();
	const auto *record =
		object->IgnoreParenImpCasts()->getType()->getPointeeType()->getAsCXXRecordDecl();
	if (viewed.has_part_of_this() && record != nullptr && is_copied(*record))
		lint.report(own_part, assignment);
}

void own_view(Lint &lint, const CXXRecordDecl &record)
{
	if (!record.isThisDeclarationADefinition() || record.isDependentType() ||
	    record.isLambda() || !is_copied(record))
		return;
	for (const auto *field : record.fields()) {
		ViewedObjects viewed(lint);
		if (refers(lint, field->getType()))
			for (const auto *given : initialisers_of(*field))
				if (field->getType()->isReferenceType())
					viewed.add_object(*given);
				else
					viewed.add_value(*given);
		if (viewed.has_part_of_this())
			lint.report(own_part, field->getLocation(), field->getSourceRange());
	}
}

} // namespace kcxx::lint
