// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "convert/statements.hpp"

namespace kcxx::convert
{

using namespace clang;

bool is_statement(const Expr &expression, const Parents &parents)
{
	const Stmt *below = &expression;
	for (auto at = parents.rbegin(); at != parents.rend(); below = *at++) {
		const auto *parent = *at;
		if (isa<ParenExpr>(parent))
			continue;
		if (const auto *comma = dyn_cast<BinaryOperator>(parent);
		    comma != nullptr && comma->getOpcode() == BO_Comma) {
			if (comma->getLHS() == below)
				return true;
			continue;
		}
		if (const auto *statement = dyn_cast<StmtExpr>(parent))
			return statement->getSubStmt()->body_back() != below;
		if (const auto *loop = dyn_cast<ForStmt>(parent))
			return loop->getCond() != below;
		if (const auto *branch = dyn_cast<IfStmt>(parent))
			return branch->getCond() != below;
		if (const auto *loop = dyn_cast<WhileStmt>(parent))
			return loop->getCond() != below;
		if (const auto *loop = dyn_cast<DoStmt>(parent))
			return loop->getCond() != below;
		return isa<CompoundStmt, SwitchCase, LabelStmt>(parent);
	}
	return true;
}

} // namespace kcxx::convert
