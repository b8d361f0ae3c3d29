// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: kernel::pci::Device.* has no member named .map|no member named 'map' in
// 'kernel::pci::Device'
#include <kernel/pci.hpp>

#ifdef REFUSED
kernel::Result<> map(kernel::pci::Device &device);
kernel::Result<> map(kernel::pci::Device &device)
#else
kernel::Result<> map(kernel::pci::BoundDevice &device);
kernel::Result<> map(kernel::pci::BoundDevice &device)
#endif
{
	(void)KTRY(device.map<0x100>(0));
	return {};
}
