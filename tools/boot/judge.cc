// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/judge_tests.hpp"
#include "boot/report.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/core.h>

namespace kcxx
{

namespace
{

std::vector<std::string> last_lines(const GuestReport &report, size_t count)
{
	std::vector<std::string> lines = report.console;
	for (const auto &line : report.log)
		lines.push_back(line.text);
	if (lines.size() > count)
		lines.erase(lines.begin(), lines.end() - static_cast<ptrdiff_t>(count));
	return lines;
}

std::vector<std::string> complaints(const GuestReport &report, Complaint complaint)
{
	std::vector<std::string> lines;
	for (const auto &line : report.log)
		if (line.complaint == complaint)
			lines.push_back(line.text);
	if (complaint == Complaint::oops)
		for (const auto &line : report.console)
			if (const auto text = parse_console_line(line).text;
			    complaint_in(text) == complaint)
				lines.emplace_back(text);
	return lines;
}

// "allocation 7 of the modules (failslab) failed"
std::string failing_text(const FailingRound &round)
{
	return fmt::format("allocation {} of the modules ({}) failed", round.number, round.kind);
}

std::string what_was_going_on(const GuestReport &report)
{
	for (const auto &module : report.modules) {
		if (module.loading && !module.load)
			return "while loading " + module.file.name;
		if (module.unloading && !module.unload)
			return "while unloading " + module.file.name;
	}
	if (report.script_begun && !report.script_status)
		return "while the script ran";
	if (report.repeating && !report.last_round)
		return "while the modules were loaded and unloaded again";
	if (report.failing && !report.faults)
		return "while " + failing_text(*report.failing);
	if (report.faults && report.debug && !report.leaks)
		return "while kmemleak looked for leaks";
	return report.release.empty() ? "before the guest's init ran" : "between two steps";
}

void judge_kernel(const GuestReport &report, const Expectations &expectations,
		  std::vector<Finding> &findings)
{
	const unsigned long taint = report.tainted_after & ~report.tainted_before;
	auto oopses = complaints(report, Complaint::oops);
	if (!oopses.empty() || (taint & taint_died) != 0)
		findings.push_back({ExitStatus::oops,
				    "the kernel oopsed " + what_was_going_on(report), oopses,
				    Complaint::oops});
	else if (report.end == GuestEnd::by_itself)
		findings.push_back({ExitStatus::oops,
				    fmt::format("the guest ended by itself {}, without a word",
						what_was_going_on(report)),
				    last_lines(report, 10)});
	if (report.end == GuestEnd::timeout)
		findings.push_back(
			{ExitStatus::hung,
			 fmt::format("the guest hung {}: ended after --timeout {}",
				     what_was_going_on(report), expectations.timeout.count()),
			 last_lines(report, 5)});
	auto warnings = complaints(report, Complaint::warning);
	if (!warnings.empty() || (taint & taint_warned) != 0)
		findings.push_back(
			{ExitStatus::warning, "the kernel warned", warnings, Complaint::warning});
	if (auto leaks = complaints(report, Complaint::leak); !leaks.empty())
		findings.push_back({ExitStatus::warning, "memory leaked", leaks, Complaint::leak});
}

// Returns whether the kernel's loader refuses a module by @line. It does not call the init of such
// a module.
bool is_refusal(const std::string &line)
{
	return line.contains("version magic") || line.contains("Unknown symbol") ||
	       line.contains("disagrees about version") || line.contains("no symbol version") ||
	       line.contains("is rejected");
}

// Returns the lines of the kernel log during a failed load, those with a reason first. If the
// module is for another kernel, the vermagics of both precede them.
std::vector<std::string> reasons(const ModuleResult &module, const GuestReport &report)
{
	std::vector<std::string> lines = module.load_log;
	std::erase_if(lines, [](const std::string &line) { return line.contains("taint"); });
	std::ranges::stable_partition(lines, is_refusal);
	if (module.is_foreign() && module.file.vermagic != report.vermagic)
		lines.insert(lines.begin(),
			     {fmt::format("the module is for {}", module.file.vermagic),
			      fmt::format("the kernel is      {}", report.vermagic)});
	return lines;
}

// Returns whether the init of @module failed with the errno of --expect-error.
bool failed_as_expected(const ModuleResult &module, const GuestReport &report,
			const Expectations &expectations)
{
	return expectations.error && &module == &report.modules.back() && module.load &&
	       module.load->error == *expectations.error &&
	       std::ranges::none_of(module.load_log, is_refusal);
}

// Returns how the load of @module ended with @error, which --expect-error does not name.
std::string other_end(const ModuleResult &module, int error)
{
	if (error == 0)
		return "the module loaded";
	if (std::ranges::any_of(module.load_log, is_refusal))
		return "the kernel refused the module before its init";
	return "it failed with " + errno_name(error);
}

void judge_error(const GuestReport &report, const Expectations &expectations,
		 std::vector<Finding> &findings)
{
	if (!expectations.error || report.modules.empty())
		return;
	const auto &module = report.modules.back();
	if (!module.load || failed_as_expected(module, report, expectations))
		return;
	findings.push_back({ExitStatus::expectation,
			    fmt::format("the init of {} did not fail with --expect-error {}: {}",
					module.file.name, errno_name(*expectations.error).substr(1),
					other_end(module, module.load->error)),
			    {}});
}

// Returns "-ENOMEM (Cannot allocate memory)" for 12.
std::string errno_text(int number)
{
	const char *text = std::strerror(number); // NOLINT(concurrency-mt-unsafe): one thread
	return fmt::format("{} ({})", errno_name(number), text);
}

void judge_modules(const GuestReport &report, const Expectations &expectations,
		   std::vector<Finding> &findings)
{
	for (const auto &module : report.modules) {
		if (failed_as_expected(module, report, expectations))
			continue;
		const auto file = module.file.path.filename().string();
		if (module.load && module.load->error != 0)
			findings.push_back({ExitStatus::load,
					    fmt::format("insmod: {}: {}", file,
							errno_text(module.load->error)),
					    reasons(module, report)});
		if (module.unload && module.unload->error != 0)
			findings.push_back({ExitStatus::unload,
					    fmt::format("rmmod: {}: {}", module.file.name,
							errno_text(module.unload->error)),
					    {}});
	}
}

void judge_rounds(const GuestReport &report, std::vector<Finding> &findings)
{
	const auto &round = report.last_round;
	if (round && !round->step.empty())
		findings.push_back(
			{round->step == "insmod" ? ExitStatus::load : ExitStatus::unload,
			 fmt::format("{}: {}: {}, in round {} of {}", round->step, round->module,
				     errno_text(round->result.error), round->number, report.rounds),
			 {}});
	else if (report.rounds > 1 && report.end == GuestEnd::orderly && findings.empty() &&
		 (!round || round->number != report.rounds))
		findings.push_back({ExitStatus::load,
				    "the guest did not report that the modules were loaded again",
				    {}});
}

// Returns what went wrong in a round with failing allocations.
std::string fault_text(const Faults &faults)
{
	if (faults.step == "filter")
		return "the kernel cannot let the allocations of modules alone fail";
	if (faults.step == "script")
		return fmt::format("the script ended with {} in a round", faults.status);
	return fmt::format("{}: {}: {} in a round", faults.step, faults.module,
			   errno_text(faults.result.error));
}

void judge_faults(const GuestReport &report, std::vector<Finding> &findings)
{
	const auto &faults = report.faults;
	if (!report.faults_given || report.end != GuestEnd::orderly ||
	    (!faults && !findings.empty()))
		return;
	if (!faults) {
		findings.push_back(
			{ExitStatus::load, "the guest did not report on failing allocations", {}});
	} else if (faults->step == "filter") {
		findings.push_back({ExitStatus::unavailable,
				    fault_text(*faults),
				    {"needed: CONFIG_FAILSLAB, CONFIG_FAIL_PAGE_ALLOC, "
				     "CONFIG_FAULT_INJECTION_DEBUG_FS, "
				     "CONFIG_FAULT_INJECTION_STACKTRACE_FILTER",
				     "type:   the same with --debug"}});
	} else if (!faults->step.empty()) {
		const auto status = faults->step == "insmod"  ? ExitStatus::load
				    : faults->step == "rmmod" ? ExitStatus::unload
							      : ExitStatus::script;
		// Only rmmod has to succeed in each round; the other steps in one without a fault.
		findings.push_back({status,
				    faults->step == "rmmod" && report.failing
					    ? fault_text(*faults) + " in which " +
						      failing_text(*report.failing)
					    : fault_text(*faults) +
						      " without a fault, after rounds with one: "
						      "these left something behind",
				    {}});
	} else if (faults->failed == 0) {
		findings.push_back(
			{ExitStatus::expectation,
			 "no allocation failed: the modules allocate nothing",
			 {"found: no call of the kernel's allocators from the modules "
			  "while they were loaded, the script ran, and they were unloaded",
			  "type:  the same without --faults, or a --script that uses them"}});
	}
}

void judge_leaks(const GuestReport &report, std::vector<Finding> &findings)
{
	if (report.debug && report.end == GuestEnd::orderly && !report.leaks)
		findings.push_back(
			{ExitStatus::unavailable,
			 "kmemleak did not look for leaks",
			 {"needed: CONFIG_DEBUG_KMEMLEAK", "type:   kcxx kernels build --debug"}});
}

void judge_log(const GuestReport &report, const Expectations &expectations,
	       std::vector<Finding> &findings)
{
	const auto first = [&](const Expression &expression) {
		return std::ranges::find_if(report.log, [&](const LogLine &line) {
			return expression.pattern.is_in(line.text);
		});
	};
	for (const auto &expression : expectations.expect)
		if (first(expression) == report.log.end())
			findings.push_back({ExitStatus::expectation,
					    fmt::format("no line of the log matches --expect '{}'",
							expression.source),
					    {}});
	for (const auto &expression : expectations.forbid)
		if (const auto line = first(expression); line != report.log.end())
			findings.push_back({ExitStatus::expectation,
					    fmt::format("a line of the log matches --forbid '{}'",
							expression.source),
					    {line->text}});
}

// Returns a text for a status of sh: an exit status, or 128 + a signal.
std::string how_it_ended(int status)
{
	constexpr int killed = 128;
	const char *const signal = status > killed ? sigabbrev_np(status - killed) : nullptr;
	return signal != nullptr ? fmt::format("was killed by SIG{} (status {})", signal, status)
				 : fmt::format("ended with status {}", status);
}

// A guest that ended in order must have reported each step; a missing report is a finding.
void judge_evidence(const GuestReport &report, std::vector<Finding> &findings)
{
	if (report.end != GuestEnd::orderly)
		return;
	for (const auto &module : report.modules) {
		if (!module.load)
			findings.push_back(
				{ExitStatus::load,
				 fmt::format("the guest did not report that {} was loaded",
					     module.file.name),
				 {}});
		else if (module.load->error != 0)
			return; // the guest then skips later modules and the script
		else if (!module.unload)
			findings.push_back(
				{ExitStatus::unload,
				 fmt::format("the guest did not report that {} was unloaded",
					     module.file.name),
				 {}});
	}
	if (report.script_given && !report.script_status)
		findings.push_back(
			{ExitStatus::script, "the guest did not report how the script ended", {}});
	if (report.script_output_lost)
		findings.push_back({ExitStatus::script,
				    "lines that the script wrote are lost: the shell that passes "
				    "them on was killed",
				    {}});
}

} // namespace

std::string errno_name(int number)
{
	const char *name = strerrorname_np(number);
	return name != nullptr ? fmt::format("-{}", name) : fmt::format("-{}", number);
}

std::optional<int> errno_number(std::string_view name)
{
	constexpr int max_errno = 4095; // MAX_ERRNO of <linux/err.h>
	if (name.starts_with('-'))
		name.remove_prefix(1);
	for (int number = 1; number <= max_errno; ++number) {
		const char *known = strerrorname_np(number);
		if (name == std::to_string(number) || (known != nullptr && name == known))
			return number;
	}
	return std::nullopt;
}

std::vector<Finding> judge(const GuestReport &report, const Expectations &expectations)
{
	std::vector<Finding> findings;
	if (report.end == GuestEnd::interrupted) {
		findings.push_back(
			{ExitStatus::interrupted, "interrupted " + what_was_going_on(report), {}});
		return findings;
	}
	judge_kernel(report, expectations, findings);
	judge_modules(report, expectations, findings);
	judge_error(report, expectations, findings);
	if (report.script_status.value_or(0) != 0)
		findings.push_back({ExitStatus::script,
				    "the script " + how_it_ended(*report.script_status),
				    {}});
	judge_evidence(report, findings);
	judge_rounds(report, findings);
	judge_faults(report, findings);
	judge_leaks(report, findings);
	judge_log(report, expectations, findings);
	judge_tests(report, findings);
	std::ranges::stable_sort(findings, std::greater<>{}, &Finding::status);
	return findings;
}

} // namespace kcxx
