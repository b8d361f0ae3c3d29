// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A function that runs when a scope ends. C API: none; C has __free() of <linux/cleanup.h>.

#pragma once

#include <type_traits>
#include <utility>

namespace kernel
{

/// Calls a function when it ends, unless it was dismissed: undoes what C did so far, on each way
/// out of a function.
///
///     pci_enable(device);
///     kernel::ScopeGuard disable{[&] { pci_disable(device); }};
///     KTRY(start(device)); // on an error, the device is disabled
///     disable.dismiss();
///
/// Neither copied nor moved. Context: the function's.
template <typename Function>
class [[nodiscard]] ScopeGuard
{
	static_assert(std::is_void_v<decltype(std::declval<Function &>()())>,
		      "kcxx-E1485: a function that undoes something cannot fail: it returns void");

public:
	/// Keeps `function` for the end of the scope.
	explicit constexpr ScopeGuard(Function function) noexcept : function_{std::move(function)}
	{
	}

	ScopeGuard(const ScopeGuard &) = delete;
	ScopeGuard &operator=(const ScopeGuard &) = delete;

	/// Calls the function, unless dismiss() was called.
	constexpr ~ScopeGuard()
	{
		if (active_)
			function_();
	}

	/// The function is not called: what it would undo stays.
	constexpr void dismiss() noexcept { active_ = false; }

private:
	Function function_;
	bool active_ = true;
};

} // namespace kernel
