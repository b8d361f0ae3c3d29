// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/qemu.hpp"

#include <fmt/core.h>
#include <initializer_list>

namespace kcxx
{

namespace
{

void add(Command &command, std::initializer_list<std::string_view> words)
{
	command.argv.insert(command.argv.end(), words.begin(), words.end());
}

std::string keep(Command &command, int fd)
{
	command.inherited.push_back(fd);
	return fmt::format("/proc/self/fd/{}", fd);
}

void add_socket(Command &command, std::string_view name, int fd)
{
	keep(command, fd);
	add(command, {"-chardev", fmt::format("socket,id={},fd={}", name, fd)});
}

void add_kernel(Command &command, const QemuStart &start)
{
	add(command, {"-kernel", start.kernel >= 0 ? keep(command, start.kernel) : start.image});
	add(command, {"-initrd", keep(command, start.initramfs)});
	add(command, {"-append", start.arguments});
}

} // namespace

Result<Child> start_qemu(const QemuStart &start)
{
	const auto &arch = *start.arch;
	const bool in_file = start.memory >= 0;
	const auto size = fmt::format("{}M", start.memory_mib);
	Command command{.argv = {std::string(arch.qemu)}};
	add(command, {"-machine", fmt::format("{},accel=tcg{}", arch.model,
					      in_file ? ",memory-backend=memory" : "")});
	add(command, {"-cpu", arch.cpu, "-m", size, "-smp", fmt::format("{}", start.cpus)});
	add(command, {"-nodefaults", "-no-user-config", "-nic", "none", "-display", "none"});
	add(command, {"-serial", "stdio", "-no-reboot"});
	if (in_file)
		add(command,
		    {"-object",
		     fmt::format("memory-backend-file,id=memory,size={},mem-path={},share=on", size,
				 keep(command, start.memory))});
	if (start.sandbox)
		add(command, {"-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,"
					  "resourcecontrol=deny"});
	add_socket(command, "results", start.results);
	add(command, {"-device", fmt::format("{},chardev=results", arch.results_device)});
	for (const auto &addition : start.additions)
		command.argv.insert(command.argv.end(), addition.arguments.begin(),
				    addition.arguments.end());
	if (start.monitor >= 0) {
		add_socket(command, "monitor", start.monitor);
		add(command, {"-mon", "chardev=monitor,mode=control"});
	}
	if (start.initramfs >= 0)
		add_kernel(command, start);
	else
		add(command, {"-incoming", "defer"});
	auto child = Child::start(command);
	if (!child && child.error().status == ExitStatus::unavailable) {
		child.error().what = "cannot start the guest: no QEMU";
		child.error().found = fmt::format("no {} in PATH", arch.qemu);
		child.error().needed = fmt::format("QEMU for {}", arch.name);
		child.error().fix = fmt::format("apt install {}", arch.qemu_package);
	}
	return child;
}

} // namespace kcxx
