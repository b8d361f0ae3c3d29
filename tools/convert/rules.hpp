// SPDX-License-Identifier: GPL-2.0-only OR MIT
// One function for each thing that C++ wants otherwise than C. visitor.cc calls them for each node;
// the comments name the files that they are in.
#pragma once

#include "convert/conversion.hpp"

#include <clang/AST/Decl.h>
#include <clang/AST/Expr.h>
#include <clang/AST/TypeLoc.h>

namespace clang
{
class Preprocessor;
}

namespace kcxx::convert
{

// implicit_conversions.cc: void * to T *, int to enum, string literals to char *
void implicit_conversion(Conversion &conversion, const clang::ImplicitCastExpr &cast,
			 const Parents &parents);

// string_literals.cc: char sign[4] = "sign"
void string_literal(Conversion &conversion, const clang::StringLiteral &literal);

// enum_arithmetic.cc: flags |= x, state++
void enum_assignment(Conversion &conversion, const clang::CompoundAssignOperator &assignment,
		     const Parents &parents);
void enum_step(Conversion &conversion, const clang::UnaryOperator &step, const Parents &parents);

// void_arithmetic.cc: base + 4, of a void *
void void_sum(Conversion &conversion, const clang::BinaryOperator &sum);
void void_assignment(Conversion &conversion, const clang::CompoundAssignOperator &assignment);
void void_step(Conversion &conversion, const clang::UnaryOperator &step, const Parents &parents);
bool is_void_sum(const clang::Expr &expression);

// initializers.cc: the order of designators
void initializer(Conversion &conversion, const clang::InitListExpr &list);

// compound_literals.cc: addresses of (struct foo){ … }
void compound_literal(Conversion &conversion, const clang::CompoundLiteralExpr &literal,
		      const Parents &parents, const clang::Decl *outermost);

// declarations.cc: two definitions of one name, linkage, constants without a value
void variable(Conversion &conversion, const clang::VarDecl &variable);
void variable_name(Conversion &conversion, const clang::DeclRefExpr &name);
void function(Conversion &conversion, const clang::FunctionDecl &function);

// nested_types.cc: struct tags inside of structs
void tag_name(Conversion &conversion, const clang::TagTypeLoc &name,
	      const clang::RecordDecl *inside);
void nested_definition(Conversion &conversion, const clang::TagDecl &tag,
		       const clang::Decl *outermost);
void enumerator_name(Conversion &conversion, const clang::DeclRefExpr &name);

// jumps.cc: goto and case past initialisations
void jumps(Conversion &conversion, const clang::FunctionDecl &function);
bool has_jumps(const clang::FunctionDecl &function);

// words.cc: names that C++ reserves, text pasted to literals, register
void words(Conversion &conversion, const std::set<unsigned> &arguments_of_macros);

} // namespace kcxx::convert
