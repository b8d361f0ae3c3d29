// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Spinlocks that interrupts or softirqs take as well, and the places that let these come.
#pragma once

#include "lint/guards.hpp"
#include "lint/lock_uses.hpp"

#include <map>
#include <set>
#include <vector>

namespace kcxx::lint
{

/** Looks at the functions of one source, one after the other. */
class LockContexts
{
public:
	LockContexts(Lint &lint, LockUses &uses) : lint_(lint), uses_(uses) {}

	/** Notes the locks that @function takes, and how. */
	void look_at(const clang::FunctionDecl &function);
	/** Reports what needs all functions. */
	void look_at_all();

private:
	/** The interrupts that the holder of a lock keeps off its CPU, or that take the lock. */
	enum class Off {
		nothing,
		softirqs,
		interrupts,
	};

	struct Place {
		const clang::ValueDecl *lock;
		const clang::FunctionDecl *function;
		Called call;
		Off own; // by the lock itself
		Off off; // in all
	};

	static Off off_by(clang::QualType guard);
	void note_calls(const LockStep &step, bool is_over);
	void need(const clang::FunctionDecl &callback, Off off);
	void follow_locks();
	void follow_calls();

	Lint &lint_;
	LockUses &uses_;
	std::vector<Place> places_;
	std::map<const clang::ValueDecl *, Off> needed_;
	/** The locks under which each is taken, and the one by which it needs more */
	std::map<const clang::ValueDecl *, std::set<const clang::ValueDecl *>> under_;
	std::map<const clang::ValueDecl *, const clang::ValueDecl *> needed_by_;
	/** Functions that some caller calls with more off, and the calls of each function */
	std::map<const clang::FunctionDecl *, Off> called_with_;
	std::map<const clang::FunctionDecl *, std::set<const clang::FunctionDecl *>> calls_;
};

} // namespace kcxx::lint
