// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Tasks that wait for each other, or for themselves.
#pragma once

#include "lint/ended_objects.hpp"
#include "lint/lock_uses.hpp"

#include <clang/AST/DeclCXX.h>
#include <map>
#include <set>

namespace kcxx::lint
{

/**
 * Returns whether a task at @first may wait for @last, by way of others: @orders has, for each lock
 * or member, those that a task waits for meanwhile, and the call that does.
 */
template <typename Place>
bool leads_to(const std::map<Place, std::map<Place, Called>> &orders, Place first, Place last)
{
	std::set<Place> seen;
	std::vector<Place> open = {first};
	while (!open.empty()) {
		const auto *at = open.back();
		open.pop_back();
		const auto behind = orders.find(at);
		if (behind == orders.end() || !seen.insert(at).second)
			continue;
		for (const auto &[next, call] : behind->second) {
			if (next == last)
				return true;
			open.push_back(next);
		}
	}
	return false;
}

/** Returns the functions that the timer, work or thread @member runs. */
std::vector<const clang::FunctionDecl *> callbacks_of(const clang::ValueDecl &member);

/** Looks at the functions and classes of one source, one after the other. */
class Deadlocks
{
public:
	Deadlocks(Lint &lint, LockUses &uses) : lint_(lint), uses_(uses), ended_(lint, uses) {}

	/** Reports locks that are taken twice, and waits for what needs a lock that is held. */
	void look_at(const clang::FunctionDecl &function);
	/** Reports callbacks of @record that wait for themselves. */
	void look_at(const clang::CXXRecordDecl &record);
	/** Reports locks that the functions take in both orders. */
	void look_at_orders();

private:
	using Lock = const clang::ValueDecl *; // all objects of a class have one

	void look_at(const LockStep &step);
	void look_at(const LockStep &step, const std::set<ObjectPath> &held, const LockUse &use);
	void look_at_job(const LockStep &step);
	void note_orders(const LockStep &step, const std::set<ObjectPath> &held,
			 const LockUse &use);
	void look_at_ends(const LockStep &step);
	std::set<ObjectPath> needed_by(const ObjectPath &waited_for);
	std::set<ObjectPath> needed_to_complete(const clang::FieldDecl &completion);
	bool is_completed(const clang::CXXMethodDecl &method, const ObjectPath &completion,
			  std::set<ObjectPath> &locks);

	Lint &lint_;
	LockUses &uses_;
	EndedObjects ended_;
	std::map<Lock, std::map<Lock, Called>> orders_; // a lock that is held, one that is taken
};

} // namespace kcxx::lint
