// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/keepers.hpp"

#include "lint/container_change.hpp"
#include "lint/type_parts.hpp"
#include "lint/value_names.hpp"

#include <array>
#include <clang/AST/DeclTemplate.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Owners and containers that give arguments on to a constructor of what they hold */
constexpr std::array<StringRef, 13> holders = {
	"Box",      "Arc", "SlabBox",  "SlabCache", "Arena",      "optional", "Result",
	"expected", "Vec", "SmallVec", "Deque",     "RingBuffer", "PerCpu"};
constexpr std::array<StringRef, 4> makers = {"make", "emplace", "emplace_back", "emplace_front"};

const ClassTemplateSpecializationDecl *instance_of(QualType type)
{
	return dyn_cast_or_null<ClassTemplateSpecializationDecl>(
		type.getNonReferenceType()->getAsCXXRecordDecl());
}

bool can_keep_within(Lint &lint, QualType type, int depth);

/** Returns whether a type among @arguments, of a template, can keep something. */
bool any_can_keep(Lint &lint, ArrayRef<TemplateArgument> arguments, int depth)
{
	return llvm::any_of(arguments, [&](const TemplateArgument &argument) {
		if (argument.getKind() == TemplateArgument::Pack)
			return any_can_keep(lint, argument.pack_elements(), depth);
		return argument.getKind() == TemplateArgument::Type &&
		       can_keep_within(lint, argument.getAsType(), depth + 1);
	});
}

bool can_keep_within(Lint &lint, QualType type, int depth)
{
	type = type.getCanonicalType();
	if (const auto *array = dyn_cast<ArrayType>(type))
		return can_keep_within(lint, array->getElementType(), depth);
	if (type->isReferenceType() || type->isPointerType() || is_pure_view(type))
		return !type->isFunctionPointerType();
	const auto *record = type->getAsCXXRecordDecl();
	if (record == nullptr || !record->hasDefinition() || depth > 6)
		return false;
	record = record->getDefinition();
	if (lint.files().origin(record->getLocation()) != Origin::user) {
		const auto *instance = instance_of(type);
		return instance != nullptr &&
		       any_can_keep(lint, instance->getTemplateArgs().asArray(), depth);
	}
	return llvm::any_of(record->fields(),
			    [&](const FieldDecl *field) {
				    return can_keep_within(lint, field->getType(), depth + 1);
			    }) ||
	       llvm::any_of(record->bases(), [&](const CXXBaseSpecifier &base) {
		       return can_keep_within(lint, base.getType(), depth + 1);
	       });
}

/** Returns the class of the user's that @type, a holder, has an object of; nullptr: none. */
const CXXRecordDecl *held_by(Lint &lint, QualType type)
{
	const auto *instance = instance_of(type);
	if (instance == nullptr || !is_class(type, holders) ||
	    instance->getTemplateArgs().size() == 0 ||
	    instance->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
		return nullptr;
	const auto held = instance->getTemplateArgs()[0].getAsType();
	const auto *record = held->getAsCXXRecordDecl();
	return record != nullptr && record->hasDefinition() &&
			       lint.files().origin(record->getLocation()) == Origin::user
		       ? record->getDefinition()
		       : nullptr;
}

/** Returns how well @argument fits a parameter of @type: 0 is not at all. */
unsigned fit(QualType type, const Expr &argument)
{
	const auto wanted = type.getNonReferenceType().getCanonicalType().getUnqualifiedType();
	const auto given = argument.getType().getCanonicalType().getUnqualifiedType();
	if (wanted == given)
		return 3;
	const auto *record = wanted->getAsCXXRecordDecl();
	const auto *of = given->getAsCXXRecordDecl();
	if (record != nullptr && of != nullptr && of->hasDefinition() && record->hasDefinition() &&
	    of->isDerivedFrom(record))
		return 2;
	if (wanted->isArithmeticType() && given->isArithmeticType())
		return 2;
	if (wanted->isPointerType() && (given->isPointerType() || given->isArrayType()))
		return 2;
	return is_pure_view(wanted) ? 1 : 0;
}

} // namespace

bool is_pure_view(QualType type)
{
	return is_class(type, {"span", "basic_string_view", "reference_wrapper", "FunctionRef"});
}

bool can_keep(Lint &lint, QualType type)
{
	return can_keep_within(lint, type, 0);
}

std::optional<Making> making_of(Lint &lint, const CallExpr &call)
{
	const auto *method = dyn_cast_or_null<CXXMethodDecl>(call.getDirectCallee());
	if (method == nullptr || method->getIdentifier() == nullptr ||
	    !llvm::is_contained(makers, method->getName()))
		return {};
	const auto *record = held_by(
		lint, lint.ast().getTypeDeclType(const_cast<CXXRecordDecl *>(method->getParent())));
	const auto *pattern = method->getPrimaryTemplate();
	if (record == nullptr || pattern == nullptr)
		return {};
	const auto *declared = pattern->getTemplatedDecl();
	if (declared->getNumParams() == 0 ||
	    !declared->getParamDecl(declared->getNumParams() - 1)->isParameterPack())
		return {};
	return Making{.record = record, .first = declared->getNumParams() - 1};
}

std::optional<Making> making_of(Lint &lint, const CXXConstructExpr &made)
{
	if (made.getNumArgs() == 0 || !is_class(made.getArg(0)->getType(), {"in_place_t"}))
		return {};
	const auto *record = held_by(lint, made.getType());
	if (record == nullptr)
		return {};
	return Making{.record = record, .first = 1};
}

const CXXConstructorDecl *constructor_for(const CXXRecordDecl &record,
					  ArrayRef<const Expr *> arguments)
{
	const CXXConstructorDecl *best = nullptr;
	unsigned best_fit = 0;
	for (const auto *each : record.ctors()) {
		if (each->isDeleted() || arguments.size() > each->getNumParams() ||
		    arguments.size() < each->getMinRequiredArguments())
			continue;
		unsigned sum = 1;
		for (unsigned i = 0; i < arguments.size() && sum != 0; ++i) {
			const unsigned one = fit(each->getParamDecl(i)->getType(), *arguments[i]);
			sum = one == 0 ? 0 : sum + one;
		}
		if (sum > best_fit) {
			best = each;
			best_fit = sum;
		}
	}
	return best;
}

} // namespace kcxx::lint
