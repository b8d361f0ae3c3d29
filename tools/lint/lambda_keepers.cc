// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Functions of the library that keep a lambda, which runs later.
#include "lint/lambda_keepers.hpp"

#include <algorithm>
#include <array>
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
	if (owner == "WorkQueue" && function->getName() == "run")
		return Keeper::queue;
	static constexpr std::array makers = {StringRef{"Closure"}, StringRef{"RebootNotifier"},
					      StringRef{"PanicNotifier"},
					      StringRef{"SysOffHandler"}};
	if ((owner == "KThread" && function->getName() == "run") ||
	    (std::ranges::find(makers, owner) != makers.end() && function->getName() == "make"))
		return Keeper::object;
	return {};
}

} // namespace kcxx::lint
