// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/pages.hpp"

#include "junit/report.hpp"
#include "matrix/templates.hpp"
#include "system/file.hpp"
#include "system/printable.hpp"

#include <algorithm>
#include <fmt/chrono.h>
#include <fmt/core.h>
#include <kainjow/mustache.hpp>
#include <ranges>

namespace kcxx::matrix
{

namespace
{

using kainjow::mustache::data;
using kainjow::mustache::mustache;

// The end of a log is the important part, and a page of many megabytes is useless.
constexpr size_t shown_of_log = size_t{48} * 1024;

struct Mark {
	const char *symbol;
	const char *word;
};

Mark mark_of(Verdict verdict)
{
	switch (verdict) {
	case Verdict::ok:
		return {"✔", "ok"};
	case Verdict::failed:
		return {"✖", "failed"};
	case Verdict::excluded:
		return {"–", "excluded"};
	case Verdict::cancelled:
		return {"◌", "not done"};
	default:
		return {"·", "waiting"};
	}
}

std::string verdict_text(const Cell &cell)
{
	if (cell.verdict == Verdict::failed)
		return fmt::format("failed at {}", name_of(cell.stage));
	return mark_of(cell.verdict).word;
}

std::string seconds_text(double seconds)
{
	return seconds < 60 ? fmt::format("{:.1f} s", seconds)
			    : fmt::format("{:.0f} min {:02.0f} s", std::floor(seconds / 60),
					  std::fmod(seconds, 60));
}

std::string shown_log(const Matrix &matrix, const StepResult &step)
{
	if (step.log.empty())
		return {};
	const auto text = read_file(matrix.output / step.log);
	if (!text)
		return {};
	if (text->size() <= shown_of_log)
		return printable(*text);
	return fmt::format("… {} bytes before this are in {}\n{}", text->size() - shown_of_log,
			   step.log.string(),
			   printable(std::string_view(*text).substr(text->size() - shown_of_log)));
}

std::string clean(std::string_view text)
{
	return printable(text);
}

data to_view(const Matrix &matrix, const StepResult &step)
{
	data view;
	auto name = std::string(name_of(step.stage));
	if (!step.name.empty())
		name += " " + step.name;
	view.set("step", clean(name));
	view.set("verdict", step.ok() ? "ok" : "failed");
	view.set("symbol", mark_of(step.ok() ? Verdict::ok : Verdict::failed).symbol);
	view.set("status", fmt::format("{}", step.status));
	view.set("failed", data(step.ok() ? data::type::bool_false : data::type::bool_true));
	view.set("seconds", seconds_text(step.seconds));
	view.set("kept", data(step.kept ? data::type::bool_true : data::type::bool_false));
	const auto log = shown_log(matrix, step);
	view.set("log", log);
	view.set("has_log", data(log.empty() ? data::type::bool_false : data::type::bool_true));
	view.set("file", clean(step.log.string()));
	return view;
}

data to_view(const Matrix &matrix, const Pair &pair, const Cell &cell)
{
	const auto flag = [](bool value) {
		return data(value ? data::type::bool_true : data::type::bool_false);
	};
	data view;
	view.set("module", clean(cell.module));
	view.set("kernel", clean(pair.label));
	view.set("arch", clean(pair.kernel.arch));
	view.set("compiler", clean(pair.compiler));
	view.set("cxx", clean(pair.cxx.empty() ? pair.compiler : pair.cxx));
	view.set("version", clean(pair.version));
	view.set("verdict", std::string(name_of(cell.verdict)));
	view.set("verdict_text", verdict_text(cell));
	view.set("symbol", mark_of(cell.verdict).symbol);
	view.set("stage", std::string(name_of(cell.stage)));
	view.set("reason", clean(cell.reason));
	view.set("has_reason", flag(!cell.reason.empty()));
	view.set("seconds", seconds_text(cell.seconds()));
	view.set("timed", flag(!cell.steps.empty() && cell.verdict != Verdict::excluded));
	view.set("failed", flag(cell.verdict == Verdict::failed));
	data steps(data::type::list);
	for (const auto &step : cell.steps)
		steps << to_view(matrix, step);
	view.set("steps", steps);
	return view;
}

data count(size_t number, const char *verdict, const char *symbol, const char *word)
{
	data view;
	view.set("number", fmt::format("{}", number));
	view.set("verdict", verdict);
	view.set("symbol", symbol);
	view.set("word", word);
	return view;
}

std::string conclusion(const Counts &counts)
{
	if (counts.failed > 1)
		return fmt::format("{} cells failed", counts.failed);
	if (counts.failed == 1)
		return "one cell failed";
	return counts.cancelled > 0 ? "not finished" : "every cell is green";
}

data header(const Matrix &matrix)
{
	const auto counts = matrix.count();
	data view;
	view.set("project", clean(matrix.project.name));
	view.set("directory", clean(matrix.project.directory.string()));
	view.set("seconds", seconds_text(matrix.duration.count()));
	view.set("when",
		 fmt::format("{:%Y-%m-%d %H:%M} UTC",
			     fmt::gmtime(std::chrono::system_clock::to_time_t(matrix.started))));
	view.set("kcxx", KCXX_VERSION);
	view.set("total", fmt::format("{}", counts.total));
	view.set("conclusion", conclusion(counts));
	data list(data::type::list);
	list << count(counts.ok, "ok", "✔", "ok") << count(counts.failed, "failed", "✖", "failed")
	     << count(counts.excluded, "excluded", "–", "excluded");
	if (counts.cancelled > 0)
		list << count(counts.cancelled, "cancelled", "◌", "not done");
	view.set("counts", list);
	return view;
}

junit::Case to_case(const Matrix &matrix, const std::string &suite, const Cell &cell)
{
	junit::Case test{.class_name = suite,
			 .name = cell.module,
			 .seconds = cell.seconds(),
			 .message = cell.reason};
	if (cell.verdict == Verdict::failed) {
		test.outcome = junit::Outcome::failed;
		test.type = name_of(cell.stage);
		test.details = fmt::format("failed at {}: {}", test.type, cell.reason);
	} else if (cell.verdict == Verdict::excluded) {
		test.outcome = junit::Outcome::skipped;
	} else if (cell.verdict == Verdict::cancelled || !cell.done()) {
		test.outcome = junit::Outcome::skipped;
		test.message = "not done: " + cell.reason;
	}
	for (const auto &step : cell.steps)
		test.output += fmt::format(
			"== {}{}{}: {}, status {}, {}{}\n{}\n", name_of(step.stage),
			step.name.empty() ? "" : " ", step.name, step.ok() ? "ok" : "failed",
			step.status, seconds_text(step.seconds),
			step.kept ? ", from an earlier run" : "", shown_log(matrix, step));
	return test;
}

std::string render(std::string_view text, const data &view)
{
	mustache page{std::string(text)};
	return page.render(view);
}

} // namespace

std::string to_html(const Matrix &matrix)
{
	data view = header(matrix);
	data modules(data::type::list);
	for (const auto &module : matrix.modules()) {
		data rows(data::type::list);
		for (const auto &compiler : matrix.compilers()) {
			data cells(data::type::list);
			for (const auto &pair : matrix.pairs)
				if (const auto *cell = pair.find(module);
				    cell != nullptr && pair.compiler == compiler)
					cells << to_view(matrix, pair, *cell);
			data row;
			row.set("compiler",
				clean(compiler == "default" ? "the kernel's own compiler"
							    : compiler));
			row.set("cells", cells);
			rows << row;
		}
		data entry;
		entry.set("module", clean(module));
		entry.set("rows", rows);
		modules << entry;
	}
	view.set("modules", modules);
	return render(html_template, view);
}

std::string to_junit(const Matrix &matrix)
{
	junit::Report report{.name = matrix.project.name, .seconds = matrix.duration.count()};
	for (const auto &pair : matrix.pairs) {
		junit::Suite suite{.name = fmt::format("{} {}", pair.label, pair.compiler)};
		for (const auto &cell : pair.cells) {
			suite.cases.push_back(to_case(matrix, suite.name, cell));
			suite.seconds += cell.seconds();
		}
		report.suites.push_back(std::move(suite));
	}
	return junit::to_xml(report);
}

} // namespace kcxx::matrix
