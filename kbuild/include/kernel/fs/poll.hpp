// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Files that poll(2), select(2) and epoll(7) wait for. C API: <linux/poll.h>.

#pragma once

#include <generated/kcxx-bindings.hpp>
#include <kernel/fs/file.hpp>
#include <kernel/sync/wait.hpp>

struct poll_table_struct;

namespace kernel
{

/// The events that a file is ready for: `EPOLLIN | EPOLLRDNORM`
enum PollEvents : unsigned int {}; // not a class: C's functions take them as integers

constexpr PollEvents operator|(PollEvents a, PollEvents b) noexcept
{
	return static_cast<PollEvents>(static_cast<unsigned int>(a) | static_cast<unsigned int>(b));
}

constexpr PollEvents &operator|=(PollEvents &a, PollEvents b) noexcept
{
	return a = a | b;
}

inline constexpr PollEvents EPOLLIN{KCXX_EPOLLIN};
inline constexpr PollEvents EPOLLPRI{KCXX_EPOLLPRI};
inline constexpr PollEvents EPOLLOUT{KCXX_EPOLLOUT};
inline constexpr PollEvents EPOLLERR{KCXX_EPOLLERR};
inline constexpr PollEvents EPOLLHUP{KCXX_EPOLLHUP};
inline constexpr PollEvents EPOLLRDHUP{KCXX_EPOLLRDHUP};
inline constexpr PollEvents EPOLLRDNORM{KCXX_EPOLLRDNORM};
inline constexpr PollEvents EPOLLWRNORM{KCXX_EPOLLWRNORM};

/// The polling task: a parameter of a driver's poll(). Do not keep it.
class PollTable
{
public:
	PollTable(struct file *file, struct poll_table_struct *raw) noexcept
	    : file_{file}, raw_{raw}
	{
	}
	PollTable(const PollTable &) = delete;
	PollTable &operator=(const PollTable &) = delete;
	~PollTable() = default;

	/// Makes the task poll again whenever `queue` wakes: call it before you check for which
	/// events the file is ready. The queue has to live as long as the file is open, so it
	/// belongs to the file's object or to an object that this holds an Arc of. Context: may
	/// sleep.
	void wait(WaitQueue &queue) KCXX_MAY_SLEEP
	{
		// SAFETY: the queue is initialised, and lives as long as the file is open.
		bindings::kcxx_poll_wait(file_, queue.raw(), raw_);
	}

private:
	struct file *file_;
	struct poll_table_struct *raw_;
};

} // namespace kernel
