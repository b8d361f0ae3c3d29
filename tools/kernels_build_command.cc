// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx kernels build
#include "architecture.hpp"
#include "commands.hpp"
#include "json_output.hpp"
#include "kernels/build.hpp"
#include "system/terminal.hpp"

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
	bool debug = false;
	std::vector<std::string> fragments;
	BuildRequest request{.arch = native_arch(),
			     .jobs = std::max(1U, std::thread::hardware_concurrency())};
};

ExitStatus build(const Options &options)
{
	const bool json = options.format == "json";
	const auto built = [&]() -> Result<Built> {
		const auto cache = TRY(Cache::from_environment());
		return build_kernel(cache, options.request);
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

command_line::Command kernels_build_command()
{
	using command_line::Kind;
	const auto options = std::make_shared<Options>();
	auto &request = options->request;
	return {.name = "build",
		.summary = "Build a small kernel from the distribution's source package into the "
			   "cache, for any "
			   "arch, by default with the newest Clang here",
		.options = {{.names = "series",
			     .target = &request.series,
			     .help = "a series, as 6.12: its newest source",
			     .required = true},
			    {.names = "--arch",
			     .target = &request.arch,
			     .help = architecture_names(" or "),
			     .value = "ARCH",
			     .shows_default = true},
			    {.names = "--debug",
			     .target = &options->debug,
			     .help = "with KASAN, lockdep, kmemleak, UBSAN, fault injection, kCFI, "
				     "KUnit, and the subsystems of drivers"},
			    {.names = "--sanitizer",
			     .target = &request.sanitizer,
			     .help = "of a kernel with debugging; implies --debug; default: kasan",
			     .choices = sanitizers()},
			    {.names = "--config",
			     .target = &options->fragments,
			     .help = "a file of CONFIG lines; repeatable, the later win",
			     .value = "FRAGMENT",
			     .kind = Kind::file},
			    {.names = "--compiler",
			     .target = &request.compiler,
			     .help = "clang-19, gcc-12, ...: not the default",
			     .value = "NAME"},
			    {.names = "-j,--jobs",
			     .target = &request.jobs,
			     .help = "as many at once; default: all processors",
			     .value = "N",
			     .range = {{1, 1024}}},
			    {.names = "--update",
			     .target = &request.update,
			     .help = "look for a newer source even if the cache has one of the "
				     "series"},
			    command_line::format_option(options->format)},
		.run = [options] {
			options->request.fragments.assign(options->fragments.begin(),
							  options->fragments.end());
			if (options->debug && options->request.sanitizer.empty())
				options->request.sanitizer = default_sanitizer;
			return build(*options);
		}};
}

} // namespace kcxx
