// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the Data of a class of open files is the class of the file
#include <kernel/file_system.hpp>
#include <kernel/text_file.hpp>

struct Left {
	static kernel::Result<kernel::String> text() { return kernel::String{}; }
};

struct Right {
	static kernel::Result<kernel::String> text() { return kernel::String{}; }
};

#ifdef REFUSED
using Shown = Right; // it would be read as what it is not
#else
using Shown = Left;
#endif

kernel::Result<> text(kernel::Directory &root);
kernel::Result<> text(kernel::Directory &root)
{
	return root.create<kernel::TextFile<Shown>>(
		"text", 0444, KTRY(kernel::Arc<Left>::make(kernel::GFP_KERNEL)));
}
