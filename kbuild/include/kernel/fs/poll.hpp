// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Files that poll(2), select(2) and epoll(7) wait for. C API: <linux/poll.h>.

#pragma once

#include <generated/bindings/fs/poll.hpp>
#include <kernel/fs/file.hpp>
#include <kernel/sync/wait.hpp>

namespace kernel
{

/// The events that a file is ready for: `EPOLLIN | EPOLLRDNORM`
enum PollEvents : unsigned int {}; // not a class: C's functions take them as integers

/// All events of both
constexpr PollEvents operator|(PollEvents a, PollEvents b) noexcept
{
	return static_cast<PollEvents>(static_cast<unsigned int>(a) | static_cast<unsigned int>(b));
}

/// Adds events
constexpr PollEvents &operator|=(PollEvents &a, PollEvents b) noexcept
{
	return a = a | b;
}

inline constexpr PollEvents EPOLLIN{KCXX_EPOLLIN};         ///< there are data to read
inline constexpr PollEvents EPOLLPRI{KCXX_EPOLLPRI};       ///< there are urgent data
inline constexpr PollEvents EPOLLOUT{KCXX_EPOLLOUT};       ///< a write does not wait
inline constexpr PollEvents EPOLLERR{KCXX_EPOLLERR};       ///< an error; always reported
inline constexpr PollEvents EPOLLHUP{KCXX_EPOLLHUP};       ///< hung up; always reported
inline constexpr PollEvents EPOLLRDHUP{KCXX_EPOLLRDHUP};   ///< the peer sends no more
inline constexpr PollEvents EPOLLRDNORM{KCXX_EPOLLRDNORM}; ///< EPOLLIN, for normal data
inline constexpr PollEvents EPOLLWRNORM{KCXX_EPOLLWRNORM}; ///< EPOLLOUT, for normal data

/// The polling task: a parameter of a driver's poll(). Do not keep it.
class PollTable
{
public:
	/// It stays where it was made: see Send.
	static constexpr bool is_send = false;

	/// For the library, which gets the C objects from the kernel
	PollTable(::file *file, ::poll_table_struct *raw) noexcept : file_{file}, raw_{raw} {}
	PollTable(const PollTable &) = delete;
	PollTable &operator=(const PollTable &) = delete;
	~PollTable() = default;

	/// Makes the task poll again whenever `queue` wakes: call it before you check for which
	/// events the file is ready. The queue has to live as long as the file is open, so it
	/// belongs to the file's object or to an object that this holds an Arc of. Context: may
	/// sleep.
	void wait(const WaitQueue &queue) KCXX_MAY_SLEEP
	{
		// SAFETY: the queue is initialised, and lives as long as the file is open.
		bindings::poll_wait(file_, queue.raw(), raw_);
	}

private:
	::file *file_;
	::poll_table_struct *raw_;
};

} // namespace kernel
