// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Functions of the library that keep a lambda, which runs later.
#include "lint/lambda_keepers.hpp"

#include <clang/AST/DeclCXX.h>

namespace kcxx::lint
{

using namespace clang;

std::optional<Keeper> keeper_of(Lint &lint, const CallExpr &call)
{
	const auto *function = dyn_cast_or_null<CXXMethodDecl>(call.getDirectCallee());
	if (function == nullptr || function->getIdentifier() == nullptr ||
	    lint.files().origin(function->getLocation()) != Origin::library)
		return {};
	const auto owner = function->getParent()->getName();
	const bool is_queue = owner == "WorkQueue";
	const StringRef keeping = is_queue || owner == "KThread" ? "run" : "make";
	if (!llvm::is_contained(lambda_keepers, owner) || function->getName() != keeping)
		return {};
	return is_queue ? Keeper::queue : Keeper::object;
}

} // namespace kcxx::lint
