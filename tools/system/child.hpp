// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A child process that never outlives kcxx; kcxx reads its output line by line.
#pragma once

#include "system/error.hpp"
#include "system/fd.hpp"
#include "system/interrupt.hpp"
#include "system/line_reader.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace kcxx
{

/** The exit status of a program that could not be started, as sh's. */
inline constexpr int not_started = 127;

/** The parameters of a program. Its stdin is empty, its stdout and stderr are one pipe. */
struct Command {
	std::vector<std::string> argv;        // argv[0] is looked up in PATH
	std::filesystem::path directory;      // empty: kcxx's own
	std::vector<int> inherited;           // descriptors that it inherits, with the same numbers
	std::vector<std::string> environment; // NAME=value, complete; empty: kcxx's own
};

/**
 * A started program, in a process group of its own: a Ctrl-C reaches only kcxx, which then ends the
 * group. The kernel kills the program if SIGKILL ends kcxx. The destructor kills it, too.
 */
class Child
{
public:
	/** Starts @command; the Error is of status unavailable if the program is missing. */
	static Result<Child> start(const Command &command);

	Child(Child &&other) noexcept;
	Child &operator=(Child &&other) = delete;
	Child(const Child &) = delete;
	Child &operator=(const Child &) = delete;
	~Child();

	enum class End {
		eof,
		stopped,
		deadline,
		interrupted,
	};

	/**
	 * Passes each line of output, without its end (\n or \r\n), to @line until that returns
	 * false, the output ends, @deadline passes, or kcxx is interrupted. A later call continues
	 * with the next line.
	 */
	End read_lines(interrupt::Clock::time_point deadline,
		       const std::function<bool(std::string_view)> &line);

	/** Returns the pipe with its output, for callers that wait for several programs at once. */
	[[nodiscard]] int output() const { return output_.get(); }

	/** Sends SIGTERM to the group. */
	void ask_to_end() const;

	/** Sends SIGTERM to the group, and kills processes that have not ended after @grace. */
	void terminate(std::chrono::milliseconds grace);

	/** Kills the group, if it still runs, and reaps the program. */
	void kill();

	/** Waits for the program's end. Returns its exit status, or 128 + the signal that killed
	 * it. */
	int wait();

private:
	Child(pid_t pid, Fd output) : pid_(pid), output_(std::move(output)) {}

	pid_t pid_ = -1;
	int status_ = -1;
	Fd output_;
	LineReader lines_;
};

/** A finished program: its exit status and its whole output. */
struct Finished {
	int status = 0;
	std::string output;
};

/** Runs @command to its end. An interruption is an Error of status interrupted. */
Result<Finished> run(const Command &command);

/** Returns the absolute path of @program in PATH, or an empty one. */
std::filesystem::path find_program(std::string_view program);

/** Returns the Error for an operation that a signal has interrupted. */
Error interrupted_error();

} // namespace kcxx
