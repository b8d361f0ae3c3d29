// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The scripts that run in the guest, and the protocol by which they report to the host.
//
// /init does the work that is the same in every boot; /kcxx/run loads the modules and runs the
// script of this boot. A guest that will be frozen boots without /kcxx/run: it waits (see
// guest_memory.hpp) until its file /kcxx/received begins with "take SECONDS", where SECONDS is the
// date, and unpacks the archive that follows.
//
// Results come over a serial port of their own. Each line has its own nonce, which is valid once.
// The nonces are random for each boot. No file holds them once the first module is loaded, and only
// process 1 knows the unspent ones, so a script cannot forge a result by repeating what it reads:
//
//	<nonce> ready RELEASE TAINTED		before the first module
//	<nonce> loaded NAME STATUS TEXT		STATUS is busybox insmod's, which is errno
//	<nonce> status STATUS			of the script
//	<nonce> unloaded NAME STATUS TEXT
//	<nonce> repeated ROUND STATUS STEP NAME TEXT	STEP failed, if STATUS is not 0
//	<nonce> faulted COUNT [STATUS STEP NAME TEXT]	COUNT allocations failed, then STEP
//	<nonce> sought COUNT			leaks that kmemleak has found
//	<nonce> end TAINTED			the last one
//
// A kernel without a driver for that port sends results to its console. Marks go through /dev/kmsg,
// in order with the kernel's own lines. They show which step a line belongs to, and prove nothing:
//
//	<mark> ready
//	<mark> loading NAME
//	<mark> loaded NAME
//	<mark> script
//	<mark> out TEXT		a line the script wrote (part: the line continues in the next)
//	<mark> lost		lines that the script wrote did not arrive
//	<mark> unloading NAME
//	<mark> repeating		the rounds behind the first begin
//	<mark> failing N KIND		the round in which the N-th allocation fails begins
//	<mark> leak TEXT		a line of kmemleak's report
//	<mark> end
#pragma once

#include "architecture.hpp"
#include "boot/guest_plan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

inline constexpr const char *guest_script = "/kcxx/script";
inline constexpr const char *guest_supervisor = "/kcxx/supervise";
inline constexpr const char *guest_run = "/kcxx/run";
inline constexpr const char *guest_received = "/kcxx/received";

/** A guest that waits for its files prints a line with this text. */
inline constexpr std::string_view guest_waits = "kcxx: waiting";

/** The text of /init. */
std::string guest_init();

/** Each of the words below begins with this. */
inline constexpr std::string_view guest_word = "kcxx:";

/** The random words that identify the lines of one boot. */
struct GuestWords {
	std::string mark;
	std::vector<std::string> nonces; // in the order of their use

	/** Draws the words for a boot of @modules modules. */
	static GuestWords draw(size_t modules);
};

/** The text of /kcxx/run, which does the work of @plan. */
std::string guest_commands(const Architecture &arch, const GuestPlan &plan,
			   const GuestWords &words);

/** The text of /kcxx/supervise, which runs the script and ends with its status. */
std::string guest_supervision();

} // namespace kcxx
