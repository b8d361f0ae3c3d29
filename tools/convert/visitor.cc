// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "convert/visitor.hpp"

#include "convert/rules.hpp"

#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::convert
{

namespace
{

using namespace clang;

class Visitor : public RecursiveASTVisitor<Visitor>
{
	using Base = RecursiveASTVisitor<Visitor>;

public:
	explicit Visitor(Conversion &conversion) : conversion_(conversion) {}

	void visit(Decl *declaration)
	{
		outermost_ = declaration;
		TraverseDecl(declaration);
	}

	bool dataTraverseStmtPre(Stmt *statement)
	{
		parents_.push_back(statement);
		return true;
	}

	bool dataTraverseStmtPost(Stmt * /*statement*/)
	{
		parents_.pop_back();
		return true;
	}

	// The semantic form has the conversions; the syntactic one has the designators.
	bool TraverseInitListExpr(InitListExpr *list, DataRecursionQueue * /*queue*/ = nullptr)
	{
		initializer(conversion_, *list);
		note_designators(*list);
		auto *meant = list->isSemanticForm() ? list : list->getSemanticForm();
		for (auto *element : (meant != nullptr ? meant : list)->inits())
			if (element != nullptr && !TraverseStmt(element))
				return false;
		return true;
	}

	bool TraverseRecordDecl(RecordDecl *record)
	{
		const auto *outer = inside_;
		inside_ = record;
		const bool goes_on = Base::TraverseRecordDecl(record);
		inside_ = outer;
		return goes_on;
	}

	bool VisitImplicitCastExpr(ImplicitCastExpr *cast)
	{
		implicit_conversion(conversion_, *cast, above());
		return true;
	}

	bool VisitBinaryOperator(BinaryOperator *binary)
	{
		if (const auto *assignment = dyn_cast<CompoundAssignOperator>(binary)) {
			enum_assignment(conversion_, *assignment, above());
			void_assignment(conversion_, *assignment);
		} else {
			void_sum(conversion_, *binary);
		}
		return true;
	}

	bool VisitUnaryOperator(UnaryOperator *unary)
	{
		if (unary->isIncrementDecrementOp()) {
			enum_step(conversion_, *unary, above());
			void_step(conversion_, *unary, above());
		}
		return true;
	}

	bool VisitStringLiteral(StringLiteral *literal)
	{
		string_literal(conversion_, *literal);
		return true;
	}

	bool VisitGenericSelectionExpr(GenericSelectionExpr *choice)
	{
		if (conversion_.is_ours(choice->getGenericLoc()))
			conversion_.leave(choice->getGenericLoc(),
					  "_Generic needs overloaded functions");
		return true;
	}

	bool VisitCastExpr(CastExpr *cast)
	{
		if (cast->getCastKind() == CK_ToUnion && conversion_.is_ours(cast->getBeginLoc()))
			conversion_.leave(cast->getBeginLoc(),
					  "a cast to a union needs a variable");
		return true;
	}

	bool VisitCompoundLiteralExpr(CompoundLiteralExpr *literal)
	{
		compound_literal(conversion_, *literal, above(), outermost_);
		return true;
	}

	bool VisitVarDecl(VarDecl *declared)
	{
		variable(conversion_, *declared);
		return true;
	}

	bool VisitFunctionDecl(FunctionDecl *declared)
	{
		function(conversion_, *declared);
		jumps(conversion_, *declared);
		return true;
	}

	bool VisitTagDecl(TagDecl *tag)
	{
		nested_definition(conversion_, *tag, outermost_);
		return true;
	}

	bool VisitTagTypeLoc(TagTypeLoc name)
	{
		tag_name(conversion_, name, inside_);
		note(name.getDecl()->getName(), name.getNameLoc());
		return true;
	}

	bool VisitNamedDecl(NamedDecl *declared)
	{
		if (declared->getIdentifier() != nullptr)
			note(declared->getName(), declared->getLocation());
		return true;
	}

	bool VisitDeclRefExpr(DeclRefExpr *name)
	{
		enumerator_name(conversion_, *name);
		variable_name(conversion_, *name);
		if (name->getDecl()->getIdentifier() != nullptr)
			note(name->getDecl()->getName(), name->getLocation());
		return true;
	}

	bool VisitMemberExpr(MemberExpr *member)
	{
		if (member->getMemberDecl()->getIdentifier() != nullptr)
			note(member->getMemberDecl()->getName(), member->getMemberLoc());
		return true;
	}

	bool VisitOffsetOfExpr(OffsetOfExpr *offset)
	{
		for (unsigned i = 0; i < offset->getNumComponents(); i++)
			if (const auto &part = offset->getComponent(i);
			    part.getKind() == OffsetOfNode::Field &&
			    part.getFieldName() != nullptr) // of an unnamed union, on the way
				note(part.getFieldName()->getName(), part.getEndLoc());
		return true;
	}

private:
	// The node that is visited is the last one.
	Parents above()
	{
		auto parents = parents_;
		if (!parents.empty())
			parents.pop_back();
		return parents;
	}

	void note(StringRef name, SourceLocation place)
	{
		if (is_reserved({name.data(), name.size()}))
			if (const auto at = conversion_.offset(place))
				conversion_.reserved_uses.insert(*at);
	}

	void note_designators(const InitListExpr &list)
	{
		const auto *written = list.isSyntacticForm() ? &list : list.getSyntacticForm();
		for (auto *init : written != nullptr ? written->inits() : ArrayRef<Expr *>())
			if (auto *designated = dyn_cast<DesignatedInitExpr>(init))
				for (const auto &designator : designated->designators())
					if (designator.isFieldDesignator() &&
					    designator.getFieldLoc().isValid())
						note(designator.getFieldDecl()->getName(),
						     designator.getFieldLoc());
	}

	Conversion &conversion_;
	const Decl *outermost_ = nullptr;
	const RecordDecl *inside_ = nullptr;
	Parents parents_;
};

} // namespace

void visit(Conversion &conversion, const std::vector<Decl *> &declarations)
{
	Visitor visitor(conversion);
	for (auto *declaration : declarations)
		visitor.visit(declaration);
}

} // namespace kcxx::convert
