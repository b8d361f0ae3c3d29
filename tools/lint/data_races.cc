// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Members of an object that two of its callbacks use at the same time, where one changes them.
#include "lint/callers.hpp"
#include "lint/member_uses.hpp"
#include "lint/rules.hpp"

#include <algorithm>
#include <array>

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

/** The uses of one callback, or of callbacks that never run at the same time. */
struct Side {
	std::string name;
	std::vector<const CXXMethodDecl *> functions; // none of a lambda
	MemberUses uses;
};

/** Functions that the library calls before others can run, or after they ended. */
constexpr std::array<StringRef, 5> alone = {"probe", "start", "init", "exit", "remove"};

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

/** Returns the sides of @record that timers, works, interrupts and threads run. */
std::vector<Side> sides_of_members(Lint &lint, const CXXRecordDecl &record)
{
	std::vector<Side> sides;
	for (const auto *field : record.fields()) {
		const auto *caller = caller_in(field->getType());
		const auto functions = caller == nullptr ? std::vector<const CXXMethodDecl *>{}
							 : functions_of(*caller);
		if (!functions.empty())
			sides.push_back(side_of(lint, record, functions));
	}
	for (const auto *lambda : lambdas_of(record, {"KThread", "WorkQueue", "Closure"})) {
		sides.push_back(
			{.name = "a thread's lambda", .functions = {}, .uses = {lint, record}});
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
		    llvm::is_contained(alone, function->getName()) ||
		    is_called_by(others, *function) || !calls.has(*function))
			continue;
		sides.push_back(side_of(lint, record, {function}));
	}
	return sides;
}

/** Returns whether one of the members is the other, or a part of it. */
bool overlap(const MemberPath &a, const MemberPath &b)
{
	return std::equal(a.begin(), a.begin() + std::min(a.size(), b.size()), b.begin(),
			  b.begin() + std::min(a.size(), b.size()));
}

/** Reports what @changing changes and @using_it uses. */
void compare(Lint &lint, const Side &changing, const Side &using_it)
{
	for (const auto &[path, change] : changing.uses.changed)
		for (const auto &[other, use] : using_it.uses.used)
			if (overlap(path, other)) {
				lint.report(changed_without_a_lock, change.place, change.range,
					    " of " + changing.name + ", which " + using_it.name +
						    " uses");
				break;
			}
}

} // namespace

void data_races(Lint &lint, LibraryCalls &calls, const CXXRecordDecl &record)
{
	if (!record.isThisDeclarationADefinition() || record.isDependentType() || record.isLambda())
		return;
	const auto members = sides_of_members(lint, record);
	if (members.empty())
		return;
	const auto subsystems = sides_of_subsystems(lint, calls, record, members);
	for (const auto &one : members) {
		for (const auto &other : members)
			if (&one != &other)
				compare(lint, one, other);
		for (const auto &other : subsystems) {
			compare(lint, one, other);
			compare(lint, other, one);
		}
	}
}

} // namespace kcxx::lint
