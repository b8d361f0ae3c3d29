// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Reads the guest's console and its results into a report.
#pragma once

#include "boot/guest_init.hpp"
#include "boot/kernel_log.hpp"
#include "boot/loaded_sections.hpp"
#include "boot/report.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kcxx
{

class Transcript
{
public:
	/** @report and @sink must outlive this. */
	Transcript(GuestWords words, GuestReport &report, const LineSink &sink)
	    : words_(std::move(words)), report_(report), sink_(sink)
	{
	}

	/** Takes one line of the console. */
	void console(std::string_view line);

	/** Takes one line of the port for results. */
	void results(std::string_view line);

	/** Returns whether the guest has proved that it reached its end. */
	[[nodiscard]] bool has_ended() const { return ended_; }

	/** Returns whether all lines of its console before that end have arrived, too. */
	[[nodiscard]] bool is_whole() const { return ended_ && last_mark_; }

private:
	void mark(std::string_view text);
	void result(std::string_view text);
	bool spend(std::string_view nonce);
	[[nodiscard]] LogLine kernel_line(std::optional<double> seconds,
					  std::string_view text) const;
	void message(LogLine line);
	ModuleResult *module(std::string_view name);

	GuestWords words_;
	GuestReport &report_;  // NOLINT(*-ref-data-members): lives within run_guest()
	const LineSink &sink_; // NOLINT(*-ref-data-members): lives within run_guest()
	std::string script_part_;
	SectionLines sections_;
	ModuleResult *loading_ = nullptr;
	size_t spent_ = 0;   // nonces
	bool ready_ = false; // the console now prints the log
	bool ended_ = false;
	bool last_mark_ = false;
};

} // namespace kcxx
