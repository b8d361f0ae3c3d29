// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The parts of a device's description: nodes of a device tree, of ACPI or of software nodes. C
/// API: struct fwnode_handle of <linux/property.h>.
///
///     for (const Node &key : child_nodes(device)) {
///             const u32 code = KTRY(key.property<u32>("linux,code"));
///             auto line = KTRY(gpio::Input::get(device, key));
///     }
///     const Node own = KTRY(Node::of(device));
///     const NodeReference supply = KTRY(own.reference_args("supply", "#cells"));

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <span>
#include <utility>

#include <generated/bindings/device/node.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/property.hpp>
#include <kernel/error.hpp>
#include <kernel/types/integers.hpp>

struct fwnode_handle;

namespace kernel
{

struct NodeReference;

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

	/// The device's own node. Errors: ENOENT if nothing describes the device. Context: any.
	[[nodiscard]] static Result<Node> of(const Device &device)
	{
		// SAFETY: the device lives, and its node with it.
		return existing(bindings::fwnode_handle_get(bindings::kcxx_dev_fwnode(device)));
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
		return {std::in_place, value};
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
				raw_, name, reinterpret_cast<u8 *>(to.data()), to.size()));
		else if constexpr (sizeof(T) == 2)
			return to_result(bindings::fwnode_property_read_u16_array(
				raw_, name, reinterpret_cast<u16 *>(to.data()), to.size()));
		else if constexpr (sizeof(T) == 4)
			return to_result(bindings::fwnode_property_read_u32_array(
				raw_, name, reinterpret_cast<u32 *>(to.data()), to.size()));
		else
			return to_result(bindings::fwnode_property_read_u64_array(
				raw_, name, reinterpret_cast<u64 *>(to.data()), to.size()));
	}

	/// The node `name` below this one. Errors: ENOENT if there is none. Context: may sleep.
	[[nodiscard]] Result<Node> child(const char *name) const KCXX_MAY_SLEEP
	{
		return existing(bindings::fwnode_get_named_child_node(raw_, name));
	}

	/// The node to which the property `name` refers, or the one at `index` of several.
	///
	/// Errors: ENOENT if there is no such property, or no such node. Context: any.
	[[nodiscard]] Result<Node> reference(const char *name, unsigned int index = 0) const
	{
		return adopt(KTRY(
			Error::from_pointer(bindings::fwnode_find_reference(raw_, name, index))));
	}

	/// The same with the numbers behind the node, whose count is that node's property `cells`,
	/// such as "#gpio-cells".
	///
	/// Errors: ENOENT; EINVAL if `cells` is not there, or there are fewer numbers. Context:
	/// any.
	[[nodiscard]] Result<NodeReference> reference_args(const char *name, const char *cells,
							   unsigned int index = 0) const;

private:
	static Result<Node> existing(::fwnode_handle *raw) noexcept
	{
		if (raw == nullptr)
			return ENOENT;
		return adopt(raw);
	}

	explicit Node(::fwnode_handle *raw) noexcept : raw_{raw} {}

	::fwnode_handle *raw_;
};

/// A node to which a property refers, and the numbers behind it: see Node::reference_args()
struct NodeReference {
	/// The most numbers
	static constexpr std::size_t most = 8;

	Node node;                     ///< to which the property refers
	std::array<u64, most> numbers; ///< behind it
	unsigned int count = 0;        ///< of the numbers

	/// The numbers behind the node
	[[nodiscard]] std::span<const u64> arguments() const noexcept KCXX_LIFETIMEBOUND
	{
		return std::span{numbers}.first(count);
	}
};

inline Result<NodeReference> Node::reference_args(const char *name, const char *cells,
						  unsigned int index) const
{
	::fwnode_reference_args found{};
	// SAFETY: this object has a reference to the node; C writes to `found`.
	KTRY(to_result(
		bindings::fwnode_property_get_reference_args(raw_, name, cells, 0, index, &found)));
	NodeReference reference{.node = adopt(found.fwnode), .numbers = {}, .count = found.nargs};
	if (reference.count > NodeReference::most)
		return EOVERFLOW;
	for (unsigned int i = 0; i < reference.count; ++i)
		reference.numbers[i] = found.args[i];
	return reference;
}

namespace detail
{

/// Gives the reference to `at` back, and returns one to the next node, or null.
[[nodiscard]] inline ::fwnode_handle *next_child(const Device &device, Node at) KCXX_MAY_SLEEP
{
	// SAFETY: the device lives; C takes over the reference to the node.
	return bindings::device_get_next_child_node(device, std::move(at).release());
}

/// The same of a node.
[[nodiscard]] inline ::fwnode_handle *next_child(const Node &node, Node at) KCXX_MAY_SLEEP
{
	// SAFETY: likewise.
	return bindings::fwnode_get_next_available_child_node(node.raw(), std::move(at).release());
}

} // namespace detail

/// The nodes below that of a device, or below a node: see child_nodes().
template <typename Parent>
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
			node_ = Node::adopt(detail::next_child(*parent_, std::move(node_)));
			return *this;
		}
		/// True behind the last node
		friend bool operator==(const Iterator &at, std::default_sentinel_t /*end*/) noexcept
		{
			return at.node_.raw() == nullptr;
		}

	private:
		friend class ChildNodes;
		explicit Iterator(const Parent &parent) : parent_{&parent} { ++*this; }

		const Parent *parent_;
		Node node_ = Node::adopt(nullptr);
	};

	/// For child_nodes()
	explicit ChildNodes(const Parent &parent) noexcept : parent_{parent} {}

	/// The first node. Context: may sleep.
	[[nodiscard]] Iterator begin() const KCXX_MAY_SLEEP { return Iterator{parent_}; }
	/// The end
	[[nodiscard]] static std::default_sentinel_t end() noexcept { return {}; }

private:
	const Parent &parent_;
};

/// The nodes below that of the device, in their order, for a loop; those that the description
/// disables are left out. A copy of one outlives the loop.
[[nodiscard]] inline ChildNodes<Device>
child_nodes(const Device &device KCXX_LIFETIMEBOUND) noexcept
{
	return ChildNodes<Device>{device};
}
/// The same below a node
[[nodiscard]] inline ChildNodes<Node> child_nodes(const Node &node KCXX_LIFETIMEBOUND) noexcept
{
	return ChildNodes<Node>{node};
}
/// A node that ends before the loop is refused.
void child_nodes(Node &&node) = delete;

} // namespace kernel
