// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Classes by their names and namespaces, the parts that objects of a type consist of, and what
// these begin with.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/Type.h>
#include <vector>

namespace kcxx::lint
{

/** Returns whether @type is, or refers to, a class with one of @names. */
bool is_class(clang::QualType type, llvm::ArrayRef<llvm::StringRef> names);

/** Returns the name of the outermost namespace that has @declaration; empty: none, or no name. */
llvm::StringRef outermost_namespace(const clang::Decl &declaration);

/** Returns whether @declaration is of std, or of a namespace in it. */
bool is_of_std(const clang::Decl &declaration);

/** Returns whether @record is a view of std::ranges: what std::views::filter() and its like make.
 */
bool is_view_of_ranges(const clang::CXXRecordDecl &record);

/** Returns whether the end of an object of @type does something. */
bool has_an_end(clang::QualType type);

/** Returns whether the compiler copies or moves objects of @record, member by member. */
bool is_copied(const clang::CXXRecordDecl &record);

/** Returns whether objects of @record can be copied or moved. */
bool can_move(const clang::CXXRecordDecl &record);

/** Returns whether an object of @type has a pointer or a reference. */
bool has_pointer(clang::QualType type);

/**
 * Returns whether an object of @type, or a part of it, is a number or a pointer, which nothing
 * orders for several users. Classes of the library order theirs.
 */
bool is_plain(Lint &lint, clang::QualType type);

/**
 * Returns what @field is initialised with: behind its name, or by the constructors of its class
 * whose bodies the source has.
 */
std::vector<clang::Expr *> initialisers_of(const clang::FieldDecl &field);

} // namespace kcxx::lint
