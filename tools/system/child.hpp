// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A child process whose output is read line by line, and which never outlives kcxx.
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

/** How a program is started. Its stdin is empty, its stdout and stderr are one pipe. */
struct Command {
	std::vector<std::string> argv;        // argv[0] is looked up in PATH
	std::filesystem::path directory;      // empty: ours
	std::vector<int> inherited;           // descriptors it keeps, under the same number
	std::vector<std::string> environment; // NAME=value, all of it; empty: ours
};

/**
 * A started program, in a process group of its own: a Ctrl-C reaches kcxx alone, which then ends
 * the group. The kernel kills the program should kcxx die by SIGKILL. The destructor does too.
 */
class Child
{
public:
	/** Starts @command; the error is of status unavailable when the program is not there. */
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
	 * Hands each line of output, without its end (\n or \r\n), to @line until that returns
	 * false, the output ends, @deadline passes, or kcxx is interrupted. A later call goes on
	 * with the next line.
	 */
	End read_lines(interrupt::Clock::time_point deadline,
		       const std::function<bool(std::string_view)> &line);

	/** The pipe its output comes from, for those who wait for several programs at once. */
	[[nodiscard]] int output() const { return output_.get(); }

	/** Sends the group SIGTERM. */
	void ask_to_end() const;

	/** Asks the group to end by SIGTERM, and kills what has not ended after @grace. */
	void terminate(std::chrono::milliseconds grace);

	/** Kills the group, if it still runs, and reaps the program. */
	void kill();

	/** Waits for the program's end; its exit status, or 128 + the signal that killed it. */
	int wait();

private:
	Child(pid_t pid, Fd output) : pid_(pid), output_(std::move(output)) {}

	pid_t pid_ = -1;
	int status_ = -1;
	Fd output_;
	LineReader lines_;
};

/** A finished program: its exit status and all it wrote. */
struct Finished {
	int status = 0;
	std::string output;
};

/** Runs @command to its end. An interruption is an Error of status interrupted. */
Result<Finished> run(const Command &command);

/** The absolute path of @program as PATH has it, or an empty one. */
std::filesystem::path find_program(std::string_view program);

/** The Error to return once interrupt::received() is not 0. */
Error interrupted_error();

} // namespace kcxx
