// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Descriptions that a module makes for devices of its own: software nodes. C API:
/// <linux/property.h>.

#pragma once

#include <span>
#include <utility>

#include <generated/bindings/device/description.hpp>
#include <kernel/device/property.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/vec.hpp>
#include <kernel/sync/context.hpp>

struct fwnode_handle;

namespace kernel
{

/// A node with properties, and nodes below it. The kernel does not end the nodes with a device, as
/// it does with properties that it copies for one: other devices, such as a gpiochip, use the node
/// of their parent. Moves, does not copy; the nodes end with the object.
class [[nodiscard]] OwnDescription
{
public:
	/// One without nodes
	OwnDescription() = default;

	/// Makes the nodes, and copies the properties; no node, if there is nothing to describe.
	/// Errors: ENOMEM; EINVAL as of OwnEntries::make(). Context: may sleep.
	[[nodiscard]] static Result<OwnDescription>
	make(std::span<const OwnProperty> properties,
	     std::span<const OwnNode> children) KCXX_MAY_SLEEP
	{
		OwnDescription description;
		if (properties.empty() && children.empty())
			return description;
		KTRY(description.nodes_.reserve(children.size() + 1, GFP_KERNEL));
		KTRY(description.add(properties));
		for (const OwnNode &child : children)
			KTRY(description.add(child.properties));
		return description;
	}

	OwnDescription(const OwnDescription &) = delete;
	OwnDescription &operator=(const OwnDescription &) = delete;
	/// Leaves the other without nodes.
	OwnDescription(OwnDescription &&) noexcept = default;
	/// Takes the other's nodes, and leaves this one's to it.
	OwnDescription &operator=(OwnDescription &&other) noexcept
	{
		std::swap(nodes_, other.nodes_);
		return *this;
	}
	/// Ends the nodes. Context: may sleep.
	~OwnDescription() KCXX_MAY_SLEEP
	{
		for (std::size_t at = nodes_.size(); at != 0; --at)
			// SAFETY: the node was made, and is ended once, after those below it.
			bindings::fwnode_remove_software_node(nodes_[at - 1]);
	}

	/// The node of the device, for C functions; null without
	[[nodiscard]] ::fwnode_handle *root() const noexcept
	{
		return nodes_.size() == 0 ? nullptr : nodes_[0];
	}

private:
	/// Makes the first node, or one below it.
	Result<> add(std::span<const OwnProperty> properties)
	{
		const std::span below{nodes_.data(), nodes_.size()};
		const auto entries =
			KTRY(OwnEntries::make(properties, below.subspan(below.empty() ? 0 : 1)));
		// SAFETY: a row of zeros ends the entries, which the kernel copies.
		::fwnode_handle *node = KTRY(Error::from_pointer(
			bindings::fwnode_create_software_node(entries.data(), root())));
		return nodes_.push(node, GFP_KERNEL); // there is room
	}

	Vec<::fwnode_handle *> nodes_;
};

} // namespace kernel
