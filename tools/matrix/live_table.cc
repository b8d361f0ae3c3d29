// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/live_table.hpp"

#include "system/terminal.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fmt/core.h>
#include <optional>
#include <sys/ioctl.h>
#include <unistd.h>

namespace kcxx::matrix
{

namespace
{

using terminal::Colour;

struct Text {
	std::string text;
	std::optional<Colour> colour;
};

using Row = std::vector<Text>;

constexpr size_t gap = 2;
constexpr size_t longest_heading = 24;

// Returns the number of characters: those of names and of the symbols below take one column each.
size_t columns(std::string_view text)
{
	return static_cast<size_t>(std::ranges::count_if(
		text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }));
}

std::string cut(const std::string &text, size_t width)
{
	if (columns(text) <= width)
		return text;
	return text.substr(0, width > 0 ? width - 1 : 0) + "…"; // names are ASCII
}

Text show(Verdict verdict, Stage stage, unsigned beat)
{
	constexpr std::array spinner = {"◐", "◓", "◑", "◒"};
	switch (verdict) {
	case Verdict::waiting:
		return {"· waiting", Colour::dim};
	case Verdict::running:
		return {fmt::format("{} {}", spinner.at(beat % spinner.size()), name_of(stage)),
			Colour::yellow};
	case Verdict::ok:
		return {"✔ ok", Colour::green};
	case Verdict::failed:
		return {fmt::format("✖ {}", name_of(stage)), Colour::red};
	case Verdict::excluded:
		return {"– excluded", Colour::dim};
	case Verdict::cancelled:
		return {"◌ not done", Colour::yellow};
	}
	return {};
}

Text show(const Pair *pair, const std::string &module, unsigned beat)
{
	if (pair == nullptr)
		return {};
	const auto *cell = pair->find(module);
	// Before the modules of a pair are listed, its cells show the state of the pair.
	if (cell == nullptr || (!pair->listed && !cell->done()))
		return show(pair->verdict, pair->stage, beat);
	return show(cell->verdict, cell->stage, beat);
}

std::string compiler_text(const std::string &compiler)
{
	return compiler == "default" ? "kernel's own" : compiler;
}

// Returns a table with kernels as columns: a user looks for the kernel on which a module differs.
std::vector<Row> across(const Matrix &matrix, const std::vector<std::string> &modules,
			unsigned beat)
{
	Row heading = {{"MODULE", {}}, {"COMPILER", {}}};
	for (const auto &kernel : matrix.kernels())
		heading.push_back({cut(kernel, longest_heading), {}});
	std::vector<Row> rows = {std::move(heading)};
	for (const auto &module : modules)
		for (const auto &compiler : matrix.compilers()) {
			Row row = {{module, {}}, {compiler_text(compiler), {}}};
			for (const auto &kernel : matrix.kernels())
				row.push_back(show(matrix.find(kernel, compiler), module, beat));
			rows.push_back(std::move(row));
		}
	return rows;
}

// Returns a table with a line for each cell, if across() is too wide.
std::vector<Row> down(const Matrix &matrix, const std::vector<std::string> &modules, unsigned beat)
{
	std::vector<Row> rows = {{{"KERNEL", {}}, {"COMPILER", {}}, {"MODULE", {}}, {"", {}}}};
	for (const auto &pair : matrix.pairs)
		for (const auto &module : modules)
			rows.push_back({{pair.label, {}},
					{compiler_text(pair.compiler), {}},
					{module, {}},
					show(&pair, module, beat)});
	return rows;
}

std::vector<size_t> widths_of(const std::vector<Row> &rows)
{
	std::vector<size_t> widths(rows.front().size());
	for (const auto &row : rows)
		for (size_t column = 0; column < row.size(); ++column)
			widths[column] = std::max(widths[column], columns(row[column].text));
	return widths;
}

size_t total(const std::vector<size_t> &widths)
{
	size_t sum = 0;
	for (const size_t width : widths)
		sum += width + gap;
	return sum - gap;
}

std::string line_of(const Row &row, const std::vector<size_t> &widths, size_t width, int fd)
{
	std::string line;
	size_t used = 0;
	for (size_t column = 0; column < row.size() && used < width; ++column) {
		const auto text = cut(row[column].text, std::min(widths[column], width - used));
		const auto &colour = row[column].colour;
		line += colour ? terminal::paint(fd, *colour, text) : text;
		used += widths[column] + gap;
		if (column + 1 < row.size())
			line.append(widths[column] - std::min(widths[column], columns(text)) + gap,
				    ' ');
	}
	return line;
}

winsize size_of_terminal()
{
	winsize size = {};
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		size.ws_col = 80;
	if (size.ws_row == 0)
		size.ws_row = 24;
	return size;
}

// Returns the lines that fit on the screen; cells that run or failed precede the others.
std::vector<std::string> fitting(std::vector<std::string> lines, size_t height)
{
	if (lines.size() <= height)
		return lines;
	const auto urgent = [](const std::string &line) {
		return line.contains("✖") || line.contains("◐") || line.contains("◓") ||
		       line.contains("◑") || line.contains("◒");
	};
	std::stable_partition(lines.begin() + 1, lines.end(), urgent); // the first is the heading
	const size_t hidden = lines.size() - (height - 1);
	lines.resize(height - 1);
	lines.push_back(fmt::format("… {} more lines", hidden));
	return lines;
}

} // namespace

std::vector<std::string> table(const Matrix &matrix, size_t width, int fd, unsigned beat)
{
	auto modules = matrix.modules();
	if (modules.empty())
		modules.emplace_back("…");
	auto rows = across(matrix, modules, beat);
	if (total(widths_of(rows)) > width)
		rows = down(matrix, modules, beat);
	const auto widths = widths_of(rows);
	std::vector<std::string> lines;
	lines.reserve(rows.size());
	for (const auto &row : rows)
		lines.push_back(line_of(row, widths, width, fd));
	return lines;
}

std::string counted(const Counts &counts)
{
	std::string text = fmt::format("{} ok", counts.ok);
	if (counts.failed > 0)
		text += fmt::format(", {} failed", counts.failed);
	if (counts.excluded > 0)
		text += fmt::format(", {} excluded", counts.excluded);
	if (counts.cancelled > 0)
		text += fmt::format(", {} not done", counts.cancelled);
	return text;
}

LiveTable::LiveTable(const Matrix &matrix) : matrix_(matrix), live_(isatty(STDERR_FILENO) != 0) {}

LiveTable::~LiveTable()
{
	erase();
}

void LiveTable::erase()
{
	if (live_ && drawn_ > 0)
		fmt::print(stderr, "\033[{}A\r\033[J", drawn_);
	drawn_ = 0;
}

void LiveTable::draw()
{
	using namespace std::chrono;
	const auto now = interrupt::Clock::now();
	if (!live_ || now - last_ < milliseconds(100))
		return;
	last_ = now;
	const auto size = size_of_terminal();
	auto lines = fitting(table(matrix_, size.ws_col - 1U, STDERR_FILENO, ++beat_),
			     std::max<size_t>(size.ws_row, 6) - 3);
	const auto counts = matrix_.count();
	const auto elapsed = duration_cast<seconds>(now - begun_).count();
	lines.emplace_back();
	lines.push_back(fmt::format("{} of {} done: {} · {}:{:02}", counts.done(), counts.total,
				    counted(counts), elapsed / 60, elapsed % 60));
	// A single write that erases each line to its end avoids flickering.
	std::string screen = drawn_ > 0 ? fmt::format("\033[{}A\r", drawn_) : "";
	for (const auto &line : lines)
		screen += line + "\033[K\n";
	screen += "\033[J";
	fmt::print(stderr, "{}", screen);
	static_cast<void>(std::fflush(stderr));
	drawn_ = lines.size();
}

} // namespace kcxx::matrix
