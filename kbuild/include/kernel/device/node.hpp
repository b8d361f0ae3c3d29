// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The parts of a device's description: nodes of a device tree, of ACPI or of software nodes. C
/// API: struct fwnode_handle of <linux/property.h>.
///
///     for (const Node &key : child_nodes(device)) {
///             const u32 code = KTRY(key.property<u32>("linux,code"));
///             auto line = KTRY(gpio::Input::get(device, key));
///     }

#pragma once

#include <concepts>
#include <iterator>
#include <span>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/property.hpp>
#include <kernel/error.hpp>
#include <kernel/types/integers.hpp>

struct fwnode_handle;

namespace kernel
{

/// A counted reference to a node of a description. Copies are of the same node.
class Node
{
public:
	/// Takes a reference. Context: any.
	Node(const Node &other) noexcept
	    // SAFETY: the other has a reference; null is ignored.
	    : raw_{bindings::fwnode_handle_get(other.raw_)}
	{
	}
	/// Leaves the other without a node.
	Node(Node &&other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
	/// Takes the other's node, and gives this one's back. Context: any.
	Node &operator=(Node other) noexcept
	{
		std::swap(raw_, other.raw_);
		return *this;
	}
	/// Gives the reference back. Context: any.
	~Node()
	{
		// SAFETY: the reference is this object's; null is ignored.
		bindings::fwnode_handle_put(raw_);
	}

	/// Takes over a reference of C's.
	[[nodiscard]] static Node adopt(::fwnode_handle *raw) noexcept { return Node{raw}; }
	/// Hands the reference over to C. Context: any.
	[[nodiscard]] ::fwnode_handle *release() && noexcept
	{
		return std::exchange(raw_, nullptr);
	}
	/// For C functions; null after a move
	[[nodiscard]] ::fwnode_handle *raw() const noexcept { return raw_; }

	// SAFETY, of all below: this object has a reference to the node.

	/// True if there is the property `name`. Context: any.
	[[nodiscard]] bool has_property(const char *name) const
	{
		return bindings::fwnode_property_present(raw_, name);
	}

	/// The property `name`: a u8, u16, u32, u64, or a `const char *`, which lives as long as
	/// the node. Errors and context: as of read_property().
	template <typename T>
		requires detail::PropertyNumber<T> || std::same_as<T, const char *>
	[[nodiscard]] Result<T> property(const char *name) const
	{
		T value{};
		if constexpr (std::same_as<T, const char *>)
			KTRY(to_result(bindings::fwnode_property_read_string(raw_, name, &value)));
		else
			KTRY(read_property(name, std::span<T>{&value, 1}));
		return value;
	}

	/// The same; `otherwise`, if there is no such property, or one of another type.
	template <typename T>
	[[nodiscard]] T property_or(const char *name, T otherwise) const
	{
		return property<T>(name).value_or(otherwise);
	}

	/// Reads numbers of the property `name`, as many as `to` has room for. Errors and context:
	/// as of kernel::read_property().
	template <detail::PropertyNumber T>
	Result<> read_property(const char *name, std::span<T> to) const
	{
		if constexpr (sizeof(T) == 1)
			return to_result(bindings::fwnode_property_read_u8_array(
				raw_, name, to.data(), to.size()));
		else if constexpr (sizeof(T) == 2)
			return to_result(bindings::fwnode_property_read_u16_array(
				raw_, name, to.data(), to.size()));
		else if constexpr (sizeof(T) == 4)
			return to_result(bindings::fwnode_property_read_u32_array(
				raw_, name, to.data(), to.size()));
		else
			return to_result(bindings::fwnode_property_read_u64_array(
				raw_, name, to.data(), to.size()));
	}

private:
	explicit Node(::fwnode_handle *raw) noexcept : raw_{raw} {}

	::fwnode_handle *raw_;
};

/// The nodes below that of a device: see child_nodes().
class [[nodiscard]] ChildNodes
{
public:
	/// A place in the list
	class Iterator
	{
	public:
		/// The node at this place
		[[nodiscard]] const Node &operator*() const noexcept { return node_; }
		/// Goes to the next node. Context: may sleep.
		Iterator &operator++() KCXX_MAY_SLEEP
		{
			// SAFETY: the device lives; C takes over the reference to the node, and
			// returns another, or null.
			node_ = Node::adopt(bindings::device_get_next_child_node(
				*device_, Node{std::move(node_)}.release()));
			return *this;
		}
		/// True behind the last node
		friend bool operator==(const Iterator &at, std::default_sentinel_t /*end*/) noexcept
		{
			return at.node_.raw() == nullptr;
		}

	private:
		friend class ChildNodes;
		explicit Iterator(const Device &device) : device_{&device} { ++*this; }

		const Device *device_;
		Node node_ = Node::adopt(nullptr);
	};

	/// For child_nodes()
	explicit ChildNodes(const Device &device) noexcept : device_{device} {}

	/// The first node. Context: may sleep.
	[[nodiscard]] Iterator begin() const KCXX_MAY_SLEEP { return Iterator{device_}; }
	/// The end
	[[nodiscard]] static std::default_sentinel_t end() noexcept { return {}; }

private:
	const Device &device_;
};

/// The nodes below that of the device, in their order, for a loop; those that the description
/// disables are left out. A copy of one outlives the loop.
[[nodiscard]] inline ChildNodes child_nodes(const Device &device KCXX_LIFETIMEBOUND) noexcept
{
	return ChildNodes{device};
}

} // namespace kernel
