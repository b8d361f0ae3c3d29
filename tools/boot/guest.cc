// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/guest.hpp"

#include "boot/guest_output.hpp"
#include "boot/initramfs.hpp"
#include "boot/kernel_image.hpp"
#include "boot/monitor.hpp"
#include "boot/qemu.hpp"
#include "boot/saved_guests.hpp"
#include "boot/transcript.hpp"
#include "system/fingerprint.hpp"
#include "system/socket_pair.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <ctime>
#include <fmt/core.h>

namespace kcxx
{

namespace
{

using interrupt::Clock;

constexpr unsigned program_mode = 0755;

std::string kernel_arguments(const GuestRequest &request)
{
	// oops=panic, panic=-1: the kernel prints the whole oops and reboots, and -no-reboot ends
	// QEMU. quiet: the serial line is slow; init makes the kernel print again.
	auto arguments = fmt::format(
		"console={} rdinit=/init oops=panic panic=-1 printk.devkmsg=on printk.time=1{}",
		request.arch->console, request.arch->arguments);
	arguments += request.verbose ? " loglevel=8" : " quiet";
	if (!request.append.empty())
		arguments += " " + request.append;
	return arguments;
}

// Returns the size of the file through which a waiting guest receives @needed bytes. Few sizes
// exist, because each needs a frozen guest of its own.
size_t size_of_received(size_t needed)
{
	size_t size = size_t{4} << 20U;
	while (size < needed)
		size *= 4;
	return size;
}

/** An attempt to run one guest: the request, and the results so far. */
class Attempt
{
public:
	Attempt(const GuestRequest &request, const LineSink &sink, Clock::time_point begin)
	    : request_(request), sink_(sink), begin_(begin),
	      words_(GuestWords::draw(request.plan.modules.size()))
	{
		for (const auto &module : request.plan.modules)
			report_.modules.push_back({.file = module});
		report_.rounds = request.plan.rounds;
		report_.faults_given = request.plan.faults;
		report_.debug = !request.plan.sanitizer.empty();
		report_.script_given = !request.script.empty();
	}

	/** Boots the guest with its files in the initramfs. */
	Result<GuestReport> boot();

	/** Resumes a frozen guest, which it makes first if none exists. Returns nothing if that
	 * fails. */
	std::optional<Result<GuestReport>> go_on();

private:
	Result<void> add_files(Initramfs &archive) const;
	[[nodiscard]] Result<Fd> initramfs(std::string_view mark, size_t received_size) const;
	[[nodiscard]] Result<std::string> received() const;
	[[nodiscard]] std::string key(size_t received_size) const;
	[[nodiscard]] Result<Child> start(const Fd &initramfs, QemuStart own) const;
	[[nodiscard]] Result<Child> start(QemuStart own) const;
	Result<std::optional<FrozenGuest>> freeze(const std::string &mark, size_t received_size);
	Result<bool> thaw(const FrozenGuest &guest);
	[[nodiscard]] std::optional<FrozenGuest> take_saved(const SavedGuests &saved,
							    const std::string &name) const;
	void drop(const SavedGuests &saved, const std::string &name) const;
	void end(Child &qemu, Child::End end);
	[[nodiscard]] Result<void> check_start() const;
	[[nodiscard]] Clock::time_point deadline() const { return begin_ + request_.timeout; }

	const GuestRequest &request_; // NOLINT(*-ref-data-members): lives within run_guest()
	const LineSink &sink_;        // NOLINT(*-ref-data-members): lives within run_guest()
	Clock::time_point begin_;
	GuestWords words_;
	GuestReport report_;
	int qemu_status_ = 0;
};

// Adds the files that only this boot has.
Result<void> Attempt::add_files(Initramfs &archive) const
{
	constexpr unsigned data_mode = 0644;
	std::vector<GuestFile> files = request_.files;
	if (!request_.script.empty())
		files.emplace_back(request_.script, guest_script);
	for (const auto &[source, destination] : files)
		TRY(archive.add_file(source, destination, program_mode));
	for (const auto &module : request_.plan.modules) {
		const auto bytes = TRY(module_bytes(module.path));
		TRY(archive.add_text(bytes, guest_path(module), data_mode));
	}
	TRY(archive.add_text(guest_supervision(), guest_supervisor, program_mode));
	return archive.add_text(guest_commands(*request_.arch, request_.plan, words_), guest_run,
				program_mode);
}

// Returns an initramfs with the files of this boot; if @mark is not empty, with a marked file in
// their place, which receives them later.
Result<Fd> Attempt::initramfs(std::string_view mark, size_t received_size) const
{
	auto archive = TRY(Initramfs::create());
	// The marked file comes first: there its content is not aligned to a page, so the search
	// for marked pages does not find the copy in the archive.
	TRY(mark.empty() ? add_files(archive)
			 : archive.add_text(marked_file(mark, received_size), guest_received,
					    program_mode));
	TRY(archive.add_file(request_.busybox, "/bin/busybox", program_mode));
	TRY(archive.add_text(guest_init(), "/init", program_mode));
	return std::move(archive).finish();
}

Result<std::string> Attempt::received() const
{
	auto archive = TRY(Initramfs::create());
	TRY(add_files(archive));
	const auto file = TRY(std::move(archive).finish());
	auto text = fmt::format("take {}\n", std::time(nullptr));
	const auto line = text.size();
	text.resize(line + static_cast<size_t>(lseek(file.get(), 0, SEEK_END)));
	if (pread(file.get(), text.data() + line, text.size() - line, 0) !=
	    static_cast<ssize_t>(text.size() - line))
		return std::unexpected(errno_error("cannot make the guest's files"));
	return text;
}

// Guests with the same key are equal until they receive their files.
std::string Attempt::key(size_t received_size) const
{
	const auto &arch = *request_.arch;
	return Fingerprint()
		.program(arch.qemu)
		.text(arch.model)
		.text(arch.cpu)
		.text(arch.results_device)
		.text(fmt::format("{} MiB, {} CPUs, {} bytes", request_.memory_mib,
				  request_.plan.cpus, received_size))
		.file(request_.image)
		.text(kernel_arguments(request_))
		.file(request_.busybox)
		.text(guest_init())
		.hex();
}

// Starts QEMU with the descriptors of @own, and boots the kernel.
Result<Child> Attempt::start(const Fd &initramfs, QemuStart own) const
{
	const auto unpacked = TRY(unpack_bzimage(*request_.arch, request_.image));
	own.kernel = unpacked ? unpacked->get() : -1;
	own.image = request_.image;
	own.initramfs = initramfs.get();
	own.arguments = kernel_arguments(request_);
	return start(std::move(own));
}

Result<Child> Attempt::start(QemuStart own) const
{
	own.arch = request_.arch;
	own.memory_mib = request_.memory_mib;
	own.cpus = request_.plan.cpus;
	own.sandbox = request_.sandbox;
	own.additions = request_.additions;
	return start_qemu(own);
}

void Attempt::end(Child &qemu, Child::End end)
{
	switch (end) {
	case Child::End::eof:
		report_.end = GuestEnd::by_itself;
		break;
	case Child::End::stopped:
		report_.end = GuestEnd::orderly;
		break;
	case Child::End::deadline:
		report_.end = GuestEnd::timeout;
		break;
	case Child::End::interrupted:
		report_.end = GuestEnd::interrupted;
		break;
	}
	if (report_.end != GuestEnd::by_itself)
		qemu.kill();
	qemu_status_ = qemu.wait();
	report_.duration = Clock::now() - begin_;
}

// An Error if the guest ended before its first module: a refusal of QEMU, or a failure of the
// kernel.
Result<void> Attempt::check_start() const
{
	if (!report_.release.empty() || report_.end != GuestEnd::by_itself)
		return {};
	std::string complaint;
	for (const auto &line : report_.console) {
		if (auto refused = refused_addition(*request_.arch, request_.additions, line))
			return std::unexpected(*refused);
		if (line.starts_with("qemu") || complaint.empty() || line.contains("Kernel panic"))
			complaint = line;
	}
	return std::unexpected(Error{
		.status = ExitStatus::unavailable,
		.what = "the guest did not start",
		.found = complaint.empty() ? fmt::format("QEMU ended with {} and printed nothing",
							 qemu_status_)
					   : complaint,
		.needed = fmt::format("a kernel that boots: {} on {}, {} MiB",
				      request_.image.string(), request_.arch->model,
				      request_.memory_mib),
		.fix = "the same with --verbose, to see all of its log"});
}

Result<GuestReport> Attempt::boot()
{
	const auto files = TRY(initramfs({}, 0));
	auto results = TRY(socket_pair());
	auto qemu = TRY(start(files, {.results = results.second.get()}));
	results.second.reset();
	Transcript transcript(words_, report_, sink_);
	GuestOutput output(qemu, std::move(results.first));
	end(qemu, output.read_to_end(transcript, deadline()));
	TRY(check_start());
	return std::move(report_);
}

// Boots a guest and freezes it where it waits for its files. Returns nothing if the guest did not
// get there, or QEMU cannot freeze it.
Result<std::optional<FrozenGuest>> Attempt::freeze(const std::string &mark, size_t received_size)
{
	auto guest = TRY(FrozenGuest::create(request_.memory_mib));
	const auto files = TRY(initramfs(mark, received_size));
	auto monitor = TRY(Monitor::create(deadline()));
	const auto results = TRY(socket_pair()); // unused so far, but QEMU's port must be connected
	auto qemu = TRY(start(files, {.memory = guest.memory.fd(),
				      .results = results.second.get(),
				      .monitor = monitor.second.get()}));
	monitor.second.reset();
	const auto came = qemu.read_lines(deadline(), [&](std::string_view line) {
		report_.console.emplace_back(line);
		return !line.contains(guest_waits);
	});
	const bool frozen = came == Child::End::stopped && monitor.first.freeze(guest.state.get());
	end(qemu, came);
	return frozen ? std::optional(std::move(guest)) : std::nullopt;
}

// Runs @guest to its end. Returns false if the guest did not take its files.
Result<bool> Attempt::thaw(const FrozenGuest &guest)
{
	constexpr std::chrono::seconds patience(30); // the guest only waits for its files
	const auto soon = std::min(deadline(), Clock::now() + patience);
	auto monitor = TRY(Monitor::create(soon));
	auto results = TRY(socket_pair());
	auto qemu = TRY(start({.memory = guest.memory.fd(),
			       .results = results.second.get(),
			       .monitor = monitor.second.get()}));
	monitor.second.reset();
	results.second.reset();
	if (!monitor.first.thaw(guest.state.get()))
		return false;
	Transcript transcript(words_, report_, sink_);
	GuestOutput output(qemu, std::move(results.first));
	output.read(transcript, soon, [&] { return !report_.release.empty(); });
	if (report_.release.empty())
		return false;
	end(qemu, output.read_to_end(transcript, deadline()));
	return true;
}

// Returns the saved guest, if it is undamaged.
std::optional<FrozenGuest> Attempt::take_saved(const SavedGuests &saved,
					       const std::string &name) const
{
	auto guest = saved.read(name, request_.memory_mib);
	if (guest)
		return std::move(*guest);
	saved.remove(name);
	terminal::note(
		fmt::format("the saved boot of {} is not used ({}): removed, and booted anew",
			    request_.image.string(), guest.error().what));
	return std::nullopt;
}

// Removes a saved guest that did not resume; gives up a key whose new guest did not resume.
void Attempt::drop(const SavedGuests &saved, const std::string &name) const
{
	if (!report_.saved) {
		saved.give_up(name);
		return;
	}
	saved.remove(name);
	terminal::note(fmt::format("the saved boot of {} did not go on: removed, and booted anew",
				   request_.image.string()));
}

std::optional<Result<GuestReport>> Attempt::go_on()
{
	const auto files = TRY(received());
	const size_t size = size_of_received(files.size());
	const auto name = key(size);
	const auto mark = "waiting " + name;
	const SavedGuests saved(request_.saved);
	if (size > (size_t{request_.memory_mib} << 20U) / 8 || saved.is_given_up(name))
		return std::nullopt;
	auto guest = take_saved(saved, name);
	report_.saved = guest.has_value();
	if (!guest) {
		auto frozen = TRY(freeze(mark, size));
		if (report_.end == GuestEnd::timeout || report_.end == GuestEnd::interrupted)
			return std::move(report_);
		if (report_.end == GuestEnd::by_itself)
			return std::nullopt;
		guest = std::move(frozen);
		if (guest)
			saved.write(name, *guest);
	}
	if (guest && guest->memory.overwrite(mark, files) && TRY(thaw(*guest)))
		return std::move(report_);
	if (interrupt::received() == 0 && Clock::now() < deadline())
		drop(saved, name);
	return std::nullopt;
}

} // namespace

Result<GuestReport> run_guest(GuestRequest request, const LineSink &sink)
{
	const auto begin = Clock::now();
	// QEMU does not freeze each device: edu comes back without its addresses on the bus
	const bool freezable = request.arch->freezable && request.additions.empty();
	if (freezable && !request.fresh && !request.verbose)
		if (auto report = Attempt(request, sink, begin).go_on())
			return std::move(*report);
	auto report = Attempt(request, sink, begin).boot();
	if (report || !request.sandbox ||
	    std::ranges::none_of(qemu_without_sandbox, [&](std::string_view words) {
		    return report.error().found.contains(words);
	    }))
		return report;
	terminal::note("the guest runs without QEMU's sandbox: " + report.error().found);
	request.sandbox = false;
	return run_guest(std::move(request), sink);
}

} // namespace kcxx
