// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Text for people: errors, colours (only on a terminal, never under NO_COLOR), progress.
#pragma once

#include "system/error.hpp"

#include <string>
#include <string_view>

namespace kcxx::terminal
{

enum class Colour {
	red,
	yellow,
	green,
	dim,
};

/** Returns @text in @colour if @fd (1 or 2) is a terminal with colours, otherwise unchanged. */
std::string paint(int fd, Colour colour, std::string_view text);

/** Writes @error to stderr, one line for each part that is not empty. */
void print(const Error &error);

/** Writes "kcxx: @text" to stderr. */
void note(std::string_view text);

/** A progress bar on stderr, if that is a terminal. The destructor erases it. */
class Progress
{
public:
	Progress();
	Progress(const Progress &) = delete;
	Progress &operator=(const Progress &) = delete;
	Progress(Progress &&) = delete;
	Progress &operator=(Progress &&) = delete;
	~Progress();

	/** Shows that @percent (0 to 100) of @what is done. */
	void show(std::string_view what, double percent) const;

	/** Shows only @what, for work of unknown length. */
	void show(std::string_view what) const;

	/** Returns whether show() draws. If not, the caller prints a plain line for each step. */
	[[nodiscard]] bool live() const { return live_; }

private:
	bool live_;
};

} // namespace kcxx::terminal
