// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Functions that run later, in a thread of the kernel's: they may sleep. C API:
/// <linux/workqueue.h>.
///
/// A Work or a DelayedWork is queued again and again, one function each; WorkQueue::run()
/// takes any number of closures, each to run once.

#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <generated/bindings/task/workqueue.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/module/live_objects.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/sync/rwonce.hpp>
#include <kernel/sync/sendable.hpp>
#include <kernel/sync/shutdown_gate.hpp>
#include <kernel/time/jiffies.hpp>
#include <kernel/types/callback.hpp>
#include <kernel/types/opaque.hpp>

namespace kernel
{

/// Flags for how a queue runs its work: `WQ_UNBOUND | WQ_HIGHPRI`. (There is no WQ_BH: the work
/// here may sleep.)
class WorkQueueFlags
{
public:
	constexpr WorkQueueFlags() noexcept = default;
	/// Flags as C has them
	explicit constexpr WorkQueueFlags(unsigned int bits) noexcept : bits_{bits} {}

	/// The flags as C has them
	[[nodiscard]] constexpr unsigned int bits() const noexcept { return bits_; }

	/// For functions of <linux/workqueue.h> in the same file
	constexpr operator unsigned int() const noexcept { return bits_; } // NOLINT(*-explicit-*)

	/// The flags of both
	friend constexpr WorkQueueFlags operator|(WorkQueueFlags a, WorkQueueFlags b) noexcept
	{
		return WorkQueueFlags{a.bits_ | b.bits_};
	}
	/// True if they are the same
	friend constexpr bool operator==(WorkQueueFlags, WorkQueueFlags) = default;

private:
	unsigned int bits_ = 0;
};

inline constexpr WorkQueueFlags WQ_UNBOUND{KCXX_WQ_UNBOUND};         ///< on any CPU
inline constexpr WorkQueueFlags WQ_FREEZABLE{KCXX_WQ_FREEZABLE};     ///< not during suspend
inline constexpr WorkQueueFlags WQ_MEM_RECLAIM{KCXX_WQ_MEM_RECLAIM}; ///< runs if memory is short
inline constexpr WorkQueueFlags WQ_HIGHPRI{KCXX_WQ_HIGHPRI}; ///< by threads of high priority
inline constexpr WorkQueueFlags WQ_CPU_INTENSIVE{KCXX_WQ_CPU_INTENSIVE};     ///< holds up no others
inline constexpr WorkQueueFlags WQ_SYSFS{KCXX_WQ_SYSFS};                     ///< seen in sysfs
inline constexpr WorkQueueFlags WQ_POWER_EFFICIENT{KCXX_WQ_POWER_EFFICIENT}; ///< on CPUs awake

/// A driver's own queue. It belongs to all that have an Arc of it, as each Work that is made
/// for it does: it cannot end before they do.
///
///     auto queue = KTRY(WorkQueue::make("pump", WQ_UNBOUND | WQ_MEM_RECLAIM));
///     KTRY(queue->run(GFP_KERNEL, [pump = pump.clone()] { pump->drain(); }));
class WorkQueue
{
	struct Private {
	};

public:
	/// See Sync.
	static constexpr bool is_sync = true;

	/// Makes a queue: alloc_workqueue().
	///
	/// \param name the name in ps(1) and the kernel's log; it is copied
	/// \param flags how it runs its work
	/// \param max_active how many works may run at a time on a CPU, 0 for the kernel's default
	///
	/// Errors: ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<Arc<WorkQueue>>
	make(const char *name, WorkQueueFlags flags = {}, int max_active = 0) KCXX_MAY_SLEEP
	{
		// SAFETY: the name is copied; null is handled.
		return own([&] {
			return bindings::kcxx_alloc_workqueue(name, flags.bits(), max_active);
		});
	}

	/// Makes a queue that runs one work after the other, in the order in which they were
	/// queued.
	///
	/// Errors: ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<Arc<WorkQueue>>
	make_ordered(const char *name, WorkQueueFlags flags = {}) KCXX_MAY_SLEEP
	{
		// SAFETY: the name is copied; null is handled.
		return own(
			[&] { return bindings::kcxx_alloc_ordered_workqueue(name, flags.bits()); });
	}

	/// For make() alone
	explicit WorkQueue(Private /*made by make()*/) noexcept {}

	WorkQueue(const WorkQueue &) = delete;
	WorkQueue &operator=(const WorkQueue &) = delete;

	/// Returns when all closures that were given to run() have run. Context: may sleep; not
	/// the queue's own work, so that no closure may own the last Arc of its queue.
	~WorkQueue() KCXX_MAY_SLEEP
	{
		write_once(ending_, true); // a closure that queues itself again has to end
		if (queue_ != nullptr)
			// SAFETY: queue_ was made, and is given up once; no Work of it is left.
			bindings::destroy_workqueue(queue_);
	}

	/// Runs `callable()` once, later; its captures are destroyed then.
	///
	/// Errors: ENOMEM; ECANCELED when the queue is ending. Context: as `flags` allow.
	template <typename Callable>
	[[nodiscard]] Result<> run(Gfp flags, Callable callable)
	{
		static_assert(
			Send<Callable>,
			"kcxx-E1470: what a queue runs is bound to where it was made: give it an "
			"owner, a clone() of an Arc, or a copy");
		if (read_once(ending_))
			return ECANCELED;
		Box<Job<Callable>> job = KTRY(Box<Job<Callable>>::make(flags, std::move(callable)));
		// SAFETY: the job is its own until it has run, and the queue waits for it.
		bindings::queue_work(queue_, detail::kept_by_c(std::move(job))->get());
		return {};
	}

	/// Returns when all work that is queued now has run. Context: may sleep; not the
	/// queue's own work.
	void flush() KCXX_MAY_SLEEP
	{
		// SAFETY: make() made it.
		bindings::kcxx_flush_workqueue(queue_);
	}

	/// For C functions
	[[nodiscard]] ::workqueue_struct *raw() const noexcept { return queue_; }

private:
	using Room = Opaque<::work_struct>;

	template <typename Callable>
	struct Job : Room {
		explicit Job(Callable &&given) : callable{std::move(given)}
		{
			static constinit LockClass lock_class{
				"WorkQueue::run"}; // each closure's own
			// SAFETY: the base has room for the C work.
			bindings::kcxx_init_work(this->get(), entry, lock_class.name(),
						 lock_class.key());
		}

		/// A function of the type that the kernel calls; the kernel does not touch the
		/// work after the call
		static void entry(::work_struct *raw)
		{
			auto job = detail::owner_of<Box<Job>>(static_cast<Job *>(Room::of(raw)));
			job->callable();
		}

		Callable callable;
	};

	template <typename Allocate>
	static Result<Arc<WorkQueue>> own(Allocate allocate) KCXX_MAY_SLEEP
	{
		auto made = KTRY(Arc<WorkQueue>::make(GFP_KERNEL, Private{}));
		made->queue_ = allocate();
		if (made->queue_ == nullptr) [[unlikely]]
			return ENOMEM;
		return made;
	}

	::workqueue_struct *queue_ = nullptr;
	bool ending_ = false;
};

/// One of the kernel's own queues
class SystemWorkQueue
{
public:
	/// A function that returns the kernel's queue
	using Get = ::workqueue_struct *();

	/// For the constants below
	explicit constexpr SystemWorkQueue(Get *get) noexcept : get_{get} {}

	/// For C functions. Context: any.
	[[nodiscard]] ::workqueue_struct *raw() const { return get_(); }

private:
	Get *get_;
};

/// For short work
inline constexpr SystemWorkQueue system_wq{bindings::kcxx_system_wq};
/// As WQ_HIGHPRI
inline constexpr SystemWorkQueue system_highpri_wq{[] { return bindings::system_highpri_wq; }};
/// For long work
inline constexpr SystemWorkQueue system_long_wq{[] { return bindings::system_long_wq; }};
/// As WQ_UNBOUND
inline constexpr SystemWorkQueue system_unbound_wq{bindings::kcxx_system_unbound_wq};
/// As WQ_FREEZABLE
inline constexpr SystemWorkQueue system_freezable_wq{[] { return bindings::system_freezable_wq; }};
/// As WQ_POWER_EFFICIENT
inline constexpr SystemWorkQueue system_power_efficient_wq{
	[] { return bindings::system_power_efficient_wq; }};

/// The queue that a Work is for: one of the system's, or a share in another
class WorkQueueRef
{
public:
	/// One of the system's
	WorkQueueRef(SystemWorkQueue queue) noexcept
	    : raw_{queue.raw()}, own_{Arc<WorkQueue>::adopt(nullptr)}
	{
	}
	/// The queue lives until this object ends
	WorkQueueRef(Arc<WorkQueue> queue) : raw_{queue->raw()}, own_{std::move(queue)} {}

	/// For C functions. Context: any.
	[[nodiscard]] ::workqueue_struct *raw() const noexcept { return raw_; }

private:
	::workqueue_struct *raw_;
	Arc<WorkQueue> own_;
};

namespace detail
{

using WorkGate = std::conditional_t<KCXX_WORK_CAN_BE_DISABLED != 0, NoShutdownGate, ShutdownGate>;

} // namespace detail

/// Calls a member function of the object it is a member of, once for each queue(), which
/// the function may call itself:
///
///     class Pump {
///             void drain();
///             kernel::Mutex<Tank> tank_{LOCK_CLASS("tank")};
///             kernel::Work<&Pump::drain> work_{LOCK_CLASS("drain"), *this}; // the last
///     };
///
/// The function never runs twice at a time, and does not run any more when the Work has ended:
/// declare the Work after the members that the function uses. If those members can queue it,
/// call shutdown() in the destructor of the object.
///
/// Lives where locks may live. Does not move; a Closure<Work> does.
template <auto Function>
class Work : Opaque<::work_struct>
{
	using Room = Opaque<::work_struct>;
	using Owner = detail::OwnerOf<Function>;

	static_assert(std::is_void_v<detail::ReturnedBy<Function>>,
		      "kcxx-E1471: nobody takes what a Work's function returns");

public:
	/// Makes a work that is not queued. Context: any.
	explicit Work(LockClass &lock_class, Owner &owner, WorkQueueRef queue = system_wq)
	    : owner_{owner}, queue_{std::move(queue)}
	{
		// SAFETY: the base has room for the C work, and the class lives as long as the
		// module.
		bindings::kcxx_init_work(this->get(), entry, lock_class.name(), lock_class.key());
	}

	Work(const Work &) = delete;
	Work &operator=(const Work &) = delete;

	/// Calls shutdown()
	~Work() KCXX_MAY_SLEEP
	{
		shutdown();
		// SAFETY: the work is not queued, and cannot be.
		if (bindings::object_is_on_stack(this->get()) != 0)
			bindings::destroy_work_on_stack(this->get());
	}

	// SAFETY, of all below: the constructor initialised the work, which has a share in its
	// queue; functions that wait are declared so.

	/// Queues the function. Returns false if it is queued already, or was shut down. The
	/// function sees what was written before. Context: any.
	bool queue()
	{
		return gate_.pass(
			[this] { return bindings::queue_work(queue_.raw(), this->get()); });
	}

	/// True if the function is queued, and has not begun. Context: any.
	[[nodiscard]] bool pending() const { return bindings::kcxx_work_pending(this->get()) != 0; }

	/// Returns when the function has run, if it is queued now. Context: may sleep; no lock
	/// held that the function takes; not the function.
	void flush() KCXX_MAY_SLEEP
	{
		not_by_itself();
		bindings::flush_work(this->get());
	}

	/// Cancels the work, and waits for a function that has begun, even if that queues the
	/// work again. Returns true if it was pending. The work can be queued again. Context:
	/// as flush().
	bool cancel() KCXX_MAY_SLEEP
	{
		not_by_itself();
		return bindings::cancel_work_sync(this->get());
	}

	/// Like cancel(), but the work cannot be queued again. Context: as flush().
	void shutdown() KCXX_MAY_SLEEP
	{
		not_by_itself();
		gate_.shut();
		bindings::kcxx_disable_work_sync(this->get());
	}

private:
	/// A function of the type that the kernel calls
	static void entry(::work_struct *raw)
	{
		auto *work = static_cast<Work *>(Room::of(raw));
		(work->owner_.*Function)();
	}

	void not_by_itself() const
	{
		if (bindings::current_work() == this->get()) [[unlikely]]
			bug("Work: its function waits for itself");
	}

	[[no_unique_address]] detail::CountedLife<Work> life_;
	Owner &owner_;
	WorkQueueRef queue_;
	[[no_unique_address]] detail::WorkGate gate_;
};

/// A Work whose function runs after a delay. The rules for Work apply.
template <auto Function>
class DelayedWork : Opaque<::delayed_work>
{
	using Room = Opaque<::delayed_work>;
	using Owner = detail::OwnerOf<Function>;

	static_assert(offsetof(::delayed_work, work) == 0,
		      "kcxx-E1472: its work_struct is where it begins");
	static_assert(std::is_void_v<detail::ReturnedBy<Function>>,
		      "kcxx-E1473: nobody takes what a DelayedWork's function returns");

public:
	/// Makes a work that is not queued. Context: any.
	explicit DelayedWork(LockClass &lock_class, Owner &owner, WorkQueueRef queue = system_wq)
	    : owner_{owner}, queue_{std::move(queue)}
	{
		// SAFETY: the base has room for the C work, and the class lives as long as the
		// module.
		bindings::kcxx_init_delayed_work(this->get(), entry, lock_class.name(),
						 lock_class.key(), lock_class.inner_key());
	}

	DelayedWork(const DelayedWork &) = delete;
	DelayedWork &operator=(const DelayedWork &) = delete;

	/// Calls shutdown()
	~DelayedWork() KCXX_MAY_SLEEP
	{
		shutdown();
		// SAFETY: the work is not queued, and cannot be.
		if (bindings::object_is_on_stack(this->get()) != 0)
			bindings::destroy_delayed_work_on_stack(this->get());
	}

	// SAFETY, of all below: as for Work.

	/// Queues the function to run when `delay` has passed. Returns false if it is queued
	/// already, for whatever time, or was shut down. Context: any.
	bool queue(Jiffies delay)
	{
		return gate_.pass([this, delay] {
			return bindings::queue_delayed_work(queue_.raw(), this->get(),
							    ticks(delay));
		});
	}

	/// Like queue(), but if the function is queued already, it runs when `delay` has passed
	/// from now. Returns true if it was queued already. Context: any.
	bool mod(Jiffies delay)
	{
		return gate_.pass([this, delay] {
			return bindings::mod_delayed_work(queue_.raw(), this->get(), ticks(delay));
		});
	}

	/// True if the function is queued, and has not begun. Context: any.
	[[nodiscard]] bool pending() const
	{
		return bindings::kcxx_delayed_work_pending(this->get()) != 0;
	}

	/// Runs the function at once, if it is queued now, and returns when it has run.
	/// Context: may sleep; no lock held that the function takes; not the function.
	void flush() KCXX_MAY_SLEEP
	{
		not_by_itself();
		bindings::flush_delayed_work(this->get());
	}

	/// Like Work::cancel()
	bool cancel() KCXX_MAY_SLEEP
	{
		not_by_itself();
		return bindings::cancel_delayed_work_sync(this->get());
	}

	/// Like Work::shutdown()
	void shutdown() KCXX_MAY_SLEEP
	{
		not_by_itself();
		gate_.shut();
		bindings::kcxx_disable_delayed_work_sync(this->get());
	}

private:
	/// A function of the type that the kernel calls
	static void entry(::work_struct *raw)
	{
		auto *whole = reinterpret_cast<::delayed_work *>(raw);
		auto *work = static_cast<DelayedWork *>(Room::of(whole));
		(work->owner_.*Function)();
	}

	static unsigned long ticks(Jiffies delay)
	{
		return static_cast<unsigned long>(delay.count());
	}

	void not_by_itself() const
	{
		if (bindings::current_work() == &this->get()->work) [[unlikely]]
			bug("DelayedWork: its function waits for itself");
	}

	[[no_unique_address]] detail::CountedLife<DelayedWork> life_;
	Owner &owner_;
	WorkQueueRef queue_;
	[[no_unique_address]] detail::WorkGate gate_;
};

} // namespace kernel
