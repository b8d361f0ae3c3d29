// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The build of the modules of a pair.
#include "matrix/pair_run.hpp"

#include "matrix/module_output.hpp"
#include "system/file.hpp"
#include "system/fingerprint.hpp"

#include <algorithm>
#include <utility>

namespace kcxx::matrix
{

namespace fs = std::filesystem;

namespace
{

constexpr std::string_view new_suffix = ".new";

StepResult result_of(Stage stage, const Error &error)
{
	auto text = error.what;
	for (const auto &part : {error.found, error.needed})
		if (!part.empty())
			text += "; " + part;
	return {.stage = stage,
		.status = std::to_underlying(error.status),
		.summary = std::move(text)};
}

} // namespace

std::vector<Step> PairRun::prepare()
{
	const auto &builder = settings_.builder;
	auto command = builder.prepare(pair_);
	if (!command) {
		give_up(result_of(Stage::build, command.error()));
		return {};
	}
	Fingerprint inputs;
	for (const auto &word : command->argv)
		inputs.text(word);
	const auto wanted = inputs.hex();
	if (pair_.configured == wanted && builder.prepared(pair_)) {
		prepared_ = true;
		return {};
	}
	if (pair_.configured != wanted) {
		std::error_code ignored; // the build reports leftovers
		if (builder.needs_preparation())
			fs::remove_all(build_directory(pair_), ignored);
		pair_.configured.clear();
	}
	return {{.result = {.stage = Stage::build, .log = log("prepare.log"), .inputs = wanted},
		 .command = std::move(*command),
		 .memory_mib = build_mib}};
}

void PairRun::prepared(StepResult result)
{
	auto configured = std::exchange(result.inputs, "");
	prepared_ = result.ok();
	preparation_ = std::move(result);
	if (!prepared_ && settings_.builder.needs_preparation())
		give_up(preparation_);
	else
		pair_.configured = std::move(configured);
}

void PairRun::list()
{
	const auto modules = settings_.builder.modules(pair_);
	if (modules) {
		add_cells(*modules);
		return;
	}
	no_modules_ = modules.error();
	give_up(prepared_ ? result_of(Stage::build, modules.error()) : preparation_);
}

void PairRun::add_cells(std::span<const ListedModule> modules)
{
	std::vector<Cell> cells;
	for (const auto &module : modules) {
		Cell cell = {.module = module.name,
			     .file = module.file,
			     .constraints = module.constraints,
			     .tests = module.tests};
		cell.steps.push_back(pair_.check);
		if (const auto *known = pair_.find(module.name))
			cell.before = known->before;
		cells.push_back(std::move(cell));
	}
	pair_.cells = std::move(cells);
	pair_.listed = true;
	for (size_t index = 0; index < modules.size(); ++index)
		if (!modules[index].excluded.empty())
			conclude(pair_.cells[index], Verdict::excluded, modules[index].excluded);
	// Other pairs show rows for these modules before they know their own.
	for (auto &other : settings_.matrix.pairs)
		for (const auto &module : modules)
			if (!other.listed && other.find(module.name) == nullptr)
				other.cells.push_back({.module = module.name});
}

std::vector<Step> PairRun::build_together()
{
	auto cells = open_cells();
	std::vector<std::string> modules;
	for (const auto *cell : cells)
		modules.push_back(cell->module);
	const auto pairs = static_cast<unsigned>(settings_.matrix.pairs.size());
	const auto jobs = std::min(settings_.jobs, std::max(settings_.jobs / pairs,
							    static_cast<unsigned>(cells.size())));
	auto command =
		cells.size() < 2 // build() does it
			? std::nullopt
			: settings_.builder.build_together(pair_, modules, std::max(1U, jobs));
	if (!command)
		return {};
	for (auto *cell : cells)
		cell->stage = Stage::build;
	return {{.result = {.stage = Stage::build, .log = log("build.log")},
		 .command = std::move(*command),
		 .memory_mib = build_mib * std::max(1U, jobs),
		 .jobs = std::max(1U, jobs),
		 .cells = std::move(cells)}};
}

void PairRun::write_log(const Cell &cell, std::string_view name, std::string_view text) const
{
	const auto path = settings_.matrix.output / log(fs::path(cell.module) / name);
	std::error_code ignored; // the log is then missing
	fs::create_directories(path.parent_path(), ignored);
	static_cast<void>(write_file(path, text));
}

void PairRun::built_together(Step step)
{
	const auto text = read_file(settings_.matrix.output / step.result.log).value_or("");
	auto logs = build_logs(text, step.cells);
	for (size_t index = 0; index < step.cells.size(); ++index) {
		Cell &cell = *step.cells[index];
		if (!step.result.ok()) {
			build_logs_[&cell] = std::move(logs[index]);
			continue;
		}
		const auto name = log(fs::path(cell.module) / "build.log");
		write_log(cell, "build.log" + std::string(new_suffix), logs[index]);
		built(cell, {.stage = Stage::build,
			     .seconds = step.result.seconds / static_cast<double>(logs.size()),
			     .log = name});
	}
	if (step.result.ok())
		next_cell_ = pair_.cells.size();
}

// Builds the next module.
std::vector<Step> PairRun::build()
{
	while (next_cell_ < pair_.cells.size()) {
		Cell &cell = pair_.cells[next_cell_++];
		if (cell.done())
			continue;
		auto command = settings_.builder.build(pair_, cell, prepared_);
		if (!command) { // prepare() has built it
			built(cell, preparation_);
			continue;
		}
		cell.stage = Stage::build;
		// Beside the log of an earlier build: a build that is up to date prints little.
		auto log_file = log(fs::path(cell.module) / "build.log");
		return {{.result = {.stage = Stage::build, .log = log_file += new_suffix},
			 .command = std::move(*command),
			 .memory_mib = build_mib,
			 .cells = {&cell}}};
	}
	return {};
}

void PairRun::built(Cell &cell, StepResult result)
{
	std::error_code error;
	const auto &output = settings_.matrix.output;
	const auto written = fs::path((output / result.log).string() + std::string(new_suffix));
	if (const auto of_all = build_logs_.find(&cell); result.ok() && of_all != build_logs_.end())
		write_log(cell, "build.log" + std::string(new_suffix), of_all->second);
	result.inputs = Fingerprint().file(cell.file).hex();
	auto before = result.ok() ? cell.earlier(Stage::build, "", result.inputs) : std::nullopt;
	if (before && fs::exists(output / before->log, error)) {
		result = std::move(*before);
		fs::remove(written, error);
	} else if (fs::exists(written, error)) {
		fs::rename(written, output / result.log, error);
	}
	if (result.ok())
		cell.steps.push_back(std::move(result));
	else
		fail(cell, std::move(result));
}

std::vector<Step> PairRun::link()
{
	std::vector<std::string> modules;
	auto cells = open_cells();
	for (const auto *cell : cells)
		modules.push_back(cell->module);
	auto command = prepared_ || modules.empty() ? std::nullopt
						    : settings_.builder.finish(pair_, modules);
	if (!command)
		return {};
	return {{.result = {.stage = Stage::build, .log = log("finish.log")},
		 .command = std::move(*command),
		 .memory_mib = build_mib,
		 .cells = std::move(cells)}};
}

void PairRun::linked(const Step &step)
{
	if (!step.result.ok())
		for (auto *cell : step.cells)
			fail(*cell, step.result);
}

} // namespace kcxx::matrix
