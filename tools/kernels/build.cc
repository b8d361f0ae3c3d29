// SPDX-License-Identifier: GPL-2.0-only OR MIT
//
// Kbuild writes the absolute path of the build directory into its output, so a kernel is built in
// its final place, kernels/<release>/tree.<n>. Readers of the cache ignore it until the symlinks
// build, vmlinuz and modules exist. The recipe, a file of the tree, lists the inputs of the build:
// kcxx continues a tree with the same recipe, and replaces any other tree once its successor is
// complete.
#include "kernels/build.hpp"

#include "kernels/configuration.hpp"
#include "kernels/make.hpp"
#include "kernels/programs.hpp"
#include "kernels/source.hpp"
#include "kernels/toolchain.hpp"
#include "system/child.hpp"
#include "system/file.hpp"
#include "system/file_lock.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <optional>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

constexpr std::uintmax_t room_for_build = 2'000'000'000; // with all debugging, compiled by Clang
constexpr unsigned minutes_of_build = 8;                 // of a processor, by Clang
constexpr unsigned minutes_of_debug_build = 50;          // with the subsystems of drivers, too
constexpr size_t longest_release = 64;                   // the kernel's own limit, of uname

// The inputs of the build of a kernel.
struct Plan {
	const Architecture *arch = nullptr;
	Toolchain toolchain;
	Configuration configuration;
	std::string suffix; // end of the release
	unsigned jobs = 1;
	KernelSource source;
	std::string release;
	std::string recipe;
};

Result<const Architecture *> arch_to_build(std::string_view name)
{
	if (const auto *arch = find_architecture(&Architecture::name, name))
		return arch;
	return std::unexpected(
		Error{.status = ExitStatus::unavailable,
		      .what = fmt::format("no kernels are built for arch \"{}\"", name),
		      .needed = "one of: " + architecture_names()});
}

// "-kcxx-arm64-debug-kcsan-<fragment>...-<compiler>"
Result<std::string> release_suffix(const BuildRequest &request)
{
	std::string suffix = "-kcxx-" + request.arch;
	if (!request.sanitizer.empty())
		suffix += "-debug";
	if (!request.sanitizer.empty() && request.sanitizer != default_sanitizer)
		suffix += "-" + request.sanitizer;
	constexpr std::string_view allowed =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	for (const auto &fragment : request.fragments) {
		const auto stem = fragment.stem().string();
		if (stem.find_first_not_of(allowed) != std::string::npos)
			return std::unexpected(Error{
				.status = ExitStatus::usage,
				.what = fragment.string() + " cannot name a kernel",
				.needed = "a file name of letters, digits, dots, - and _, which "
					  "becomes a part of the kernel's release"});
		suffix += "-" + stem;
	}
	if (!request.compiler.empty())
		suffix += "-" + request.compiler;
	return suffix;
}

Result<Plan> make_plan(const BuildRequest &request)
{
	if (request.series.empty() || series_of(request.series) != request.series)
		return std::unexpected(Error{
			.status = ExitStatus::usage,
			.what = fmt::format("\"{}\" names no series of kernels", request.series),
			.needed = "a series, as 6.12: its newest source is taken",
			.fix = "kcxx kernels build 6.12"});
	Plan plan{.jobs = request.jobs};
	plan.arch = TRY(arch_to_build(request.arch));
	plan.toolchain = TRY(choose_toolchain(*plan.arch, request.compiler));
	plan.suffix = TRY(release_suffix(request));

	std::set<std::string, std::less<>> conditions = {"base", std::string(plan.arch->name),
							 plan.toolchain.family, request.series};
	if (!request.sanitizer.empty())
		conditions.insert({"debug", "drivers", request.sanitizer});
	TRY(plan.configuration.add_own(conditions));
	for (const auto &fragment : request.fragments)
		TRY(plan.configuration.add_file(fragment));
	plan.configuration.set("LOCALVERSION", fmt::format("\"{}\"", plan.suffix));
	plan.configuration.set("LOCALVERSION_AUTO", "n");
	return plan;
}

// Adds to @plan the source and all that depends on it.
Result<void> add_source(Plan &plan, KernelSource source)
{
	plan.release = source.version + plan.suffix;
	if (plan.release.size() >= longest_release)
		return std::unexpected(
			Error{.status = ExitStatus::usage,
			      .what = "the kernel's release would be too long",
			      .found = fmt::format("{}: {} characters", plan.release,
						   plan.release.size()),
			      .needed = fmt::format("less than {}, as uname has it; the names of "
						    "fragments are in it",
						    longest_release)});
	const auto version = TRY(compiler_version(plan.toolchain));
	plan.recipe = fmt::format("source   {}\ncompiler {}\nmake     ARCH={} {}\n\n{}",
				  source.package, version, plan.arch->kbuild,
				  fmt::join(plan.toolchain.make_arguments, " "),
				  plan.configuration.text());
	for (const auto &[name, content] : plan.configuration.files())
		plan.recipe += fmt::format("\n./{}:\n{}", name, content);
	plan.source = std::move(source);
	return {};
}

bool has_recipe(const fs::path &tree, const Plan &plan)
{
	std::error_code error;
	const auto file = tree / recipe_file;
	return fs::exists(file, error) && read_file(file).value_or("") == plan.recipe;
}

// Returns the complete kernel of @plan in the cache.
std::optional<Kernel> find_built(const Cache &cache, const Plan &plan)
{
	auto kernel = cache.read(plan.release);
	if (!kernel || !has_recipe(kernel->build, plan))
		return std::nullopt;
	return kernel;
}

// A directory kernels/<release> that only this kcxx writes to.
class Entry
{
public:
	Entry(const Cache &cache, const Plan &plan)
	    : plan_(plan), directory_(cache.directory() / "kernels" / plan.release)
	{
	}

	Result<void> lock()
	{
		std::error_code error;
		fs::create_directories(directory_.parent_path(), error);
		// The lock is next to the directory, because the directory may be removed.
		lock_ = TRY(lock_file(directory_.parent_path() / ("." + plan_.release + ".lock"),
				      "builds " + plan_.release));
		return {};
	}

	// Makes the tree of the plan, or continues an existing one.
	Result<void> build()
	{
		for (const auto &tree : trees())
			if (has_recipe(tree, plan_))
				tree_ = tree;
		if (tree_.empty())
			if (auto done = configure(); !done) {
				std::error_code ignored;
				fs::remove(directory_, ignored); // if it is empty
				return done;
			}
		const auto installed = tree_ / "installed";
		TRY(kbuild().make({std::string(plan_.arch->image_target), "modules"},
				  "building " + plan_.release));
		return kbuild().make({"INSTALL_MOD_PATH=" + installed.string(), "modules_install"},
				     "installing its modules");
	}

	// Makes the built tree visible to readers of the cache, and removes all other trees.
	Result<void> publish()
	{
		const auto tree = tree_.filename();
		std::error_code error;
		fs::remove(directory_ / "build", error); // hides the change from readers
		if (!error)
			error = link(tree / plan_.arch->image, "vmlinuz");
		if (!error)
			error = link(tree / "installed/lib/modules" / plan_.release, "modules");
		if (!error)
			error = link(tree, "build");
		if (error)
			return std::unexpected(Error{.what = "cannot put " + directory_.string() +
							     " in place: " + error.message()});
		for (const auto &other : trees())
			if (other != tree_)
				fs::remove_all(other, error);
		return {};
	}

private:
	// Returns the existing build directories, complete or not.
	[[nodiscard]] std::vector<fs::path> trees() const
	{
		std::error_code error;
		std::vector<fs::path> found;
		for (const auto &entry : fs::directory_iterator(directory_, error))
			if (entry.path().filename().string().starts_with("tree."))
				found.push_back(entry.path());
		return found;
	}

	[[nodiscard]] Kbuild kbuild() const
	{
		Kbuild kbuild{.source = plan_.source.tree,
			      .build = tree_,
			      .arguments = plan_.toolchain.make_arguments,
			      .jobs = plan_.jobs,
			      .lock = lock_.get(),
			      .log = tree_ / "build.log"};
		kbuild.arguments.push_back(fmt::format("ARCH={}", plan_.arch->kbuild));
		return kbuild;
	}

	// Makes a new tree, and removes incomplete ones. Writes the recipe only after Kconfig has
	// granted the configuration.
	Result<void> configure()
	{
		std::error_code error;
		const auto shown = fs::read_symlink(directory_ / "build", error);
		for (const auto &tree : trees())
			if (tree.filename() != shown)
				fs::remove_all(tree, error);
		tree_ = directory_ / (shown == "tree.1" ? "tree.2" : "tree.1");
		fs::create_directories(tree_, error);
		if (error)
			return std::unexpected(Error{.what = "cannot make " + tree_.string() +
							     ": " + error.message()});
		const auto configuration =
			TRY(plan_.configuration.with_files_in(tree_ / "fragment-files"));
		const std::string stage = "configuring " + plan_.release;
		TRY(kbuild().make({"tinyconfig"}, stage));
		const auto tiny = TRY(read_file(tree_ / ".config"));
		TRY(write_file(tree_ / ".config", tiny + configuration.text()));
		TRY(kbuild().make({"olddefconfig"}, stage));
		const auto granted = TRY(read_file(tree_ / ".config"));
		if (const auto refused = configuration.refused(granted); !refused.empty()) {
			fs::remove_all(tree_, error);
			return std::unexpected(Error{
				.status = ExitStatus::input,
				.what = "Kconfig does not grant what is asked of " + plan_.release,
				.found = fmt::format("{}", fmt::join(refused, "\n          ")),
				.needed = "options that Linux " + plan_.source.version +
					  " has, and with them what they depend on",
				.fix = "grep -rn 'config <option>' --include='Kconfig*' " +
				       plan_.source.tree.string()});
		}
		return write_file(tree_ / recipe_file, plan_.recipe);
	}

	[[nodiscard]] std::error_code link(const fs::path &target, const char *name) const
	{
		std::error_code error;
		fs::remove(directory_ / name, error);
		fs::create_symlink(target, directory_ / name, error);
		return error;
	}

	const Plan &plan_; // NOLINT(*-ref-data-members): lives within build_kernel()
	fs::path directory_;
	fs::path tree_;
	Fd lock_;
};

} // namespace

std::vector<std::string> sanitizers()
{
	return {std::string(default_sanitizer), "kcsan"};
}

Result<Built> build_kernel(const Cache &cache, const BuildRequest &request)
{
	auto plan = TRY(make_plan(request));
	const bool has_compiler = !find_program(plan.toolchain.programs.front().name).empty();
	if (auto source = cached_source(cache, request.series);
	    source && has_compiler && !request.update) {
		TRY(add_source(plan, std::move(*source)));
		if (auto kernel = find_built(cache, plan))
			return Built{.kernel = std::move(*kernel), .built = false};
	}
	TRY(check_programs(*plan.arch, plan.toolchain));
	if (plan.recipe.empty()) {
		auto source = TRY(fetch_source(cache, request.series));
		TRY(add_source(plan, std::move(source)));
	}
	Entry entry(cache, plan);
	TRY(entry.lock());
	// Another kcxx may have built the same kernel while it held the lock.
	if (auto kernel = find_built(cache, plan))
		return Built{.kernel = std::move(*kernel), .built = false};
	TRY(cache.check_room(room_for_build));
	const auto minutes = request.sanitizer.empty() ? minutes_of_build : minutes_of_debug_build;
	terminal::note(fmt::format("{} is built once, and kept: about {} minutes with {} jobs",
				   plan.release, 1 + (minutes / plan.jobs), plan.jobs));
	const auto begin = std::chrono::steady_clock::now();
	TRY(entry.build());
	TRY(entry.publish());
	const auto taken = std::chrono::steady_clock::now() - begin;
	terminal::note(fmt::format("{} built in {} minutes", plan.release,
				   std::chrono::ceil<std::chrono::minutes>(taken).count()));
	auto kernel = find_built(cache, plan);
	if (!kernel)
		return std::unexpected(
			Error{.what = "the build did not make a whole kernel",
			      .found = "no " + plan.release + " in " + cache.directory().string()});
	return Built{.kernel = std::move(*kernel), .built = true};
}

} // namespace kcxx
