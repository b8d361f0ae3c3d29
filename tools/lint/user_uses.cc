// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/user_uses.hpp"

#include "lint/call_names.hpp"
#include "lint/type_parts.hpp"

#include <algorithm>
#include <array>
#include <clang/AST/DeclTemplate.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule unbounded_size = {
	.id = "kcxx-user-size",
	.what = "memory of a size that user space names, and nothing bounds",
	.needed = "a check against the most that the driver takes",
	.rewrite = "if (count > most) return EINVAL; or std::min(count, most)",
};

constexpr Rule unchecked_index = {
	.id = "kcxx-user-index",
	.what = "an index that user space names, and nothing checks",
	.needed = "a check, and an index that the processor cannot guess past it",
	.rewrite = "if (i >= table.size()) return EINVAL; then table[kernel::index_nospec(i, "
		   "table.size())]",
};

constexpr Rule speculated_index = {
	.id = "kcxx-user-speculation",
	.what = "an index that user space names, which the processor may use on trial before its "
		"check (Spectre)",
	.needed = "an index that no branch decides on",
	.rewrite = "table[kernel::index_nospec(i, table.size())], in C array_index_nospec(i, "
		   "ARRAY_SIZE(table))",
};

constexpr Rule unbounded_loop = {
	.id = "kcxx-user-bound",
	.what = "a loop as long as user space wants, which nothing bounds",
	.needed = "a check against the most that the driver takes",
	.rewrite = "if (count > most) return EINVAL; before the loop",
};

constexpr Rule unchecked_shift = {
	.id = "kcxx-user-shift",
	.what = "a shift by a number that user space names, and nothing checks",
	.needed = "a check against the number of bits that the shifted number has, past which C++ "
		  "does not define a shift",
	.rewrite = "if (bit >= 32) return EINVAL; or 1U << (bit % 32)",
};

constexpr Rule zero_divisor = {
	.id = "kcxx-user-divisor",
	.what = "a division by a number that user space names, and that may be zero: the processor "
		"traps",
	.needed = "a check before the division",
	.rewrite = "if (period == 0) return EINVAL;",
};

/** Functions whose first arguments, so many of them, have to be inside of their object */
constexpr std::array<std::pair<StringRef, unsigned>, 9> inside = {{{"first", 1},
								   {"last", 1},
								   {"subspan", 2},
								   {"substr", 1},
								   {"remove_prefix", 1},
								   {"remove_suffix", 1},
								   {"remove", 1},
								   {"swap_remove", 1},
								   {"of", 1}}};

/** The classes of which an element is named by its index */
constexpr std::array<StringRef, 9> arrays = {"array",  "span",  "Vec",        "SmallVec",
					     "String", "Deque", "RingBuffer", "basic_string_view",
					     "bitset"};

/** Returns the number of elements that the type of @object has; 0 if it has none. */
std::uint64_t extent_of(const Expr &object, const ASTContext &ast)
{
	const auto *plain = object.IgnoreParenImpCasts();
	if (const auto *array = ast.getAsConstantArrayType(plain->getType()))
		return array->getSize().getLimitedValue();
	const auto *record = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
		plain->getType().getNonReferenceType()->getAsCXXRecordDecl());
	if (record == nullptr)
		return 0;
	static constexpr std::array<StringRef, 3> names = {"array", "span", "bitset"};
	if (!llvm::is_contained(names, record->getName()))
		return 0;
	const auto &last = record->getTemplateArgs()[record->getTemplateArgs().size() - 1];
	if (last.getKind() != TemplateArgument::Integral ||
	    last.getAsIntegral().isAllOnes()) // std::dynamic_extent
		return 0;
	return last.getAsIntegral().getLimitedValue();
}

/** Returns whether @function of the library allocates: it takes GFP flags. */
bool takes_flags(const FunctionDecl &function)
{
	for (const auto *parameter : function.parameters())
		if (!parameter->getType()->isReferenceType() &&
		    is_class(parameter->getType(), {"Gfp"}))
			return true;
	return false;
}

/** Returns whether parameter @index of @function is a number in each instance of its template. */
bool is_number_always(const FunctionDecl &function, unsigned index)
{
	const auto *pattern = function.getTemplateInstantiationPattern();
	return pattern == nullptr || index >= pattern->getNumParams() ||
	       !pattern->getParamDecl(index)->getType()->isDependentType();
}

/** Returns whether @call makes the numbers from one to another: std::views::iota(0, count). */
bool is_count(const CXXOperatorCallExpr &call)
{
	return call.getOperator() == OO_Call && call.getNumArgs() == 3 &&
	       algorithm_name(call) == "iota";
}

/** Returns whether the loop changes @expression. */
bool moves(const Expr *expression, const Stmt *step, const Stmt &body)
{
	const auto *name = dyn_cast<DeclRefExpr>(expression->IgnoreParenCasts());
	return name != nullptr && ((step != nullptr && changes(*step, *name->getDecl())) ||
				   changes(body, *name->getDecl()));
}

/** Returns whether @node or a part of it counts @variable down. */
bool counts_down(const Stmt &node, const ValueDecl &variable)
{
	if (const auto *unary = dyn_cast<UnaryOperator>(&node);
	    unary != nullptr && unary->isDecrementOp())
		if (const auto *name =
			    dyn_cast<DeclRefExpr>(unary->getSubExpr()->IgnoreParenImpCasts());
		    name != nullptr && name->getDecl() == &variable)
			return true;
	return std::ranges::any_of(node.children(), [&](const Stmt *child) {
		return child != nullptr && counts_down(*child, variable);
	});
}

/** Returns whether @left is counted down by the loop or by itself: left-- > 0. */
bool is_counted_down(const Expr &left, const Stmt *step, const Stmt &body)
{
	const auto *plain = left.IgnoreParenImpCasts();
	if (const auto *unary = dyn_cast<UnaryOperator>(plain))
		return unary->isDecrementOp();
	const auto *name = dyn_cast<DeclRefExpr>(plain);
	return name != nullptr && ((step != nullptr && counts_down(*step, *name->getDecl())) ||
				   counts_down(body, *name->getDecl()));
}

} // namespace

void UserUses::index(const Expr &index, const Expr &object, const Expr &whole)
{
	const auto value = numbers_.of(&index);
	const auto extent = extent_of(object, lint_.ast());
	if (extent > 0 && value.is_at_most(extent - 1))
		return;
	// In table[KTRY(...)] the index begins in a macro of the library's.
	const auto place = lint_.files().of_user(index.getExprLoc()) ? index.getExprLoc()
								     : whole.getBeginLoc();
	if (value.is_unchecked())
		calls_.report(unchecked_index, place, whole.getSourceRange());
	else if (value.number == Number::bounded)
		calls_.report(speculated_index, place, whole.getSourceRange());
}

void UserUses::operation(const BinaryOperator &operation)
{
	if (operation.isAdditiveOp() && operation.getType()->isPointerType()) {
		const auto *count = operation.getRHS()->getType()->isPointerType()
					    ? operation.getLHS()
					    : operation.getRHS();
		const auto value = numbers_.of(count);
		if (value.number == Number::unchecked)
			calls_.report(unchecked_index, operation.getOperatorLoc(),
				      operation.getSourceRange());
	}
	const auto code = operation.getOpcode();
	if (code == BO_Div || code == BO_Rem || code == BO_DivAssign || code == BO_RemAssign)
		if (operation.getType()->isIntegerType() &&
		    numbers_.of(operation.getRHS()).may_be_zero())
			calls_.report(zero_divisor, operation.getOperatorLoc(),
				      operation.getSourceRange());
	if (!operation.isShiftOp() && code != BO_ShlAssign && code != BO_ShrAssign)
		return;
	const auto shifted = operation.getLHS()->getType();
	if (shifted->isDependentType() || !shifted->isIntegerType())
		return;
	const auto value = numbers_.of(operation.getRHS());
	if (value.is_unchecked() && !value.is_at_most(lint_.ast().getTypeSize(shifted) - 1))
		calls_.report(unchecked_shift, operation.getOperatorLoc(),
			      operation.getSourceRange());
}

void UserUses::call(const CallExpr &call)
{
	if (const auto *element = dyn_cast<CXXOperatorCallExpr>(&call)) {
		if (element->getOperator() == OO_Subscript && element->getNumArgs() == 2 &&
		    is_class(element->getArg(0)->IgnoreParenImpCasts()->getType(), arrays))
			index(*element->getArg(1), *element->getArg(0), call);
		if (is_count(*element) && is_long(*element->getArg(2)))
			calls_.report(unbounded_loop, call.getBeginLoc(), call.getSourceRange());
	} else if (const auto *function = call.getDirectCallee()) {
		allocation(call, *function);
		part(call);
	}
}

/** Reports a place inside of an object that nothing has checked: span.first(count). */
void UserUses::part(const CallExpr &call)
{
	const auto *member = dyn_cast<CXXMemberCallExpr>(&call);
	const auto *found =
		std::ranges::find(inside, name_of(call), &decltype(inside)::value_type::first);
	if (member == nullptr || found == inside.end())
		return;
	const auto type = member->getImplicitObjectArgument()->IgnoreParenImpCasts()->getType();
	if (!is_class(type, arrays) && !is_class(type, {"PerCpu"}))
		return;
	for (unsigned i = 0; i < std::min(call.getNumArgs(), found->second); ++i)
		if (call.getArg(i)->getType()->isIntegerType() &&
		    numbers_.of(call.getArg(i)).is_unchecked())
			calls_.report(unchecked_index, call.getBeginLoc(), call.getSourceRange());
}

void UserUses::allocation(const CallExpr &call, const FunctionDecl &function)
{
	const auto name = name_of(call);
	static constexpr std::array<StringRef, 17> names = {
		"kmalloc",     "kzalloc",      "kvmalloc",     "kvzalloc",      "vmalloc",
		"vzalloc",     "kcalloc",      "kvcalloc",     "kmalloc_array", "kvmalloc_array",
		"krealloc",    "devm_kmalloc", "devm_kzalloc", "devm_kcalloc",  "kmemdup",
		"memdup_user", "vmemdup_user"};
	const bool of_c = llvm::is_contained(names, name);
	const bool of_library = lint_.files().origin(function.getLocation()) == Origin::library &&
				takes_flags(function);
	if (!of_c && !of_library)
		return;
	for (unsigned i = 0; i < std::min(call.getNumArgs(), function.getNumParams()); i++) {
		const auto &parameter = *function.getParamDecl(i);
		const auto type = parameter.getType();
		if (type->isIntegerType() && !type->isBooleanType() &&
		    parameter.getName() != "index" && is_number_always(function, i) &&
		    is_long(*call.getArg(i)))
			calls_.report(unbounded_size, call.getBeginLoc(), call.getSourceRange());
	}
}

/** Returns whether user space may make @count as large as it wants. */
bool UserUses::is_long(const Expr &count)
{
	const auto value = numbers_.of(&count);
	return value.number == Number::unchecked && !value.is_at_most(UserValue::few);
}

void UserUses::bounds(const Expr &condition, const Stmt *step, const Stmt &body)
{
	const auto *plain = condition.IgnoreParenImpCasts();
	if (const auto *binary = dyn_cast<BinaryOperator>(plain)) {
		if (binary->isLogicalOp()) {
			if (binary->getOpcode() == BO_LAnd &&
			    (is_kept(*binary->getLHS(), step, body) ||
			     is_kept(*binary->getRHS(), step, body)))
				return;
			bounds(*binary->getLHS(), step, body);
			bounds(*binary->getRHS(), step, body);
		} else if (binary->isComparisonOp()) {
			bound(*binary, step, body);
		}
		return;
	}
	// while (count--), for (; count; --count)
	if (condition.getType()->isBooleanType() && !isa<CastExpr>(condition))
		return;
	if (plain->getType()->isIntegerType() && !plain->getType()->isBooleanType() &&
	    is_long(*plain) && (isa<UnaryOperator>(plain) || moves(plain, step, body)))
		calls_.report(unbounded_loop, condition.getBeginLoc(), condition.getSourceRange());
}

/** Returns whether @condition has a counter of the loop below a bound that is none of user
 * space's. */
bool UserUses::is_kept(const Expr &condition, const Stmt *step, const Stmt &body)
{
	const auto *plain = condition.IgnoreParenImpCasts();
	const auto *binary = dyn_cast<BinaryOperator>(plain);
	if (binary == nullptr)
		return false;
	const auto *left = binary->getLHS();
	const auto *right = binary->getRHS();
	if (binary->getOpcode() == BO_LAnd)
		return is_kept(*left, step, body) || is_kept(*right, step, body);
	if (!binary->isRelationalOp() || !left->getType()->isIntegerType() ||
	    !right->getType()->isIntegerType())
		return false;
	return (moves(left, step, body) && !is_long(*left) && !is_long(*right)) ||
	       (moves(right, step, body) && !is_long(*right) && !is_long(*left));
}

void UserUses::bound(const BinaryOperator &comparison, const Stmt *step, const Stmt &body)
{
	const auto *left = comparison.getLHS();
	const auto *right = comparison.getRHS();
	if (!left->getType()->isIntegerType() || !right->getType()->isIntegerType())
		return;
	const bool is_down = right->isIntegerConstantExpr(lint_.ast()) &&
			     is_counted_down(*left, step, body) && is_long(*left);
	if (is_down || (moves(left, step, body) && is_long(*right)) ||
	    (moves(right, step, body) && is_long(*left)))
		calls_.report(unbounded_loop, comparison.getBeginLoc(),
			      comparison.getSourceRange());
}

} // namespace kcxx::lint
