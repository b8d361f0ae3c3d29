// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The objects that a value goes on to refer to, by what constructors and functions keep of theirs.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <map>
#include <set>

namespace kcxx::lint
{

/** How the object that a function makes refers to an argument of it */
enum class Kept {
	nothing,
	value,  // as the argument does: by a copy of a view, of a pointer, of an object with such
	object, // to the argument itself
};

/** Knows the arguments that the objects refer to which the user's functions make. */
class KeptParameters
{
public:
	explicit KeptParameters(Lint &lint) : lint_(lint) {}

	/** Returns how a result of @function, or the object of a constructor, keeps @index. */
	Kept of(const clang::FunctionDecl &function, unsigned index);

private:
	using Known = std::map<const clang::ParmVarDecl *, Kept>;

	[[nodiscard]] Known look_into(const clang::FunctionDecl &function);

	Lint &lint_;
	std::map<const clang::FunctionDecl *, Known> known_;
};

/**
 * Finds what a value refers to: variables, parameters and temporaries. An unknown function's result
 * refers to nothing, so does a pointer that a member is.
 */
class Referents
{
public:
	Referents(Lint &lint, KeptParameters &kept) : lint_(lint), kept_(kept) {}

	/** Adds what @expression, the value of an object, refers to. */
	void add_value(const clang::Expr &expression);
	/** Adds @expression, an object that something refers to. */
	void add_object(const clang::Expr &expression);
	/** Adds what an object, a reference or a result of @type refers to that @value makes. */
	void add_initialiser(clang::QualType type, const clang::Expr &value);
	/** Adds what a member or a base refers to. */
	void add_initialiser(const clang::CXXCtorInitializer &made);
	/** Adds what the object refers to that a constructor of @record makes of @arguments. */
	void add_made(const clang::CXXRecordDecl &record,
		      llvm::ArrayRef<const clang::Expr *> arguments);

	/** The variables, by value or references that are parameters, which it refers to */
	[[nodiscard]] const std::set<const clang::VarDecl *> &objects() const { return objects_; }
	/** The variables whose elements, or whose object that they own, it refers to */
	[[nodiscard]] const std::set<const clang::VarDecl *> &owners() const { return owners_; }
	/** The parameters that refer to what it refers to as well */
	[[nodiscard]] const std::set<const clang::VarDecl *> &values() const { return values_; }
	/** The temporaries that it refers to, and that end with their statement */
	[[nodiscard]] const std::set<const clang::Expr *> &temporaries() const
	{
		return temporaries_;
	}

private:
	void add_content(const clang::Expr &owner);
	void add_variable_value(const clang::VarDecl &variable);
	void add_variable(const clang::VarDecl &variable);
	void add_temporary(const clang::MaterializeTemporaryExpr &temporary);
	void add_members(const clang::CXXRecordDecl &record,
			 llvm::ArrayRef<const clang::Expr *> values);
	void add_kept(const clang::FunctionDecl &function,
		      llvm::ArrayRef<const clang::Expr *> arguments);
	void add_construction(const clang::CXXConstructExpr &made);
	void add_captures(const clang::LambdaExpr &lambda);
	void add_call(const clang::CallExpr &call);
	void add_result_of(const clang::CallExpr &call, const clang::Expr &object);
	void add_call_object(const clang::CallExpr &call);
	void add_handed_on(llvm::ArrayRef<const clang::Expr *> arguments);
	void add_view_of(const clang::Expr &viewed);

	Lint &lint_;
	KeptParameters &kept_;
	bool in_content_ = false; // of an owner
	std::set<const clang::VarDecl *> seen_;
	std::set<const clang::VarDecl *> objects_;
	std::set<const clang::VarDecl *> owners_;
	std::set<const clang::VarDecl *> values_;
	std::set<const clang::Expr *> temporaries_;
};

/** Visits the values of the returns of a function, without those of its lambdas. */
void each_return(const clang::FunctionDecl &function,
		 llvm::function_ref<void(const clang::ReturnStmt &)> visit);

} // namespace kcxx::lint
