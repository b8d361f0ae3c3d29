// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The inspections and boots of the built modules of a pair.
#include "matrix/pair_run.hpp"

#include "kbuild_folder.hpp"
#include "matrix/module_output.hpp"
#include "system/file.hpp"
#include "system/fingerprint.hpp"

#include <algorithm>

namespace kcxx::matrix
{

namespace fs = std::filesystem;

namespace
{

constexpr unsigned inspect_mib = 100; // measured, with some reserve

// Returns kcxx inspect of @cell's module for its kernel, with the other modules of this build.
Command inspection(const Pair &pair, const Cell &cell)
{
	Command command{
		.argv = {own_program(), "inspect", "--kernel", pair.kernel.build, cell.file}};
	std::error_code error;
	for (const auto &other : pair.cells)
		if (&other != &cell && !other.done() && fs::exists(other.file, error))
			command.argv.insert(command.argv.end(), {"--with", other.file});
	return command;
}

// Returns kcxx inspect of the modules of all @cells.
Command inspection(const Pair &pair, std::span<Cell *const> cells)
{
	Command command{.argv = {own_program(), "inspect", "--kernel", pair.kernel.build}};
	for (const auto *cell : cells)
		command.argv.push_back(cell->file);
	return command;
}

std::string inputs_of_inspection(const Pair &pair, const Command &command)
{
	Fingerprint inputs;
	for (const auto &word : command.argv)
		inputs.text(word).file(word); // modules, kcxx
	return inputs.file(pair.kernel.build / "Module.symvers").hex();
}

std::string inputs_of_boot(const Pair &pair, const Command &command)
{
	Fingerprint inputs;
	for (const auto &word : command.argv) {
		inputs.text(word);
		if (word.starts_with('/'))
			inputs.file(word); // modules, scripts, the image, kcxx
	}
	return inputs.file(pair.kernel.image).hex();
}

fs::path log_of_boot(const Boot &boot)
{
	auto file = "test-" + boot.name + ".log";
	std::ranges::replace(file, '/', '-');
	return boot.name.empty() ? fs::path(boot.cells.front()->module) / "boot.log"
				 : fs::path(file);
}

} // namespace

std::vector<Step> PairRun::inspect_together()
{
	std::error_code error;
	for (auto *cell : open_cells())
		if (!fs::exists(cell->file, error))
			conclude(*cell, Verdict::failed,
				 "the build went well, and made no " + cell->file.string());
	const auto open = open_cells();
	auto command = inspection(pair_, open);
	inspection_inputs_ = inputs_of_inspection(pair_, command);
	std::vector<Cell *> cells;
	for (auto *cell : open) {
		cell->stage = Stage::inspect;
		auto before = cell->earlier(Stage::inspect, "", inspection_inputs_);
		if (before && (before->status == 0 || settings_.matrix.boots)) {
			cell->steps.push_back(std::move(*before));
			inspected_.insert(cell);
		} else {
			cells.push_back(cell);
		}
	}
	if (cells.size() < 2)
		return {}; // inspect() does it
	return {{.result = {.stage = Stage::inspect, .log = log("inspect.log")},
		 .command = std::move(command),
		 .memory_mib = inspect_mib,
		 .cells = std::move(cells)}};
}

// Takes the reports if all modules would load. Else inspect() decides on each.
void PairRun::inspected_together(Step step)
{
	if (step.result.status != 0)
		return;
	const auto text = read_file(settings_.matrix.output / step.result.log).value_or("");
	const auto logs = inspect_logs(text, step.cells);
	for (size_t index = 0; index < step.cells.size(); ++index) {
		Cell &cell = *step.cells[index];
		write_log(cell, "inspect.log", logs[index]);
		inspected(cell, {.stage = Stage::inspect,
				 .seconds = step.result.seconds / static_cast<double>(logs.size()),
				 .log = log(fs::path(cell.module) / "inspect.log"),
				 .inputs = inspection_inputs_});
	}
}

std::vector<Step> PairRun::inspect()
{
	std::vector<Step> steps;
	for (auto *cell : open_cells())
		if (!inspected_.contains(cell))
			steps.push_back(
				{.result = {.stage = Stage::inspect,
					    .log = log(fs::path(cell->module) / "inspect.log"),
					    .inputs = inspection_inputs_},
				 .command = inspection(pair_, *cell),
				 .memory_mib = inspect_mib,
				 .cells = {cell}});
	return steps;
}

void PairRun::inspected(Cell &cell, StepResult result)
{
	inspected_.insert(&cell);
	// Without a boot, no later step decides.
	if (result.status == 0 || (result.ok() && settings_.matrix.boots))
		cell.steps.push_back(std::move(result));
	else
		fail(cell, std::move(result));
}

std::vector<Step> PairRun::boot()
{
	if (!settings_.matrix.boots) {
		for (auto &cell : pair_.cells)
			if (!cell.done())
				conclude(cell, Verdict::ok, "");
		if (settings_.cache != nullptr)
			settings_.cache->keep(pair_);
		return {};
	}
	auto plan = plan_boots(pair_, settings_.matrix.devices);
	for (const auto &[cell, obstacle] : plan.impossible)
		conclude(*cell, Verdict::failed, obstacle);
	for (const auto &boot : plan.boots)
		for (auto *cell : boot.cells) {
			cell->stage = Stage::boot;
			awaited_[cell].insert(boot.name);
		}
	std::vector<Step> steps;
	for (auto &boot : plan.boots) {
		Step step = {.result = {.stage = Stage::boot,
					.name = boot.name,
					.log = log(log_of_boot(boot)),
					.inputs = inputs_of_boot(pair_, boot.command)},
			     .memory_mib = memory_of_boot(boot.command),
			     .cells = boot.cells};
		step.command = std::move(boot.command);
		if (auto before = boot.cells.front()->earlier(Stage::boot, boot.name,
							      step.result.inputs)) {
			step.result = std::move(*before);
			booted(step);
		} else {
			steps.push_back(std::move(step));
		}
	}
	return steps;
}

void PairRun::booted(const Step &step)
{
	for (auto *cell : step.cells) {
		auto &awaited = awaited_[cell];
		awaited.erase(step.result.name);
		if (!step.result.ok() && !cell->done()) {
			fail(*cell, step.result);
			continue;
		}
		cell->steps.push_back(step.result);
		if (awaited.empty() && !cell->done())
			conclude(*cell, Verdict::ok, "");
	}
}

} // namespace kcxx::matrix
