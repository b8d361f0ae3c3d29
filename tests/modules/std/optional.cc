// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <optional>

#include <utility>

#include "probes.hpp"

bool probes::try_optional_holds_a_value()
{
	std::optional<int> o;
	const bool none = !o && o.value_or(4) == 4;
	o = 3 + zero();
	const bool held = o.value() == 3 && *o == 3;
	o.reset();
	return none && held && !o.has_value();
}

bool probes::try_optional_goes_on()
{
	const std::optional<int> o{3 + zero()};
	const auto even = [](int n) { return n % 2 == 0 ? std::optional{n} : std::nullopt; };
	return o.transform([](int v) { return v + 1; }).and_then(even) == 4 && !o.and_then(even) &&
	       o.and_then(even).or_else([] { return std::optional{9}; }) == 9;
}

bool probes::try_optional_compares()
{
	const std::optional<int> none;
	const std::optional<int> one{std::in_place, 1 + zero()};
	std::optional<int> two = std::make_optional(2);
	two.emplace(3);
	return none < one && one < two && one == 1 && none == std::nullopt && (two <=> one) > 0;
}

bool probes::try_optional_destroys_its_value()
{
	struct Counted {
		explicit Counted(int &of) : count{&of} { ++*count; }
		Counted(const Counted &) = delete;
		Counted &operator=(const Counted &) = delete;
		~Counted() { --*count; }
		int *count;
	};
	int alive = zero();
	std::optional<Counted> o{std::in_place, alive};
	const bool was = alive == 1;
	o = std::nullopt;
	return was && alive == 0;
}
