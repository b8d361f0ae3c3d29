// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx boot: load modules in a guest, watch the kernel log, unload them, and judge.
// exit_status.hpp lists its exit statuses; the highest that applies is returned.
#include "boot/crash_places.hpp"
#include "boot/debug_build.hpp"
#include "boot/guest.hpp"
#include "boot/junit_report.hpp"
#include "boot/kernel_image.hpp"
#include "boot/load_order.hpp"
#include "boot/log_output.hpp"
#include "boot/machine.hpp"
#include "commands.hpp"
#include "inspect/target_kernel.hpp"
#include "json_output.hpp"
#include "kernels/kernels_here.hpp"
#include "module/demangle.hpp"
#include "system/file.hpp"
#include "system/printable.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <memory>
#include <ranges>
#include <unistd.h>
#include <utility>

namespace kcxx
{

namespace
{

using command_line::Kind;

constexpr unsigned deepest_fault = 32; // calls that the kernel's filter looks at

struct Options {
	std::vector<std::string> modules;
	std::string kernel;
	std::string busybox;
	std::string script;
	std::vector<std::string> expect;
	std::vector<std::string> forbid;
	std::string error;
	std::vector<std::string> parameters;
	std::vector<std::string> files;
	MachineOptions machine;
	std::vector<std::string> loads;
	std::string append;
	std::string junit;
	std::string format = "text";
	bool debugs = false;
	DebugOptions debug;
	std::vector<std::string> fragments;
	bool faults = false;
	unsigned fault_depth = deepest_fault;
	unsigned timeout_s = 0;  // 0: by default_limits()
	unsigned memory_mib = 0; // 0: by default_limits()
	unsigned cpus = 0;       // 0: by default_limits()
	unsigned rounds = 1;
	bool verbose = false;
	bool fresh = false;

	[[nodiscard]] bool json() const { return format == "json"; }
};

Error wrong_call(std::string what, std::string found, std::string needed)
{
	return {.status = ExitStatus::usage,
		.what = std::move(what),
		.found = std::move(found),
		.needed = std::move(needed),
		.fix = "kcxx boot --help"};
}

Result<std::vector<Expression>> compile(const std::vector<std::string> &sources,
					std::string_view option)
{
	std::vector<Expression> expressions;
	for (const auto &source : sources) {
		auto pattern = Pattern::compile(source);
		if (!pattern)
			return std::unexpected(wrong_call(
				fmt::format("{} '{}' is no regular expression", option, source),
				pattern.error(),
				"a regular expression of RE2, which has neither look-ahead nor "
				"back-references"));
		expressions.push_back({source, std::move(*pattern)});
	}
	return expressions;
}

// Returns the errno of --expect-error; nothing if the option is not given.
Result<std::optional<int>> parse_error(const Options &options)
{
	if (options.error.empty())
		return std::nullopt;
	const auto number = errno_number(options.error);
	if (!number)
		return std::unexpected(wrong_call("--expect-error is not understood", options.error,
						  "an errno: ENODEV, or a number up to 4095"));
	if (!options.script.empty())
		return std::unexpected(wrong_call("--expect-error and --script exclude each other",
						  "both: a script runs once all modules are loaded",
						  "one of them"));
	if (options.faults)
		return std::unexpected(wrong_call(
			"--expect-error and --faults exclude each other",
			"both: --faults lets a module fail that loads otherwise", "one of them"));
	if (options.rounds > 1)
		return std::unexpected(wrong_call(
			"--expect-error and --repeat exclude each other",
			"both: a module that does not load is not unloaded", "one of them"));
	return number;
}

Result<std::vector<ModuleFile>> read_modules(const std::vector<std::string> &paths)
{
	std::vector<ModuleFile> modules;
	for (const auto &path : paths) {
		auto module = TRY(read_module(path));
		for (const auto &other : modules) {
			if (other.name == module.name)
				return std::unexpected(wrong_call(
					fmt::format("two modules named {}", other.name),
					fmt::format("{} and {}", other.path.string(), path),
					"each module once"));
			if (other.release != module.release || other.machine != module.machine)
				return std::unexpected(Error{
					.status = ExitStatus::input,
					.what = "the modules are for different kernels",
					.found = fmt::format("{} for {}, {} for {}",
							     other.path.string(), other.release,
							     path, module.release),
					.needed = "modules built for one kernel"});
		}
		modules.push_back(std::move(module));
	}
	return modules;
}

Result<const Architecture *> find_arch(const ModuleFile &module)
{
	if (const auto *arch = find_architecture(&Architecture::elf_machine, module.machine))
		return arch;
	return std::unexpected(Error{.status = ExitStatus::input,
				     .what = "no guest for the arch of " + module.path.string(),
				     .found = fmt::format("ELF machine {}", module.machine),
				     .needed = "a module for one of: " + architecture_names()});
}

Result<ModuleParameters> parse_parameters(const std::vector<std::string> &texts,
					  const std::vector<ModuleFile> &modules)
{
	ModuleParameters parameters;
	for (const auto &text : texts) {
		const auto colon = text.find(':');
		const auto equals = text.find('=');
		if (colon == std::string::npos || equals == std::string::npos || equals < colon ||
		    text.contains('"'))
			return std::unexpected(
				wrong_call("--param is not understood", text,
					   "MODULE:KEY=VALUE, without double quotes"));
		const auto name = module_name(text.substr(0, colon));
		if (std::ranges::find(modules, name, &ModuleFile::name) == modules.end())
			return std::unexpected(
				wrong_call("--param is for a module that is not loaded", name,
					   "the name of a module on the command line"));
		parameters[name].push_back(text.substr(colon + 1));
	}
	return parameters;
}

Result<std::vector<GuestFile>> parse_files(const std::vector<std::string> &texts)
{
	std::error_code error;
	std::vector<GuestFile> files;
	for (const auto &text : texts) {
		const auto colon = text.rfind(':');
		const std::filesystem::path source(text.substr(0, colon));
		if (!std::filesystem::is_regular_file(source, error))
			return std::unexpected(wrong_call("--file is not understood",
							  "no file " + source.string(),
							  "SRC[:DEST], SRC a file"));
		files.emplace_back(source,
				   colon == std::string::npos
					   ? "/" / source.filename()
					   : "/" / std::filesystem::path(text.substr(colon + 1)));
	}
	return files;
}

struct Limits {
	unsigned timeout_s = 120;
	unsigned memory_mib = 256;
	unsigned cpus = 1;
};

// A sanitizer makes a guest several times slower, and needs memory for its shadow; a series of
// rounds with failing allocations has no length that is known before; a data race has two CPUs.
Limits default_limits(const Options &options)
{
	Limits limits;
	if (!options.debug.sanitizer.empty() || options.faults)
		limits = {.timeout_s = 600, .memory_mib = 768};
	if (options.faults)
		limits.timeout_s = 3600;
	if (options.debug.sanitizer == "kcsan")
		limits.cpus = 2;
	return limits;
}

// Replaces the modules of @options by builds for the kernel with debugging, and its kernel by that.
Result<void> turn_to_debugging(const Cache &cache, Options &options)
{
	if (!options.kernel.empty())
		return std::unexpected(wrong_call("--debug and --kernel exclude each other",
						  "both: --debug chooses the kernel",
						  "one of them"));
	options.debug.fragments.assign(options.fragments.begin(), options.fragments.end());
	const auto modules = TRY(read_modules(options.modules));
	auto built = TRY(build_for_debugging(cache, modules, options.debug));
	options.modules = std::move(built.modules);
	options.kernel = built.kernel.release;
	return {};
}

Result<GuestRequest> plan(Options options)
{
	const auto cache = TRY(Cache::from_environment());
	if (options.debugs && options.debug.sanitizer.empty())
		options.debug.sanitizer = default_sanitizer;
	if (!options.debug.sanitizer.empty())
		TRY(turn_to_debugging(cache, options));
	else if (!options.debug.compiler.empty() || !options.fragments.empty())
		return std::unexpected(wrong_call("--compiler and --config are for --debug",
						  "no --debug", "--debug, which builds a kernel"));
	auto given = TRY(read_modules(options.modules));
	const auto *const arch = TRY(find_arch(given.front()));
	auto additions = TRY(additions_of(options.machine, *arch));
	auto image = TRY(find_image(cache, given.front().release, *arch, options.kernel));
	const auto limits = default_limits(options);
	const auto last = given.back().name;
	auto own = TRY(own_modules(options.loads, image.modules));
	given.insert(given.begin(), own.begin(), own.end());
	auto modules = TRY(load_order(std::move(given), image.modules));
	if (!options.error.empty() && modules.back().name != last)
		return std::unexpected(wrong_call(
			"--expect-error is for the module that is loaded last",
			fmt::format("{} is last, and {} is loaded behind it", last,
				    modules.back().name),
			"the module whose init fails as the last argument, and none that uses it"));
	auto busybox = TRY(find_busybox(cache, *arch, options.busybox));
	auto parameters = TRY(parse_parameters(options.parameters, modules));
	auto files = TRY(parse_files(options.files));
	return GuestRequest{
		.arch = arch,
		.image = std::move(image.path),
		.busybox = std::move(busybox),
		.plan = {.modules = std::move(modules),
			 .parameters = std::move(parameters),
			 .rounds = options.rounds,
			 .cpus = options.cpus != 0 ? options.cpus : limits.cpus,
			 .sanitizer = options.debug.sanitizer,
			 .faults = options.faults,
			 .fault_depth = options.fault_depth},
		.script = options.script,
		.files = std::move(files),
		.append = options.append,
		.additions = std::move(additions),
		.memory_mib = options.memory_mib != 0 ? options.memory_mib : limits.memory_mib,
		.verbose = options.verbose,
		.fresh = options.fresh,
		.saved = cache.directory() / "guests",
		.timeout = std::chrono::seconds(options.timeout_s != 0 ? options.timeout_s
								       : limits.timeout_s)};
}

// "; 5 unit tests passed, 1 skipped"
std::string tests_text(const GuestReport &report)
{
	size_t passed = 0;
	size_t skipped = 0;
	for (const auto &suite : report.suites) {
		passed += suite.count(ktap::Outcome::passed);
		skipped += suite.count(ktap::Outcome::skipped);
	}
	if (passed + skipped == 0)
		return "";
	return fmt::format("; {} unit tests passed", passed) +
	       (skipped > 0 ? fmt::format(", {} skipped", skipped) : "");
}

// "; 41 allocations failed in turn; no leak"
std::string debug_text(const GuestReport &report)
{
	std::string text;
	if (report.faults)
		text += fmt::format("; {} allocations failed in turn", report.faults->failed);
	if (report.leaks)
		text += "; no leak";
	return text;
}

void print_verdict(const GuestReport &report, const std::vector<Finding> &findings)
{
	static_cast<void>(std::fflush(stdout));
	for (const auto &finding : findings) {
		terminal::print({.what = finding.text});
		for (const auto &quote : finding.quotes)
			fmt::print(stderr, "  | {}\n", printable(with_demangled_names(quote)));
	}
	if (!findings.empty())
		return;
	std::string names;
	std::string refused;
	for (const auto &module : report.modules)
		if (module.load && module.load->error != 0)
			refused = fmt::format("{} failed with {}, as expected", module.file.name,
					      errno_name(module.load->error));
		else
			names += (names.empty() ? "" : ", ") + module.file.name;
	if (!names.empty())
		names += " loaded and unloaded" +
			 (report.rounds > 1 ? fmt::format(" {} times", report.rounds) : "");
	fmt::print("{} {}{}{} on {} in {:.1f} s{}{}{}\n",
		   terminal::paint(STDOUT_FILENO, terminal::Colour::green, "kcxx: ok:"), names,
		   names.empty() || refused.empty() ? "" : ", ", refused, report.release,
		   report.duration.count(), report.saved ? ", from a saved boot" : "",
		   tests_text(report), debug_text(report));
}

// Returns the vermagic of the booted kernel, or its release if its build directory is not here.
// Reads its whole Module.symvers.
std::string vermagic_of(const std::string &release, std::string_view arch)
{
	if (const auto kernel = kernel_of_release(release, arch))
		if (const auto target = TargetKernel::read(*kernel))
			return target->vermagic();
	return release;
}

Result<ExitStatus> boot_and_judge(const Options &options)
{
	auto expect = TRY(compile(options.expect, "--expect"));
	auto forbid = TRY(compile(options.forbid, "--forbid"));
	const auto error = TRY(parse_error(options));
	const auto request = TRY(plan(options));
	SourcePlaces places(request.plan.modules);
	LogOutput output(places, options.verbose);
	auto report = TRY(run_guest(request, [&](const LogLine &line, bool from_start) {
		if (!options.json() && (options.verbose || !from_start))
			output.print(line);
	}));
	report.suites = ktap::read(report.log);
	if (std::ranges::any_of(report.modules, &ModuleResult::is_foreign))
		report.vermagic = vermagic_of(report.release, request.arch->name);
	auto findings = judge(report, {.expect = std::move(expect),
				       .forbid = std::move(forbid),
				       .error = error,
				       .timeout = request.timeout});
	add_places(findings, report, places);
	if (!options.junit.empty())
		TRY(replace_file(options.junit, junit::to_xml(to_junit(report, findings))));
	if (options.json())
		fmt::print("{}\n", to_json(report, findings));
	else
		print_verdict(report, findings);
	return findings.empty() ? ExitStatus::ok : findings.front().status;
}

ExitStatus boot(const Options &options)
{
	const auto status = boot_and_judge(options);
	if (status)
		return *status;
	terminal::print(status.error());
	// Otherwise a reader could take the report of an earlier boot for that of this boot.
	if (!options.junit.empty())
		if (auto written =
			    replace_file(options.junit,
					 junit::to_xml(to_junit(options.modules, status.error())));
		    !written && status.error().status != ExitStatus::internal)
			terminal::print(written.error());
	if (options.json())
		fmt::print("{}\n", to_json(status.error()));
	return status.error().status;
}

std::string exit_statuses()
{
	std::string text = "Exit statuses (of several that apply, the highest):\n";
	for (const auto &row : exit_status_table)
		if (row.status != ExitStatus::undecided && row.status != ExitStatus::findings)
			text += fmt::format("  {:3}  {:<12} {}\n", std::to_underlying(row.status),
					    row.name, row.meaning);
	return text;
}

std::vector<command_line::Option> log_options(Options &options)
{
	return {{.names = "--expect",
		 .target = &options.expect,
		 .help = "must match a line of the log or of the script's output, by the syntax of "
			 "RE2; "
			 "repeatable",
		 .value = "REGEX"},
		{.names = "--forbid",
		 .target = &options.forbid,
		 .help = "must match none of them; repeatable",
		 .value = "REGEX"},
		{.names = "--expect-error",
		 .target = &options.error,
		 .help = "the init of the last module has to fail with this errno (ENODEV); all is "
			 "well then, else not",
		 .value = "ERRNO"},
		{.names = "--timeout",
		 .target = &options.timeout_s,
		 .help = "seconds after which the guest is ended; default: 120, with --debug 600, "
			 "with --faults 3600",
		 .value = "SECONDS",
		 .range = {{1, 86400}}},
		command_line::format_option(options.format,
					    "text as it comes, or one json document at the end"),
		{.names = "--junit",
		 .target = &options.junit,
		 .help = "write the outcome, with each unit test, as JUnit's XML",
		 .value = "FILE",
		 .kind = Kind::file},
		{.names = "--verbose",
		 .target = &options.verbose,
		 .help = "show the kernel log from its start; implies --fresh"}};
}

std::vector<command_line::Option> debug_options(Options &options)
{
	return {{.names = "--debug",
		 .target = &options.debugs,
		 .help = "build the modules again for a kernel with KASAN, lockdep, kmemleak and "
			 "others, and boot that; builds the kernel, once, if it is not in the "
			 "cache"},
		{.names = "--sanitizer",
		 .target = &options.debug.sanitizer,
		 .help = "of --debug's kernel, which it implies: kasan finds errors of memory, "
			 "kcsan data races of the modules; default: kasan",
		 .choices = sanitizers()},
		{.names = "--faults",
		 .target = &options.faults,
		 .help = "let each allocation of the modules fail in turn: load them, run the "
			 "script, unload them again and again, on a kernel with fault injection"},
		{.names = "--fault-depth",
		 .target = &options.fault_depth,
		 .help = "of --faults: only allocations whose last N calls have one of the "
			 "modules'; "
			 "fewer spare the kernel's own code, which has errors where memory is "
			 "short",
		 .value = "N",
		 .range = {{1, deepest_fault}},
		 .shows_default = true},
		{.names = "--compiler",
		 .target = &options.debug.compiler,
		 .help = "compiler of --debug's kernel and modules: clang-19, gcc-12, ...; "
			 "default: the "
			 "newest Clang",
		 .value = "NAME"},
		{.names = "--config",
		 .target = &options.fragments,
		 .help = "file of CONFIG lines for --debug's kernel; repeatable, the later win",
		 .value = "FRAGMENT",
		 .kind = Kind::file}};
}

// Additions to the guest's machine: a guest with one is not saved.
std::vector<command_line::Option> machine_options(MachineOptions &machine)
{
	return {{.names = "--device",
		 .target = &machine.devices,
		 .help = "device to add to the guest's machine, as QEMU's -device takes it (edu, "
			 "or virtio-rng-pci,addr=5); implies --fresh; repeatable",
		 .value = "DEVICE"},
		{.names = "--drive",
		 .target = &machine.drives,
		 .help = "drive with the bytes of FILE, which stays as it is: what the guest "
			 "writes ends with the guest; by virtio unless if= has another "
			 "interface; implies --fresh; repeatable",
		 .value = "FILE[,if=nvme|virtio|usb]",
		 .kind = Kind::file},
		{.names = "--nic",
		 .target = &machine.nics,
		 .help = "network card, through which the guest reaches what this program "
			 "reaches (user), a virtio-net-pci or QEMU's DEVICE; implies --fresh; "
			 "repeatable",
		 .value = "user[,model=DEVICE]"},
		{.names = "--qemu",
		 .target = &machine.qemu,
		 .help = "more options for QEMU, in a shell's words "
			 "('-object memory-backend-ram,id=m,size=1M -device ivshmem-plain,"
			 "memdev=m'); implies --fresh; repeatable",
		 .value = "OPTIONS"}};
}

std::vector<command_line::Option> guest_options(Options &options)
{
	return {{.names = "modules",
		 .target = &options.modules,
		 .help = "kernel modules (.ko) built for one kernel, in any order",
		 .value = "KO...",
		 .kind = Kind::file,
		 .required = true},
		{.names = "--kernel",
		 .target = &options.kernel,
		 .help = "the kernel to boot: a release, a series (6.12: its newest), an image, or "
			 "a build "
			 "tree that holds one; default: the one the modules are for",
		 .value = "KERNEL",
		 .kind = Kind::kernel},
		{.names = "--script",
		 .target = &options.script,
		 .help = "sh script to run in the guest once the modules are loaded; it fails by "
			 "its status",
		 .value = "FILE",
		 .kind = Kind::existing_file},
		{.names = "--param",
		 .target = &options.parameters,
		 .help = "module parameter; repeatable",
		 .value = "MODULE:KEY=VALUE"},
		{.names = "--file",
		 .target = &options.files,
		 .help = "file to put into the guest, executable, at /DEST; repeatable",
		 .value = "SRC[:DEST]",
		 .kind = Kind::file},
		{.names = "--memory",
		 .target = &options.memory_mib,
		 .help = "the guest's memory; default: 256, with --debug 768",
		 .value = "MIB",
		 .range = {{64, 1U << 20U}}},
		{.names = "--smp",
		 .target = &options.cpus,
		 .help = "the guest's CPUs; default: 1, with kcsan 2",
		 .value = "N",
		 .range = {{1, 8}}},
		{.names = "--repeat",
		 .target = &options.rounds,
		 .help = "load and unload the modules so many times; the script runs in the first "
			 "round",
		 .value = "N",
		 .range = {{1, 1U << 20U}},
		 .shows_default = true},
		{.names = "--load",
		 .target = &options.loads,
		 .help = "module of the kernel's own to load first, with those it needs "
			 "(i2c-stub); "
			 "repeatable",
		 .value = "NAME"},
		{.names = "--append",
		 .target = &options.append,
		 .help = "more arguments for the kernel",
		 .value = "ARGS"},
		{.names = "--busybox",
		 .target = &options.busybox,
		 .help = "static busybox for the guest; default: the installed one",
		 .value = "FILE",
		 .kind = Kind::existing_file},
		{.names = "--fresh",
		 .target = &options.fresh,
		 .help = "boot the kernel from its start; else the guest goes on from where an "
			 "earlier "
			 "boot with the same kernel, memory, CPUs and arguments was kept"}};
}

} // namespace

command_line::Command boot_command()
{
	const auto options = std::make_shared<Options>();
	command_line::Command command = {.name = "boot",
					 .summary = "Load modules in a QEMU guest running the "
						    "kernel they were built for, unload "
						    "them, and judge by the kernel log",
					 .options = guest_options(*options),
					 .epilogue = exit_statuses(),
					 .run = [options] { return boot(*options); }};
	std::ranges::move(debug_options(*options), std::back_inserter(command.options));
	std::ranges::move(machine_options(options->machine), std::back_inserter(command.options));
	std::ranges::move(log_options(*options), std::back_inserter(command.options));
	return command;
}

} // namespace kcxx
