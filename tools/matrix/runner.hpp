// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Runs the steps of all pairs of a matrix in parallel. A later step is more urgent: the runner
// finishes cells before it begins others, so that an interrupted run leaves complete results.
#pragma once

#include "matrix/pair_run.hpp"

#include <list>
#include <memory>

namespace kcxx::matrix
{

struct RunSettings {
	std::filesystem::path kbuild;
	std::vector<std::string> definitions;
	Limits limits;
	bool again = false; // does all steps anew
};

/** Callbacks that show the progress to the user. */
struct Watcher {
	std::function<void()> tick;
	CellDone cell_done;
};

class Runner
{
public:
	Runner(Matrix &matrix, RunSettings settings, Watcher watcher);

	/** Runs until every cell is done. After an Error, cancels the other cells. */
	Result<void> run();

private:
	Result<void> run_pairs();
	void add(PairRun &run, std::vector<Step> steps);
	[[nodiscard]] Result<void> check_modules() const;
	void cancel_open();

	Matrix &matrix_; // NOLINT(*-ref-data-members): outlives it
	Watcher watcher_;
	std::unique_ptr<Builder> builder_;
	Scheduler scheduler_;
	std::optional<PairCache> cache_;
	PairSettings pair_settings_;
	std::list<PairRun> runs_;
};

} // namespace kcxx::matrix
