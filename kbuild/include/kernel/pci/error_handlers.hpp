// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Functions of a PCI driver for resets and errors of its device. C API: struct pci_error_handlers
/// of <linux/pci.h>, Documentation/PCI/pci-error-recovery.rst.
///
///     void reset_prepare(pci::BoundDevice &device);  // the device is about to be reset
///     void reset_done(pci::BoundDevice &device);     // and now it was
///     pci::ErrorAnswer error_detected(pci::BoundDevice &device, pci::Channel channel);
///     pci::ErrorAnswer mmio_enabled(pci::BoundDevice &device); // memory answers, without DMA
///     pci::ErrorAnswer slot_reset(pci::BoundDevice &device);
///     void error_resume(pci::BoundDevice &device);   // all is well again
///
/// Each may be missing. Context: may sleep. The user resets a device by its file reset in /sys; a
/// driver, by BoundDevice::reset().

#pragma once

#include <concepts>
#include <type_traits>

#include <generated/bindings/pci/error_handlers.hpp>
#include <kernel/device/bind.hpp>
#include <kernel/pci/device.hpp>

namespace kernel::pci
{

/// The state of the way to a device after an error. C: pci_channel_state_t
enum class Channel : unsigned int {
	normal = KCXX_PCI_CHANNEL_NORMAL, ///< registers answer
	frozen = KCXX_PCI_CHANNEL_FROZEN, ///< no access, until a reset
	dead = KCXX_PCI_CHANNEL_DEAD,     ///< no access ever again
};

/// The answer of a driver to an error. C: pci_ers_result_t
enum class ErrorAnswer : unsigned int {
	none = KCXX_PCI_ERS_NONE,               ///< no opinion
	can_recover = KCXX_PCI_ERS_CAN_RECOVER, ///< no reset is needed
	need_reset = KCXX_PCI_ERS_NEED_RESET,   ///< the slot has to be reset
	disconnect = KCXX_PCI_ERS_DISCONNECT,   ///< the device is given up
	recovered = KCXX_PCI_ERS_RECOVERED,     ///< all is well
};

} // namespace kernel::pci

namespace kernel::detail
{

KCXX_HAS_MEMBER(error_detected);
KCXX_HAS_MEMBER(mmio_enabled);
KCXX_HAS_MEMBER(slot_reset);
KCXX_HAS_MEMBER(error_resume);
KCXX_HAS_MEMBER(reset_prepare);
KCXX_HAS_MEMBER(reset_done);

/// True if error_detected() is missing, or has the right type
template <typename T>
inline constexpr bool error_detected_fits =
	!Has_error_detected<T> || requires(T &object, pci::BoundDevice &device) {
		{ object.error_detected(device, pci::Channel{}) } -> std::same_as<pci::ErrorAnswer>;
	};
/// The same of mmio_enabled()
template <typename T>
inline constexpr bool mmio_enabled_fits =
	!Has_mmio_enabled<T> || requires(T &object, pci::BoundDevice &device) {
		{ object.mmio_enabled(device) } -> std::same_as<pci::ErrorAnswer>;
	};
/// The same of slot_reset()
template <typename T>
inline constexpr bool slot_reset_fits =
	!Has_slot_reset<T> || requires(T &object, pci::BoundDevice &device) {
		{ object.slot_reset(device) } -> std::same_as<pci::ErrorAnswer>;
	};
/// The same of error_resume()
template <typename T>
inline constexpr bool error_resume_fits =
	!Has_error_resume<T> || requires(T &object, pci::BoundDevice &device) {
		{ object.error_resume(device) } -> std::same_as<void>;
	};
/// The same of reset_prepare()
template <typename T>
inline constexpr bool reset_prepare_fits =
	!Has_reset_prepare<T> || requires(T &object, pci::BoundDevice &device) {
		{ object.reset_prepare(device) } -> std::same_as<void>;
	};
/// The same of reset_done()
template <typename T>
inline constexpr bool reset_done_fits =
	!Has_reset_done<T> || requires(T &object, pci::BoundDevice &device) {
		{ object.reset_done(device) } -> std::same_as<void>;
	};

/// C's table for the driver T
template <typename T>
class PciErrorHandlers
{
public:
	/// The table; null if T has none of the functions
	static constexpr const ::pci_error_handlers *table() noexcept
	{
		if constexpr (Has_error_detected<T> || Has_mmio_enabled<T> || Has_slot_reset<T> ||
			      Has_error_resume<T> || Has_reset_prepare<T> || Has_reset_done<T>)
			return &table_;
		return nullptr;
	}

private:
	using Bound = pci::BoundDevice;

	static T &object(::pci_dev *raw) { return object_of<T>(Bound::of(raw)); }

	// The types of C's arguments and results are those of the table's members.

	template <typename Answer, typename State>
	static Answer error_detected(::pci_dev *raw, State state)
	{
		return static_cast<Answer>(object(raw).error_detected(
			Bound::of(raw), static_cast<pci::Channel>(state)));
	}
	template <typename Answer>
	static Answer mmio_enabled(::pci_dev *raw)
	{
		return static_cast<Answer>(object(raw).mmio_enabled(Bound::of(raw)));
	}
	template <typename Answer>
	static Answer slot_reset(::pci_dev *raw)
	{
		return static_cast<Answer>(object(raw).slot_reset(Bound::of(raw)));
	}
	static void error_resume(::pci_dev *raw) { object(raw).error_resume(Bound::of(raw)); }
	static void reset_prepare(::pci_dev *raw) { object(raw).reset_prepare(Bound::of(raw)); }
	static void reset_done(::pci_dev *raw) { object(raw).reset_done(Bound::of(raw)); }

	static consteval ::pci_error_handlers made()
	{
		::pci_error_handlers made{};
		if constexpr (Has_error_detected<T> && error_detected_fits<T>)
			made.error_detected = &error_detected;
		if constexpr (Has_mmio_enabled<T> && mmio_enabled_fits<T>)
			made.mmio_enabled = &mmio_enabled;
		if constexpr (Has_slot_reset<T> && slot_reset_fits<T>)
			made.slot_reset = &slot_reset;
		if constexpr (Has_error_resume<T> && error_resume_fits<T>)
			made.resume = &error_resume;
		if constexpr (Has_reset_prepare<T> && reset_prepare_fits<T>)
			made.reset_prepare = &reset_prepare;
		if constexpr (Has_reset_done<T> && reset_done_fits<T>)
			made.reset_done = &reset_done;
		return made;
	}

	static const ::pci_error_handlers table_;
};

template <typename T>
constinit const ::pci_error_handlers PciErrorHandlers<T>::table_ = PciErrorHandlers<T>::made();

} // namespace kernel::detail

#define KCXX_PCI_ERROR_HANDLER_FITS(member, Type, declaration)                                     \
	static_assert(::kernel::detail::member##_fits<Type>,                                       \
		      "kcxx-E1437: " #Type "::" #member                                            \
		      "() is not the one of a PCI driver: write " declaration)

/// Reports functions for resets and errors of the driver `Type` that do not fit, each in one
/// sentence.
#define KCXX_CHECK_PCI_ERROR_HANDLERS(Type)                                                        \
	KCXX_PCI_ERROR_HANDLER_FITS(error_detected, Type,                                          \
				    "kernel::pci::ErrorAnswer "                                    \
				    "error_detected(kernel::pci::BoundDevice &, "                  \
				    "kernel::pci::Channel);");                                     \
	KCXX_PCI_ERROR_HANDLER_FITS(                                                               \
		mmio_enabled, Type,                                                                \
		"kernel::pci::ErrorAnswer mmio_enabled(kernel::pci::BoundDevice &);");             \
	KCXX_PCI_ERROR_HANDLER_FITS(                                                               \
		slot_reset, Type,                                                                  \
		"kernel::pci::ErrorAnswer slot_reset(kernel::pci::BoundDevice &);");               \
	KCXX_PCI_ERROR_HANDLER_FITS(error_resume, Type,                                            \
				    "void error_resume(kernel::pci::BoundDevice &);");             \
	KCXX_PCI_ERROR_HANDLER_FITS(reset_prepare, Type,                                           \
				    "void reset_prepare(kernel::pci::BoundDevice &);");            \
	KCXX_PCI_ERROR_HANDLER_FITS(reset_done, Type,                                              \
				    "void reset_done(kernel::pci::BoundDevice &);")
