// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Reads the output of a running guest: its console, and the port for its results.
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
	/** @qemu writes the console; @results is kcxx's end of the socket for results. */
	GuestOutput(const Child &qemu, Fd results)
	    : console_(qemu.output()), results_(std::move(results))
	{
	}

	/**
	 * Passes lines to @transcript as they arrive, until @enough returns true (stopped), QEMU
	 * ends (eof), @deadline passes, or kcxx is interrupted. A later call continues with the
	 * next line.
	 */
	Child::End read(Transcript &transcript, interrupt::Clock::time_point deadline,
			const std::function<bool()> &enough);

	/** Reads until the guest has proved its end and all earlier lines of its console have
	 * arrived. */
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
