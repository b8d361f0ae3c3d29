// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx: the host program. This file wires the subcommands; each has a file of its own.
#include "commands.hpp"
#include "system/error.hpp"
#include "system/interrupt.hpp"
#include "system/terminal.hpp"

#include <CLI/CLI.hpp>
#include <exception>
#include <utility>

namespace
{

constexpr const char *examples = R"(Examples:
  kcxx new pump --kind misc      a project to start from, with a device
  kcxx kernels get 6.12          fetch the newest kernel 6.12, headers and image
  kcxx kernels build 6.12 --arch arm64 --debug
                                 build a small one that finds errors, with Clang
  kcxx kernels                   list the kernels that are here
  kcxx check --all               which kernel can be built for with which compiler
  kcxx inspect hello.ko          would the kernel load it, and what is in it
  kcxx boot hello.ko             load and unload a module in a guest
  kcxx matrix --kernel all       every module here on every kernel
  kcxx boot --expect '^hello: ' --script test.sh hello.ko
)";

int run(int argc, char **argv)
{
	CLI::App app("kcxx: Linux kernel modules in C++", "kcxx");
	app.set_version_flag("--version", "kcxx " KCXX_VERSION);
	app.footer(examples);
	app.require_subcommand(1);
	kcxx::Action action;
	kcxx::add_new_command(app, action);
	kcxx::add_check_command(app, action);
	kcxx::add_kernels_command(app, action);
	kcxx::add_inspect_command(app, action);
	kcxx::add_boot_command(app, action);
	kcxx::add_matrix_command(app, action);
	try {
		app.parse(argc, argv);
	} catch (const CLI::ParseError &error) {
		return app.exit(error) == 0 ? 0 : std::to_underlying(kcxx::ExitStatus::usage);
	}
	const auto status = action();
	if (status == kcxx::ExitStatus::interrupted && kcxx::interrupt::received() != 0)
		return 128 + kcxx::interrupt::received();
	return std::to_underlying(status);
}

} // namespace

int main(int argc, char **argv)
{
	kcxx::interrupt::install();
	try {
		return run(argc, argv);
	} catch (const std::exception &error) {
		kcxx::terminal::print({.what = error.what()});
		return std::to_underlying(kcxx::ExitStatus::internal);
	}
}
