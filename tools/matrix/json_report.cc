// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/json_report.hpp"

#include "matrix/json_text.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace kcxx::matrix
{

namespace
{

constexpr int format_version = 1;

Json text_or_null(const std::string &text)
{
	return text.empty() ? Json() : Json(text);
}

Json to_document(const StepResult &step)
{
	return {{"step", name_of(step.stage)},
		{"test", text_or_null(step.name)},
		{"status", step.status},
		{"duration_s", step.seconds},
		{"log", text_or_null(step.log)},
		{"reason", text_or_null(step.summary)},
		{"kept", step.kept},
		{"inputs", text_or_null(step.inputs)}};
}

// Returns the earlier steps that this run did not reach or left out (--no-boot): the next run can
// use them.
std::vector<StepResult> still_good(const Cell &cell)
{
	std::vector<StepResult> steps;
	std::ranges::copy_if(cell.before, std::back_inserter(steps), [&](const StepResult &old) {
		return std::ranges::none_of(cell.steps, [&](const auto &step) {
			return step.stage == old.stage && step.name == old.name;
		});
	});
	return steps;
}

Json to_document(const Cell &cell)
{
	Json document = {
		{"module", cell.module},
		{"verdict", name_of(cell.verdict)},
		{"step", cell.verdict == Verdict::failed ? Json(name_of(cell.stage)) : Json()},
		{"reason", text_or_null(cell.reason)},
		{"duration_s", cell.seconds()},
		{"file", text_or_null(cell.file)},
		{"constraints", cell.constraints},
		{"steps", Json::array()},
		{"earlier_steps", Json::array()}};
	for (const auto &step : cell.steps)
		document["steps"].push_back(to_document(step));
	for (const auto &step : still_good(cell))
		document["earlier_steps"].push_back(to_document(step));
	return document;
}

// Returns the text called @name in @object, which must be a path in the output directory, or null.
std::string place_of(const Json &object, const char *name)
{
	auto place = text_of(object, name);
	if (!place.empty() && !leads_below(place))
		throw Json::other_error::create(501, place + " lies elsewhere", nullptr);
	return place;
}

StepResult read_step(const Json &document)
{
	StepResult step = {.name = text_of(document, "test"),
			   .status = document.at("status"),
			   .seconds = document.at("duration_s"),
			   .log = place_of(document, "log"),
			   .summary = text_of(document, "reason"),
			   .inputs = text_of(document, "inputs")};
	for (const auto stage : {Stage::check, Stage::build, Stage::inspect, Stage::boot})
		if (document.at("step") == name_of(stage))
			step.stage = stage;
	return step;
}

void recall(Pair &pair, const Json &document)
{
	pair.cxx = text_of(document, "cxx");
	pair.cc = text_of(document, "cc");
	pair.version = text_of(document, "cxx_version");
	pair.check = read_step(document.at("check"));
	pair.configured = text_of(document, "configured");
	for (const auto &old : document.at("cells")) {
		Cell cell = {.module = place_of(old, "module")};
		for (const char *list : {"steps", "earlier_steps"})
			for (const auto &step : old.at(list))
				cell.before.push_back(read_step(step));
		if (!cell.module.starts_with('(')) // not a module: a name for unknown ones
			pair.cells.push_back(std::move(cell));
	}
}

Error foreign(const Matrix &matrix, std::string found)
{
	return {.status = ExitStatus::usage,
		.what = "the output directory is not this project's",
		.found = std::move(found),
		.needed = "an empty directory, or one that a matrix of " +
			  matrix.project.directory.string() + " was written to",
		.fix = "kcxx matrix --output DIRECTORY"};
}

} // namespace

Json to_document(const Pair &pair)
{
	Json document = {{"kernel", pair.label},
			 {"release", pair.kernel.release},
			 {"arch", text_or_null(pair.kernel.arch)},
			 {"build", pair.kernel.build.string()},
			 {"image", text_or_null(pair.kernel.image)},
			 {"compiler", pair.compiler},
			 {"cxx", text_or_null(pair.cxx)},
			 {"cc", text_or_null(pair.cc)},
			 {"cxx_version", text_or_null(pair.version)},
			 {"check", to_document(pair.check)},
			 {"configured", text_or_null(pair.configured)},
			 {"cells", Json::array()}};
	for (const auto &cell : pair.cells)
		document["cells"].push_back(to_document(cell));
	return document;
}

void restore(Pair &pair, const Json &document)
{
	recall(pair, document);
	pair.check.kept = true;
	pair.configured.clear();
	pair.cells.clear();
	for (const auto &old : document.at("cells")) {
		Cell cell = {.module = place_of(old, "module"),
			     .reason = text_of(old, "reason"),
			     .file = text_of(old, "file"),
			     .constraints = old.at("constraints")};
		for (const auto verdict : {Verdict::ok, Verdict::excluded})
			if (old.at("verdict") == name_of(verdict))
				cell.verdict = verdict;
		for (const auto &step : old.at("steps")) {
			cell.steps.push_back(read_step(step));
			cell.steps.back().kept = true;
			cell.stage = cell.steps.back().stage;
		}
		pair.cells.push_back(std::move(cell));
	}
	pair.listed = true;
}

std::string to_json(const Matrix &matrix)
{
	const auto counts = matrix.count();
	Json document = {{"format_version", format_version},
			 {"kcxx", KCXX_VERSION},
			 {"project",
			  {{"name", matrix.project.name},
			   {"directory", matrix.project.directory.string()},
			   {"build_system",
			    matrix.project.build == BuildSystem::cmake ? "cmake" : "kbuild"}}},
			 {"kernels", matrix.kernels()},
			 {"compilers", matrix.compilers()},
			 {"modules", matrix.modules()},
			 {"boots", matrix.boots},
			 {"complete", counts.done() == counts.total && counts.cancelled == 0},
			 {"duration_s", matrix.duration.count()},
			 {"counts",
			  {{"total", counts.total},
			   {"ok", counts.ok},
			   {"failed", counts.failed},
			   {"excluded", counts.excluded},
			   {"cancelled", counts.cancelled}}},
			 {"pairs", Json::array()}};
	for (const auto &pair : matrix.pairs)
		document["pairs"].push_back(to_document(pair));
	return document.dump(2, ' ', true, Json::error_handler_t::replace);
}

Result<void> recall(Matrix &matrix)
{
	std::error_code error;
	const auto path = matrix.output / "matrix.json";
	if (!std::filesystem::exists(path, error))
		return {};
	const auto text = TRY(read_file(path));
	try {
		const auto document = Json::parse(text);
		const auto owner = text_of(document.at("project"), "directory");
		if (owner != matrix.project.directory)
			return std::unexpected(
				foreign(matrix, path.string() + " is of the project " + owner));
		if (document.at("format_version") != format_version)
			return {}; // written by another kcxx: repeat all steps
		for (const auto &old : document.at("pairs"))
			for (auto &pair : matrix.pairs)
				if (old.at("kernel") == pair.label &&
				    old.at("compiler") == pair.compiler &&
				    old.at("build") == pair.kernel.build.string())
					recall(pair, old);
	} catch (const Json::exception &) {
		return std::unexpected(foreign(matrix, path.string() + " is no report of kcxx's"));
	}
	return {};
}

} // namespace kcxx::matrix
