// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What runs in the guest, and how it tells the host what came of it.
//
// /init does what every boot of a kernel begins with; /kcxx/run has the modules and the script of
// this one. A guest that is booted to be frozen has no /kcxx/run: it waits, see guest_memory.hpp,
// until its file /kcxx/received begins with "take SECONDS", SECONDS being the date, and unpacks
// the archive that follows.
//
// Results come over a serial port of their own, each with a nonce of its own, which is spent with
// it: they were drawn for this boot, stand in no file once the first module is loaded, and process
// 1 alone knows those that are left. What a script reads, it can repeat in vain:
//
//	<nonce> ready RELEASE TAINTED		before the first module
//	<nonce> loaded NAME STATUS TEXT		STATUS is busybox insmod's, which is errno
//	<nonce> status STATUS			of the script
//	<nonce> unloaded NAME STATUS TEXT
//	<nonce> end TAINTED			the last one
//
// A kernel without a driver for that port has its console for them. Marks go through /dev/kmsg, so
// they stand in order with the kernel's own lines; they tell which line belongs to what, and prove
// nothing:
//
//	<mark> ready
//	<mark> loading NAME
//	<mark> loaded NAME
//	<mark> script
//	<mark> out TEXT		a line the script wrote (part: the line goes on in the next)
//	<mark> lost		lines that the script wrote did not arrive
//	<mark> unloading NAME
//	<mark> end
#pragma once

#include "boot/machine.hpp"
#include "module/module_file.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** Parameters for insmod, by module name, each "key=value". */
using ModuleParameters = std::map<std::string, std::vector<std::string>, std::less<>>;

/** Where @module lies in the guest. */
std::string guest_path(const ModuleFile &module);

inline constexpr const char *guest_script = "/kcxx/script";
inline constexpr const char *guest_supervisor = "/kcxx/supervise";
inline constexpr const char *guest_run = "/kcxx/run";
inline constexpr const char *guest_received = "/kcxx/received";

/** In a line of a guest that waits. */
inline constexpr std::string_view guest_waits = "kcxx: waiting";

/** The text of /init. */
std::string guest_init();

/** How each of the words below begins. */
inline constexpr std::string_view guest_word = "kcxx:";

/** The words by which one boot's lines are known; all are random. */
struct GuestWords {
	std::string mark;
	std::vector<std::string> nonces; // in the order of their use

	/** For a boot of so many modules. */
	static GuestWords draw(size_t modules);
};

/** The text of /kcxx/run for @modules in load order. */
std::string guest_commands(const Machine &machine, const std::vector<ModuleFile> &modules,
			   const ModuleParameters &parameters, const GuestWords &words);

/** The text of /kcxx/supervise, which runs the script and ends with its status. */
std::string guest_supervision();

} // namespace kcxx
