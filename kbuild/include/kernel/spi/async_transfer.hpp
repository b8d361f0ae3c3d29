// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Transfers to a device on an SPI bus that go on while the driver does. C API: spi_async() of
/// <linux/spi/spi.h>.
///
///     spi::AsyncTransfer<Vec<u8>> transfer_; // a member of the driver's object
///     …
///     KTRY(transfer_.exchange(device, std::move(bytes)));
///     …                                       // the bus works meanwhile
///     bytes = KTRY(transfer_.wait());

#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include <generated/bindings/spi/async_transfer.hpp>
#include <kernel/error.hpp>
#include <kernel/spi/device.hpp>
#include <kernel/spi/transfer.hpp>
#include <kernel/sync/completion.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/opaque.hpp>

namespace kernel::spi
{

/// A transfer that goes on while its caller does. From its begin until wait() it owns the buffer,
/// to which there is no way meanwhile. Does not move: the controller reaches it. Its end waits for
/// the controller. One task at a time uses it.
///
/// \tparam Owner of the buffer: a Vec, a Box or a Page
template <typename Owner>
class AsyncTransfer
{
public:
	/// Transfers nothing yet. Context: any.
	AsyncTransfer() = default;
	AsyncTransfer(const AsyncTransfer &) = delete;
	AsyncTransfer &operator=(const AsyncTransfer &) = delete;
	/// Context: may sleep, until the controller is done.
	~AsyncTransfer() KCXX_MAY_SLEEP
	{
		if (buffer_)
			done_.wait();
	}

	/// Begins to send the buffer. On an error the caller still has it.
	///
	/// Errors: EBUSY if the buffer of the last transfer was not fetched by wait(); ESHUTDOWN if
	/// the controller is gone; EINVAL. Context: any.
	Result<> send(const Device &device, Owner &&buffer, TransferOptions options = {})
	{
		return begin(device, std::move(buffer),
			     [options](Owner &owned) { return spi::send(owned, options); });
	}
	/// Begins to receive into the buffer, as many bytes as it has. Errors, context: as above.
	Result<> receive(const Device &device, Owner &&buffer, TransferOptions options = {})
	{
		return begin(device, std::move(buffer),
			     [options](Owner &owned) { return spi::receive(owned, options); });
	}
	/// Begins to send the buffer, and to receive into it at the same time. Errors, context: as
	/// above.
	Result<> exchange(const Device &device, Owner &&buffer, TransferOptions options = {})
	{
		return begin(device, std::move(buffer), [options](Owner &owned) {
			return spi::exchange(owned, owned, options);
		});
	}

	/// True if wait() returns at once. Context: any.
	[[nodiscard]] bool done() const { return !buffer_ || done_.done(); }

	/// Waits until the controller is done, and gives the buffer back. On an error of the
	/// controller the buffer is freed.
	///
	/// Errors: of the controller; EINVAL if nothing was begun. Context: may sleep.
	[[nodiscard]] Result<Owner> wait() KCXX_MAY_SLEEP
	{
		if (!buffer_)
			return EINVAL;
		done_.wait();
		Owner buffer{std::move(*buffer_)};
		buffer_.reset();
		// SAFETY: the controller is done with the message.
		KTRY(to_result(bindings::kcxx_spi_message_status(message_.get())));
		return buffer;
	}

private:
	template <typename Fill>
	Result<> begin(const Device &device, Owner &&buffer, Fill fill)
	{
		if (buffer_)
			return EBUSY;
		buffer_.emplace(std::move(buffer));
		transfer_ = {};
		fill(*buffer_).fill(transfer_);
		done_.reinit();
		// SAFETY: the message, the transfer and the buffer live until done_ is complete.
		const Result<> begun = to_result(bindings::kcxx_spi_async(
			device.raw(), message_.get(), &transfer_, &complete, this));
		if (!begun) {
			buffer = std::move(*buffer_);
			buffer_.reset();
		}
		return begun;
	}

	static void complete(void *context)
	{
		static_cast<const AsyncTransfer *>(context)->done_.complete();
	}

	std::optional<Owner> buffer_; // none if no transfer was begun
	::spi_transfer transfer_{};
	Opaque<::spi_message> message_;
	Completion done_;
};

} // namespace kernel::spi
