// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/guest_races.hpp"

#include <algorithm>

namespace kcxx
{

namespace
{

// KCSAN watches one access of so many. A test of a module is short: the kernel's own choice, 4000,
// would let most of its accesses pass.
constexpr std::string_view race_functions = R"sh(
watch_races() {
	echo 400 >/sys/module/kcsan/parameters/skip_watch
	echo on >/sys/kernel/debug/kcsan
}
)sh";

} // namespace

std::string guest_races(const GuestPlan &plan)
{
	if (plan.sanitizer != "kcsan")
		return "watch_races() { :; }\n";
	return std::string(race_functions);
}

bool is_foreign_race(std::string_view line, const std::vector<ModuleResult> &modules)
{
	// "BUG: KCSAN: data-race in store [pump] / vfs_read"
	return line.starts_with("BUG: KCSAN: ") &&
	       std::ranges::none_of(modules, [line](const ModuleResult &module) {
		       return line.contains("[" + module.file.name + "]");
	       });
}

} // namespace kcxx
