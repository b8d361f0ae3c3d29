// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/referents.hpp"

#include "lint/call_names.hpp"
#include "lint/container_change.hpp"
#include "lint/keepers.hpp"
#include "lint/type_parts.hpp"
#include "lint/value_names.hpp"

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns what @expression names, casts, or takes over as it is; itself if it does none of that.
 */
const Expr *inside(const Expr &expression)
{
	if (const auto *brackets = dyn_cast<ParenExpr>(&expression))
		return brackets->getSubExpr();
	if (const auto *full = dyn_cast<FullExpr>(&expression))
		return full->getSubExpr();
	if (const auto *bound = dyn_cast<CXXBindTemporaryExpr>(&expression))
		return bound->getSubExpr();
	if (const auto *cast = dyn_cast<CastExpr>(&expression))
		return cast->getSubExpr();
	if (const auto *unary = dyn_cast<UnaryOperator>(&expression);
	    unary != nullptr && unary->getOpcode() == UO_Extension)
		return unary->getSubExpr();
	if (const auto *given = dyn_cast<CXXDefaultInitExpr>(&expression);
	    given != nullptr && given->getExpr() != nullptr)
		return given->getExpr();
	if (const auto *list = dyn_cast<InitListExpr>(&expression);
	    list != nullptr && list->getNumInits() == 1 &&
	    (list->isGLValue() || list->getType()->isScalarType() ||
	     list->getType()->getAsCXXRecordDecl() ==
		     list->getInit(0)->getType()->getAsCXXRecordDecl()))
		return list->getInit(0);
	if (const auto *argument = dyn_cast<SubstNonTypeTemplateParmExpr>(&expression))
		return argument->getReplacement();
	return &expression;
}

const Expr &stripped(const Expr &expression)
{
	const auto *inner = &expression;
	for (const Expr *before = nullptr; before != inner;) {
		before = inner;
		inner = inside(*inner);
	}
	return *inner;
}

/** Returns the last value in the statements of @block. */
const Expr *value_of(const StmtExpr &block)
{
	const auto *statements = block.getSubStmt();
	return statements->body_empty() ? nullptr
					: dyn_cast_or_null<Expr>(statements->getStmtExprResult());
}

bool is_array(QualType type)
{
	return type.getNonReferenceType()->isArrayType() || is_class(type, {"array"});
}

/** Returns whether an object of @type ends what a view or a reference of its is to. */
bool is_owner(Lint &lint, QualType type)
{
	const auto *record = type.getNonReferenceType()->getAsCXXRecordDecl();
	return is_array(type) ||
	       (record != nullptr && !is_class(type, {"Arc"}) &&
		(is_container(lint, *record) || is_class(type, {"Result", "expected", "SlabBox"})));
}

/** Returns whether @function is of the library or of std. */
bool is_of_library(Lint &lint, const FunctionDecl &function)
{
	return lint.files().origin(function.getLocation()) == Origin::library;
}

bool gives_reference(const CallExpr &call)
{
	static constexpr std::array<StringRef, 4> names = {"ref", "cref", "addressof",
							   "__addressof"};
	return call.getNumArgs() == 1 && call.getDirectCallee() != nullptr &&
	       is_of_std(*call.getDirectCallee()) && llvm::is_contained(names, name_of(call));
}

bool is_same_object(const CallExpr &call)
{
	static constexpr std::array<StringRef, 3> names = {"forward", "as_const", "move"};
	return is_std_move(call) ||
	       (call.getNumArgs() == 1 && call.getDirectCallee() != nullptr &&
		is_of_std(*call.getDirectCallee()) && llvm::is_contained(names, name_of(call)));
}

} // namespace

void Referents::add_variable_value(const VarDecl &variable)
{
	if (!variable.hasLocalStorage() || !can_keep(lint_, variable.getType()) ||
	    !seen_.insert(&variable).second)
		return;
	if (isa<ParmVarDecl>(variable))
		values_.insert(&variable);
	else if (variable.hasInit())
		add_value(*variable.getInit());
}

void Referents::add_variable(const VarDecl &variable)
{
	if (!variable.hasLocalStorage())
		return;
	if (variable.getType()->isReferenceType() && !isa<ParmVarDecl>(variable)) {
		if (variable.hasInit() && seen_.insert(&variable).second)
			add_object(*variable.getInit());
		return;
	}
	(in_content_ ? owners_ : objects_).insert(&variable);
}

void Referents::add_temporary(const MaterializeTemporaryExpr &temporary)
{
	if (const auto *variable = dyn_cast_or_null<VarDecl>(temporary.getExtendingDecl())) {
		if (variable->hasLocalStorage())
			objects_.insert(variable);
	} else {
		temporaries_.insert(&temporary);
	}
}

/** Adds what @owner holds, as its elements. */
void Referents::add_content(const Expr &owner)
{
	const bool before = in_content_;
	in_content_ = in_content_ || !is_array(owner.getType());
	add_object(owner);
	in_content_ = before;
}

/** Adds what a view is made of. */
void Referents::add_view_of(const Expr &viewed)
{
	const auto type = viewed.getType();
	if (is_pure_view(type) || type->isPointerType())
		add_value(viewed);
	else if (is_owner(lint_, type))
		add_content(viewed);
	else if (viewed.isGLValue())
		add_object(viewed);
}

void Referents::add_members(const CXXRecordDecl &record, ArrayRef<const Expr *> values)
{
	if (record.isUnion())
		return;
	auto value = values.begin();
	for (unsigned i = 0; i < record.getNumBases() && value != values.end(); ++i)
		add_value(**value++);
	for (const auto *field : record.fields()) {
		if (value == values.end() || field->isUnnamedBitField())
			continue;
		add_initialiser(field->getType(), **value++);
	}
}

void Referents::add_initialiser(QualType type, const Expr &value)
{
	if (type->isReferenceType())
		add_object(value);
	else
		add_value(value);
}

void Referents::add_initialiser(const CXXCtorInitializer &made)
{
	if (made.isMemberInitializer())
		add_initialiser(made.getMember()->getType(), *made.getInit());
	else
		add_value(*made.getInit());
}

void Referents::add_kept(const FunctionDecl &function, ArrayRef<const Expr *> arguments)
{
	for (unsigned i = 0; i < arguments.size(); ++i) {
		const auto kept = kept_.of(function, i);
		if (kept == Kept::object)
			add_object(*arguments[i]);
		else if (kept == Kept::value)
			add_value(*arguments[i]);
	}
}

void Referents::add_made(const CXXRecordDecl &record, ArrayRef<const Expr *> arguments)
{
	if (const auto *constructor = constructor_for(record, arguments);
	    constructor != nullptr && constructor->isCopyOrMoveConstructor())
		add_value(*arguments[0]);
	else if (constructor != nullptr)
		add_kept(*constructor, arguments);
	else if (record.isAggregate())
		add_members(record, arguments);
}

/** Adds the values that a class of the library holds which is made of @arguments. */
void Referents::add_handed_on(ArrayRef<const Expr *> arguments)
{
	for (const auto *argument : arguments) {
		const auto type = argument->getType();
		const auto *record = type->getAsCXXRecordDecl();
		if (record != nullptr && !record->isLambda() && !is_pure_view(type))
			add_value(*argument);
	}
}

void Referents::add_construction(const CXXConstructExpr &made)
{
	const ArrayRef<const Expr *> arguments(made.getArgs(), made.getNumArgs());
	const auto &constructor = *made.getConstructor();
	if (arguments.empty())
		return;
	if (constructor.isCopyOrMoveConstructor())
		add_value(*arguments[0]);
	else if (is_pure_view(made.getType()))
		add_view_of(*arguments[0]);
	else if (const auto making = making_of(lint_, made))
		add_made(*making->record, arguments.drop_front(making->first));
	else if (is_of_library(lint_, constructor))
		add_handed_on(arguments);
	else
		add_kept(constructor, arguments);
}

/** Adds what the result of @call, of a function of @object's, refers to. */
void Referents::add_result_of(const CallExpr &call, const Expr &object)
{
	const auto of = object.getType();
	if (is_pure_view(of) || of->isPointerType())
		add_value(object);
	else if (call.isPRValue() &&
		 (is_pure_view(call.getType()) || call.getType()->isPointerType())) {
		if (is_owner(lint_, of))
			add_content(object);
	} else if (can_keep(lint_, of)) {
		add_value(object); // a copy of what it holds
	}
}

void Referents::add_call(const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr)
		return;
	const ArrayRef<const Expr *> arguments(call.getArgs(), call.getNumArgs());
	if (is_same_object(call)) {
		add_value(*arguments[0]);
	} else if (gives_reference(call)) {
		add_object(*arguments[0]);
	} else if (const auto making = making_of(lint_, call)) {
		add_made(*making->record, arguments.drop_front(making->first));
	} else if (const auto *object = object_of(call)) {
		if (is_of_library(lint_, *function))
			add_result_of(call, *object);
		else if (isa<CXXMemberCallExpr>(call))
			add_kept(*function, arguments);
	} else if (is_of_library(lint_, *function)) {
		add_handed_on(arguments);
	} else {
		add_kept(*function, arguments);
	}
}

/** Adds what a lambda has by reference, and what its copies refer to. */
void Referents::add_captures(const LambdaExpr &lambda)
{
	for (const auto &capture : lambda.captures()) {
		const auto *variable = capture.capturesVariable()
					       ? dyn_cast<VarDecl>(capture.getCapturedVar())
					       : nullptr;
		if (variable == nullptr)
			continue;
		if (variable->isInitCapture() && variable->hasInit())
			add_initialiser(variable->getType(), *variable->getInit());
		else if (capture.getCaptureKind() == LCK_ByRef)
			add_variable(*variable);
		else
			add_variable_value(*variable);
	}
}

void Referents::add_value(const Expr &expression)
{
	if (!can_keep(lint_, expression.getType()))
		return;
	const auto &value = stripped(expression);
	if (const auto type = value.getType(); // a view is made of it
	    value.isGLValue() && type->isArrayType()) {
		add_content(value);
	} else if (const auto *variable = named_variable(value)) {
		add_variable_value(*variable);
	} else if (const auto *unary = dyn_cast<UnaryOperator>(&value)) {
		if (unary->getOpcode() == UO_AddrOf)
			add_object(*unary->getSubExpr());
	} else if (const auto *temporary = dyn_cast<MaterializeTemporaryExpr>(&value)) {
		add_value(*temporary->getSubExpr());
	} else if (const auto *made = dyn_cast<CXXConstructExpr>(&value)) {
		add_construction(*made);
	} else if (const auto *list = dyn_cast<InitListExpr>(&value)) {
		const auto *semantic = list->isSemanticForm() ? list : list->getSemanticForm();
		const auto *record = list->getType()->getAsCXXRecordDecl();
		const ArrayRef<const Expr *> inits(semantic->inits().data(),
						   semantic->getNumInits());
		if (record != nullptr)
			add_members(*record, inits);
		else
			for (const auto *each : inits)
				add_value(*each);
	} else if (const auto *members = dyn_cast<CXXParenListInitExpr>(&value)) {
		if (const auto *record = value.getType()->getAsCXXRecordDecl())
			add_members(*record, {members->getInitExprs().data(),
					      members->getInitExprs().size()});
	} else if (const auto *lambda = dyn_cast<LambdaExpr>(&value)) {
		add_captures(*lambda);
	} else if (const auto *call = dyn_cast<CallExpr>(&value)) {
		add_call(*call);
	} else if (const auto *choice = dyn_cast<AbstractConditionalOperator>(&value)) {
		add_value(*choice->getTrueExpr());
		add_value(*choice->getFalseExpr());
	} else if (const auto *block = dyn_cast<StmtExpr>(&value)) {
		if (const auto *last = value_of(*block))
			add_value(*last);
	}
}

/** Adds the object that @call, of a function that returns a reference, refers to. */
void Referents::add_call_object(const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr)
		return;
	const ArrayRef<const Expr *> arguments(call.getArgs(), call.getNumArgs());
	const auto *object = object_of(call);
	if (is_same_object(call))
		add_object(*arguments[0]);
	else if (object == nullptr)
		add_kept(*function, arguments);
	else if (!is_of_library(lint_, *function))
		return;
	else if (is_pure_view(object->getType()))
		add_value(*object);
	else if (is_owner(lint_, object->getType()))
		add_content(*object);
}

void Referents::add_object(const Expr &expression)
{
	const auto &object = stripped(expression);
	if (const auto *variable = named_variable(object)) {
		add_variable(*variable);
	} else if (const auto *temporary = dyn_cast<MaterializeTemporaryExpr>(&object)) {
		add_temporary(*temporary);
	} else if (const auto *member = dyn_cast<MemberExpr>(&object)) {
		const auto *field = dyn_cast<FieldDecl>(member->getMemberDecl());
		if (field == nullptr || field->getType()->isReferenceType())
			return;
		if (member->isArrow())
			add_value(*member->getBase());
		else
			add_object(*member->getBase());
	} else if (const auto *part = dyn_cast<ArraySubscriptExpr>(&object)) {
		add_value(*part->getBase());
	} else if (const auto *unary = dyn_cast<UnaryOperator>(&object)) {
		if (unary->getOpcode() == UO_Deref)
			add_value(*unary->getSubExpr());
	} else if (const auto *call = dyn_cast<CallExpr>(&object)) {
		if (call->isGLValue())
			add_call_object(*call);
	} else if (const auto *choice = dyn_cast<AbstractConditionalOperator>(&object)) {
		add_object(*choice->getTrueExpr());
		add_object(*choice->getFalseExpr());
	}
}

} // namespace kcxx::lint
