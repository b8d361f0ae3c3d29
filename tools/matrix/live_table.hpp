// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The matrix on a terminal: redrawn in place during the run, printed once at its end.
#pragma once

#include "matrix/model.hpp"
#include "system/interrupt.hpp"

#include <string>
#include <vector>

namespace kcxx::matrix
{

/** Returns the lines of the table for @width columns, with colours for @fd. */
std::vector<std::string> table(const Matrix &matrix, size_t width, int fd, unsigned beat = 0);

/** "7 ok, 1 failed, 1 excluded". */
std::string counted(const Counts &counts);

/** Draws the table on stderr if that is a terminal. The destructor erases it. */
class LiveTable
{
public:
	explicit LiveTable(const Matrix &matrix);
	LiveTable(const LiveTable &) = delete;
	LiveTable &operator=(const LiveTable &) = delete;
	LiveTable(LiveTable &&) = delete;
	LiveTable &operator=(LiveTable &&) = delete;
	~LiveTable();

	[[nodiscard]] bool live() const { return live_; }
	void draw();

private:
	void erase();

	const Matrix &matrix_;
	bool live_;
	size_t drawn_ = 0; // lines
	unsigned beat_ = 0;
	interrupt::Clock::time_point begun_ = interrupt::Clock::now();
	interrupt::Clock::time_point last_;
};

} // namespace kcxx::matrix
