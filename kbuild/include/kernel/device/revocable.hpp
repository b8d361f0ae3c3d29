// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The way from user space, a timer or another thread to an object that ends when its device is
/// unbound. C API: <linux/srcu.h>.

#pragma once

#include <utility>

#include <generated/bindings/device/revocable.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/lifetime.hpp>
#include <kernel/types/opaque.hpp>

struct srcu_struct;

namespace kernel
{

/// A reference to an object of a driver that may end before those who have it. An open file keeps
/// an Arc<Revocable<Pump>>, made in start() of the driver, and asks each time:
///
///     const auto pump = pump_->try_access();
///     if (!pump)
///             return ENODEV;
///     return pump->set_speed(speed);
///
/// When the device is unbound, try_access() is empty from then on, and the unbinding waits for
/// every user that has access; then the object ends. Several may have access at once, so the object
/// is const to them: what they change is in a lock or an atomic.
template <typename T>
class Revocable
{
public:
	/// See Sync.
	static constexpr bool is_sync = true;

	/// Access to the object, as long as this lives; or none.
	class [[nodiscard]] Access
	{
	public:
		/// It stays where it was made: see Send.
		static constexpr bool is_send = false;

		Access(const Access &) = delete;
		Access &operator=(const Access &) = delete;
		/// Leaves the other without access.
		Access(Access &&other) noexcept
		    : from_{std::exchange(other.from_, nullptr)}, object_{other.object_},
		      index_{other.index_}
		{
		}
		Access &operator=(Access &&) = delete;
		/// Ends the access. Context: as of try_access().
		~Access()
		{
			if (from_ != nullptr)
				// SAFETY: the same task or handler has locked it.
				bindings::kcxx_srcu_read_unlock(from_->srcu_.get(), index_);
		}

		/// True if the device is still bound: it stays so while this lives.
		[[nodiscard]] explicit operator bool() const noexcept { return object_ != nullptr; }
		/// The object; BUG()s if there is no access
		[[nodiscard]] const T *operator->() const KCXX_LIFETIMEBOUND { return &**this; }
		/// The object; BUG()s if there is no access
		[[nodiscard]] const T &operator*() const KCXX_LIFETIMEBOUND
		{
			if (object_ == nullptr) [[unlikely]]
				bug("Revocable: used after its device was unbound");
			return *object_;
		}

	private:
		friend class Revocable;
		Access(Revocable *from, int index) noexcept
		    : from_{from}, object_{__atomic_load_n(&from->object_, __ATOMIC_ACQUIRE)},
		      index_{index}
		{
		}

		Revocable *from_;
		const T *object_;
		int index_;
	};

	/// Makes a reference to `object`, a driver's object or a part of it, that is valid until
	/// `device` is unbound. For start() of the driver.
	///
	/// Errors: ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<Arc<Revocable>> make(BoundDevice &device,
							 const T &object) KCXX_MAY_SLEEP
	{
		auto made = KTRY(Arc<Revocable>::make(GFP_KERNEL, object));
		// SAFETY: the object has room for it.
		KTRY(to_result(bindings::kcxx_init_srcu_struct(made->srcu_.get())));
		made->ready_ = true;
		KTRY(device.at_unbind(&revoke, detail::kept_by_c(made.clone())));
		return made;
	}

	/// For make().
	explicit Revocable(const T &object) noexcept : object_{&object} {}
	Revocable(const Revocable &) = delete;
	Revocable &operator=(const Revocable &) = delete;
	/// Context: may sleep.
	~Revocable() KCXX_MAY_SLEEP
	{
		if (ready_)
			// SAFETY: no access is left: each user of one holds an Arc.
			bindings::cleanup_srcu_struct(srcu_.get());
	}

	/// Access to the object, or none if its device is unbound. Context: any but NMI; the holder
	/// may sleep, if its context may. It must not wait for the unbinding of the device.
	[[nodiscard]] Access try_access() KCXX_LIFETIMEBOUND
	{
		// SAFETY: make() has initialised it.
		return Access{this, bindings::kcxx_srcu_read_lock(srcu_.get())};
	}

private:
	static void revoke(void *data)
	{
		const auto revoked = detail::owner_of<Arc<Revocable>>(data);
		__atomic_store_n(&revoked->object_, nullptr, __ATOMIC_RELEASE);
		// SAFETY: make() has initialised it.
		bindings::synchronize_srcu(revoked->srcu_.get());
	}

	const T *object_; // null after the unbinding
	bool ready_ = false;
	Opaque<::srcu_struct> srcu_;
};

} // namespace kernel
