// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Files that a driver loads into its device. C API: <linux/firmware.h>.
///
///     const auto image = KTRY(Firmware::request(device, "acme/pump.bin"));
///     KTRY(upload(image.bytes()));
///
/// A driver that does not wait for the file, which may take a minute, has a member that loads it:
///
///     void loaded(Result<Firmware> image); // may sleep
///     FirmwareLoader<&Pump::loaded> loader_{*this};
///     …
///     KTRY(loader_.request(device, "acme/pump.bin")); // in start()

#pragma once

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

#include <generated/bindings/firmware.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/completion.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>
#include <kernel/types/lifetime.hpp>

struct firmware;

namespace kernel
{

template <auto Loaded>
class FirmwareLoader;

/// A file of /lib/firmware in memory, as long as this lives. Moves, does not copy.
class [[nodiscard]] Firmware
{
public:
	/// Loads the file `name`, which is below /lib/firmware. While the system starts, it may be
	/// missing as yet. The module names it for initramfs by MODULE_FIRMWARE(name).
	///
	/// Errors: ENOENT if it is missing, which the kernel logs; EINVAL if the name is empty;
	/// ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<Firmware> request(BoundDevice &device,
						      const char *name) KCXX_MAY_SLEEP
	{
		const ::firmware *raw = nullptr;
		// SAFETY: the device is bound, and the name is read before the call returns.
		KTRY(to_result(bindings::request_firmware(&raw, name, device)));
		return Firmware{raw};
	}

	/// The same for a file that the driver does without: a kernel without patches logs nothing.
	[[nodiscard]] static Result<Firmware> request_optional(BoundDevice &device,
							       const char *name) KCXX_MAY_SLEEP
	{
		const ::firmware *raw = nullptr;
		// SAFETY: as above.
		KTRY(to_result(bindings::firmware_request_nowarn(&raw, name, device)));
		return Firmware{raw};
	}

	Firmware(const Firmware &) = delete;
	Firmware &operator=(const Firmware &) = delete;
	/// Leaves the other without a file.
	Firmware(Firmware &&other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
	/// Takes the other's file, and gives this one's to it.
	Firmware &operator=(Firmware &&other) noexcept
	{
		std::swap(raw_, other.raw_);
		return *this;
	}
	/// Gives the memory back. Context: may sleep.
	~Firmware() KCXX_MAY_SLEEP
	{
		// SAFETY: the file is this object's; null is ignored.
		bindings::release_firmware(raw_);
	}

	/// The bytes of the file: none after a move
	[[nodiscard]] std::span<const u8> bytes() const noexcept KCXX_LIFETIMEBOUND
	{
		if (raw_ == nullptr)
			return {};
		// SAFETY: the file is this object's.
		return {bindings::kcxx_firmware_data(raw_), bindings::kcxx_firmware_size(raw_)};
	}

private:
	template <auto Loaded>
	friend class FirmwareLoader;

	explicit Firmware(const ::firmware *raw) noexcept : raw_{raw} {}

	const ::firmware *raw_;
};

namespace detail
{

/// The class of a member function that gets a file
template <typename>
struct FirmwareCallback;
template <typename T, typename Returned, typename... Arguments>
struct FirmwareCallback<Returned (T::*)(Arguments...)> {
	using Owner = T;
	static constexpr bool fits =
		std::is_same_v<Returned (T::*)(Arguments...), void (T::*)(Result<Firmware>)>;
};

} // namespace detail

/// Loads a file while the driver goes on, and calls `Loaded` with it: once for each request, with
/// ENOENT if the file cannot be loaded. A member of the driver's object. When the device is
/// unbound, the unbinding waits for the call, so it ends before the object does.
template <auto Loaded>
class FirmwareLoader
{
	using Callback = detail::FirmwareCallback<decltype(Loaded)>;
	using Owner = typename Callback::Owner;

	static_assert(
		Callback::fits,
		"kcxx-E1327: the function that gets a file is void loaded(Result<Firmware> file)");

public:
	/// Loads nothing yet. Context: any.
	explicit FirmwareLoader(Owner &owner) noexcept : owner_{owner} { idle_.complete(); }
	FirmwareLoader(const FirmwareLoader &) = delete;
	FirmwareLoader &operator=(const FirmwareLoader &) = delete;
	/// Waits for the call, if it has not ended. Context: may sleep.
	~FirmwareLoader() KCXX_MAY_SLEEP
	{
		if (device_ != nullptr)
			// SAFETY: the device is bound, for its unbinding calls wait().
			bindings::kcxx_devm_release_action(*device_, &wait, this);
	}

	/// Begins to load the file `name`, which is below /lib/firmware. The function may be called
	/// before this returns. For start() of the driver.
	///
	/// Errors: EBUSY if the last file is not loaded yet; EINVAL if the name is empty; ENOMEM.
	/// Context: may sleep.
	Result<> request(BoundDevice &device, const char *name) KCXX_MAY_SLEEP
	{
		if (name == nullptr || *name == '\0')
			return EINVAL;
		if (device_ == nullptr) {
			KTRY(device.at_unbind(&wait, this));
			device_ = &device;
		}
		if (!idle_.try_wait())
			return EBUSY;
		// SAFETY: the loader lives until wait() returns, and the kernel copies the name.
		const auto begun = to_result(bindings::kcxx_request_firmware_nowait(
			&bindings::__this_module, name, device, this, &finish));
		if (!begun)
			idle_.complete();
		return begun;
	}

private:
	static void finish(const ::firmware *raw, void *context)
	{
		auto *loader = static_cast<FirmwareLoader *>(context);
		Owner &owner = loader->owner_;
		Result<Firmware> file{ENOENT};
		if (raw != nullptr)
			file = Firmware{raw};
		if constexpr (Callback::fits)
			(owner.*Loaded)(std::move(file));
		loader->idle_.complete();
	}

	static void wait(void *data)
	{
		auto *loader = static_cast<FirmwareLoader *>(data);
		loader->device_ = nullptr;
		loader->idle_.wait();
		loader->idle_.complete();
	}

	Owner &owner_;
	BoundDevice *device_ = nullptr; // whose unbinding waits
	Completion idle_;               // completed while nothing is loaded
};

} // namespace kernel
