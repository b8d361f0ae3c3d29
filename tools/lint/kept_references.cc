// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Objects that outlive what they refer to: a temporary, or an object of the function that made
// them.
#include "lint/call_names.hpp"
#include "lint/guards.hpp"
#include "lint/keepers.hpp"
#include "lint/kept_views.hpp"
#include "lint/referents.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"
#include "lint/value_names.hpp"
#include "lint/viewed_objects.hpp"

#include <clang/AST/DeclTemplate.h>
#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule outlived = {
	.id = "kcxx-kept-reference",
	.what = "an object keeps a reference or a view of what ends before it: a temporary, or a "
		"variable of this function",
	.needed = "a copy or an owner as its member, or an object that lives as long",
	.rewrite =
		"Settings settings_; in place of const Settings &settings_; a kernel::String for "
		"a text, a kernel::Arc<T> for what has several owners; of a temporary, a "
		"variable or a member before",
};

/** Looks at the values of one function that outlive their statement. */
class Values : public RecursiveASTVisitor<Values>
{
public:
	Values(Lint &lint, KeptParameters &kept, const FunctionDecl &function)
	    : lint_(lint), kept_(kept), function_(function)
	{
	}

	void look_at_all()
	{
		if (const auto *constructor = dyn_cast<CXXConstructorDecl>(&function_))
			for (auto *made : constructor->inits())
				if (made->isWritten()) {
					look_at(*made);
					TraverseStmt(made->getInit());
				}
		TraverseStmt(function_.getBody());
		for (const auto &[referents, at, range] : of_function_)
			if (has_ended_with_function(referents))
				lint_.report(outlived, at, range);
	}

	bool VisitReturnStmt(ReturnStmt *end)
	{
		const auto *value = end->getRetValue();
		if (value == nullptr || !value->getType()->isRecordType())
			return true;
		Referents referents(lint_, kept_);
		referents.add_value(*value);
		const bool is_known = referents.objects().empty() &&
				      referents.temporaries().empty() && is_of_views(*value);
		if (!is_known) // by the rule of elements
			leaves(std::move(referents), end->getBeginLoc(), end->getSourceRange());
		return true;
	}

	bool VisitVarDecl(VarDecl *variable)
	{
		if (variable->isImplicit() || variable->isCXXForRangeDecl() ||
		    isa<ParmVarDecl>(variable) || !variable->hasInit() ||
		    !lint_.files().of_user(variable->getLocation()))
			return true;
		Referents referents(lint_, kept_);
		referents.add_initialiser(variable->getType(), *variable->getInit());
		if (!referents.temporaries().empty())
			lint_.report(outlived, variable->getBeginLoc(), variable->getSourceRange());
		return true;
	}

	bool VisitStmt(Stmt *node)
	{
		if (const auto [object, value] = assignment_in(*node); object != nullptr) {
			Referents referents(lint_, kept_);
			referents.add_value(*value);
			gets(*object, std::move(referents), *node);
		}
		return true;
	}

	bool VisitCXXMemberCallExpr(CXXMemberCallExpr *call)
	{
		const auto *method = call->getMethodDecl();
		if (method == nullptr || !is_adding(name_of(*call)) ||
		    lint_.files().origin(method->getLocation()) != Origin::library ||
		    !can_keep(lint_, call->getImplicitObjectArgument()->getType()))
			return true;
		Referents referents(lint_, kept_);
		if (const auto making = making_of(lint_, *call))
			referents.add_made(
				*making->record,
				ArrayRef<const Expr *>(call->getArgs(), call->getNumArgs())
					.drop_front(making->first));
		else
			for (const auto *argument : call->arguments())
				if (argument->getType()->isRecordType())
					referents.add_value(*argument);
		gets(*call->getImplicitObjectArgument(), std::move(referents), *call);
		return true;
	}

	bool VisitCallExpr(CallExpr *call)
	{
		if (const auto *variable =
			    is_std_move(*call) ? named_variable(*call->getArg(0)) : nullptr)
			moved_.insert(variable);
		return true;
	}

	bool TraverseLambdaExpr(LambdaExpr * /*a function of its own*/) { return true; }

private:
	/** Returns whether @value, perhaps a Result, is a view, or a plain structure of views. */
	[[nodiscard]] bool is_of_views(const Expr &value)
	{
		auto type = value.getType();
		if (const auto *made = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
			    type->getAsCXXRecordDecl());
		    made != nullptr && is_class(type, {"Result", "expected"}) &&
		    made->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
			type = made->getTemplateArgs()[0].getAsType();
		const auto *record = type->getAsCXXRecordDecl();
		return is_view(lint_, type) &&
		       (record == nullptr || is_pure_view(type) || record->isAggregate());
	}

	struct Leaving {
		Referents referents;
		SourceLocation at;
		SourceRange range;
	};

	void look_at(const CXXCtorInitializer &made)
	{
		Referents referents(lint_, kept_);
		referents.add_initialiser(made);
		leaves(std::move(referents), made.getSourceLocation(), made.getSourceRange());
	}

	/** Notes a value that lives on when the function has returned. */
	void leaves(Referents referents, SourceLocation at, SourceRange range)
	{
		if (!referents.temporaries().empty())
			lint_.report(outlived, at, range);
		else if (!referents.objects().empty() || !referents.owners().empty())
			of_function_.push_back({std::move(referents), at, range});
	}

	/** Looks at the new value of @object. The rule of kept views knows some members. */
	void gets(const Expr &object, Referents referents, const Stmt &node)
	{
		const auto path = object_path(object);
		const auto *root = path ? dyn_cast_or_null<VarDecl>(path->root) : nullptr;
		const bool is_own =
			root != nullptr && root->hasLocalStorage() &&
			!root->getType()->isReferenceType() &&
			(named_variable(object) == root || !root->getType()->isPointerType()) &&
			lock_guard_kind(lint_, root->getType()) == GuardKind::none;
		const bool is_known = isa<CXXMemberCallExpr>(node)
					      ? holds_views_of_this(lint_, object)
					      : is_view_of_this(lint_, object);
		if (path && !is_own && !is_known)
			leaves(std::move(referents), node.getBeginLoc(), node.getSourceRange());
		else if (!referents.temporaries().empty())
			lint_.report(outlived, node);
	}

	/** Returns whether the function ends something that @referents refer to. */
	[[nodiscard]] bool has_ended_with_function(const Referents &referents) const
	{
		const auto is_own = [&](const VarDecl *variable) {
			return !variable->getType()->isReferenceType() &&
			       variable->getDeclContext() == &function_;
		};
		return llvm::any_of(referents.objects(), is_own) ||
		       llvm::any_of(referents.owners(), [&](const VarDecl *owner) {
			       return is_own(owner) && !moved_.contains(owner);
		       });
	}

	Lint &lint_;
	KeptParameters &kept_;
	const FunctionDecl &function_;
	std::vector<Leaving> of_function_;
	std::set<const VarDecl *> moved_;
};

} // namespace

void kept_references(Lint &lint, KeptParameters &kept, const FunctionDecl &function)
{
	if (function.isThisDeclarationADefinition() && function.hasBody() &&
	    !function.isDependentContext())
		Values(lint, kept, function).look_at_all();
}

void kept_references(Lint &lint, KeptParameters &kept, const CXXRecordDecl &record)
{
	if (!record.isThisDeclarationADefinition() || record.isDependentType())
		return;
	for (const auto *field : record.fields()) {
		const auto *value =
			field->hasInClassInitializer() ? field->getInClassInitializer() : nullptr;
		if (value == nullptr)
			continue;
		Referents referents(lint, kept);
		referents.add_initialiser(field->getType(), *value);
		if (!referents.temporaries().empty())
			lint.report(outlived, field->getLocation(), field->getSourceRange());
	}
}

} // namespace kcxx::lint
