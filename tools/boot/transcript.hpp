// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Reading the guest's serial console into a report.
#pragma once

#include "boot/guest.hpp"
#include "boot/report.hpp"

#include <string>
#include <string_view>

namespace kcxx
{

class Transcript
{
public:
	/** @report and @sink must outlive this. */
	Transcript(std::string token, GuestReport &report, const LineSink &sink)
	    : token_(std::move(token) + " "), report_(report), sink_(sink)
	{
	}

	/** Takes one console line; false after the last one that matters. */
	bool feed(std::string_view line);

private:
	bool command(std::string_view text);
	void step(std::string_view verb, std::string_view arguments);
	void message(LogLine line);
	ModuleResult *module(std::string_view name);

	std::string token_;
	GuestReport &report_;  // NOLINT(*-ref-data-members): lives within run_guest()
	const LineSink &sink_; // NOLINT(*-ref-data-members): lives within run_guest()
	std::string script_part_;
	ModuleResult *loading_ = nullptr;
};

} // namespace kcxx
