// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Locks of two objects of one class, of which one is taken under the other.
#pragma once

#include "lint/finding.hpp"
#include "lint/lock_uses.hpp"

#include <clang/AST/DeclCXX.h>
#include <map>
#include <set>
#include <utility>

namespace kcxx::lint
{

extern const Rule taken_twice; // kcxx-lock-twice
extern const Rule both_orders; // kcxx-lock-order

/** Looks at the functions of one source, one after the other. */
class ObjectOrders
{
public:
	ObjectOrders(Lint &lint, LockUses &uses) : lint_(lint), uses_(uses) {}

	/** Reports locks of one object that a function takes as those of two. */
	void look_at(const clang::FunctionDecl &function);
	/** Reports the locks of two objects that are taken in both orders. */
	void look_at_all();

private:
	/** A lock that is held, and one of the same class that is taken */
	using Order = std::pair<ObjectPath, ObjectPath>;
	using Orders = std::set<Order>;

	const Orders &of(const clang::FunctionDecl &function);
	Orders of(const LockStep &step);

	Lint &lint_;
	LockUses &uses_;
	std::map<const clang::FunctionDecl *, Orders> orders_;
	std::map<const clang::CXXRecordDecl *, std::map<Order, Called>> seen_;
};

} // namespace kcxx::lint
