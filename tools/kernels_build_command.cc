// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx kernels build
#include "commands.hpp"
#include "json_output.hpp"
#include "kernels/build.hpp"
#include "system/terminal.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/core.h>
#include <memory>
#include <thread>

namespace kcxx
{

namespace
{

struct Options {
	std::string format = "text";
	BuildRequest request{.arch = native_arch(),
			     .jobs = std::max(1U, std::thread::hardware_concurrency())};
};

ExitStatus build(const Options &options)
{
	const bool json = options.format == "json";
	const auto built = [&]() -> Result<Built> {
		const auto cache = Cache::from_environment();
		if (!cache)
			return std::unexpected(cache.error());
		return build_kernel(*cache, options.request);
	}();
	if (!built) {
		terminal::print(built.error());
		if (json)
			fmt::print("{}\n", to_json(built.error()));
		return built.error().status;
	}
	if (json) {
		fmt::print("{}\n", to_json(*built));
		return ExitStatus::ok;
	}
	const auto &kernel = built->kernel;
	fmt::print("{} ({})\n  build    {}\n  image    {}\n  modules  {}\n", kernel.release,
		   built->built ? "built" : "was in the cache", kernel.build.string(),
		   kernel.image.string(), kernel.modules.string());
	return ExitStatus::ok;
}

} // namespace

void add_kernels_build_command(CLI::App &kernels, Action &action)
{
	const auto options = std::make_shared<Options>();
	auto &request = options->request;
	CLI::App *command = kernels.add_subcommand(
		"build", "Build a small kernel from the distribution's source package into the "
			 "cache, for any arch, by default with the newest Clang here");
	command->add_option("series", request.series, "a series, as 6.12: its newest source")
		->required();
	command->add_option("--arch", request.arch, "x86_64, arm64 or riscv64")
		->capture_default_str();
	command->add_flag("--debug", request.debug,
			  "with KASAN, lockdep, kmemleak, UBSAN, fault injection, kCFI, KUnit");
	command->add_option("--config", request.fragments,
			    "a file of CONFIG lines; may be given again, the later win")
		->type_name("FRAGMENT")
		->allow_extra_args(false);
	command->add_option("--compiler", request.compiler,
			    "clang-19, gcc-12, ...: not the default")
		->type_name("NAME");
	command->add_option("-j,--jobs", request.jobs, "as many at once; default: all processors")
		->type_name("N")
		->check(CLI::PositiveNumber);
	command->add_flag("--update", request.update,
			  "look for a newer source even if the cache has one of the series");
	command->add_option("--format", options->format, "text for people, json for programs")
		->check(CLI::IsMember({"text", "json"}));
	command->final_callback(
		[options, &action] { action = [options] { return build(*options); }; });
}

} // namespace kcxx
