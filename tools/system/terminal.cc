// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/terminal.hpp"

#include "system/printable.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fmt/core.h>
#include <unistd.h>

namespace kcxx::terminal
{

namespace
{

bool wants_colour(int fd)
{
	const char *no_color = std::getenv("NO_COLOR"); // NOLINT(concurrency-mt-unsafe): one thread
	const char *term = std::getenv("TERM");         // NOLINT(concurrency-mt-unsafe): one thread
	return isatty(fd) != 0 && (no_color == nullptr || *no_color == '\0') &&
	       (term == nullptr || std::string_view(term) != "dumb");
}

std::string_view code(Colour colour)
{
	switch (colour) {
	case Colour::red:
		return "31;1";
	case Colour::yellow:
		return "33";
	case Colour::green:
		return "32;1";
	case Colour::dim:
		return "2";
	}
	return "0";
}

// Returns the lines of @text. Lines after the first are indented, so that none looks like a line of
// kcxx itself.
std::string lines_of(std::string_view text)
{
	auto lines = printable(text);
	lines.erase(lines.find_last_not_of('\n') + 1);
	for (size_t at = 0; (at = lines.find('\n', at)) != std::string::npos; ++at)
		lines.insert(at + 1, "          ");
	return lines;
}

} // namespace

std::string paint(int fd, Colour colour, std::string_view text)
{
	if (!wants_colour(fd))
		return std::string(text);
	return fmt::format("\033[{}m{}\033[0m", code(colour), text);
}

void print(const Error &error)
{
	static_cast<void>(std::fflush(stdout));
	fmt::print(stderr, "{} {}\n", paint(STDERR_FILENO, Colour::red, "kcxx:"),
		   lines_of(error.what));
	const auto part = [](std::string_view label, std::string_view text) {
		if (!text.empty())
			fmt::print(stderr, "  {:<8}{}\n", label, lines_of(text));
	};
	part("found:", error.found);
	part("needed:", error.needed);
	part("type:", error.fix);
}

void note(std::string_view text)
{
	static_cast<void>(std::fflush(stdout));
	fmt::print(stderr, "kcxx: {}\n", lines_of(text));
}

Progress::Progress() : live_(isatty(STDERR_FILENO) != 0) {}

Progress::~Progress()
{
	if (live_)
		fmt::print(stderr, "\r\033[K");
}

void Progress::show(std::string_view what, double percent) const
{
	if (!live_)
		return;
	constexpr int width = 30;
	const int full = static_cast<int>(std::clamp(percent, 0.0, 100.0) * width / 100);
	fmt::print(stderr, "\r\033[K{:3.0f}% [{:<{}}] {}", percent,
		   std::string(static_cast<size_t>(full), '#'), width, printable_line(what));
	static_cast<void>(std::fflush(stderr));
}

void Progress::show(std::string_view what) const
{
	if (!live_)
		return;
	fmt::print(stderr, "\r\033[K{}", printable_line(what));
	static_cast<void>(std::fflush(stderr));
}

} // namespace kcxx::terminal
