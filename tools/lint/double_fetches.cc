// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Memory of user space that one function reads twice: another thread may change it in between.
#include "lint/call_names.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"
#include "lint/user_fetches.hpp"

#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule read_again = {
	.id = "kcxx-double-fetch",
	.what = "memory of user space is read a second time, and may be another by then than what "
		"was checked",
	.needed = "one reader, which goes on where it stopped, or a copy that is checked and used",
	.rewrite = "const u32 size = KTRY(reader.read<u32>()); and then "
		   "reader.read_all(size, kernel::GFP_KERNEL), or reader.read<T>(), of the same "
		   "reader",
};

/** Finds the readers of one function that pass bytes unread, and its variables that change. */
class Variables : public RecursiveASTVisitor<Variables>
{
public:
	bool VisitCXXMemberCallExpr(CXXMemberCallExpr *call)
	{
		if (is_of_class(*call, "UserReader") && name_of(*call) == "skip")
			if (const auto *reader = named_variable(*call->getImplicitObjectArgument()))
				skipping.insert(reader);
		return true;
	}

	bool VisitBinaryOperator(BinaryOperator *binary)
	{
		if (binary->isAssignmentOp())
			note_change(*binary->getLHS());
		return true;
	}

	bool VisitUnaryOperator(UnaryOperator *unary)
	{
		if (unary->isIncrementDecrementOp())
			note_change(*unary->getSubExpr());
		return true;
	}

	bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *call)
	{
		if (call->isAssignmentOp())
			note_change(*call->getArg(0));
		return true;
	}

	std::set<const VarDecl *> skipping;
	std::set<ValueName> changed;

private:
	void note_change(const Expr &object)
	{
		if (auto name = name_of_value(&object))
			changed.insert(std::move(*name));
	}
};

/** Follows the ways through one function, with the addresses that were read on each. */
class Follower
{
public:
	Follower(Lint &lint, UserFetches &fetches, const FunctionDecl &function)
	    : lint_(lint), fetches_(fetches)
	{
		variables_.TraverseStmt(function.getBody());
		follow(function.getBody());
	}

private:
	using Names = UserFetches::Names;

	/** The addresses that were read, on some way to a place; nothing: no way leads there. */
	using State = std::optional<Names>;

	static State either(State one, const State &other)
	{
		if (!one || !other)
			return one ? one : other;
		one->insert(other->begin(), other->end());
		return one;
	}

	void follow(const Stmt *node)
	{
		if (node == nullptr || !state_)
			return;
		if (const auto *choice = dyn_cast<IfStmt>(node)) {
			follow(choice->getInit());
			follow(choice->getConditionVariableDeclStmt());
			fork(choice->getCond(), choice->getThen(), choice->getElse());
		} else if (const auto *either = dyn_cast<AbstractConditionalOperator>(node)) {
			fork(either->getCond(), either->getTrueExpr(), either->getFalseExpr());
		} else if (const auto *cases = dyn_cast<SwitchStmt>(node)) {
			follow_cases(*cases);
		} else if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(node)) {
			const auto before = state_;
			breaks_.emplace_back();
			children(*node);
			state_ = Follower::either(std::move(state_), before);
			end_breaks();
		} else if (isa<BreakStmt, ContinueStmt>(node)) {
			if (!breaks_.empty())
				breaks_.back() = Follower::either(breaks_.back(), state_);
			state_.reset();
		} else if (isa<ReturnStmt, GotoStmt>(node)) {
			children(*node);
			state_.reset();
		} else if (const auto *lambda = dyn_cast<LambdaExpr>(node)) {
			apart(lambda->getBody());
		} else {
			follow_plain(*node);
		}
	}

	void follow_plain(const Stmt &node)
	{
		if (const auto *group = dyn_cast<SwitchCase>(&node)) {
			state_ = either(state_, at_switch_);
			follow(group->getSubStmt());
		} else if (const auto *declared = dyn_cast<DeclStmt>(&node)) {
			for (const auto *each : declared->decls())
				if (const auto *variable = dyn_cast<VarDecl>(each);
				    variable != nullptr && variable->hasInit() &&
				    !variables_.skipping.contains(variable))
					follow(variable->getInit());
		} else if (const auto *call = dyn_cast<CXXMemberCallExpr>(&node)) {
			follow_member_call(*call);
		} else {
			children(node);
			if (const auto *made = dyn_cast<CXXConstructExpr>(&node))
				construction(*made);
			else if (const auto *call = dyn_cast<CallExpr>(&node))
				for (const auto &name : fetches_.read_by(*call))
					read(name, node);
		}
	}

	void follow_member_call(const CXXMemberCallExpr &call)
	{
		if (name_of(call) == "error") // the value is not used
			return;
		if (reads_argument(call)) {
			follow(call.getImplicitObjectArgument());
			follow_handler(call);
			return;
		}
		children(call);
		if (const auto *address = address_read_by(call))
			read(*address, call);
		if (const auto *address = address_written_by(call); address != nullptr && state_)
			written(*address);
		for (const auto &name : fetches_.read_by(call))
			read(name, call);
	}

	/** Follows the handler of on(), which runs when the argument was read. */
	void follow_handler(const CXXMemberCallExpr &call)
	{
		const auto *object = call.getImplicitObjectArgument();
		while (const auto *before =
			       dyn_cast<CXXMemberCallExpr>(object->IgnoreParenImpCasts()))
			object = before->getImplicitObjectArgument();
		auto name = name_of_value(object);
		const auto before = state_;
		if (name && state_) {
			name->path += ".argument()";
			state_->insert(*name);
		}
		follow(call.getArg(1));
		state_ = before;
	}

	void construction(const CXXConstructExpr &made)
	{
		if (const auto *address = user_address(made, "UserReader"))
			read(*address, made);
		if (const auto *address = user_address(made, "UserWriter");
		    address != nullptr && state_)
			written(*address);
	}

	void read(const Expr &address, const Stmt &node)
	{
		if (auto name = name_of_address(address))
			read(*name, node);
	}

	void read(const ValueName &name, const Stmt &node)
	{
		const auto has_changed = llvm::any_of(variables_.changed, [&](const auto &each) {
			return name == each || name.is_in(each);
		});
		if (!state_ || has_changed)
			return;
		if (!state_->insert(name).second)
			lint_.report(read_again, node);
	}

	void written(const Expr &address)
	{
		if (const auto name = name_of_address(address))
			state_->erase(*name);
	}

	void children(const Stmt &node)
	{
		for (const auto *child : node.children())
			follow(child);
	}

	void fork(const Expr *condition, const Stmt *first, const Stmt *second)
	{
		follow(condition);
		const auto before = state_;
		follow(first);
		auto behind_first = std::exchange(state_, before);
		follow(second);
		state_ = either(std::move(state_), behind_first);
	}

	void follow_cases(const SwitchStmt &cases)
	{
		follow(cases.getInit());
		follow(cases.getCond());
		const auto outer = std::exchange(at_switch_, state_);
		const auto before = state_;
		breaks_.emplace_back();
		for (const auto *each : cases.getBody()->children()) {
			if (each != nullptr && isa<SwitchCase>(each) && !state_)
				state_ = at_switch_;
			follow(each);
		}
		state_ = either(std::move(state_), before);
		end_breaks();
		at_switch_ = outer;
	}

	void end_breaks()
	{
		state_ = either(std::move(state_), breaks_.back());
		breaks_.pop_back();
	}

	/** Follows what runs elsewhere, or one of several. */
	void apart(const Stmt *body)
	{
		const auto before = state_;
		const auto breaks = std::exchange(breaks_, {});
		follow(body);
		state_ = before;
		breaks_ = breaks;
	}

	Lint &lint_;
	UserFetches &fetches_;
	Variables variables_;
	State state_ = Names{};
	State at_switch_;
	std::vector<State> breaks_;
};

} // namespace

void double_fetches(Lint &lint, UserFetches &fetches, const FunctionDecl &function)
{
	if (function.isThisDeclarationADefinition() && function.hasBody() &&
	    !function.isDependentContext() && !is_of_lambda(function))
		Follower(lint, fetches, function);
}

} // namespace kcxx::lint
