// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Objects made and destroyed by hand, assembly, and arguments without a type.
#include "lint/rules.hpp"

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule by_hand = {
	.id = "kcxx-safe-new",
	.what = "an object that is made or destroyed by hand",
	.needed = "an owner, which destroys it once",
	.rewrite = "kernel::Box<T>::make(flags, ...), kernel::Vec<T>, std::optional<T> and its "
		   "emplace() and reset(); or "
		   "KCXX_UNSAFE(\"who destroys it, once\") { ... }",
};

constexpr Rule assembler = {
	.id = "kcxx-safe-asm",
	.what = "assembly, of which the compiler knows nothing",
	.needed = "a function of the kernel's or the library's that does it",
	.rewrite = "a .S file of the module; or in a function, KCXX_UNSAFE(\"what it changes\") { "
		   "asm(...); }",
};

constexpr Rule untyped_arguments = {
	.id = "kcxx-safe-varargs",
	.what = "an argument whose type nothing checks",
	.needed = "arguments with types",
	.rewrite =
		"template <typename... Arguments>; or KCXX_UNSAFE(\"who checks the type\") { ... }",
};

} // namespace

void made_by_hand(Lint &lint, const Expr &expression)
{
	lint.report(by_hand, expression);
}

void destroyed_by_hand(Lint &lint, const CXXMemberCallExpr &call)
{
	if (isa_and_nonnull<CXXDestructorDecl>(call.getMethodDecl()))
		lint.report(by_hand, call.getExprLoc(), call.getSourceRange());
}

void assembly(Lint &lint, SourceRange range)
{
	lint.report(assembler, range.getBegin(), range);
}

void variable_argument(Lint &lint, const VAArgExpr &argument)
{
	lint.report(untyped_arguments, argument.getBuiltinLoc(), argument.getSourceRange());
}

} // namespace kcxx::lint
