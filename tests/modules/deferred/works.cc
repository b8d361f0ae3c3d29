// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>
#include <utility>

#include <kernel/atomic.hpp>
#include <kernel/closure.hpp>
#include <kernel/completion.hpp>
#include <kernel/kthread.hpp>
#include <kernel/mutex.hpp>
#include <kernel/safe.hpp>
#include <kernel/sched.hpp>
#include <kernel/timer.hpp>
#include <kernel/workqueue.hpp>

#include "checks.hpp"

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

constexpr Jiffies never = seconds(100000);

/// Counts how often its work ran
struct Counter {
	explicit Counter(WorkQueueRef queue = system_wq)
	    : work{LOCK_CLASS("kcxx counter"), *this, std::move(queue)}
	{
	}

	void count() { runs.add(1); }

	Atomic<int> runs;
	Work<&Counter::count> work;
};

bool runs_at_all(Counter &counter)
{
	CHECK(counter.work.queue());
	counter.work.flush();
	CHECK(counter.runs.read() == 1);
	return true;
}

/// An ordered queue that runs nothing until it is let go
struct Held {
	explicit Held(Arc<WorkQueue> q) : queue{std::move(q)} {}
	Held(const Held &) = delete;
	Held &operator=(const Held &) = delete;
	~Held() { let_go.complete_all(); }

	static Result<Box<Held>> make()
	{
		auto held = KTRY(
			Box<Held>::make(GFP_KERNEL, KTRY(WorkQueue::make_ordered("kcxx_held"))));
		KTRY(held->queue->run(GFP_KERNEL, [&h = *held] {
			h.began.complete();
			h.let_go.wait();
		}));
		held->began.wait();
		return held;
	}

	void run_all()
	{
		let_go.complete_all();
		queue->flush();
	}

	Completion began, let_go;
	Arc<WorkQueue> queue;
};

bool work_runs_once_for_each_queue()
{
	Counter counter;
	for (int i = 1; i < 4; ++i) {
		CHECK(counter.work.queue());
		counter.work.flush();
		CHECK(counter.runs.read() == i && !counter.work.pending());
	}
	CHECK(!counter.work.cancel());
	return true;
}

bool work_that_is_pending_is_not_queued_twice()
{
	auto held = TAKE(Held::make());
	Counter counter{held->queue.clone()};
	CHECK(counter.work.queue());
	CHECK(!counter.work.queue() && counter.work.pending());
	held->run_all();
	CHECK(counter.runs.read() == 1);
	return true;
}

struct Sleeper {
	void run() KCXX_MAY_SLEEP
	{
		began.complete();
		sleep(Jiffies{3});
		in_task = !context_softirqs_off() && !context_in_hardirq();
		ended.add(1);
		if (again)
			(void)work.queue();
	}

	Completion began;
	Atomic<int> ended;
	bool in_task = false;
	bool again = false;
	Work<&Sleeper::run> work{LOCK_CLASS("kcxx sleeper"), *this, system_long_wq};
};

bool work_may_sleep()
{
	Sleeper sleeper;
	CHECK(sleeper.work.queue());
	sleeper.work.flush();
	CHECK(sleeper.ended.read() == 1 && sleeper.in_task);
	return true;
}

bool cancel_waits_for_the_function()
{
	Sleeper sleeper;
	sleeper.again = true;
	for (int i = 1; i < 3; ++i) {
		CHECK(sleeper.work.queue());
		sleeper.began.wait();
		sleeper.work.cancel();
		CHECK(sleeper.ended.read() == i && !sleeper.work.pending());
	}
	return true;
}

bool end_waits_for_the_function()
{
	auto sleeper = TAKE(Box<Sleeper>::make(GFP_KERNEL));
	sleeper->again = true;
	CHECK(sleeper->work.queue());
	sleeper->began.wait();
	return true;
}

struct Restless {
	void run()
	{
		runs.add(1);
		(void)work.queue();
	}

	Atomic<int> runs;
	Work<&Restless::run> work{LOCK_CLASS("kcxx restless"), *this, system_unbound_wq};
};

bool work_that_queues_itself_ends()
{
	Restless restless;
	for (int round = 0; round < 2; ++round) {
		CHECK(restless.work.queue());
		const int before = restless.runs.read();
		while (restless.runs.read() < before + 20)
			sleep(Jiffies{1});
		restless.work.cancel();
		const int runs = restless.runs.read();
		sleep(Jiffies{3});
		CHECK(restless.runs.read() == runs);
	}
	CHECK(restless.work.queue()); // and with its object
	return true;
}

bool work_that_was_shut_down_is_not_queued()
{
	Counter counter;
	CHECK(counter.work.queue());
	counter.work.shutdown();
	counter.work.shutdown();
	const int runs = counter.runs.read();
	CHECK(!counter.work.queue() && !counter.work.pending());
	counter.work.flush();
	CHECK(!counter.work.cancel() && counter.runs.read() == runs);
	return true;
}

bool work_is_shut_down_while_others_queue_it()
{
	for (int round = 0; round < 20; ++round) {
		Counter counter;
		auto other = TAKE(KThread::run("kcxx-queues", [&] {
			while (!KThread::should_stop()) {
				(void)counter.work.queue();
				cond_resched();
			}
		}));
		while (counter.runs.read() == 0)
			sleep(Jiffies{1});
		counter.work.shutdown();
		const int runs = counter.runs.read();
		sleep(Jiffies{1});
		CHECK(counter.runs.read() == runs && !counter.work.queue());
	}
	return true;
}

struct Note {
	explicit Note(Atomic<int> &w, WorkQueueRef queue)
	    : where{w}, work{LOCK_CLASS("kcxx note"), *this, std::move(queue)}
	{
	}
	void run() { where.add(1); }

	Atomic<int> &where;
	Work<&Note::run> work;
};

bool work_that_is_pending_ends_with_its_object()
{
	auto held = TAKE(Held::make());
	Atomic<int> runs;
	{
		auto note = TAKE(Box<Note>::make(GFP_KERNEL, runs, held->queue.clone()));
		CHECK(note->work.queue() && note->work.pending());
	}
	held->run_all();
	CHECK(runs.read() == 0);
	return true;
}

bool every_system_queue_runs_works()
{
	for (const auto &queue : {system_wq, system_highpri_wq, system_long_wq, system_unbound_wq,
				  system_freezable_wq, system_power_efficient_wq}) {
		Counter counter{queue};
		CHECK(runs_at_all(counter));
	}
	return true;
}

bool queue_of_every_flag_runs_works()
{
	for (const auto flags : {WorkQueueFlags{}, WQ_UNBOUND | WQ_HIGHPRI, WQ_FREEZABLE,
				 WQ_MEM_RECLAIM, WQ_CPU_INTENSIVE, WQ_POWER_EFFICIENT}) {
		Counter counter{TAKE(WorkQueue::make("kcxx_flags", flags, 1))};
		CHECK(runs_at_all(counter));
	}
	return true;
}

bool ordered_queue_runs_in_order()
{
	auto queue = TAKE(WorkQueue::make_ordered("kcxx_ordered", WQ_MEM_RECLAIM));
	std::array<int, 8> order{};
	std::size_t next = 0;
	for (int i = 0; i < 8; ++i)
		CHECK(queue->run(GFP_KERNEL, [&order, &next, i] { order[next++] = i; }));
	queue->flush();
	for (int i = 0; i < 8; ++i)
		CHECK(order[static_cast<std::size_t>(i)] == i);
	return true;
}

bool queue_runs_its_closures_before_it_ends()
{
	auto counted = TAKE(Arc<Atomic<int>>::make(GFP_KERNEL));
	{
		auto queue = TAKE(WorkQueue::make("kcxx_closures"));
		for (int i = 0; i < 5; ++i)
			CHECK(queue->run(GFP_KERNEL, [mine = counted.clone()] {
				sleep(Jiffies{1});
				mine->add(1);
			}));
	}
	CHECK(counted->read() == 5);
	CHECK(counted.unique() != nullptr); // what they captured went with them
	return true;
}

struct Again {
	WorkQueue &queue;
	Atomic<int> &runs;
	Atomic<int> &refused;

	void operator()() const
	{
		runs.add(1);
		const auto given = queue.run(GFP_KERNEL, *this);
		if (!given && given.error() == ECANCELED)
			refused.add(1);
	}
};

bool closure_that_gives_itself_again_ends_with_its_queue()
{
	Atomic<int> runs;
	Atomic<int> refused;
	{
		auto queue = TAKE(WorkQueue::make("kcxx_again"));
		CHECK(queue->run(GFP_KERNEL, Again{*queue, runs, refused}));
		while (runs.read() < 5)
			sleep(Jiffies{1});
	}
	CHECK(refused.read() == 1);
	return true;
}

bool queue_lives_as_long_as_its_works()
{
	auto queue = TAKE(WorkQueue::make("kcxx_shared"));
	Counter counter{std::move(queue)};
	CHECK(runs_at_all(counter));
	return true;
}

/// Three delayed works and when they ran
struct Delays {
	explicit Delays(Arc<WorkQueue> q) : queue{std::move(q)} {}

	template <int N>
	void ran()
	{
		KCXX_UNSAFE("an ordered queue runs one work at a time")
		{
			at[N] = context_jiffies();
			order[next++] = N;
		}
		if (next == 3)
			all.complete();
	}

	Arc<WorkQueue> queue;
	std::array<unsigned long, 3> at{};
	std::array<int, 3> order{};
	std::size_t next = 0;
	Completion all;
	DelayedWork<&Delays::ran<0>> first{LOCK_CLASS("kcxx first"), *this, queue.clone()};
	DelayedWork<&Delays::ran<1>> second{LOCK_CLASS("kcxx second"), *this, queue.clone()};
	DelayedWork<&Delays::ran<2>> third{LOCK_CLASS("kcxx third"), *this, queue.clone()};
};

bool delayed_works_run_when_their_time_has_come()
{
	Delays delays{TAKE(WorkQueue::make_ordered("kcxx_delays"))};
	const unsigned long start = context_jiffies();
	CHECK(delays.third.queue(Jiffies{30}) && delays.first.queue(Jiffies{5}) &&
	      delays.second.queue(Jiffies{15}));
	CHECK(!delays.third.queue(Jiffies{1}) && delays.third.pending());
	delays.all.wait();
	CHECK(delays.order[0] == 0 && delays.order[1] == 1 && delays.order[2] == 2);
	CHECK(delays.at[0] >= start + 5 && delays.at[1] >= start + 15 &&
	      delays.at[2] >= start + 30);
	return true;
}

struct Later {
	void run()
	{
		runs.add(1);
		ran.complete();
		if (again)
			(void)work.queue(Jiffies{1});
	}

	Atomic<int> runs;
	Completion ran;
	bool again = false;
	DelayedWork<&Later::run> work{LOCK_CLASS("kcxx later"), *this};
};

bool delayed_work_is_cancelled_flushed_and_moved()
{
	Later later;
	CHECK(later.work.queue(never) && later.work.cancel() && !later.work.pending());
	CHECK(later.runs.read() == 0);
	CHECK(later.work.queue(never));
	later.work.flush();
	CHECK(later.runs.read() == 1);
	later.ran.wait();
	CHECK(!later.work.mod(never) && later.work.mod(Jiffies{1}));
	later.ran.wait();
	CHECK(later.runs.read() == 2);
	later.work.shutdown();
	CHECK(!later.work.queue(Jiffies{0}) && !later.work.mod(Jiffies{0}) && !later.work.cancel());
	CHECK(later.runs.read() == 2);
	return true;
}

bool delayed_work_that_queues_itself_ends()
{
	Later later;
	later.again = true;
	CHECK(later.work.queue(Jiffies{0}));
	for (int i = 0; i < 4; ++i)
		later.ran.wait();
	later.work.cancel();
	const int runs = later.runs.read();
	sleep(Jiffies{4});
	CHECK(later.runs.read() == runs && !later.work.pending());
	CHECK(later.work.queue(Jiffies{0})); // and with its object
	return true;
}

bool delayed_work_that_is_pending_ends_with_its_object()
{
	Later later;
	{
		auto gone = TAKE(Box<Later>::make(GFP_KERNEL));
		CHECK(gone->work.queue(Jiffies{3}));
	}
	CHECK(later.work.queue(Jiffies{10})); // by then the other would have run, freed
	later.ran.wait();
	return true;
}

/// A timer and a work that start one another
struct Cycle {
	void expired() KCXX_MUST_NOT_SLEEP { (void)work.queue(); }
	void run()
	{
		runs.add(1);
		timer.start(Jiffies{1});
	}

	Cycle() = default;
	Cycle(const Cycle &) = delete;
	Cycle &operator=(const Cycle &) = delete;
	~Cycle() { timer.shutdown(); }

	Atomic<int> runs;
	Timer<&Cycle::expired> timer{LOCK_CLASS("kcxx cycle timer"), *this};
	Work<&Cycle::run> work{LOCK_CLASS("kcxx cycle work"), *this};
};

bool timer_and_work_that_start_one_another_end()
{
	for (int round = 0; round < 5; ++round) {
		auto cycle = TAKE(Box<Cycle>::make(GFP_KERNEL));
		CHECK(cycle->work.queue());
		while (cycle->runs.read() < 3)
			sleep(Jiffies{1});
	}
	sleep(Jiffies{3});
	return true;
}

bool closure_ends_before_what_it_owns()
{
	auto shared = TAKE(Arc<Atomic<int>>::make(GFP_KERNEL));
	{
		auto work = TAKE(Closure<Work>::make(GFP_KERNEL, LOCK_CLASS("kcxx closure"),
						     [mine = shared.clone()] { mine->add(1); }));
		CHECK(work->queue());
		work->flush();
		CHECK(shared->read() == 1);
		auto moved = std::move(work);
		CHECK(moved->queue());
		auto later = TAKE(Closure<DelayedWork>::make(
			GFP_KERNEL, LOCK_CLASS("kcxx delayed closure"),
			[mine = shared.clone()] { mine->add(100); }, system_unbound_wq));
		CHECK(later->queue(never));
		later = TAKE(
			Closure<DelayedWork>::make(GFP_KERNEL, LOCK_CLASS("kcxx other"),
						   [mine = shared.clone()] { mine->add(10); }));
		CHECK(later->queue(never));
		later->flush();
	}
	CHECK(shared.unique() != nullptr);
	CHECK(shared->read() == 11 || shared->read() == 12);
	return true;
}

/// Ends with some of it pending or running, when the module is unloaded
struct Works {
	static Result<Works> init(ThisModule & /*self*/)
	{
		BEHAVES(work_runs_once_for_each_queue);
		BEHAVES(work_that_is_pending_is_not_queued_twice);
		BEHAVES(work_may_sleep);
		BEHAVES(cancel_waits_for_the_function);
		BEHAVES(end_waits_for_the_function);
		BEHAVES(work_that_queues_itself_ends);
		BEHAVES(work_that_was_shut_down_is_not_queued);
		BEHAVES(work_is_shut_down_while_others_queue_it);
		BEHAVES(work_that_is_pending_ends_with_its_object);
		BEHAVES(every_system_queue_runs_works);
		BEHAVES(queue_of_every_flag_runs_works);
		BEHAVES(ordered_queue_runs_in_order);
		BEHAVES(queue_runs_its_closures_before_it_ends);
		BEHAVES(closure_that_gives_itself_again_ends_with_its_queue);
		BEHAVES(queue_lives_as_long_as_its_works);
		BEHAVES(delayed_works_run_when_their_time_has_come);
		BEHAVES(delayed_work_is_cancelled_flushed_and_moved);
		BEHAVES(delayed_work_that_queues_itself_ends);
		BEHAVES(delayed_work_that_is_pending_ends_with_its_object);
		BEHAVES(timer_and_work_that_start_one_another_end);
		BEHAVES(closure_ends_before_what_it_owns);
		return Result<Works>{std::in_place};
	}

	Works()
	{
		later_.again = true;
		(void)later_.work.queue(Jiffies{1});
		(void)cycle_.work.queue();
	}

	Later later_;
	Cycle cycle_;
};

} // namespace

KERNEL_MODULE(Works);
