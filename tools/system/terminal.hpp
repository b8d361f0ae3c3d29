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

/** @text in @colour if @fd (1 or 2) is a terminal that wants colours, else as it is. */
std::string paint(int fd, Colour colour, std::string_view text);

/** Writes @error to stderr, one line for each part it has. */
void print(const Error &error);

/** Writes "kcxx: @text" to stderr. */
void note(std::string_view text);

/** A bar on stderr while a terminal is there, nothing otherwise; erased by the destructor. */
class Progress
{
public:
	Progress();
	Progress(const Progress &) = delete;
	Progress &operator=(const Progress &) = delete;
	Progress(Progress &&) = delete;
	Progress &operator=(Progress &&) = delete;
	~Progress();

	/** Shows @percent (0 to 100) done of @what. */
	void show(std::string_view what, double percent) const;

	/** Shows @what alone, for work whose end nobody knows. */
	void show(std::string_view what) const;

	/** True when show() draws; else the caller prints a plain line for each step. */
	[[nodiscard]] bool live() const { return live_; }

private:
	bool live_;
};

} // namespace kcxx::terminal
