// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/rules.hpp"

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule members_of_unions = {
	.id = "kcxx-safe-union",
	.what = "a member of a union, which no type says is the one that is there",
	.needed = "a type that knows which of its members is there",
	.rewrite = "std::variant<A, B>, or std::bit_cast<B>(a) for the same bytes; or "
		   "KCXX_UNSAFE(\"why this member is "
		   "there\") { ... }",
};

} // namespace

void union_member(Lint &lint, const MemberExpr &member)
{
	const auto *field = dyn_cast<FieldDecl>(member.getMemberDecl());
	if (field == nullptr || !field->getParent()->isUnion())
		return;
	if (field->isAnonymousStructOrUnion()) // its own members are reported
		return;
	lint.report(members_of_unions, member.getMemberLoc(), member.getSourceRange());
}

} // namespace kcxx::lint
