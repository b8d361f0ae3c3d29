// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What a matrix is made of: modules × kernels × compilers, and what became of each cell.
#pragma once

#include "exit_status.hpp"
#include "kernels/kernel.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kcxx::matrix
{

/** The steps of a cell, in their order. */
enum class Stage {
	check,
	build,
	inspect,
	boot,
};

enum class Verdict {
	waiting,
	running,
	ok,
	failed,
	excluded,
	cancelled,
};

std::string_view name_of(Stage stage);
std::string_view name_of(Verdict verdict);

/** A step that came to its end. */
struct StepResult {
	Stage stage = Stage::check;
	std::string name; // of the test, where a project declares several
	int status = 0;
	double seconds = 0;
	std::filesystem::path log; // from the output directory
	std::string summary;       // why it failed; empty: it did not
	std::string inputs;        // fingerprint of all it was made from
	bool kept = false;         // from an earlier run: its inputs are the same

	/** Whether the cell goes on: where kcxx inspect cannot tell, the boot decides. */
	[[nodiscard]] bool ok() const
	{
		return status == 0 || (stage == Stage::inspect &&
				       status == std::to_underlying(ExitStatus::undecided));
	}
};

/** One module on one kernel with one compiler. */
struct Cell {
	std::string module;
	Verdict verdict = Verdict::waiting;
	Stage stage = Stage::check; // where it is, or where it ended
	std::string reason;         // why it failed, or why it is excluded
	std::vector<StepResult> steps;
	std::filesystem::path file; // the .ko
	std::vector<std::string> constraints;
	std::vector<std::string> tests; // that the project declares
	std::vector<StepResult> before; // steps of an earlier run, to be kept if nothing changed
	unsigned boots_left = 0;

	[[nodiscard]] bool done() const
	{
		return verdict != Verdict::waiting && verdict != Verdict::running;
	}
	/** The step of @stage called @name, by an earlier run from these @inputs, if all was well.
	 */
	[[nodiscard]] const StepResult *earlier(Stage of, std::string_view name,
						std::string_view inputs) const;
	[[nodiscard]] double seconds() const;
};

/** One kernel with one compiler: what is checked and configured once for all modules. */
struct Pair {
	Kernel kernel;
	std::string label;    // of the kernel: its release, with more where that is not enough
	std::string compiler; // as it was named, or "default": the partner of the kernel's own
	std::string cxx;      // "g++-12", once the check has said so
	std::string cc;
	std::string version; // of the C++ compiler: "GCC 12.2.0"
	std::filesystem::path directory;
	StepResult check;
	std::string configured; // fingerprint of the configuration its build directory has
	Stage stage = Stage::check;
	Verdict verdict = Verdict::waiting; // while its modules are not known
	std::string reason;
	StepResult preparation; // what failed before the modules were known
	unsigned inspections_left = 0;
	bool listed = false; // its cells are those of its own modules
	std::vector<Cell> cells;

	[[nodiscard]] bool chosen_compiler() const { return compiler != "default"; }
	[[nodiscard]] Cell *find(std::string_view module);
	[[nodiscard]] const Cell *find(std::string_view module) const;
};

enum class BuildSystem {
	cmake,
	kbuild,
};

struct Project {
	std::filesystem::path directory;
	std::string name;
	BuildSystem build = BuildSystem::cmake;
};

struct Counts {
	size_t total = 0;
	size_t ok = 0;
	size_t failed = 0;
	size_t excluded = 0;
	size_t cancelled = 0;
	size_t running = 0;

	[[nodiscard]] size_t done() const { return ok + failed + excluded + cancelled; }
};

struct Matrix {
	Project project;
	std::filesystem::path output;
	std::vector<Pair> pairs; // kernel by kernel, and compiler by compiler in each
	std::chrono::system_clock::time_point started;
	std::chrono::duration<double> duration{};
	bool boots = true;

	/** Their names, each once, in the order of the project. */
	[[nodiscard]] std::vector<std::string> modules() const;
	[[nodiscard]] std::vector<std::string> kernels() const;
	[[nodiscard]] std::vector<std::string> compilers() const;
	[[nodiscard]] const Pair *find(std::string_view kernel, std::string_view compiler) const;
	[[nodiscard]] Counts count() const;
};

} // namespace kcxx::matrix
