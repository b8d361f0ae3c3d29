// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Callbacks that an object starts before what they use is set.
#include "lint/callables.hpp"
#include "lint/callers.hpp"
#include "lint/lambda_keepers.hpp"
#include "lint/member_uses.hpp"
#include "lint/rules.hpp"
#include "lint/started_callbacks.hpp"

#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule started_early = {
	.id = "kcxx-early-start",
	.what = "a member is set behind the start of a callback that uses it: the callback may run "
		"before",
	.needed = "all that the callback uses, before it can run",
	.rewrite = "set the members first, and call start(), queue(), request(), KThread::run() or "
		   "add() last; or a kernel::SpinLock<T, kernel::FromIrq> or kernel::Mutex<T> with "
		   "the members as T",
};

constexpr Rule started_in_a_base = {
	.id = "kcxx-virtual-start",
	.what = "a constructor starts a callback that calls a virtual function: it may run before "
		"the derived class of the object is there",
	.needed = "the whole object, before the callback can run",
	.rewrite = "a function of the base that starts it, called at the end of the constructor of "
		   "a derived class that is final; or in start()",
};

/** Finds a call by which a callback runs a function of a derived class. */
class VirtualCalls : public RecursiveASTVisitor<VirtualCalls>
{
public:
	VirtualCalls(Callables &callables, const CXXRecordDecl &record)
	    : callables_(callables), record_(record)
	{
	}

	bool VisitCXXMemberCallExpr(CXXMemberCallExpr *call)
	{
		const auto *method = call->getMethodDecl();
		const auto *member = dyn_cast<MemberExpr>(call->getCallee()->IgnoreParens());
		if (method == nullptr || member == nullptr ||
		    !isa<CXXThisExpr>(member->getBase()->IgnoreParenImpCasts()))
			return true;
		if (method->isVirtual() && !member->hasQualifier() && is_overridden(*method))
			found = true;
		else
			follow(*method);
		return !found;
	}

	void follow(const CXXMethodDecl &called)
	{
		const auto *defined = run_in(record_, called);
		if (defined != nullptr && seen_.insert(defined).second)
			TraverseStmt(defined->getBody());
	}

	bool found = false;

private:
	/** Returns whether a class behind record_ has the function that a call of @method runs. */
	[[nodiscard]] bool is_overridden(const CXXMethodDecl &method)
	{
		const auto *own = method.getCorrespondingMethodInClass(&record_);
		return !record_.isEffectivelyFinal() && own != nullptr &&
		       (own->isPureVirtual() ||
			llvm::any_of(callables_.of_virtual(*own).functions,
				     [&](const FunctionDecl *each) { return is_behind(*each); }));
	}

	[[nodiscard]] bool is_behind(const FunctionDecl &function) const
	{
		const auto *method = dyn_cast<CXXMethodDecl>(&function);
		return method != nullptr && method->getParent()->isDerivedFrom(&record_);
	}

	Callables &callables_;
	const CXXRecordDecl &record_;
	std::set<const FunctionDecl *> seen_;
};

/** Returns whether @function begins the use of its object, which no callback has used before. */
bool begins(const CXXMethodDecl &function)
{
	return isa<CXXConstructorDecl>(function) ||
	       (!function.isStatic() && function.getIdentifier() != nullptr &&
		(function.getName() == "start" || function.getName() == "init" ||
		 function.getName() == "probe"));
}

MemberUses uses_of(Lint &lint, const CXXRecordDecl &record, const StartedCallback &callback)
{
	MemberUses uses(lint, record);
	for (const auto *function : callback.functions)
		uses.add(*function);
	if (callback.body != nullptr)
		uses.add(*callback.body);
	return uses;
}

/** The callbacks of one class, and what they use. */
class EarlyStarts
{
public:
	EarlyStarts(Lint &lint, Callables &callables, const CXXRecordDecl &record,
		    const std::vector<StartedCallback> &started)
	    : lint_(lint), callables_(callables), record_(record), started_(started)
	{
		for (const auto &each : started_) {
			calls_.insert(each.call);
			uses_.push_back(uses_of(lint, record, each));
		}
		const auto lambdas = lambdas_of(record, lambda_keepers);
		later_.insert(lambdas.begin(), lambdas.end());
	}

	void look_at(const CXXMethodDecl &function)
	{
		if (started_.empty() || !begins(function))
			return;
		MemberUses own(lint_, record_);
		own.watch(calls_, later_);
		own.add(function);
		for (const auto &change : own.changed)
			for (std::size_t i = 0; i < started_.size(); ++i)
				if (change.started.contains(started_[i].call))
					compare(change, i);
		if (isa<CXXConstructorDecl>(function))
			for (const auto &each : started_)
				if (own.reached.contains(each.call))
					look_for_virtual_calls(each);
	}

private:
	void compare(const MemberUse &change, std::size_t index)
	{
		if (caller_in(change.member.back()->getType()) != nullptr)
			return; // thread_ = KTRY(KThread::run(...)), which no order could better
		for (const auto &use : uses_[index].used)
			if (overlap(change.member, use.member) &&
			    !have_common(change.locks, use.locks)) {
				lint_.report(started_early, change.place, change.range,
					     ", which " + started_[index].name + " uses");
				return;
			}
	}

	void look_for_virtual_calls(const StartedCallback &callback)
	{
		VirtualCalls calls(callables_, record_);
		for (const auto *function : callback.functions)
			calls.follow(*function);
		if (callback.body != nullptr)
			calls.TraverseStmt(const_cast<Stmt *>(callback.body));
		if (calls.found)
			lint_.report(started_in_a_base, *callback.call);
	}

	Lint &lint_;
	Callables &callables_;
	const CXXRecordDecl &record_;
	const std::vector<StartedCallback> &started_;
	std::vector<MemberUses> uses_; // of each in started_
	std::set<const CallExpr *> calls_;
	std::set<const LambdaExpr *> later_;
};

} // namespace

void early_starts(Lint &lint, Callables &callables, const CXXRecordDecl &record,
		  const std::vector<StartedCallback> &started)
{
	EarlyStarts starts(lint, callables, record, started);
	for (const auto *function : record.methods())
		starts.look_at(*function);
}

} // namespace kcxx::lint
