// SPDX-License-Identifier: GPL-2.0-only OR MIT
// goto and case that pass an initialisation, which C++ refuses: the declaration stays, and an
// assignment follows it.
#include "convert/rules.hpp"

#include <clang/AST/RecursiveASTVisitor.h>
#include <map>

namespace kcxx::convert
{

namespace
{

using namespace clang;

struct Jump {
	SourceLocation from;
	SourceLocation to;
};

/** A declaration, and the end of the block where its name counts. */
struct Declared {
	const DeclStmt *statement;
	SourceLocation end;
};

class Reader : public RecursiveASTVisitor<Reader>
{
public:
	bool VisitLabelStmt(LabelStmt *label)
	{
		labels_[label->getDecl()] = label->getIdentLoc();
		return true;
	}
	bool VisitGotoStmt(GotoStmt *jump)
	{
		gotos_.push_back(jump);
		return true;
	}
	bool VisitSwitchStmt(SwitchStmt *choice)
	{
		for (const auto *label = choice->getSwitchCaseList(); label != nullptr;
		     label = label->getNextSwitchCase())
			jumps.push_back({choice->getBeginLoc(), label->getKeywordLoc()});
		return true;
	}
	bool VisitCompoundStmt(CompoundStmt *block)
	{
		for (auto *statement : block->body())
			declaration_in(statement, block->getRBracLoc());
		return true;
	}
	void finish()
	{
		for (const auto *jump : gotos_)
			if (const auto label = labels_.find(jump->getLabel());
			    label != labels_.end())
				jumps.push_back({jump->getGotoLoc(), label->second});
	}

	std::vector<Jump> jumps;
	std::vector<Declared> declarations;

private:
	void declaration_in(Stmt *statement, SourceLocation end)
	{
		while (auto *label = dyn_cast<SwitchCase>(statement))
			statement = label->getSubStmt();
		if (const auto *declaration = dyn_cast<DeclStmt>(statement))
			declarations.push_back({declaration, end});
	}

	std::map<const LabelDecl *, SourceLocation> labels_;
	std::vector<const GotoStmt *> gotos_;
};

// int a = 1, b = 2;  →  int a, b; a = 1; b = 2;
void split(Conversion &conversion, const DeclStmt &statement)
{
	const auto span = conversion.span(&statement);
	if (!span)
		return;
	const auto indentation = conversion.indentation(span->begin);
	std::vector<Piece> assignments;
	for (const auto *declared : statement.decls()) {
		const auto *variable = dyn_cast<VarDecl>(declared);
		if (variable == nullptr || !variable->hasInit() || variable->isStaticLocal())
			continue;
		const auto value = conversion.use(variable->getInit());
		const auto equals =
			value ? conversion.text().rfind('=', value->begin) : std::string_view::npos;
		if (!value || equals == std::string_view::npos || equals < span->begin ||
		    variable->getType().isConstQualified() || variable->getType()->isArrayType()) {
			conversion.leave(statement.getBeginLoc(), "a jump passes a declaration");
			return;
		}
		auto begin = static_cast<unsigned>(equals);
		while (conversion.text()[begin - 1] == ' ' || conversion.text()[begin - 1] == '\t')
			begin--;
		conversion.replace({begin, value->end}, {""}, "a declaration that a jump passes");
		assignments.insert(
			assignments.end(),
			{"\n" + indentation + variable->getName().str() + " = ", *value, ";"});
	}
	conversion.insert(span->end, std::move(assignments));
}

bool is_initialised(const DeclStmt &statement)
{
	for (const auto *declared : statement.decls())
		if (const auto *variable = dyn_cast<VarDecl>(declared);
		    variable != nullptr && variable->hasInit() && !variable->isStaticLocal())
			return true;
	return false;
}

} // namespace

bool has_jumps(const FunctionDecl &function)
{
	Reader reader;
	reader.TraverseStmt(function.getBody());
	reader.finish();
	return !reader.jumps.empty();
}

void jumps(Conversion &conversion, const FunctionDecl &function)
{
	if (!function.doesThisDeclarationHaveABody())
		return;
	Reader reader;
	reader.TraverseStmt(function.getBody());
	reader.finish();
	auto &sources = conversion.sources();
	const auto before = [&](SourceLocation one, SourceLocation other) {
		return sources.isBeforeInTranslationUnit(one, other);
	};
	for (const auto &[statement, end] : reader.declarations) {
		if (!is_initialised(*statement) || !conversion.span(statement))
			continue;
		for (const auto &jump : reader.jumps)
			if (before(statement->getBeginLoc(), jump.to) && before(jump.to, end) &&
			    (before(jump.from, statement->getBeginLoc()) ||
			     before(end, jump.from))) {
				split(conversion, *statement);
				break;
			}
	}
}

} // namespace kcxx::convert
