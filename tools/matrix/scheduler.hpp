// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Runs programs in parallel, as many as cores and memory allow.
#pragma once

#include "system/child.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <list>
#include <string>
#include <string_view>

namespace kcxx::matrix
{

/** A program that ended. */
struct Ended {
	int status = 0;
	std::string output; // last part of its output: see Scheduler::kept_output
	double seconds = 0;
};

struct Task {
	unsigned urgency = 0; // the highest starts first
	Command command;
	unsigned memory_mib = 0;
	unsigned jobs = 1; // how many of Limits::jobs it takes: a build runs several compilers
	std::filesystem::path log; // receives all output
	std::function<void()> started;
	std::function<void(std::string_view)> printed; // receives the output as it comes
	std::function<void(const Ended &)> ended;      // may add tasks
};

/**
 * Two limits, because neither implies the other: a guest takes much memory and little of a core, a
 * compiler the opposite. A task that is larger than a limit runs alone.
 */
struct Limits {
	unsigned jobs = 1;
	unsigned memory_mib = 1024;
};

class Scheduler
{
public:
	explicit Scheduler(Limits limits) : limits_(limits) {}

	/** Task::ended receives this much of a program's output; the log has all of it. */
	static constexpr size_t kept_output = size_t{256} * 1024;

	void add(Task task);

	/**
	 * Runs all tasks, and those they add. Calls @tick when a task starts or ends, and @interval
	 * after the last call. An interruption ends the programs.
	 */
	Result<void> run(std::chrono::milliseconds interval, const std::function<void()> &tick);

private:
	struct Running {
		Task task;
		Child child;
		Fd log;
		std::string output;
		interrupt::Clock::time_point since;
	};

	[[nodiscard]] bool fits(const Task &task) const;
	void start_what_fits();
	void start(Task task);
	static bool read(Running &running); // false: end of the output
	void finish(std::list<Running>::iterator running);
	void end_all();

	Limits limits_;
	std::list<Task> queue_;
	std::list<Running> running_;
};

} // namespace kcxx::matrix
