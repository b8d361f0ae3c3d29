// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <ratio>
#include <utility>

#include <kernel/atomic.hpp>
#include <kernel/closure.hpp>
#include <kernel/completion.hpp>
#include <kernel/hrtimer.hpp>
#include <kernel/kthread.hpp>
#include <kernel/sched.hpp>
#include <kernel/spinlock.hpp>
#include <kernel/time.hpp>
#include <kernel/timer.hpp>

#include "checks.hpp"

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

constexpr Jiffies never = seconds(100000);

static_assert(3_us == 3000_ns && 1_s - 1_ms == 999_ms && 2 * 4_us == 8_us && 1_ns < 1_us);
static_assert(Ktime{5_us} + 1_us == Ktime{6_us} && Ktime{5_us} - Ktime{2_us} == 3_us);

// Durations of std::chrono, of any unit: the longest length stands for those that do not fit
static_assert(Nanoseconds{std::chrono::milliseconds{5}} == 5_ms);
static_assert(Nanoseconds{std::chrono::minutes{-2}} == Nanoseconds{} - 120_s);
static_assert(Nanoseconds{std::chrono::duration<long, std::ratio<1, 3>>{6}} == 2_s);
static_assert(Nanoseconds{std::chrono::duration<long, std::pico>{2999}} == 2_ns);
static_assert(Nanoseconds{std::chrono::years{1000}} == Nanoseconds{INT64_MAX});

/// A timer, and where and when it ran
struct Alarm {
	void expired() KCXX_MUST_NOT_SLEEP
	{
		at = context_jiffies();
		in_softirq = context_in_softirq() && !context_in_hardirq();
		*state.lock() += 1;
		runs.add(1);
		if (again)
			timer.start(Jiffies{1});
		ran.complete();
		spin(1000);
		ended.add(1);
	}

	unsigned long at = 0;
	bool in_softirq = false;
	bool again = false;
	Atomic<int> runs, ended;
	SpinLock<int, FromSoftirq> state{LOCK_CLASS("kcxx alarm state")};
	Completion ran;
	Timer<&Alarm::expired> timer{LOCK_CLASS("kcxx alarm"), *this};
};

bool timer_runs_in_a_softirq_when_its_time_has_come()
{
	Alarm alarm;
	CHECK(!alarm.timer.pending());
	const unsigned long start = context_jiffies();
	alarm.timer.start(Jiffies{5});
	alarm.ran.wait();
	CHECK(alarm.runs.read() == 1 && alarm.at >= start + 5 && alarm.in_softirq);
	CHECK(*alarm.state.lock() == 1);
	return true;
}

bool timer_that_is_started_again_runs_at_the_later_word()
{
	Alarm alarm;
	alarm.timer.start(never);
	CHECK(alarm.timer.pending());
	alarm.timer.start(Jiffies{1});
	alarm.ran.wait();
	alarm.timer.cancel();
	CHECK(alarm.runs.read() == 1);
	return true;
}

bool timer_that_is_cancelled_does_not_run()
{
	Alarm alarm;
	Alarm later;
	alarm.timer.start(never);
	CHECK(alarm.timer.try_cancel() && !alarm.timer.try_cancel());
	alarm.timer.start(Jiffies{10});
	CHECK(alarm.timer.cancel() && !alarm.timer.cancel() && !alarm.timer.pending());
	later.timer.start(Jiffies{20});
	later.ran.wait();
	CHECK(alarm.runs.read() == 0);
	return true;
}

bool timers_run_in_the_order_of_their_times()
{
	Alarm early;
	Alarm late;
	late.timer.start(Jiffies{15});
	early.timer.start(Jiffies{5});
	late.ran.wait();
	CHECK(early.ran.done() && early.at < late.at);
	return true;
}

bool timer_that_starts_itself_ends()
{
	Alarm alarm;
	alarm.again = true;
	alarm.timer.start(Jiffies{1});
	for (int i = 0; i < 4; ++i)
		alarm.ran.wait();
	alarm.timer.cancel();
	const int runs = alarm.runs.read();
	CHECK(alarm.ended.read() == runs); // it waited for the last
	sleep(Jiffies{4});
	CHECK(alarm.runs.read() == runs && !alarm.timer.pending());
	alarm.timer.start(Jiffies{1}); // and with its object
	return true;
}

bool timer_that_was_shut_down_does_not_start()
{
	Alarm alarm;
	Alarm later;
	alarm.timer.start(never);
	alarm.timer.shutdown();
	alarm.timer.shutdown();
	alarm.timer.start(Jiffies{1});
	CHECK(!alarm.timer.pending());
	later.timer.start(Jiffies{5});
	later.ran.wait();
	CHECK(alarm.runs.read() == 0 && !alarm.timer.cancel());
	return true;
}

bool timer_is_shut_down_while_others_start_it()
{
	for (int round = 0; round < 10; ++round) {
		Alarm alarm;
		auto other = TAKE(KThread::run("kcxx-starts", [&] {
			while (!KThread::should_stop()) {
				alarm.timer.start(Jiffies{0});
				sleep(Jiffies{1});
			}
		}));
		alarm.ran.wait();
		alarm.timer.shutdown();
		const int runs = alarm.runs.read();
		CHECK(alarm.ended.read() == runs);
		sleep(Jiffies{3});
		CHECK(alarm.runs.read() == runs);
	}
	return true;
}

bool timer_that_is_pending_ends_with_its_object()
{
	Alarm later;
	{
		auto gone = TAKE(Box<Alarm>::make(GFP_KERNEL));
		gone->timer.start(Jiffies{3});
	}
	later.timer.start(Jiffies{10}); // by then the other would have run, freed
	later.ran.wait();
	return true;
}

bool timer_closure_ends_before_what_it_owns()
{
	auto shared = TAKE(Arc<Completion>::make(GFP_KERNEL));
	{
		auto timer = TAKE(Closure<Timer>::make(
			GFP_KERNEL, LOCK_CLASS("kcxx timer closure"),
			[mine = shared.clone()]()
				KCXX_LAMBDA_MUST_NOT_SLEEP { mine->complete(); }));
		auto moved = std::move(timer);
		moved->start(Jiffies{1});
		shared->wait();
		moved->start(Jiffies{2});
	}
	CHECK(shared.unique() != nullptr);
	sleep(Jiffies{4});
	return true;
}

// hrtimers

/// Runs `left` times, at each `period`
struct Ticker {
	explicit Ticker(int n, HrTimerMode mode = HrTimerMode::hard) : left{n}, timer{*this, mode}
	{
	}

	std::optional<Nanoseconds> tick() KCXX_MUST_NOT_SLEEP
	{
		at = ktime_get();
		in_hardirq = context_in_hardirq() != 0;
		in_softirq = context_in_softirq() != 0;
		runs.add(1);
		if (runs.read() == left) {
			last.complete();
			return std::nullopt;
		}
		return period;
	}

	Nanoseconds period = 200_us;

	int left;
	Ktime at{Nanoseconds{}};
	bool in_hardirq = false;
	bool in_softirq = false;
	Atomic<int> runs;
	Completion last;
	HrTimer<&Ticker::tick> timer;
};

bool hrtimer_runs_not_before_its_time()
{
	Ticker ticker{1};
	const Ktime start = ktime_get();
	ticker.timer.start(2_ms);
	CHECK(ticker.timer.active() || ticker.runs.read() == 1); // it may run in between
	ticker.last.wait();
	CHECK(ticker.at >= start + 2_ms && ticker.runs.read() == 1);
	ticker.timer.cancel();
	CHECK(!ticker.timer.active());
	return true;
}

bool hrtimer_runs_at_a_point_of_time()
{
	Ticker ticker{1};
	const Ktime when = ktime_get() + 3_ms;
	ticker.timer.start_at(when);
	ticker.last.wait();
	CHECK(ticker.at >= when);
	ticker.left = 2;
	ticker.timer.start_at(when - 2_ms); // has passed: at once
	ticker.last.wait();
	CHECK(ticker.runs.read() == 2);
	return true;
}

bool hrtimer_runs_again_after_each_period()
{
	Ticker ticker{10};
	const Ktime start = ktime_get();
	ticker.timer.start(ticker.period);
	ticker.last.wait();
	ticker.timer.cancel();
	// However late each was, they are as many as periods have passed.
	const long long periods = 10 + static_cast<long long>(ticker.timer.missed());
	CHECK(ticker.runs.read() == 10 && ticker.at >= start + periods * ticker.period);
	return true;
}

bool hrtimer_runs_in_the_context_that_was_asked_for()
{
	Ticker hard{1};
	hard.timer.start(0_ns);
	hard.last.wait();
	Ticker soft{1, HrTimerMode::soft};
	soft.timer.start(0_ns);
	soft.last.wait();
	CHECK(hard.in_hardirq && !soft.in_hardirq && soft.in_softirq);
	return true;
}

bool hrtimer_that_runs_for_ever_ends()
{
	Ticker ticker{-1};
	ticker.timer.start(0_ns);
	while (ticker.runs.read() < 5)
		sleep(Jiffies{1});
	CHECK(ticker.timer.cancel() && !ticker.timer.active());
	const int runs = ticker.runs.read();
	sleep(Jiffies{2});
	CHECK(ticker.runs.read() == runs);
	ticker.timer.start(1_s * 100000);
	CHECK(ticker.timer.try_cancel() && !ticker.timer.try_cancel());
	ticker.timer.shutdown();
	ticker.timer.start(0_ns);
	CHECK(!ticker.timer.active());
	sleep(Jiffies{2});
	CHECK(ticker.runs.read() == runs);
	return true;
}

bool hrtimer_ends_with_its_object()
{
	auto ticker = TAKE(Box<Ticker>::make(GFP_KERNEL, -1, HrTimerMode::soft));
	ticker->timer.start(0_ns);
	while (ticker->runs.read() < 3)
		sleep(Jiffies{1});
	return true;
}

bool hrtimer_closure_ends_before_what_it_owns()
{
	auto shared = TAKE(Arc<Atomic<int>>::make(GFP_KERNEL));
	{
		auto once = TAKE(Closure<HrTimer>::make(
			GFP_KERNEL, LOCK_CLASS("kcxx once"),
			[mine = shared.clone()]() KCXX_LAMBDA_MUST_NOT_SLEEP { mine->add(1000); },
			HrTimerMode::soft));
		once->start(1_us);
		auto often = TAKE(Closure<HrTimer>::make(
			GFP_KERNEL, LOCK_CLASS("kcxx often"),
			[mine = shared.clone()]() KCXX_LAMBDA_MUST_NOT_SLEEP {
				mine->add(1);
				return std::optional{100_us};
			}));
		often->start(1_us);
		while (shared->read() < 1003)
			sleep(Jiffies{1});
	}
	CHECK(shared.unique() != nullptr);
	CHECK(shared->read() < 2000);
	return true;
}

bool sleep_lasts_at_least_its_time()
{
	using namespace std::chrono_literals;
	for (const Nanoseconds length : {Nanoseconds{5us}, Nanoseconds{300us}, Nanoseconds{30ms}}) {
		const Ktime before = ktime_get();
		fsleep(length);
		CHECK(ktime_get() - before >= length);
	}
	fsleep(Nanoseconds{} - 1_s);
	return true;
}

/// Returns the shortest of ten busy waits: the emulated CPU may have stood still in the others.
Nanoseconds shortest_wait(Nanoseconds length)
{
	Nanoseconds shortest = 1_s;
	for (int i = 0; i < 10; ++i) {
		const Ktime before = ktime_get();
		udelay(length);
		shortest = std::min(shortest, ktime_get() - before);
	}
	return shortest;
}

bool busy_wait_is_as_long_as_its_time_and_does_not_sleep()
{
	SpinLock<int> lock{LOCK_CLASS("kcxx busy"), 0};
	const auto held = lock.lock();
	udelay(500_ns);
	// Waits are compared with each other: the kernel calibrates its loop once, and an
	// emulated CPU is not always as fast as then.
	const Nanoseconds one = shortest_wait(50_us);
	const Nanoseconds sixty = shortest_wait(3_ms);
	CHECK(sixty.count() >= 20 * one.count());
	CHECK(sixty.count() <= 180 * one.count());
	udelay(Nanoseconds{} - 1_s);
	return true;
}

/// Ends with both pending or running, when the module is unloaded
struct Timers {
	static Result<Timers> init(ThisModule & /*self*/)
	{
		BEHAVES(timer_runs_in_a_softirq_when_its_time_has_come);
		BEHAVES(timer_that_is_started_again_runs_at_the_later_word);
		BEHAVES(timer_that_is_cancelled_does_not_run);
		BEHAVES(timers_run_in_the_order_of_their_times);
		BEHAVES(timer_that_starts_itself_ends);
		BEHAVES(timer_that_was_shut_down_does_not_start);
		BEHAVES(timer_is_shut_down_while_others_start_it);
		BEHAVES(timer_that_is_pending_ends_with_its_object);
		BEHAVES(timer_closure_ends_before_what_it_owns);
		BEHAVES(hrtimer_runs_not_before_its_time);
		BEHAVES(hrtimer_runs_at_a_point_of_time);
		BEHAVES(hrtimer_runs_again_after_each_period);
		BEHAVES(hrtimer_runs_in_the_context_that_was_asked_for);
		BEHAVES(hrtimer_that_runs_for_ever_ends);
		BEHAVES(hrtimer_ends_with_its_object);
		BEHAVES(hrtimer_closure_ends_before_what_it_owns);
		BEHAVES(sleep_lasts_at_least_its_time);
		BEHAVES(busy_wait_is_as_long_as_its_time_and_does_not_sleep);
		return Result<Timers>{std::in_place};
	}

	Timers()
	{
		alarm_.again = true;
		alarm_.timer.start(Jiffies{1});
		ticker_.period = 10_ms; // the script is to get on
		ticker_.timer.start(0_ns);
	}

	Alarm alarm_;
	Ticker ticker_{-1};
};

} // namespace

KERNEL_MODULE(Timers);
