// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/runner.hpp"

#include "kbuild_folder.hpp"
#include "matrix/boots.hpp"
#include "matrix/said.hpp"
#include "system/file.hpp"
#include "system/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fmt/core.h>
#include <utility>

namespace kcxx::matrix
{

namespace fs = std::filesystem;

namespace
{

// Measured maxima of memory, with some reserve; for boots see memory_of_boot().
constexpr unsigned check_mib = 400;
constexpr unsigned build_mib = 600; // for each compiler that runs
constexpr unsigned inspect_mib = 100;
constexpr int excluded_status = 77; // status of cxxavailable.sh

constexpr std::chrono::milliseconds redrawn{500};

// Removes @directory from paths in @text: readers know it.
std::string relative_to(const fs::path &directory, std::string text)
{
	const auto prefix = directory.string() + "/";
	for (size_t at = 0; (at = text.find(prefix, at)) != std::string::npos;)
		text.erase(at, prefix.size());
	return text;
}

std::string path_variable()
{
	const char *path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): one thread
	return path != nullptr ? path : "";
}

using Loads = std::map<std::string, std::vector<Cell *>>;
using DeclaredTests = Result<std::map<std::string, Command>>;

// Returns the modules that each declared test loads. Leaves out a test if one of its modules
// excludes this kernel: it would prove nothing about the others.
Loads loads_of_tests(Pair &pair)
{
	Loads loads;
	for (auto &cell : pair.cells)
		for (const auto &test : cell.tests)
			loads[test].push_back(&cell);
	std::erase_if(loads, [](const auto &load) {
		return std::ranges::any_of(load.second, [](const Cell *cell) {
			return cell->verdict == Verdict::excluded;
		});
	});
	return loads;
}

// Returns why the test @name, which loads @cells, cannot run; "" if it can.
std::string obstacle(const std::string &name, const std::vector<Cell *> &cells,
		     const DeclaredTests &tests)
{
	const auto bad = std::ranges::find_if(
		cells, [](const Cell *cell) { return cell->steps.empty() || cell->done(); });
	if (bad != cells.end())
		return fmt::format("its test {} needs {}, which failed", name, (*bad)->module);
	if (!tests || !tests->contains(name))
		return fmt::format("CTest does not know its test {}", name);
	return "";
}

} // namespace

Runner::Runner(Matrix &matrix, RunSettings settings, Watcher watcher)
    : matrix_(matrix), settings_(std::move(settings)), watcher_(std::move(watcher)),
      builder_(make_builder(
	      matrix.project,
	      {.kbuild = settings_.kbuild,
	       .definitions = settings_.definitions,
	       // If there are few pairs, one build may use several cores.
	       .jobs = std::max(1U, settings_.limits.jobs / static_cast<unsigned>(std::max<size_t>(
								    1, matrix.pairs.size())))})),
      scheduler_(settings_.limits)
{
}

Result<void> Runner::run()
{
	for (auto &pair : matrix_.pairs)
		check(pair);
	auto result = scheduler_.run(redrawn, watcher_.tick);
	if (result) {
		resolve_unlisted();
		result = scheduler_.run(redrawn, watcher_.tick);
	}
	if (!result)
		cancel_open();
	else if (no_modules_ && std::ranges::none_of(matrix_.pairs, &Pair::listed))
		return std::unexpected(*no_modules_);
	return result;
}

void Runner::add(StepResult step, Command command, unsigned memory_mib,
		 std::function<void()> started, Ending ending)
{
	const auto log = matrix_.output / step.log;
	const auto order = static_cast<unsigned>(std::to_underlying(step.stage));
	scheduler_.add({.urgency = order,
			.command = std::move(command),
			.memory_mib = memory_mib,
			.log = log,
			.started = std::move(started),
			.ended = [this, step = std::move(step),
				  ending = std::move(ending)](const Ended &ended) mutable {
				step.status = ended.status;
				step.seconds = ended.seconds;
				if (!step.ok())
					step.summary = relative_to(
						matrix_.project.directory,
						why(step.stage, ended.status, ended.output));
				ending(std::move(step), ended);
			}});
}

// --- the check ----------------------------------------------------------------------------------

std::string Runner::check_inputs(const Pair &pair) const
{
	Fingerprint inputs;
	inputs.tree(settings_.kbuild).text(path_variable());
	for (const char *name : {"Makefile", ".config", "include/config/auto.conf",
				 "include/generated/autoconf.h", "Module.symvers"})
		inputs.file(pair.kernel.build / name);
	return inputs.program(pair.cxx).program(pair.cc).hex();
}

void Runner::check(Pair &pair)
{
	if (pair.check.ok() && !pair.check.inputs.empty() &&
	    pair.check.inputs == check_inputs(pair)) {
		pair.check.kept = true;
		prepare(pair);
		return;
	}
	Command command = {.argv = {"sh", settings_.kbuild / "cxxavailable.sh", "--format", "json",
				    "--kernel", pair.kernel.build}};
	if (pair.chosen_compiler()) {
		command.argv.emplace_back("--cxx");
		command.argv.push_back(pair.compiler);
	}
	const auto log = fs::relative(pair.directory, matrix_.output) / "check.log";
	add(
		{.stage = Stage::check, .log = log}, std::move(command), check_mib,
		[&pair] { pair.verdict = Verdict::running; },
		[this, &pair](StepResult step, const Ended &ended) {
			checked(pair, std::move(step), ended);
		});
}

void Runner::checked(Pair &pair, StepResult step, const Ended &ended)
{
	const auto answer = read_check(ended.output);
	if (!write_file(matrix_.output / step.log, answer.text)) // for people
		step.log.clear();
	pair.cxx = answer.cxx;
	pair.cc = answer.cc;
	pair.version = answer.version;
	step.inputs = check_inputs(pair);
	if (!step.ok() && answer.understood)
		step.summary = answer.reason;
	pair.check = step;
	if (step.ok())
		prepare(pair);
	else
		fail(pair, std::move(step));
}

// --- the build ----------------------------------------------------------------------------------

void Runner::prepare(Pair &pair)
{
	auto command = builder_->prepare(pair);
	if (!command) {
		fail(pair, Stage::build, command.error());
		return;
	}
	Fingerprint inputs;
	for (const auto &word : command->argv)
		inputs.text(word);
	const auto wanted = inputs.hex();
	if (pair.configured == wanted && builder_->prepared(pair)) {
		list(pair, true);
		return;
	}
	if (pair.configured != wanted) {
		std::error_code ignored; // the build reports leftovers
		if (builder_->needs_preparation())
			fs::remove_all(build_directory(pair), ignored);
		pair.configured.clear();
	}
	const auto log = fs::relative(pair.directory, matrix_.output) / "prepare.log";
	add(
		{.stage = Stage::build, .log = log}, std::move(*command), build_mib,
		[&pair] {
			pair.verdict = Verdict::running;
			pair.stage = Stage::build;
		},
		[this, &pair, wanted](StepResult step, const Ended &) {
			const bool prepared = step.ok();
			pair.preparation = step;
			if (!prepared && builder_->needs_preparation()) {
				fail(pair, std::move(step));
				return;
			}
			pair.configured = wanted;
			list(pair, prepared);
		});
}

void Runner::list(Pair &pair, bool prepared)
{
	const auto modules = builder_->modules(pair);
	if (!modules) {
		no_modules_ = modules.error();
		if (!prepared) {
			fail(pair, pair.preparation);
			return;
		}
		fail(pair, Stage::build, modules.error());
		return;
	}
	std::vector<Cell> cells;
	for (const auto &module : *modules) {
		Cell cell = {.module = module.name,
			     .file = module.file,
			     .constraints = module.constraints,
			     .tests = module.tests};
		cell.steps.push_back(pair.check);
		if (const auto *known = pair.find(module.name))
			cell.before = known->before;
		constraints_[module.name] = module.constraints;
		cells.push_back(std::move(cell));
	}
	pair.cells = std::move(cells);
	pair.listed = true;
	for (size_t index = 0; index < modules->size(); ++index)
		if (!modules->at(index).excluded.empty())
			conclude(pair, pair.cells[index], Verdict::excluded,
				 modules->at(index).excluded);
	// Other pairs show rows for these modules before they know their own.
	for (auto &other : matrix_.pairs)
		for (const auto &module : *modules)
			if (!other.listed && other.find(module.name) == nullptr)
				other.cells.push_back({.module = module.name});
	build_next(pair, 0, prepared);
}

void Runner::build_next(Pair &pair, size_t index, bool prepared)
{
	while (index < pair.cells.size() && pair.cells[index].done())
		++index;
	if (index == pair.cells.size()) {
		finish_build(pair, prepared);
		return;
	}
	Cell &cell = pair.cells[index];
	const auto log = fs::relative(pair.directory, matrix_.output) / cell.module / "build.log";
	auto command = builder_->build(pair, cell, prepared);
	if (!command) {
		built(pair, cell, pair.preparation);
		build_next(pair, index + 1, prepared);
		return;
	}
	cell.stage = Stage::build;
	// Written next to the log of an earlier build, because a build that is up to date prints
	// little.
	add(
		{.stage = Stage::build, .log = log.string() + ".new"}, std::move(*command),
		build_mib, [&cell] { cell.verdict = Verdict::running; },
		[this, &pair, &cell, log, index, prepared](StepResult step, const Ended &) {
			step.log = log;
			built(pair, cell, std::move(step));
			build_next(pair, index + 1, prepared);
		});
}

void Runner::built(Pair &pair, Cell &cell, StepResult step)
{
	std::error_code error;
	const auto log = matrix_.output / step.log;
	const auto fresh = fs::path(log.string() + ".new");
	step.inputs = Fingerprint().file(cell.file).hex();
	const auto *before = step.ok() ? cell.earlier(Stage::build, "", step.inputs) : nullptr;
	if (before != nullptr && fs::exists(matrix_.output / before->log, error)) {
		step = *before;
		step.kept = true;
		fs::remove(fresh, error);
	} else if (fs::exists(fresh, error)) {
		fs::rename(fresh, log, error);
	}
	if (!step.ok()) {
		fail(pair, cell, std::move(step));
		return;
	}
	cell.steps.push_back(std::move(step));
}

void Runner::finish_build(Pair &pair, bool prepared)
{
	std::vector<std::string> modules;
	for (const auto &cell : pair.cells)
		if (!cell.done())
			modules.push_back(cell.module);
	auto command = prepared || modules.empty() ? std::nullopt : builder_->finish(pair, modules);
	if (!command) {
		inspect_all(pair);
		return;
	}
	const auto log = fs::relative(pair.directory, matrix_.output) / "finish.log";
	add({.stage = Stage::build, .log = log}, std::move(*command), build_mib, nullptr,
	    [this, &pair](const StepResult &step, const Ended &) {
		    for (auto &cell : pair.cells)
			    if (!cell.done() && !step.ok())
				    fail(pair, cell, step);
		    inspect_all(pair);
	    });
}

// --- the built modules --------------------------------------------------------------------------

// Returns kcxx inspect of @cell's module for its kernel, with the other modules of this build.
Command Runner::inspection(const Pair &pair, const Cell &cell)
{
	Command command{
		.argv = {own_program(), "inspect", "--kernel", pair.kernel.build, cell.file}};
	std::error_code error;
	for (const auto &other : pair.cells)
		if (&other != &cell && !other.done() && fs::exists(other.file, error))
			command.argv.insert(command.argv.end(), {"--with", other.file});
	return command;
}

void Runner::inspect_all(Pair &pair)
{
	std::error_code error;
	pair.inspections_left = 1; // this function
	for (auto &cell : pair.cells) {
		if (cell.done())
			continue;
		if (!fs::exists(cell.file, error)) {
			conclude(pair, cell, Verdict::failed,
				 "the build went well, and made no " + cell.file.string());
			continue;
		}
		cell.stage = Stage::inspect;
		auto command = inspection(pair, cell);
		Fingerprint inputs;
		for (const auto &word : command.argv)
			inputs.text(word).file(word); // modules, kcxx
		inputs.file(pair.kernel.build / "Module.symvers");
		StepResult step = {.stage = Stage::inspect,
				   .log = fs::relative(pair.directory, matrix_.output) /
					  cell.module / "inspect.log",
				   .inputs = inputs.hex()};
		if (const auto *before = cell.earlier(Stage::inspect, "", step.inputs);
		    before != nullptr && (before->status == 0 || matrix_.boots)) {
			cell.steps.push_back(*before);
			cell.steps.back().kept = true;
			continue;
		}
		++pair.inspections_left;
		add(
			std::move(step), std::move(command), inspect_mib,
			[&cell] { cell.verdict = Verdict::running; },
			[this, &pair, &cell](StepResult result, const Ended &) {
				// Without a boot, no later step decides.
				if (result.status == 0 || (result.ok() && matrix_.boots))
					cell.steps.push_back(std::move(result));
				else
					fail(pair, cell, std::move(result));
				inspected(pair);
			});
	}
	inspected(pair);
}

void Runner::inspected(Pair &pair)
{
	if (--pair.inspections_left == 0)
		boot_all(pair);
}

void Runner::boot_all(Pair &pair)
{
	if (!matrix_.boots) {
		for (auto &cell : pair.cells)
			if (!cell.done())
				conclude(pair, cell, Verdict::ok, "");
		return;
	}
	const auto loads = loads_of_tests(pair);
	const auto tests = loads.empty() ? DeclaredTests() : declared_tests(build_directory(pair));
	std::map<Cell *, unsigned> counts;
	for (const auto &[name, cells] : loads) {
		const auto reason = obstacle(name, cells, tests);
		for (auto *cell : cells)
			if (reason.empty())
				++counts[cell];
			else if (!cell->done())
				conclude(pair, *cell, Verdict::failed, reason);
	}
	std::vector<Cell *> bare;
	for (auto &cell : pair.cells) {
		if (cell.done())
			continue;
		cell.stage = Stage::boot;
		cell.boots_left = std::max(1U, counts[&cell]);
		if (counts[&cell] == 0)
			bare.push_back(&cell);
	}
	for (const auto &[name, cells] : loads)
		if (std::ranges::none_of(cells, &Cell::done))
			boot(pair, name, tests->at(name), cells);
	for (auto *cell : bare)
		boot(pair, "", bare_boot(pair, *cell), {cell});
}

void Runner::boot(Pair &pair, const std::string &name, Command command,
		  const std::vector<Cell *> &cells)
{
	Fingerprint inputs;
	for (const auto &word : command.argv) {
		inputs.text(word);
		if (word.starts_with('/'))
			inputs.file(word); // modules, scripts, the image, kcxx
	}
	inputs.file(pair.kernel.image);
	StepResult step = {.stage = Stage::boot, .name = name, .inputs = inputs.hex()};
	const auto place = fs::relative(pair.directory, matrix_.output);
	auto file = "test-" + name + ".log";
	std::ranges::replace(file, '/', '-');
	step.log = name.empty() ? place / cells.front()->module / "boot.log" : place / file;
	if (const auto *before = cells.front()->earlier(Stage::boot, name, step.inputs)) {
		auto kept = *before;
		kept.kept = true;
		for (auto *cell : cells)
			booted(pair, *cell, kept);
		return;
	}
	const auto memory_mib = memory_of_boot(command);
	add(
		std::move(step), std::move(command), memory_mib,
		[cells] {
			for (auto *cell : cells)
				if (!cell->done())
					cell->verdict = Verdict::running;
		},
		[this, &pair, cells](const StepResult &result, const Ended &) {
			for (auto *cell : cells)
				booted(pair, *cell, result);
		});
}

void Runner::booted(Pair &pair, Cell &cell, const StepResult &step)
{
	--cell.boots_left;
	if (!step.ok() && !cell.done()) {
		fail(pair, cell, step);
		return;
	}
	cell.steps.push_back(step);
	if (cell.boots_left == 0 && !cell.done())
		conclude(pair, cell, Verdict::ok, "");
}

// --- the end of a cell --------------------------------------------------------------------------

void Runner::fail(Pair &pair, Stage stage, const Error &error)
{
	auto text = error.what;
	for (const auto &part : {error.found, error.needed})
		if (!part.empty())
			text += "; " + part;
	fail(pair, {.stage = stage,
		    .status = std::to_underlying(error.status),
		    .summary = std::move(text)});
}

// Does not conclude the cells: their modules may exclude this kernel, see resolve_unlisted().
void Runner::fail(Pair &pair, StepResult step)
{
	pair.verdict = Verdict::failed;
	pair.stage = step.stage;
	pair.reason = step.summary;
	pair.preparation = std::move(step);
}

void Runner::fail(Pair &pair, Cell &cell, StepResult step)
{
	cell.stage = step.stage;
	auto reason = step.summary;
	cell.steps.push_back(std::move(step));
	conclude(pair, cell, Verdict::failed, std::move(reason));
}

void Runner::conclude(Pair &pair, Cell &cell, Verdict verdict, std::string reason) const
{
	cell.verdict = verdict;
	cell.reason = std::move(reason);
	watcher_.cell_done(pair, cell);
}

// Concludes pairs that failed before their modules were known. Other pairs know the names and the
// constraints of the modules. A module that excludes this kernel has not failed on it.
void Runner::resolve_unlisted()
{
	const auto names = matrix_.modules();
	for (auto &pair : matrix_.pairs) {
		if (pair.listed)
			continue;
		for (const auto &name : names)
			if (pair.find(name) == nullptr)
				pair.cells.push_back({.module = name});
		if (pair.cells.empty())
			pair.cells.push_back({.module = std::string(every_module)});
		for (auto &cell : pair.cells)
			resolve(pair, cell);
	}
}

void Runner::resolve(Pair &pair, Cell &cell)
{
	const auto failed = [this, &pair, &cell] {
		if (pair.preparation.stage != Stage::check)
			cell.steps.push_back(pair.check);
		fail(pair, cell, pair.preparation);
	};
	const auto known = constraints_.find(cell.module);
	if (known == constraints_.end() || known->second.empty()) {
		failed();
		return;
	}
	Command command = {.argv = {"sh", settings_.kbuild / "cxxavailable.sh", "--format", "json",
				    "--constraints", "--kernel", pair.kernel.build}};
	std::ranges::copy(known->second, std::back_inserter(command.argv));
	const auto log =
		fs::relative(pair.directory, matrix_.output) / cell.module / "constraints.log";
	add({.stage = Stage::check, .log = log}, std::move(command), check_mib, nullptr,
	    [this, &pair, &cell, failed](const StepResult &step, const Ended &ended) {
		    if (step.status == excluded_status)
			    conclude(pair, cell, Verdict::excluded,
				     read_check(ended.output).reason);
		    else
			    failed();
	    });
}

void Runner::cancel_open()
{
	for (auto &pair : matrix_.pairs) {
		if (pair.cells.empty())
			pair.cells.push_back({.module = std::string(every_module)});
		for (auto &cell : pair.cells)
			if (!cell.done()) {
				cell.verdict = Verdict::cancelled;
				cell.reason = "the run was ended before this cell was done";
			}
	}
}

} // namespace kcxx::matrix
