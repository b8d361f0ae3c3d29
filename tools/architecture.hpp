// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The architectures that kcxx knows: one row each, for kernels, modules, Debian's packages and
// guests.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <elf.h>
#include <string>
#include <string_view>

namespace kcxx
{

struct Architecture {
	std::string_view name;     // kcxx's
	std::string_view uname;    // of uname -m
	std::uint16_t elf_machine; // e_machine of modules and programs
	std::string_view config;   // line of a kernel's .config that only this architecture has
	std::string_view vermagic; // MODULE_ARCH_VERMAGIC of <asm/vermagic.h>
	std::string_view gnu;      // prefix of the names of its GNU tools

	// Kernels that kcxx builds
	std::string_view kbuild;       // ARCH=
	std::string_view image_target; // make's target for the image
	std::string_view image;        // bootable image, relative to a kernel build tree
	std::string_view image_magic;  // at 56 in the image; empty: the image is a bzImage
	bool has_objtool;              // building takes libelf

	// Debian's kernels in the plain flavour, which has the architecture's name
	std::string_view debian;       // dpkg's name; releases end with it
	std::string_view debian_image; // in the image's package; {} stands for the release
	std::string_view debian_suite; // first suite with it, if the machine's own lack it

	// Guests
	std::string_view qemu;           // program
	std::string_view qemu_package;   // package of the program
	std::string_view model;          // -machine
	std::string_view cpu;            // -cpu
	std::string_view console;        // the kernel's name for QEMU's first serial port
	std::string_view results_device; // -device of the port for results
	std::string_view results_nodes;  // glob of its paths in the guest, named as in /dev
	std::string_view arguments;      // more arguments for the kernel
	bool unpacks_gzip;               // QEMU starts an image that gzip packed
	bool freezable;                  // a frozen guest resumes reliably
};

// The boards of most architectures have only one serial port of their own. Since Linux 6.5 a node
// lies two levels deeper.
inline constexpr std::string_view pci_serial = "pci-serial,addr=0x1e";
inline constexpr std::string_view pci_serial_nodes =
	"/sys/bus/pci/devices/0000:00:1e.0/tty/* /sys/bus/pci/devices/0000:00:1e.0/*/*/tty/*";

// Guests run by -accel tcg alone: a guest on an existing /dev/kvm can hang.
inline constexpr std::array architectures = {
	Architecture{
		.name = "x86_64",
		.uname = "x86_64",
		.elf_machine = EM_X86_64,
		.config = "CONFIG_X86_64=y",
		.vermagic = "",
		.gnu = "x86_64-linux-gnu-",
		.kbuild = "x86_64",
		.image_target = "bzImage",
		.image = "arch/x86/boot/bzImage",
		.image_magic = "",
		.has_objtool = true,
		.debian = "amd64",
		.debian_image = "boot/vmlinuz-{}",
		.debian_suite = "",
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
		.unpacks_gzip = false,
		.freezable = true,
	},
	Architecture{
		.name = "arm64",
		.uname = "aarch64",
		.elf_machine = EM_AARCH64,
		.config = "CONFIG_ARM64=y",
		.vermagic = "aarch64",
		.gnu = "aarch64-linux-gnu-",
		.kbuild = "arm64",
		.image_target = "Image",
		.image = "arch/arm64/boot/Image",
		.image_magic = "ARMd",
		.has_objtool = false,
		.debian = "arm64",
		.debian_image = "boot/vmlinuz-{}",
		.debian_suite = "",
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
		.unpacks_gzip = true,
		.freezable = true,
	},
	Architecture{
		.name = "riscv64",
		.uname = "riscv64",
		.elf_machine = EM_RISCV,
		.config = "CONFIG_ARCH_RV64I=y",
		.vermagic = "riscv",
		.gnu = "riscv64-linux-gnu-",
		.kbuild = "riscv",
		.image_target = "Image",
		.image = "arch/riscv/boot/Image",
		.image_magic = "RSC\x05",
		.has_objtool = false,
		.debian = "riscv64",
		.debian_image = "boot/vmlinux-{}",
		.debian_suite = "trixie",
		.qemu = "qemu-system-riscv64",
		.qemu_package = "qemu-system-misc opensbi",
		.model = "virt",
		.cpu = "rv64",
		.console = "ttyS0",
		.results_device = pci_serial,
		.results_nodes = pci_serial_nodes,
		.arguments = "",
		.unpacks_gzip = false,
		.freezable = false, // QEMU 7 forgets when its timers are due
	},
};

/** Returns the architecture whose @member is @value; nullptr if kcxx knows none. */
template <typename Value>
constexpr const Architecture *find_architecture(Value Architecture::*member, const Value &value)
{
	const auto *const found = std::ranges::find(architectures, value, member);
	return found != architectures.end() ? &*found : nullptr;
}

/** Returns the names of all architectures: "x86_64, arm64 or riscv64" if @last is " or ". */
inline std::string architecture_names(std::string_view last = ", ")
{
	std::string names;
	for (const auto &arch : architectures) {
		if (!names.empty())
			names += &arch == &architectures.back() ? last : ", ";
		names += arch.name;
	}
	return names;
}

} // namespace kcxx
