// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The exit statuses of kcxx: one number means the same thing in every subcommand.
#pragma once

#include <array>
#include <string_view>

namespace kcxx
{

// Statuses for the results of a guest are numbered by gravity: if several apply, the exit status is
// the highest.
enum class ExitStatus : int {
	ok = 0,
	internal = 1,
	usage = 2,
	input = 3,
	unavailable = 4,
	download = 5,
	findings = 6,
	undecided = 8,
	tests = 9,
	expectation = 10,
	script = 11,
	unload = 12,
	load = 13,
	warning = 14,
	hung = 15,
	oops = 16,
	cells = 20,
	interrupted = 130,
};

/** The statuses of cxxavailable.sh, and so of kcxx check. */
enum class CheckStatus : int {
	usable = 0,
	not_usable = 1,
	usage = 2,
	excluded = 77,
};

struct ExitStatusRow {
	ExitStatus status;
	std::string_view name; // the "verdict" of JSON output
	std::string_view meaning;
};

inline constexpr std::array exit_status_table = {
	ExitStatusRow{
		ExitStatus::ok, "ok",
		"done; boot: everything loaded and unloaded, the kernel complained of nothing"},
	ExitStatusRow{ExitStatus::internal, "internal",
		      "an operation of kcxx itself failed (files, memory)"},
	ExitStatusRow{ExitStatus::usage, "usage", "wrong call"},
	ExitStatusRow{ExitStatus::input, "input",
		      "a module is unreadable, lacks a dependency, or is for another kernel than "
		      "the rest"},
	ExitStatusRow{ExitStatus::unavailable, "unavailable",
		      "cannot start: no such kernel, no image, QEMU, busybox or apt"},
	ExitStatusRow{ExitStatus::download, "download", "the download failed"},
	ExitStatusRow{ExitStatus::findings, "findings", "lint: a source breaks a rule"},
	ExitStatusRow{
		ExitStatus::undecided, "undecided",
		"inspect: whether the kernel would load a module cannot be known here; convert: "
		"places are left to a person"},
	ExitStatusRow{ExitStatus::tests, "tests",
		      "a unit test in the guest failed, did not end, or did not run"},
	ExitStatusRow{
		ExitStatus::expectation, "expectation",
		"an --expect is missing from the log, a --forbid is in it, or an init did not "
		"fail with --expect-error"},
	ExitStatusRow{ExitStatus::script, "script", "the script failed"},
	ExitStatusRow{ExitStatus::unload, "unload", "a module did not unload"},
	ExitStatusRow{ExitStatus::load, "load",
		      "a module did not load; inspect: the kernel would not load it"},
	ExitStatusRow{ExitStatus::warning, "warning",
		      "the kernel warned (WARN, lockdep, KASAN, UBSAN, stalls, ...)"},
	ExitStatusRow{ExitStatus::hung, "hung", "the guest did not end in time"},
	ExitStatusRow{ExitStatus::oops, "oops", "the kernel oopsed, hit a BUG or panicked"},
	ExitStatusRow{ExitStatus::cells, "cells", "matrix: a module failed on a kernel it is for"},
	ExitStatusRow{ExitStatus::interrupted, "interrupted",
		      "ended by a signal (128 + its number)"},
};

/** The row of @status; every status has one. */
constexpr const ExitStatusRow &describe(ExitStatus status)
{
	for (const auto &row : exit_status_table)
		if (row.status == status)
			return row;
	return exit_status_table[1];
}

} // namespace kcxx
