// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Addresses of compound literals, which are temporaries in C++: the literal becomes an array
// outside of functions, and a variable with a name in them.
#include "convert/rules.hpp"

namespace kcxx::convert
{

namespace
{

using namespace clang;

// Where its address goes: & before it, or an array
const Expr *address_of(const CompoundLiteralExpr &literal, const Parents &parents)
{
	for (auto at = parents.rbegin(); at != parents.rend(); ++at) {
		if (isa<ParenExpr>(*at))
			continue;
		if (const auto *op = dyn_cast<UnaryOperator>(*at);
		    op != nullptr && op->getOpcode() == UO_AddrOf)
			return op;
		if (const auto *cast = dyn_cast<ImplicitCastExpr>(*at);
		    cast != nullptr && cast->getCastKind() == CK_ArrayToPointerDecay)
			return &literal;
		break;
	}
	return nullptr;
}

// "const u8 name[2]"
std::optional<std::string> declarator(Conversion &conversion, QualType type,
				      const std::string &name)
{
	if (const auto *array = type->getAsArrayTypeUnsafe()) {
		const auto *constant = dyn_cast<ConstantArrayType>(array);
		const auto element = array->getElementType();
		if (element->isArrayType())
			return {};
		const auto of = conversion.type_name(element);
		const auto size = constant != nullptr
					  ? std::to_string(constant->getSize().getZExtValue())
					  : "";
		return of ? std::optional(*of + (of->ends_with('*') ? "" : " ") + name + "[" +
					  size + "]")
			  : std::nullopt;
	}
	const auto of = conversion.type_name(type);
	return of ? std::optional(*of + (of->ends_with('*') ? "" : " ") + name) : std::nullopt;
}

// Outside of functions an array lives on, in both compilers: (const struct foo []){ { … } }
void make_array(Conversion &conversion, const CompoundLiteralExpr &literal,
		const UnaryOperator &address)
{
	const auto whole = conversion.span(&address);
	if (!whole)
		return;
	const auto inside = conversion.span_in(*whole, literal.getSourceRange());
	const auto braces = conversion.span_in(*whole, literal.getInitializer()->getSourceRange());
	if (!inside || !braces || literal.getType()->isArrayType()) {
		conversion.leave(literal.getBeginLoc(),
				 "the address of a compound literal needs a variable");
		return;
	}
	const auto type_end = static_cast<unsigned>(conversion.text().rfind(')', braces->begin));
	conversion.replace(*whole, {Span{inside->begin, type_end}, " []){ ", *braces, " }"},
			   "a compound literal");
}

// The statement of a block in which the literal is; nothing where a loop makes it anew
const Stmt *statement_around(const CompoundLiteralExpr &literal, const Parents &parents,
			     bool &needs_braces)
{
	const Stmt *below = &literal;
	for (auto at = parents.rbegin(); at != parents.rend(); below = *at++) {
		const auto *parent = *at;
		if (isa<CompoundStmt>(parent)) {
			needs_braces = false;
			return below;
		}
		if (const auto *branch = dyn_cast<IfStmt>(parent)) {
			if (branch->getCond() == below)
				continue;
			needs_braces = true;
			return below;
		}
		if (isa<SwitchCase, LabelStmt>(parent) && isa<Stmt>(below)) {
			needs_braces = true;
			return below;
		}
		if (isa<WhileStmt, DoStmt, ForStmt>(parent)) {
			if (const auto *loop = dyn_cast<ForStmt>(parent);
			    loop != nullptr && loop->getBody() == below) {
				needs_braces = true;
				return below;
			}
			return nullptr;
		}
	}
	return nullptr;
}

void name_in_function(Conversion &conversion, const CompoundLiteralExpr &literal,
		      const Parents &parents, const std::string &name,
		      const std::string &declaration, Span initializer, bool has_labels)
{
	bool needs_braces = false;
	const auto *statement = statement_around(literal, parents, needs_braces);
	const auto span = statement != nullptr ? conversion.span(statement) : std::nullopt;
	if (!span) {
		conversion.leave(literal.getBeginLoc(),
				 "the address of a compound literal needs a variable");
		return;
	}
	const auto indentation = conversion.indentation(span->begin);
	if (!needs_braces) {
		const auto line = conversion.line_begin(span->begin);
		const bool begins_line = line + indentation.size() == span->begin;
		// A jump may pass a declaration that gives no value.
		const bool assigns = has_labels && !literal.getType()->isArrayType();
		conversion.insert(begins_line ? line : span->begin,
				  {(begins_line ? indentation : "") + declaration +
					   (assigns ? ";\n" + indentation + name : "") + " = ",
				   initializer, begins_line ? ";\n" : ";\n" + indentation});
		return;
	}
	const auto semicolon = conversion.text().find(';', span->end);
	conversion.replace({span->begin, static_cast<unsigned>(semicolon + 1)},
			   {"{\n" + indentation + "\t" + declaration + " = ", initializer,
			    ";\n" + indentation + "\t",
			    Span{span->begin, static_cast<unsigned>(semicolon + 1)},
			    "\n" + indentation + "}"},
			   "a compound literal");
}

} // namespace

void compound_literal(Conversion &conversion, const CompoundLiteralExpr &literal,
		      const Parents &parents, const Decl *outermost)
{
	const auto *address = address_of(literal, parents);
	const auto *list = dyn_cast<InitListExpr>(literal.getInitializer());
	if (address == nullptr || list == nullptr)
		return;
	if (literal.isFileScope()) {
		if (const auto *op = dyn_cast<UnaryOperator>(address))
			make_array(conversion, literal, *op);
		return;
	}
	const auto *written = list->isSyntacticForm() ? list : list->getSyntacticForm();
	const auto whole = conversion.span(literal.getSourceRange());
	const auto initializer = conversion.span(written->getSourceRange());
	if (!whole || !initializer)
		return;
	const auto name = conversion.unused_name("literal");
	const auto declaration = declarator(conversion, literal.getType(), name);
	if (!declaration || conversion.is_in_macro_body(literal.getSourceRange())) {
		conversion.leave(literal.getBeginLoc(),
				 "the address of a compound literal needs a variable");
		return;
	}
	conversion.replace(*whole, {name}, "a compound literal");
	const auto *in_function = dyn_cast<FunctionDecl>(outermost);
	name_in_function(conversion, literal, parents, name, *declaration, *initializer,
			 in_function != nullptr && has_jumps(*in_function));
}

} // namespace kcxx::convert
