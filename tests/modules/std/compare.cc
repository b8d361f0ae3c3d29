// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <compare>

#include "probes.hpp"

bool probes::try_compare_orders_numbers()
{
	return (1 <=> 2 + zero()) < 0 && std::is_lt(3 <=> 4 + zero()) &&
	       std::compare_three_way{}(2 + zero(), 2) == std::strong_ordering::equal &&
	       std::strong_order(3 + zero(), 1) == std::strong_ordering::greater;
}

bool probes::try_compare_orders_classes()
{
	struct Version {
		int major;
		int minor;
		auto operator<=>(const Version &) const = default;
	};
	const Version old{6, 1 + zero()};
	const Version fresh{6, 12};
	return old < fresh && fresh >= old && old != fresh && (old <=> fresh) < 0;
}

bool probes::try_compare_mixes_categories()
{
	using Mixed =
		std::common_comparison_category_t<std::strong_ordering, std::partial_ordering>;
	const Mixed none = std::partial_ordering::unordered;
	const Mixed less = 1 <=> 2 + zero();
	return !(none < 0) && !(none > 0) && less < 0;
}
