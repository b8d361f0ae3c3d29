// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/guarded_calls.hpp"

#include "lint/call_names.hpp"
#include "lint/type_parts.hpp"

#include <clang/AST/ParentMapContext.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns whether the class of the object alone decides which function @call runs. */
bool is_by_class(const CallExpr &call)
{
	const auto *method = dyn_cast_or_null<CXXMethodDecl>(call.getDirectCallee());
	const auto *member = dyn_cast<MemberExpr>(call.getCallee()->IgnoreParens());
	return method != nullptr && method->isVirtual() && declared(*method) == Declared::nothing &&
	       (member == nullptr ||
		(!member->hasQualifier() &&
		 method->getDevirtualizedMethod(member->getBase(), false) == nullptr));
}

/** Returns the function that @call names; nullptr for one by a pointer. */
const FunctionDecl *callee_of(const CallExpr &call)
{
	const auto *method = dyn_cast_or_null<CXXMethodDecl>(call.getDirectCallee());
	const auto *member = dyn_cast<MemberExpr>(call.getCallee()->IgnoreParens());
	if (method == nullptr || !method->isVirtual() || member == nullptr ||
	    member->hasQualifier() || declared(*method) != Declared::nothing)
		return call.getDirectCallee();
	const auto *known = method->getDevirtualizedMethod(member->getBase(), false);
	return known != nullptr ? known : method;
}

/** Finds the calls of one expression, which no graph has: a default argument. */
void each_expression(const Stmt &node, const std::function<void(const Expr &)> &apply)
{
	if (const auto *expression = dyn_cast<Expr>(&node))
		apply(*expression);
	if (isa<LambdaExpr>(node))
		return;
	for (const auto *child : node.children())
		if (child != nullptr)
			each_expression(*child, apply);
}

const FunctionDecl *called_by(const Expr &expression)
{
	if (const auto *call = dyn_cast<CallExpr>(&expression))
		return callee_of(*call);
	if (const auto *made = dyn_cast<CXXConstructExpr>(&expression))
		return made->getConstructor();
	if (const auto *made = dyn_cast<CXXInheritedCtorInitExpr>(&expression))
		return made->getConstructor();
	if (const auto *made = dyn_cast<CXXNewExpr>(&expression))
		return made->getOperatorNew();
	if (const auto *ended = dyn_cast<CXXDeleteExpr>(&expression))
		return ended->getOperatorDelete();
	return nullptr;
}

/** Returns whether the class of the object alone decides which destructor @element calls. */
bool is_by_class(const CFGImplicitDtor &element, const CXXDestructorDecl &destructor)
{
	return element.getKind() == CFGElement::DeleteDtor && destructor.isVirtual() &&
	       !destructor.getParent()->isEffectivelyFinal() &&
	       declared(destructor) == Declared::nothing;
}

/** Returns the destructor that @element calls, also of a base or a member, which Clang leaves out.
 */
const CXXDestructorDecl *destructor_of(const CFGImplicitDtor &element, ASTContext &ast)
{
	QualType type;
	if (const auto of_base = element.getAs<CFGBaseDtor>())
		type = of_base->getBaseSpecifier()->getType();
	else if (const auto of_member = element.getAs<CFGMemberDtor>())
		type = of_member->getFieldDecl()->getType();
	else
		return element.getDestructorDecl(ast);
	const auto *record = type->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
	return record == nullptr ? nullptr : record->getDestructor();
}

SourceRange range_of(const CFGImplicitDtor &element, const CXXDestructorDecl &destructor)
{
	if (const auto of_variable = element.getAs<CFGAutomaticObjDtor>())
		return of_variable->getVarDecl()->getSourceRange();
	if (const auto of_temporary = element.getAs<CFGTemporaryDtor>())
		return of_temporary->getBindTemporaryExpr()->getSourceRange();
	if (const auto of_delete = element.getAs<CFGDeleteDtor>())
		return of_delete->getDeleteExpr()->getSourceRange();
	return destructor.getSourceRange();
}

std::unique_ptr<CFG> graph_of(Lint &lint, const FunctionDecl &function)
{
	const FunctionDecl *with_body = nullptr;
	if (!function.hasBody(with_body) || with_body->isDependentContext())
		return nullptr;
	CFG::BuildOptions options;
	options.AddInitializers = true;
	options.AddImplicitDtors = true;
	options.AddTemporaryDtors = true;
	options.AddCXXDefaultInitExprInCtors = true;
	options.AddCXXDefaultInitExprInAggregates = true;
	options.setAlwaysAdd(Stmt::CXXBindTemporaryExprClass)
		.setAlwaysAdd(Stmt::CXXDefaultArgExprClass);
	return CFG::buildCFG(with_body, with_body->getBody(), &lint.ast(), options);
}

} // namespace

bool Called::ends_an_object() const
{
	const auto *method = dyn_cast<CXXMethodDecl>(function);
	if (method == nullptr)
		return false;
	const auto *object = written == nullptr ? nullptr : object_of(*written);
	const bool ends_the_last = object != nullptr && method->getIdentifier() != nullptr &&
				   method->getName() == "emplace" &&
				   is_class(object->getType(), {"optional"});
	return isa<CXXDestructorDecl>(method) || method->getOverloadedOperator() == OO_Equal ||
	       ends_the_last;
}

GuardedCalls::GuardedCalls(Lint &lint, const FunctionDecl &function, Watched watched)
    : lint_(lint), function_(function), watched_(watched), graph_(graph_of(lint, function)),
      has_guards_(must_not_sleep_itself())
{
	if (graph_ != nullptr)
		look_at_all();
}

bool GuardedCalls::must_not_sleep_itself() const
{
	return watched_ == Watched::sleep && must_not_sleep(function_);
}

const CallExpr *GuardedCalls::maker_of(const void *guard) const
{
	const Expr *made = nullptr;
	if (temporaries_.contains(guard))
		made = static_cast<const CXXBindTemporaryExpr *>(guard)->getSubExpr();
	else if (guard != &function_)
		made = static_cast<const VarDecl *>(guard)->getInit();
	return made == nullptr ? nullptr : dyn_cast<CallExpr>(made->IgnoreUnlessSpelledInSource());
}

void GuardedCalls::each(const Apply &apply)
{
	if (graph_ == nullptr)
		return;
	follow_all();
	for (const auto &[block, path] : before_)
		pass(*block, &apply);
}

void GuardedCalls::follow_all()
{
	std::set<const CFGBlock *> open = {&graph_->getEntry()};
	auto &first = before_[&graph_->getEntry()];
	if (must_not_sleep_itself())
		first.guards[&function_] = Held::surely;
	while (!open.empty()) {
		const auto *block = *open.begin();
		open.erase(open.begin());
		pass(*block, nullptr);
		std::size_t way = 0;
		for (const auto &next : block->succs()) {
			const auto *reached = next.getReachableBlock();
			if (reached != nullptr && join(*reached, behind(*block, way)))
				open.insert(reached);
			++way;
		}
	}
}

void GuardedCalls::calls_of(const CFGElement &element,
			    const std::function<void(const Called &)> &apply)
{
	if (const auto ended = element.getAs<CFGImplicitDtor>()) {
		const auto of_variable = ended->getAs<CFGAutomaticObjDtor>();
		const auto of_temporary = ended->getAs<CFGTemporaryDtor>();
		if ((of_variable &&
		     path_.empty.contains({.root = of_variable->getVarDecl(), .members = {}})) ||
		    (of_temporary &&
		     is_given_away(lint_.ast(), *of_temporary->getBindTemporaryExpr())))
			return;
		if (const auto *destructor = destructor_of(*ended, lint_.ast())) {
			const auto range = range_of(*ended, *destructor);
			apply({.function = destructor,
			       .place = range.getBegin(),
			       .range = range,
			       .written = nullptr,
			       .is_virtual = is_by_class(*ended, *destructor)});
		}
		return;
	}
	const auto statement = element.getAs<CFGStmt>();
	const auto *expression = statement ? dyn_cast<Expr>(statement->getStmt()) : nullptr;
	if (expression == nullptr)
		return;
	// A default argument stands nowhere.
	const bool is_unwritten = isa<CXXDefaultArgExpr>(expression);
	const auto place = is_unwritten ? expression->getExprLoc() : expression->getBeginLoc();
	const auto range = is_unwritten ? SourceRange(place) : expression->getSourceRange();
	const auto add = [&](const Expr &each) {
		const auto *written = dyn_cast<CallExpr>(&each);
		const Called call = {.function = called_by(each),
				     .place = place,
				     .range = range,
				     .written = written,
				     .is_virtual = written != nullptr && is_by_class(*written)};
		if (call.function == nullptr && written == nullptr)
			return;
		const auto *object =
			call.function != nullptr && written != nullptr && call.ends_an_object()
				? object_of(*written)
				: nullptr;
		const auto path = object == nullptr ? std::nullopt : object_path(*object);
		if (!path || !path_.empty.contains(*path))
			apply(call);
	};
	if (const auto *unwritten = dyn_cast<CXXDefaultArgExpr>(expression))
		each_expression(*unwritten->getExpr(), add);
	else
		add(*expression);
}

/** Looks at all elements first: which temporaries end here, which attempts are checked. */
void GuardedCalls::look_at_all()
{
	for (const auto *block : *graph_)
		for (const auto &element : *block) {
			if (const auto ended = element.getAs<CFGTemporaryDtor>();
			    ended &&
			    kind_of(ended->getBindTemporaryExpr()->getType()) == GuardKind::whole &&
			    !is_a_variable(lint_.ast(), *ended->getBindTemporaryExpr())) {
				temporaries_.insert(ended->getBindTemporaryExpr());
				has_guards_ = true;
			}
			const auto statement = element.getAs<CFGStmt>();
			const auto *node = statement ? statement->getStmt() : nullptr;
			if (const auto *declared = dyn_cast_or_null<DeclStmt>(node))
				for (const auto *each : declared->decls())
					has_guards_ =
						has_guards_ ||
						kind_of(dyn_cast<VarDecl>(each)) != GuardKind::none;
			const auto *guard = node == nullptr ? nullptr : asked_guard(*node);
			if (guard != nullptr && !decides(*node))
				unclear_.insert(guard);
		}
}

GuardKind GuardedCalls::kind_of(QualType type)
{
	return watched_ == Watched::sleep ? guard_kind(lint_, type) : lock_guard_kind(lint_, type);
}

/** Returns what @variable holds; a reference holds the temporary that it keeps. */
GuardKind GuardedCalls::kind_of(const VarDecl *variable)
{
	if (variable == nullptr || !variable->hasLocalStorage())
		return GuardKind::none;
	auto type = variable->getType();
	if (type->isReferenceType()) {
		const auto *init = variable->getInit();
		if (const auto *full = dyn_cast_or_null<FullExpr>(init))
			init = full->getSubExpr();
		const auto *kept = dyn_cast_or_null<MaterializeTemporaryExpr>(
			init == nullptr ? nullptr : init->IgnoreParenImpCasts());
		if (kept == nullptr || kept->getExtendingDecl() != variable)
			return GuardKind::none;
		type = type->getPointeeType();
	}
	return kind_of(type);
}

/** Returns the guard of a try_lock() that @node asks whether it holds the lock. */
const VarDecl *GuardedCalls::asked_guard(const Stmt &node)
{
	const auto *object = converted_object(node);
	const auto *guard = object == nullptr ? nullptr : named_variable(*object);
	return kind_of(guard) == GuardKind::tried ? guard : nullptr;
}

/** Returns whether @answer is used for branches alone, and so is known on each of them. */
bool GuardedCalls::decides(const Stmt &answer)
{
	bool is_logical = false;
	for (auto node = DynTypedNode::create(answer);;) {
		const auto parents = lint_.ast().getParents(node);
		if (parents.empty())
			return false;
		node = parents[0];
		const auto *expression = node.get<Expr>();
		if (expression == nullptr)
			return node.get<Stmt>() != nullptr && node.get<DeclStmt>() == nullptr;
		if (isa<CastExpr, ParenExpr, FullExpr>(expression))
			continue;
		const auto *negation = dyn_cast<UnaryOperator>(expression);
		if (negation != nullptr && negation->getOpcode() == UO_LNot && !is_logical)
			continue;
		const auto *both = dyn_cast<BinaryOperator>(expression);
		if (both == nullptr || !both->isLogicalOp())
			return isa<ConditionalOperator>(expression);
		is_logical = true;
	}
}

/** Leaves what is known behind @block. */
void GuardedCalls::pass(const CFGBlock &block, const Apply *apply)
{
	path_ = before_.at(&block);
	for (const auto &element : block) {
		if (end(element))
			continue;
		if (apply != nullptr)
			calls_of(element, [&](const Called &call) {
				auto guards = path_.guards;
				for (const auto *unknown : unclear_)
					if (const auto known = guards.find(unknown);
					    known != guards.end() && known->second == Held::perhaps)
						guards.erase(known);
				(*apply)(call, guards);
			});
		if (const auto statement = element.getAs<CFGStmt>()) {
			path_.empty.follow(lint_, *statement->getStmt());
			begin(*statement->getStmt());
		}
	}
}

/** Ends the guard whose destructor @element is. Returns whether it is one. */
bool GuardedCalls::end(const CFGElement &element)
{
	if (const auto of_variable = element.getAs<CFGAutomaticObjDtor>())
		return path_.guards.erase(of_variable->getVarDecl()) != 0;
	if (const auto of_temporary = element.getAs<CFGTemporaryDtor>())
		return path_.guards.erase(of_temporary->getBindTemporaryExpr()) != 0;
	return false;
}

void GuardedCalls::begin(const Stmt &node)
{
	if (const auto *declared = dyn_cast<DeclStmt>(&node)) {
		for (const auto *each : declared->decls())
			if (const auto kind = kind_of(dyn_cast<VarDecl>(each));
			    kind == GuardKind::tried) {
				tried_.insert(each);
				path_.guards[each] = Held::perhaps;
			} else if (kind == GuardKind::whole) {
				path_.guards[each] = Held::surely;
			}
	} else if (const auto *made = dyn_cast<CXXBindTemporaryExpr>(&node);
		   made != nullptr && temporaries_.contains(made)) {
		path_.guards[made] = Held::surely;
	} else if (const auto *call = dyn_cast<CXXMemberCallExpr>(&node);
		   call != nullptr && call->getMethodDecl() != nullptr &&
		   call->getMethodDecl()->getIdentifier() != nullptr &&
		   call->getMethodDecl()->getName() == "error") {
		// An attempt that took the lock has no error.
		if (const auto *guard = named_variable(*call->getImplicitObjectArgument());
		    kind_of(guard) == GuardKind::tried)
			path_.guards.erase(guard);
	}
}

/** Returns what is known where the successor number @way of @block begins. */
GuardedCalls::Path GuardedCalls::behind(const CFGBlock &block, std::size_t way)
{
	Path path = path_;
	if (block.getTerminator().isTemporaryDtorsBranch()) {
		if (way == 1) // on the way here they were not made
			for (const auto *temporary : temporaries_)
				path.guards.erase(temporary);
		return path;
	}
	const auto *condition = block.succ_size() == 2 ? block.getLastCondition() : nullptr;
	bool if_true = true;
	while (condition != nullptr) {
		if (const auto *full = dyn_cast<FullExpr>(condition)) {
			condition = full->getSubExpr();
			continue;
		}
		condition = condition->IgnoreParenCasts();
		const auto *negation = dyn_cast<UnaryOperator>(condition);
		if (negation == nullptr || negation->getOpcode() != UO_LNot)
			break;
		if_true = !if_true;
		condition = negation->getSubExpr();
	}
	const auto *asked = dyn_cast_or_null<CXXMemberCallExpr>(condition);
	const auto *method = asked == nullptr ? nullptr : asked->getMethodDecl();
	if (method == nullptr)
		return path;
	const bool is_true = (way == 0) == if_true;
	if (const auto *guard = asked_guard(*asked)) {
		if (path.guards.contains(guard) && is_true)
			path.guards[guard] = Held::surely;
		else
			path.guards.erase(guard);
		return path;
	}
	path.empty.assume(*asked, is_true);
	return path;
}

/** Adds @path to what is known before @block. Returns whether that is new there. */
bool GuardedCalls::join(const CFGBlock &block, const Path &path)
{
	const auto [known, is_first] = before_.try_emplace(&block, path);
	if (is_first)
		return true;
	const auto last = known->second;
	auto &all = known->second;
	for (const auto &[guard, held] : path.guards)
		if (const auto there = all.guards.find(guard); there == all.guards.end())
			all.guards[guard] = tried_.contains(guard) ? Held::perhaps : held;
		else if (there->second != held)
			there->second = Held::perhaps;
	for (auto &[guard, held] : all.guards)
		if (!path.guards.contains(guard) && tried_.contains(guard))
			held = Held::perhaps;
	all.empty.join(path.empty);
	return all != last;
}

} // namespace kcxx::lint
