// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The locks that the end of an element, or of what an owner has, takes or needs.
#pragma once

#include "lint/lock_uses.hpp"

#include <clang/AST/DeclCXX.h>
#include <map>
#include <optional>
#include <set>

namespace kcxx::lint
{

/** The locks for which the end of an object waits */
struct EndUse {
	std::set<ObjectPath> taken;  // by a destructor
	std::set<ObjectPath> needed; // by a callback that is to be over

	void add(const EndUse &other);
};

/** The objects that members of a class refer to, by the names of the class that makes its objects.
 */
struct Referred {
	const clang::CXXRecordDecl *maker = nullptr; // nullptr: several, or none
	std::map<const clang::ValueDecl *, ObjectPath> names;

	bool operator==(const Referred &) const = default;
};

/** Knows for each class of one source what its objects refer to, and what their end does. */
class EndedObjects
{
public:
	EndedObjects(Lint &lint, LockUses &uses) : lint_(lint), uses_(uses) {}

	/**
	 * Returns the locks for which the end of the objects waits that @step ends: by the names
	 * of its function, or behind a member, which names no object there.
	 */
	EndUse of(const LockStep &step);

private:
	class Collector;

	EndUse of_end(const clang::CXXRecordDecl &record);
	EndUse of_parts(const clang::CXXRecordDecl &record);
	void add_ended(clang::QualType type, std::set<const clang::CXXRecordDecl *> &ended,
		       int depth = 0);
	const Referred &referred_by(const clang::CXXRecordDecl &record);
	void note(const clang::CXXRecordDecl &record, const Referred &referred);

	Lint &lint_;
	LockUses &uses_;
	bool is_collected_ = false;
	std::map<const clang::CXXRecordDecl *, EndUse> ends_;
	std::map<const clang::CXXRecordDecl *, Referred> referred_;
};

/** Returns the class whose object @function, or the function around a lambda, is called for. */
const clang::CXXRecordDecl *class_of(const clang::FunctionDecl &function);

} // namespace kcxx::lint
