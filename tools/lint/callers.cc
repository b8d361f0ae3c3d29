// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/callers.hpp"

#include <algorithm>
#include <array>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr int deepest = 3; // Vec<std::optional<Timer<...>>>

const CXXRecordDecl *caller_within(QualType type, int depth)
{
	const auto *record = type->getAsCXXRecordDecl();
	if (record == nullptr || record->getIdentifier() == nullptr || depth > deepest)
		return nullptr;
	const auto *space = dyn_cast<NamespaceDecl>(record->getEnclosingNamespaceContext());
	const bool library = space != nullptr && space->getIdentifier() != nullptr &&
			     space->getName() == "kernel";
	static constexpr std::array names = {"Timer",         "HrTimer",       "Work",
					     "DelayedWork",   "KThread",       "Closure",
					     "Irq",           "ThreadedIrq",   "RebootNotifier",
					     "PanicNotifier", "SysOffHandler", "FirmwareLoader"};
	if (library &&
	    std::ranges::any_of(names, [&](const auto *name) { return record->getName() == name; }))
		return record;
	// Vec<KThread>, std::optional<Timer<...>>
	const auto *instance = dyn_cast<ClassTemplateSpecializationDecl>(record);
	if (instance == nullptr || !(library || record->isInStdNamespace()))
		return nullptr;
	for (const auto &argument : instance->getTemplateArgs().asArray())
		if (argument.getKind() == TemplateArgument::Type)
			if (const auto *found = caller_within(argument.getAsType(), depth + 1))
				return found;
	return nullptr;
}

/** Finds the lambdas that are given to functions of some classes. */
class Started : public RecursiveASTVisitor<Started>
{
public:
	explicit Started(ArrayRef<StringRef> keepers) : keepers_(keepers) {}

	bool VisitCallExpr(CallExpr *call)
	{
		const auto *function = dyn_cast_or_null<CXXMethodDecl>(call->getDirectCallee());
		if (function == nullptr || function->getParent()->getIdentifier() == nullptr ||
		    !llvm::is_contained(keepers_, function->getParent()->getName()))
			return true;
		for (auto *argument : call->arguments())
			if (const auto *lambda = given_lambda(*argument);
			    lambda != nullptr &&
			    std::ranges::any_of(lambda->captures(), [](const auto &capture) {
				    return capture.capturesThis();
			    }))
				lambdas.push_back(lambda);
		return true;
	}

	std::vector<const LambdaExpr *> lambdas;

private:
	ArrayRef<StringRef> keepers_;
};

bool is_in_space(const Decl &declaration, StringRef name)
{
	const auto *space = dyn_cast<NamespaceDecl>(
		declaration.getDeclContext()->getEnclosingNamespaceContext());
	return space != nullptr && space->getIdentifier() != nullptr && space->getName() == name;
}

/** Returns whether @instance, of the library, is a file of /sys or of debugfs. */
bool is_of_a_file(const CXXRecordDecl &instance)
{
	return is_in_space(instance, "sysfs") || instance.getName() == "ValueFile";
}

/** Returns whether @function is read() or write() of a sensor: its first argument names a file. */
bool is_of_a_sensor(const CXXMethodDecl &function)
{
	const auto *kind = function.getNumParams() == 0
				   ? nullptr
				   : function.getParamDecl(0)->getType()->getAsTagDecl();
	return kind != nullptr && is_in_space(*kind, "hwmon");
}

/** Returns whether @function is a system call of an open file: its first argument is the File. */
bool is_of_an_open_file(const CXXMethodDecl &function)
{
	const auto *file = function.getNumParams() == 0 || function.isStatic()
				   ? nullptr
				   : function.getParamDecl(0)
					     ->getType()
					     .getNonReferenceType()
					     ->getAsCXXRecordDecl();
	return file != nullptr && file->getIdentifier() != nullptr && file->getName() == "File" &&
	       is_in_space(*file, "kernel");
}

/** Finds the calls of objects that others have as well: edu->level() of an access or an Arc. */
class SharedCalls : public RecursiveASTVisitor<SharedCalls>
{
public:
	bool VisitCXXMemberCallExpr(CXXMemberCallExpr *call)
	{
		const auto *object = dyn_cast<CXXOperatorCallExpr>(
			call->getImplicitObjectArgument()->IgnoreParenImpCasts());
		const auto *owner = object == nullptr || object->getNumArgs() != 1
					    ? nullptr
					    : object->getArg(0)->getType()->getAsCXXRecordDecl();
		if (owner != nullptr && owner->getIdentifier() != nullptr &&
		    (owner->getName() == "Access" || owner->getName() == "Arc") &&
		    call->getMethodDecl() != nullptr)
			functions.insert(call->getMethodDecl()->getCanonicalDecl());
		return true;
	}

	std::set<const CXXMethodDecl *> functions;
};

} // namespace

bool is_of_device(const CXXRecordDecl &caller)
{
	return caller.getName() == "Irq" || caller.getName() == "ThreadedIrq";
}

const LambdaExpr *given_lambda(const Expr &argument)
{
	const auto *expression = argument.IgnoreUnlessSpelledInSource();
	if (const auto *call = dyn_cast<CallExpr>(expression);
	    call != nullptr && is_std_move(*call))
		expression = call->getArg(0)->IgnoreUnlessSpelledInSource();
	if (const auto *name = dyn_cast<DeclRefExpr>(expression))
		if (const auto *variable = dyn_cast<VarDecl>(name->getDecl());
		    variable != nullptr && variable->hasInit())
			expression = variable->getInit()->IgnoreUnlessSpelledInSource();
	return dyn_cast<LambdaExpr>(expression);
}

const FunctionDecl *run_in(const CXXRecordDecl &record, const CXXMethodDecl &called)
{
	const auto *overriding =
		called.isVirtual() ? called.getCorrespondingMethodInClass(&record) : nullptr;
	const auto &function = overriding == nullptr ? called : *overriding;
	const auto *parent = function.getParent();
	const FunctionDecl *defined = nullptr;
	const bool is_own = parent->getCanonicalDecl() == record.getCanonicalDecl() ||
			    record.isDerivedFrom(parent);
	return is_own && function.hasBody(defined) ? defined : nullptr;
}

bool runs_alone(const CXXMethodDecl &function)
{
	static constexpr std::array<StringRef, 5> names = {"probe", "start", "init", "exit",
							   "remove"};
	return function.getIdentifier() != nullptr && llvm::is_contained(names, function.getName());
}

StringRef library_part(Lint &lint, SourceLocation place)
{
	const auto &sources = lint.ast().getSourceManager();
	const auto path = sources.getFilename(sources.getExpansionLoc(place));
	constexpr StringRef folder = "/include/kernel/";
	const auto at = path.rfind(folder);
	return at == StringRef::npos ? StringRef{}
				     : path.substr(at + folder.size()).take_until([](char letter) {
					       return letter == '/' || letter == '.';
				       });
}

bool is_driver(const CXXRecordDecl &record)
{
	return std::ranges::any_of(record.methods(), [](const CXXMethodDecl *method) {
		return method->isStatic() && method->getIdentifier() != nullptr &&
		       method->getName() == "probe";
	});
}

const CXXRecordDecl *caller_in(QualType type)
{
	return caller_within(type, 0);
}

std::vector<const CXXMethodDecl *> functions_of(const CXXRecordDecl &caller)
{
	std::vector<const CXXMethodDecl *> functions;
	const auto *instance = dyn_cast<ClassTemplateSpecializationDecl>(&caller);
	if (instance == nullptr)
		return functions;
	for (const auto &argument : instance->getTemplateArgs().asArray())
		if (argument.getKind() == TemplateArgument::Declaration)
			if (const auto *function = dyn_cast<CXXMethodDecl>(argument.getAsDecl()))
				functions.push_back(function);
	return functions;
}

std::vector<const LambdaExpr *> lambdas_of(const CXXRecordDecl &record, ArrayRef<StringRef> keepers)
{
	Started started(keepers);
	for (const auto *function : record.methods()) {
		const FunctionDecl *defined = nullptr;
		if (function->hasBody(defined))
			started.TraverseStmt(defined->getBody());
	}
	return started.lambdas;
}

/** Collects the calls in the instances of one template of the library. */
class LibraryCalls::Collector : public RecursiveASTVisitor<Collector>
{
public:
	explicit Collector(LibraryCalls &calls) : calls_(calls) {}

	bool shouldVisitTemplateInstantiations() const { return true; }

	bool VisitCXXMemberCallExpr(CXXMemberCallExpr *call)
	{
		if (const auto *function = call->getMethodDecl();
		    function != nullptr &&
		    calls_.lint_.files().origin(function->getLocation()) == Origin::user)
			calls_.add(*function, library_part(calls_.lint_, call->getBeginLoc()));
		return true;
	}

private:
	LibraryCalls &calls_;
};

void LibraryCalls::add(const CXXMethodDecl &function, StringRef part)
{
	called_.insert(function.getCanonicalDecl());
	parts_.insert({function.getCanonicalDecl(), part});
}

bool LibraryCalls::is_of_user(ArrayRef<TemplateArgument> arguments)
{
	return std::ranges::any_of(arguments, [&](const auto &argument) {
		if (argument.getKind() == TemplateArgument::Pack)
			return is_of_user(argument.pack_elements());
		if (argument.getKind() != TemplateArgument::Type)
			return false;
		const auto *record =
			argument.getAsType().getNonReferenceType()->getAsCXXRecordDecl();
		return record != nullptr &&
		       lint_.files().origin(record->getLocation()) == Origin::user;
	});
}

void LibraryCalls::collect(const DeclContext &context)
{
	Collector collector(*this);
	for (auto *declaration : context.decls()) {
		if (const auto *space = dyn_cast<NamespaceDecl>(declaration))
			collect(*space);
		else if (auto *pattern = dyn_cast<ClassTemplateDecl>(declaration))
			for (auto *instance : pattern->specializations()) {
				for (const auto *function : functions_of(*instance)) {
					called_.insert(function->getCanonicalDecl());
					if (is_of_a_file(*instance))
						at_once_.insert(function->getCanonicalDecl());
				}
				if (is_of_user(instance->getTemplateArgs().asArray()))
					for (auto *part : instance->decls())
						collector.TraverseDecl(part);
			}
		else if (auto *function = dyn_cast<FunctionTemplateDecl>(declaration))
			for (auto *instance : function->specializations())
				if (is_of_user(
					    instance->getTemplateSpecializationArgs()->asArray()))
					collector.TraverseDecl(instance);
	}
}

/** Adds what functions that many tasks call at once call of an object that they share. */
void LibraryCalls::collect_of_shared_objects()
{
	SharedCalls calls;
	for (const auto *function : called_) {
		const FunctionDecl *defined = nullptr;
		if ((is_of_a_sensor(*function) || is_of_an_open_file(*function)) &&
		    function->hasBody(defined)) {
			at_once_.insert(function);
			calls.TraverseStmt(defined->getBody());
		}
	}
	for (const auto *function : calls.functions) {
		add(*function, "fs");
		at_once_.insert(function);
	}
}

void LibraryCalls::collect_all()
{
	if (is_collected_)
		return;
	is_collected_ = true;
	for (const auto *space :
	     lint_.ast().getTranslationUnitDecl()->lookup(&lint_.ast().Idents.get("kernel")))
		if (const auto *kernel = dyn_cast<NamespaceDecl>(space))
			for (const auto *part : kernel->redecls())
				collect(*part);
	collect_of_shared_objects();
}

bool LibraryCalls::has(const CXXMethodDecl &function)
{
	collect_all();
	return called_.contains(function.getCanonicalDecl());
}

bool LibraryCalls::has(const CXXMethodDecl &function, StringRef part)
{
	collect_all();
	return parts_.contains({function.getCanonicalDecl(), part});
}

bool LibraryCalls::at_once(const CXXMethodDecl &function)
{
	collect_all();
	return at_once_.contains(function.getCanonicalDecl());
}

} // namespace kcxx::lint
