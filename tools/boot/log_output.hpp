// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Prints the guest's log for people, with the lines of the modules' sources.
#pragma once

#include "boot/crash_places.hpp"
#include "boot/kernel_log.hpp"

namespace kcxx
{

class LogOutput
{
public:
	/** @places must outlive this. With @verbose the traces of allocations that have to fail are
	 * printed whole, else a line each. */
	LogOutput(SourcePlaces &places, bool verbose) : places_(places), verbose_(verbose) {}

	/** Prints @line to stdout. */
	void print(const LogLine &line);

private:
	SourcePlaces &places_; // NOLINT(*-ref-data-members): lives within a boot
	bool verbose_;
	FaultTrace fault_;
};

} // namespace kcxx
