// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/runner.hpp"

#include "matrix/build_system.hpp"

#include <algorithm>
#include <utility>

namespace kcxx::matrix
{

namespace
{

constexpr std::chrono::milliseconds redrawn{500};

// If there are few pairs, one build may use several cores.
BuildSettings build_settings(const Matrix &matrix, const RunSettings &settings)
{
	const auto pairs = static_cast<unsigned>(std::max<size_t>(1, matrix.pairs.size()));
	return {.kbuild = settings.kbuild,
		.definitions = settings.definitions,
		.jobs = std::max(1U, settings.limits.jobs / pairs)};
}

} // namespace

Runner::Runner(Matrix &matrix, RunSettings settings, Watcher watcher)
    : matrix_(matrix), watcher_(std::move(watcher)),
      builder_(make_builder(matrix.project, build_settings(matrix, settings))),
      scheduler_(settings.limits),
      pair_settings_{.matrix = matrix,
		     .builder = *builder_,
		     .kbuild = settings.kbuild,
		     .jobs = std::clamp(settings.limits.memory_mib / build_mib, 1U,
					std::max(1U, settings.limits.jobs)),
		     .recalls = !settings.again,
		     .cell_done = watcher_.cell_done}
{
	if (auto cache = PairCache::of(matrix, settings.kbuild, settings.definitions)) {
		cache_ = std::move(*cache);
		pair_settings_.cache = &*cache_;
	}
	for (auto &pair : matrix.pairs)
		runs_.emplace_back(pair_settings_, pair);
}

Result<void> Runner::run()
{
	const auto result = run_pairs();
	if (!result)
		cancel_open();
	return result ? check_modules() : result;
}

// Pairs without a list of modules are judged last, by what the others know of the modules.
Result<void> Runner::run_pairs()
{
	for (auto &run : runs_)
		add(run, run.next());
	TRY(scheduler_.run(redrawn, watcher_.tick));
	for (auto &run : runs_)
		if (!run.pair().listed)
			add(run, run.judge_unlisted());
	return scheduler_.run(redrawn, watcher_.tick);
}

void Runner::add(PairRun &run, std::vector<Step> steps)
{
	for (auto &part : steps) {
		const auto step = std::make_shared<Step>(std::move(part));
		scheduler_.add(
			{.urgency = static_cast<unsigned>(std::to_underlying(step->result.stage)),
			 .command = std::move(step->command),
			 .memory_mib = step->memory_mib,
			 .jobs = step->jobs,
			 .log = matrix_.output / step->result.log,
			 .started = [&run, step] { run.started(*step); },
			 .printed = [&run,
				     step](std::string_view text) { run.printed(*step, text); },
			 .ended =
				 [this, &run, step](const Ended &ended) {
					 run.ended(std::move(*step), ended);
					 if (run.is_idle())
						 add(run, run.next());
				 }});
	}
}

// Returns an Error if no pair has a module.
Result<void> Runner::check_modules() const
{
	if (std::ranges::any_of(matrix_.pairs, &Pair::listed))
		return {};
	for (const auto &run : runs_)
		if (const auto &error = run.no_modules())
			return std::unexpected(*error);
	return {};
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
