// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Promises of an author that no type can check.
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"

#include <clang/AST/DeclTemplate.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule shared_by_promise = {
	.id = "kcxx-safe-promise",
	.what = "the author alone promises that several threads may use objects of this class",
	.needed = "members that may be shared by themselves: then no promise is needed",
	.rewrite = "Mutex<T>, SpinLock<T>, Atomic<T> or const members; or the class in a header of "
		   "its own that is not KCXX_SAFE",
};

constexpr Rule address_to_user_space = {
	.id = "kcxx-address-promise",
	.what = "a class with a pointer is said to hold no address, and user space gets or sets it",
	.needed = "a class of numbers for user space",
	.rewrite = "std::uint64_t for what is a pointer in user space, and no pointer of the "
		   "kernel's",
};

bool is_true(const VarDecl &variable, const ASTContext &ast)
{
	bool value = false;
	return variable.getInit() != nullptr && !variable.getInit()->isValueDependent() &&
	       variable.getInit()->EvaluateAsBooleanCondition(value, ast) && value;
}

} // namespace

void promise(Lint &lint, const VarDecl &variable)
{
	if (variable.getIdentifier() == nullptr || !is_true(variable, lint.ast()))
		return;
	const auto name = variable.getName();
	if (variable.isStaticDataMember() && (name == "is_sync" || name == "is_send")) {
		if (lint.is_safe(variable.getLocation()))
			lint.report(shared_by_promise, variable.getLocation(),
				    variable.getSourceRange());
		return;
	}
	const auto *made = dyn_cast<VarTemplateSpecializationDecl>(&variable);
	if (made != nullptr && name == "holds_no_address" && made->getTemplateArgs().size() == 1 &&
	    made->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
	    has_pointer(made->getTemplateArgs()[0].getAsType()))
		lint.report(address_to_user_space, variable.getLocation(),
			    variable.getSourceRange());
}

} // namespace kcxx::lint
