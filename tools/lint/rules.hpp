// SPDX-License-Identifier: GPL-2.0-only OR MIT
// One function for each kind of node that a rule looks at. visitor.cc calls them; the comments name
// the files that they are in.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/StmtCXX.h>
#include <vector>

namespace kcxx::lint
{

class Callables;
class KeptParameters;
class LibraryCalls;
class Sleepers;
class SleepingFlags;
class UserCalls;
class UserFetches;
struct StartedCallback;

// casts.cc: reinterpret_cast, const_cast, pointers of C's casts, static_cast from void *
void cast(Lint &lint, const clang::ExplicitCastExpr &cast);

// pointers.cc: raw pointers that are followed, arithmetic, arrays of C
void dereference(Lint &lint, const clang::UnaryOperator &unary);
void arrow(Lint &lint, const clang::MemberExpr &member);
void subscript(Lint &lint, const clang::ArraySubscriptExpr &subscript);
void pointer_sum(Lint &lint, const clang::BinaryOperator &sum);
void pointer_step(Lint &lint, const clang::UnaryOperator &step);

// calls.cc: functions and variables of C, and functions of C++ that take an owner's pointer
void call(Lint &lint, const clang::CallExpr &call);
void construction(Lint &lint, const clang::CXXConstructExpr &made);
void name(Lint &lint, const clang::DeclRefExpr &name);

// std_algorithms.cc: algorithms of std that trust an iterator or an order
void std_algorithm(Lint &lint, const clang::CallExpr &call);
void std_span(Lint &lint, const clang::CXXConstructExpr &made);

// unions.cc
void union_member(Lint &lint, const clang::MemberExpr &member);

// values.cc: variables and members without a value
void variable(Lint &lint, const clang::VarDecl &variable);
void constructor(Lint &lint, const clang::CXXConstructorDecl &constructor);

// by_hand.cc: new, delete, destructors, assembly, va_arg
void made_by_hand(Lint &lint, const clang::Expr &expression);
void destroyed_by_hand(Lint &lint, const clang::CXXMemberCallExpr &call);
void assembly(Lint &lint, clang::SourceRange range);
void variable_argument(Lint &lint, const clang::VAArgExpr &argument);

// captures.cc: a lambda that outlives what it refers to
void lambda_kept(Lint &lint, const clang::CallExpr &call);

// moved_objects.cc: an object that may move while a thread or a timer knows it by `this`
void moved_object(Lint &lint, const clang::CallExpr &call);

// kept_views.cc: a member that keeps a view of an object that may end or move
void kept_view(Lint &lint, const clang::Expr &assignment);
void own_view(Lint &lint, const clang::CXXRecordDecl &record);

// early_starts.cc: callbacks that an object starts before what they use is set
void early_starts(Lint &lint, Callables &callables, const clang::CXXRecordDecl &record,
		  const std::vector<StartedCallback> &started);

// init_order.cc: members that an initialiser uses before they are made
void init_order(Lint &lint, const clang::CXXRecordDecl &record,
		const std::vector<StartedCallback> &started);

// ignored_results.cc: errors that nothing looks at
void ignored_results(Lint &lint, const clang::FunctionDecl &function);
void ignored_result(Lint &lint, const clang::CallExpr &call);

// kept_objects.cc: an object that a subsystem calls, and that ends before the device is unbound
void kept_object(Lint &lint, const clang::CallExpr &call);

// kept_references.cc: an object that outlives what it refers to
void kept_references(Lint &lint, KeptParameters &kept, const clang::FunctionDecl &function);
void kept_references(Lint &lint, KeptParameters &kept, const clang::CXXRecordDecl &record);

// member_order.cc: a timer, work or thread that ends after what it uses
void member_order(Lint &lint, const clang::CXXRecordDecl &record);

// open_files.cc: what an open file keeps of a device that may be unbound
void open_files(Lint &lint, const clang::CXXRecordDecl &record);

// shared_changes.cc: members that are mutable, and in no lock, of an object with several owners
void shared_change(Lint &lint, const clang::Expr &change);

// used_up.cc: owners that a move has emptied, pointers that get two owners
void owners(Lint &lint, const clang::FunctionDecl &function);

// promises.cc: constants by which an author promises what no type can see
void promise(Lint &lint, const clang::VarDecl &variable);

// range_temporaries.cc: loops over what belongs to a temporary
void range_temporary(Lint &lint, const clang::CXXForRangeStmt &loop);

// walks.cc: containers that are changed while a loop walks them
void range_walk(Lint &lint, const clang::CXXForRangeStmt &loop);
void iterator_walk(Lint &lint, const clang::ForStmt &loop);
void call_walk(Lint &lint, const clang::CallExpr &call);

// endless_threads.cc: threads that nothing can end
void endless_thread(Lint &lint, const clang::CallExpr &call);

// stale_elements.cc: references to elements that are used behind a change of their container
void stale_elements(Lint &lint, const clang::FunctionDecl &function);

// sleeps.cc: calls of what sleeps, between a guard that forbids it and its end
void sleeps(Lint &lint, Sleepers &sleepers, SleepingFlags &flags,
	    const clang::FunctionDecl &function);

// sleeping_flags.cc: flags of an allocation that sleeps, kept as flags of any
void flags_kept(Lint &lint, const clang::Expr &conversion);
void flags_kept(Lint &lint, const clang::InitListExpr &list);

// hard_interrupts.cc: locks of softirqs in handlers of interrupts
void hard_interrupts(Lint &lint, Sleepers &lockers, const clang::FunctionDecl &function);

// context_calls.cc: locks of tasks in interrupts, questions of threads elsewhere
void context_calls(Lint &lint, Sleepers &triers, Sleepers &askers, LibraryCalls &calls,
		   const clang::FunctionDecl &function);

// user_values.cc: numbers from user space as sizes, indexes, shifts and bounds of loops
void user_values(UserCalls &calls, const clang::FunctionDecl &function);

// double_fetches.cc: memory of user space that is read twice
void double_fetches(Lint &lint, UserFetches &fetches, const clang::FunctionDecl &function);

} // namespace kcxx::lint
