// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/member_uses.hpp"

#include "lint/call_names.hpp"
#include "lint/callers.hpp"
#include "lint/conditions.hpp"
#include "lint/container_change.hpp"
#include "lint/guards.hpp"
#include "lint/type_parts.hpp"
#include "lint/user_declarations.hpp"

#include <algorithm>
#include <array>
#include <clang/AST/Attr.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/StmtCXX.h>
#include <optional>
#include <span>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Functions of the library that return when the other side is done, or cannot run. */
constexpr std::array<StringRef, 11> ordering = {"wait",       "wait_for",   "wait_interruptible",
						"wait_until", "cancel",     "flush",
						"shutdown",   "stop",       "join",
						"disable",    "synchronize"};

/** Returns the member function that @call calls; nullptr for any other call, or none. */
const CXXMethodDecl *method_of(const CallExpr *call)
{
	return call == nullptr ? nullptr : dyn_cast_or_null<CXXMethodDecl>(call->getDirectCallee());
}

/** Returns the PerCpu whose object *per_cpu.this_cpu() is; nullptr for another call. */
const Expr *own_of_this_cpu(const CallExpr &call)
{
	const auto *operation = dyn_cast<CXXOperatorCallExpr>(&call);
	const auto *made = operation == nullptr
				   ? nullptr
				   : dyn_cast<CXXMemberCallExpr>(
					     operation->getArg(0)->IgnoreUnlessSpelledInSource());
	return made == nullptr ? nullptr : made->getImplicitObjectArgument()->IgnoreParenImpCasts();
}

/** Returns whether @type keeps others off. Readers of RCU and a CPU's own task do not. */
bool is_guard(Lint &lint, QualType type)
{
	const auto *record = type.getCanonicalType()->getAsCXXRecordDecl();
	return !is_class(type, {"RcuReadGuard", "ThisCpu"}) && record != nullptr &&
	       record->hasDefinition() &&
	       (record->hasAttr<ScopedLockableAttr>() || guard_kind(lint, type) != GuardKind::none);
}

/** Returns the lock of the object that @guard, a variable, holds; nothing for another one. */
std::optional<ObjectPath> lock_of(const VarDecl &guard)
{
	const auto *call = guard.getInit() == nullptr
				   ? nullptr
				   : dyn_cast<CXXMemberCallExpr>(
					     guard.getInit()->IgnoreUnlessSpelledInSource());
	if (call == nullptr || !is_class(call->getType(), {"Guard", "TryGuard"}))
		return std::nullopt;
	auto path = object_path(*call->getImplicitObjectArgument());
	return path && path->root == nullptr ? std::move(path) : std::nullopt;
}

/** Returns whether @call waits for the other side, or ends it. */
bool orders(Lint &lint, const CallExpr &call)
{
	const auto *method = method_of(&call);
	return method != nullptr && method->getIdentifier() != nullptr &&
	       llvm::is_contained(ordering, method->getName()) &&
	       lint.files().origin(method->getLocation()) == Origin::library;
}

/** Functions of containers that lead to elements */
constexpr std::array<StringRef, 19> leading = {
	"begin", "end",      "rbegin", "rend",   "find",        "get",         "view",
	"span",  "data",     "keys",   "values", "lower_bound", "upper_bound", "front",
	"back",  "elements", "value",  "at",     "first"};

/** Returns whether @function is of the library or of std. */
bool is_of_library(const FunctionDecl &function)
{
	const auto space = outermost_namespace(function);
	return space == "kernel" || space == "std";
}

/** Returns what has the element that @call leads to: ring_ of ring_[1], of *ring_.front(). */
const Expr *led_from(const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr || !is_of_library(*function))
		return nullptr;
	const auto *method = method_of(&call);
	if (method == nullptr) {
		static constexpr std::array<StringRef, 3> same = {"get", "as_const", "forward"};
		return call.getNumArgs() == 1 && function->getIdentifier() != nullptr &&
				       llvm::is_contained(same, function->getName())
			       ? call.getArg(0)
			       : nullptr;
	}
	if (const auto *operation = dyn_cast<CXXOperatorCallExpr>(&call))
		return operation->getOperator() == OO_Star ||
				       operation->getOperator() == OO_Arrow ||
				       operation->getOperator() == OO_Subscript
			       ? operation->getArg(0)
			       : nullptr;
	const auto *of_member = dyn_cast<CXXMemberCallExpr>(&call);
	return of_member != nullptr && method->getIdentifier() != nullptr &&
			       llvm::is_contained(leading, method->getName())
		       ? of_member->getImplicitObjectArgument()
		       : nullptr;
}

/** Returns whether @function of std changes what it gets by reference. */
bool changes_arguments(const FunctionDecl &function, StringRef algorithm)
{
	static constexpr std::array<StringRef, 28> names = {
		"sort",     "stable_sort", "nth_element", "partial_sort", "make_heap", "push_heap",
		"pop_heap", "sort_heap",   "fill",        "fill_n",       "generate",  "iota",
		"copy",     "copy_n",      "copy_if",     "transform",    "replace",   "replace_if",
		"remove",   "remove_if",   "erase",       "erase_if",     "unique",    "reverse",
		"rotate",   "swap",        "exchange",    "move"};
	if (!is_of_std(function))
		return true;
	const auto name = algorithm.empty() && function.getIdentifier() != nullptr
				  ? function.getName()
				  : algorithm;
	return llvm::is_contained(names, name);
}

/** Returns whether @call only leads to a part of its object, or lets that start parts of its own.
 */
bool only_leads(const CallExpr &call)
{
	const auto *method = method_of(&call);
	if (method == nullptr)
		return false;
	if (const auto *operation = dyn_cast<CXXOperatorCallExpr>(&call))
		return operation->getOperator() == OO_Star ||
		       operation->getOperator() == OO_Arrow ||
		       operation->getOperator() == OO_Subscript;
	return method->getIdentifier() != nullptr &&
	       (runs_alone(*method) || llvm::is_contained(leading, method->getName()) ||
		method->getReturnType()->isReferenceType());
}

/** Returns the owner of the element @expression: ring_ of ring_[1]; or @expression itself. */
const Expr *owner_of(const Expr &expression)
{
	const auto *call = dyn_cast<CXXOperatorCallExpr>(expression.IgnoreParenImpCasts());
	return call != nullptr && only_leads(*call) ? owner_of(*call->getArg(0)) : &expression;
}

bool has_call(const Stmt *node)
{
	return node != nullptr && (isa<CallExpr>(node) || llvm::any_of(node->children(), has_call));
}

/** Returns whether @record has a lock, which its functions take themselves. */
bool locks_itself(const CXXRecordDecl &record)
{
	return llvm::any_of(record.fields(), [](const FieldDecl *field) {
		return is_class(field->getType(),
				{"Mutex", "SpinLock", "RawSpinLock", "RwSemaphore", "SeqLock"});
	});
}

/** Returns the member that a function of the class returns: stats(); empty for another call. */
MemberPath member_returned_by(const CXXMemberCallExpr &call)
{
	const auto path = object_path(call);
	if (!path || path->root != nullptr)
		return {};
	MemberPath members;
	for (const auto *member : path->members)
		if (const auto *field = dyn_cast<FieldDecl>(member))
			members.push_back(field->getCanonicalDecl());
	return members;
}

} // namespace

const Expr *whole_of(const Expr &expression)
{
	if (const auto *binary = dyn_cast<BinaryOperator>(&expression))
		return binary->getOpcode() == BO_PtrMemD ? binary->getLHS()->IgnoreParenImpCasts()
							 : nullptr;
	if (const auto *subscript = dyn_cast<ArraySubscriptExpr>(&expression)) {
		const auto *base = subscript->getBase()->IgnoreParenImpCasts();
		return base->getType()->isArrayType() ? base : nullptr;
	}
	if (const auto *unary = dyn_cast<UnaryOperator>(&expression)) {
		const auto *pointer = unary->getSubExpr()->IgnoreParenImpCasts();
		return unary->getOpcode() == UO_Deref && isa<CallExpr, DeclRefExpr>(pointer)
			       ? pointer
			       : nullptr; // a pointer that is a member leads to another object
	}
	const auto *call = dyn_cast<CallExpr>(&expression);
	const auto *method = method_of(call);
	if (method != nullptr && is_class(method->getThisType()->getPointeeType(), {"ThisCpu"}))
		return own_of_this_cpu(*call);
	if (const auto *owner = call == nullptr ? nullptr : led_from(*call))
		return owner->IgnoreParenImpCasts();
	if (method == nullptr || !method->getParent()->isInStdNamespace() || !call->isLValue())
		return nullptr;
	if (const auto *of_member = dyn_cast<CXXMemberCallExpr>(call))
		return of_member->getImplicitObjectArgument()->IgnoreParenImpCasts();
	return isa<CXXOperatorCallExpr>(call) ? call->getArg(0)->IgnoreParenImpCasts() : nullptr;
}

bool overlap(const MemberPath &a, const MemberPath &b)
{
	const auto common = std::min(a.size(), b.size());
	return std::ranges::equal(std::span{a}.first(common), std::span{b}.first(common));
}

bool is_unordered(Lint &lint, const FieldDecl &field)
{
	const auto type = field.getType();
	if (type.isConstQualified() || type->isReferenceType() || field.hasAttr<GuardedByAttr>() ||
	    field.hasAttr<PtGuardedByAttr>())
		return false;
	const auto *record = type->getAsCXXRecordDecl();
	if (const auto *per_cpu = dyn_cast_or_null<ClassTemplateSpecializationDecl>(record);
	    per_cpu != nullptr && is_class(type, {"PerCpu"}))
		return is_plain(lint, per_cpu->getTemplateArgs()[0].getAsType());
	return is_plain(lint, type) || (record != nullptr && is_container(lint, *record));
}

const Expr *changed_by(Lint &lint, const Stmt &node)
{
	if (const auto *binary = dyn_cast<BinaryOperator>(&node))
		return binary->isAssignmentOp() ? binary->getLHS() : nullptr;
	if (const auto *unary = dyn_cast<UnaryOperator>(&node))
		return unary->isIncrementDecrementOp() ? unary->getSubExpr() : nullptr;
	const auto *call = dyn_cast<CallExpr>(&node);
	const auto *method = method_of(call);
	if (method == nullptr || method->isConst() || method->isStatic() ||
	    led_from(*call) != nullptr)
		return nullptr;
	const bool makes =
		method->getIdentifier() != nullptr && method->getName().starts_with("emplace");
	const bool reads = method->getParent()->isInStdNamespace() && call->isLValue() && !makes;
	if (const auto *operation = dyn_cast<CXXOperatorCallExpr>(call))
		return operation->isAssignmentOp() || !reads ? operation->getArg(0) : nullptr;
	const bool of_library =
		lint.files().origin(method->getParent()->getLocation()) == Origin::library;
	if (const auto *of_member = dyn_cast<CXXMemberCallExpr>(call))
		if (!reads && !locks_itself(*method->getParent()) &&
		    (method->getParent()->isInStdNamespace() || !of_library ||
		     is_container(lint, *method->getParent())))
			return of_member->getImplicitObjectArgument();
	return nullptr;
}

/** Returns the member of *this that @expression is, or is a part of; empty: of no member. */
MemberPath MemberUses::path_of(const Expr *expression)
{
	MemberPath path;
	bool is_followed = false; // a pointer or an iterator
	while (expression != nullptr) {
		expression = expression->IgnoreParenImpCasts();
		if (const auto *name = dyn_cast<DeclRefExpr>(expression)) {
			auto whole = path_of_name(*name->getDecl(), is_followed);
			if (!whole.empty())
				whole.insert(whole.end(), path.begin(), path.end());
			return whole;
		}
		if (const auto *call = dyn_cast<CXXMemberCallExpr>(expression))
			if (auto returned = member_returned_by(*call); !returned.empty()) {
				returned.insert(returned.end(), path.begin(), path.end());
				return returned;
			}
		const auto *member = dyn_cast<MemberExpr>(expression);
		if (member == nullptr) {
			path.clear(); // a part of what the array or the optional has
			is_followed = true;
			expression = whole_of(*expression);
			continue;
		}
		const auto *field = dyn_cast<FieldDecl>(member->getMemberDecl());
		if (field == nullptr)
			return {};
		path.insert(path.begin(), field->getCanonicalDecl());
		const auto *base = member->getBase()->IgnoreParenImpCasts();
		if (isa<CXXThisExpr>(base))
			return path;
		if (member->isArrow()) {
			if (!isa<CallExpr, DeclRefExpr>(base))
				return {}; // the object of a pointer that is a member
			path.clear();
			is_followed = true;
		}
		expression = base;
	}
	return {};
}

/** Returns the member that @name refers to, or, if it @is_followed, points into. */
MemberPath MemberUses::path_of_name(const ValueDecl &name, bool is_followed) const
{
	if (const auto alias = aliases_.find(&name); alias != aliases_.end())
		return alias->second;
	const auto pointer = is_followed ? pointers_.find(&name) : pointers_.end();
	return pointer != pointers_.end() ? pointer->second : MemberPath{};
}

/** Returns whether @method, of a class of the user's, changes members of its object unlocked. */
bool MemberUses::changes_its_object(const CXXMethodDecl &method) const
{
	constexpr int deepest = 3;
	const auto *body = defined_by_user(lint_, &method);
	if (method.isVirtual() || body == nullptr || depth_ >= deepest)
		return true;
	MemberUses inner(lint_, *method.getParent());
	inner.depth_ = depth_ + 1;
	inner.add(*cast<CXXMethodDecl>(body));
	return !inner.changed.empty();
}

void MemberUses::note(std::vector<MemberUse> &uses, const Expr *member, const State &state)
{
	auto path = path_of(member);
	if (!path.empty() && is_unordered(lint_, *path.back()))
		uses.push_back({.member = std::move(path),
				.place = member->getBeginLoc(),
				.range = member->getSourceRange(),
				.locks = state.locks,
				.started = state.started});
}

void MemberUses::note_change(const Stmt &node, const State &state)
{
	const auto *call = dyn_cast<CallExpr>(&node);
	if (!watched_.empty() && call != nullptr && only_leads(*call))
		return;
	const auto *method = method_of(call);
	if (const auto *object = changed_by(lint_, node);
	    object != nullptr &&
	    (method == nullptr || is_of_library(*method) ||
	     isa<CXXThisExpr>(object->IgnoreParenImpCasts()) || changes_its_object(*method))) {
		const bool is_method = isa<CXXMemberCallExpr>(node);
		note(changed, watched_.empty() || is_method ? object : owner_of(*object), state);
	}
	const auto *function = call == nullptr ? nullptr : call->getDirectCallee();
	const auto *written = dyn_cast_or_null<CXXOperatorCallExpr>(call);
	if (function == nullptr || (written != nullptr && written->getOperator() != OO_Call) ||
	    !changes_arguments(*function, algorithm_name(*call)))
		return;
	for (unsigned i = 0; i < function->getNumParams(); ++i)
		if (const auto type = function->getParamDecl(i)->getType();
		    type->isLValueReferenceType() && !type->getPointeeType().isConstQualified())
			if (const auto *given = argument_of(*call, *function, i))
				note(changed, given, state);
}

/** Notes guards, and references to members. */
void MemberUses::begin(const DeclStmt &variables, State &state)
{
	for (const auto *declared : variables.decls()) {
		const auto *variable = dyn_cast<VarDecl>(declared);
		if (variable == nullptr)
			continue;
		if (is_guard(lint_, variable->getType())) {
			if (const auto lock = lock_of(*variable))
				state.locks.insert(*lock);
			else
				state.is_guarded = true;
		}
		if (variable->getInit() == nullptr)
			continue;
		const auto path = path_of(variable->getInit());
		if (path.empty())
			continue;
		if (!variable->getType()->isReferenceType()) {
			if (isa<CallExpr>(variable->getInit()->IgnoreUnlessSpelledInSource()))
				pointers_[variable] = path;
			continue;
		}
		aliases_[variable] = path;
		if (const auto *parts = dyn_cast<DecompositionDecl>(variable))
			for (const auto *part : parts->bindings())
				if (const auto *of =
					    dyn_cast_or_null<MemberExpr>(part->getBinding()))
					aliases_[part] = path_of(of);
	}
}

void MemberUses::follow(const CXXMethodDecl &called, State &state)
{
	const auto *defined = run_in(record_, called);
	if (defined == nullptr || lint_.files().origin(defined->getLocation()) != Origin::user ||
	    !seen_.insert({defined, state}).second)
		return;
	walk(defined->getBody(), state);
}

/** Each way begins behind the condition; a way that leaves has started nothing for what follows. */
void MemberUses::branch(const IfStmt &choice, State &state)
{
	State inner = state;
	for (const Stmt *first :
	     {choice.getInit(), static_cast<const Stmt *>(choice.getConditionVariableDeclStmt()),
	      static_cast<const Stmt *>(choice.getCond())})
		walk(first, inner);
	auto behind = inner.started;
	for (const auto *way : {choice.getThen(), choice.getElse()}) {
		State within = inner;
		walk(way, within);
		inner.is_ordered = within.is_ordered;
		if (!leaves(way))
			behind.insert(within.started.begin(), within.started.end());
	}
	state.is_ordered = inner.is_ordered;
	state.started = std::move(behind);
}

/** A guard in @node lasts until its end. */
void MemberUses::block(const Stmt &node, State &state)
{
	if (const auto *choice = dyn_cast<IfStmt>(&node))
		return branch(*choice, state);
	State inner = state;
	auto started = state.started; // by the cases of a switch
	const auto *loop = dyn_cast<CXXForRangeStmt>(&node);
	if (loop != nullptr && loop->getLoopVariable()->getType()->isReferenceType())
		if (const auto path = path_of(loop->getRangeInit()); !path.empty())
			aliases_[loop->getLoopVariable()] = path;
	for (const auto *child : node.children()) {
		const bool is_step = loop != nullptr &&
				     (child == loop->getBeginStmt() || child == loop->getEndStmt());
		if (child != nullptr && isa<SwitchCase>(child)) {
			started.insert(inner.started.begin(), inner.started.end());
			inner.started = state.started;
		}
		if (!is_step) // begin(), which changes nothing
			walk(child, inner);
	}
	state.is_ordered = inner.is_ordered;
	state.started = std::move(started);
	state.started.insert(inner.started.begin(), inner.started.end());
}

void MemberUses::walk(const Stmt *node, State &state)
{
	const auto *lambda = dyn_cast_or_null<LambdaExpr>(node);
	if (node == nullptr || (lambda != nullptr && later_.contains(lambda)))
		return;
	if (isa<CompoundStmt, IfStmt, WhileStmt, ForStmt, CXXForRangeStmt, SwitchStmt>(node))
		return block(*node, state);
	const bool is_whole = isa<MemberExpr, DeclRefExpr>(node) &&
			      !path_of(cast<Expr>(node)).empty(); // state_.level
	for (const auto *child : node->children())
		if (!is_whole || has_call(child))
			walk(child, state);
	if (const auto *variables = dyn_cast<DeclStmt>(node))
		begin(*variables, state);
	if (!state.is_guarded && !state.is_ordered) {
		note_change(*node, state);
		if (is_whole)
			note(used, dyn_cast<Expr>(node), state);
	}
	if (const auto *call = dyn_cast<CallExpr>(node))
		pass(*call, state);
}

/** Notes what is so behind @call. */
void MemberUses::pass(const CallExpr &call, State &state)
{
	state.is_ordered |= orders(lint_, call);
	if (watched_.contains(&call)) {
		reached.insert(&call);
		state.started.insert(&call);
		state.is_ordered = false;
	}
	if (const auto *of_member = dyn_cast<CXXMemberCallExpr>(&call))
		if (isa<CXXThisExpr>(of_member->getImplicitObjectArgument()->IgnoreParenImpCasts()))
			follow(*of_member->getMethodDecl(), state);
}

void MemberUses::watch(std::set<const CallExpr *> calls, std::set<const LambdaExpr *> later)
{
	watched_ = std::move(calls);
	later_ = std::move(later);
}

void MemberUses::add(const CXXMethodDecl &function)
{
	State state;
	follow(function, state);
}

void MemberUses::add(const Stmt &body)
{
	State state;
	walk(&body, state);
}

} // namespace kcxx::lint
