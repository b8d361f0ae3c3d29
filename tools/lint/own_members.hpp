// SPDX-License-Identifier: GPL-2.0-only OR MIT
// All members of *this that code uses, locks and atomics too.
#pragma once

#include "lint/callers.hpp"

#include <clang/AST/RecursiveASTVisitor.h>
#include <set>

namespace kcxx::lint
{

using OwnFields = std::set<const clang::FieldDecl *>;

/** Collects the members that code uses by `this`, also through functions of the same class. */
class OwnMembers : public clang::RecursiveASTVisitor<OwnMembers>
{
public:
	explicit OwnMembers(const clang::CXXRecordDecl &record) : record_(record) {}

	bool VisitMemberExpr(clang::MemberExpr *member)
	{
		if (!llvm::isa<clang::CXXThisExpr>(member->getBase()->IgnoreParenImpCasts()))
			return true;
		if (const auto *field = llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl()))
			fields.insert(field->getCanonicalDecl());
		else if (const auto *function =
				 llvm::dyn_cast<clang::CXXMethodDecl>(member->getMemberDecl()))
			follow(*function);
		return true;
	}

	void follow(const clang::CXXMethodDecl &called)
	{
		const auto *defined = run_in(record_, called);
		if (defined != nullptr && seen_.insert(defined).second)
			TraverseStmt(defined->getBody());
	}

	OwnFields fields;

private:
	const clang::CXXRecordDecl &record_;
	std::set<const clang::FunctionDecl *> seen_;
};

} // namespace kcxx::lint
