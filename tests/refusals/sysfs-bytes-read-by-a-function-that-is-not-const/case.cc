// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: what reads a file of bytes is kernel::Result<std::size_t> read_at\(kernel::u64 offset,
// std::span<kernel::u8> to\) const;
#include <kernel/sysfs.hpp>

struct Pump {
#ifdef REFUSED
	kernel::Result<std::size_t> read_at(kernel::u64 offset, std::span<kernel::u8> to);
#else
	kernel::Result<std::size_t> read_at(kernel::u64 offset, std::span<kernel::u8> to) const;
#endif
};

using File = kernel::sysfs::BinaryFile<&Pump::read_at>;

kernel::Result<> add(kernel::BoundDevice &device, File &file, Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, File &file, Pump &pump)
{
	return file.add(device, pump, {.name = "pump"});
}
