// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The results of kcxx-lint: findings, and blocks that are marked KCXX_UNSAFE.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace kcxx::lint
{

/** A rule, as its findings are explained. */
struct Rule {
	std::string_view id;   // "kcxx-safe-cast"
	std::string_view what; // the finding, behind the place
	std::string_view needed;
	std::string_view rewrite;

	/** Returns whether only files that are KCXX_SAFE have to keep it. */
	[[nodiscard]] bool is_of_the_safe_profile() const { return id.starts_with("kcxx-safe-"); }
};

struct Place {
	std::string file;
	unsigned line = 0;
	unsigned column = 0;

	auto operator<=>(const Place &) const = default;
};

struct Finding {
	Place place;
	const Rule *rule = nullptr;
	std::string found; // the text of the source, and perhaps more behind it

	[[nodiscard]] auto key() const { return std::tie(place, rule->id); }
	bool operator<(const Finding &other) const { return key() < other.key(); }
};

/** A block that is marked KCXX_UNSAFE. */
struct UnsafeBlock {
	Place place;
	std::string reason;
	std::set<std::string_view> rules; // that it breaks

	bool operator<(const UnsafeBlock &other) const { return place < other.place; }
};

struct Results {
	std::vector<Finding> findings;
	std::vector<UnsafeBlock> blocks;
};

} // namespace kcxx::lint
