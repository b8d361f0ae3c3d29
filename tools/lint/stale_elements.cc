// SPDX-License-Identifier: GPL-2.0-only OR MIT
// References to elements of a container that are used behind a change of it.
#include "lint/call_names.hpp"
#include "lint/container_change.hpp"
#include "lint/element_names.hpp"
#include "lint/guards.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"
#include "lint/user_declarations.hpp"
#include "lint/value_names.hpp"
#include "lint/viewed_objects.hpp"

#include <clang/AST/DeclTemplate.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Analysis/CFG.h>
#include <map>
#include <set>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule stale = {
	.id = "kcxx-stale-element",
	.what = "an element is used behind a change of its container, which moved or ended it",
	.needed = "a new reference behind the change",
	.rewrite = "the use before the change; or the index, and container[index] behind it",
};

constexpr Rule left_its_guard = {
	.id = "kcxx-guard-view",
	.what = "a view or a pointer of what a guard lends goes where the guard has ended: that of "
		"a "
		"lock, of try_access(), of this_cpu()",
	.needed = "a copy of the data, or the use of it before the guard ends",
	.rewrite = "a kernel::String or a number as the result; or a function that the caller "
		   "gives, and that is called while the guard lives",
};

/** Returns whether @type is an iterator of a container of the library's. */
bool is_iterator(Lint &lint, QualType type)
{
	const auto *record = type.getCanonicalType()->getAsCXXRecordDecl();
	return record != nullptr && record->getIdentifier() != nullptr &&
	       record->getName().ends_with("Iterator") &&
	       lint.files().origin(record->getLocation()) == Origin::library;
}

/** Returns whether a value of @type leads to data that it does not own. */
bool leads_elsewhere(Lint &lint, QualType type)
{
	const auto *made =
		dyn_cast_or_null<ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
	if (made != nullptr && is_class(type, {"Result", "expected"}) &&
	    made->getTemplateArgs().size() != 0 &&
	    made->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
		return is_view(lint, made->getTemplateArgs()[0].getAsType());
	return is_view(lint, type) || is_iterator(lint, type);
}

/** Returns the list of members of which @value, perhaps a Result, is made. */
const InitListExpr *list_in(const Expr &value)
{
	const auto *bare = value.IgnoreUnlessSpelledInSource();
	if (const auto *cast = dyn_cast<CXXFunctionalCastExpr>(bare))
		bare = cast->getSubExpr()->IgnoreUnlessSpelledInSource();
	if (const auto *made = dyn_cast<CXXConstructExpr>(bare))
		return made->getNumArgs() == 1 && is_class(made->getType(), {"Result"})
			       ? list_in(*made->getArg(0))
			       : nullptr;
	const auto *list = dyn_cast<InitListExpr>(bare);
	if (list == nullptr || !list->getType()->isRecordType())
		return nullptr;
	return list->isSemanticForm() ? list : list->getSemanticForm();
}

/** The guards of which a value is looked for */
enum class Of {
	statement, // those that end with it
	function,  // local variables as well
};

/** Returns whether @object is a guard @of what ends, or what its -> returns. */
bool is_guard(Lint &lint, const Expr &object, Of of)
{
	const auto &bare = *object.IgnoreUnlessSpelledInSource();
	if (const auto *arrow = dyn_cast<CXXOperatorCallExpr>(&bare);
	    arrow != nullptr && arrow->getOperator() == OO_Arrow)
		return is_guard(lint, *arrow->getArg(0), of);
	if (const auto *name = dyn_cast<DeclRefExpr>(&bare); name != nullptr && of == Of::function)
		if (const auto *variable = dyn_cast<VarDecl>(name->getDecl()))
			return variable->hasLocalStorage() && lends_data(lint, variable->getType());
	return isa<CallExpr>(bare) && bare.isPRValue() && lends_data(lint, bare.getType());
}

/** Returns whether @value leads to what a guard @of what ends lends. */
bool is_of_guard(Lint &lint, const Expr &value, Of of)
{
	const auto &bare = *value.IgnoreUnlessSpelledInSource();
	if (const auto *made = dyn_cast<CXXConstructExpr>(&bare))
		return made->getNumArgs() != 0 && is_of_guard(lint, *made->getArg(0), of);
	if (const auto *member = dyn_cast<MemberExpr>(&bare))
		return is_guard(lint, *member->getBase(), of) ||
		       is_of_guard(lint, *member->getBase(), of);
	if (const auto *call = dyn_cast<CXXMemberCallExpr>(&bare))
		return leads_elsewhere(lint, call->getCallReturnType(lint.ast())) &&
		       (is_guard(lint, *call->getImplicitObjectArgument(), of) ||
			is_of_guard(lint, *call->getImplicitObjectArgument(), of));
	const auto *call = dyn_cast<CXXOperatorCallExpr>(&bare);
	if (call == nullptr || call->getNumArgs() == 0)
		return false;
	if (call->getOperator() == OO_Call) // a lambda, which may return what it gets
		return leads_elsewhere(lint, call->getCallReturnType(lint.ast())) &&
		       llvm::any_of(call->arguments(), [&](const Expr *argument) {
			       return is_of_guard(lint, *argument, of);
		       });
	if (call->getOperator() == OO_Pipe || call->getOperator() == OO_Subscript)
		return is_of_guard(lint, *call->getArg(0), of);
	return call->getOperator() == OO_Star && is_guard(lint, *call->getArg(0), of);
}

/**
 * Finds the names that are no uses of an element: the variables of assignments and comparisons, and
 * pointers that a function may set.
 */
class Harmless : public RecursiveASTVisitor<Harmless>
{
public:
	bool VisitStmt(Stmt *node)
	{
		if (const auto *variable = assignment_in(*node).object; variable != nullptr)
			add(*variable);
		return true;
	}

	bool VisitBinaryOperator(BinaryOperator *node)
	{
		if (node->isEqualityOp()) {
			add(*node->getLHS());
			add(*node->getRHS());
		}
		return true;
	}

	bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *node)
	{
		if (node->getOperator() == OO_EqualEqual || node->getOperator() == OO_ExclaimEqual)
			for (const auto *argument : node->arguments())
				add(*argument);
		return true;
	}

	bool VisitCXXMemberCallExpr(CXXMemberCallExpr *node)
	{
		const auto *optional = converted_object(*node);
		if (optional == nullptr && name_of(*node) == "has_value")
			optional = node->getImplicitObjectArgument();
		if (optional != nullptr && is_class(optional->getType(), {"optional"}))
			add(*optional);
		return true;
	}

	bool VisitCallExpr(CallExpr *node)
	{
		const auto *function = node->getDirectCallee();
		for (unsigned i = 0; function != nullptr && i < function->getNumParams(); ++i)
			if (const auto *argument = argument_of(*node, *function, i);
			    argument != nullptr && argument->getType()->isPointerType() &&
			    function->getParamDecl(i)->getType()->isReferenceType() &&
			    gives_access(function->getParamDecl(i)->getType()))
				add(*argument);
		return true;
	}

	std::set<const Stmt *> names;

private:
	// A name of the element itself is a use all the same.
	void add(const Expr &expression)
	{
		if (kept_place(expression))
			names.insert(expression.IgnoreParenImpCasts());
	}
};

/** Returns the object that @binding is a part of, if that is a reference: auto &[key, value]. */
const VarDecl *reference_behind(const BindingDecl &binding)
{
	const auto *whole = dyn_cast_or_null<VarDecl>(binding.getDecomposedDecl());
	return whole != nullptr && whole->getType()->isReferenceType() ? whole : nullptr;
}

/** The functions that are being looked into, so that none looks into itself */
using LookedInto = std::set<const FunctionDecl *>;

/** The parameters of a function that are elements, and the containers that they are in */
using Given = std::map<ObjectPath, ObjectPath>;

/** Follows the references of one function, along the graph of its blocks. */
class References
{
public:
	References(Lint &lint, const FunctionDecl &function, LookedInto &looked_into)
	    : lint_(lint), function_(function), looked_into_(looked_into)
	{
		CFG::BuildOptions options;
		options.AddImplicitDtors = true;
		options.setAllAlwaysAdd();
		graph_ = CFG::buildCFG(&function, function.getBody(), &lint.ast(), options);
		looked_into_.insert(&function);
	}

	/** Reports uses of what moved or ended. The caller gives @given. */
	void check(Given given)
	{
		given_ = std::move(given);
		harmless_.TraverseStmt(function_.getBody());
		follow_all();
		reports_ = true;
		for (const auto &[block, names] : before_)
			pass(*block);
	}

	/** Returns a container of whose elements the function returns one. */
	std::optional<ObjectPath> returned()
	{
		follow_all();
		return returned_;
	}

private:
	void follow_all()
	{
		if (graph_ == nullptr)
			return;
		std::set<const CFGBlock *> open = {&graph_->getEntry()};
		ElementNames first(lint_, of_user_call_);
		for (const auto &[parameter, container] : given_)
			first.bind_element(parameter, container);
		before_.try_emplace(&graph_->getEntry(), std::move(first));
		while (!open.empty()) {
			const auto *block = *open.begin();
			open.erase(open.begin());
			pass(*block);
			for (const auto &next : block->succs())
				if (const auto *reached = next.getReachableBlock();
				    reached != nullptr && join(*reached))
					open.insert(reached);
		}
	}

	/** Leaves the names behind @block. */
	void pass(const CFGBlock &block)
	{
		names_ = before_.at(&block);
		for (const auto &element : block)
			if (const auto statement = element.getAs<CFGStmt>())
				follow(*statement->getStmt());
			else if (const auto ended = element.getAs<CFGAutomaticObjDtor>())
				names_.end(*ended->getVarDecl());
	}

	/** Adds the names to what is known before @block. Returns whether that is new there. */
	bool join(const CFGBlock &block)
	{
		const auto [known, is_first] = before_.try_emplace(&block, names_);
		return is_first || known->second.join(names_);
	}

	void follow(const Stmt &node)
	{
		if (const auto *declared = dyn_cast<DeclStmt>(&node)) {
			for (const auto *each : declared->decls())
				if (const auto *variable = dyn_cast<VarDecl>(each))
					declare(*variable);
		} else if (const auto [renamed, value] = assignment_in(node); renamed != nullptr) {
			if (const auto *call = dyn_cast<CallExpr>(&node))
				names_.call(*call); // an owner gets another object
			if (const auto place = kept_place(*renamed))
				names_.bind(*place, value);
			if (const auto *given =
				    dyn_cast_or_null<ParmVarDecl>(named_variable(*renamed));
			    given != nullptr && given->getType()->isReferenceType())
				leave(given->getType()->getPointeeType(), *value, node);
		} else if (const auto *call = dyn_cast<CallExpr>(&node)) {
			look_into(*call);
			look_at_own_text(*call);
			names_.call(*call);
		} else if (const auto *expression = dyn_cast<Expr>(&node)) {
			use(*expression);
		} else if (const auto *end = dyn_cast<ReturnStmt>(&node);
			   end != nullptr && end->getRetValue() != nullptr) {
			leave(function_.getReturnType(), *end->getRetValue(), node);
			if (returned_)
				return;
			returned_ = function_.getReturnType()->isReferenceType()
					    ? names_.of_object(*end->getRetValue())
					    : names_.of_pointer(*end->getRetValue());
		}
	}

	/** Reports @value, of @type, if it leaves the function by @way and leads to what ends
	 * there: an element of a local container, or what a guard guards. */
	void leave(QualType type, const Expr &value, const Stmt &way)
	{
		if (!reports_ || !leads_elsewhere(lint_, type))
			return;
		if (const auto *list = list_in(value)) {
			for (const auto *part : list->inits())
				leave(part->getType(), *part, way);
			return;
		}
		if (is_of_guard(lint_, value, Of::function)) {
			lint_.report(left_its_guard, way);
			return;
		}
		const auto container = type->isReferenceType() ? names_.of_object(value)
							       : names_.of_pointer(value);
		const auto *owner =
			container ? dyn_cast_or_null<VarDecl>(container->root) : nullptr;
		if (owner == nullptr || !owner->hasLocalStorage() ||
		    owner->getType()->isReferenceType() || owner->getType()->isPointerType())
			return;
		if (lends_data(lint_, owner->getType()))
			lint_.report(left_its_guard, way);
		else if (const auto *record = owner->getType()->getAsCXXRecordDecl();
			 record != nullptr && is_container(lint_, *record) &&
			 container->members.empty())
			lint_.report(stale, way);
	}

	void declare(const VarDecl &variable)
	{
		if (!variable.isImplicit() && leads_elsewhere(lint_, variable.getType()) &&
		    variable.getInit() != nullptr && reports_ &&
		    is_of_guard(lint_, *variable.getInit(), Of::statement))
			lint_.report(left_its_guard, *variable.getInit());
		if (!variable.getType()->isReferenceType())
			names_.bind({.root = &variable, .members = {}}, variable.getInit());
		else if (variable.getInit() != nullptr)
			names_.bind_reference(variable, *variable.getInit());
	}

	void use(const Expr &name)
	{
		const auto *variable = named_variable(name);
		if (const auto *part = dyn_cast<DeclRefExpr>(&name); part != nullptr)
			if (const auto *binding = dyn_cast<BindingDecl>(part->getDecl()))
				variable = reference_behind(*binding);
		if (reports_ && isa<CXXThisExpr>(name) && names_.is_stale({}))
			lint_.report(stale, name);
		if (!reports_ || harmless_.names.contains(&name) ||
		    (variable != nullptr ? variable->isImplicit() || !isa<DeclRefExpr>(name)
					 : !isa<MemberExpr>(name)))
			return;
		const auto place = variable != nullptr ? ObjectPath{.root = variable, .members = {}}
						       : object_path(name);
		if (place && names_.is_stale(*place))
			lint_.report(stale, name);
	}

	/** Reports a String's own text as an argument of the format that it gets: it moves then. */
	void look_at_own_text(const CallExpr &call)
	{
		const auto *member = dyn_cast<CXXMemberCallExpr>(&call);
		if (!reports_ || member == nullptr || name_of(call) != "append_format" ||
		    !is_of_class(call, "String"))
			return;
		const auto text = object_path(*member->getImplicitObjectArgument());
		for (const auto *argument : call.arguments())
			if (const auto of = names_.of_pointer(*argument); of && of == text)
				lint_.report(stale, *argument);
	}

	/** Reports what the user's function does with elements that @call gives it. */
	void look_into(const CallExpr &call)
	{
		const auto *function = reports_ ? body_of(call) : nullptr;
		if (function == nullptr)
			return;
		Given given;
		const auto add = [&](const std::optional<ObjectPath> &container,
				     const ValueDecl *parameter) {
			if (container)
				for (auto &name : names_within(*function, call, *container))
					given[{.root = parameter, .members = {}}] = std::move(name);
		};
		for (unsigned i = 0; i < function->getNumParams(); ++i)
			if (const auto *argument = argument_of(call, *function, i);
			    argument != nullptr)
				add(function->getParamDecl(i)->getType()->isReferenceType()
					    ? names_.of_object(*argument)
					    : names_.of_pointer(*argument),
				    function->getParamDecl(i));
		if (const auto *object = object_of(call);
		    object != nullptr && !is_of_lambda(*function))
			add(object->getType()->isPointerType() ? names_.of_pointer(*object)
							       : names_.of_object(*object),
			    nullptr);
		if (given.empty())
			return;
		References(lint_, *function, looked_into_).check(std::move(given));
		looked_into_.erase(function);
	}

	/** Returns the user's function that @call calls, with its body, unless it is looked into.
	 */
	const FunctionDecl *body_of(const CallExpr &call)
	{
		const auto *function = defined_by_user(lint_, call.getDirectCallee());
		return looked_into_.contains(function) ? nullptr : function;
	}

	/** Returns the caller's container of whose elements @call, of the user's, returns one. */
	std::optional<ObjectPath> of_user_call(const CallExpr &call)
	{
		const auto *function = body_of(call);
		if (function == nullptr)
			return std::nullopt;
		const auto container = References(lint_, *function, looked_into_).returned();
		looked_into_.erase(function);
		return container ? name_outside(*function, call, *container) : std::nullopt;
	}

	Lint &lint_;
	const FunctionDecl &function_;
	LookedInto &looked_into_;
	const ElementNames::OfUserCall of_user_call_ = [this](const CallExpr &call) {
		return of_user_call(call);
	};
	std::unique_ptr<CFG> graph_;
	Harmless harmless_;
	std::map<const CFGBlock *, ElementNames> before_;
	ElementNames names_{lint_, of_user_call_};
	std::optional<ObjectPath> returned_;
	Given given_;
	bool reports_ = false;
};

} // namespace

void stale_elements(Lint &lint, const FunctionDecl &function)
{
	LookedInto looked_into;
	if (function.doesThisDeclarationHaveABody() && !function.isDependentContext())
		References(lint, function, looked_into).check({});
}

} // namespace kcxx::lint
