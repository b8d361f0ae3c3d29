// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Members of an object that two of its callbacks use at the same time, where one changes them.
#include "lint/data_races.hpp"

#include "lint/lambda_keepers.hpp"
#include "lint/type_parts.hpp"

#include <algorithm>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/ParentMapContext.h>
#include <span>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule changed_without_a_lock = {
	.id = "kcxx-data-race",
	.what = "a member is changed in one callback while another one uses it: on another CPU, or "
		"in an interrupt of this one",
	.needed = "a lock around the data, or an atomic",
	.rewrite = "kernel::SpinLock<T, kernel::FromIrq> or kernel::Mutex<T> with the members that "
		   "belong together as T; or kernel::Atomic<T> for one number",
};

/** The work of a CPU that a callback interrupts */
enum class Level {
	task,
	softirq,
	interrupt,
};

/** The uses of one callback, or of callbacks that never run at the same time. */
struct Side {
	std::string name;
	std::vector<const CXXMethodDecl *> functions; // none of a lambda
	MemberUses uses;
	Level level = Level::task;
	bool is_concurrent = false; // with itself, and with others that are so
	bool ends_first = false;    // before the destructor of its object
};

Side side_of(Lint &lint, const CXXRecordDecl &record,
	     const std::vector<const CXXMethodDecl *> &functions)
{
	Side side{.name = functions.front()->getNameAsString() + "()",
		  .functions = functions,
		  .uses = {lint, record}};
	for (const auto *function : functions)
		side.uses.add(*function);
	return side;
}

Level level_of(const CXXRecordDecl &caller)
{
	if (caller.getName() == "Irq" || caller.getName() == "HrTimer")
		return Level::interrupt;
	return caller.getName() == "Timer" ? Level::softirq : Level::task;
}

/** Adds a side for each timer, work and interrupt that is a member of @part or its bases. */
void add_callbacks(Lint &lint, const CXXRecordDecl &record, const CXXRecordDecl &part,
		   std::vector<Side> &sides)
{
	for (const auto &base : part.bases())
		if (const auto *of = base.getType()->getAsCXXRecordDecl();
		    of != nullptr && of->hasDefinition())
			add_callbacks(lint, record, *of->getDefinition(), sides);
	for (const auto *field : part.fields()) {
		const auto *caller = caller_in(field->getType());
		const auto functions = caller == nullptr ? std::vector<const CXXMethodDecl *>{}
							 : functions_of(*caller);
		if (functions.empty())
			continue;
		sides.push_back(side_of(lint, record, functions));
		sides.back().level = level_of(*caller);
		sides.back().ends_first = is_driver(record) && is_of_device(*caller);
	}
}

/** Returns whether a loop has @lambda, so that several threads run it. */
bool is_in_a_loop(ASTContext &ast, const LambdaExpr &lambda)
{
	for (auto node = DynTypedNode::create(lambda);;) {
		const auto parents = ast.getParents(node);
		if (parents.empty())
			return false;
		node = parents[0];
		if (const auto *statement = node.get<Stmt>();
		    statement != nullptr &&
		    isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(statement))
			return !statement->getBeginLoc().isMacroID();
		if (node.get<FunctionDecl>() != nullptr)
			return false;
	}
}

/** Returns the sides of @record that timers, works, interrupts and threads run. */
std::vector<Side> sides_of_members(Lint &lint, const CXXRecordDecl &record)
{
	std::vector<Side> sides;
	add_callbacks(lint, record, record, sides);
	for (const auto *lambda : lambdas_of(record, lambda_keepers)) {
		sides.push_back({.name = "the lambda of a thread, a queue or a notifier",
				 .functions = {},
				 .uses = {lint, record},
				 .is_concurrent = is_in_a_loop(lint.ast(), *lambda)});
		sides.back().uses.add(*lambda->getBody());
	}
	return sides;
}

bool is_called_by(const std::vector<Side> &sides, const CXXMethodDecl &function)
{
	return std::ranges::any_of(sides, [&](const auto &side) {
		return std::ranges::any_of(side.functions, [&](const auto *own) {
			return own->getCanonicalDecl() == function.getCanonicalDecl();
		});
	});
}

/** Adds a side for each function of @record that a subsystem calls. */
std::vector<Side> sides_of_subsystems(Lint &lint, LibraryCalls &calls, const CXXRecordDecl &record,
				      const std::vector<Side> &others)
{
	std::vector<Side> sides;
	for (const auto *function : record.methods()) {
		if (function->getIdentifier() == nullptr || function->isStatic() ||
		    runs_alone(*function) || is_called_by(others, *function) ||
		    !calls.has(*function))
			continue;
		sides.push_back(side_of(lint, record, {function}));
		sides.back().is_concurrent = calls.at_once(*function);
	}
	return sides;
}

/** Returns whether @path is a number of each CPU, which tasks do not change at the same time. */
bool is_per_cpu(const MemberPath &path)
{
	return is_class(path.back()->getType(), {"PerCpu"});
}

/** Reports what @changing changes and @using_it uses. */
void compare(Lint &lint, const Side &changing, const Side &using_it)
{
	for (const auto &change : changing.uses.changed)
		for (const auto &use : using_it.uses.used)
			if (overlap(change.member, use.member) &&
			    !have_common(change.locks, use.locks) &&
			    (!is_per_cpu(change.member) || changing.level != using_it.level)) {
				const bool at_use = !change.locks.empty() && use.locks.empty();
				const auto &at = at_use ? use : change;
				lint.report(changed_without_a_lock, at.place, at.range,
					    at_use ? " of " + using_it.name + ", which " +
							     changing.name + " changes"
						   : " of " + changing.name + ", which " +
							     using_it.name + " uses");
				break;
			}
}

/** Compares @sides with the destructor of @record, behind which its members end. */
void compare_with_destructor(Lint &lint, const CXXRecordDecl &record, std::span<const Side> sides)
{
	const FunctionDecl *body = nullptr;
	const auto *destructor = record.getDestructor();
	if (destructor == nullptr || !destructor->isUserProvided() || !destructor->hasBody(body))
		return;
	const auto last = side_of(lint, record, {cast<CXXMethodDecl>(body)});
	for (const auto &side : sides) {
		if (side.ends_first)
			continue;
		compare(lint, last, side);
		compare(lint, side, last);
	}
}

/** Returns whether @path leads to another object, by a reference that is a member. */
bool is_of_another(const MemberPath &path)
{
	return (path.size() > 1 && path.front()->getType()->isReferenceType()) ||
	       (!path.empty() && is_class(path.front()->getType(), {"reference_wrapper"}));
}

} // namespace

/** Keeps what a callback uses, to compare it with the callbacks of other objects. */
void DataRaces::note(const CXXRecordDecl &record, const std::string &callback,
		     const MemberUses &uses)
{
	for (const auto &change : uses.changed)
		if (is_of_another(change.member) && change.locks.empty())
			changed_by_reference_.push_back({&record, callback, change});
	for (const auto &use : uses.used)
		used_.emplace(use.member.back(), Use{&record, callback, use});
}

/** Counts the objects that @record has of each class: two for an array or a container. */
void DataRaces::count(const CXXRecordDecl &record)
{
	for (const auto *field : record.fields()) {
		const auto *part = field->getType()->getAsCXXRecordDecl();
		const auto *many = dyn_cast_or_null<ClassTemplateSpecializationDecl>(part);
		if (many == nullptr) {
			if (part != nullptr)
				++members_[part->getCanonicalDecl()];
			continue;
		}
		const bool is_one = is_class(field->getType(), {"Box", "Arc", "optional"});
		for (const auto &argument : many->getTemplateArgs().asArray())
			if (argument.getKind() == TemplateArgument::Type)
				if (const auto *each = argument.getAsType()->getAsCXXRecordDecl())
					members_[each->getCanonicalDecl()] += is_one ? 1 : 2;
	}
}

/** Returns a use of what @change changes by a callback of another object; nullptr: none. */
const DataRaces::Use *DataRaces::other_use_of(const Use &change) const
{
	const auto [first, last] = used_.equal_range(change.use.member.back());
	const auto instances = members_.find(change.record->getCanonicalDecl());
	const bool has_others = instances != members_.end() && instances->second > 1;
	for (auto at = first; at != last; ++at)
		if (has_others || at->second.record != change.record)
			return &at->second;
	return nullptr;
}

void DataRaces::look_at_references()
{
	for (const auto &change : changed_by_reference_)
		if (const auto *other = other_use_of(change))
			lint_.report(changed_without_a_lock, change.use.place, change.use.range,
				     " of " + change.callback + ", which " + other->callback +
					     " of another object uses");
}

void DataRaces::look_at(const CXXRecordDecl &record)
{
	if (!record.isThisDeclarationADefinition() || record.isDependentType() || record.isLambda())
		return;
	count(record);
	auto sides = sides_of_members(lint_, record);
	const auto members = sides.size();
	for (auto &each : sides_of_subsystems(lint_, calls_, record, sides))
		sides.push_back(std::move(each));
	compare_with_destructor(lint_, record, std::span{sides}.first(members));
	for (const auto &side : sides)
		note(record, side.name, side.uses);
	for (std::size_t i = 0; i < sides.size(); ++i)
		for (std::size_t j = 0; j < sides.size(); ++j)
			if (i == j ? sides[i].is_concurrent
				   : (i < members || j < members ||
				      (sides[i].is_concurrent && sides[j].is_concurrent)))
				compare(lint_, sides[i], sides[j]);
}

} // namespace kcxx::lint
