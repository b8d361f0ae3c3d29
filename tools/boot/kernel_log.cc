// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/kernel_log.hpp"

#include <array>
#include <charconv>

namespace kcxx
{

namespace
{

struct Phrase {
	std::string_view text;
	bool anywhere; // false: only at the start of the message
	Complaint complaint;
};

// The first match decides, so the exceptions ("BUG: KASAN") precede the rule ("BUG: ").
constexpr std::array phrases = {
	Phrase{"Kernel panic - not syncing", false, Complaint::oops},
	Phrase{"Oops: ", false, Complaint::oops},
	Phrase{"Internal error: ", false, Complaint::oops},
	Phrase{"kernel BUG at ", false, Complaint::oops},
	Phrase{"Unable to handle kernel ", false, Complaint::oops},
	Phrase{"BUG: kernel NULL pointer dereference", false, Complaint::oops},
	Phrase{"BUG: unable to handle ", false, Complaint::oops},
	Phrase{"BUG: stack guard page was hit", false, Complaint::oops},
	Phrase{"BUG: TASK stack guard page was hit", false, Complaint::oops},
	Phrase{"general protection fault", false, Complaint::oops},
	Phrase{"double fault: ", false, Complaint::oops},
	Phrase{"invalid opcode: ", false, Complaint::oops},
	Phrase{"traps: PANIC: ", false, Complaint::oops},
	Phrase{"PANIC: ", false, Complaint::oops},
	Phrase{"CFI failure at ", false, Complaint::oops},
	Phrase{"detected buffer overflow in ", false, Complaint::oops},
	// After these lines of the sanitizers, the scheduler, SLUB and the watchdogs the kernel
	// continues.
	Phrase{"BUG: ", false, Complaint::warning},
	Phrase{"BUG kmalloc", false, Complaint::warning},
	Phrase{"watchdog: BUG: ", false, Complaint::warning},
	Phrase{"WARNING: ", false, Complaint::warning},
	Phrase{"UBSAN: ", false, Complaint::warning},
	Phrase{"INFO: possible ", false, Complaint::warning},
	Phrase{"INFO: trying to register non-static key", false, Complaint::warning},
	Phrase{"INFO: task ", false, Complaint::warning},
	Phrase{"INFO: rcu", false, Complaint::warning},
	Phrase{"rcu: INFO: ", false, Complaint::warning},
	Phrase{"ODEBUG: ", false, Complaint::warning},
	Phrase{"DEBUG_LOCKS_WARN_ON", false, Complaint::warning},
	Phrase{" new suspected memory leaks", true, Complaint::leak},
	Phrase{"unreferenced object 0x", false, Complaint::leak},
	Phrase{"Objects remaining in ", true, Complaint::warning},
};

} // namespace

Complaint complaint_in(std::string_view text)
{
	for (const auto &phrase : phrases)
		if (phrase.anywhere ? text.contains(phrase.text) : text.starts_with(phrase.text))
			return phrase.complaint;
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
