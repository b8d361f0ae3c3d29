// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/guest_leaks.hpp"

#include <string_view>

namespace kcxx
{

namespace
{

// kmemleak knows functions of modules that are gone by their addresses only. The kernel prints
// where it puts the sections of each module that it loads.
//
// kmemleak reports memory that is at least five seconds old, and that two scans did not find.
constexpr std::string_view functions = R"sh(
watch_loads() {
	echo 'func move_module +p' >/proc/dynamic_debug/control
} 2>/dev/null
leaks() {
	file=/sys/kernel/debug/kmemleak
	[ -w $file ] || return 0
	sleep 6
	echo scan >$file
	echo scan >$file
	head -n 400 $file | while IFS= read -r line; do mark "leak $line"; done
	prove "sought $(grep -c '^unreferenced object' $file)"
}
)sh";

} // namespace

std::string guest_leaks(const GuestPlan &plan)
{
	if (plan.sanitizer.empty())
		return "watch_loads() { :; }\nleaks() { :; }\n";
	return std::string(functions);
}

} // namespace kcxx
