// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Callables in the kernel's chains of notifiers. C API: struct notifier_block of
/// <linux/notifier.h>.

#pragma once

#include <utility>

#include <generated/bindings/reboot/notified.hpp>
#include <kernel/error.hpp>
#include <kernel/module/live_objects.hpp>
#include <kernel/sync/context.hpp>

namespace kernel::detail
{

/// A callable's place in a chain, which calls it as long as this lives.
///
/// \tparam Chain has `static int add(::notifier_block *)`, `static void remove(::notifier_block
/// *)`, `static constexpr bool atomic`, `static void call(Callable &, unsigned long event)`, and
/// the type `Owner`, by which the log names what outlives its module
template <typename Chain>
class Notified
{
public:
	Notified() = default;
	Notified(const Notified &) = delete;
	Notified &operator=(const Notified &) = delete;
	virtual ~Notified() = default;

	Result<> add(int priority) KCXX_MAY_SLEEP
	{
		block_.raw.notifier_call = &entry;
		block_.raw.priority = priority;
		block_.of = this;
		KTRY(to_result(Chain::add(&block_.raw)));
		added_ = true;
		return {};
	}

protected:
	void remove() KCXX_MAY_SLEEP
	{
		if (std::exchange(added_, false))
			Chain::remove(&block_.raw);
	}

private:
	struct Block {
		::notifier_block raw{};
		Notified *of = nullptr;
	};

	virtual void call(unsigned long event) noexcept = 0;

	/// C's function. The next one of the chain is called in any case.
	static int entry(::notifier_block *raw, unsigned long event, void * /*data*/)
	{
		if constexpr (Chain::atomic)
			in_atomic_context();
		// SAFETY: the first member of a Block
		reinterpret_cast<Block *>(raw)->of->call(event);
		return 0;
	}

	[[no_unique_address]] CountedLife<typename Chain::Owner> life_;
	Block block_;
	bool added_ = false;
};

/// The same with its callable
template <typename Chain, typename Callable>
class NotifiedCallable final : public Notified<Chain>
{
public:
	explicit NotifiedCallable(Callable &&callable) : callable_{std::move(callable)} {}
	NotifiedCallable(const NotifiedCallable &) = delete;
	NotifiedCallable &operator=(const NotifiedCallable &) = delete;
	~NotifiedCallable() override { this->remove(); } // then the callable is destroyed

private:
	void call(unsigned long event) noexcept override { Chain::call(callable_, event); }

	Callable callable_;
};

} // namespace kernel::detail
