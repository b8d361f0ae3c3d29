// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <type_traits>

#include "probes.hpp"

namespace
{

struct Base {
	virtual ~Base() = default;
};

struct Derived : Base {
};

enum class Kind : short { one };

} // namespace

bool probes::try_type_traits_relates_types()
{
	return std::is_integral_v<int> && std::is_base_of_v<Base, Derived> &&
	       std::is_convertible_v<Derived *, Base *> && !std::is_trivially_copyable_v<Derived> &&
	       std::is_invocable_r_v<long, decltype(zero)> && !std::is_constant_evaluated();
}

bool probes::try_type_traits_transforms_types()
{
	std::make_unsigned_t<int> all = 0;
	all -= 1 + static_cast<unsigned>(zero());
	return std::is_same_v<std::remove_cvref_t<const int &>, int> && all > 0 &&
	       std::is_same_v<std::common_type_t<char, long>, long> &&
	       std::is_same_v<std::invoke_result_t<decltype(zero)>, int> &&
	       std::is_same_v<std::underlying_type_t<Kind>, short> && std::is_scoped_enum_v<Kind>;
}
