// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Listening to a guest that runs: to its console, and to the port that its results come over.
#pragma once

#include "boot/transcript.hpp"
#include "system/child.hpp"
#include "system/fd.hpp"
#include "system/interrupt.hpp"
#include "system/line_reader.hpp"

#include <functional>

namespace kcxx
{

class GuestOutput
{
public:
	/** @qemu writes the console; @results is our end of the socket it got for results. */
	GuestOutput(const Child &qemu, Fd results)
	    : console_(qemu.output()), results_(std::move(results))
	{
	}

	/**
	 * Hands lines to @transcript as they come, until @enough returns true (stopped), QEMU ends
	 * (eof), @deadline passes, or kcxx is interrupted. A later call goes on with the next.
	 */
	Child::End read(Transcript &transcript, interrupt::Clock::time_point deadline,
			const std::function<bool()> &enough);

	/** The same until the guest has proved its end, with all that its console has before it. */
	Child::End read_to_end(Transcript &transcript, interrupt::Clock::time_point deadline);

private:
	bool take_console(Transcript &transcript);
	void take_results(Transcript &transcript);

	int console_;
	Fd results_;
	LineReader console_lines_;
	LineReader result_lines_;
};

} // namespace kcxx
