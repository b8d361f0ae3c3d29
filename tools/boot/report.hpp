// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The report on a guest, and its judgement.
#pragma once

#include "boot/kernel_log.hpp"
#include "boot/ktap.hpp"
#include "exit_status.hpp"
#include "module/module_file.hpp"
#include "system/pattern.hpp"

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** The result of insmod or rmmod for one module. */
struct Step {
	int error = 0;    // errno; 0: success
	std::string text; // output of the program
};

struct ModuleResult {
	ModuleFile file;
	bool loading = false;              // insmod has started
	bool unloading = false;            // rmmod has started
	std::optional<Step> load;          // nothing: insmod did not return
	std::optional<Step> unload;        // nothing: rmmod did not return
	std::vector<std::string> load_log; // kernel log lines during the load

	/** Returns whether the kernel refused the module as one for another kernel. */
	[[nodiscard]] bool is_foreign() const { return load && load->error == ENOEXEC; }
};

/** The last round of loading and unloading the modules again. */
struct Round {
	unsigned number = 0;
	std::string step;   // insmod or rmmod, which failed; empty: none failed
	std::string module; // that it failed for
	Step result;
};

/** A round in which an allocation of the modules fails. */
struct FailingRound {
	unsigned number = 0; // of the allocation, from 1
	std::string kind;    // failslab or fail_page_alloc, as the kernel calls it
};

/** The rounds in which the allocations of the modules failed, each in turn. */
struct Faults {
	unsigned failed = 0; // allocations
	std::string step;    // filter, insmod, script or rmmod, which went wrong; empty: none
	std::string module;
	int status = 0; // of the script
	Step result;
};

/** The place of a section of a loaded module in the guest's memory. */
struct LoadedSection {
	std::string module;
	std::string name; // ".text"
	std::uint64_t address = 0;
	std::uint64_t size = 0;
};

/** The end of the guest. */
enum class GuestEnd {
	orderly,   // the guest proved that it reached its end
	by_itself, // QEMU ended before the proof
	timeout,
	interrupted,
};

struct GuestReport {
	std::string release;  // the guest's uname -r; empty: the guest did not report it
	std::string vermagic; // if a module is_foreign(): the kernel's, or only its release
	std::vector<ModuleResult> modules;
	std::vector<LogLine> log;         // from the first module on
	std::vector<std::string> console; // before the first module
	std::vector<ktap::Suite> suites;  // unit tests in the log
	bool script_given = false;
	bool script_begun = false;
	bool script_output_lost = false;  // in part or whole
	std::optional<int> script_status; // nothing: no status arrived
	unsigned rounds = 1;              // that were asked for
	bool repeating = false;           // a round behind the first has begun
	std::optional<Round> last_round;  // nothing: the guest did not report it
	bool faults_given = false;        // allocations have to fail
	std::optional<FailingRound> failing;
	std::optional<Faults> faults;      // nothing: the guest did not report their end
	std::vector<LoadedSection> loaded; // by each load, if the kernel prints them
	bool debug = false;                // kmemleak has to report
	std::optional<unsigned> leaks;     // nothing: it did not
	unsigned long tainted_before = 0;
	unsigned long tainted_after = 0;
	GuestEnd end = GuestEnd::orderly;
	bool saved = false; // the guest resumed from a saved boot
	std::chrono::duration<double> duration{};
};

/** One problem. */
struct Finding {
	ExitStatus status = ExitStatus::ok;
	std::string text;
	std::vector<std::string> quotes;       // log lines that show the problem
	Complaint complaint = Complaint::none; // that the kernel printed
};

/** A regular expression with its source. */
struct Expression {
	std::string source;
	Pattern pattern;
};

struct Expectations {
	std::vector<Expression> expect;
	std::vector<Expression> forbid;
	std::optional<int> error; // of the last module's init; nothing: that module loads
	std::chrono::seconds timeout{};
};

/** Returns all problems in @report, the gravest first. */
std::vector<Finding> judge(const GuestReport &report, const Expectations &expectations);

/** Returns 12 for "ENOMEM", "-ENOMEM" or "12"; nothing if @name is no errno of the kernel. */
std::optional<int> errno_number(std::string_view name);

/** Returns "-ENOMEM" for 12; the number, such as "-517", if it has no name. */
std::string errno_name(int number);

} // namespace kcxx
