// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/pair_run.hpp"

#include "matrix/module_output.hpp"
#include "matrix/step_output.hpp"

#include <utility>

namespace kcxx::matrix
{

namespace fs = std::filesystem;

namespace
{

// Removes @directory from paths in @text: readers know it.
std::string relative_to(const fs::path &directory, std::string text)
{
	const auto prefix = directory.string() + "/";
	for (size_t at = 0; (at = text.find(prefix, at)) != std::string::npos;)
		text.erase(at, prefix.size());
	return text;
}

} // namespace

fs::path PairRun::log(const fs::path &name) const
{
	return fs::relative(pair_.directory, settings_.matrix.output) / name;
}

std::vector<Cell *> PairRun::open_cells()
{
	std::vector<Cell *> cells;
	for (auto &cell : pair_.cells)
		if (!cell.done())
			cells.push_back(&cell);
	return cells;
}

// --- phases -------------------------------------------------------------------------------------

PairRun::Phase PairRun::following() const
{
	if (phase_ == Phase::build && next_cell_ < pair_.cells.size())
		return Phase::build;
	return static_cast<Phase>(std::to_underlying(phase_) + 1);
}

std::vector<Step> PairRun::begin()
{
	switch (phase_) {
	case Phase::recall:
		recall();
		return {};
	case Phase::check:
		return check();
	case Phase::prepare:
		return prepare();
	case Phase::list:
		list();
		return {};
	case Phase::build_together:
		return build_together();
	case Phase::build:
		return build();
	case Phase::link:
		return link();
	case Phase::inspect_together:
		return inspect_together();
	case Phase::inspect:
		return inspect();
	case Phase::boot:
		return boot();
	case Phase::start:
	case Phase::end:
	case Phase::unlisted:
		return {};
	}
	return {};
}

std::vector<Step> PairRun::next()
{
	std::vector<Step> steps;
	while (steps.empty() && phase_ < Phase::end) {
		phase_ = following();
		steps = begin();
	}
	running_ = steps.size();
	return steps;
}

void PairRun::started(const Step &step)
{
	for (auto *cell : step.cells)
		if (!cell->done())
			cell->verdict = Verdict::running;
	if (step.cells.empty()) {
		pair_.verdict = Verdict::running;
		pair_.stage = step.result.stage;
	}
}

// Shows that a module is built before the others of the same program are.
void PairRun::printed(const Step &step, std::string_view text)
{
	if (phase_ == Phase::build_together)
		for (auto *cell : step.cells)
			if (cell->verdict == Verdict::running && has_link_of(*cell, text))
				cell->verdict = Verdict::waiting;
}

void PairRun::ended(Step step, const Ended &ended)
{
	--running_;
	auto &result = step.result;
	result.status = ended.status;
	result.seconds = ended.seconds;
	if (!result.ok())
		result.summary = relative_to(settings_.matrix.project.directory,
					     failure_in(result.stage, ended.status, ended.output));
	switch (phase_) {
	case Phase::check:
		checked(std::move(result), ended.output);
		break;
	case Phase::prepare:
		prepared(std::move(result));
		break;
	case Phase::build_together:
		built_together(std::move(step));
		break;
	case Phase::build:
		result.log.replace_extension(); // new_suffix
		built(*step.cells.front(), std::move(result));
		break;
	case Phase::link:
		linked(step);
		break;
	case Phase::inspect_together:
		inspected_together(std::move(step));
		break;
	case Phase::inspect:
		inspected(*step.cells.front(), std::move(result));
		break;
	case Phase::boot:
		booted(step);
		break;
	case Phase::unlisted:
		judged(step, ended.output);
		break;
	case Phase::start:
	case Phase::recall:
	case Phase::list:
	case Phase::end:
		break; // they run no program
	}
}

// Takes the results of an earlier run with the same inputs. An output directory in which something
// was built is brought up to date instead.
void PairRun::recall()
{
	std::error_code error;
	if (settings_.cache == nullptr || !settings_.recalls ||
	    fs::exists(build_directory(pair_), error) || !settings_.cache->take(pair_))
		return;
	for (auto &cell : pair_.cells)
		settings_.cell_done(pair_, cell);
	phase_ = Phase::end;
}

// --- the end of a cell --------------------------------------------------------------------------

// Does not conclude the cells: their modules may exclude this kernel, see judge_unlisted().
void PairRun::give_up(StepResult failure)
{
	pair_.verdict = Verdict::failed;
	pair_.stage = failure.stage;
	failure_ = std::move(failure);
	phase_ = Phase::end;
}

void PairRun::fail(Cell &cell, StepResult result)
{
	cell.stage = result.stage;
	auto reason = result.summary;
	cell.steps.push_back(std::move(result));
	conclude(cell, Verdict::failed, std::move(reason));
}

void PairRun::conclude(Cell &cell, Verdict verdict, std::string reason)
{
	cell.verdict = verdict;
	cell.reason = std::move(reason);
	settings_.cell_done(pair_, cell);
}

} // namespace kcxx::matrix
