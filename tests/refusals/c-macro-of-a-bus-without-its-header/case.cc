// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:10: kcxx: a header that declares module_pci_driver is not included\n.*<linux/pci.h>
#include <kernel/prelude.hpp>

struct pci_driver;
#ifdef REFUSED
extern pci_driver driver;

module_pci_driver(driver);
#endif
