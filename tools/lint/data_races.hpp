// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Data that two callbacks use at the same time, where one changes them.
#pragma once

#include "lint/callers.hpp"
#include "lint/member_uses.hpp"

#include <clang/AST/DeclCXX.h>
#include <map>
#include <string>
#include <vector>

namespace kcxx::lint
{

/** Looks at the classes of one source, one after the other. */
class DataRaces
{
public:
	DataRaces(Lint &lint, LibraryCalls &calls) : lint_(lint), calls_(calls) {}

	/** Reports members of one object that two of its callbacks use. */
	void look_at(const clang::CXXRecordDecl &record);
	/** Reports data of another object that callbacks of two objects use. */
	void look_at_references();

private:
	/** A use of data by a callback of an object of @record */
	struct Use {
		const clang::CXXRecordDecl *record;
		std::string callback;
		MemberUse use;
	};

	void note(const clang::CXXRecordDecl &record, const std::string &callback,
		  const MemberUses &uses);
	void count(const clang::CXXRecordDecl &record);
	[[nodiscard]] const Use *other_use_of(const Use &change) const;

	Lint &lint_;
	LibraryCalls &calls_;
	std::vector<Use> changed_by_reference_;
	std::multimap<const clang::FieldDecl *, Use> used_;
	std::map<const clang::CXXRecordDecl *, unsigned> members_; // of a class, in other classes
};

} // namespace kcxx::lint
