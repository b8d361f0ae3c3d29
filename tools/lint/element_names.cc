// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/element_names.hpp"

#include "lint/call_names.hpp"
#include "lint/container_change.hpp"
#include "lint/type_parts.hpp"

#include <array>
#include <clang/AST/Attr.h>
#include <clang/AST/ParentMapContext.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** The classes of std and of the library whose objects refer to what they are made of */
constexpr std::array<StringRef, 5> referring = {"span", "basic_string_view", "reference_wrapper",
						"pair", "reverse_iterator"};
/** The classes that have one value, or none */
constexpr std::array<StringRef, 3> opened = {"optional", "expected", "Result"};

/** Returns whether the result of @method lives no longer than its object. */
bool is_bound_to_object(const CXXMethodDecl &method)
{
	const auto *written = method.getTypeSourceInfo();
	auto type = written == nullptr ? TypeLoc() : written->getTypeLoc();
	for (auto with = type.getAsAdjusted<AttributedTypeLoc>(); with;
	     with = type.getAsAdjusted<AttributedTypeLoc>()) {
		if (with.getAttrAs<LifetimeBoundAttr>() != nullptr)
			return true;
		type = with.getModifiedLoc();
	}
	return false;
}

/** Returns whether an object of @type can refer to an element that it does not contain. */
bool refers(QualType type)
{
	if (const auto *made =
		    dyn_cast_or_null<ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
	    made != nullptr && is_class(type, {"variant", "tuple"}))
		return llvm::any_of(made->getTemplateArgs()[0].getPackAsArray(),
				    [](const auto &of) { return refers(of.getAsType()); });
	const auto *record = type->getAsCXXRecordDecl();
	return type->isPointerType() || type->isReferenceType() || is_class(type, referring) ||
	       is_class(type, opened) || (record != nullptr && is_view_of_ranges(*record));
}

/** Returns whether @type is a class of the user's with a span or a text of its own. */
bool has_view(Lint &lint, QualType type)
{
	const auto *record = type->getAsCXXRecordDecl();
	return record != nullptr && record->hasDefinition() && !record->isLambda() &&
	       lint.files().origin(record->getLocation()) == Origin::user &&
	       llvm::any_of(record->getDefinition()->fields(), [](const FieldDecl *field) {
		       return is_class(field->getType(), {"span", "basic_string_view"}) &&
			      !field->getType()->isReferenceType();
	       });
}

/** Returns whether an object of the class @type refers to the object that it is made of. */
bool refers_to_object(QualType type)
{
	const auto *made =
		dyn_cast_or_null<ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
	return is_class(type, {"reference_wrapper"}) ||
	       (made != nullptr && made->getTemplateArgs().size() != 0 &&
		made->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
		made->getTemplateArgs()[0].getAsType()->isReferenceType());
}

bool has_type(const Expr &expression, QualType type)
{
	return expression.getType().getCanonicalType().getUnqualifiedType() ==
	       type.getCanonicalType().getUnqualifiedType();
}

/** Returns the expression whose value @expression has, without conversions and temporaries. */
const Expr &bare(const Expr &expression)
{
	const auto *inner = expression.IgnoreParenCasts()->IgnoreImplicit();
	if (const auto *block = dyn_cast<StmtExpr>(inner); block != nullptr)
		if (const auto *last =
			    dyn_cast_or_null<Expr>(block->getSubStmt()->getStmtExprResult()))
			return bare(*last);
	return inner == &expression ? *inner : bare(*inner);
}

/** Returns whether @call takes the pointer out of a Result, or out of another class with one. */
bool opens(const CallExpr &call)
{
	const auto *object = object_of(call);
	return object != nullptr && is_class(bare(*object).getType(), opened);
}

/** Returns whether the result of @call is the value in an optional, and no pointer of another's. */
bool is_value_of_optional(const CallExpr &call)
{
	const auto *object = object_of(call);
	const auto *function = call.getDirectCallee();
	return object != nullptr && function != nullptr &&
	       is_class(object->getType(), {"optional"}) &&
	       (call.isGLValue() ? !refers(call.getType())
				 : function->getOverloadedOperator() == OO_Arrow);
}

/** Returns the fields of @list's class, in the order of its values; none for a class with bases. */
std::vector<const FieldDecl *> fields_of(const InitListExpr &list)
{
	const auto *record = list.getType()->getAsCXXRecordDecl();
	if (record == nullptr || record->isUnion() || record->getNumBases() != 0)
		return {};
	std::vector<const FieldDecl *> fields;
	for (const auto *field : record->fields())
		if (!field->isUnnamedBitField())
			fields.push_back(field);
	return fields;
}

/** Returns whether @variable is that of a for statement, which walks.cc looks at. */
bool is_of_loop(ASTContext &ast, const ValueDecl *variable)
{
	if (variable == nullptr)
		return false;
	const auto declared = ast.getParents(*variable);
	if (declared.empty() || declared[0].get<DeclStmt>() == nullptr)
		return false;
	const auto outer = ast.getParents(declared[0]);
	return !outer.empty() && outer[0].get<ForStmt>() != nullptr;
}

ObjectPath path_to(const ValueDecl *variable)
{
	return {.root = variable, .members = {}};
}

/** Returns the path to the object @rest of *this, where @outer is *this. */
ObjectPath path_to(ObjectPath outer, const ObjectPath &rest)
{
	outer.members.insert(outer.members.end(), rest.members.begin(), rest.members.end());
	return outer;
}

bool is_within(const ObjectPath &place, const ObjectPath &outer)
{
	return place.behind(outer, nullptr).has_value();
}

} // namespace

std::optional<ObjectPath> kept_place(const Expr &expression)
{
	const auto &inner = *expression.IgnoreParenImpCasts();
	if (const auto *variable = named_variable(inner); variable != nullptr)
		return variable->getType()->isReferenceType() ? std::nullopt
							      : std::optional(path_to(variable));
	const auto *member = dyn_cast<MemberExpr>(&inner);
	return member == nullptr || member->getMemberDecl()->getType()->isReferenceType()
		       ? std::nullopt
		       : object_path(inner);
}

bool ElementNames::join(const ElementNames &other)
{
	bool is_new = false;
	for (const auto &[place, bound] : other.bound_) {
		const auto [at, added] = bound_.try_emplace(place, bound);
		is_new |= added || (bound.is_stale && !at->second.is_stale);
		at->second.is_stale |= bound.is_stale;
	}
	return is_new;
}

bool ElementNames::is_stale(const ObjectPath &place) const
{
	const auto found = bound_.find(place);
	return found != bound_.end() && found->second.is_stale;
}

void ElementNames::forget(const ObjectPath &place)
{
	std::erase_if(bound_, [&](const auto &each) { return is_within(each.first, place); });
}

void ElementNames::bind(const ObjectPath &place, const Expr *value)
{
	if (value == nullptr) {
		forget(place);
		return;
	}
	if (const auto container = of_pointer(*value)) {
		forget(place);
		bind_element(place, *container);
		return;
	}
	if (const auto *lambda = dyn_cast<LambdaExpr>(&bare(*value))) {
		bind_captures(place, *lambda);
		return;
	}
	copy_members(place, *value);
	if (const auto *list = dyn_cast<InitListExpr>(&bare(*value)))
		bind_members(place, *list);
}

// A lambda with a reference to an element is a name of it.
void ElementNames::bind_captures(const ObjectPath &place, const LambdaExpr &lambda)
{
	forget(place);
	for (const auto &capture : lambda.captures()) {
		const auto *variable =
			capture.capturesVariable() ? capture.getCapturedVar() : nullptr;
		const auto *made = dyn_cast_or_null<VarDecl>(variable);
		if (made != nullptr && made->isInitCapture() && made->getInit() != nullptr) {
			if (const auto container = made->getType()->isReferenceType()
							   ? of_object(*made->getInit())
							   : of_pointer(*made->getInit()))
				bind_element(place, *container);
			continue;
		}
		if (variable == nullptr || (capture.getCaptureKind() == LCK_ByRef &&
					    !variable->getType()->isReferenceType()))
			continue;
		if (const auto known = bound_.find(path_to(variable)); known != bound_.end())
			bound_[place] = known->second;
	}
}

// Gives @place the names that the object @value has in its members.
void ElementNames::copy_members(const ObjectPath &place, const Expr &value)
{
	const auto *made = dyn_cast<CXXConstructExpr>(&bare(value));
	const bool copies = made != nullptr && made->getNumArgs() == 1;
	const auto from = kept_place(copies ? bare(*made->getArg(0)) : bare(value));
	Names copied;
	for (const auto &[name, bound] : bound_)
		if (const auto rest = from ? name.behind(*from, nullptr) : std::nullopt)
			copied[path_to(place, *rest)] = bound;
	forget(place);
	bound_.merge(copied);
}

void ElementNames::bind_members(const ObjectPath &place, const InitListExpr &list)
{
	const auto fields = fields_of(list);
	for (unsigned i = 0; i < fields.size() && i < list.getNumInits(); ++i) {
		const auto member = path_to(place, {.root = nullptr, .members = {fields[i]}});
		if (!fields[i]->getType()->isReferenceType())
			bind(member, list.getInit(i));
		else if (const auto container = of_object(*list.getInit(i)))
			bind_element(member, *container);
	}
}

void ElementNames::bind_reference(const VarDecl &variable, const Expr &object)
{
	forget(path_to(&variable));
	if (const auto container = of_object(object))
		bind_element(path_to(&variable), *container);
}

void ElementNames::bind_element(const ObjectPath &place, const ObjectPath &container)
{
	bound_[place] = {.container = container, .is_stale = false};
}

// Notes where the elements of a container are that is moved from.
void ElementNames::move(const Moved &moved)
{
	if (moved.where == Moved::Where::stay)
		return;
	if (moved.where == Moved::Where::elsewhere)
		std::erase_if(bound_, [&](const auto &each) {
			return is_within(each.second.container, moved.from);
		});
	for (auto &[place, bound] : bound_) {
		const auto rest = bound.container.behind(moved.from, nullptr);
		if (rest && moved.where == Moved::Where::end)
			bound.is_stale = true;
		else if (rest)
			bound.container = path_to(moved.owner, *rest);
	}
}

void ElementNames::end(const VarDecl &variable)
{
	for (auto &[place, bound] : bound_)
		bound.is_stale = bound.is_stale || bound.container.root == &variable;
}

// Forgets the names in members of @object, which may be null.
void ElementNames::forget_within(const Expr *object)
{
	const auto path = object == nullptr ? std::nullopt : object_path(*object);
	if (path)
		std::erase_if(bound_, [&](const auto &each) {
			return each.first != *path && is_within(each.first, *path);
		});
}

// A function may set what it gets by reference, and what a lambda has by reference.
void ElementNames::forget_what_is_set(const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr || (function->isInStdNamespace() && call.isGLValue()))
		return; // std::move() and its like
	for (unsigned i = 0; i < function->getNumParams(); ++i) {
		const auto type = function->getParamDecl(i)->getType();
		const auto *argument = argument_of(call, *function, i);
		if (argument == nullptr || !gives_access(type))
			continue;
		forget_within(argument);
		const auto *taken = dyn_cast<UnaryOperator>(argument->IgnoreParenImpCasts());
		const bool by_address = taken != nullptr && taken->getOpcode() == UO_AddrOf;
		if (const auto place = by_address              ? kept_place(*taken->getSubExpr())
				       : type->isPointerType() ? std::nullopt
							       : kept_place(*argument))
			forget(*place);
	}
	const auto *method = dyn_cast<CXXMethodDecl>(function);
	if (method != nullptr && !method->isConst())
		forget_within(object_of(call));
	if (method == nullptr || !method->getParent()->isLambda())
		return;
	for (const auto &capture : method->getParent()->captures())
		if (capture.capturesVariable() && capture.getCaptureKind() == LCK_ByRef &&
		    !capture.getCapturedVar()->getType()->isReferenceType())
			forget(path_to(capture.getCapturedVar()));
}

void ElementNames::call(const CallExpr &call)
{
	const auto *object = disturbed_by(*lint_, call, Disturbed::elements);
	const auto path = object == nullptr ? std::nullopt : object_path(*object);
	const auto *guard = guard_released_by(*lint_, call);
	const auto released = guard == nullptr ? std::nullopt : object_path(*guard);
	for (auto &[place, bound] : bound_)
		bound.is_stale =
			bound.is_stale || path == bound.container ||
			(released && is_within(bound.container, *released)) ||
			disturbs_within(*lint_, call, bound.container, Disturbed::elements);
	const auto *ended = ended_by(*lint_, call);
	const auto found = ended == nullptr ? bound_.end() : find(*ended);
	if (found != bound_.end() && !is_of_loop(lint_->ast(), found->first.root))
		bound_.at(found->first).is_stale = true;
	forget_what_is_set(call);
	move(moved_by(*lint_, call));
}

std::optional<ObjectPath> ElementNames::of_object(const Expr &expression) const
{
	const auto &object = bare(expression);
	if (const auto *member = dyn_cast<MemberExpr>(&object)) {
		if (member->getMemberDecl()->getType()->isReferenceType())
			return of_name(object);
		return member->isArrow() ? of_pointer(*member->getBase())
					 : of_object(*member->getBase());
	}
	if (const auto *followed = dyn_cast<UnaryOperator>(&object);
	    followed != nullptr && followed->getOpcode() == UO_Deref)
		return of_pointer(*followed->getSubExpr());
	if (const auto *choice = dyn_cast<AbstractConditionalOperator>(&object)) {
		const auto one = of_object(*choice->getTrueExpr());
		return one ? one : of_object(*choice->getFalseExpr());
	}
	if (const auto *call = dyn_cast<CallExpr>(&object))
		return call->getType()->isPointerType() && !call->isGLValue() ? std::nullopt
									      : of_call(*call);
	return object.isGLValue() ? of_name(object) : std::nullopt;
}

std::optional<ObjectPath> ElementNames::of_pointer(const Expr &expression) const
{
	const auto &pointer = bare(expression);
	if (const auto *taken = dyn_cast<UnaryOperator>(&pointer);
	    taken != nullptr && taken->getOpcode() == UO_AddrOf)
		return of_object(*taken->getSubExpr());
	if (const auto *made = dyn_cast<CXXConstructExpr>(&pointer))
		return made->getNumArgs() != 0 && (refers(made->getType()) ||
						   has_view(*lint_, made->getType()))
			       ? of_argument(*made->getArg(0), refers_to_object(made->getType()))
			       : std::nullopt;
	if (const auto *choice = dyn_cast<AbstractConditionalOperator>(&pointer)) {
		const auto one = of_pointer(*choice->getTrueExpr());
		return one ? one : of_pointer(*choice->getFalseExpr());
	}
	if (const auto *sum = dyn_cast<BinaryOperator>(&pointer))
		return sum->isAdditiveOp() && sum->getType()->isPointerType()
			       ? of_pointer(*sum->getLHS())
			       : std::nullopt;
	if (const auto *call = dyn_cast<CallExpr>(&pointer)) {
		if (is_std_move(*call))
			return of_pointer(*call->getArg(0));
		// A copy of an element is not in the container, nor is what an owner is moved to.
		return call->isGLValue() && !(opens(*call) && refers(call->getType()))
			       ? std::nullopt
			       : of_call(*call);
	}
	return kept_place(pointer) ? of_name(pointer) : std::nullopt;
}

ElementNames::Names::const_iterator ElementNames::find(const Expr &expression) const
{
	const auto *made = dyn_cast<CXXConstructExpr>(&bare(expression)); // a copy for a call
	const auto &name = made != nullptr && made->getNumArgs() == 1 ? bare(*made->getArg(0))
								      : bare(expression);
	const auto *variable = named_variable(name);
	const auto place =
		variable != nullptr ? std::optional(path_to(variable)) : object_path(name);
	return place ? bound_.find(*place) : bound_.end();
}

/** Returns the container of the name @expression, which is bound already. */
std::optional<ObjectPath> ElementNames::of_name(const Expr &expression) const
{
	const auto found = find(expression);
	return found == bound_.end() ? std::nullopt : std::optional(found->second.container);
}

/** Returns the container in which the result of @call is, or into which it points. */
std::optional<ObjectPath> ElementNames::of_call(const CallExpr &call) const
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr)
		return std::nullopt;
	if (lint_->files().origin(function->getLocation()) == Origin::user)
		return (*of_user_call_)(call);
	const auto *method = dyn_cast<CXXMethodDecl>(function);
	if (is_value_of_optional(call))
		return object_path(*object_of(call));
	if (method != nullptr && is_container(*lint_, *method->getParent()) &&
	    !method->isInStdNamespace())
		return is_bound_to_object(*method) ? object_path(*object_of(call)) : std::nullopt;
	// An iterator's, a view's or a Result's own function
	if (const auto *object = object_of(call); object != nullptr)
		if (const auto container = of_pointer(*object))
			return refers(function->getReturnType()) ||
					       has_type(call, object->getType())
				       ? container
				       : std::nullopt;
	return is_of_std(*function) ? of_std_call(call) : std::nullopt;
}

/** Returns the container that @argument is or points into, or, if it @is_referred_to, is in. */
std::optional<ObjectPath> ElementNames::of_argument(const Expr &argument, bool is_referred_to) const
{
	const auto *record = argument.getType()->getAsCXXRecordDecl();
	if (record != nullptr && is_container(*lint_, *record) &&
	    !is_class(argument.getType(), {"Box", "Arc", "optional"}))
		return object_path(argument);
	const auto container = of_pointer(argument);
	return container || !is_referred_to ? container : of_object(argument);
}

// Results of std::find(), std::next(), std::move(), std::ranges::max_element() are of an argument.
std::optional<ObjectPath> ElementNames::of_std_call(const CallExpr &call) const
{
	if (is_std_move(call)) // of a container it is the container, and no element
		return of_object(*call.getArg(0));
	const bool is_object = call.isGLValue() || refers_to_object(call.getType());
	for (const auto *argument : call.arguments())
		if (is_object || refers(call.getType()) || has_type(call, argument->getType()))
			if (const auto container = of_argument(*argument, is_object))
				return container;
	return std::nullopt;
}

} // namespace kcxx::lint
