// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The needs of guests, one row for each arch.
#pragma once

#include <array>
#include <cstdint>
#include <elf.h>
#include <string_view>

namespace kcxx
{

struct Machine {
	std::string_view arch;           // kcxx's name
	std::uint16_t elf_machine;       // e_machine of modules and busybox
	std::string_view qemu;           // program
	std::string_view qemu_package;   // package of the program
	std::string_view model;          // -machine
	std::string_view cpu;            // -cpu
	std::string_view console;        // the kernel's name for QEMU's first serial port
	std::string_view results_device; // -device of the port for results
	std::string_view results_nodes;  // glob of its paths in the guest, named as in /dev
	std::string_view arguments;      // more arguments for the kernel
	std::string_view image_in_build; // bootable image, relative to a kernel build tree
	bool freezable;                  // a frozen guest resumes reliably
};

// The boards of arm64 and riscv64 have only one serial port of their own. Since Linux 6.5 a node
// lies two levels deeper.
inline constexpr std::string_view pci_serial = "pci-serial,addr=0x1e";
inline constexpr std::string_view pci_serial_nodes =
	"/sys/bus/pci/devices/0000:00:1e.0/tty/* /sys/bus/pci/devices/0000:00:1e.0/*/*/tty/*";

// Only -accel tcg: a guest on an existing /dev/kvm can hang.
inline constexpr std::array machines = {
	Machine{
		.arch = "x86_64",
		.elf_machine = EM_X86_64,
		.qemu = "qemu-system-x86_64",
		.qemu_package = "qemu-system-x86",
		.model = "q35", // boots faster than pc
		.cpu = "qemu64",
		.console = "ttyS0",
		.results_device = "isa-serial", // a kernel need not have PCI
		.results_nodes = "/dev/ttyS1",
		// Without it the kernel panics if ten ticks are late, which happens on a busy
		// machine.
		.arguments = " no_timer_check",
		.image_in_build = "arch/x86/boot/bzImage",
		.freezable = true,
	},
	Machine{
		.arch = "arm64",
		.elf_machine = EM_AARCH64,
		.qemu = "qemu-system-aarch64",
		.qemu_package = "qemu-system-arm",
		.model = "virt",
		// max has BTI and pointer authentication; impdef is a cipher that QEMU emulates
		// quickly.
		.cpu = "max,pauth-impdef=on",
		.console = "ttyAMA0",
		.results_device = pci_serial,
		.results_nodes = pci_serial_nodes,
		.arguments = "",
		.image_in_build = "arch/arm64/boot/Image",
		.freezable = true,
	},
	Machine{
		.arch = "riscv64",
		.elf_machine = EM_RISCV,
		.qemu = "qemu-system-riscv64",
		.qemu_package = "qemu-system-misc opensbi",
		.model = "virt",
		.cpu = "rv64",
		.console = "ttyS0",
		.results_device = pci_serial,
		.results_nodes = pci_serial_nodes,
		.arguments = "",
		.image_in_build = "arch/riscv/boot/Image",
		.freezable = false, // QEMU 7 forgets when its timers are due
	},
};

} // namespace kcxx
