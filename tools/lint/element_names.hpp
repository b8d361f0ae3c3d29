// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The names by which a function reaches elements of containers.
#pragma once

#include "lint/lint.hpp"
#include "lint/moved_owners.hpp"
#include "lint/object_path.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <functional>
#include <map>
#include <optional>

namespace kcxx::lint
{

/** An element's container, and whether the element may have moved or ended */
struct Bound {
	ObjectPath container;
	bool is_stale = false;

	bool operator==(const Bound &) const = default;
};

/**
 * Returns the variable, or the member of one, that @expression names; nothing for a reference,
 * which is another name of its object.
 */
std::optional<ObjectPath> kept_place(const clang::Expr &expression);

/**
 * The pointers, references, iterators and views of one function at one point of it, by the
 * variables and members that they are kept in. One that is stale on one way to that point is stale.
 */
class ElementNames
{
public:
	/** Returns the container that the result of a call of the user's is an element of. */
	using OfUserCall = std::function<std::optional<ObjectPath>(const clang::CallExpr &)>;

	/** @of_user_call outlives this. */
	ElementNames(Lint &lint, const OfUserCall &of_user_call)
	    : lint_(&lint), of_user_call_(&of_user_call)
	{
	}

	/** Adds the names at the end of another way. Returns whether that changes anything. */
	bool join(const ElementNames &other);

	/** Binds @place, and the members within it, to the elements in @value, which may be null.
	 */
	void bind(const ObjectPath &place, const clang::Expr *value);
	/** Binds the reference @variable. */
	void bind_reference(const clang::VarDecl &variable, const clang::Expr &object);
	/** Binds @place to an element of @container. */
	void bind_element(const ObjectPath &place, const ObjectPath &container);

	/** Notes that @variable ends, with what it owns. */
	void end(const clang::VarDecl &variable);

	/** Notes what @call does to containers, and to names that it may set. */
	void call(const clang::CallExpr &call);

	[[nodiscard]] bool is_stale(const ObjectPath &place) const;

	/** Returns the container in which the object of @expression is. */
	[[nodiscard]] std::optional<ObjectPath> of_object(const clang::Expr &expression) const;
	/** Returns the container into which the pointer, iterator or view @expression points. */
	[[nodiscard]] std::optional<ObjectPath> of_pointer(const clang::Expr &expression) const;

private:
	using Names = std::map<ObjectPath, Bound>;

	[[nodiscard]] Names::const_iterator find(const clang::Expr &expression) const;
	void move(const Moved &moved);
	void forget(const ObjectPath &place);
	void forget_within(const clang::Expr *object);
	void forget_what_is_set(const clang::CallExpr &call);
	void copy_members(const ObjectPath &place, const clang::Expr &value);
	void bind_captures(const ObjectPath &place, const clang::LambdaExpr &lambda);
	void bind_members(const ObjectPath &place, const clang::InitListExpr &list);
	[[nodiscard]] std::optional<ObjectPath> of_name(const clang::Expr &expression) const;
	[[nodiscard]] std::optional<ObjectPath> of_call(const clang::CallExpr &call) const;
	[[nodiscard]] std::optional<ObjectPath> of_argument(const clang::Expr &argument,
							    bool is_referred_to) const;
	[[nodiscard]] std::optional<ObjectPath> of_std_call(const clang::CallExpr &call) const;

	Lint *lint_;
	const OfUserCall *of_user_call_;
	Names bound_;
};

} // namespace kcxx::lint
