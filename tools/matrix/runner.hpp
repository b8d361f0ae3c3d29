// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Brings each cell of a matrix through its steps. One pair's way:
//
//	check ─► prepare ─► its modules ─► build, one by one ─► inspect ─► boot
//
// Pairs go side by side, and boots of one pair too. The later step is the more urgent: cells are
// finished before others are begun, so that an interrupted run leaves whole results.
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

/** What a user is told while it goes on. */
struct Watcher {
	std::function<void()> tick;
	std::function<void(const Pair &, const Cell &)> cell_done;
};

class Runner
{
public:
	Runner(Matrix &matrix, RunSettings settings, Watcher watcher);

	/** Until every cell is done; after an Error those that are not are cancelled. */
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

/** Its name where the modules of a pair are not known. */
inline constexpr std::string_view every_module = "(every module)";

} // namespace kcxx::matrix
