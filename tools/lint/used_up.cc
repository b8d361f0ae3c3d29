// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Owners that a move has emptied, and pointers that are adopted twice, within one function.
#include "lint/call_names.hpp"
#include "lint/given_owners.hpp"
#include "lint/loop.hpp"
#include "lint/object_path.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"
#include "lint/user_declarations.hpp"

#include <algorithm>
#include <clang/AST/ExprConcepts.h>
#include <map>
#include <set>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule used_up = {
	.id = "kcxx-used-up",
	.what = "an owner that was given away is used again, and is empty by then",
	.needed = "one use of what is given away: the last one",
	.rewrite = "the use before std::move(), pump.clone() of an Arc for a further owner, or a "
		   "new value: pump = ...",
};

constexpr Rule adopted_twice = {
	.id = "kcxx-adopted-twice",
	.what = "a pointer gets a second owner, and both destroy the object",
	.needed = "one from_raw() for each to_raw()",
	.rewrite = "one owner, and std::move() of it or a reference to it where it is needed",
};

constexpr std::size_t deepest_call = 6;

using Places = std::set<ObjectPath>;

/** Erases @place and its members from @places. */
void erase_within(Places &places, const ObjectPath &place)
{
	std::erase_if(places, [&](const ObjectPath &each) {
		return each.behind(place, nullptr).has_value();
	});
}

/** The functions that calls lead to */
struct Callees {
	std::set<const FunctionDecl *> open; // being looked into, so that none looks into itself
	std::map<const FunctionDecl *, Places> given_away; // by each, of what it gets
};

/** Follows the owners of one function, in the order in which they are used. */
class Owners
{
public:
	Owners(Lint &lint, Callees &callees) : lint_(lint), callees_(callees) {}

	/** Follows @function, and reports what it uses. */
	void check(const FunctionDecl &function)
	{
		const Looking looking(callees_, function);
		statement(function.getBody());
	}

	/** Returns whether the statement leaves its block, always. */
	bool statement(const Stmt *node)
	{
		if (node == nullptr)
			return false;
		if (const auto *block = dyn_cast<CompoundStmt>(node))
			return sequence(*block);
		if (const auto *choice = dyn_cast<IfStmt>(node))
			return branch(*choice);
		if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(node))
			return repeated(*node);
		if (isa<SwitchStmt, SwitchCase, LabelStmt, AsmStmt>(node))
			return jumps(*node);
		if (const auto *declared = dyn_cast<DeclStmt>(node))
			return declaration(*declared);
		if (const auto *expression = dyn_cast<Expr>(node)) {
			value(*expression);
			return false;
		}
		children(*node);
		if (isa<ReturnStmt>(node) && !node->getBeginLoc().isMacroID())
			leave(); // KTRY() returns an error
		return isa<ReturnStmt, BreakStmt, ContinueStmt, GotoStmt>(node);
	}

private:
	/** Notes that @function is being looked into, as long as it lives. */
	class Looking
	{
	public:
		Looking(Callees &all, const FunctionDecl &function) : all_(all), function_(function)
		{
			all_.open.insert(&function_);
		}
		~Looking() { all_.open.erase(&function_); }
		Looking(const Looking &) = delete;
		Looking &operator=(const Looking &) = delete;

	private:
		Callees &all_;
		const FunctionDecl &function_;
	};

	/** A way out of the function: on each of them an owner is gone, or it may be there. */
	void leave()
	{
		if (!std::exchange(is_left_, true))
			gone_behind_ = gone_;
		else
			std::erase_if(gone_behind_, [&](const ObjectPath &place) {
				return !gone_.contains(place);
			});
	}

	/** Follows @function, whose caller gave @given away before. */
	void follow(const FunctionDecl &function, Places given)
	{
		const Looking looking(callees_, function);
		gone_ = given;
		given_ = std::move(given);
		if (!statement(function.getBody()))
			leave();
	}

	void children(const Stmt &node)
	{
		for (const auto *child : node.children())
			statement(child);
	}

	bool sequence(const CompoundStmt &block)
	{
		for (const auto *each : block.body())
			if (statement(each))
				return true;
		return false;
	}

	bool declaration(const DeclStmt &declared)
	{
		for (const auto *each : declared.decls())
			if (const auto *variable = dyn_cast<VarDecl>(each)) {
				if (variable->hasInit())
					statement(variable->getInit());
				renew({.root = variable, .members = {}});
				if (const auto *parts = dyn_cast<DecompositionDecl>(variable))
					for (const auto *part : parts->bindings())
						renew({.root = part, .members = {}});
			}
		return false;
	}

	bool branch(const IfStmt &choice)
	{
		statement(choice.getInit());
		statement(choice.getConditionVariableDeclStmt());
		statement(choice.getCond());
		const auto before = gone_;
		const bool then_leaves = statement(choice.getThen());
		const auto behind_then = std::exchange(gone_, before);
		const bool else_leaves = statement(choice.getElse());
		if (else_leaves)
			gone_ = behind_then;
		else if (!then_leaves)
			add(behind_then);
		return then_leaves && else_leaves;
	}

	/** A loop's body runs twice: what the first run gives away, the second has no more. */
	bool repeated(const Stmt &node)
	{
		auto loop = loop_of(node);
		if (const auto *range = dyn_cast<CXXForRangeStmt>(&node))
			loop.declared = range->getLoopVarStmt(); // another element in each round
		statement(loop.init);
		auto before = gone_;
		const auto renewed_before = std::exchange(renewed_, {});
		statement(loop.declared);
		statement(loop.condition);
		if (!statement(loop.body)) {
			statement(loop.step);
			statement(loop.declared);
			statement(loop.condition);
			statement(loop.body);
		}
		for (const auto &place : renewed_)
			erase_within(before, place);
		add(before);
		renewed_.insert(renewed_before.begin(), renewed_before.end());
		return false;
	}

	/** Where control may come from elsewhere, nothing is known. */
	bool jumps(const Stmt &node)
	{
		gone_.clear();
		children(node);
		gone_.clear();
		return false;
	}

	void value(const Expr &node)
	{
		if (const auto *lambda = dyn_cast<LambdaExpr>(&node)) {
			for (const auto *init : lambda->capture_inits())
				statement(init);
			return; // its body is a function of its own
		}
		if (const auto *block = dyn_cast<StmtExpr>(&node)) {
			sequence(*block->getSubStmt());
			return;
		}
		if (const auto *choice = dyn_cast<AbstractConditionalOperator>(&node)) {
			statement(choice->getCond());
			either(choice->getTrueExpr(), choice->getFalseExpr());
			return;
		}
		if (const auto *binary = dyn_cast<BinaryOperator>(&node);
		    binary != nullptr && binary->isLogicalOp()) {
			statement(binary->getLHS());
			either(binary->getRHS(), nullptr);
			return;
		}
		if (isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, RequiresExpr>(node))
			return;
		if (!is_harmless(node)) {
			for (const auto *child : node.children())
				if (child != nullptr && !taken_from(node, *child))
					statement(child);
			note_use(node);
			note_end(node);
		}
	}

	void either(const Stmt *one, const Stmt *other)
	{
		const auto before = gone_;
		statement(one);
		const auto behind = std::exchange(gone_, before);
		statement(other);
		add(behind);
	}

	/** Returns whether @node may be done with an owner that is empty: it asks, or assigns. */
	bool is_harmless(const Expr &node)
	{
		if (const auto *call = dyn_cast<CXXMemberCallExpr>(&node)) {
			const auto place = place_of(*call->getImplicitObjectArgument());
			const bool asks =
				place && isa_and_nonnull<CXXConversionDecl>(call->getMethodDecl());
			if (asks)
				renew(*place); // what follows knows the answer
			return asks;
		}
		if (const auto *call = dyn_cast<CXXOperatorCallExpr>(&node);
		    call != nullptr && call->isAssignmentOp()) {
			const auto place = place_of(*call->getArg(0));
			if (!place)
				return false;
			statement(call->getArg(1));
			note_end(node);
			renew(*place);
			return true;
		}
		return false;
	}

	/** Returns whether @node lends @child to someone who may put a new object there. */
	bool taken_from(const Expr &node, const Stmt &child)
	{
		const auto *expression = dyn_cast<Expr>(&child);
		const auto place = expression == nullptr ? std::nullopt : place_of(*expression);
		if (!place || !gone_.contains(*place))
			return false;
		bool lent = false;
		if (const auto *unary = dyn_cast<UnaryOperator>(&node))
			lent = unary->getOpcode() == UO_AddrOf;
		else if (const auto *call = dyn_cast<CallExpr>(&node);
			 call != nullptr && !is_std_move(*call) && !isa<CXXMemberCallExpr>(call) &&
			 call->getDirectCallee() != nullptr)
			lent = is_lent(*call->getDirectCallee(), *call, *expression);
		if (lent)
			renew(*place);
		return lent;
	}

	/** Returns the user's function that @call calls, with its body, unless it is looked into.
	 */
	const FunctionDecl *body_of(const CallExpr &call)
	{
		const auto *function = defined_by_user(lint_, call.getDirectCallee());
		return callees_.open.contains(function) || callees_.open.size() >= deepest_call
			       ? nullptr
			       : function;
	}

	/** Notes what a function of the user's does with the owners that it gets. */
	void note_call(const CallExpr &call)
	{
		const auto *function = body_of(call);
		if (function == nullptr) {
			note_unknown_call(call);
			return;
		}
		std::map<ObjectPath, ObjectPath> names; // within the function, and here
		Places given;
		for (const auto &place : gone_)
			for (auto &name : names_within(*function, call, place, Can::use)) {
				names[name] = place;
				given.insert(std::move(name));
			}
		if (given.empty() && !gets_owners(*function))
			return;
		const auto gone = given.empty() ? behind(*function)
						: behind_use(call, *function, std::move(given));
		for (const auto &[name, place] : names)
			if (!gone.contains(name))
				renew(place);
		const auto type = function->getReturnType();
		if ((type->isVoidType() || is_class(type, {"Result"})) &&
		    !is_asked(lint_.ast(), call))
			for (const auto &name : gone)
				if (const auto place = place_outside(*function, call, name))
					gone_.insert(*place);
	}

	/** Returns what @function gives away on each way out. */
	Places behind(const FunctionDecl &function)
	{
		if (const auto known = callees_.given_away.find(&function);
		    known != callees_.given_away.end())
			return known->second;
		Owners within(lint_, callees_);
		within.follow(function, {});
		return callees_.given_away[&function] = within.gone_behind_;
	}

	/** Returns what is gone behind @function, which @call calls, and reports it if it uses
	 * @given.
	 */
	Places behind_use(const CallExpr &call, const FunctionDecl &function, Places given)
	{
		Owners within(lint_, callees_);
		within.follow(function, std::move(given));
		if (within.uses_given_)
			report(used_up, call);
		uses_given_ = uses_given_ || (given_ && within.uses_given_);
		return within.gone_behind_;
	}

	/** Returns the caller's name of @name, an owner that @function has given away. */
	static std::optional<ObjectPath> place_outside(const FunctionDecl &function,
						       const CallExpr &call, const ObjectPath &name)
	{
		const auto *parameter = dyn_cast_or_null<ParmVarDecl>(name.root);
		if (parameter == nullptr || parameter->getDeclContext() != &function)
			return name_outside(function, call, name);
		const auto *argument =
			argument_of(call, function, parameter->getFunctionScopeIndex());
		if (argument == nullptr || !parameter->getType()->isRValueReferenceType())
			return name_outside(function, call, name);
		const auto *moved = moved_in(*argument);
		auto place = moved == nullptr ? std::nullopt : place_of(*moved);
		if (place)
			place->members.insert(place->members.end(), name.members.begin(),
					      name.members.end());
		return place;
	}

	/** A function of the user's may give new values to the members of what it can change. */
	void note_unknown_call(const CallExpr &call)
	{
		const auto *function = call.getDirectCallee();
		if (function == nullptr ||
		    lint_.files().origin(function->getLocation()) != Origin::user)
			return;
		const auto *method = dyn_cast<CXXMethodDecl>(function);
		if (method != nullptr && !method->isConst())
			renew_within(object_of(call));
		for (unsigned i = 0; i < function->getNumParams(); ++i)
			if (gives_access(function->getParamDecl(i)->getType()))
				renew_within(argument_of(call, *function, i));
	}

	void renew_within(const Expr *object)
	{
		const auto path = object == nullptr ? std::nullopt : object_path(*object);
		if (path)
			std::erase_if(gone_, [&](const ObjectPath &place) {
				const auto rest = place.behind(*path, nullptr);
				return rest && !rest->members.empty();
			});
	}

	static bool is_lent(const FunctionDecl &function, const CallExpr &call, const Expr &given)
	{
		for (unsigned i = 0; i < std::min(call.getNumArgs(), function.getNumParams()); i++)
			if (call.getArg(i) == &given) {
				const auto type = function.getParamDecl(i)->getType();
				return type->isLValueReferenceType() &&
				       !type->getPointeeType().isConstQualified();
			}
		return false;
	}

	void note_use(const Expr &node)
	{
		if (!isa<DeclRefExpr, MemberExpr>(node))
			return;
		const auto place = place_of(node);
		if (!place || !gone_.contains(*place) || !is_owner(lint_, node.getType()))
			return;
		uses_given_ = uses_given_ || (given_ && given_->contains(*place));
		report(used_up, node);
	}

	/** A function that another one's call leads to is reported by itself. */
	void report(const Rule &rule, const Expr &at)
	{
		if (!given_)
			lint_.report(rule, at);
	}

	/** Notes the object that is empty behind @node. */
	void note_end(const Expr &node)
	{
		const Expr *object = nullptr;
		if (const auto *made = dyn_cast<CXXConstructExpr>(&node);
		    made != nullptr && made->getConstructor()->isMoveConstructor())
			object = moved_in(*made->getArg(0));
		else if (const auto *call = dyn_cast<CXXMemberCallExpr>(&node);
			 call != nullptr && call->getMethodDecl() != nullptr &&
			 call->getMethodDecl()->getRefQualifier() == RQ_RValue)
			object = moved_in(*call->getImplicitObjectArgument());
		else if (const auto *assigned = dyn_cast<CXXOperatorCallExpr>(&node);
			 assigned != nullptr && assigned->isAssignmentOp())
			object = moved_in(*assigned->getArg(1));
		else if (const auto *adopted = dyn_cast<CallExpr>(&node); adopted != nullptr)
			object = ended_by(*adopted);
		else if (made != nullptr)
			object = moved_into(lint_, *made);
		const auto place = object == nullptr ? std::nullopt : place_of(*object);
		if (place &&
		    (is_owner(lint_, object->getType()) || object->getType()->isPointerType()))
			gone_.insert(*place);
		if (const auto *call = dyn_cast<CallExpr>(&node))
			note_call(*call);
	}

	const Expr *ended_by(const CallExpr &call)
	{
		if (const auto *given = given_away_by(lint_, call))
			return given;
		const auto *function = call.getDirectCallee();
		if (function == nullptr || function->getIdentifier() == nullptr ||
		    call.getNumArgs() != 1 ||
		    lint_.files().origin(function->getLocation()) != Origin::library)
			return nullptr;
		if (function->getName() == "adopt")
			return moved_in(*call.getArg(0));
		if (function->getName() != "from_raw")
			return nullptr;
		const auto place = place_of(*call.getArg(0));
		if (place && gone_.contains(*place))
			report(adopted_twice, call);
		return call.getArg(0);
	}

	void renew(const ObjectPath &place)
	{
		erase_within(gone_, place);
		renewed_.insert(place);
	}

	/** Adds what is gone on another way: on that way it is empty. */
	void add(const Places &other) { gone_.insert(other.begin(), other.end()); }

	Lint &lint_;
	Callees &callees_;
	Places gone_;
	Places renewed_;
	std::optional<Places> given_; // by the caller; nothing where there is none
	bool uses_given_ = false;
	Places gone_behind_; // on each way out
	bool is_left_ = false;
};

} // namespace

void owners(Lint &lint, const FunctionDecl &function)
{
	Callees callees;
	if (function.doesThisDeclarationHaveABody())
		Owners(lint, callees).check(function);
}

} // namespace kcxx::lint
