// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/type_parts.hpp"

#include <algorithm>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns whether @holds is true of the type of a base or a member of @record. */
bool any_part(const CXXRecordDecl &record, llvm::function_ref<bool(QualType)> holds)
{
	return std::ranges::any_of(record.bases(),
				   [&](const auto &base) { return holds(base.getType()); }) ||
	       std::ranges::any_of(record.fields(),
				   [&](const auto *field) { return holds(field->getType()); });
}

} // namespace

bool is_class(QualType type, ArrayRef<StringRef> names)
{
	const auto *record = type.getNonReferenceType()->getAsCXXRecordDecl();
	return record != nullptr && record->getIdentifier() != nullptr &&
	       llvm::is_contained(names, record->getName());
}

StringRef outermost_namespace(const Decl &declaration)
{
	const auto *context = declaration.getDeclContext();
	for (; context != nullptr; context = context->getParent())
		if (const auto *space = dyn_cast<NamespaceDecl>(context);
		    space != nullptr && space->getParent()->isTranslationUnit())
			return space->getIdentifier() == nullptr ? StringRef{} : space->getName();
	return {};
}

bool is_of_std(const Decl &declaration)
{
	return outermost_namespace(declaration) == "std";
}

bool is_view_of_ranges(const CXXRecordDecl &record)
{
	const auto *space = dyn_cast<NamespaceDecl>(record.getEnclosingNamespaceContext());
	return record.getIdentifier() != nullptr && record.getName().ends_with("_view") &&
	       space != nullptr && space->getIdentifier() != nullptr &&
	       space->getName() == "ranges";
}

bool has_an_end(QualType type)
{
	const auto *record = type->getAsCXXRecordDecl();
	return record != nullptr && record->hasDefinition() && !record->hasTrivialDestructor();
}

bool is_copied(const CXXRecordDecl &record)
{
	if ((record.needsImplicitCopyConstructor() &&
	     !record.defaultedCopyConstructorIsDeleted()) ||
	    (record.needsImplicitMoveConstructor() && !record.defaultedMoveConstructorIsDeleted()))
		return true;
	return llvm::any_of(record.ctors(), [](const CXXConstructorDecl *made) {
		return made->isCopyOrMoveConstructor() && !made->isDeleted() &&
		       !made->isUserProvided();
	});
}

bool can_move(const CXXRecordDecl &record)
{
	return is_copied(record) ||
	       llvm::any_of(record.ctors(), [](const CXXConstructorDecl *made) {
		       return made->isCopyOrMoveConstructor() && !made->isDeleted();
	       });
}

bool has_pointer(QualType type)
{
	type = type.getCanonicalType();
	if (const auto *array = dyn_cast<ArrayType>(type))
		return has_pointer(array->getElementType());
	const auto *record = type->getAsCXXRecordDecl();
	if (record != nullptr && record->hasDefinition())
		return any_part(*record, has_pointer);
	return type->isAnyPointerType() || type->isReferenceType() || type->isMemberPointerType();
}

bool is_plain(Lint &lint, QualType type)
{
	type = type.getCanonicalType();
	if (type.isConstQualified())
		return false;
	if (const auto *array = dyn_cast<ArrayType>(type))
		return is_plain(lint, array->getElementType());
	const auto *record = type->getAsCXXRecordDecl();
	if (record == nullptr)
		return type->isScalarType();
	if (const auto *made = dyn_cast<ClassTemplateSpecializationDecl>(record);
	    made != nullptr && is_class(type, {"variant"}))
		return llvm::any_of(made->getTemplateArgs()[0].getPackAsArray(),
				    [&](const auto &of) { return is_plain(lint, of.getAsType()); });
	const bool of_library = !record->isInStdNamespace() &&
				lint.files().origin(record->getLocation()) == Origin::library;
	return record->hasDefinition() && !of_library &&
	       any_part(*record, [&](QualType part) { return is_plain(lint, part); });
}

std::vector<Expr *> initialisers_of(const FieldDecl &field)
{
	std::vector<Expr *> found;
	if (field.hasInClassInitializer() && field.getInClassInitializer() != nullptr)
		found.push_back(field.getInClassInitializer());
	const auto *record = dyn_cast<CXXRecordDecl>(field.getParent());
	if (record == nullptr)
		return found;
	for (const auto *declared : record->ctors()) {
		const FunctionDecl *body = nullptr;
		if (!declared->isDefined(body))
			continue;
		for (const auto *made : cast<CXXConstructorDecl>(body)->inits())
			if (made->getMember() == &field && made->isWritten())
				found.push_back(made->getInit());
	}
	return found;
}

} // namespace kcxx::lint
