// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Conversions that C does by itself and C++ wants written.
#include "convert/rules.hpp"

#include <clang/AST/Decl.h>
#include <clang/Lex/Lexer.h>

namespace kcxx::convert
{

namespace
{

using namespace clang;

// A type without a name is named by what has it.
std::optional<std::string> target_type(Conversion &conversion, const ImplicitCastExpr &cast,
				       const Parents &parents)
{
	if (auto name = conversion.type_name(cast.getType()))
		return name;
	const auto *parent = parents.empty() ? nullptr : parents.back();
	if (const auto *assignment = dyn_cast_or_null<BinaryOperator>(parent);
	    assignment != nullptr && assignment->isAssignmentOp())
		if (const auto left = conversion.span(assignment->getLHS()))
			return "decltype(" + conversion.text(*left) + ")";
	if (const auto *statement = dyn_cast_or_null<DeclStmt>(parent); statement != nullptr)
		for (const auto *declared : statement->decls())
			if (const auto *variable = dyn_cast<VarDecl>(declared);
			    variable != nullptr && variable->getInit() == &cast)
				return "decltype(" + variable->getName().str() + ")";
	return {};
}

void cast_to(Conversion &conversion, const ImplicitCastExpr &cast, const Parents &parents,
	     const char *how)
{
	const auto span = conversion.use(cast.getSubExpr());
	if (!span) {
		if (conversion.is_ours(cast.getBeginLoc()) &&
		    !conversion.is_in_macro_body(cast.getSourceRange()))
			conversion.leave(cast.getBeginLoc(),
					 "a conversion in a macro needs a cast");
		return;
	}
	const auto type = target_type(conversion, cast, parents);
	if (!type) {
		conversion.leave(cast.getBeginLoc(),
				 "a conversion to a type without a name needs a cast");
		return;
	}
	conversion.wrap(*span, std::string(how) + "<" + *type + ">(", ")", "a conversion");
}

// The enum that C++ gives an expression, whose type is int in C if it is an enumerator
const EnumDecl *enum_in_cxx(const Expr &expression)
{
	const auto *inner = expression.IgnoreParenImpCasts();
	if (const auto *name = dyn_cast<DeclRefExpr>(inner))
		if (const auto *enumerator = dyn_cast<EnumConstantDecl>(name->getDecl()))
			return cast<EnumDecl>(enumerator->getDeclContext())->getCanonicalDecl();
	if (const auto *choice = dyn_cast<AbstractConditionalOperator>(inner)) {
		const auto *one = enum_in_cxx(*choice->getTrueExpr());
		return one != nullptr && one == enum_in_cxx(*choice->getFalseExpr()) ? one
										     : nullptr;
	}
	if (const auto *comma = dyn_cast<BinaryOperator>(inner);
	    comma != nullptr && comma->getOpcode() == BO_Comma)
		return enum_in_cxx(*comma->getRHS());
	if (const auto *type = inner->getType()->getAs<EnumType>())
		return type->getDecl()->getCanonicalDecl();
	return nullptr;
}

bool is_string(const Expr &expression)
{
	return isa<StringLiteral>(expression.IgnoreParens());
}

bool is_char(QualType type)
{
	return type->isSpecificBuiltinType(BuiltinType::Char_U) ||
	       type->isSpecificBuiltinType(BuiltinType::Char_S);
}

// A null pointer of C++ is 0, or the NULL of the headers.
void null_pointer(Conversion &conversion, const ImplicitCastExpr &cast, const Parents &parents)
{
	const auto *null = cast.getSubExpr()->IgnoreParenImpCasts();
	if (isa<IntegerLiteral>(null))
		return;
	const auto place = null->getBeginLoc();
	if (place.isMacroID() &&
	    Lexer::getImmediateMacroName(place, conversion.sources(),
					 conversion.ast().getLangOpts()) == "NULL")
		return;
	if (isa<CStyleCastExpr>(null)) {
		cast_to(conversion, cast, parents, "static_cast");
		return;
	}
	if (const auto span = conversion.use(cast.getSubExpr()))
		conversion.replace(*span, {"NULL"}, "a conversion");
}

// void * and the like; a pointer to it whose other qualifiers are those of the first
void pointer_conversion(Conversion &conversion, const ImplicitCastExpr &cast,
			const Parents &parents)
{
	auto &ast = conversion.ast();
	const auto from = cast.getSubExpr()->getType();
	const auto to = cast.getType();
	if (!from->isPointerType() || !to->isPointerType())
		return;
	if (cast.getSubExpr()->isNullPointerConstant(ast, Expr::NPC_ValueDependentIsNull) !=
	    Expr::NPCK_NotNull) {
		null_pointer(conversion, cast, parents);
		return;
	}
	const auto pointee = from->getPointeeType();
	const auto target = to->getPointeeType();
	const bool drops_const = pointee.isConstQualified() && !target.isConstQualified();
	if (target->isVoidType() && !pointee->isFunctionType()) {
		if (drops_const)
			cast_to(conversion, cast, parents, "const_cast");
		return;
	}
	if (pointee->isFunctionType() != target->isFunctionType() ||
	    is_void_sum(*cast.getSubExpr())) {
		cast_to(conversion, cast, parents, "reinterpret_cast");
		return;
	}
	if (pointee->isVoidType()) {
		cast_to(conversion, cast, parents, "static_cast");
		return;
	}
	if (ast.hasSameUnqualifiedType(pointee, target) || ast.hasCvrSimilarType(from, to)) {
		if (drops_const)
			cast_to(conversion, cast, parents, "const_cast");
		return;
	}
	cast_to(conversion, cast, parents, "reinterpret_cast");
}

// "text" as bytes of another sign
void string_of_bytes(Conversion &conversion, const ImplicitCastExpr &cast, const Parents &parents)
{
	const auto bytes = cast.getType()->getPointeeType();
	if (bytes.isNull() || bytes->isVoidType() || is_char(bytes))
		return;
	if (bytes.isConstQualified())
		cast_to(conversion, cast, parents, "reinterpret_cast");
	else if (const auto span = conversion.use(cast.getSubExpr()))
		conversion.wrap(*span,
				"reinterpret_cast<" + bytes.getUnqualifiedType().getAsString() +
					" *>(const_cast<char *>(",
				"))", "a conversion");
}

// The type that a string literal gets to, if it is not const there
bool loses_const(const Parents &parents, const Expr &literal)
{
	const Stmt *below = &literal;
	for (auto at = parents.rbegin(); at != parents.rend(); below = *at++) {
		const auto *parent = *at;
		if (isa<ParenExpr>(parent))
			continue;
		if (const auto *choice = dyn_cast<AbstractConditionalOperator>(parent);
		    choice != nullptr && choice->getCond() != below)
			continue;
		if (const auto *cast = dyn_cast<ImplicitCastExpr>(parent))
			return cast->getType()->isPointerType() &&
			       !cast->getType()->getPointeeType().isConstQualified() &&
			       (cast->getType()->isVoidPointerType() ||
				is_char(cast->getType()->getPointeeType()));
		if (isa<DeclStmt, InitListExpr, ReturnStmt, DesignatedInitExpr>(parent))
			return true;
		if (const auto *assignment = dyn_cast<BinaryOperator>(parent))
			return assignment->getOpcode() == BO_Assign;
		if (const auto *call = dyn_cast<CallExpr>(parent)) {
			const auto *type = call->getCallee()
						   ->getType()
						   ->getPointeeType()
						   ->getAs<FunctionProtoType>();
			for (unsigned i = 0;
			     type != nullptr && i < type->getNumParams() && i < call->getNumArgs();
			     i++)
				if (call->getArg(i) == below)
					return true;
		}
		return false;
	}
	return true; // of a variable at file scope
}

} // namespace

void implicit_conversion(Conversion &conversion, const ImplicitCastExpr &cast,
			 const Parents &parents)
{
	switch (cast.getCastKind()) {
	case CK_BitCast:
	case CK_NoOp:
		if (!is_string(*cast.getSubExpr()->IgnoreParenImpCasts()))
			pointer_conversion(conversion, cast, parents);
		else
			string_of_bytes(conversion, cast, parents);
		return;
	case CK_NullToPointer:
		null_pointer(conversion, cast, parents);
		return;
	case CK_ArrayToPointerDecay:
		if (is_string(*cast.getSubExpr()) && loses_const(parents, cast))
			if (const auto span = conversion.use(cast.getSubExpr()))
				conversion.wrap(*span, "const_cast<char *>(", ")", "a conversion");
		return;
	case CK_IntegralCast:
		if (const auto *type = cast.getType()->getAs<EnumType>();
		    type != nullptr &&
		    enum_in_cxx(*cast.getSubExpr()) != type->getDecl()->getCanonicalDecl())
			cast_to(conversion, cast, parents, "static_cast");
		return;
	default:
		return;
	}
}

} // namespace kcxx::convert
