// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx kernels, kcxx kernels get
#include "architecture.hpp"
#include "commands.hpp"
#include "json_output.hpp"
#include "kernels/cache.hpp"
#include "kernels/fetch.hpp"
#include "kernels/kernels_here.hpp"
#include "system/printable.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <memory>

namespace kcxx
{

namespace
{

struct Options {
	std::string format = "text";
	std::string root = "/";
	FetchRequest fetch{.wanted = {}, .arch = native_arch()};

	[[nodiscard]] bool json() const { return format == "json"; }
};

ExitStatus fail(const Options &options, const Error &error)
{
	terminal::print(error);
	if (options.json())
		fmt::print("{}\n", to_json(error));
	return error.status;
}

// "gcc 12.2.0" of "x86_64-linux-gnu-gcc-12 (Debian 12.2.0-14) 12.2.0", "clang 19.1.7" of
// "Debian clang version 19.1.7 (3~deb12u1)".
std::string short_compiler(const std::string &text)
{
	constexpr std::string_view clang = "clang version ";
	if (text.empty())
		return "-";
	if (const auto at = text.find(clang); at != std::string::npos) {
		const auto version = text.substr(at + clang.size());
		return "clang " + version.substr(0, version.find(' '));
	}
	return "gcc " + text.substr(text.rfind(' ') + 1);
}

void print_table(const std::vector<Kernel> &kernels)
{
	using Row = std::array<std::string, 6>;
	const auto or_dash = [](const std::string &text) { return text.empty() ? "-" : text; };
	std::vector<Row> rows = {{"RELEASE", "ARCH", "COMPILER", "FROM", "BUILD", "IMAGE"}};
	for (const auto &kernel : kernels)
		rows.push_back({kernel.release, or_dash(kernel.arch),
				short_compiler(kernel.compiler), kernel.origin,
				or_dash(kernel.build), or_dash(kernel.image)});
	std::array<size_t, 6> widths{};
	for (const auto &row : rows)
		for (size_t column = 0; column < row.size(); ++column)
			widths.at(column) = std::max(widths.at(column), row.at(column).size());
	for (const auto &row : rows) {
		std::string line;
		for (size_t column = 0; column < row.size(); ++column)
			line += fmt::format("{:<{}}  ", row.at(column), widths.at(column));
		fmt::print("{}\n", printable_line(line.substr(0, line.find_last_not_of(' ') + 1)));
	}
}

ExitStatus list(const Options &options)
{
	const auto kernels = kernels_here(options.root);
	if (!kernels)
		return fail(options, kernels.error());
	if (options.json()) {
		fmt::print("{}\n", to_json(*kernels));
	} else if (kernels->empty()) {
		fmt::print("no kernels here; \"kcxx kernels get 6.12\" fetches one\n");
	} else {
		print_table(*kernels);
	}
	return ExitStatus::ok;
}

ExitStatus get(const Options &options)
{
	const auto cache = Cache::from_environment();
	if (!cache)
		return fail(options, cache.error());
	const auto fetched = fetch_kernel(*cache, options.fetch);
	if (!fetched)
		return fail(options, fetched.error());
	if (options.json()) {
		fmt::print("{}\n", to_json(*fetched));
		return ExitStatus::ok;
	}
	const auto &kernel = fetched->kernel;
	fmt::print("{} ({})\n  build    {}\n  image    {}\n", kernel.release,
		   fetched->downloaded ? "fetched" : "was in the cache", kernel.build.string(),
		   kernel.image.string());
	if (!kernel.modules.empty())
		fmt::print("  modules  {}\n", kernel.modules.string());
	return ExitStatus::ok;
}

} // namespace

command_line::Command kernels_command()
{
	using command_line::Kind;
	const auto options = std::make_shared<Options>();
	const command_line::Option format = command_line::format_option(options->format);
	command_line::Command get_command = {
		.name = "get",
		.summary = "Fetch a kernel's headers and image from the distribution's packages "
			   "into the "
			   "cache; nothing is installed, and no root is needed",
		.options = {{.names = "kernel",
			     .target = &options->fetch.wanted,
			     .help = "a series (6.12: its newest) or a release",
			     .required = true},
			    {.names = "architecture", // CLI11 2.5 refuses "arch" beside "--arch"
			     .target = &options->fetch.arch,
			     .help = architecture_names(" or "),
			     .shows_default = true},
			    {.names = "--arch",
			     .target = &options->fetch.arch,
			     .help = "the same, as an option",
			     .shows_default = true},
			    {.names = "--suite",
			     .target = &options->fetch.suite,
			     .help = "look in this suite of Debian's as well, such as sid, on the "
				     "mirrors that the machine uses",
			     .value = "NAME"},
			    {.names = "--update",
			     .target = &options->fetch.update,
			     .help = "look for a newer one even if the cache has the series"},
			    format},
		.run = [options] { return get(*options); }};
	return {.name = "kernels",
		.summary = "List the kernels to build for and to boot, fetch or build one",
		.options = {format,
			    {.names = "--root",
			     .target = &options->root,
			     .help = "look for installed kernels under DIR instead of /",
			     .value = "DIR",
			     .kind = Kind::existing_directory}},
		.subcommands = {std::move(get_command), kernels_build_command()},
		.run = [options] { return list(*options); }};
}

} // namespace kcxx
