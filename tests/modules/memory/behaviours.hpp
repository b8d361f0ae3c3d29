// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A behaviour is a function that returns an error if what it states does not hold, and leaves no
/// object behind. A module logs one line for each.

#pragma once

#include <utility>

#include <kernel/prelude.hpp>

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			pr_err("does not hold: %s\n", #condition);                                 \
			return std::unexpected(EINVAL);                                            \
		}                                                                                  \
	} while (false)

#define BEHAVES(name)                                                                              \
	Behaviour                                                                                  \
	{                                                                                          \
		#name, name                                                                        \
	}

using namespace kernel;

namespace
{

int alive; // objects of the classes below

struct Counted {
	explicit Counted(int v) : value{v} { ++alive; }
	Counted(const Counted &other) noexcept : value{other.value} { ++alive; }
	Counted(Counted &&other) noexcept : value{std::exchange(other.value, -1)} { ++alive; }
	Counted &operator=(Counted &&other) noexcept
	{
		value = std::exchange(other.value, -1);
		return *this;
	}
	virtual ~Counted()
	{
		--alive;
		value = -2;
	}
	virtual int twice() const { return 2 * value; }

	int value;
};

struct Padding {
	virtual ~Padding() = default;

	long room[3] = {1, 2, 3};
};

struct Derived : Padding, Counted {
	explicit Derived(int v) : Counted{v} {}
	int twice() const override { return 200 * value; }
};

struct Fixed {
	explicit Fixed(int v) : self{this}, value{v} { ++alive; }
	Fixed(Fixed &&) = delete;
	~Fixed() { --alive; }

	Fixed *self;
	int value;
};

struct Behaviour {
	const char *name;
	Result<> (*run)();
};

/// Runs @behaviour: 0, or the errno that it returned; EBUSY if it left objects
int outcome(const Behaviour &behaviour)
{
	const Result<> result = behaviour.run();
	if (alive != 0) {
		pr_err("%d objects are left\n", std::exchange(alive, 0));
		return EBUSY.to_errno();
	}
	return result ? 0 : result.error().to_errno();
}

[[maybe_unused]] void report(const Behaviour &behaviour)
{
	if (const int error = outcome(behaviour); error == 0)
		pr_info("%s: holds\n", behaviour.name);
	else
		pr_info("%s: fails with %d\n", behaviour.name, error);
}

} // namespace
