// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The declarations of the user's files.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>

namespace kcxx::lint
{

/** Applies @apply to each declaration of the user's files in @context, in namespaces as well. */
template <typename Apply>
void each_of_user(Lint &lint, const clang::DeclContext &context, Apply apply)
{
	for (auto *declaration : context.decls()) {
		const auto *inner = llvm::dyn_cast<clang::DeclContext>(declaration);
		if (llvm::isa<clang::NamespaceDecl, clang::LinkageSpecDecl>(declaration))
			each_of_user(lint, *inner, apply);
		else if (lint.files().of_user(declaration->getLocation()) ||
			 lint.files().of_user(declaration->getBeginLoc()))
			apply(*declaration);
	}
}

/** Returns the definition of @function if it is the user's, and no template; else nullptr. */
inline const clang::FunctionDecl *defined_by_user(Lint &lint, const clang::FunctionDecl *function)
{
	const clang::FunctionDecl *defined = nullptr;
	return function != nullptr && function->hasBody(defined) &&
			       !defined->isDependentContext() &&
			       lint.files().origin(defined->getLocation()) == Origin::user
		       ? defined
		       : nullptr;
}

} // namespace kcxx::lint
