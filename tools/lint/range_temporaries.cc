// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Loops over what belongs to a temporary. Compilers differ: since C++23 a temporary of a loop's
// range lives as long as the loop, but GCC ends it before the first step until GCC 15.
#include "lint/call_names.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule ended_before = {
	.id = "kcxx-range-temporary",
	.what = "a loop walks what belongs to a temporary, and GCC ends the temporary before the "
		"first step",
	.needed = "a variable for the owner or the guard, before the loop",
	.rewrite = "auto owner = ...; for (auto &each : owner.list()) ...",
};

/** Returns whether the value of @expression can refer to another object: a number does not. */
bool can_refer(const Expr &expression)
{
	const auto *kept = dyn_cast<MaterializeTemporaryExpr>(&expression);
	const auto &value = kept == nullptr ? expression : *kept->getSubExpr();
	return value.isGLValue() || value.getType()->isPointerType() ||
	       value.getType()->isRecordType();
}

/** Looks through the calls of a range for a temporary that its result may belong to. */
class Temporaries
{
public:
	/** Returns whether the object of @range belongs to a temporary. */
	static bool within(const Expr &range)
	{
		const auto *whole = range.IgnoreImplicit()->IgnoreParens();
		while (const auto *member = dyn_cast<MemberExpr>(whole)) {
			if (member->isArrow())
				break;
			whole = member->getBase()->IgnoreImplicit()->IgnoreParens();
		}
		// The object itself lives as long as the loop, and owns what it is made of.
		if (!whole->isGLValue() && has_an_end(whole->getType()))
			return false;
		return below(*whole);
	}

private:
	/** Looks at what @expression is made of. */
	static bool below(const Expr &expression)
	{
		const auto &bare = *expression.IgnoreImplicit()->IgnoreParenImpCasts();
		if (const auto *member = dyn_cast<MemberExpr>(&bare))
			return at(*member->getBase());
		if (const auto *unary = dyn_cast<UnaryOperator>(&bare))
			return at(*unary->getSubExpr());
		if (const auto *made = dyn_cast<CXXConstructExpr>(&bare))
			return of_any(made->arguments());
		const auto *call = dyn_cast<CallExpr>(&bare);
		if (call == nullptr)
			return false;
		if (const auto *object = object_of(*call))
			if (at(*object))
				return true;
		return of_any(call->arguments());
	}

	template <typename Range>
	static bool of_any(Range arguments)
	{
		for (const auto *argument : arguments)
			if (at(*argument))
				return true;
		return false;
	}

	static bool at(const Expr &expression)
	{
		if (!can_refer(expression))
			return false;
		const auto &bare = *expression.IgnoreImplicit()->IgnoreParenImpCasts();
		if (!bare.isGLValue() && has_an_end(bare.getType()))
			return true;
		return below(bare);
	}
};

} // namespace

void range_temporary(Lint &lint, const CXXForRangeStmt &loop)
{
	const auto *range = loop.getRangeInit();
	if (range == nullptr || range->isTypeDependent())
		return;
	if (Temporaries::within(*range))
		lint.report(ended_before, loop.getForLoc(),
			    {loop.getForLoc(), loop.getRParenLoc()});
}

} // namespace kcxx::lint
