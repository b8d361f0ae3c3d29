// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/child.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <ranges>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace kcxx
{

namespace
{

// Runs in the child between fork and exec, so it may only call async-signal-safe functions.
// NOLINTBEGIN(*-vararg): open, fcntl and prctl are declared so
[[noreturn]] void become(char *const *argv, char *const *environment, const char *program,
			 const Command &command, int output, pid_t parent)
{
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(not_started); // kcxx died before the prctl()
	interrupt::restore_in_child();
	const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (null < 0)
		_exit(not_started);
	dup2(null, STDIN_FILENO);
	dup2(output, STDOUT_FILENO);
	dup2(output, STDERR_FILENO);
	for (const int fd : command.inherited)
		fcntl(fd, F_SETFD, 0);
	if (!command.directory.empty() && chdir(command.directory.c_str()) != 0)
		_exit(not_started);
	execve(program, argv, environment);
	_exit(not_started);
}
// NOLINTEND(*-vararg)

// Returns @strings in the form of execve(), valid while they live.
std::vector<char *> pointers(const std::vector<std::string> &strings)
{
	std::vector<char *> result;
	result.reserve(strings.size() + 1);
	for (const auto &string : strings)
		result.push_back(
			const_cast<char *>(string.c_str())); // NOLINT(*-const-cast): its type
	result.push_back(nullptr);
	return result;
}

} // namespace

Result<Child> Child::start(const Command &command)
{
	const auto program = find_program(command.argv.front());
	if (program.empty())
		return std::unexpected(Error{.status = ExitStatus::unavailable,
					     .what = "cannot run " + command.argv.front(),
					     .found = "no such program in PATH"});
	const auto argv = pointers(command.argv);
	const auto given = pointers(command.environment);
	char *const *environment = command.environment.empty() ? environ : given.data();

	std::array<int, 2> ends{};
	if (pipe2(ends.data(), O_CLOEXEC) != 0)
		return std::unexpected(errno_error("cannot make a pipe"));
	Fd reader(ends[0]);
	const Fd writer(ends[1]);
	const pid_t parent = getpid();
	const interrupt::Hold until_the_child_has_handlers_of_its_own;
	const pid_t pid = fork();
	if (pid < 0)
		return std::unexpected(errno_error("cannot start " + program.string()));
	if (pid == 0)
		become(argv.data(), environment, program.c_str(), command, writer.get(), parent);
	setpgid(pid, pid); // here, too: kill() may run before the child's own call
	return Child(pid, std::move(reader));
}

Child::Child(Child &&other) noexcept
    : pid_(std::exchange(other.pid_, -1)), status_(other.status_),
      output_(std::move(other.output_)), lines_(std::move(other.lines_))
{
}

Child::~Child()
{
	kill();
}

void Child::kill()
{
	if (pid_ < 0)
		return;
	::kill(-pid_, SIGKILL);
	wait();
}

void Child::ask_to_end() const
{
	if (pid_ >= 0)
		::kill(-pid_, SIGTERM);
}

void Child::terminate(std::chrono::milliseconds grace)
{
	if (pid_ < 0)
		return;
	ask_to_end();
	// All processes of the group hold the pipe, so its end shows that all have ended.
	const interrupt::Hold while_it_ends;
	const auto deadline = interrupt::Clock::now() + grace;
	std::array<char, 4096> rest{};
	pollfd poll = {.fd = output_.get(), .events = POLLIN, .revents = 0};
	for (auto left = grace; left.count() > 0;
	     left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline -
									  interrupt::Clock::now()))
		if (::poll(&poll, 1, static_cast<int>(left.count())) <= 0 ||
		    read(output_.get(), rest.data(), rest.size()) <= 0)
			break;
	kill();
}

int Child::wait()
{
	if (pid_ < 0)
		return status_;
	int raw = 0;
	while (waitpid(pid_, &raw, 0) < 0 && errno == EINTR)
		;
	pid_ = -1;
	status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
	return status_;
}

Child::End Child::read_lines(interrupt::Clock::time_point deadline,
			     const std::function<bool(std::string_view)> &line)
{
	while (true) {
		while (const auto text = lines_.next())
			if (!line(*text))
				return End::stopped;
		switch (interrupt::wait(output_.get(), deadline)) {
		case interrupt::Wait::deadline:
			return End::deadline;
		case interrupt::Wait::interrupted:
			return End::interrupted;
		case interrupt::Wait::readable:
			break;
		}
		if (lines_.read(output_.get()))
			continue;
		const auto last = lines_.next();
		return last && !line(*last) ? End::stopped : End::eof;
	}
}

Result<Finished> run(const Command &command)
{
	auto child = TRY(Child::start(command));
	Finished finished;
	const auto end =
		child.read_lines(interrupt::Clock::time_point::max(), [&](std::string_view line) {
			finished.output.append(line).push_back('\n');
			return true;
		});
	if (end == Child::End::interrupted)
		return std::unexpected(interrupted_error());
	finished.status = child.wait();
	return finished;
}

std::filesystem::path find_program(std::string_view program)
{
	const auto executable = [](const std::filesystem::path &path) {
		std::error_code ignored; // an unreadable directory counts as empty
		return std::filesystem::is_regular_file(path, ignored) &&
		       access(path.c_str(), X_OK) == 0;
	};
	if (program.contains('/'))
		return executable(program) ? std::filesystem::path(program)
					   : std::filesystem::path();
	const char *path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): one thread
	for (const auto part :
	     std::views::split(std::string_view(path != nullptr ? path : "/usr/bin:/bin"), ':')) {
		const auto candidate = std::filesystem::path(std::string_view(part)) / program;
		if (executable(candidate))
			return candidate;
	}
	return {};
}

Error interrupted_error()
{
	return {.status = ExitStatus::interrupted, .what = "interrupted"};
}

} // namespace kcxx
