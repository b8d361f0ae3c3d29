// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What runs in the guest, and the lines by which it tells the host what it does.
//
// /init does what every boot of a kernel begins with; /kcxx/run has the modules and the script of
// this one. A guest that is booted to be frozen has no /kcxx/run: it waits, see guest_memory.hpp,
// until its file /kcxx/received begins with "take SECONDS", SECONDS being the date, and unpacks
// the archive that follows.
//
// The lines go through /dev/kmsg, so they stand in order with the kernel's own lines on the one
// serial port every machine has. Each begins with a token drawn for this boot, so nothing else can
// be taken for one:
//
//	<token> ready RELEASE TAINTED	before the first module
//	<token> loading NAME
//	<token> loaded NAME STATUS TEXT	STATUS is busybox insmod's, which is errno
//	<token> script
//	<token> out TEXT		a line the script wrote (part: the line goes on in the next)
//	<token> scripted STATUS
//	<token> unloading NAME
//	<token> unloaded NAME STATUS TEXT
//	<token> end TAINTED		the last line
#pragma once

#include "module/module_file.hpp"

#include <map>
#include <string>
#include <vector>

namespace kcxx
{

/** Parameters for insmod, by module name, each "key=value". */
using ModuleParameters = std::map<std::string, std::vector<std::string>, std::less<>>;

/** Where @module lies in the guest. */
std::string guest_path(const ModuleFile &module);

inline constexpr const char *guest_script = "/kcxx/script";
inline constexpr const char *guest_run = "/kcxx/run";
inline constexpr const char *guest_received = "/kcxx/received";

/** In a line of a guest that waits. */
inline constexpr std::string_view guest_waits = "kcxx: waiting";

/** The text of /init. */
std::string guest_init();

/** The text of /kcxx/run for @modules in load order. */
std::string guest_commands(const std::vector<ModuleFile> &modules,
			   const ModuleParameters &parameters, const std::string &token);

/** A token for one boot: "kcxx:" and 64 random bits. */
std::string random_token();

} // namespace kcxx
