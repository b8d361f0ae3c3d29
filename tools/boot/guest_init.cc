// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/guest_init.hpp"

#include "boot/guest_faults.hpp"
#include "boot/guest_leaks.hpp"
#include "boot/guest_races.hpp"
#include "system/shell_word.hpp"

#include <fmt/format.h>
#include <random>
#include <ranges>

namespace kcxx
{

namespace
{

// The host overwrites the received file while the guest is frozen, perhaps in the middle of a read:
// the first byte is then an old one, and the word is not "take".
constexpr std::string_view init = R"sh(#!/bin/busybox sh
export PATH=/bin HOME=/
/bin/busybox mkdir -p /proc /sys /dev /tmp
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t debugfs debugfs /sys/kernel/debug 2>/dev/null
dmesg -n 8
receive() {
	echo "<5>$waits" >/dev/kmsg
	while
		exec 4<"$received"
		read -r word seconds <&4
		[ "$word" != take ]
	do
		usleep 10000
	done
	date -s "@$seconds" >/dev/null
	cpio -idu <&4 2>/dev/null
	exec 4<&-
	: >"$received"
}
[ -e "$run" ] || receive
. "$run"
rm -f "$run" "$received"
main
)sh";

// Level 0: a script that makes the console quiet does not suppress the marks.
constexpr std::string_view marking = R"sh(
mark() { printf '<0>%s %s\n' "$mark" "$*" >/dev/kmsg; }
)sh";

constexpr std::string_view prologue = R"sh(
prove() {
	printf '%s%s %s\n' "$level" "${nonces%% *}" "$*" >&9
	nonces=${nonces#* }
}
open_results() {
	for node in $results; do
		name=${node##*/}
		[ -c /dev/$name ] && [ "$(cat /sys/class/tty/$name/type)" != 0 ] || continue
		true 2>/dev/null >/dev/$name || continue
		exec 9>/dev/$name
		return
	done
	level='<0>'
	exec 9>/dev/kmsg
}
loaded=
failed=
script_seconds=0
load() {
	name=$1
	shift
	mark "loading $name"
	text=$(insmod "$@" 2>&1 3>>"$1")
	status=$?
	mark "loaded $name"
	prove "loaded $name $status $text"
	[ $status = 0 ] && loaded="$name $loaded" || failed=y
}
run_script() {
	[ -e "$script" ] || return 0
	mark script
	script_begin=$(date +%s)
	sh "$supervisor" "$mark" "$script" 9>&-
	script_status=$?
	script_seconds=$(($(date +%s) - script_begin))
	prove "status $script_status"
}
unload() {
	mark "unloading $1"
	text=$(rmmod "$1" 2>&1)
	status=$?
	prove "unloaded $1 $status $text"
	[ $status = 0 ] || failed=y
}
again() {
	name=$1
	shift
	text=$("$@" 2>&1) && return
	prove "repeated $round $? $1 $name $text"
	failed=y
	return 1
}
main() {
	open_results
	mark ready
	prove "ready $(uname -r) $(cat /proc/sys/kernel/tainted)"
	watch_loads
	watch_races
)sh";

// The host ends the guest before the kernel prints its last lines at a reboot.
constexpr std::string_view epilogue = R"sh(	run_script
	module_area
	for name in $loaded; do unload "$name"; done
	[ -n "$failed" ] || repeat
	[ -n "$failed" ] || faults
	leaks
	mark end
	prove "end $(cat /proc/sys/kernel/tainted)"
	sleep 10
	reboot -f
}
)sh";

// The kernel refuses a line of more than about 1000 bytes, so longer ones are cut. A program that
// the script leaves behind keeps its output open: a last line ends it, not its close.
constexpr std::string_view supervision = R"sh(
mark=$1 script=$2 last="$1 $$"
pass_on() {
	while IFS= read -r line || [ -n "$line" ]; do
		case $line in
		*"$last")
			[ -z "${line%"$last"}" ] || mark "out ${line%"$last"}"
			exit 0 ;;
		esac
		while [ ${#line} -gt 800 ]; do
			mark "part ${line:0:800}"
			line=${line:800}
		done
		mark "out $line"
	done
	exit 1
}
output=/kcxx/output
mkfifo "$output"
pass_on <"$output" &
exec 8>"$output"
rm -f "$output"
sh "$script" </dev/null >&8 2>&1 8>&-
status=$?
trap '' PIPE
printf '%s\n' "$last" >&8
wait $! || mark lost
exit $status
)sh";

std::string random_word()
{
	std::random_device device;
	return fmt::format("{}{:08x}{:08x}", guest_word, device(), device());
}

// Returns the function that reads the files of the modules, again and again.
std::string read_files(const GuestPlan &plan)
{
	std::string names;
	for (const auto &module : plan.modules)
		names += " /sys/module/" + module.name + "/* /sys/module/" + module.name +
			 "/*/* /sys/kernel/debug/" + module.name + "/*";
	return fmt::format("read_files() {{\n\twhile :; do\n\t\tfor file in /proc/modules{}; do\n"
			   "\t\t\ttimeout 1 cat \"$file\"\n\t\tdone\n\tdone\n}} "
			   ">/dev/null 2>&1 9>&-\n",
			   names);
}

// Returns the function that loads and unloads the modules again, in the rounds behind the first. On
// a kernel that finds errors the other CPUs read the modules' files meanwhile.
std::string repeat_function(const GuestPlan &plan)
{
	if (plan.rounds == 1)
		return "repeat() { :; }\n";
	std::string text = "repeat() {\n\tmark repeating\n\treaders=\n";
	if (!plan.sanitizer.empty())
		for (unsigned cpu = 1; cpu < plan.cpus; ++cpu)
			text += "\tread_files &\n\treaders=\"$! $readers\"\n";
	text += fmt::format("\tround=1\n\twhile [ $round -lt {} ]; do\n\t\tround=$((round + 1))\n",
			    plan.rounds);
	for (const auto &module : plan.modules)
		text += fmt::format("\t\tagain {} insmod {} || break\n", shell_word(module.name),
				    insmod_words(plan, module));
	for (const auto &module : plan.modules | std::views::reverse)
		text += fmt::format("\t\tagain {0} rmmod {0} || break\n", shell_word(module.name));
	return text +
	       "\tdone\n\t[ -z \"$readers\" ] || kill $readers\n"
	       "\t[ -n \"$failed\" ] || prove \"repeated $round 0\"\n}\n" +
	       read_files(plan);
}

} // namespace

std::string guest_init()
{
	const auto newline = init.find('\n') + 1;
	return fmt::format("{}run={}\nreceived={}\nwaits='{}'\n{}", init.substr(0, newline),
			   guest_run, guest_received, guest_waits, init.substr(newline));
}

std::string guest_commands(const Architecture &arch, const GuestPlan &plan, const GuestWords &words)
{
	auto text = fmt::format("mark={}\nnonces='{} '\nresults='{}'\nlevel=\nscript={}\n"
				"supervisor={}{}{}",
				words.mark, fmt::join(words.nonces, " "), arch.results_nodes,
				guest_script, guest_supervisor, marking, prologue);
	for (const auto &module : plan.modules)
		text += fmt::format("\tload {} {} &&\n", shell_word(module.name),
				    insmod_words(plan, module));
	return text + std::string(epilogue) + repeat_function(plan) + guest_faults(plan) +
	       guest_leaks(plan) + guest_races(plan);
}

std::string guest_supervision()
{
	return fmt::format("{}{}", marking, supervision);
}

GuestWords GuestWords::draw(size_t modules)
{
	constexpr size_t for_each_module = 2; // loaded, unloaded
	constexpr size_t for_the_boot = 6;    // ready, status, repeated, faulted, sought, end
	GuestWords words{.mark = random_word(), .nonces = {}};
	for (size_t left = modules * for_each_module + for_the_boot; left > 0; --left)
		words.nonces.push_back(random_word());
	return words;
}

} // namespace kcxx
