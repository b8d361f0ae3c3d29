// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/log_output.hpp"

#include "system/printable.hpp"
#include "system/terminal.hpp"

#include <fmt/core.h>
#include <unistd.h>

namespace kcxx
{

namespace
{

std::string dim(std::string_view text)
{
	return terminal::paint(STDOUT_FILENO, terminal::Colour::dim, text);
}

std::string painted(const LogLine &line, std::string text)
{
	if (line.complaint != Complaint::none)
		text = terminal::paint(STDOUT_FILENO,
				       line.complaint == Complaint::oops ? terminal::Colour::red
									 : terminal::Colour::yellow,
				       text);
	return line.seconds ? dim(fmt::format("[{:12.6f}] ", *line.seconds)) + text : text;
}

} // namespace

void LogOutput::print(const LogLine &line)
{
	const auto text = printable(line.text); // a guest must not control the user's terminal
	if (line.source != Source::kernel) {
		fmt::print("{}\n", text);
	} else {
		const auto failing = fault_.take(places_, line.text);
		const bool hidden = fault_.is_trace() && !verbose_;
		if (failing && hidden)
			fmt::print("{}\n",
				   painted({.seconds = line.seconds},
					   "fails: the allocation at " + printable(*failing)));
		if (!hidden) {
			fmt::print("{}\n", painted(line, text));
			for (const auto &place : places_in_line(places_, line.text))
				fmt::print("{}\n", dim("    " + printable(place)));
		}
	}
	static_cast<void>(std::fflush(stdout));
}

} // namespace kcxx
