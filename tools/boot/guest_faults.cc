// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/guest_faults.hpp"

#include "system/shell_word.hpp"

#include <fmt/format.h>
#include <ranges>

namespace kcxx
{

namespace
{

// Modules are near each other. Where the kernel's own text is near them, too, it is left out.
constexpr std::string_view area = R"sh(
module_area() {
	area=
	for file in /sys/module/*/sections/.text; do
		[ -e "$file" ] && at=$(($(cat "$file"))) || continue
		[ -n "$area" ] && [ $((at >= low)) = 1 ] || low=$at
		[ -n "$area" ] && [ $((at <= high)) = 1 ] || high=$at
		area=known
	done
	[ -n "$area" ] || return 0
	middle=$low low=$((low - 0x1000000)) high=$((high + 0x1000000))
	for word in $(grep -E ' _e?text$' /proc/kallsyms | cut -d ' ' -f 1); do
		at=$((0x$word))
		[ $((at <= middle && at > low)) = 0 ] || low=$at
		[ $((at > middle && at < high)) = 0 ] || high=$at
	done
}
)sh";

// The kernel counts the allocations that it asks its filter about as long as "times" is not 0, and
// lets one fail where the sum is a multiple of "interval". The sum after a round is then that
// multiple, so that the next round's interval is the sum and N.
constexpr std::string_view rounds = R"sh(
attribute() { { echo "$2" >"/sys/kernel/debug/$kind/$1"; } 2>/dev/null; }
filter() {
	attribute require-start "$(printf 0x%x $low)" &&
		attribute require-end "$(printf 0x%x $high)" &&
		attribute stacktrace-depth $depth &&
		attribute ignore-gfp-wait N || return 1
	attribute ignore-gfp-highmem N
	attribute min-order 0
	attribute verbose 2
}
went_wrong() {
	step=$1 name=$2 status=$3
	shift 3
	text=$*
}
script_again() {
	[ -e "$script" ] || return 0
	timeout -s KILL $limit sh "$script" </dev/null >/dev/null 2>&1 9>&-
	again_status=$?
	[ $again_status = $script_status ] || went_wrong script - $again_status
}
fault_round() {
	step= up=
	attribute interval $interval
	attribute times 1
	attribute probability 100
	load_again && script_again
	for module in $up; do
		text=$(rmmod "$module" 2>&1) || {
			went_wrong rmmod "$module" $? "$text"
			attribute probability 0
			return 1
		}
	done
	attribute probability 0
	read -r left <"/sys/kernel/debug/$kind/times"
}
fault_series() {
	sum=0 number=0
	while
		number=$((number + 1))
		interval=$((sum + number))
		mark "failing $number $kind"
		fault_round || return 1
		[ "$left" = 0 ]
	do
		step=
		failures=$((failures + 1))
		[ $number = 1 ] || sum=$interval
	done
	[ -z "$step" ]
}
faults() {
	limit=$((60 + 10 * script_seconds)) failures=0 step=
	for kind in fail_page_alloc failslab; do
		[ -n "$area" ] && filter || went_wrong filter - 1
	done
	[ -n "$step" ] || own_up
	for kind in failslab fail_page_alloc; do
		[ -n "$step" ] || fault_series || break
	done
	[ -n "$step" ] || own_down
	prove "faulted $failures ${step:+$status $step $name $text}"
}
)sh";

// Returns a line that runs @program for the module @name.
std::string step_line(std::string_view program, std::string_view name, std::string_view words)
{
	return fmt::format(
		"\ttext=$({0} {2} 2>&1) || {{ went_wrong {0} {1} $? \"$text\"; return 1; }}\n",
		program, name, words);
}

std::string function(std::string_view name, std::string_view lines)
{
	return fmt::format("{}() {{\n\t:\n{}}}\n", name, lines);
}

} // namespace

std::string guest_faults(const GuestPlan &plan)
{
	if (!plan.faults)
		return "module_area() { :; }\nfaults() { :; }\n";
	// The kernel's own modules stay loaded: their allocations are not the subject.
	std::string up;
	std::string down;
	std::string again;
	for (const auto &module : plan.modules) {
		const auto name = shell_word(module.name);
		const auto load = step_line("insmod", name, insmod_words(plan, module));
		if (module.given)
			again += load + fmt::format("\tup=\"{} $up\"\n", module.name);
		else
			up += load;
	}
	for (const auto &module : plan.modules | std::views::reverse)
		if (const auto name = shell_word(module.name); !module.given)
			down += step_line("rmmod", name, name);
	return fmt::format("depth={}\n", plan.fault_depth) + std::string(area) +
	       std::string(rounds) + function("load_again", again) + function("own_up", up) +
	       function("own_down", down);
}

} // namespace kcxx
