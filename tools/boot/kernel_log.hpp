// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Recognises complaints of the kernel in lines of its log.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kcxx
{

enum class Complaint {
	none,
	warning, // WARN, lockdep, KASAN, UBSAN, stalls: the kernel continues
	leak,    // kmemleak
	oops,    // oops, BUG, panic: the kernel stops, or should
};

/** Returns the complaint in @text, a message without its time stamp. */
Complaint complaint_in(std::string_view text);

/** A line as the console prints it: "[    1.234567] text", "[    1.234567][    T1] text". */
struct ConsoleLine {
	std::optional<double> seconds; // since boot; nothing: not a line of the kernel
	std::string_view text;
};

ConsoleLine parse_console_line(std::string_view line);

/** Bits of /proc/sys/kernel/tainted (Documentation/admin-guide/tainted-kernels.rst). */
inline constexpr unsigned long taint_died = 1UL << 7;
inline constexpr unsigned long taint_warned = 1UL << 9;

enum class Source {
	kernel,
	script,
};

struct LogLine {
	std::optional<double> seconds; // since the guest's boot
	Source source = Source::kernel;
	std::string text;
	Complaint complaint = Complaint::none; // of the kernel
};

/** Called for each line when it arrives; @from_start is true before the first module. */
using LineSink = std::function<void(const LogLine &line, bool from_start)>;

} // namespace kcxx
