// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/kernel_log.hpp"

#include <array>
#include <charconv>

namespace kcxx
{

namespace
{

struct Pattern {
	std::string_view text;
	bool anywhere; // false: only at the start of the message
	Complaint complaint;
};

// The first match decides, so the exceptions ("BUG: KASAN") precede the rule ("BUG: ").
constexpr std::array patterns = {
	Pattern{"Kernel panic - not syncing", false, Complaint::oops},
	Pattern{"Oops: ", false, Complaint::oops},
	Pattern{"Internal error: ", false, Complaint::oops},
	Pattern{"kernel BUG at ", false, Complaint::oops},
	Pattern{"Unable to handle kernel ", false, Complaint::oops},
	Pattern{"BUG: kernel NULL pointer dereference", false, Complaint::oops},
	Pattern{"BUG: unable to handle ", false, Complaint::oops},
	Pattern{"BUG: stack guard page was hit", false, Complaint::oops},
	Pattern{"BUG: TASK stack guard page was hit", false, Complaint::oops},
	Pattern{"general protection fault", false, Complaint::oops},
	Pattern{"double fault: ", false, Complaint::oops},
	Pattern{"invalid opcode: ", false, Complaint::oops},
	Pattern{"traps: PANIC: ", false, Complaint::oops},
	Pattern{"PANIC: ", false, Complaint::oops},
	Pattern{"CFI failure at ", false, Complaint::oops},
	Pattern{"detected buffer overflow in ", false, Complaint::oops},
	// After these lines of the sanitizers, the scheduler, SLUB and the watchdogs the kernel
	// continues.
	Pattern{"BUG: ", false, Complaint::warning},
	Pattern{"BUG kmalloc", false, Complaint::warning},
	Pattern{"watchdog: BUG: ", false, Complaint::warning},
	Pattern{"WARNING: ", false, Complaint::warning},
	Pattern{"UBSAN: ", false, Complaint::warning},
	Pattern{"INFO: possible ", false, Complaint::warning},
	Pattern{"INFO: trying to register non-static key", false, Complaint::warning},
	Pattern{"INFO: task ", false, Complaint::warning},
	Pattern{"INFO: rcu", false, Complaint::warning},
	Pattern{"rcu: INFO: ", false, Complaint::warning},
	Pattern{"ODEBUG: ", false, Complaint::warning},
	Pattern{"DEBUG_LOCKS_WARN_ON", false, Complaint::warning},
	Pattern{" new suspected memory leaks", true, Complaint::warning},
	Pattern{"Objects remaining in ", true, Complaint::warning},
};

} // namespace

Complaint complaint_in(std::string_view text)
{
	for (const auto &pattern : patterns)
		if (pattern.anywhere ? text.contains(pattern.text) : text.starts_with(pattern.text))
			return pattern.complaint;
	return Complaint::none;
}

ConsoleLine parse_console_line(std::string_view line)
{
	const ConsoleLine plain{.seconds = std::nullopt, .text = line};
	const auto close = line.find("] ");
	if (!line.starts_with('[') || close == std::string_view::npos)
		return plain;
	auto number = line.substr(1, line.find(']') - 1);
	number.remove_prefix(std::min(number.size(), number.find_first_not_of(' ')));
	double seconds = 0;
	const auto [end, error] =
		std::from_chars(number.data(), number.data() + number.size(), seconds);
	if (error != std::errc{} || end != number.data() + number.size())
		return plain;
	return {.seconds = seconds, .text = line.substr(close + 2)};
}

} // namespace kcxx
