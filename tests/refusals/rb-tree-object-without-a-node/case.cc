// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: RbTree: the class has no public base kernel::RbTreeNode<Tag>
#include <kernel/containers.hpp>
#include <kernel/prelude.hpp>

#ifdef REFUSED
struct Extent {
#else
struct Extent : kernel::RbTreeNode<> {
#endif
	explicit Extent(int s) : start{s} {}
	const int start;
};

using Extents = kernel::RbTree<Extent, &Extent::start>;

bool insert(Extents &extents, kernel::Box<Extent> extent);
bool insert(Extents &extents, kernel::Box<Extent> extent)
{
	return extents.insert(std::move(extent)).inserted;
}
