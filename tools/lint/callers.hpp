// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The classes of the library whose objects call the user's functions: timers, works, interrupts.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <set>
#include <utility>
#include <vector>

namespace kcxx::lint
{

/** Returns the class of the library that @type is or holds, and that calls back; null: none. */
const clang::CXXRecordDecl *caller_in(clang::QualType type);

/** Returns the functions that the type of @caller names: tick() of a Timer<&Pump::tick>. */
std::vector<const clang::CXXMethodDecl *> functions_of(const clang::CXXRecordDecl &caller);

/**
 * Returns the function, with its body, that a call of @called runs in an object of @record: the one
 * that overrides it there. nullptr: it is of another class, or its body is elsewhere.
 */
const clang::FunctionDecl *run_in(const clang::CXXRecordDecl &record,
				  const clang::CXXMethodDecl &called);

/** Returns whether the library ends @caller before the object of a driver: an interrupt. */
bool is_of_device(const clang::CXXRecordDecl &caller);

/** Returns whether @record is a driver's class: it has a static probe(). */
bool is_driver(const clang::CXXRecordDecl &record);

/** Returns the lambda that @argument is, or moves, or names; nullptr: none. */
const clang::LambdaExpr *given_lambda(const clang::Expr &argument);

/**
 * Returns the lambdas with `this` that the functions of @record give to one of @keepers, such as
 * KThread.
 */
std::vector<const clang::LambdaExpr *> lambdas_of(const clang::CXXRecordDecl &record,
						  llvm::ArrayRef<llvm::StringRef> keepers);

/** Returns whether the library calls @function before other functions can run, or after them. */
bool runs_alone(const clang::CXXMethodDecl &function);

/** Returns the part of the library that has @place: "rtc" of <kernel/rtc.hpp>; empty: none. */
llvm::StringRef library_part(Lint &lint, clang::SourceLocation place);

/** Knows the user's functions that templates of the library call on an object of the user's. */
class LibraryCalls
{
public:
	explicit LibraryCalls(Lint &lint) : lint_(lint) {}

	/** Returns whether the library calls @function. */
	[[nodiscard]] bool has(const clang::CXXMethodDecl &function);

	/**
	 * Returns whether several tasks call @function at once: files of sysfs, sensors, open
	 * files, and what these call of a driver's object.
	 */
	[[nodiscard]] bool at_once(const clang::CXXMethodDecl &function);

	/** Returns whether @part of the library calls @function: "fs" for open files. */
	[[nodiscard]] bool has(const clang::CXXMethodDecl &function, llvm::StringRef part);

private:
	class Collector;

	void collect_all();
	void add(const clang::CXXMethodDecl &function, llvm::StringRef part);
	void collect(const clang::DeclContext &context);
	void collect_of_shared_objects();
	[[nodiscard]] bool is_of_user(llvm::ArrayRef<clang::TemplateArgument> arguments);

	Lint &lint_;
	bool is_collected_ = false;
	std::set<const clang::CXXMethodDecl *> called_;
	std::set<const clang::CXXMethodDecl *> at_once_;
	std::set<std::pair<const clang::CXXMethodDecl *, llvm::StringRef>> parts_;
};

} // namespace kcxx::lint
