// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Parts of a message to a device on an SPI bus. C API: struct spi_transfer of <linux/spi/spi.h>.
///
///     KTRY(device.transfer(spi::send(command), spi::receive(page)));

#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <generated/bindings/spi/transfer.hpp>
#include <kernel/dma/buffer.hpp>
#include <kernel/time/delay.hpp>
#include <kernel/time/ktime.hpp>
#include <kernel/types/integers.hpp>

namespace kernel::detail
{
struct SpiTransferOf;
} // namespace kernel::detail

namespace kernel::spi
{

/// The differences of one part of a message from the others
struct TransferOptions {
	u32 speed_hz = 0;        ///< of the clock; 0 for that of the device
	u8 bits_per_word = 0;    ///< 0 for those of the device
	bool deselect = false;   ///< the device is not selected for a moment afterwards
	Nanoseconds pause_after; ///< before the next part, or before the device is deselected
};

/// One part of a message. send(), receive() and exchange() make it, of buffers that live until
/// Device::transfer() returns.
class Transfer
{
public:
	/// The number of bytes
	[[nodiscard]] std::size_t size() const noexcept { return size_; }

	/// Writes C's transfer; null where nothing is sent or received.
	void fill(::spi_transfer &raw) const noexcept
	{
		raw.tx_buf = sent_;
		raw.rx_buf = received_;
		raw.len = static_cast<unsigned int>(size_);
		raw.speed_hz = options_.speed_hz;
		raw.bits_per_word = options_.bits_per_word;
		raw.cs_change = options_.deselect ? 1 : 0;
		raw.delay.value =
			static_cast<u16>(kernel::detail::microseconds_of(options_.pause_after));
		raw.delay.unit = KCXX_SPI_DELAY_UNIT_USECS;
	}

private:
	friend kernel::detail::SpiTransferOf;

	Transfer(const void *sent, void *received, std::size_t size,
		 TransferOptions options) noexcept
	    : sent_{sent}, received_{received}, size_{size}, options_{options}
	{
	}

	const void *sent_;
	void *received_;
	std::size_t size_;
	TransferOptions options_;
};

} // namespace kernel::spi

namespace kernel::detail
{

/// Makes a transfer of memory
struct SpiTransferOf {
	[[nodiscard]] static spi::Transfer memory(const void *sent, void *received,
						  std::size_t size, spi::TransferOptions options)
	{
		return {sent, received, size, options};
	}
};

/// The memory of a Vec, a Box or a Page, constant or not
template <typename Owner>
[[nodiscard]] auto spi_elements(Owner &owner)
{
	using Plain = std::remove_const_t<Owner>;
	static_assert(DmaBuffer<Plain>::exists,
		      "kcxx-E1458: controllers reach buffers by DMA: the memory of a Vec, a Box or "
		      "a Page. "
		      "write_then_read() takes any memory for short messages");
	static_assert(std::is_trivially_copyable_v<typename DmaBuffer<Plain>::Element>,
		      "kcxx-E1459: the device gets and sends bytes: the elements have to be "
		      "trivially copyable");
	return DmaBuffer<Plain>::elements(const_cast<Plain &>(owner));
}

} // namespace kernel::detail

namespace kernel::spi
{

/// Sends the bytes of a Vec, a Box or a Page.
template <typename Sent>
[[nodiscard]] Transfer send(Sent &from, TransferOptions options = {})
{
	const auto elements = kernel::detail::spi_elements(from);
	return kernel::detail::SpiTransferOf::memory(elements.data(), nullptr,
						     elements.size_bytes(), options);
}

/// Receives as many bytes as a Vec, a Box or a Page has.
template <typename Received>
[[nodiscard]] Transfer receive(Received &to, TransferOptions options = {})
{
	static_assert(!std::is_const_v<Received>, "kcxx-E1460: the buffer is constant");
	const auto elements = kernel::detail::spi_elements(to);
	return kernel::detail::SpiTransferOf::memory(nullptr, elements.data(),
						     elements.size_bytes(), options);
}

/// Sends bytes, and receives as many at the same time: those of the shorter buffer.
template <typename Sent, typename Received>
[[nodiscard]] Transfer exchange(Sent &from, Received &to, TransferOptions options = {})
{
	static_assert(!std::is_const_v<Received>, "kcxx-E1460: the buffer is constant");
	const auto sent = kernel::detail::spi_elements(from);
	const auto received = kernel::detail::spi_elements(to);
	const std::size_t size = sent.size_bytes() < received.size_bytes() ? sent.size_bytes()
									   : received.size_bytes();
	return kernel::detail::SpiTransferOf::memory(sent.data(), received.data(), size, options);
}

} // namespace kernel::spi
