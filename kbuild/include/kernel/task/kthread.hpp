// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Threads of the kernel. C API: <linux/kthread.h>.

#pragma once

#include <expected>
#include <type_traits>
#include <utility>

#include <generated/bindings/task/kthread.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/module/live_objects.hpp>
#include <kernel/sync/completion.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/sendable.hpp>

namespace kernel
{

/// A thread that runs a callable, and ends before its object does. Data that the callable
/// refers to have to live as long: declare the KThread after them.
///
///     KThread::run("pump", [this] {
///             while (!KThread::should_stop())
///                     pump_once();
///     })
///
/// Moves, does not copy; a moved-from KThread has no thread.
class [[nodiscard]] KThread
{
public:
	/// Starts a thread with its own copy of `callable`, called `name` in ps(1).
	///
	/// Errors: ENOMEM; EINTR if the caller is being killed. Context: may sleep.
	template <typename Callable>
	[[nodiscard]] static Result<KThread> run(const char *name, Callable callable) KCXX_MAY_SLEEP
	{
		static_assert(
			Send<Callable>,
			"kcxx-E1469: what a thread calls is bound to where it was made: give it an "
			"owner, a clone() of an Arc, or a copy");
		Box<Job> job = KTRY(Box<JobOf<Callable>>::make(GFP_KERNEL, std::move(callable)));
		// SAFETY, of all: the job stays where it is until the thread has ended; name is
		// copied. The thread may end by itself; even then kthread_stop() needs its task.
		::task_struct *task = KTRY(Error::from_pointer(bindings::kthread_create_on_node(
			entry, &*job, KCXX_NUMA_NO_NODE, "%s", name)));
		bindings::get_task_struct(task);
		bindings::wake_up_process(task);
		return KThread{task, std::move(job)};
	}

	KThread(const KThread &) = delete;
	KThread &operator=(const KThread &) = delete;

	/// Leaves `other` without a thread. Context: any.
	KThread(KThread &&other) noexcept
	    : task_{std::exchange(other.task_, nullptr)}, job_{std::move(other.job_)}
	{
	}

	/// Stops the thread of this object before. Context: may sleep.
	KThread &operator=(KThread &&other) noexcept KCXX_MAY_SLEEP
	{
		if (this != &other) {
			stop();
			task_ = std::exchange(other.task_, nullptr);
			job_ = std::move(other.job_);
		}
		return *this;
	}

	/// Calls stop()
	~KThread() KCXX_MAY_SLEEP { stop(); }

	/// Asks the thread to end, and waits until it has. A thread that has not begun never
	/// runs its callable. Context: may sleep; not the thread itself.
	void stop() KCXX_MAY_SLEEP
	{
		if (task_ == nullptr)
			return;
		::task_struct *task = std::exchange(task_, nullptr);
		// SAFETY, of both: run() made the thread, and took the reference.
		bindings::kthread_stop(task);
		bindings::put_task_struct(task);
	}

	/// Waits until the callable has returned by itself. Context: as stop().
	void join() KCXX_MAY_SLEEP
	{
		if (task_ == nullptr)
			return;
		job_->done.wait();
		stop();
	}

	/// True if the calling thread has to end. Context: the callable's.
	[[nodiscard]] static bool should_stop()
	{
		// SAFETY: the call only looks at the running task, which is a kernel thread.
		return bindings::kthread_should_stop();
	}

private:
	struct Job {
		Job() = default;
		Job(const Job &) = delete;
		Job &operator=(const Job &) = delete;
		virtual ~Job() = default;
		virtual void run() = 0;

		[[no_unique_address]] detail::CountedLife<KThread> life;
		Completion done;
	};

	template <typename Callable>
	struct JobOf final : Job {
		explicit JobOf(Callable &&given) : callable{std::move(given)} {}
		void run() override { callable(); }

		Callable callable;
	};

	KThread(::task_struct *task, Box<Job> job) noexcept : task_{task}, job_{std::move(job)} {}

	/// The thread's function, of the type that the kernel calls
	static int entry(void *data)
	{
		auto *job = static_cast<Job *>(data);
		job->run();
		job->done.complete();
		return 0;
	}

	::task_struct *task_;
	Box<Job> job_;
};

} // namespace kernel
