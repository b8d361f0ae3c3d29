// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/container_change.hpp"

#include "lint/call_names.hpp"
#include "lint/type_parts.hpp"
#include "lint/user_declarations.hpp"

#include <array>
#include <clang/AST/ParentMapContext.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <set>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** The containers whose elements stay where they are when others come */
constexpr std::array<StringRef, 6> of_nodes = {"List", "RbTree",      "Map",
					       "Set",  "OrderedBase", "Arena"};
/** The others */
constexpr std::array<StringRef, 9> of_rooms = {"Vec",      "SmallVec", "Deque",
					       "String",   "HashMap",  "HashSet",
					       "HashBase", "RingBase", "RingBuffer"};
/** Owners of one object, which is another one behind an assignment */
constexpr std::array<StringRef, 3> of_one = {"Box", "Arc", "optional"};
constexpr std::array<StringRef, 13> removing = {
	"erase",  "extract", "remove",   "pop_front", "pop_back", "pop",        "clear",
	"retain", "take",    "truncate", "splice",    "merge",    "swap_remove"};
/** The removing functions that end the first or the last element alone */
constexpr std::array<StringRef, 3> popping = {"pop_front", "pop_back", "pop"};
constexpr std::array<StringRef, 16> adding = {
	"push",    "push_back",     "push_front",       "insert",
	"emplace", "emplace_back",  "emplace_front",    "try_emplace",
	"append",  "extend",        "insert_or_assign", "reserve",
	"resize",  "shrink_to_fit", "assign",           "set"};

/** Returns whether @method of a container changes its object so that @what is disturbed. */
bool changes(const CXXMethodDecl &method, Disturbed what)
{
	if (method.getIdentifier() == nullptr || method.isConst())
		return false;
	const auto name = method.getName();
	if (llvm::is_contained(of_one, method.getParent()->getName()))
		return what == Disturbed::elements && (name == "reset" || name == "emplace");
	const bool removes = llvm::is_contained(removing, name);
	if (llvm::is_contained(of_nodes, method.getParent()->getName()))
		return what == Disturbed::walks ? removes : name == "clear";
	const bool adds = llvm::is_contained(adding, name);
	if (what == Disturbed::walks)
		return removes || adds;
	const bool has_fixed_room = method.getParent()->getName() == "RingBuffer";
	return (removes && !llvm::is_contained(popping, name)) || (adds && !has_fixed_room);
}

/** Returns whether @call takes an element in the condition of a loop, which ends them all. */
bool drains(Lint &lint, const CallExpr &call)
{
	const auto *method = dyn_cast_or_null<CXXMethodDecl>(call.getDirectCallee());
	if (method == nullptr || method->getIdentifier() == nullptr ||
	    !llvm::is_contained(popping, method->getName()))
		return false;
	for (auto node = DynTypedNode::create(call);;) {
		const auto parents = lint.ast().getParents(node);
		if (parents.empty() || parents[0].get<CompoundStmt>() != nullptr)
			return false;
		const auto *inner = node.get<Stmt>();
		node = parents[0];
		if (const auto *loop = node.get<WhileStmt>())
			return inner != loop->getBody();
		if (const auto *loop = node.get<ForStmt>())
			return inner == loop->getCond() ||
			       inner == loop->getConditionVariableDeclStmt();
	}
}

/** Returns whether nothing takes the result of @call. */
bool is_unused(Lint &lint, const CallExpr &call)
{
	for (auto node = DynTypedNode::create(call);;) {
		const auto parents = lint.ast().getParents(node);
		node = parents.empty() ? DynTypedNode() : parents[0];
		if (const auto *cast = node.get<CastExpr>();
		    cast != nullptr && cast->getCastKind() == CK_ToVoid)
			return true;
		if (node.get<CastExpr>() == nullptr && node.get<FullExpr>() == nullptr &&
		    node.get<CXXBindTemporaryExpr>() == nullptr && node.get<ParenExpr>() == nullptr)
			return node.get<Stmt>() != nullptr && node.get<Expr>() == nullptr &&
			       node.get<ReturnStmt>() == nullptr && node.get<DeclStmt>() == nullptr;
	}
}

/** Looks for a change of one object in functions, each of which is looked into once. */
class Search : public RecursiveASTVisitor<Search>
{
public:
	Search(Lint &lint, Disturbed what) : lint_(lint), what_(what) {}

	bool look_into(const CallExpr &call, const ObjectPath &container)
	{
		const auto *function = defined_by_user(lint_, call.getDirectCallee());
		if (function == nullptr || !seen_.insert(function).second)
			return false;
		const auto outer = container_;
		for (auto &name : names_within(*function, call, container)) {
			container_ = std::move(name);
			TraverseStmt(function->getBody());
		}
		container_ = outer;
		return found_;
	}

	bool VisitCallExpr(CallExpr *call)
	{
		const auto *object = disturbed_by(lint_, *call, what_);
		found_ = found_ || (object != nullptr && object_path(*object) == container_) ||
			 is_released_by(*call) || look_into(*call, container_);
		return !found_;
	}

	bool TraverseLambdaExpr(LambdaExpr * /*runs elsewhere, or later*/) { return true; }

private:
	bool is_released_by(const CallExpr &call)
	{
		const auto *guard = guard_released_by(lint_, call);
		const auto path = guard == nullptr ? std::nullopt : object_path(*guard);
		return path && container_.behind(*path, nullptr).has_value();
	}

	Lint &lint_;
	Disturbed what_;
	ObjectPath container_;
	std::set<const FunctionDecl *> seen_;
	bool found_ = false;
};

} // namespace

bool is_container(Lint &lint, const CXXRecordDecl &record)
{
	return record.getIdentifier() != nullptr &&
	       (llvm::is_contained(of_rooms, record.getName()) ||
		llvm::is_contained(of_nodes, record.getName()) ||
		llvm::is_contained(of_one, record.getName())) &&
	       lint.files().origin(record.getLocation()) == Origin::library;
}

const Expr *guard_released_by(Lint &lint, const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr || lint.files().origin(function->getLocation()) != Origin::library)
		return nullptr;
	for (unsigned i = 0; i < function->getNumParams(); ++i)
		if (const auto type = function->getParamDecl(i)->getType();
		    gives_access(type) && type->isReferenceType() &&
		    is_class(type, {"Guard", "TryGuard"}))
			return argument_of(call, *function, i);
	return nullptr;
}

const Expr *disturbed_by(Lint &lint, const CallExpr &call, Disturbed what)
{
	if (const auto *assigned = dyn_cast<CXXOperatorCallExpr>(&call);
	    assigned != nullptr && assigned->getOperator() == OO_Equal) {
		const auto type = assigned->getArg(0)->getType();
		const auto *record = type->getAsCXXRecordDecl();
		return record != nullptr &&
				       (is_container(lint, *record) || is_class(type, {"Result"}))
			       ? assigned->getArg(0)
			       : nullptr;
	}
	const auto *member = dyn_cast<CXXMemberCallExpr>(&call);
	const auto *method = member == nullptr ? nullptr : member->getMethodDecl();
	const bool of_container = method != nullptr && is_container(lint, *method->getParent());
	return of_container && (changes(*method, what) || drains(lint, call))
		       ? member->getImplicitObjectArgument()
		       : nullptr;
}

const Expr *ended_by(Lint &lint, const CallExpr &call)
{
	const auto *member = dyn_cast<CXXMemberCallExpr>(&call);
	const auto *method = member == nullptr ? nullptr : member->getMethodDecl();
	if (method == nullptr || method->getIdentifier() == nullptr || call.getNumArgs() != 1 ||
	    !is_container(lint, *method->getParent()))
		return nullptr;
	const auto name = method->getName();
	const bool gives_owner = name == "remove" || name == "extract";
	return name == "erase" || (gives_owner && is_unused(lint, call)) ? call.getArg(0) : nullptr;
}

bool disturbs_within(Lint &lint, const CallExpr &call, const ObjectPath &container, Disturbed what)
{
	return Search(lint, what).look_into(call, container);
}

} // namespace kcxx::lint
