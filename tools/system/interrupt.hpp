// SPDX-License-Identifier: GPL-2.0-only OR MIT
// SIGINT, SIGTERM and SIGHUP as a value that waits ask for, so that destructors clean up. Where
// kcxx waits for nothing, as in a long computation, the signal ends it a second later; a second
// signal ends it at once.
#pragma once

#include <chrono>
#include <csignal>
#include <span>

namespace kcxx::interrupt
{

/** Takes the signals; call once, first thing in main(). */
void install();

/** No signal is taken while one of these lives, but in wait(). */
class Hold
{
public:
	Hold();
	Hold(const Hold &) = delete;
	Hold &operator=(const Hold &) = delete;
	Hold(Hold &&) = delete;
	Hold &operator=(Hold &&) = delete;
	~Hold();

private:
	sigset_t before_{};
};

/** The signal that arrived, or 0. */
int received();

/** Undoes install() in a freshly forked child. */
void restore_in_child();

using Clock = std::chrono::steady_clock;

enum class Wait {
	readable,
	deadline,
	interrupted,
};

/**
 * Waits until @fd (-1: none) is readable or at its end, @deadline has passed, or a signal is
 * received; once one was, every further wait ends at once.
 */
Wait wait(int fd, Clock::time_point deadline);

/** The same for any of @fds. */
Wait wait(std::span<const int> fds, Clock::time_point deadline);

} // namespace kcxx::interrupt
