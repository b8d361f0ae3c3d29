// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/guest_output.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace kcxx
{

using interrupt::Clock;

namespace
{

bool is_readable(int fd)
{
	return fd >= 0 && interrupt::wait(fd, Clock::time_point{}) == interrupt::Wait::readable;
}

} // namespace

// Returns false at the end of the console.
bool GuestOutput::take_console(Transcript &transcript)
{
	const bool more = !is_readable(console_) || console_lines_.read(console_);
	while (const auto line = console_lines_.next())
		transcript.console(*line);
	return more;
}

void GuestOutput::take_results(Transcript &transcript)
{
	if (is_readable(results_.get()) && !result_lines_.read(results_.get()))
		results_.reset();
	while (const auto line = result_lines_.next())
		transcript.results(*line);
}

Child::End GuestOutput::read(Transcript &transcript, Clock::time_point deadline,
			     const std::function<bool()> &enough)
{
	while (!enough()) {
		const std::array fds = {console_, results_.get()};
		switch (interrupt::wait(fds, deadline)) {
		case interrupt::Wait::deadline:
			return Child::End::deadline;
		case interrupt::Wait::interrupted:
			return Child::End::interrupted;
		case interrupt::Wait::readable:
			break;
		}
		const bool runs = take_console(transcript);
		do
			take_results(transcript);
		while (!runs && is_readable(results_.get()));
		if (!runs)
			return enough() ? Child::End::stopped : Child::End::eof;
		if (Clock::now() >= deadline)
			return Child::End::deadline; // even if the guest never stops writing
	}
	return Child::End::stopped;
}

Child::End GuestOutput::read_to_end(Transcript &transcript, Clock::time_point deadline)
{
	constexpr std::chrono::seconds patience(2); // a console may lag behind
	const auto end = read(transcript, deadline, [&] { return transcript.has_ended(); });
	if (end != Child::End::stopped)
		return end;
	const auto rest = read(transcript, std::min(deadline, Clock::now() + patience),
			       [&] { return transcript.is_whole() && !is_readable(console_); });
	return rest == Child::End::interrupted ? rest : Child::End::stopped;
}

} // namespace kcxx
