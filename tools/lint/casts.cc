// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Casts that make one type of another without a check.
#include "lint/rules.hpp"

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule casts = {
	.id = "kcxx-safe-cast",
	.what = "a cast that no type answers for",
	.needed = "a value of the type that is wanted; of a callback, the object itself",
	.rewrite = "a template or a virtual function in place of void *, std::bit_cast() of "
		   "numbers; or "
		   "KCXX_UNSAFE(\"why it is this type\") { ... }",
};

bool has_pointer(QualType type)
{
	return type->isAnyPointerType() || type->isMemberPointerType() || type->isReferenceType();
}

/** Returns whether a cast by C's syntax does more than static_cast of numbers or to a base. */
bool is_raw(const ExplicitCastExpr &cast)
{
	const auto to = cast.getTypeAsWritten();
	const auto from = cast.getSubExprAsWritten()->getType();
	switch (cast.getCastKind()) {
	case CK_BitCast:
	case CK_LValueBitCast:
	case CK_BaseToDerived:
	case CK_BaseToDerivedMemberPointer:
	case CK_ReinterpretMemberPointer:
	case CK_IntegralToPointer:
	case CK_PointerToIntegral:
	case CK_AddressSpaceConversion:
		return true;
	case CK_NoOp: { // const is cast away
		const auto target =
			to->isReferenceType() ? to.getNonReferenceType() : to->getPointeeType();
		const auto source = to->isReferenceType() ? from : from->getPointeeType();
		return has_pointer(to) && !target.isNull() && !source.isNull() &&
		       source.isConstQualified() && !target.isConstQualified();
	}
	default:
		return false;
	}
}

} // namespace

void cast(Lint &lint, const ExplicitCastExpr &cast)
{
	bool refused = false;
	if (isa<CXXReinterpretCastExpr, CXXConstCastExpr>(cast))
		refused = true;
	else if (isa<CXXStaticCastExpr>(cast))
		refused = cast.getCastKind() == CK_BitCast ||
			  cast.getCastKind() == CK_BaseToDerived ||
			  cast.getCastKind() == CK_BaseToDerivedMemberPointer;
	else if (isa<CStyleCastExpr, CXXFunctionalCastExpr>(cast))
		refused = is_raw(cast);
	if (refused)
		lint.report(casts, cast);
}

} // namespace kcxx::lint
