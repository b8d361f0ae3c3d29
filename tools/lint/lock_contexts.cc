// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/lock_contexts.hpp"

#include "lint/given_functions.hpp"
#include "lint/interrupts.hpp"
#include "lint/type_parts.hpp"

#include <clang/AST/DeclTemplate.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule lets_a_taker_come = {
	.id = "kcxx-lock-context",
	.what = "a spinlock is taken here, and an interrupt or a softirq that may come waits for "
		"it "
		"on this CPU, whose holder it has interrupted",
	.needed = "a lock that keeps off who takes it, at each place",
	.rewrite = "kernel::SpinLock<T, kernel::FromIrq> or kernel::SpinLock<T, "
		   "kernel::FromSoftirq>, and lock() at each place; write_irqsave() of a SeqLock",
};

const ClassTemplateSpecializationDecl *instance(QualType type, StringRef name)
{
	const auto *found = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
		type.getNonReferenceType()->getAsCXXRecordDecl());
	return found != nullptr && is_class(type, {name}) ? found : nullptr;
}

/** Returns the type that is the argument @index of @found. */
QualType type_argument(const ClassTemplateSpecializationDecl &found, unsigned index)
{
	const auto &arguments = found.getTemplateArgs();
	return index < arguments.size() && arguments[index].getKind() == TemplateArgument::Type
		       ? arguments[index].getAsType()
		       : QualType();
}

/** Returns whether @function comes before the callbacks of its object. */
bool is_before_callbacks(const FunctionDecl &function)
{
	return isa<CXXConstructorDecl>(function) ||
	       (function.getIdentifier() != nullptr &&
		llvm::is_contained({"start", "probe", "init"}, function.getName()));
}

/** Returns whether @guard is of a spinlock or a SeqLock whose way is chosen at each call. */
bool is_of_any_way(QualType guard)
{
	const auto *found = instance(guard, "Guard");
	const auto type = found == nullptr ? QualType() : type_argument(*found, 0);
	if (!type.isNull() && is_class(type, {"SeqLock"}))
		return true;
	const auto *lock = type.isNull() ? nullptr : instance(type, "SpinningLock");
	const auto backend = lock == nullptr ? QualType() : type_argument(*lock, 1);
	return !backend.isNull() && !is_class(backend, {"TakenOneWay"});
}

} // namespace

/** Returns what the holder of @guard, of any lock, keeps off. */
LockContexts::Off LockContexts::off_by(QualType guard)
{
	const auto *found = instance(guard, "Guard");
	const auto way = found == nullptr ? QualType() : type_argument(*found, 1);
	if (way.isNull())
		return Off::nothing;
	if (is_class(way, {"Irq"}))
		return Off::interrupts;
	return is_class(way, {"Bh"}) ? Off::softirqs : Off::nothing;
}

/** Notes that @callback runs with @off: the locks that it takes need as much. */
void LockContexts::need(const FunctionDecl &callback, Off off)
{
	auto &known = called_with_[callback.getCanonicalDecl()];
	known = std::max(known, off);
	for (const auto &taken : uses_.of(callback).taken)
		if (!taken.members.empty()) {
			auto &needed = needed_[taken.members.back()];
			needed = std::max(needed, off);
		}
}

/** Notes the functions that @step runs, and what is off there: all, if callbacks are over. */
void LockContexts::note_calls(const LockStep &step, bool is_over)
{
	auto off = is_over ? Off::interrupts : Off::nothing;
	for (const auto &guard : step.guards)
		off = std::max(off, off_by(guard));
	const auto note = [&](const FunctionDecl &function, Off there) {
		const auto *key = function.getCanonicalDecl();
		calls_[step.caller->getCanonicalDecl()].insert(key);
		auto &known = called_with_[key];
		known = std::max(known, there);
	};
	if (step.kind == LockStep::Kind::takes && !step.object.members.empty() &&
	    is_of_any_way(step.call.written->getType())) {
		const auto own = off_by(step.call.written->getType());
		places_.push_back({.lock = step.object.members.back(),
				   .function = step.caller->getCanonicalDecl(),
				   .call = step.call,
				   .own = own,
				   .off = std::max(off, own)});
	}
	for (const auto &taken : uses_.of(step).taken)
		for (const auto &held : step.held)
			if (!taken.members.empty() && !held.members.empty() &&
			    taken.members.back() != held.members.back())
				under_[taken.members.back()].insert(held.members.back());
	if (step.call.function == nullptr)
		return;
	const bool of_user =
		lint_.files().origin(step.call.function->getLocation()) == Origin::user;
	if (of_user)
		for (const auto *function : uses_.targets_of(step))
			note(*function, off);
	// A function of the user's may turn anything off before it calls a lambda.
	for (const auto *argument : step.call.written->arguments())
		for (const auto *lambda : lambda_functions(*argument))
			note(*lambda, of_user ? Off::interrupts : off);
}

void LockContexts::look_at(const FunctionDecl &function)
{
	if (!function.doesThisDeclarationHaveABody() || function.isDependentContext())
		return;
	if (const auto *method = dyn_cast<CXXMethodDecl>(&function)) {
		if (runs_in_a_hard_interrupt(lint_.ast(), *method))
			need(function, Off::interrupts);
		else if (runs_in_a_softirq(lint_.ast(), *method))
			need(function, Off::softirqs);
		else if (must_not_sleep(function)) // in a context that the source does not show
			called_with_[function.getCanonicalDecl()] = Off::interrupts;
	}
	for (const auto *parameter : function.parameters()) {
		auto &known = called_with_[function.getCanonicalDecl()];
		known = std::max(known, off_by(parameter->getType()));
	}
	auto &known = called_with_[function.getCanonicalDecl()];
	if (is_before_callbacks(function))
		known = Off::interrupts;
	const auto &sources = lint_.ast().getSourceManager();
	SourceLocation end; // of a callback, by cancel() or disable()
	for (const auto &step : uses_.steps_of(function))
		if (!uses_.of(step).waited_for.empty() &&
		    (end.isInvalid() || sources.isBeforeInTranslationUnit(step.call.place, end)))
			end = step.call.place;
	for (const auto &step : uses_.steps_of(function))
		note_calls(step, end.isValid() &&
					 sources.isBeforeInTranslationUnit(end, step.call.place));
}

/**
 * A lock that is taken under one of an interrupt's needs as much as that one: the interrupt waits
 * for a task elsewhere, which waits for the holder that it has interrupted.
 */
void LockContexts::follow_locks()
{
	for (bool is_new = true; is_new;) {
		is_new = false;
		for (const auto &[lock, all] : under_)
			for (const auto *outer : all)
				if (needed_[lock] < needed_[outer]) {
					needed_[lock] = needed_[outer];
					needed_by_[lock] = outer;
					is_new = true;
				}
	}
}

/** A function that another one calls has the same off. */
void LockContexts::follow_calls()
{
	for (bool is_new = true; is_new;) {
		is_new = false;
		for (const auto &[caller, all] : calls_)
			for (const auto *called : all)
				if (called_with_[called] < called_with_[caller]) {
					called_with_[called] = called_with_[caller];
					is_new = true;
				}
	}
}

void LockContexts::look_at_all()
{
	follow_locks();
	follow_calls();
	for (const auto &place : places_)
		if (needed_[place.lock] < place.own) {
			needed_[place.lock] = place.own;
			needed_by_.erase(place.lock);
		}
	for (const auto &place : places_) {
		if (std::max(place.off, called_with_[place.function]) >= needed_[place.lock])
			continue;
		const auto outer = needed_by_.find(place.lock);
		lint_.report(lets_a_taker_come, place.call.place, place.call.range,
			     outer == needed_by_.end()
				     ? std::string()
				     : ", a lock that is taken under " +
					       outer->second->getNameAsString() + " elsewhere");
	}
}

} // namespace kcxx::lint
