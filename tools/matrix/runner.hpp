// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Runs the steps of each cell of a matrix. The steps of one pair:
//
//	check ─► prepare ─► its modules ─► build, one by one ─► inspect ─► boot
//
// Pairs run in parallel, and so do the boots of one pair. A later step is more urgent: the runner
// finishes cells before it begins others, so that an interrupted run leaves complete results.
#pragma once

#include "matrix/build_system.hpp"
#include "matrix/model.hpp"
#include "matrix/scheduler.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace kcxx::matrix
{

struct RunSettings {
	std::filesystem::path kbuild;
	std::vector<std::string> definitions;
	Limits limits;
};

/** Callbacks that show the progress to the user. */
struct Watcher {
	std::function<void()> tick;
	std::function<void(const Pair &, const Cell &)> cell_done;
};

class Runner
{
public:
	Runner(Matrix &matrix, RunSettings settings, Watcher watcher);

	/** Runs until every cell is done. After an Error, cancels the other cells. */
	Result<void> run();

private:
	using Ending = std::function<void(StepResult, const Ended &)>;

	void check(Pair &pair);
	void checked(Pair &pair, StepResult step, const Ended &ended);
	void prepare(Pair &pair);
	void list(Pair &pair, bool prepared);
	void build_next(Pair &pair, size_t index, bool prepared);
	void built(Pair &pair, Cell &cell, StepResult step);
	void finish_build(Pair &pair, bool prepared);
	static Command inspection(const Pair &pair, const Cell &cell);
	void inspect_all(Pair &pair);
	void inspected(Pair &pair);
	void boot_all(Pair &pair);
	void boot(Pair &pair, const std::string &name, Command command,
		  const std::vector<Cell *> &cells);
	void booted(Pair &pair, Cell &cell, const StepResult &step);

	static void fail(Pair &pair, Stage stage, const Error &error);
	static void fail(Pair &pair, StepResult step);
	void fail(Pair &pair, Cell &cell, StepResult step);
	void conclude(Pair &pair, Cell &cell, Verdict verdict, std::string reason) const;
	void resolve_unlisted();
	void resolve(Pair &pair, Cell &cell);
	void cancel_open();

	void add(StepResult step, Command command, unsigned memory_mib,
		 std::function<void()> started, Ending ending);
	[[nodiscard]] std::string check_inputs(const Pair &pair) const;

	Matrix &matrix_; // NOLINT(*-ref-data-members): outlives it
	RunSettings settings_;
	Watcher watcher_;
	std::unique_ptr<Builder> builder_;
	Scheduler scheduler_;
	std::optional<Error> no_modules_;
	std::map<std::string, std::vector<std::string>> constraints_; // of each module
};

/** The name of the only cell of a pair whose modules are unknown. */
inline constexpr std::string_view every_module = "(every module)";

} // namespace kcxx::matrix
