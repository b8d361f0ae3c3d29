// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Open files, which may be there when their device is unbound.
#include "lint/callers.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"

#include <array>
#include <clang/AST/DeclTemplate.h>
#include <set>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule outlives_its_device = {
	.id = "kcxx-unbound",
	.what = "an open file keeps what ends when its device is unbound, and may be open then",
	.needed = "a reference that asks whether the device is still there, each time",
	.rewrite = "kernel::Arc<kernel::Revocable<Pump>> as the member, and in each function "
		   "`const auto pump = pump_->try_access(); if (!pump) return kernel::ENODEV;`",
};

/** Returns whether @record is a device that a driver is bound to, or the object of a driver. */
bool ends_with_its_device(const CXXRecordDecl &record)
{
	if (!record.hasDefinition())
		return false;
	const auto *whole = record.getDefinition();
	return is_driver(*whole) ||
	       (whole->getIdentifier() != nullptr && whole->getName() == "BoundDevice") ||
	       llvm::any_of(whole->bases(), [](const CXXBaseSpecifier &base) {
		       const auto *of = base.getType()->getAsCXXRecordDecl();
		       return of != nullptr && ends_with_its_device(*of);
	       });
}

/** The classes of the library whose objects are resources of a device, or refer to such */
constexpr std::array<StringRef, 19> resources = {"Mmio",
						 "Ports",
						 "Clk",
						 "ClkEnabled",
						 "Regulator",
						 "Regmap",
						 "ResetControl",
						 "Output",
						 "Outputs",
						 "Input",
						 "Inputs",
						 "ClkRateKept",
						 "Coherent",
						 "Mapping",
						 "PoolObject",
						 "Pool",
						 "RegulatorEnabled",
						 "ResetDeasserted",
						 "BoundDevice"};

/** Returns whether an object of @type is, or refers to, what its device takes back. */
bool is_resource(Lint &lint, QualType type)
{
	const auto *record = type->getAsCXXRecordDecl();
	if (record == nullptr || record->getIdentifier() == nullptr ||
	    lint.files().origin(record->getLocation()) != Origin::library)
		return false;
	return llvm::is_contained(resources, record->getName());
}

/** Returns whether @record is a device of a bus, which a reference to it does not keep. */
bool is_device(Lint &lint, const CXXRecordDecl &record)
{
	return record.getIdentifier() != nullptr &&
	       (record.getName() == "Device" || record.getName() == "Client") &&
	       lint.files().origin(record.getLocation()) == Origin::library;
}

/** Looks at the members of classes of open files, and of what these share. */
class OpenFile
{
public:
	explicit OpenFile(Lint &lint) : lint_(lint) {}

	void look_at(const CXXRecordDecl &record)
	{
		if (!record.hasDefinition() || !seen_.insert(record.getCanonicalDecl()).second ||
		    lint_.files().origin(record.getLocation()) != Origin::user ||
		    is_driver(*record.getDefinition()))
			return;
		for (const auto *field : record.getDefinition()->fields())
			look_at(*field, field->getType());
	}

private:
	void look_at(const FieldDecl &field, QualType type)
	{
		const auto *inner = type->isReferenceType() || type->isPointerType()
					    ? type->getPointeeCXXRecordDecl()
					    : nullptr;
		const auto *record = type->getAsCXXRecordDecl();
		if ((inner != nullptr &&
		     (ends_with_its_device(*inner) || is_device(lint_, *inner))) ||
		    is_class(type, {"Access"}) || is_resource(lint_, type)) {
			lint_.report(outlives_its_device, field.getLocation(),
				     field.getSourceRange());
			return;
		}
		if (record == nullptr || is_class(type, {"Revocable"}))
			return;
		const auto *instance = dyn_cast<ClassTemplateSpecializationDecl>(record);
		if (instance == nullptr) {
			look_at(*record);
			return;
		}
		for (const auto &argument : instance->getTemplateArgs().asArray())
			if (argument.getKind() == TemplateArgument::Type)
				look_at(field, argument.getAsType());
	}

	Lint &lint_;
	std::set<const CXXRecordDecl *> seen_;
};

/** Returns whether @record has one object for each open file: static open(const File &, ...). */
bool is_of_open_files(const CXXRecordDecl &record)
{
	return llvm::any_of(record.methods(), [](const CXXMethodDecl *method) {
		return method->isStatic() && method->getIdentifier() != nullptr &&
		       method->getName() == "open" && method->getNumParams() != 0 &&
		       is_class(method->getParamDecl(0)->getType(), {"File"});
	});
}

} // namespace

void open_files(Lint &lint, const CXXRecordDecl &record)
{
	if (!record.isThisDeclarationADefinition() || record.isDependentType() ||
	    !is_of_open_files(record))
		return;
	OpenFile file(lint);
	file.look_at(record);
	for (const auto *part : record.decls())
		if (const auto *data = dyn_cast<TypedefNameDecl>(part);
		    data != nullptr && data->getName() == "Data")
			if (const auto *shared = data->getUnderlyingType()->getAsCXXRecordDecl())
				file.look_at(*shared);
}

} // namespace kcxx::lint
