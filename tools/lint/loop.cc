// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/loop.hpp"

namespace kcxx::lint
{

using namespace clang;

Loop loop_of(const Stmt &node)
{
	if (const auto *counted = dyn_cast<ForStmt>(&node))
		return {.init = counted->getInit(),
			.declared = counted->getConditionVariableDeclStmt(),
			.condition = counted->getCond(),
			.step = counted->getInc(),
			.body = counted->getBody()};
	if (const auto *whole = dyn_cast<WhileStmt>(&node))
		return {.declared = whole->getConditionVariableDeclStmt(),
			.condition = whole->getCond(),
			.body = whole->getBody()};
	if (const auto *once = dyn_cast<DoStmt>(&node))
		return {.condition = once->getCond(), .body = once->getBody()};
	if (const auto *range = dyn_cast<CXXForRangeStmt>(&node))
		return {.init = range->getRangeInit(), .body = range->getBody()};
	return {};
}

} // namespace kcxx::lint
