// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/guest.hpp"

#include "boot/initramfs.hpp"
#include "boot/kernel_image.hpp"
#include "boot/transcript.hpp"
#include "system/child.hpp"

#include <fmt/core.h>

namespace kcxx
{

namespace
{

Result<Fd> make_initramfs(const GuestRequest &request, const std::string &token)
{
	auto initramfs = Initramfs::create();
	if (!initramfs)
		return std::unexpected(initramfs.error());
	constexpr unsigned program = 0755;
	constexpr unsigned data = 0644;
	std::vector<GuestFile> files = {{request.busybox, "/bin/busybox"}};
	if (!request.script.empty())
		files.emplace_back(request.script, guest_script);
	files.insert(files.end(), request.files.begin(), request.files.end());
	for (const auto &[source, destination] : files)
		if (auto added = initramfs->add_file(source, destination, program); !added)
			return std::unexpected(added.error());
	for (const auto &module : request.modules) {
		const auto bytes = module_bytes(module.path);
		if (!bytes)
			return std::unexpected(bytes.error());
		if (auto added = initramfs->add_text(*bytes, guest_path(module), data); !added)
			return std::unexpected(added.error());
	}
	if (auto added = initramfs->add_text(guest_init(request.modules, request.parameters, token),
					     "/init", program);
	    !added)
		return std::unexpected(added.error());
	return std::move(*initramfs).finish();
}

std::string kernel_arguments(const GuestRequest &request)
{
	// oops=panic, panic=-1: an oops is printed whole and then ends QEMU, by -no-reboot. quiet:
	// the serial line is slow; init lets the kernel speak again.
	auto arguments = fmt::format(
		"console={} rdinit=/init oops=panic panic=-1 printk.devkmsg=on printk.time=1{}",
		request.machine->console, request.machine->arguments);
	arguments += request.verbose ? " loglevel=8" : " quiet";
	if (!request.append.empty())
		arguments += " " + request.append;
	return arguments;
}

std::string fd_path(const Fd &fd)
{
	return fmt::format("/proc/self/fd/{}", fd.get());
}

Result<Child> start_qemu(const GuestRequest &request, const Fd &initramfs,
			 const std::optional<Fd> &unpacked)
{
	Command command{.argv = {std::string(request.machine->qemu),
				 "-machine",
				 fmt::format("{},accel=tcg", request.machine->model),
				 "-cpu",
				 std::string(request.machine->cpu),
				 "-m",
				 std::to_string(request.memory_mib),
				 "-nodefaults",
				 "-no-user-config",
				 "-nic",
				 "none",
				 "-display",
				 "none",
				 "-monitor",
				 "none",
				 "-serial",
				 "stdio",
				 "-no-reboot",
				 "-kernel",
				 unpacked ? fd_path(*unpacked) : request.image.string(),
				 "-initrd",
				 fd_path(initramfs),
				 "-append",
				 kernel_arguments(request)},
			.inherited = {initramfs.get()}};
	if (unpacked)
		command.inherited.push_back(unpacked->get());
	auto child = Child::start(command);
	if (!child && child.error().status == ExitStatus::unavailable) {
		child.error().what = "cannot start the guest: no QEMU";
		child.error().found = fmt::format("no {} in PATH", request.machine->qemu);
		child.error().needed = fmt::format("QEMU for {}", request.machine->arch);
		child.error().fix = fmt::format("apt install {}", request.machine->qemu_package);
	}
	return child;
}

// The guest never came to its init: was that QEMU, or the kernel?
Result<void> check_start(const GuestRequest &request, const GuestReport &report, int qemu_status)
{
	if (!report.release.empty() || report.end != GuestEnd::by_itself)
		return {};
	std::string said;
	for (const auto &line : report.console)
		if (line.starts_with("qemu") || said.empty() || line.contains("Kernel panic"))
			said = line;
	return std::unexpected(Error{
		.status = ExitStatus::unavailable,
		.what = "the guest did not start",
		.found = said.empty()
				 ? fmt::format("QEMU ended with {} and said nothing", qemu_status)
				 : said,
		.needed =
			fmt::format("a kernel that boots: {} on {}, {} MiB", request.image.string(),
				    request.machine->model, request.memory_mib),
		.fix = "the same with --verbose, to see all of its log"});
}

} // namespace

Result<GuestReport> run_guest(const GuestRequest &request, const LineSink &sink)
{
	const auto token = random_token();
	const auto initramfs = make_initramfs(request, token);
	if (!initramfs)
		return std::unexpected(initramfs.error());
	const auto unpacked = unpack_bzimage(request.image);

	GuestReport report;
	for (const auto &module : request.modules)
		report.modules.push_back({.file = module});
	const auto begin = interrupt::Clock::now();
	auto qemu = start_qemu(request, *initramfs, unpacked);
	if (!qemu)
		return std::unexpected(qemu.error());
	Transcript transcript(token, report, sink);
	switch (qemu->read_lines(begin + request.timeout,
				 [&](std::string_view line) { return transcript.feed(line); })) {
	case Child::End::eof:
		report.end = GuestEnd::by_itself;
		break;
	case Child::End::stopped:
		report.end = GuestEnd::orderly;
		break;
	case Child::End::deadline:
		report.end = GuestEnd::timeout;
		break;
	case Child::End::interrupted:
		report.end = GuestEnd::interrupted;
		break;
	}
	if (report.end != GuestEnd::by_itself)
		qemu->kill();
	const int status = qemu->wait();
	report.duration = interrupt::Clock::now() - begin;
	if (auto started = check_start(request, report, status); !started)
		return std::unexpected(started.error());
	return report;
}

} // namespace kcxx
