// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <variant>

#include <utility>

#include "probes.hpp"

bool probes::try_variant_visits()
{
	struct Kinds {
		int operator()(int /*v*/) const { return 1; }
		int operator()(long /*v*/) const { return 2; }
	};
	std::variant<int, long> v{3 + zero()};
	const int before = std::visit(Kinds{}, v);
	v = 4L;
	return before == 1 && std::visit(Kinds{}, v) == 2 &&
	       std::visit<long>([](auto a, auto b) { return a + b; }, v, v) == 8;
}

bool probes::try_variant_gets()
{
	std::variant<std::monostate, int, char> v;
	const bool nothing = std::holds_alternative<std::monostate>(v);
	v.emplace<char>(static_cast<char>('c' + zero()));
	return nothing && std::get<char>(v) == 'c' && v.index() == 2 &&
	       std::get_if<int>(&v) == nullptr && !v.valueless_by_exception();
}

bool probes::try_variant_compares()
{
	using Either = std::variant<int, char>;
	const Either one{1 + zero()};
	const Either letter{'a'};
	return one < letter && one == Either{1} && (one <=> Either{0}) > 0;
}

bool probes::try_variant_destroys_its_value()
{
	struct Counted {
		explicit Counted(int &of) : count{&of} { ++*count; }
		Counted(const Counted &) = delete;
		Counted &operator=(const Counted &) = delete;
		~Counted() { --*count; }
		int *count;
	};
	int alive = zero();
	std::variant<int, Counted> v{std::in_place_index<1>, alive};
	const bool was = alive == 1;
	v = 3;
	return was && alive == 0;
}
