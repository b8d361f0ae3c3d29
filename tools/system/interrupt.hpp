// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Makes SIGINT, SIGTERM and SIGHUP end waits, so that destructors clean up. If kcxx does not wait,
// as in a long computation, the signal ends it a second later. A second signal ends it at once.
#pragma once

#include <chrono>
#include <csignal>
#include <span>

namespace kcxx::interrupt
{

/** Installs handlers for the signals; call once, first in main(). */
void install();

/** Blocks the signals while it lives, except in wait(). */
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

/** Returns the signal that arrived, or 0. */
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
 * Waits until @fd (-1: none) is readable or at its end, @deadline has passed, or a signal arrives.
 * After a signal, every further wait ends at once.
 */
Wait wait(int fd, Clock::time_point deadline);

/** Waits in the same way for any of @fds. */
Wait wait(std::span<const int> fds, Clock::time_point deadline);

} // namespace kcxx::interrupt
