// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What a guest of each arch needs: one row for each.
#pragma once

#include <array>
#include <cstdint>
#include <elf.h>
#include <string_view>

namespace kcxx
{

struct Machine {
	std::string_view arch;           // as kcxx says it
	std::uint16_t elf_machine;       // of its modules and its busybox
	std::string_view qemu;           // program
	std::string_view qemu_package;   // that holds it
	std::string_view model;          // -machine
	std::string_view cpu;            // -cpu
	std::string_view console;        // the kernel's name for QEMU's first serial port
	std::string_view results_device; // -device of the port that results come over
	std::string_view results_nodes;  // glob of its nodes in the guest: of their names, in /dev
	std::string_view arguments;      // more for its kernel
	std::string_view image_in_build; // bootable image, from the top of a kernel build tree
	bool freezable;                  // goes on for certain from where it was stopped
};

// Their boards have but one port of their own. Since Linux 6.5 a node lies two levels deeper.
inline constexpr std::string_view pci_serial = "pci-serial,addr=0x1e";
inline constexpr std::string_view pci_serial_nodes =
	"/sys/bus/pci/devices/0000:00:1e.0/tty/* /sys/bus/pci/devices/0000:00:1e.0/*/*/tty/*";

// Only -accel tcg: a /dev/kvm can be there and hang.
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
		// Its kernel panics if ten ticks do not come in time, as on a busy machine
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
		// With BTI and pointer authentication, by a cipher that emulation is quick at
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
