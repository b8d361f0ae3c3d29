// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// I2C buses, which the kernel calls adapters. C API: struct i2c_adapter of <linux/i2c.h>.
///
///     class Bus {
///             // Makes one transfer: a start before each message, and a stop at the end
///             Result<> transfer(i2c::Messages messages);
///
///             Result<> start(pci::BoundDevice &device)
///             {
///                     i2c::Adapter &adapter = KTRY(i2c::add(device, *this, "pump's bus"));
///                     return adapter.add_device("lm75", 0x48);
///             }
///     };
///
/// The kernel calls one transfer() at a time, and may sleep meanwhile: a bus with interrupts waits
/// for a Completion. SMBus is made of such transfers. The devices that firmware names are there as
/// soon as add() returned.

#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <utility>

#include <generated/bindings/i2c/adapter.hpp>
#include <kernel/device/description.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/i2c/new_client.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/c_struct.hpp>
#include <kernel/types/functional.hpp>
#include <kernel/types/integers.hpp>
#include <kernel/types/opaque.hpp>

struct i2c_adapter;
struct i2c_msg;

namespace kernel::i2c
{

/// One part of a transfer as the bus sees it: a reference of this type is a pointer to C's struct
/// i2c_msg, which lives until transfer() returns.
class Message : public CStruct<Message, ::i2c_msg>
{
public:
	/// The address of the device, of 7 or 10 bits
	[[nodiscard]] u16 address() const noexcept { return raw()->addr; }
	/// True if the device sends and the bus receives
	[[nodiscard]] bool is_read() const noexcept { return (raw()->flags & KCXX_I2C_M_RD) != 0; }
	/// The number of bytes
	[[nodiscard]] std::size_t size() const noexcept { return raw()->len; }
	/// The bytes for the device: none if it is one to read
	[[nodiscard]] std::span<const u8> sent() const noexcept
	{
		return {raw()->buf, is_read() ? 0 : size()};
	}
	/// Room for the bytes of the device: none if it is not one to read
	[[nodiscard]] std::span<u8> received() const noexcept
	{
		return {raw()->buf, is_read() ? size() : 0};
	}
};

/// The messages of one transfer, for a loop
class Messages
{
public:
	/// A place in the transfer
	class Iterator
	{
	public:
		/// For Messages
		explicit Iterator(::i2c_msg *at) noexcept : at_{at} {}
		/// The message at this place
		[[nodiscard]] const Message &operator*() const noexcept { return Message::of(at_); }
		/// Goes to the next message.
		Iterator &operator++() noexcept
		{
			++at_;
			return *this;
		}
		/// True for the same place
		friend bool operator==(const Iterator &, const Iterator &) noexcept = default;

	private:
		::i2c_msg *at_;
	};

	/// The messages of a C function or callback.
	explicit Messages(std::span<::i2c_msg> raw) noexcept : raw_{raw} {}
	/// How many there are: at least one
	[[nodiscard]] std::size_t size() const noexcept { return raw_.size(); }
	/// The first message
	[[nodiscard]] Iterator begin() const noexcept { return Iterator{raw_.data()}; }
	/// Behind the last message
	[[nodiscard]] Iterator end() const noexcept { return Iterator{raw_.data() + raw_.size()}; }

private:
	std::span<::i2c_msg> raw_;
};

/// A registered adapter: a reference of this type is a pointer to C's struct i2c_adapter.
class Adapter : public CStruct<Adapter, ::i2c_adapter>
{
public:
	/// Its number: i2c-0 has 0
	[[nodiscard]] int number() const noexcept { return raw()->nr; }

	/// Adds the device at `address`, of 7 bits, named `name`, as an id of its driver, until the
	/// adapter ends.
	///
	/// Errors: EBUSY if the address is in use; EINVAL if it is none of 7 bits; ENOMEM. Context:
	/// may sleep.
	Result<> add_device(const char *name, u16 address,
			    const ClientDescription &device = {}) const KCXX_MAY_SLEEP
	{
		auto description = KTRY(OwnDescription::make(device.properties, device.children));
		::fwnode_handle *const node = description.root();
		// SAFETY, of all below: the adapter is registered, and keeps the nodes until its
		// own device is deleted, after those on the bus. C copies the name.
		if (node != nullptr)
			(void)KTRY(kernel::BoundDevice::of(bindings::kcxx_i2c_adapter_device(raw()))
					   .keep(std::move(description)));
		(void)KTRY(Error::from_pointer(bindings::kcxx_i2c_new_device(
			raw(), name, address, static_cast<int>(device.irq), node)));
		return {};
	}
};

} // namespace kernel::i2c

namespace kernel::detail
{

template <typename T>
concept I2cTransfers = requires(T &object, i2c::Messages messages) {
	{ object.transfer(messages) } -> std::same_as<Result<>>;
};

/// C's adapter
using I2cAdapter = Opaque<::i2c_adapter>;

/// The functions that the kernel calls for a bus of the class T
template <typename T>
class I2cAdapterCalls
{
public:
	static const ::i2c_algorithm *table() noexcept { return &table_; }

private:
	static int transfer(::i2c_adapter *adapter, ::i2c_msg *messages, int count)
	{
		// SAFETY: add() has set the object, which lives longer than the adapter.
		[[maybe_unused]] T &object = *static_cast<T *>(adapter->algo_data);
		const std::span raw{messages, static_cast<std::size_t>(count)};
		if constexpr (I2cTransfers<T>) {
			const Result<> made = object.transfer(i2c::Messages{raw});
			return made ? count : made.error().to_errno();
		}
		return EOPNOTSUPP.to_errno();
	}
	static u32 functionality(::i2c_adapter * /*adapter*/)
	{
		return KCXX_I2C_FUNC_I2C | KCXX_I2C_FUNC_SMBUS_EMUL;
	}

	/// The transfer's member has another name since 6.13.
	template <typename Table>
	static consteval Table made()
	{
		Table table{};
		if constexpr (requires { table.xfer; })
			table.xfer = &transfer;
		else
			table.master_xfer = &transfer;
		table.functionality = &functionality;
		return table;
	}

	static const ::i2c_algorithm table_;
};

template <typename T>
constinit const ::i2c_algorithm I2cAdapterCalls<T>::table_ =
	I2cAdapterCalls<T>::template made<::i2c_algorithm>();

} // namespace kernel::detail

namespace kernel::i2c
{

/// Registers `object` as a bus, for start() of the driver: it ends when the device is unbound, with
/// all devices on the bus, before the driver's object. C copies `name`, up to 47 bytes.
///
/// Errors: ENOMEM. Context: may sleep.
template <typename T>
Result<std::reference_wrapper<Adapter>> add(kernel::BoundDevice &device, T &object,
					    const char *name) KCXX_MAY_SLEEP
{
	static_assert(kernel::detail::I2cTransfers<T>,
		      "kcxx-E1516: the class has no transfer of a bus: write in it Result<> "
		      "transfer(i2c::Messages messages);");
	auto memory = KTRY(Box<kernel::detail::I2cAdapter>::make(GFP_KERNEL));
	::i2c_adapter *adapter = (*KTRY(device.keep(std::move(memory))))->get();
	adapter->algo = kernel::detail::I2cAdapterCalls<T>::table();
	adapter->algo_data = &object;
	adapter->owner = &bindings::__this_module;
	// SAFETY, of all below: the device is bound, and the adapter ends with it, before its
	// memory.
	bindings::kcxx_i2c_describe(adapter, device, name);
	KTRY(to_result(bindings::i2c_add_adapter(adapter)));
	KTRY(device.at_unbind(
		[](void *data) { bindings::i2c_del_adapter(static_cast<::i2c_adapter *>(data)); },
		adapter));
	return std::ref(Adapter::of(adapter));
}

} // namespace kernel::i2c
