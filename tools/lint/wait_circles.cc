// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/wait_circles.hpp"

#include "lint/call_names.hpp"
#include "lint/callers.hpp"
#include "lint/deadlocks.hpp"
#include "lint/type_parts.hpp"
#include "lint/user_declarations.hpp"
#include "lint/value_names.hpp"

#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns whether @body has @call as a statement of its own, which each way to its end passes. */
bool is_whole_statement(const FunctionDecl &function, const CallExpr &call)
{
	const auto *body = dyn_cast_or_null<CompoundStmt>(function.getBody());
	return body != nullptr && llvm::any_of(body->body(), [&](const Stmt *each) {
		       const auto *expression = dyn_cast<Expr>(each);
		       return expression != nullptr &&
			      expression->IgnoreUnlessSpelledInSource() == &call;
	       });
}

/** Counts the places that name a member, and those that name the object of a call. */
class Named : public RecursiveASTVisitor<Named>
{
public:
	explicit Named(const FieldDecl &field) : field_(field) {}

	bool VisitMemberExpr(MemberExpr *member)
	{
		if (member->getMemberDecl() == &field_)
			all++;
		return true;
	}
	bool VisitCXXMemberCallExpr(CXXMemberCallExpr *call)
	{
		const auto *object = dyn_cast<MemberExpr>(
			call->getImplicitObjectArgument()->IgnoreParenImpCasts());
		if (object != nullptr && object->getMemberDecl() == &field_ && depth_ == 0)
			called++;
		return true;
	}
	bool TraverseLambdaExpr(LambdaExpr *lambda)
	{
		depth_++;
		const bool goes_on = RecursiveASTVisitor::TraverseLambdaExpr(lambda);
		depth_--;
		return goes_on;
	}

	unsigned all = 0;
	unsigned called = 0; // outside lambdas

private:
	const FieldDecl &field_;
	unsigned depth_ = 0;
};

/** Returns how many calls use the member @field; nothing if a lambda or others use it as well. */
std::optional<unsigned> calls_of_private(const FieldDecl &field, const CXXRecordDecl &record)
{
	if (field.getAccess() != AS_private || record.hasFriends())
		return std::nullopt;
	Named named(field);
	for (const auto *method : record.methods()) {
		const FunctionDecl *defined = nullptr;
		if (!method->isImplicit() && !method->isDeleted() && !method->isDefaulted() &&
		    !method->hasBody(defined))
			return std::nullopt;
		if (method->hasBody(defined))
			named.TraverseDecl(const_cast<FunctionDecl *>(defined));
	}
	return named.all == named.called ? std::optional(named.called) : std::nullopt;
}

/** Finds the queues that an initialiser of a work gets: queue.clone(), std::move(queue). */
class Queues : public RecursiveASTVisitor<Queues>
{
public:
	bool VisitCallExpr(CallExpr *call)
	{
		const Expr *queue = nullptr;
		if (name_of(*call) == "clone" && object_of(*call) != nullptr)
			queue = object_of(*call);
		else if (is_std_move(*call))
			queue = call->getArg(0);
		const auto path = queue == nullptr ? std::nullopt : object_path(*queue);
		if (path)
			found.insert(*path);
		return true;
	}

	std::set<ObjectPath> found;
};

/** Finds the ways in which the source makes queues. */
class MadeQueues : public RecursiveASTVisitor<MadeQueues>
{
public:
	bool VisitCallExpr(CallExpr *call)
	{
		if (is_of_class(*call, "WorkQueue")) {
			ordered = ordered || name_of(*call) == "make_ordered";
			others = others || name_of(*call) == "make";
		}
		return true;
	}

	bool ordered = false;
	bool others = false;
};

const FieldDecl *own_field(const ObjectPath &object)
{
	return object.root == nullptr && object.members.size() == 1
		       ? dyn_cast<FieldDecl>(object.members.front())
		       : nullptr;
}

} // namespace

std::set<ObjectPath> queues_of(const FieldDecl &field)
{
	Queues queues;
	if (is_class(field.getType(), {"Work", "DelayedWork"}))
		for (auto *given : initialisers_of(field))
			queues.TraverseStmt(given);
	return std::move(queues.found);
}

void WaitCircles::report_circles(const Circle &waits)
{
	for (const auto &[field, all] : waits)
		for (const auto &[other, call] : all)
			if (leads_to(waits, other, field))
				lint_.report(waits_for_itself, call.place, call.range);
}

void WaitCircles::look_at_callbacks(const CXXRecordDecl &record)
{
	Circle waits;
	for (const auto *field : record.fields())
		for (const auto *function : callbacks_of(*field))
			for (const auto &step : uses_.steps_of(*function))
				for (const auto &object : uses_.of(step).waited_for) {
					const auto *other = own_field(object);
					if (other != nullptr && other != field &&
					    !callbacks_of(*other).empty())
						waits[field].try_emplace(other, step.call);
				}
	report_circles(waits);
}

/** Returns the completions for which @method surely waits before it completes @completion. */
std::optional<std::map<WaitCircles::Field, Called>>
WaitCircles::needed_before(const CXXMethodDecl &method, const FieldDecl &completion)
{
	const auto &steps = uses_.steps_of(method);
	const auto &sources = lint_.ast().getSourceManager();
	const FunctionDecl *defined = nullptr;
	SourceLocation first;
	for (const auto &step : steps)
		if (step.kind == LockStep::Kind::completes &&
		    own_field(step.object) == &completion &&
		    (first.isInvalid() ||
		     sources.isBeforeInTranslationUnit(step.call.place, first)))
			first = step.call.place;
	if (first.isInvalid() || !method.hasBody(defined))
		return std::nullopt;
	std::map<Field, Called> needed;
	for (const auto &step : steps) {
		const auto *other = own_field(step.object);
		if (step.kind == LockStep::Kind::waits && other != nullptr &&
		    is_class(other->getType(), {"Completion"}) &&
		    sources.isBeforeInTranslationUnit(step.call.place, first) &&
		    is_whole_statement(*defined, *step.call.written))
			needed.try_emplace(other, step.call);
	}
	return needed;
}

void WaitCircles::look_at_completions(const CXXRecordDecl &record)
{
	Circle waits;
	for (const auto *field : record.fields()) {
		if (!is_class(field->getType(), {"Completion"}) ||
		    !calls_of_private(*field, record))
			continue;
		std::optional<std::map<Field, Called>> needed;
		for (const auto *method : record.methods()) {
			const auto more = needed_before(*method, *field);
			if (more && needed)
				std::erase_if(*needed, [&](const auto &each) {
					return !more->contains(each.first);
				});
			else if (more)
				needed = more;
		}
		if (needed)
			waits[field] = *needed;
	}
	report_circles(waits);
}

/** Returns whether all queues of the source run one work after the other. */
bool WaitCircles::all_are_ordered()
{
	if (!all_are_ordered_) {
		MadeQueues made;
		each_of_user(lint_, *lint_.ast().getTranslationUnitDecl(),
			     [&](Decl &declaration) { made.TraverseDecl(&declaration); });
		all_are_ordered_ = made.ordered && !made.others;
	}
	return *all_are_ordered_;
}

/** Reports works that wait for another one of their queue, which runs after them. */
void WaitCircles::look_at_ordered(const CXXRecordDecl &record)
{
	for (const auto *field : record.fields()) {
		const auto queues = queues_of(*field);
		if (queues.empty() || !all_are_ordered())
			continue;
		for (const auto *function : callbacks_of(*field))
			for (const auto &step : uses_.steps_of(*function)) {
				const auto *other = own_field(step.object);
				if (step.kind == LockStep::Kind::waits && other != nullptr &&
				    other != field && name_of(*step.call.written) == "flush" &&
				    have_common(queues, queues_of(*other)))
					lint_.report(waits_for_itself, step.call.place,
						     step.call.range);
			}
	}
}

void WaitCircles::look_at(const CXXRecordDecl &record)
{
	if (!record.isThisDeclarationADefinition() || record.isDependentType() || record.isLambda())
		return;
	look_at_callbacks(record);
	look_at_completions(record);
	look_at_ordered(record);
}

/** Notes @step if it waits for a change of the data of a lock, and holds others. */
void WaitCircles::note_wait(const LockStep &step)
{
	const auto &call = *step.call.written;
	const auto *variable = call.getNumArgs() == 0 ? nullptr : named_variable(*call.getArg(0));
	if (step.call.function == nullptr || !is_of_class(call, "WaitQueue") ||
	    !name_of(call).starts_with("wait") || name_of(call).contains("for") ||
	    name_of(call).contains("timeout") || variable == nullptr || !variable->hasInit() ||
	    lock_guard_kind(lint_, variable->getType()) == GuardKind::none)
		return;
	const auto *taking =
		dyn_cast<CXXMemberCallExpr>(variable->getInit()->IgnoreUnlessSpelledInSource());
	const auto lock = taking == nullptr ? std::nullopt : object_path(*object_of(*taking));
	if (!lock || lock->members.empty())
		return;
	auto others = step.held;
	others.erase(*lock);
	if (!others.empty())
		waits_.push_back({.lock = lock->members.back(),
				  .taking = taking,
				  .held = others,
				  .call = step.call});
}

void WaitCircles::look_at(const FunctionDecl &function)
{
	if (!function.doesThisDeclarationHaveABody() || function.isDependentContext())
		return;
	for (const auto &step : uses_.steps_of(function)) {
		if (step.kind == LockStep::Kind::takes && !step.object.members.empty())
			taken_.push_back({.lock = step.object.members.back(),
					  .taking = step.call.written,
					  .held = step.held,
					  .call = step.call});
		note_wait(step);
	}
}

void WaitCircles::look_at_all()
{
	const auto has = [](const std::set<ObjectPath> &locks, const ObjectPath &lock) {
		return llvm::any_of(locks, [&](const ObjectPath &each) {
			return !each.members.empty() && !lock.members.empty() &&
			       each.members.back() == lock.members.back();
		});
	};
	for (const auto &wait : waits_)
		for (const auto &held : wait.held) {
			std::set<const Expr *> under;
			for (const auto &place : taken_)
				if (place.lock == wait.lock &&
				    (place.taking == wait.taking || has(place.held, held)))
					under.insert(place.taking);
			const auto *field = dyn_cast<FieldDecl>(wait.lock);
			const auto *record = field == nullptr
						     ? nullptr
						     : dyn_cast<CXXRecordDecl>(field->getParent());
			if (record != nullptr && under.size() > 1 &&
			    calls_of_private(*field, *record) == under.size())
				lint_.report(waits_for_itself, wait.call.place, wait.call.range);
		}
}

} // namespace kcxx::lint
