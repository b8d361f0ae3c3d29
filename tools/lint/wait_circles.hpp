// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Callbacks and completions that wait for each other.
#pragma once

#include "lint/finding.hpp"
#include "lint/lock_uses.hpp"

#include <clang/AST/DeclCXX.h>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace kcxx::lint
{

extern const Rule waits_for_itself; // kcxx-wait

/** Returns the queues that the initialisers of @field, a work, give to it. */
std::set<ObjectPath> queues_of(const clang::FieldDecl &field);

/** Looks at the functions and classes of one source, one after the other. */
class WaitCircles
{
public:
	WaitCircles(Lint &lint, LockUses &uses) : lint_(lint), uses_(uses) {}

	/** Notes where @function takes locks, and waits for a change of what one has. */
	void look_at(const clang::FunctionDecl &function);
	/** Reports callbacks of @record that wait for each other. */
	void look_at(const clang::CXXRecordDecl &record);
	/** Reports waits under a lock that all take who could end them. */
	void look_at_all();

private:
	using Field = const clang::FieldDecl *;
	using Circle = std::map<Field, std::map<Field, Called>>;

	/** A lock that is taken under others, or a wait under others for a change of its data */
	struct Place {
		const clang::ValueDecl *lock;
		const clang::Expr *taking;
		std::set<ObjectPath> held;
		Called call;
	};

	void look_at_callbacks(const clang::CXXRecordDecl &record);
	void look_at_completions(const clang::CXXRecordDecl &record);
	void look_at_ordered(const clang::CXXRecordDecl &record);
	void report_circles(const Circle &waits);
	std::optional<std::map<Field, Called>> needed_before(const clang::CXXMethodDecl &method,
							     const clang::FieldDecl &completion);
	void note_wait(const LockStep &step);
	bool all_are_ordered();

	Lint &lint_;
	LockUses &uses_;
	std::optional<bool> all_are_ordered_;
	std::vector<Place> taken_;
	std::vector<Place> waits_;
};

} // namespace kcxx::lint
