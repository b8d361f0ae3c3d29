// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What happened in a guest, and the judgement on it.
#pragma once

#include "boot/kernel_log.hpp"
#include "boot/ktap.hpp"
#include "exit_status.hpp"
#include "module/module_file.hpp"
#include "system/pattern.hpp"

#include <cerrno>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** How insmod or rmmod of one module ended. */
struct Step {
	int error = 0;    // errno; 0: done
	std::string text; // what the program wrote
};

struct ModuleResult {
	ModuleFile file;
	bool loading = false;               // insmod was begun
	bool unloading = false;             // rmmod was begun
	std::optional<Step> load;           // nothing: insmod did not come back
	std::optional<Step> unload;         // nothing: rmmod did not come back
	std::vector<std::string> load_said; // kernel log lines between its begin and its end

	/** Did the kernel say that this is no module of its own? */
	[[nodiscard]] bool is_foreign() const { return load && load->error == ENOEXEC; }
};

/** How the guest ended. */
enum class GuestEnd {
	orderly,   // it proved to have done all of it
	by_itself, // QEMU ended before that
	timeout,
	interrupted,
};

struct GuestReport {
	std::string release;  // the guest's uname -r; empty: it never came so far
	std::string vermagic; // where a module is_foreign(): the kernel's, or its release if no
			      // more is known of it
	std::vector<ModuleResult> modules;
	std::vector<LogLine> log;         // from the first module on
	std::vector<std::string> console; // before that
	std::vector<ktap::Suite> suites;  // of unit tests, read off the log
	bool script_given = false;
	bool script_begun = false;
	bool script_output_lost = false;  // some of it
	std::optional<int> script_status; // nothing: it did not arrive
	unsigned long tainted_before = 0;
	unsigned long tainted_after = 0;
	GuestEnd end = GuestEnd::orderly;
	bool saved = false; // it went on from an earlier boot
	std::chrono::duration<double> duration{};
};

/** One thing that is wrong. */
struct Finding {
	ExitStatus status = ExitStatus::ok;
	std::string text;
	std::vector<std::string> quotes; // log lines that show it
};

/** A regular expression with its source. */
struct Expression {
	std::string source;
	Pattern pattern;
};

struct Expectations {
	std::vector<Expression> expect;
	std::vector<Expression> forbid;
	std::optional<int>
		error; // of the init of the module that is loaded last; nothing: it loads
	std::chrono::seconds timeout{};
};

/** All that is wrong in @report, the gravest first; nothing: all is well. */
std::vector<Finding> judge(const GuestReport &report, const Expectations &expectations);

/** 12 of "ENOMEM", "-ENOMEM" or "12"; nothing of what is no errno of the kernel. */
std::optional<int> errno_number(std::string_view name);

/** "-ENOMEM" of 12, "-517" of numbers without a name. */
std::string errno_name(int number);

} // namespace kcxx
