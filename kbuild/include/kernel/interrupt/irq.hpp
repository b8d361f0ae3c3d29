// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Interrupts of devices. C API: <linux/interrupt.h>.

#pragma once

#include <concepts>
#include <utility>

#include <generated/bindings/interrupt/irq.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/callback.hpp>

namespace kernel
{

/// The answer of a handler. C: irqreturn_t
enum class IrqReturn {
	none = 0,        ///< the interrupt is of another device on the same line
	handled = 1,     ///< the interrupt was of this device
	wake_thread = 2, ///< the handler in the thread is to run as well: of a ThreadedIrq alone
};

/// How a line is requested: `irq_flags::shared | irq_flags::rising`. C: IRQF_…
class IrqFlags
{
public:
	/// No flags.
	constexpr IrqFlags() noexcept = default;
	/// C's flags.
	explicit constexpr IrqFlags(unsigned long bits) noexcept : bits_{bits} {}
	/// C's flags
	[[nodiscard]] constexpr unsigned long bits() const noexcept { return bits_; }
	/// The flags of both.
	friend constexpr IrqFlags operator|(IrqFlags a, IrqFlags b) noexcept
	{
		return IrqFlags{a.bits_ | b.bits_};
	}

private:
	unsigned long bits_ = 0;
};

/// The number of an interrupt whose handlers run in a thread, because its controller is behind a
/// bus: for a ThreadedIrq alone.
class ThreadedIrqNumber
{
public:
	/// C's number, of such an interrupt.
	explicit constexpr ThreadedIrqNumber(unsigned int number) noexcept : number_{number} {}
	/// C's number
	[[nodiscard]] constexpr unsigned int number() const noexcept { return number_; }

private:
	unsigned int number_;
};

namespace irq_flags
{

inline constexpr IrqFlags shared{KCXX_IRQF_SHARED};           ///< with other devices
inline constexpr IrqFlags rising{KCXX_IRQF_TRIGGER_RISING};   ///< at a rising edge
inline constexpr IrqFlags falling{KCXX_IRQF_TRIGGER_FALLING}; ///< at a falling edge
inline constexpr IrqFlags high{KCXX_IRQF_TRIGGER_HIGH};       ///< while the line is high
inline constexpr IrqFlags low{KCXX_IRQF_TRIGGER_LOW};         ///< while the line is low
inline constexpr IrqFlags disabled{KCXX_IRQF_NO_AUTOEN};      ///< until enable()

} // namespace irq_flags

namespace detail
{

/// A requested line, for a handler of any class. The device gives it back when it is unbound,
/// unless end() was called before.
class IrqLine
{
public:
	IrqLine() = default;
	IrqLine(const IrqLine &) = delete;
	IrqLine &operator=(const IrqLine &) = delete;
	~IrqLine() KCXX_MAY_SLEEP { end(); }

	using Handler = ::irqreturn(int, void *);

	/// Requests the line. Errors: EBUSY if this object has one already, or others do not share
	/// it; as of request_threaded_irq().
	Result<> request(BoundDevice &device, unsigned int number, IrqFlags flags, Handler *hard,
			 Handler *thread)
	{
		if (device_ != nullptr)
			return EBUSY;
		// SAFETY: this object lives until the line is given back.
		KTRY(to_result(bindings::request_threaded_irq(number, hard, thread, flags.bits(),
							      device.name(), this)));
		device_ = &device;
		number_ = number;
		return device.at_unbind(&release, this);
	}

	/// Gives the line back: waits until no handler runs.
	void end()
	{
		if (device_ != nullptr)
			// SAFETY: the device is bound, for its unbinding calls release().
			bindings::kcxx_devm_release_action(*device_, &release, this);
	}

	[[nodiscard]] unsigned int number() const
	{
		if (device_ == nullptr) [[unlikely]]
			bug("Irq: used before request()");
		return number_;
	}

	/// Lets the interrupt wake the system from its sleep, or no longer, until the line is given
	/// back. C: irq_set_irq_wake(), whose calls this keeps in balance.
	///
	/// Errors: ENXIO if its controller cannot. BUG()s before request(). Context: any; for a
	/// controller behind a bus, may sleep. One caller at a time.
	Result<> set_wake(bool wakes)
	{
		if (wakes == wakes_)
			return {};
		// SAFETY: the line is requested.
		KTRY(to_result(bindings::irq_set_irq_wake(number(), wakes ? 1 : 0)));
		wakes_ = wakes;
		return {};
	}

	/// Lets the interrupt go to the CPU `cpu`, until others move it: user space, irqbalance(8),
	/// for which this is a hint, or the kernel if the CPU goes. C: irq_set_affinity_and_hint()
	///
	/// Errors: EINVAL if there is no such CPU, or it is offline; EIO if the controller cannot.
	/// BUG()s before request(). Context: any. One caller at a time.
	Result<> set_cpu(unsigned int cpu)
	{
		// SAFETY: the line is requested, and C keeps the address of a constant.
		KTRY(to_result(bindings::kcxx_irq_set_cpu(number(), cpu)));
		hints_ = true;
		return {};
	}

private:
	static void release(void *data)
	{
		auto *line = static_cast<IrqLine *>(data);
		(void)line->set_wake(false);
		// SAFETY, of both: the line was requested with this pointer, and is given back
		// once.
		if (std::exchange(line->hints_, false))
			(void)bindings::kcxx_irq_clear_hint(line->number_);
		line->device_ = nullptr;
		(void)bindings::free_irq(line->number_, line);
	}

	BoundDevice *device_ = nullptr; // null if no line is requested
	unsigned int number_ = 0;
	bool wakes_ = false; // the system
	bool hints_ = false; // C has the address of a mask of CPUs
};

template <auto Function>
concept IrqHandler = AtomicCallback<Function> && std::same_as<ReturnedBy<Function>, IrqReturn>;

template <auto Function>
concept IrqThread = Callback<Function> && !AtomicCallback<Function> &&
		    std::same_as<ReturnedBy<Function>, IrqReturn>;

} // namespace detail

/// An interrupt whose handler is a member function of the object that it is a member of:
///
///     class Pump {
///             IrqReturn interrupt() KCXX_MUST_NOT_SLEEP;
///             Irq<&Pump::interrupt> irq_{*this};
///     };
///
/// start() of the driver requests it: `KTRY(irq_.request(device, vectors_.irq(0)));`. From then on
/// the handler runs in a hard interrupt: data that it shares is in a SpinLock<T, FromIrq>. It has
/// ended before the driver's object is destroyed.
template <auto Function>
class Irq : detail::IrqLine
{
	using Owner = detail::OwnerOf<Function>;

	static_assert(
		detail::IrqHandler<Function>,
		"kcxx-E1388: a handler of interrupts is IrqReturn name() KCXX_MUST_NOT_SLEEP");

public:
	/// Makes an interrupt that is not requested. Context: any.
	explicit Irq(Owner &owner) noexcept : owner_{owner} {}
	Irq(const Irq &) = delete;
	Irq &operator=(const Irq &) = delete;
	/// Gives the line back, if that is not done, and waits for the handler. Context: may sleep.
	~Irq() KCXX_MAY_SLEEP = default;

	/// Requests the line `number`: the handler may run before this returns.
	///
	/// Errors: EBUSY if the line is used and not shared, or requested by this object already;
	/// EINVAL, also if the interrupt's controller is behind a bus, so that its handlers run in
	/// a thread; ENOMEM. Context: may sleep.
	Result<> request(BoundDevice &device, unsigned int number,
			 IrqFlags flags = {}) KCXX_MAY_SLEEP
	{
		return IrqLine::request(device, number, flags, &entry, nullptr);
	}

	/// Refused: a handler of this interrupt runs in a thread.
	template <std::same_as<ThreadedIrqNumber> Number>
	Result<> request(BoundDevice & /*device*/, Number /*number*/, IrqFlags /*flags*/ = {})
	{
		static_assert(!std::same_as<Number, ThreadedIrqNumber>,
			      "kcxx-E1491: this interrupt comes in a thread, not in a hard "
			      "interrupt: use a "
			      "ThreadedIrq, whose handler may sleep");
		return EINVAL;
	}

	using IrqLine::set_cpu;
	using IrqLine::set_wake;

	/// Disables the line, and waits for the handler: other devices on the line get none either.
	/// BUG()s before request(). Context: may sleep; not the handler.
	void disable() KCXX_MAY_SLEEP
	{
		// SAFETY: the line is requested.
		bindings::disable_irq(this->number());
	}

	/// Enables the line again, once for each disable(). Context: any.
	void enable()
	{
		// SAFETY: the line is requested.
		bindings::enable_irq(this->number());
	}

	/// Waits for a handler that runs. Context: may sleep; not the handler.
	void synchronize() KCXX_MAY_SLEEP
	{
		// SAFETY: the line is requested.
		bindings::synchronize_irq(this->number());
	}

private:
	static ::irqreturn entry(int /*number*/, void *data)
	{
		auto *irq = static_cast<Irq *>(static_cast<IrqLine *>(data));
		detail::in_atomic_context();
		return static_cast<::irqreturn>((irq->owner_.*Function)());
	}

	Owner &owner_;
};

/// The same with a handler in a thread, which may sleep. The line stays masked until the thread has
/// ended. With two functions, the first runs in the hard interrupt and returns
/// IrqReturn::wake_thread if the thread is to run.
///
///     ThreadedIrq<&Pump::in_thread> irq_{*this};
///     ThreadedIrq<&Pump::in_thread, &Pump::interrupt> irq_{*this};
template <auto Thread, auto Hard = nullptr>
class ThreadedIrq : detail::IrqLine
{
	using Owner = detail::OwnerOf<Thread>;
	static constexpr bool has_hard = !std::same_as<decltype(Hard), std::nullptr_t>;

	static_assert(detail::IrqThread<Thread>,
		      "kcxx-E1389: a handler in a thread is IrqReturn name(), and may sleep");

public:
	/// Makes an interrupt that is not requested. Context: any.
	explicit ThreadedIrq(Owner &owner) noexcept : owner_{owner} {}
	ThreadedIrq(const ThreadedIrq &) = delete;
	ThreadedIrq &operator=(const ThreadedIrq &) = delete;
	/// Gives the line back, if that is not done, and waits for the handlers. Context: may
	/// sleep.
	~ThreadedIrq() KCXX_MAY_SLEEP = default;

	/// Requests the line `number`. Errors and context as of Irq::request(); EINVAL also if
	/// there is a handler for the hard interrupt, and the interrupt's controller is behind a
	/// bus.
	Result<> request(BoundDevice &device, unsigned int number,
			 IrqFlags flags = {}) KCXX_MAY_SLEEP
	{
		// SAFETY: C takes any number.
		if (has_hard && bindings::kcxx_irq_is_nested(number))
			return EINVAL;
		return IrqLine::request(device, number, flags | IrqFlags{KCXX_IRQF_ONESHOT},
					has_hard ? &hard : nullptr, &thread);
	}
	/// The same of an interrupt whose controller is behind a bus.
	Result<> request(BoundDevice &device, ThreadedIrqNumber irq,
			 IrqFlags flags = {}) KCXX_MAY_SLEEP
	{
		static_assert(!has_hard,
			      "kcxx-E1492: this interrupt comes in a thread: it has no hard "
			      "interrupt, so a ThreadedIrq of one function alone fits");
		return request(device, irq.number(), flags);
	}

	using IrqLine::set_cpu;
	using IrqLine::set_wake;

private:
	static ::irqreturn hard([[maybe_unused]] int number, [[maybe_unused]] void *data)
	{
		detail::in_atomic_context();
		if constexpr (has_hard) {
			static_assert(detail::IrqHandler<Hard>,
				      "kcxx-E1388: a handler of interrupts is IrqReturn name() "
				      "KCXX_MUST_NOT_SLEEP");
			auto *irq = static_cast<ThreadedIrq *>(static_cast<IrqLine *>(data));
			return static_cast<::irqreturn>((irq->owner_.*Hard)());
		} else {
			return static_cast<::irqreturn>(IrqReturn::wake_thread);
		}
	}

	static ::irqreturn thread(int /*number*/, void *data)
	{
		auto *irq = static_cast<ThreadedIrq *>(static_cast<IrqLine *>(data));
		return static_cast<::irqreturn>((irq->owner_.*Thread)());
	}

	Owner &owner_;
};

} // namespace kernel
