// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The calls of one function, and the guards that are held at each.
#pragma once

#include "lint/emptied_owners.hpp"
#include "lint/guards.hpp"
#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <clang/Analysis/CFG.h>
#include <functional>
#include <map>
#include <memory>
#include <set>

namespace kcxx::lint
{

/** Whether a lock is held on a path: what a try_lock() found may be unknown there. */
enum class Held {
	perhaps,
	surely,
};

/**
 * The guards on one path: variables, temporaries by the expressions that make them, and the
 * function itself if it promises not to sleep.
 */
using Guards = std::map<const void *, Held>;

/** A call, also one that no source has, such as that of a destructor. */
struct Called {
	const clang::FunctionDecl *function = nullptr; // nullptr for a call by a pointer
	clang::SourceLocation place;
	clang::SourceRange range;
	const clang::CallExpr *written = nullptr;

	/** Returns whether it ends an object: a destructor, or an assignment to an owner. */
	[[nodiscard]] bool ends_an_object() const;

	bool is_virtual = false; // the object's class decides which function runs
};

/** The guards that are followed */
enum class Watched {
	sleep, // what keeps the task from sleeping
	locks, // what holds a lock
};

/**
 * Follows the guards of one function from their beginning to their end, on all paths. The end of
 * an object that was moved from, or that a path knows to be empty, is no call.
 */
class GuardedCalls
{
public:
	GuardedCalls(Lint &lint, const clang::FunctionDecl &function,
		     Watched watched = Watched::sleep);

	/** Returns whether the function has guards at all. */
	[[nodiscard]] bool has_guards() const { return has_guards_; }

	using Apply = std::function<void(const Called &, const Guards &)>;
	/** Applies @apply to each call, with the guards that are there. */
	void each(const Apply &apply);

	/** Returns the call that made @guard; nullptr for none, or one that is not to be seen. */
	[[nodiscard]] const clang::CallExpr *maker_of(const void *guard) const;

private:
	struct Path {
		Guards guards;
		EmptiedOwners empty;

		bool operator==(const Path &) const = default;
	};

	void look_at_all();
	[[nodiscard]] bool must_not_sleep_itself() const;
	GuardKind kind_of(clang::QualType type);
	GuardKind kind_of(const clang::VarDecl *variable);
	const clang::VarDecl *asked_guard(const clang::Stmt &node);
	bool decides(const clang::Stmt &answer);
	void follow_all();
	void pass(const clang::CFGBlock &block, const Apply *apply);
	void calls_of(const clang::CFGElement &element,
		      const std::function<void(const Called &)> &apply);
	bool end(const clang::CFGElement &element);
	void begin(const clang::Stmt &node);
	Path behind(const clang::CFGBlock &block, std::size_t way);
	bool join(const clang::CFGBlock &block, const Path &path);

	Lint &lint_;
	const clang::FunctionDecl &function_;
	Watched watched_;
	std::unique_ptr<clang::CFG> graph_;
	bool has_guards_ = false;
	std::set<const void *> temporaries_;
	std::set<const void *> tried_;
	std::set<const void *> unclear_; // attempts whose answer a variable may keep
	std::map<const clang::CFGBlock *, Path> before_;
	Path path_;
};

} // namespace kcxx::lint
