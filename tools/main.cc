// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx: the host program. This file assembles its commands.
#include "command_line/parse.hpp"
#include "commands.hpp"
#include "system/error.hpp"
#include "system/interrupt.hpp"
#include "system/terminal.hpp"

#include <exception>
#include <utility>

namespace
{

constexpr const char *examples = R"(Examples:
  kcxx new pump --kind misc      a project to start from, with a device
  kcxx convert driver.c          write driver.cc: a driver in C, as C++
  kcxx kernels get 6.12          fetch the newest kernel 6.12, headers and image
  kcxx kernels build 6.12 --arch arm64 --debug
                                 build a small one that finds errors, with Clang
  kcxx kernels                   list the kernels that are here
  kcxx check --all               which kernel can be built for with which compiler
  kcxx inspect hello.ko          would the kernel load it, and what is in it
  kcxx boot hello.ko             load and unload a module in a guest
  kcxx matrix --kernel all       every module here on every kernel
  kcxx lint --unsafe build        the places where the author answers for safety
  kcxx bindings build            show an editor what the kernel's headers declare
  kcxx boot --expect '^hello: ' --script test.sh hello.ko
)";

kcxx::command_line::Command program()
{
	return {.name = "kcxx",
		.summary = "Linux kernel modules in C++",
		.subcommands = {kcxx::new_command(), kcxx::convert_command(), kcxx::check_command(),
				kcxx::kernels_command(), kcxx::inspect_command(),
				kcxx::boot_command(), kcxx::lint_command(),
				kcxx::bindings_command(), kcxx::matrix_command(),
				kcxx::completion_command(program), kcxx::manual_command(program)},
		.epilogue = examples};
}

int run(int argc, char **argv)
{
	const auto commands = program();
	const auto action = kcxx::command_line::parse(commands, "kcxx " KCXX_VERSION, argc, argv);
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
