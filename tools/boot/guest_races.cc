// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/guest_races.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

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

// Returns whether @title, "BUG: KCSAN: data-race in store [pump] / vfs_read", has a function of one
// of @modules.
bool names_one(std::string_view title, const std::vector<ModuleResult> &modules)
{
	return std::ranges::any_of(modules, [title](const ModuleResult &module) {
		return title.contains("[" + module.file.name + "]");
	});
}

} // namespace

std::string guest_races(const GuestPlan &plan)
{
	if (plan.sanitizer != "kcsan")
		return "watch_races() { :; }\n";
	return std::string(race_functions);
}

void drop_foreign_races(GuestReport &report)
{
	for (auto &line : report.log)
		if (line.complaint != Complaint::none && line.text.starts_with("BUG: KCSAN: ") &&
		    !names_one(line.text, report.modules))
			line.complaint = Complaint::none;
}

} // namespace kcxx
