// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Files that poll(2), select(2) and epoll(7) wait for. C API: <linux/poll.h>.

#pragma once

#include <generated/kcxx-layout.h>
#include <kernel/file.hpp>
#include <kernel/wait.hpp>

struct poll_table_struct;

extern "C" void kcxx_poll_wait(struct file *file, struct wait_queue_head *queue,
			       struct poll_table_struct *table);

namespace kernel
{

/// What a file is ready for: `EPOLLIN | EPOLLRDNORM`
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

/// Who polls: a parameter of a driver's poll(), not to be kept
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

	/// Polls again whenever `queue` wakes: call it before looking what the file is ready
	/// for. The queue belongs to the file's object or to what that holds an Arc of, for it
	/// has to live as long as the file is open. Context: may sleep.
	void wait(WaitQueue &queue) KCXX_MAY_SLEEP
	{
		// SAFETY: the queue is initialised, and lives as long as the file is open.
		kcxx_poll_wait(file_, queue.raw(), raw_);
	}

private:
	struct file *file_;
	struct poll_table_struct *raw_;
};

} // namespace kernel
