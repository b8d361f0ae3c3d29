// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/ended_objects.hpp"

#include "lint/call_names.hpp"
#include "lint/callers.hpp"
#include "lint/type_parts.hpp"
#include "lint/user_declarations.hpp"

#include <array>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <utility>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr int deepest_owner = 3; // Vec<std::optional<Box<Job>>>

/** Functions that end all elements, or what an owner has */
constexpr std::array<StringRef, 3> ending_all = {"clear", "reset", "truncate"};

/** Functions that make an object of their last arguments */
constexpr std::array<StringRef, 4> making = {"make", "emplace", "emplace_back", "emplace_front"};

/** Returns whether @value has no object: nullptr, std::nullopt, {}, a Box of nullptr. */
bool is_nothing(const Stmt &value)
{
	if (isa<CXXNullPtrLiteralExpr>(value))
		return true;
	if (const auto *list = dyn_cast<InitListExpr>(&value); list != nullptr)
		return list->getNumInits() == 0;
	if (const auto *name = dyn_cast<DeclRefExpr>(&value))
		return is_class(name->getType(), {"nullopt_t"});
	if (const auto *made = dyn_cast<CXXConstructExpr>(&value);
	    made != nullptr && made->getNumArgs() == 0)
		return true;
	return !isa<LambdaExpr>(value) && llvm::any_of(value.children(), [](const Stmt *part) {
		return part != nullptr && is_nothing(*part);
	});
}

/** Returns whether @call surely ends objects: the owner that gets a new one may have had none. */
bool ends_objects(const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	return function != nullptr && object_of(call) != nullptr &&
	       ((function->getOverloadedOperator() == OO_Equal && call.getNumArgs() == 2 &&
		 is_nothing(*call.getArg(1))) ||
		(function->getIdentifier() != nullptr &&
		 llvm::is_contained(ending_all, function->getName())));
}

/** Returns the parameter that @init, of a member, names; nullptr: none. */
const ParmVarDecl *parameter_of(const Expr &init)
{
	const auto *bare = init.IgnoreUnlessSpelledInSource()->IgnoreParenImpCasts();
	if (const auto *list = dyn_cast<InitListExpr>(bare); list != nullptr)
		return list->getNumInits() == 1 ? parameter_of(*list->getInit(0)) : nullptr;
	if (const auto *address = dyn_cast<UnaryOperator>(bare);
	    address != nullptr && address->getOpcode() == UO_AddrOf)
		return parameter_of(*address->getSubExpr());
	const auto *name = dyn_cast<DeclRefExpr>(bare);
	return name == nullptr ? nullptr : dyn_cast<ParmVarDecl>(name->getDecl());
}

/** Returns the one constructor of @record that takes arguments, with its body. */
const CXXConstructorDecl *constructor_of(const CXXRecordDecl &record)
{
	const CXXConstructorDecl *only = nullptr;
	for (const auto *each : record.ctors()) {
		if (each->isCopyOrMoveConstructor() || each->isDeleted() ||
		    each->getNumParams() == 0)
			continue;
		const FunctionDecl *defined = nullptr;
		if (only != nullptr || !each->hasBody(defined))
			return nullptr;
		only = cast<CXXConstructorDecl>(defined);
	}
	return only;
}

/** Returns the class of the user's that @type, an owner of the library's or std's, has. */
const CXXRecordDecl *made_by(Lint &lint, QualType type, int depth = 0)
{
	const auto *record = type.getNonReferenceType()->getAsCXXRecordDecl();
	if (record == nullptr || depth > deepest_owner)
		return nullptr;
	if (lint.files().origin(record->getLocation()) == Origin::user)
		return record->getCanonicalDecl();
	const auto *owner = dyn_cast<ClassTemplateSpecializationDecl>(record);
	if (owner == nullptr)
		return nullptr;
	for (const auto &argument : owner->getTemplateArgs().asArray())
		if (argument.getKind() == TemplateArgument::Type)
			if (const auto *made = made_by(lint, argument.getAsType(), depth + 1))
				return made;
	return nullptr;
}

/** Returns the locks at @names of an object with @referred, by the names of its maker. */
std::set<ObjectPath> in_function(const std::set<ObjectPath> &names, const Referred &referred,
				 bool is_maker)
{
	return renamed(names, [&](const ObjectPath &name) -> std::optional<ObjectPath> {
		if (name.root != nullptr || name.members.empty())
			return std::nullopt;
		const auto known = referred.names.find(name.members.front());
		if (!is_maker || known == referred.names.end())
			return ObjectPath{.root = name.members.front(), .members = name.members};
		auto all = known->second;
		all.members.insert(all.members.end(), name.members.begin() + 1, name.members.end());
		return all;
	});
}

std::set<ObjectPath> behind_member(const std::set<ObjectPath> &names, const FieldDecl &member)
{
	return renamed(names, [&](const ObjectPath &name) {
		auto all = name;
		if (all.root == nullptr)
			all.members.insert(all.members.begin(), &member);
		return std::optional(all);
	});
}

} // namespace

const CXXRecordDecl *class_of(const FunctionDecl &function)
{
	const DeclContext *context = &function;
	for (; context != nullptr; context = context->getParent())
		if (const auto *method = dyn_cast<CXXMethodDecl>(context);
		    method != nullptr && !method->getParent()->isLambda())
			return method->getParent()->getCanonicalDecl();
	return nullptr;
}

void EndUse::add(const EndUse &other)
{
	taken.insert(other.taken.begin(), other.taken.end());
	needed.insert(other.needed.begin(), other.needed.end());
}

/** Notes where the user's code makes objects of its classes, and what it gives to them. */
class EndedObjects::Collector : public RecursiveASTVisitor<Collector>
{
public:
	explicit Collector(EndedObjects &all) : all_(all) {}

	bool shouldVisitTemplateInstantiations() const { return true; }

	bool TraverseFunctionDecl(FunctionDecl *function)
	{
		return within(function,
			      [&] { return RecursiveASTVisitor::TraverseFunctionDecl(function); });
	}
	bool TraverseCXXMethodDecl(CXXMethodDecl *function)
	{
		return within(function,
			      [&] { return RecursiveASTVisitor::TraverseCXXMethodDecl(function); });
	}
	bool TraverseCXXConstructorDecl(CXXConstructorDecl *function)
	{
		return within(function, [&] {
			return RecursiveASTVisitor::TraverseCXXConstructorDecl(function);
		});
	}

	bool VisitCXXConstructExpr(CXXConstructExpr *made)
	{
		const bool in_place = made->getNumArgs() > 1 &&
				      is_class(made->getArg(0)->getType(), {"in_place_t"});
		const auto *record = made->getConstructor()->getParent();
		if (in_place)
			record = made_by(all_.lint_, made->getType());
		else if (made->getConstructor()->isCopyOrMoveConstructor())
			return true;
		if (record != nullptr)
			note(*record, {made->getArgs(), made->getNumArgs()});
		return true;
	}

	bool VisitCallExpr(CallExpr *call)
	{
		const auto *function = dyn_cast_or_null<CXXMethodDecl>(call->getDirectCallee());
		if (function == nullptr || function->getIdentifier() == nullptr ||
		    !llvm::is_contained(making, function->getName()))
			return true;
		const auto *record =
			made_by(all_.lint_, all_.lint_.ast().getRecordType(function->getParent()));
		if (record != nullptr)
			note(*record, {call->getArgs(), call->getNumArgs()});
		return true;
	}

private:
	template <typename Inner>
	bool within(const FunctionDecl *function, Inner inner)
	{
		const auto *outer = std::exchange(function_, function);
		const bool goes_on = inner();
		function_ = outer;
		return goes_on;
	}

	void note(const CXXRecordDecl &made, ArrayRef<Expr *> arguments)
	{
		const auto *record = made.getDefinition();
		const auto *constructor = record == nullptr ? nullptr : constructor_of(*record);
		if (constructor == nullptr || arguments.size() < constructor->getNumParams())
			return;
		const auto given = arguments.take_back(constructor->getNumParams());
		Referred referred{.maker = function_ == nullptr ? nullptr : class_of(*function_),
				  .names = {}};
		for (const auto *init : constructor->inits()) {
			const auto *member = init->getMember();
			const auto *parameter =
				member == nullptr || (!member->getType()->isReferenceType() &&
						      !member->getType()->isPointerType())
					? nullptr
					: parameter_of(*init->getInit());
			const auto path =
				parameter == nullptr
					? std::nullopt
					: object_path(*given[parameter->getFunctionScopeIndex()]);
			if (path && path->root == nullptr)
				referred.names[member] = *path;
		}
		all_.note(*record, referred);
	}

	EndedObjects &all_;
	const FunctionDecl *function_ = nullptr;
};

void EndedObjects::note(const CXXRecordDecl &record, const Referred &referred)
{
	const auto [known, is_new] = referred_.try_emplace(record.getCanonicalDecl(), referred);
	if (!is_new && known->second != referred)
		known->second = {}; // objects refer to several
}

const Referred &EndedObjects::referred_by(const CXXRecordDecl &record)
{
	if (!std::exchange(is_collected_, true)) {
		Collector collector(*this);
		each_of_user(lint_, *lint_.ast().getTranslationUnitDecl(),
			     [&](Decl &declaration) { collector.TraverseDecl(&declaration); });
	}
	return referred_[record.getCanonicalDecl()];
}

/** Returns what the ends of the members of @record wait for, by its names. */
EndUse EndedObjects::of_parts(const CXXRecordDecl &record)
{
	EndUse all;
	for (const auto *field : record.fields()) {
		if (const auto *caller = caller_in(field->getType())) {
			for (const auto *function : functions_of(*caller)) {
				const auto &taken = uses_.of(*function).taken;
				all.needed.insert(taken.begin(), taken.end());
			}
			continue;
		}
		const auto *part = field->getType()->getAsCXXRecordDecl();
		if (part == nullptr || lint_.files().origin(part->getLocation()) != Origin::user)
			continue;
		const auto inner = of_end(*part);
		all.add({.taken = behind_member(inner.taken, *field),
			 .needed = behind_member(inner.needed, *field)});
	}
	return all;
}

/** Returns what the end of an object of @record waits for, by its names. */
EndUse EndedObjects::of_end(const CXXRecordDecl &record)
{
	const auto *whole = record.getDefinition();
	if (whole == nullptr)
		return {};
	const auto [known, is_new] = ends_.try_emplace(whole->getCanonicalDecl());
	if (!is_new)
		return known->second;
	EndUse all;
	if (const auto *destructor = whole->getDestructor();
	    destructor != nullptr && destructor->hasBody())
		all.taken = uses_.of(*destructor).taken;
	all.add(of_parts(*whole));
	return ends_[whole->getCanonicalDecl()] = std::move(all);
}

/** Adds to @ended the user's classes whose objects end with one of @type; an Arc has others. */
void EndedObjects::add_ended(QualType type, std::set<const CXXRecordDecl *> &ended, int depth)
{
	const auto *record = type->getAsCXXRecordDecl();
	if (record == nullptr || depth > deepest_owner || is_class(type, {"Arc"}) ||
	    caller_in(type) == record)
		return;
	if (lint_.files().origin(record->getLocation()) == Origin::user) {
		ended.insert(record->getCanonicalDecl());
		return;
	}
	if (const auto *owner = dyn_cast<ClassTemplateSpecializationDecl>(record))
		for (const auto &argument : owner->getTemplateArgs().asArray())
			if (argument.getKind() == TemplateArgument::Type)
				add_ended(argument.getAsType(), ended, depth + 1);
}

EndUse EndedObjects::of(const LockStep &step)
{
	EndUse all;
	if (step.call.function == nullptr || !ends_objects(*step.call.written) ||
	    lint_.files().origin(step.call.function->getLocation()) == Origin::user)
		return all;
	std::set<const CXXRecordDecl *> ended;
	const auto type = object_of(*step.call.written)->getType();
	add_ended(type->isPointerType() ? type->getPointeeType() : type, ended);
	for (const auto *record : ended) {
		const auto use = of_end(*record);
		if (use.taken.empty() && use.needed.empty())
			continue;
		const auto &referred = referred_by(*record);
		const bool is_maker =
			referred.maker != nullptr && referred.maker == class_of(*step.caller);
		all.add({.taken = in_function(use.taken, referred, is_maker),
			 .needed = in_function(use.needed, referred, is_maker)});
	}
	return all;
}

} // namespace kcxx::lint
