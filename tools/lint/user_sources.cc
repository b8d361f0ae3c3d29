// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Where numbers of user space come from: calls, and parameters of functions that user space calls.
#include "lint/type_parts.hpp"
#include "lint/user_numbers.hpp"

#include <algorithm>
#include <array>
#include <clang/AST/DeclTemplate.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr UserValue of_user{.number = Number::unchecked, .least = Least::zero};

/** Returns the declaration @name in @space. */
template <typename Declaration>
const Declaration *member_of(const ASTContext &ast, const DeclContext *space, StringRef name)
{
	if (space == nullptr)
		return nullptr;
	for (const auto *found : space->lookup(&ast.Idents.get(name)))
		if (const auto *declaration = dyn_cast<Declaration>(found))
			return declaration;
	return nullptr;
}

/** Returns whether an instance of @pattern, a template of a file of a value, sets it by
 * @function. */
bool is_set_by(const ClassTemplateDecl *pattern, const FunctionDecl &function)
{
	if (pattern == nullptr)
		return false;
	for (const auto *file : pattern->specializations()) {
		const auto arguments = file->getTemplateArgs().asArray();
		const auto *setter = arguments.empty() ? nullptr : &arguments.back();
		if (setter != nullptr && setter->getKind() == TemplateArgument::Declaration &&
		    setter->getAsDecl()->getCanonicalDecl() == function.getCanonicalDecl())
			return true;
	}
	return false;
}

/** Returns whether @function sets the value of a file: of sysfs::ReadWrite or ValueFile. */
bool is_setter(ASTContext &ast, const FunctionDecl &function)
{
	if (function.getNumParams() != 1 || !isa<CXXMethodDecl>(function) ||
	    function.isDependentContext())
		return false;
	const auto *kernel = member_of<NamespaceDecl>(ast, ast.getTranslationUnitDecl(), "kernel");
	const auto *sysfs = member_of<NamespaceDecl>(ast, kernel, "sysfs");
	return is_set_by(member_of<ClassTemplateDecl>(ast, sysfs, "ReadOnly"), function) ||
	       is_set_by(member_of<ClassTemplateDecl>(ast, kernel, "ValueFile"), function);
}

/** Returns whether @type is one of the files of hwmon, as hwmon::TempMax. */
bool is_sensor(QualType type)
{
	const auto *record = type.getNonReferenceType()->getAsCXXRecordDecl();
	if (record == nullptr || !record->hasDefinition())
		return false;
	return std::ranges::any_of(record->bases(), [](const CXXBaseSpecifier &base) {
		return is_class(base.getType(), {"HwmonAttribute"});
	});
}

bool is_long_long(QualType type)
{
	return type.getNonReferenceType()->isSpecificBuiltinType(BuiltinType::LongLong);
}

bool is_copy_from_user(const CallExpr &call)
{
	static constexpr std::array<StringRef, 4> names = {
		"copy_from_user", "_copy_from_user", "__copy_from_user", "copy_struct_from_user"};
	return call.getNumArgs() > 1 && llvm::is_contained(names, name_of(call));
}

/** Returns whether @call of a UserReader writes to its first argument. */
bool fills(const CallExpr &call)
{
	static constexpr std::array<StringRef, 3> names = {"read", "read_some", "read_into"};
	return is_of_class(call, "UserReader") && call.getNumArgs() > 0 &&
	       llvm::is_contained(names, name_of(call));
}

} // namespace

/** Notes that what @span is made of has bytes of user space. */
void UserNumbers::filled(const Stmt &span)
{
	const auto *expression = dyn_cast<Expr>(&span);
	if (expression != nullptr && expression->getType()->isIntegralOrEnumerationType())
		return;
	auto name = expression == nullptr ? std::nullopt : name_of_value(expression);
	if (!name) {
		for (const auto *child : span.children())
			if (child != nullptr)
				filled(*child);
		return;
	}
	if (name->path.ends_with(".data()") || name->path.ends_with(".begin()"))
		name = name->outer();
	std::erase_if(facts_, [&](const auto &fact) { return fact.first.is_in(*name); });
	facts_[*name] = of_user;
	const auto *variable = dyn_cast<DeclRefExpr>(value_behind(expression));
	const auto *made = variable == nullptr ? nullptr : dyn_cast<VarDecl>(variable->getDecl());
	if (made != nullptr && made->hasInit() && is_class(made->getType(), {"span"}))
		filled(*made->getInit());
}

void UserNumbers::called(const CallExpr &call)
{
	if (is_copy_from_user(call)) {
		set(call.getArg(0), of_user);
		return;
	}
	if (fills(call)) {
		filled(*call.getArg(0));
		return;
	}
	const auto *function = call.getDirectCallee();
	if (function == nullptr || is_std_move(call) || written_by(call) ||
	    isa<CXXOperatorCallExpr>(call))
		return;
	const auto written = [&](const Expr &object) {
		if (const auto name = name_of_value(&object))
			if (const auto *value = found_in(facts_, *name);
			    value != nullptr && value->is_of_user())
				set(&object, {});
	};
	// A variable that a function may write has the function's value.
	for (unsigned i = 0; i < std::min(call.getNumArgs(), function->getNumParams()); i++) {
		const auto type = function->getParamDecl(i)->getType();
		const auto *argument = call.getArg(i)->IgnoreParenImpCasts();
		const bool address = isa<UnaryOperator>(argument) && type->isPointerType() &&
				     !type->getPointeeType().isConstQualified();
		const bool reference = type->isLValueReferenceType() &&
				       !type.getNonReferenceType().isConstQualified();
		if (address || reference)
			written(*argument);
	}
	const auto *method = dyn_cast<CXXMethodDecl>(function);
	const auto *member = dyn_cast<CXXMemberCallExpr>(&call);
	if (member != nullptr && method != nullptr && !method->isConst() && !method->isStatic() &&
	    lint_.files().origin(method->getLocation()) == Origin::user &&
	    !isa<CXXThisExpr>(value_behind(member->getImplicitObjectArgument())))
		written(*member->getImplicitObjectArgument());
}

void UserNumbers::parameters(const FunctionDecl &function)
{
	const auto type_of = [&](unsigned i) { return function.getParamDecl(i)->getType(); };
	const auto name = function.getIdentifier() == nullptr ? StringRef{} : function.getName();
	if (is_setter(lint_.ast(), function))
		set(*function.getParamDecl(0), value_of_type(type_of(0), Number::unchecked));
	if (function.getNumParams() == 1 && name == "truncate" && isa<CXXMethodDecl>(function) &&
	    is_long_long(type_of(0)))
		set(*function.getParamDecl(0), of_user); // the kernel refuses a negative one
	if (function.getNumParams() != 3)
		return;
	if (name == "write" && is_sensor(type_of(0)))
		set(*function.getParamDecl(2), value_of_type(type_of(2), Number::unchecked));
	if (is_class(type_of(0), {"File"}) && name == "llseek" && is_long_long(type_of(1)))
		set(*function.getParamDecl(1), value_of_type(type_of(1), Number::unchecked));
	if (is_class(type_of(0), {"File"}) && is_class(type_of(1), {"UserReader", "UserWriter"}) &&
	    type_of(2)->isLValueReferenceType() && is_long_long(type_of(2)))
		set(*function.getParamDecl(2), of_user); // the same for a position
	const auto *record = type_of(0)->isPointerType()
				     ? type_of(0)->getPointeeType()->getAsRecordDecl()
				     : nullptr;
	if (record != nullptr && record->getName() == "file" &&
	    function.getReturnType()->isSpecificBuiltinType(BuiltinType::Long) &&
	    type_of(1)->isSpecificBuiltinType(BuiltinType::UInt) &&
	    type_of(2)->isSpecificBuiltinType(BuiltinType::ULong))
		set(*function.getParamDecl(2), of_user);
}

void UserNumbers::handlers(const CallExpr &call)
{
	if (!is_of_class(call, "IoctlCall") || name_of(call) != "on")
		return;
	for (const auto *argument : call.arguments())
		if (const auto *lambda = dyn_cast<LambdaExpr>(value_behind(argument)))
			for (const auto *parameter : lambda->getCallOperator()->parameters())
				set(*parameter,
				    value_of_type(parameter->getType(), Number::unchecked));
}

} // namespace kcxx::lint
