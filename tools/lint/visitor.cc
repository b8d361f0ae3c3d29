// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/visitor.hpp"

#include "lint/callers.hpp"
#include "lint/data_races.hpp"
#include "lint/deadlocks.hpp"
#include "lint/given_functions.hpp"
#include "lint/lock_contexts.hpp"
#include "lint/object_orders.hpp"
#include "lint/referents.hpp"
#include "lint/rules.hpp"
#include "lint/sleepers.hpp"
#include "lint/sleeping_flags.hpp"
#include "lint/started_callbacks.hpp"
#include "lint/user_calls.hpp"
#include "lint/user_declarations.hpp"
#include "lint/user_fetches.hpp"
#include "lint/wait_circles.hpp"

#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

namespace
{

using namespace clang;

/** Finds the blocks, before any rule reports. */
class Blocks : public RecursiveASTVisitor<Blocks>
{
public:
	explicit Blocks(Lint &lint) : lint_(lint) {}

	bool VisitIfStmt(IfStmt *statement)
	{
		lint_.note_block(*statement);
		return true;
	}

private:
	Lint &lint_;
};

class Visitor : public RecursiveASTVisitor<Visitor>
{
public:
	explicit Visitor(Lint &lint)
	    : lint_(lint), callables_(lint), sleepers_(lint, callables_),
	      lockers_(lint, callables_, Goal::softirq_lock),
	      triers_(lint, callables_, Goal::mutex_tried),
	      askers_(lint, callables_, Goal::thread_asked), flags_(lint), user_calls_(lint),
	      fetches_(lint), kept_(lint), library_calls_(lint), data_races_(lint, library_calls_),
	      lock_uses_(lint, callables_), deadlocks_(lint, lock_uses_),
	      lock_contexts_(lint, lock_uses_), wait_circles_(lint, lock_uses_),
	      object_orders_(lint, lock_uses_)
	{
	}

	// Templates: what depends on an argument is known in their instances alone.
	bool shouldVisitTemplateInstantiations() const { return true; }

	bool VisitExplicitCastExpr(ExplicitCastExpr *node)
	{
		cast(lint_, *node);
		return true;
	}

	bool VisitUnaryOperator(UnaryOperator *node)
	{
		dereference(lint_, *node);
		pointer_step(lint_, *node);
		shared_change(lint_, *node);
		return true;
	}

	bool VisitBinaryOperator(BinaryOperator *node)
	{
		pointer_sum(lint_, *node);
		shared_change(lint_, *node);
		kept_view(lint_, *node);
		return true;
	}

	bool VisitMemberExpr(MemberExpr *node)
	{
		arrow(lint_, *node);
		union_member(lint_, *node);
		return true;
	}

	bool VisitArraySubscriptExpr(ArraySubscriptExpr *node)
	{
		subscript(lint_, *node);
		return true;
	}

	bool VisitCallExpr(CallExpr *node)
	{
		call(lint_, *node);
		lambda_kept(lint_, *node);
		std_algorithm(lint_, *node);
		shared_change(lint_, *node);
		kept_view(lint_, *node);
		kept_object(lint_, *node);
		ignored_result(lint_, *node);
		call_walk(lint_, *node);
		endless_thread(lint_, *node);
		moved_object(lint_, *node);
		return true;
	}

	bool VisitCXXMemberCallExpr(CXXMemberCallExpr *node)
	{
		destroyed_by_hand(lint_, *node);
		flags_kept(lint_, *node);
		return true;
	}

	bool VisitInitListExpr(InitListExpr *node)
	{
		flags_kept(lint_, *node);
		return true;
	}

	bool VisitCXXConstructExpr(CXXConstructExpr *node)
	{
		construction(lint_, *node);
		std_span(lint_, *node);
		return true;
	}

	bool VisitDeclRefExpr(DeclRefExpr *node)
	{
		name(lint_, *node);
		return true;
	}

	bool VisitVarDecl(VarDecl *node)
	{
		variable(lint_, *node);
		promise(lint_, *node);
		return true;
	}

	bool VisitCXXConstructorDecl(CXXConstructorDecl *node)
	{
		constructor(lint_, *node);
		return true;
	}

	bool VisitCXXNewExpr(CXXNewExpr *node)
	{
		made_by_hand(lint_, *node);
		return true;
	}

	bool VisitCXXDeleteExpr(CXXDeleteExpr *node)
	{
		made_by_hand(lint_, *node);
		return true;
	}

	bool VisitVAArgExpr(VAArgExpr *node)
	{
		variable_argument(lint_, *node);
		return true;
	}

	bool VisitAsmStmt(AsmStmt *node)
	{
		assembly(lint_, node->getSourceRange());
		return true;
	}

	bool VisitFileScopeAsmDecl(FileScopeAsmDecl *node)
	{
		assembly(lint_, node->getSourceRange());
		return true;
	}

	bool VisitCXXRecordDecl(CXXRecordDecl *node)
	{
		member_order(lint_, *node);
		starts(*node);
		open_files(lint_, *node);
		own_view(lint_, *node);
		kept_references(lint_, kept_, *node);
		data_races_.look_at(*node);
		deadlocks_.look_at(*node);
		wait_circles_.look_at(*node);
		return true;
	}

	bool VisitFunctionDecl(FunctionDecl *node)
	{
		user_values(user_calls_, *node);
		double_fetches(lint_, fetches_, *node);
		owners(lint_, *node);
		stale_elements(lint_, *node);
		kept_references(lint_, kept_, *node);
		ignored_results(lint_, *node);
		sleeps(lint_, sleepers_, flags_, *node);
		hard_interrupts(lint_, lockers_, *node);
		context_calls(lint_, triers_, askers_, library_calls_, *node);
		locks(*node);
		return true;
	}

	bool VisitLambdaExpr(LambdaExpr *node)
	{
		for (const auto *function : lambda_functions(*node))
			lambda(*function);
		return true;
	}

	bool VisitCXXForRangeStmt(CXXForRangeStmt *node)
	{
		range_walk(lint_, *node);
		range_temporary(lint_, *node);
		return true;
	}

	bool VisitForStmt(ForStmt *node)
	{
		iterator_walk(lint_, *node);
		return true;
	}

	/** Reports what needs all functions. */
	void finish()
	{
		data_races_.look_at_references();
		deadlocks_.look_at_orders();
		lock_contexts_.look_at_all();
		wait_circles_.look_at_all();
		object_orders_.look_at_all();
	}

private:
	void starts(const CXXRecordDecl &record)
	{
		if (!record.isThisDeclarationADefinition() || record.isDependentType() ||
		    record.isLambda())
			return;
		const auto started = started_callbacks(lint_, library_calls_, record);
		init_order(lint_, record, started);
		early_starts(lint_, callables_, record, started);
	}

	// The numbers of user space in it were followed with those of its function.
	void lambda(const FunctionDecl &body)
	{
		owners(lint_, body);
		stale_elements(lint_, body);
		kept_references(lint_, kept_, body);
		sleeps(lint_, sleepers_, flags_, body);
		locks(body);
	}

	void locks(const FunctionDecl &function)
	{
		deadlocks_.look_at(function);
		lock_contexts_.look_at(function);
		wait_circles_.look_at(function);
		object_orders_.look_at(function);
	}

	Lint &lint_;
	Callables callables_;
	Sleepers sleepers_;
	Sleepers lockers_;
	Sleepers triers_;
	Sleepers askers_;
	SleepingFlags flags_;
	UserCalls user_calls_;
	UserFetches fetches_;
	KeptParameters kept_;
	LibraryCalls library_calls_;
	DataRaces data_races_;
	LockUses lock_uses_;
	Deadlocks deadlocks_;
	LockContexts lock_contexts_;
	WaitCircles wait_circles_;
	ObjectOrders object_orders_;
};

} // namespace

void visit(Lint &lint)
{
	const auto &all = *lint.ast().getTranslationUnitDecl();
	Blocks blocks(lint);
	each_of_user(lint, all, [&](Decl &declaration) { blocks.TraverseDecl(&declaration); });
	Visitor visitor(lint);
	each_of_user(lint, all, [&](Decl &declaration) { visitor.TraverseDecl(&declaration); });
	visitor.finish();
}

} // namespace kcxx::lint
