// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Numbers from user space as sizes, indexes, shifts and bounds of loops, in all functions of a
// source.
#include "lint/rules.hpp"
#include "lint/user_calls.hpp"
#include "lint/user_declarations.hpp"
#include "lint/user_follower.hpp"

#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Calls @apply for each function of the user's that has a body, in instances of templates too. */
template <typename Apply>
class Functions : public RecursiveASTVisitor<Functions<Apply>>
{
public:
	explicit Functions(Apply apply) : apply_(apply) {}

	bool shouldVisitTemplateInstantiations() const { return true; }

	bool VisitFunctionDecl(FunctionDecl *function)
	{
		apply_(*function);
		return true;
	}

private:
	Apply apply_;
};

/** Returns whether @function is followed by itself: a lambda is a part of its function. */
bool is_of_its_own(const FunctionDecl &function)
{
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	return function.doesThisDeclarationHaveABody() &&
	       (method == nullptr || !method->getParent()->isLambda());
}

} // namespace

// A member that gets such a number may give it to another member, which the next round finds.
void UserCalls::find_members()
{
	for (std::size_t known = 0, rounds = 0; rounds < 4; ++rounds) {
		Functions each([&](const FunctionDecl &function) {
			if (is_of_its_own(function))
				(void)result_of(function, {});
		});
		each_of_user(lint_, *lint_.ast().getTranslationUnitDecl(),
			     [&](Decl &declaration) { each.TraverseDecl(&declaration); });
		results_.clear();
		if (std::exchange(known, members_.revision()) == members_.revision())
			break;
	}
	reports_ = true;
}

const UserResult *UserCalls::result_of(const FunctionDecl &function,
				       const UserNumbers::Facts &given)
{
	const FunctionDecl *defined = nullptr;
	if (!function.hasBody(defined) || followed_.contains(defined) ||
	    followed_.size() >= deepest || results_.size() >= most)
		return nullptr;
	const Key key{defined, given};
	if (const auto known = results_.find(key); known != results_.end())
		return &known->second;
	followed_.insert(defined);
	auto result = UserFollower(lint_, *this, *defined, given).follow();
	followed_.erase(defined);
	return &results_.try_emplace(key, std::move(result)).first->second;
}

void UserCalls::check(const FunctionDecl &function)
{
	if (!reports_)
		find_members();
	if (is_of_its_own(function))
		(void)result_of(function, {});
}

void user_values(UserCalls &calls, const FunctionDecl &function)
{
	calls.check(function);
}

} // namespace kcxx::lint
