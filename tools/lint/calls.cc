// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Functions and variables of C, and functions of C++ that trust their caller with a pointer.
#include "lint/call_names.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"

#include <array>
#include <clang/Basic/Builtins.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule calls_of_c = {
	.id = "kcxx-safe-call",
	.what = "a call of C, of which no type says what it needs and what it owns",
	.needed = "the library's type or function for it",
	.rewrite = "a class with this call inside, as <kernel/...> has them; or KCXX_UNSAFE(\"why "
		   "the call is right "
		   "here\") { ... }",
};

constexpr Rule trusting = {
	.id = "kcxx-safe-raw-parts",
	.what = "a pointer is trusted to be what the call takes it for",
	.needed = "the owner, the container or the text itself",
	.rewrite = "std::span{container}, container.view(), std::move(owner); or KCXX_UNSAFE(\"why "
		   "the pointer is "
		   "right\") { ... }",
};

constexpr Rule valueless_memory = {
	.id = "kcxx-safe-uninitialised-memory",
	.what = "memory that has what it held before, which may leak",
	.needed = "memory of zeros",
	.rewrite = "Page::make(flags); or KCXX_UNSAFE(\"what writes all of it before it is read\") "
		   "{ ... }",
};

constexpr Rule shared_variables = {
	.id = "kcxx-safe-static",
	.what = "a variable that every thread and interrupt can write",
	.needed = "something that many may use at once, or a member of the module's object",
	.rewrite = "kernel::Atomic<T>, kernel::Mutex<T>, or a member; or KCXX_UNSAFE(\"who writes "
		   "it, and when\") { ... "
		   "}",
};

/** Returns whether the user's own files define @function. */
bool is_of_user(Lint &lint, const FunctionDecl &function)
{
	const FunctionDecl *defined = nullptr;
	return function.isDefined(defined) &&
	       lint.files().origin(defined->getLocation()) == Origin::user;
}

bool is_raw(Lint &lint, const FunctionDecl &function)
{
	if (is_of_user(lint, function))
		return false;
	if (const auto builtin = function.getBuiltinID(); builtin != 0) {
		const auto &known = lint.ast().BuiltinInfo;
		if (builtin == Builtin::BI__builtin_unreachable ||
		    builtin == Builtin::BI__builtin_assume)
			return true;
		return function.isExternC() && !known.isConst(builtin) &&
		       known.hasPtrArgsOrResult(builtin);
	}
	return function.isExternC() ||
	       lint.files().origin(function.getFirstDecl()->getLocation()) == Origin::kernel;
}

/** Returns whether @argument is a pointer, and no object that a class converts to one. */
bool is_pointer(const Expr &argument)
{
	const auto &bare = *argument.IgnoreImplicit()->IgnoreParenCasts();
	return bare.getType()->isAnyPointerType() && converted_object(bare) == nullptr;
}

/** Returns whether @function of the library makes an object of an address, or a bound device. */
bool trusts_an_address(const CallExpr &call, const FunctionDecl &function)
{
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	if (method == nullptr || !method->isStatic() || method->getNumParams() == 0)
		return false;
	const auto name = function.getName();
	const auto type = method->getParamDecl(0)->getType();
	if (name == "adopt")
		return type->isAnyPointerType() || type->isIntegerType();
	const auto *made = method->getReturnType()->getPointeeCXXRecordDecl();
	return (name == "of" || name == "of_device") && made != nullptr &&
	       type->isAnyPointerType() &&
	       (made->getName().starts_with("Bound") || is_pointer(*call.getArg(0)));
}

/** Returns whether each byte of the elements of the span that @call gets may go to user space. */
bool is_span_of_bytes(Lint &lint, const CallExpr &call)
{
	const auto *span = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
		call.getArg(0)->getType()->getAsCXXRecordDecl());
	if (span == nullptr || span->getTemplateArgs().size() == 0)
		return true;
	const auto element = span->getTemplateArgs()[0].getAsType();
	return element.isTriviallyCopyableType(lint.ast()) &&
	       lint.ast().hasUniqueObjectRepresentations(element) && !has_pointer(element);
}

/** Returns whether @function of the library allocates memory and leaves it as it was. */
bool leaves_memory(Lint &lint, const FunctionDecl &function)
{
	return function.getIdentifier() != nullptr && function.getName() == "make_uninitialised" &&
	       lint.files().origin(function.getLocation()) == Origin::library;
}

/** Returns whether @function takes a pointer for the object that it had made or owned. */
bool is_trusting(Lint &lint, const CallExpr &call, const FunctionDecl &function)
{
	const auto *name = function.getIdentifier();
	if (name == nullptr || lint.files().origin(function.getLocation()) != Origin::library)
		return false;
	if (name->isStr("from_raw") || name->isStr("to_raw") || name->isStr("at_unbind") ||
	    name->isStr("make_uninitialised") || trusts_an_address(call, function))
		return true;
	if (!function.isInStdNamespace())
		return false;
	if (name->isStr("as_bytes") || name->isStr("as_writable_bytes"))
		return !is_span_of_bytes(lint, call);
	if (name->isStr("bit_cast"))
		return call.getType()->isAnyPointerType() ||
		       (call.getNumArgs() == 1 && call.getArg(0)->getType()->isAnyPointerType());
	static constexpr std::array names = {"launder",        "construct_at",     "destroy_at",
					     "destroy",        "destroy_n",        "unreachable",
					     "assume_aligned", "start_lifetime_as"};
	for (const auto *each : names)
		if (name->isStr(each))
			return true;
	return false;
}

} // namespace

void call(Lint &lint, const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr)
		return;
	if (is_raw(lint, *function))
		lint.report(calls_of_c, call.getBeginLoc(), call.getSourceRange());
	else if (leaves_memory(lint, *function))
		lint.report(valueless_memory, call.getBeginLoc(), call.getSourceRange());
	else if (is_trusting(lint, call, *function))
		lint.report(trusting, call.getBeginLoc(), call.getSourceRange());
}

namespace
{

/** Returns the object whose member function @name, without arguments, @expression calls. */
const Expr *object_asked(const Expr &expression, StringRef name)
{
	const auto *call = dyn_cast<CXXMemberCallExpr>(expression.IgnoreParenImpCasts());
	const auto *function = call == nullptr ? nullptr : call->getMethodDecl();
	return function != nullptr && call->getNumArgs() == 0 &&
			       function->getIdentifier() != nullptr && function->getName() == name
		       ? call->getImplicitObjectArgument()
		       : nullptr;
}

/** Returns whether @made is of the elements of one object, which its functions @from and @to name.
 */
bool is_of_one_object(const CXXConstructExpr &made, StringRef from, StringRef to,
		      const ASTContext &ast)
{
	const auto *begin = object_asked(*made.getArg(0), from);
	const auto *count = object_asked(*made.getArg(1), to);
	if (begin == nullptr || count == nullptr)
		return false;
	llvm::FoldingSetNodeID first;
	llvm::FoldingSetNodeID second;
	begin->IgnoreParenImpCasts()->Profile(first, ast, true);
	count->IgnoreParenImpCasts()->Profile(second, ast, true);
	return first == second;
}

} // namespace

void construction(Lint &lint, const CXXConstructExpr &made)
{
	const auto *record = made.getConstructor()->getParent();
	if (!record->isInStdNamespace() || record->getIdentifier() == nullptr ||
	    made.getNumArgs() < 2 ||
	    !(record->getName() == "span" || record->getName() == "basic_string_view"))
		return;
	if (made.getArg(0)->IgnoreParenImpCasts()->getType()->isPointerType() &&
	    !is_of_one_object(made, "data", "size", lint.ast()) &&
	    !is_of_one_object(made, "begin", "end", lint.ast()))
		lint.report(trusting, made.getBeginLoc(), made.getSourceRange());
}

void name(Lint &lint, const DeclRefExpr &name)
{
	const auto *variable = dyn_cast<VarDecl>(name.getDecl());
	if (variable == nullptr || !variable->hasGlobalStorage() || variable->isConstexpr() ||
	    name.isNonOdrUse() == NOUR_Unevaluated)
		return;
	const auto type = variable->getType();
	if (type.isConstQualified() || type->isReferenceType() || type->isDependentType())
		return;
	if (const auto *array = lint.ast().getAsArrayType(type);
	    array != nullptr && array->getElementType().isConstQualified())
		return;
	const auto origin = lint.files().origin(variable->getLocation());
	if (origin == Origin::library)
		return;
	if (origin == Origin::kernel || is_plain(lint, type))
		lint.report(shared_variables, name.getLocation(), name.getSourceRange());
}

} // namespace kcxx::lint
