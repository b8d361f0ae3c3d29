// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/guest_init.hpp"

#include <fmt/core.h>
#include <random>

namespace kcxx
{

namespace
{

// What it waits for is written into memory that it may be reading: the first byte tells.
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
)sh";

// The kernel refuses a line of more than about 1000 bytes; say() cuts what the script writes.
constexpr std::string_view prologue = R"sh(
say() { printf '<5>%s %s\n' "$token" "$*" >/dev/kmsg; }
say_lines() {
	while IFS= read -r line || [ -n "$line" ]; do
		while [ ${#line} -gt 800 ]; do
			say "part ${line:0:800}"
			line=${line:800}
		done
		say "out $line"
	done
}
loaded=
load() {
	name=$1
	shift
	say "loading $name"
	text=$(insmod "$@" 2>&1 3>>"$1")
	status=$?
	say "loaded $name $status $text"
	[ $status = 0 ] && loaded="$name $loaded"
}
run_script() {
	[ -e "$script" ] || return 0
	say script
	{ sh "$script"; say "status $?"; } </dev/null 2>&1 | say_lines
	say scripted
}
unload() {
	say "unloading $1"
	text=$(rmmod "$1" 2>&1)
	say "unloaded $1 $? $text"
}
say "ready $(uname -r) $(cat /proc/sys/kernel/tainted)"
)sh";

constexpr std::string_view epilogue = R"sh( run_script
for name in $loaded; do unload "$name"; done
say "end $(cat /proc/sys/kernel/tainted)"
reboot -f
)sh";

// @text as one word for sh.
std::string quote(std::string_view text)
{
	std::string quoted = "'";
	for (const char c : text)
		quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
	return quoted + "'";
}

// A value with spaces has to reach the kernel in double quotes.
std::string parameter(const std::string &text)
{
	const auto value = text.find('=') + 1;
	if (value == 0 || text.find_first_of(" \t", value) == std::string::npos)
		return quote(text);
	return quote(text.substr(0, value) + '"' + text.substr(value) + '"');
}

} // namespace

std::string guest_path(const ModuleFile &module)
{
	return fmt::format("/kcxx/modules/{}.ko", module.name);
}

std::string guest_init()
{
	const auto newline = init.find('\n') + 1;
	return fmt::format("{}run={}\nreceived={}\nwaits='{}'\n{}", init.substr(0, newline),
			   guest_run, guest_received, guest_waits, init.substr(newline));
}

std::string guest_commands(const std::vector<ModuleFile> &modules,
			   const ModuleParameters &parameters, const std::string &token)
{
	auto text = fmt::format("token={}\nscript={}{}", token, guest_script, prologue);
	for (const auto &module : modules) {
		text += fmt::format("load {} {}", quote(module.name), quote(guest_path(module)));
		if (const auto own = parameters.find(module.name); own != parameters.end())
			for (const auto &one : own->second)
				text += " " + parameter(one);
		text += " &&\n";
	}
	text += epilogue;
	return text;
}

std::string random_token()
{
	std::random_device device;
	return fmt::format("kcxx:{:08x}{:08x}", device(), device());
}

} // namespace kcxx
