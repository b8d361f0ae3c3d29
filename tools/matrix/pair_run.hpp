// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The steps of one pair and its cells:
//
//	check ─► prepare ─► list ─► build ─► link ─► inspect ─► boot
//
// One program builds all modules, and one inspects them. Where it fails, each module is built or
// inspected once more, by itself: so each has its own result. A pair whose results are in the cache
// has no phase of these.
//
// A pair has one phase at a time. Each phase begins when all programs of the phase before have
// ended, and returns the programs that it runs: none if it has nothing to do, or an earlier run
// did it.
#pragma once

#include "matrix/boots.hpp"
#include "matrix/builder.hpp"
#include "matrix/model.hpp"
#include "matrix/pair_cache.hpp"
#include "matrix/scheduler.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>

namespace kcxx::matrix
{

/** A program of a pair. */
struct Step {
	StepResult result; // complete once the program has ended
	Command command;
	unsigned memory_mib = 0;
	unsigned jobs = 1;         // programs that it runs at once
	std::vector<Cell *> cells; // whose step it is; empty: of the pair
};

using CellDone = std::function<void(const Pair &, const Cell &)>;

/** The memory that a compiler takes: measured, with some reserve. */
inline constexpr unsigned build_mib = 600;

/** Settings for all pairs. */
struct PairSettings {
	Matrix &matrix;         // NOLINT(*-ref-data-members): outlives it
	const Builder &builder; // NOLINT(*-ref-data-members): outlives it
	std::filesystem::path kbuild;
	unsigned jobs = 1;                // for all pairs together
	const PairCache *cache = nullptr; // none: no results are kept for later runs
	bool recalls = true;              // takes results out of the cache
	CellDone cell_done;
};

class PairRun
{
public:
	/** @pair is one of the matrix, and outlives this, as @settings do. */
	PairRun(const PairSettings &settings, Pair &pair) : settings_(settings), pair_(pair) {}

	[[nodiscard]] const Pair &pair() const { return pair_; }
	/** Returns whether no program of the last next() or judge_unlisted() is still to end. */
	[[nodiscard]] bool is_idle() const { return running_ == 0; }
	/** Returns why the modules of the pair are unknown, if the build system could not list
	 * them. */
	[[nodiscard]] const std::optional<Error> &no_modules() const { return no_modules_; }

	/** Goes on to the next phase that runs programs, and returns them. Returns none at the end
	 * of the pair. */
	std::vector<Step> next();

	/**
	 * For a pair that ended before its modules were known, once all pairs have ended: returns
	 * the programs that check whether its cells exclude the kernel. Concludes the other cells.
	 */
	std::vector<Step> judge_unlisted();

	void started(const Step &step);
	void printed(const Step &step, std::string_view text);
	void ended(Step step, const Ended &ended);

private:
	// In their order; the last one is for pairs that judge_unlisted() goes on with.
	enum class Phase {
		start,
		recall,
		check,
		prepare,
		list,
		build_together,
		build,
		link,
		inspect_together,
		inspect,
		boot,
		end,
		unlisted
	};

	[[nodiscard]] Phase following() const;
	std::vector<Step> begin();

	void recall();
	std::vector<Step> check();
	void checked(StepResult result, std::string_view output);
	std::vector<Step> prepare();
	void prepared(StepResult result);
	void list();
	void add_cells(std::span<const ListedModule> modules);
	std::vector<Step> build_together();
	void built_together(Step step);
	std::vector<Step> build();
	void write_log(const Cell &cell, std::string_view name, std::string_view text) const;
	void built(Cell &cell, StepResult result);
	std::vector<Step> link();
	void linked(const Step &step);
	std::vector<Step> inspect_together();
	void inspected_together(Step step);
	std::vector<Step> inspect();
	void inspected(Cell &cell, StepResult result);
	std::vector<Step> boot();
	void booted(const Step &step);
	void judged(const Step &step, std::string_view output);

	void give_up(StepResult failure);
	void fail_unlisted(Cell &cell);
	void fail(Cell &cell, StepResult result);
	void conclude(Cell &cell, Verdict verdict, std::string reason);

	[[nodiscard]] std::vector<Cell *> open_cells();
	[[nodiscard]] std::filesystem::path log(const std::filesystem::path &name) const;
	[[nodiscard]] std::string check_inputs() const;

	const PairSettings &settings_; // NOLINT(*-ref-data-members): outlives it
	Pair &pair_;                   // NOLINT(*-ref-data-members): outlives it
	Phase phase_ = Phase::start;
	size_t running_ = 0; // programs
	StepResult preparation_;
	bool prepared_ = false; // prepare() has succeeded, here or in an earlier run
	std::optional<Error> no_modules_;
	StepResult failure_;   // step that failed before the modules were known
	size_t next_cell_ = 0; // to build by itself
	std::map<const Cell *, std::string> build_logs_; // of build_together(), if it failed
	std::string inspection_inputs_;
	std::set<const Cell *> inspected_;
	std::map<const Cell *, std::set<std::string>> awaited_; // boots of cells that are to end
};

/** The name of the only cell of a pair whose modules are unknown. */
inline constexpr std::string_view every_module = "(every module)";

} // namespace kcxx::matrix
