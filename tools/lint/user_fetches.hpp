// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Memory of user space that a function reads, by the names of its addresses.
#pragma once

#include "lint/lint.hpp"
#include "lint/value_names.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <map>
#include <set>

namespace kcxx::lint
{

/** Returns the name of @address, or of what a const variable that it names was made of. */
std::optional<ValueName> name_of_address(const clang::Expr &address);

/** Returns the address of which @made makes an object of @class_name, one of user memory; else
 * nullptr. */
const clang::Expr *user_address(const clang::CXXConstructExpr &made, llvm::StringRef class_name);

/** Returns the address that @call, of reader() or reader_writer(), makes a reader of; else nullptr.
 */
const clang::Expr *address_read_by(const clang::CXXMemberCallExpr &call);

/** Returns the address that @call, of writer() or reader_writer(), makes a writer of; else nullptr.
 */
const clang::Expr *address_written_by(const clang::CXXMemberCallExpr &call);

/** Returns whether @call, of IoctlCall::on(), reads the argument before it runs its handler. */
bool reads_argument(const clang::CXXMemberCallExpr &call);

/** Knows the addresses that the user's functions read at, by the names that their callers have. */
class UserFetches
{
public:
	using Names = std::set<ValueName>;

	explicit UserFetches(Lint &lint) : lint_(lint) {}

	/** Returns the names, in the caller, of the addresses at which the function of @call reads.
	 */
	Names read_by(const clang::CallExpr &call);

private:
	const Names &of(const clang::FunctionDecl &function);

	Lint &lint_;
	std::map<const clang::FunctionDecl *, Names> known_;
};

} // namespace kcxx::lint
