// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx matrix: checks, builds, inspects and boots every module of a project × kernels × compilers.
#include "architecture.hpp"
#include "commands.hpp"
#include "json_output.hpp"
#include "kbuild_folder.hpp"
#include "kernels/kernels_here.hpp"
#include "matrix/choice.hpp"
#include "matrix/json_report.hpp"
#include "matrix/live_table.hpp"
#include "matrix/pages.hpp"
#include "matrix/project.hpp"
#include "matrix/runner.hpp"
#include "system/file.hpp"
#include "system/printable.hpp"
#include "system/terminal.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <fstream>
#include <memory>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace kcxx
{

namespace
{

namespace fs = std::filesystem;
using namespace matrix;

struct Options {
	std::string project = ".";
	std::vector<std::string> kernels;
	std::vector<std::string> compilers;
	std::vector<std::string> definitions;
	std::vector<std::string> devices;
	std::string output;
	std::string format = "text";
	unsigned jobs = 0;
	unsigned memory_mib = 0;
	bool again = false;
	bool no_boot = false;

	[[nodiscard]] bool json() const { return format == "json"; }
};

constexpr std::string_view footer = R"(A project is a directory with a CMakeLists.txt that calls
add_kernel_module(), or with a Kbuild file or Makefile that sets obj-m.

A run that was interrupted goes on where it was; steps whose sources, kernel,
compiler or kcxx changed are done anew, failed ones too. Without boots, a new
output directory gets the modules that an earlier run made there of the same
inputs from kcxx's cache; --again makes them anew. Reports in the output
directory: matrix.html, matrix.xml (JUnit), matrix.json, and the logs.

Exit status: {} if every cell that the modules' own constraints (KERNEL_MIN,
KERNEL_MAX, ARCH, REQUIRES) include is green, {} if one is not; others as for
kcxx boot.

Examples:
  kcxx matrix
  kcxx matrix --kernel '6.1.*' --kernel 6.12 --cxx g++-12 --cxx clang++-19
  kcxx matrix drivers --kernel ~/linux --no-boot)";

/** Locks an output directory, because two runs would build in the same directories. */
Result<Fd> lock_output(const fs::path &output)
{
	std::error_code error;
	fs::create_directories(output, error);
	const auto path = output / ".lock";
	Fd lock(error ? -1 : open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
	if (!lock)
		return std::unexpected(Error{
			.status = ExitStatus::usage,
			.what = "the output directory cannot be written: " + output.string(),
			.found = error ? error.message() : std::generic_category().message(errno),
			.needed = "a directory that is yours",
			.fix = "kcxx matrix --output DIRECTORY"});
	if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
		return std::unexpected(
			Error{.status = ExitStatus::unavailable,
			      .what = "another kcxx matrix is at work in " + output.string(),
			      .found = "its lock on " + path.string(),
			      .needed = "one at a time",
			      .fix = "wait for it, or kcxx matrix --output DIRECTORY"});
	return lock;
}

unsigned available_memory_mib()
{
	std::ifstream file("/proc/meminfo");
	for (std::string word; file >> word;)
		if (word == "MemAvailable:") {
			unsigned kib = 0;
			file >> kib;
			return kib / 1024;
		}
	return 2048;
}

Limits limits_of(const Options &options)
{
	// Leave a quarter for the page cache: kernels, images and headers are read again and again.
	return {.jobs = options.jobs != 0 ? options.jobs
					  : std::max(1U, std::thread::hardware_concurrency()),
		.memory_mib = options.memory_mib != 0 ? options.memory_mib
						      : available_memory_mib() / 4 * 3};
}

// Requires QEMU for the machine of each kernel, before an hour of building.
Result<void> require_qemu(const std::vector<ChosenKernel> &kernels)
{
	for (const auto &[kernel, label] : kernels)
		for (const auto &arch : architectures)
			if (arch.name == kernel.arch && find_program(arch.qemu).empty())
				return std::unexpected(Error{
					.status = ExitStatus::unavailable,
					.what = fmt::format("QEMU for {} is missing", arch.name),
					.found = fmt::format("no {} in PATH, and {} to boot",
							     arch.qemu, label),
					.needed = "QEMU, or a matrix without boots",
					.fix = fmt::format("apt-get install {}, or kcxx "
							   "matrix --no-boot",
							   arch.qemu_package)});
	return {};
}

std::string file_name_of(std::string label)
{
	for (char &letter : label)
		if (std::string_view("/ :%#$'\"\\").contains(letter))
			letter = '_';
	return label;
}

Result<Matrix> plan(const Options &options, const fs::path &kbuild)
{
	const auto project = TRY(find_project(options.project));
	const auto have = TRY(kernels_here());
	const auto kernels = TRY(choose_kernels(options.kernels, have, !options.no_boot));
	const auto compilers = TRY(choose_compilers(options.compilers, kbuild));
	if (!options.no_boot)
		TRY(require_qemu(kernels));
	std::error_code error;
	Matrix matrix = {.project = project,
			 .output = fs::absolute(options.output.empty()
							? project.directory / "build/kcxx-matrix"
							: fs::path(options.output),
						error)
					   .lexically_normal(),
			 .started = std::chrono::system_clock::now(),
			 .boots = !options.no_boot,
			 .devices = options.devices};
	for (const auto &[kernel, label] : kernels)
		for (const auto &compiler : compilers)
			matrix.pairs.push_back({.kernel = kernel,
						.label = label,
						.compiler = compiler,
						.directory = matrix.output / file_name_of(label) /
							     file_name_of(compiler)});
	return matrix;
}

Result<void> write_reports(const Matrix &matrix)
{
	TRY(replace_file(matrix.output / "matrix.json", to_json(matrix)));
	TRY(replace_file(matrix.output / "matrix.xml", to_junit(matrix)));
	return replace_file(matrix.output / "matrix.html", to_html(matrix));
}

terminal::Colour colour_of(Verdict verdict)
{
	switch (verdict) {
	case Verdict::ok:
		return terminal::Colour::green;
	case Verdict::failed:
		return terminal::Colour::red;
	case Verdict::cancelled:
		return terminal::Colour::yellow;
	default:
		return terminal::Colour::dim;
	}
}

// Prints a plain line for a finished cell, if no table is redrawn.
void print_cell(const Pair &pair, const Cell &cell, std::FILE *stream)
{
	std::string verdict(name_of(cell.verdict));
	if (cell.verdict == Verdict::failed)
		verdict += fmt::format(" at {}", name_of(cell.stage));
	const auto padded = fmt::format("{:<17}", verdict);
	fmt::print(stream, "{} {} on {} with {}{}{}\n",
		   terminal::paint(fileno(stream), colour_of(cell.verdict), padded),
		   printable_line(cell.module), pair.label,
		   pair.cxx.empty() ? pair.compiler : pair.cxx, cell.reason.empty() ? "" : ": ",
		   cell.reason);
	static_cast<void>(std::fflush(stream));
}

void print_end(const Matrix &matrix, bool was_live)
{
	if (was_live) {
		const size_t unlimited = 200;
		for (const auto &line : table(matrix, unlimited, STDOUT_FILENO))
			fmt::print("{}\n", line);
		fmt::print("\n");
	}
	for (const auto &pair : matrix.pairs)
		for (const auto &cell : pair.cells) {
			if (cell.verdict != Verdict::failed && cell.verdict != Verdict::excluded)
				continue;
			if (was_live)
				print_cell(pair, cell, stdout);
			if (cell.verdict == Verdict::failed && !cell.steps.empty() &&
			    !cell.steps.back().log.empty())
				fmt::print("  log: {}\n",
					   (matrix.output / cell.steps.back().log).string());
		}
	const auto counts = matrix.count();
	const bool green = counts.failed == 0 && counts.cancelled == 0;
	fmt::print("{} {} of {} cells, in {:.0f} s\n  page: {}\n",
		   terminal::paint(STDOUT_FILENO,
				   green ? terminal::Colour::green : terminal::Colour::red,
				   green ? "kcxx: ok:" : "kcxx:"),
		   counted(counts), counts.total, matrix.duration.count(),
		   (matrix.output / "matrix.html").string());
}

Result<void> run_all(Matrix &matrix, const Options &options, const fs::path &kbuild)
{
	LiveTable live(matrix);
	Result<void> written;
	const Watcher watcher = {
		.tick = [&] { live.draw(); },
		.cell_done =
			[&](const Pair &pair, const Cell &cell) {
				if (written)
					written = replace_file(matrix.output / "matrix.json",
							       to_json(matrix));
				if (!live.live())
					print_cell(pair, cell, options.json() ? stderr : stdout);
			}};
	if (!live.live())
		terminal::note(fmt::format("matrix of {}: {} kernels × {} compilers, in {}",
					   matrix.project.name, matrix.kernels().size(),
					   matrix.compilers().size(), matrix.output.string()));
	Runner runner(matrix,
		      {.kbuild = kbuild,
		       .definitions = options.definitions,
		       .limits = limits_of(options),
		       .again = options.again},
		      watcher);
	auto result = runner.run();
	return written ? result : written;
}

Result<ExitStatus> run_matrix(const Options &options)
{
	const auto kbuild = TRY(find_kbuild_folder());
	auto matrix = TRY(plan(options, kbuild));
	const auto lock = TRY(lock_output(matrix.output));
	const auto begun = interrupt::Clock::now();
	if (!options.again)
		TRY(recall(matrix));
	const auto result = run_all(matrix, options, kbuild);
	matrix.duration = interrupt::Clock::now() - begun;
	const bool interrupted = !result && result.error().status == ExitStatus::interrupted;
	if (!result && !interrupted)
		return std::unexpected(result.error());
	TRY(write_reports(matrix));
	if (options.json())
		fmt::print("{}\n", to_json(matrix));
	else
		print_end(matrix, isatty(STDERR_FILENO) != 0);
	if (interrupted)
		return std::unexpected(Error{.status = ExitStatus::interrupted,
					     .what = "interrupted: what is done is kept",
					     .fix = "the same command again, to go on"});
	const auto counts = matrix.count();
	return counts.failed == 0 ? ExitStatus::ok : ExitStatus::cells;
}

ExitStatus run_and_report(const Options &options)
{
	const auto status = run_matrix(options);
	if (status)
		return *status;
	terminal::print(status.error());
	if (options.json() && status.error().status != ExitStatus::interrupted)
		fmt::print("{}\n", to_json(status.error()));
	return status.error().status;
}

std::vector<command_line::Option> options_of(Options &options)
{
	using command_line::Kind;
	return {{.names = "project",
		 .target = &options.project,
		 .help = "the project's directory",
		 .value = "PROJECT",
		 .kind = Kind::directory,
		 .shows_default = true},
		{.names = "--kernel",
		 .target = &options.kernels,
		 .help = "a release, a series (6.12: its newest), a glob of releases ('6.1.*'), a "
			 "build "
			 "directory, or all; repeatable; default: all that can be built for and "
			 "booted",
		 .value = "PATTERN",
		 .kind = Kind::kernel},
		{.names = "--cxx",
		 .target = &options.compilers,
		 .help = "a C++ compiler, or all for each GCC and Clang in PATH; repeatable; "
			 "default: the "
			 "partner of each kernel's own",
		 .value = "COMPILER"},
		{.names = "-D,--define",
		 .target = &options.definitions,
		 .help = "a variable for cmake, or for make; repeatable",
		 .value = "NAME=VALUE"},
		{.names = "--device",
		 .target = &options.devices,
		 .help = "device of the guests that load modules without a test, as kcxx boot "
			 "takes it (edu); tests have their own DEVICES; repeatable",
		 .value = "DEVICE"},
		{.names = "--jobs",
		 .target = &options.jobs,
		 .help = "how many steps at once; default: one a core",
		 .value = "N",
		 .range = {{1, 1024}}},
		{.names = "--memory",
		 .target = &options.memory_mib,
		 .help = "what all steps together may take; default: three quarters of what is "
			 "free, as "
			 "the rest caches kernels",
		 .value = "MIB",
		 .range = {{256, 1U << 24U}}},
		{.names = "--output",
		 .target = &options.output,
		 .help = "where reports, logs and builds are kept; default: "
			 "PROJECT/build/kcxx-matrix",
		 .value = "DIR",
		 .kind = Kind::directory},
		{.names = "--again",
		 .target = &options.again,
		 .help = "do all steps anew, and keep none"},
		{.names = "--no-boot",
		 .target = &options.no_boot,
		 .help = "build, and boot nothing"},
		command_line::format_option(
			options.format, "text for people, or matrix.json on the standard output")};
}

} // namespace

command_line::Command matrix_command()
{
	const auto options = std::make_shared<Options>();
	return {.name = "matrix",
		.summary = "Check, build, inspect and boot every module of a project on many "
			   "kernels, with "
			   "many compilers",
		.options = options_of(*options),
		.epilogue = fmt::format(footer, std::to_underlying(ExitStatus::ok),
					std::to_underlying(ExitStatus::cells)),
		.run = [options] { return run_and_report(*options); }};
}

} // namespace kcxx
