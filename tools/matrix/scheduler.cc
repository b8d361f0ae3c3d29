// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/scheduler.hpp"

#include <algorithm>
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace kcxx::matrix
{

namespace
{

constexpr std::chrono::milliseconds grace{3000}; // for trap handlers that remove temporary files

Fd open_log(const std::filesystem::path &path)
{
	std::error_code ignored; // the log is then missing
	std::filesystem::create_directories(path.parent_path(), ignored);
	return Fd(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
}

void write_all(int fd, std::string_view text)
{
	while (!text.empty()) {
		const ssize_t count = write(fd, text.data(), text.size());
		if (count <= 0)
			return; // a full disk: writing the report fails, too, and is reported
		text.remove_prefix(static_cast<size_t>(count));
	}
}

} // namespace

void Scheduler::add(Task task)
{
	const auto less_urgent = std::ranges::find_if(
		queue_, [&](const Task &other) { return other.urgency < task.urgency; });
	queue_.insert(less_urgent, std::move(task));
}

bool Scheduler::fits(const Task &task) const
{
	if (running_.empty())
		return true;
	unsigned memory_mib = task.memory_mib;
	unsigned jobs = task.jobs;
	for (const auto &running : running_) {
		memory_mib += running.task.memory_mib;
		jobs += running.task.jobs;
	}
	return jobs <= limits_.jobs && memory_mib <= limits_.memory_mib;
}

void Scheduler::start_what_fits()
{
	for (auto next = queue_.begin(); next != queue_.end();) {
		if (!fits(*next)) {
			++next;
			continue;
		}
		Task task = std::move(*next);
		queue_.erase(next);
		start(std::move(task));
		next = queue_.begin(); // a task that did not start may have added others
	}
}

void Scheduler::start(Task task)
{
	if (task.started)
		task.started();
	Fd log = open_log(task.log);
	auto child = Child::start(task.command);
	if (!child) {
		const auto message = fmt::format("kcxx: {}\n  found:   {}\n", child.error().what,
						 child.error().found);
		write_all(log.get(), message);
		task.ended({.status = not_started, .output = message});
		return;
	}
	running_.push_back({.task = std::move(task),
			    .child = std::move(*child),
			    .log = std::move(log),
			    .output = {},
			    .since = interrupt::Clock::now()});
}

bool Scheduler::read(Running &running)
{
	std::array<char, 65536> chunk{};
	const ssize_t count = ::read(running.child.output(), chunk.data(), chunk.size());
	if (count <= 0)
		return false;
	const std::string_view text(chunk.data(), static_cast<size_t>(count));
	write_all(running.log.get(), text);
	if (running.task.printed)
		running.task.printed(text);
	running.output.append(text);
	if (running.output.size() > 2 * kept_output)
		running.output.erase(0, running.output.size() - kept_output);
	return true;
}

void Scheduler::finish(std::list<Running>::iterator running)
{
	Ended ended;
	ended.status = running->child.wait();
	ended.output = std::move(running->output);
	ended.seconds =
		std::chrono::duration<double>(interrupt::Clock::now() - running->since).count();
	const Task task = std::move(running->task);
	running_.erase(running);
	task.ended(ended);
}

Result<void> Scheduler::run(std::chrono::milliseconds interval, const std::function<void()> &tick)
{
	while (!queue_.empty() || !running_.empty()) {
		start_what_fits();
		tick();
		if (running_.empty())
			continue;
		// Created for each wait, because descriptors change and are few.
		const Fd all(epoll_create1(EPOLL_CLOEXEC));
		if (!all)
			return std::unexpected(errno_error("cannot wait for programs"));
		for (auto &running : running_) {
			epoll_event event = {.events = EPOLLIN, .data = {.ptr = &running}};
			epoll_ctl(all.get(), EPOLL_CTL_ADD, running.child.output(), &event);
		}
		const auto wait = interrupt::wait(all.get(), interrupt::Clock::now() + interval);
		if (wait == interrupt::Wait::interrupted) {
			end_all();
			return std::unexpected(interrupted_error());
		}
		if (wait == interrupt::Wait::deadline)
			continue;
		epoll_event event = {};
		if (epoll_wait(all.get(), &event, 1, 0) != 1)
			continue;
		const auto ready = std::ranges::find_if(running_, [&](const Running &running) {
			return &running == event.data.ptr;
		});
		if (ready != running_.end() && !read(*ready))
			finish(ready);
	}
	tick();
	return {};
}

void Scheduler::end_all()
{
	for (auto &running : running_)
		running.child.ask_to_end();
	for (auto &running : running_)
		running.child.terminate(grace);
	running_.clear();
	queue_.clear();
}

} // namespace kcxx::matrix
