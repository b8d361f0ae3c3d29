// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The node of an object that is in a red-black tree. C API: <linux/rbtree.h>.

#pragma once

#include <type_traits>

#include <generated/bindings/containers/rb_tree_node.hpp>
#include <kernel/bug.hpp>

namespace kernel
{

template <typename T, auto Key, typename Compare, typename Owner, typename Tag>
class RbTree;

/// The base of classes whose objects can be in an RbTree. An object is in one tree at most, and
/// stays where it is: it neither copies nor moves. BUG()s if an object is destroyed while it is
/// in a tree. A class whose objects are in several trees has a base for each, by a Tag.
///
///     struct Extent : kernel::RbTreeNode<> {
///             Extent(long start, long length) : start{start}, length{length} {}
///             const long start;
///             long length;
///     };
template <typename Tag = void>
class RbTreeNode
{
public:
	RbTreeNode(const RbTreeNode &) = delete;
	RbTreeNode &operator=(const RbTreeNode &) = delete;

	/// True if the object is in a tree. Context: any in which no other code changes the tree.
	[[nodiscard]] bool linked() const noexcept { return node_.__rb_parent_color != unlinked; }

protected:
	constexpr RbTreeNode() noexcept = default;

	~RbTreeNode()
	{
		if (linked()) [[unlikely]]
			bug("RbTree: an object was destroyed in its tree");
	}

private:
	template <typename T, auto Key, typename Compare, typename Owner, typename OtherTag>
	friend class RbTree;

	/// A red node without a parent: the root of a tree is black
	static constexpr unsigned long unlinked = 0;

	[[nodiscard]] static RbTreeNode &of(::rb_node *node) noexcept
	{
		static_assert(std::is_standard_layout_v<RbTreeNode>);
		return *reinterpret_cast<RbTreeNode *>(node); // node_ is its first member
	}

	::rb_node node_{};
};

} // namespace kernel
