// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The ways of numbers of user space from one function of a source to another: as arguments,
// results and members.
#pragma once

#include "lint/user_members.hpp"
#include "lint/user_numbers.hpp"

#include <map>
#include <set>

namespace kcxx::lint
{

/** The numbers that come out of a function, where it succeeds. */
struct UserResult {
	UserValue returned;
	UserNumbers::Facts behind; // of its parameters and of *this
};

class UserCalls
{
public:
	explicit UserCalls(Lint &lint) : lint_(lint) {}

	/** Follows @function, and reports what it does with numbers of user space. */
	void check(const clang::FunctionDecl &function);

	/** Returns the result of @function, to which @given is given; null if it is not known. */
	const UserResult *result_of(const clang::FunctionDecl &function,
				    const UserNumbers::Facts &given);

	UserMembers &members() { return members_; }

	/** Reports, if all members that keep such numbers are known. */
	void report(const Rule &rule, clang::SourceLocation place, clang::SourceRange range)
	{
		if (reports_)
			lint_.report(rule, place, range);
	}

private:
	using Key = std::pair<const clang::FunctionDecl *, UserNumbers::Facts>;
	static constexpr std::size_t deepest = 8;
	static constexpr std::size_t most = 20000; // functions that are followed in a source

	void find_members();

	Lint &lint_;
	UserMembers members_;
	bool reports_ = false;
	std::map<Key, UserResult> results_;
	std::set<const clang::FunctionDecl *> followed_; // at this moment
};

} // namespace kcxx::lint
