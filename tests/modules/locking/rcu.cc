// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/atomic.hpp>
#include <kernel/completion.hpp>
#include <kernel/kthread.hpp>
#include <kernel/rcu.hpp>
#include <kernel/sched.hpp>
#include <kernel/spinlock.hpp>

#include "checks.hpp"

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

Atomic<int> alive;

struct Settings {
	explicit Settings(int v) : speed{v}, check{-v} { alive.add(1); }
	Settings(const Settings &) = delete;
	Settings &operator=(const Settings &) = delete;
	~Settings()
	{
		alive.sub(1);
		speed = check = 1000000; // what a reader would see that came too late
	}

	int speed, check;
};

int speed_of(const RcuPointer<Settings> &settings)
{
	RcuReadGuard guard;
	const Settings *now = settings.read(guard);
	return now != nullptr ? now->speed : -1;
}

bool readers_see_what_writers_put()
{
	{
		RcuPointer<Settings> settings;
		CHECK(speed_of(settings) == -1);
		settings.replace(TAKE(Box<Settings>::make(GFP_KERNEL, 3)));
		CHECK(speed_of(settings) == 3 && alive.read() == 1);
		settings.replace(TAKE(Box<Settings>::make(GFP_KERNEL, 4)));
		CHECK(speed_of(settings) == 4 && alive.read() == 1);
		settings.clear();
		CHECK(speed_of(settings) == -1 && alive.read() == 0);
		RcuPointer<Settings> other{TAKE(Box<Settings>::make(GFP_KERNEL, 5))};
		CHECK(speed_of(other) == 5);
	}
	CHECK(alive.read() == 0);
	return true;
}

bool read_guards_nest()
{
	RcuPointer<Settings> settings{TAKE(Box<Settings>::make(GFP_KERNEL, 6))};
	RcuReadGuard outer;
	const Settings *first = settings.read(outer);
	CHECK(speed_of(settings) == 6);
	CHECK(first->speed == 6);
	return true;
}

bool object_is_freed_when_its_readers_have_ended()
{
	RcuPointer<Settings> settings{TAKE(Box<Settings>::make(GFP_KERNEL, 7))};
	Completion reads;
	Atomic<int> replacing;
	Atomic<int> ended;
	int seen = 0;
	auto reader = TAKE(KThread::run("kcxx-reader", [&] {
		RcuReadGuard guard;
		const Settings *now = settings.read(guard);
		reads.complete();
		while (replacing.read_acquire() == 0 && context_cpus() > 1)
			;
		spin(3000000); // the writer has come to wait
		seen = now->speed;
		ended.set_release(1);
	}));
	auto next = TAKE(Box<Settings>::make(GFP_KERNEL, 8));
	reads.wait();
	replacing.set_release(1);
	settings.replace(std::move(next));
	CHECK(ended.read_acquire() == 1);
	reader.join();
	CHECK(seen == 7 && speed_of(settings) == 8);
	return true;
}

bool readers_see_whole_objects_while_writers_replace_them()
{
	RcuPointer<Settings> settings{TAKE(Box<Settings>::make(GFP_KERNEL, 1))};
	Atomic<int> wrong;
	Atomic<int> reads;
	const auto read = [&] {
		while (!KThread::should_stop()) {
			{
				RcuReadGuard guard;
				const Settings *now = settings.read(guard);
				if (now->speed != -now->check)
					wrong.add(1);
			}
			reads.add(1);
			cond_resched();
		}
	};
	auto first = TAKE(KThread::run("kcxx-reader", read));
	auto second = TAKE(KThread::run("kcxx-reader", read));
	for (int i = 0; i < 20; ++i)
		settings.replace(TAKE(Box<Settings>::make(GFP_KERNEL, i)));
	for (int i = 0; i < 1000 && reads.read() < 100; ++i)
		sleep(milliseconds(1));
	first.stop();
	second.stop();
	CHECK(wrong.read() == 0 && reads.read() >= 100 && alive.read() == 1);
	return true;
}

struct Limits : RcuHead {
	explicit Limits(int v) : most{v} {}

	int most;
};

bool replaced_object_is_freed_later_without_sleeping()
{
	RcuPointer<Limits> limits{TAKE(Box<Limits>::make(GFP_KERNEL, 1))};
	SpinLock<int> writers{LOCK_CLASS("writers")};
	for (int i = 2; i < 50; ++i) {
		auto next = TAKE(Box<Limits>::make(GFP_KERNEL, i));
		RcuReadGuard guard;
		const Limits *before = limits.read(guard);
		auto writing = writers.lock();
		limits.replace_kfree_rcu(std::move(next));
		CHECK(before->most == i - 1 && limits.read(guard)->most == i);
	}
	return true;
}

struct Rcu {
	static Result<Rcu> init(ThisModule & /*self*/)
	{
		BEHAVES(readers_see_what_writers_put);
		BEHAVES(read_guards_nest);
		BEHAVES(object_is_freed_when_its_readers_have_ended);
		BEHAVES(replaced_object_is_freed_later_without_sleeping);
		BEHAVES(readers_see_whole_objects_while_writers_replace_them);
		return Rcu{};
	}
};

} // namespace

KERNEL_MODULE(Rcu);
