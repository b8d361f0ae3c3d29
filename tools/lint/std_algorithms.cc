// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Algorithms and iterators of std that trust the caller: that there is room behind an iterator,
// that an order is one.
#include "lint/call_names.hpp"
#include "lint/object_path.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule trusts_the_room = {
	.id = "kcxx-safe-iterator",
	.what = "an algorithm of std trusts that enough elements are behind an iterator",
	.needed = "an algorithm that gets both ends, and checks them",
	.rewrite = "kernel::copy(from, to) of <kernel/containers.hpp>, std::ranges::fill(to, "
		   "value), std::ranges::equal(a, b), or a loop with an index; or "
		   "KCXX_UNSAFE(\"why there is room\") { ... }",
};

constexpr Rule trusts_the_order = {
	.id = "kcxx-safe-order",
	.what = "an algorithm of std trusts that an order is one, and else reads and writes behind "
		"the elements",
	.needed = "an algorithm that stays inside, whatever the order",
	.rewrite = "kernel::sort(range, order) of <kernel/containers.hpp>; or KCXX_UNSAFE(\"why it "
		   "is a strict order\") { ... }",
};

constexpr Rule steps_blindly = {
	.id = "kcxx-safe-step",
	.what = "a step of an iterator, or a number of elements behind it, that nothing checks",
	.needed = "a part of the range by its place, which is checked",
	.rewrite = "std::span{all}.subspan(at, count), std::span{all}.first(count), all[i]; both "
		   "ends of one range; or KCXX_UNSAFE(\"why they are there\") { ... }",
};

/** They write behind an iterator as many elements as they find elsewhere. */
constexpr std::array<StringRef, 35> writing = {"copy",
					       "copy_n",
					       "copy_if",
					       "copy_backward",
					       "move_backward",
					       "transform",
					       "generate_n",
					       "fill_n",
					       "merge",
					       "set_union",
					       "set_intersection",
					       "set_difference",
					       "set_symmetric_difference",
					       "unique_copy",
					       "remove_copy",
					       "remove_copy_if",
					       "replace_copy",
					       "replace_copy_if",
					       "reverse_copy",
					       "rotate_copy",
					       "partition_copy",
					       "sample",
					       "partial_sum",
					       "adjacent_difference",
					       "inclusive_scan",
					       "exclusive_scan",
					       "transform_inclusive_scan",
					       "transform_exclusive_scan",
					       "uninitialized_copy",
					       "uninitialized_copy_n",
					       "uninitialized_move",
					       "uninitialized_move_n",
					       "uninitialized_fill_n",
					       "uninitialized_default_construct_n",
					       "uninitialized_value_construct_n"};
/** They read behind the begin of a second range as many as the first has, or write there. */
constexpr std::array<StringRef, 5> of_three = {"equal", "mismatch", "is_permutation",
					       "inner_product", "swap_ranges"};
constexpr std::array<StringRef, 3> ordering = {"sort", "stable_sort", "nth_element"};

/** A call of an algorithm of std, or of std::ranges, which is an object. */
struct Algorithm {
	StringRef name; // empty: it is none
	std::vector<const Expr *> arguments;
	bool is_of_ranges = false;
	bool is_of_views = false;
};

/** Returns whether @call calls an object of std::views. */
bool is_of_views(const CallExpr &call)
{
	const auto *written = dyn_cast<CXXOperatorCallExpr>(&call);
	const auto *object =
		written == nullptr
			? nullptr
			: dyn_cast<DeclRefExpr>(written->getArg(0)->IgnoreParenImpCasts());
	const auto *space = object == nullptr
				    ? nullptr
				    : dyn_cast<NamespaceDecl>(object->getDecl()->getDeclContext());
	return space != nullptr && space->getName() == "views";
}

Algorithm algorithm_of(const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr || !is_of_std(*function))
		return {};
	Algorithm algorithm{.name = algorithm_name(call),
			    .arguments = {call.arg_begin(), call.arg_end()}};
	algorithm.is_of_ranges = !algorithm.name.empty() && isa<CXXOperatorCallExpr>(call);
	algorithm.is_of_views = is_of_views(call);
	if (algorithm.is_of_ranges)
		algorithm.arguments.erase(algorithm.arguments.begin());
	return algorithm;
}

bool is_inserter(const Expr *argument)
{
	return is_class(argument->getType(), {"insert_iterator", "back_insert_iterator",
					      "front_insert_iterator", "counted_iterator"});
}

/** Returns whether @expression is an iterator of std that no container bounds. */
bool is_iterator(const Expr &expression)
{
	return is_class(expression.getType(), {"__normal_iterator", "reverse_iterator"});
}

/** Returns whether @call moves an iterator by a number. */
bool steps(const CallExpr &call, const Algorithm &algorithm)
{
	if (const auto *written = dyn_cast<CXXOperatorCallExpr>(&call);
	    written != nullptr && written->getNumArgs() == 2) {
		const auto what = written->getOperator();
		const auto &left = *written->getArg(0);
		const auto &right = *written->getArg(1);
		if (what == OO_PlusEqual || what == OO_MinusEqual || what == OO_Subscript)
			return is_iterator(left);
		return (what == OO_Plus || what == OO_Minus) &&
		       ((is_iterator(left) && right.getType()->isIntegerType()) ||
			(is_iterator(right) && left.getType()->isIntegerType()));
	}
	const auto &given = algorithm.arguments;
	if (algorithm.name == "counted")
		return true;
	return (algorithm.name == "next" || algorithm.name == "prev" ||
		algorithm.name == "advance") &&
	       given.size() == 2 && !isa<CXXDefaultArgExpr>(given[1]) &&
	       given[1]->getType()->isIntegerType();
}

/** Returns the container whose begin() or end(), as @is_end, @expression is. */
std::optional<ObjectPath> end_of(const Expr &expression, bool is_end)
{
	const auto *bare = expression.IgnoreUnlessSpelledInSource();
	if (const auto *copy = dyn_cast<CXXConstructExpr>(bare);
	    copy != nullptr && copy->getNumArgs() == 1)
		bare = copy->getArg(0)->IgnoreUnlessSpelledInSource();
	const auto *call = dyn_cast<CallExpr>(bare);
	const auto *function = call == nullptr ? nullptr : call->getDirectCallee();
	if (function == nullptr || function->getIdentifier() == nullptr)
		return std::nullopt;
	auto name = function->getName();
	name.consume_front("c");
	if (name != (is_end ? "end" : "begin"))
		return std::nullopt;
	const auto *object = object_of(*call);
	if (object == nullptr && call->getNumArgs() == 1)
		object = call->getArg(0); // std::begin(all)
	return object == nullptr ? std::nullopt : object_path(*object);
}

/** Returns whether @algorithm gets the begin of one container, and the end of another. */
bool mixes_ranges(const Algorithm &algorithm)
{
	if (algorithm.arguments.size() < 2)
		return false;
	const auto first = end_of(*algorithm.arguments[0], false);
	const auto last = end_of(*algorithm.arguments[1], true);
	return first && last && first != last;
}

/** Returns whether the third argument of std's @algorithm begins a range that has no end. */
bool has_one_of_two(const Algorithm &algorithm)
{
	const auto &arguments = algorithm.arguments;
	if (algorithm.is_of_ranges || arguments.size() < 3)
		return false;
	return arguments.size() == 3 ||
	       arguments[2]->getType().getNonReferenceType().getCanonicalType() !=
		       arguments[3]->getType().getNonReferenceType().getCanonicalType();
}

/** Returns whether the order that @algorithm gets is one of the user's. */
bool has_own_order(const Algorithm &algorithm, std::size_t range)
{
	if (algorithm.arguments.size() <= range)
		return false;
	const auto *order = algorithm.arguments[range]->IgnoreUnlessSpelledInSource();
	return !is_class(order->getType(), {"less", "greater"});
}

} // namespace

void std_algorithm(Lint &lint, const CallExpr &call)
{
	const auto algorithm = algorithm_of(call);
	const auto &arguments = algorithm.arguments;
	if (steps(call, algorithm) || mixes_ranges(algorithm))
		lint.report(steps_blindly, call);
	if (algorithm.name.empty() || algorithm.is_of_views ||
	    std::ranges::any_of(arguments, is_inserter))
		return;
	const bool moves = algorithm.name == "move" && arguments.size() > 1;
	if (moves || llvm::is_contained(writing, algorithm.name) ||
	    (llvm::is_contained(of_three, algorithm.name) && has_one_of_two(algorithm)))
		lint.report(trusts_the_room, call);
	if (!llvm::is_contained(ordering, algorithm.name))
		return;
	const auto type_of = [&](std::size_t i) {
		return arguments[i]->getType().getCanonicalType().getUnqualifiedType();
	};
	const bool by_range =
		algorithm.is_of_ranges && arguments.size() > 1 && type_of(0) != type_of(1);
	const std::size_t positions = algorithm.name == "nth_element" ? 1 : 0;
	if (has_own_order(algorithm, (by_range ? 1 : 2) + positions))
		lint.report(trusts_the_order, call);
}

void std_span(Lint &lint, const CXXConstructExpr &made)
{
	if (made.getNumArgs() == 2 && is_class(made.getType(), {"span", "basic_string_view"}) &&
	    is_iterator(*made.getArg(0)) && made.getArg(1)->getType()->isIntegerType())
		lint.report(steps_blindly, made);
}

} // namespace kcxx::lint
