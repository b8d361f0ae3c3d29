// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The model of a matrix: modules × kernels × compilers, and the result of each cell.
#pragma once

#include "exit_status.hpp"
#include "kernels/kernel.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
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

/** A step that has ended. */
struct StepResult {
	Stage stage = Stage::check;
	std::string name; // name of the test, if a project declares several
	int status = 0;
	double seconds = 0;
	std::filesystem::path log; // relative to the output directory
	std::string summary;       // why the step failed; empty: it did not
	std::string inputs;        // fingerprint of all inputs
	bool kept = false;         // result of an earlier run with the same inputs

	/** Returns whether the next step follows. If kcxx inspect is undecided, the boot decides.
	 */
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
	Stage stage = Stage::check; // the current stage, or the last one
	std::string reason;         // reason for a failure or an exclusion
	std::vector<StepResult> steps;
	std::filesystem::path file; // the .ko
	std::vector<std::string> constraints;
	std::vector<std::string> tests; // tests that the project declares
	std::vector<StepResult> before; // steps of an earlier run, kept if nothing changed

	[[nodiscard]] bool done() const
	{
		return verdict != Verdict::waiting && verdict != Verdict::running;
	}
	/** Returns the successful step @name of the stage @of in an earlier run with the same
	 * @inputs, as one that is kept; nothing if there is none. */
	[[nodiscard]] std::optional<StepResult> earlier(Stage of, std::string_view name,
							std::string_view inputs) const;
	[[nodiscard]] double seconds() const;
};

/** One kernel with one compiler, checked and configured once for all modules. */
struct Pair {
	Kernel kernel;
	std::string label;    // the kernel's release, with an addition if that is not unique
	std::string compiler; // name by the user, or "default": the partner of the kernel's own
	std::string cxx;      // "g++-12", known after the check
	std::string cc;
	std::string version; // version of the C++ compiler: "GCC 12.2.0"
	std::filesystem::path directory;
	StepResult check;
	std::string configured; // fingerprint of its build directory's configuration
	Stage stage = Stage::check;
	Verdict verdict = Verdict::waiting; // until its modules are known
	bool listed = false;                // its cells are those of its own list of modules
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
	std::vector<std::string> devices; // of guests for modules that no test loads

	/** Returns the names of the modules, each once, in the order of the project. */
	[[nodiscard]] std::vector<std::string> modules() const;
	[[nodiscard]] std::vector<std::string> kernels() const;
	[[nodiscard]] std::vector<std::string> compilers() const;
	[[nodiscard]] const Pair *find(std::string_view kernel, std::string_view compiler) const;
	[[nodiscard]] Counts count() const;
};

} // namespace kcxx::matrix
