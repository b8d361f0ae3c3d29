// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/interrupt.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <poll.h>
#include <unistd.h>
#include <vector>

namespace kcxx::interrupt
{

namespace
{

constexpr std::array handled = {SIGINT, SIGTERM, SIGHUP};
constexpr unsigned patience = 1; // seconds

// A signal handler can only access globals.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
volatile std::sig_atomic_t last_signal = 0;
volatile std::sig_atomic_t noticed = 0; // a wait() has returned the signal, and kcxx cleans up
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

// Dies of the signal, like a program without a handler. The kernel kills the children.
void die_of(int number)
{
	static_cast<void>(std::signal(number, SIG_DFL));
	static_cast<void>(raise(number));
}

// The first signal ends the next wait(). If no wait() follows soon, or a second signal arrives,
// kcxx ends.
void note(int number)
{
	if (last_signal != 0) {
		die_of(number);
		return;
	}
	last_signal = number;
	alarm(patience);
}

void give_up_waiting(int /*number*/)
{
	if (noticed == 0)
		die_of(last_signal);
}

sigset_t handled_set()
{
	sigset_t set;
	sigemptyset(&set);
	for (const int number : handled)
		sigaddset(&set, number);
	return set;
}

timespec until(Clock::time_point deadline)
{
	using namespace std::chrono;
	const auto left = std::max(deadline - Clock::now(), Clock::duration::zero());
	const auto whole = duration_cast<seconds>(left);
	return {.tv_sec = whole.count(),
		.tv_nsec = static_cast<long>(duration_cast<nanoseconds>(left - whole).count())};
}

} // namespace

void install()
{
	struct sigaction action = {};
	action.sa_handler = note;
	action.sa_flags = SA_RESTART;
	action.sa_mask = handled_set(); // the first signal is noted before the second one
	for (const int number : handled)
		sigaction(number, &action, nullptr);
	action.sa_handler = give_up_waiting;
	sigaction(SIGALRM, &action, nullptr);
	// If a reader has ended (kcxx kernels | head), write() returns EPIPE.
	static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
}

Hold::Hold()
{
	const sigset_t set = handled_set();
	sigprocmask(SIG_BLOCK, &set, &before_);
}

Hold::~Hold()
{
	sigprocmask(SIG_SETMASK, &before_, nullptr);
}

int received()
{
	return last_signal;
}

void restore_in_child()
{
	for (const int number : handled)
		static_cast<void>(std::signal(number, SIG_DFL));
	static_cast<void>(std::signal(SIGALRM, SIG_DFL));
	static_cast<void>(std::signal(SIGPIPE, SIG_DFL));
	const sigset_t set = handled_set();
	sigprocmask(SIG_UNBLOCK, &set, nullptr);
}

Wait wait(int fd, Clock::time_point deadline)
{
	return wait(std::span(&fd, 1), deadline);
}

Wait wait(std::span<const int> fds, Clock::time_point deadline)
{
	sigset_t none;
	sigemptyset(&none);
	std::vector<pollfd> polls;
	for (const int fd : fds)
		polls.push_back({.fd = fd, .events = POLLIN, .revents = 0});
	const Hold between_looking_and_waiting;
	while (last_signal == 0) {
		const timespec left = until(deadline);
		const int count = ppoll(polls.data(), polls.size(), &left, &none);
		if (count > 0)
			return Wait::readable;
		if (count == 0)
			return Wait::deadline;
		if (errno != EINTR)
			return Wait::readable; // the caller's read() reports the error
	}
	noticed = 1;
	return Wait::interrupted;
}

} // namespace kcxx::interrupt
