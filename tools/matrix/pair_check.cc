// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The checks of a pair by cxxavailable.sh.
#include "matrix/pair_run.hpp"

#include "matrix/step_output.hpp"
#include "system/file.hpp"
#include "system/fingerprint.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace kcxx::matrix
{

namespace fs = std::filesystem;

namespace
{

constexpr unsigned check_mib = 400; // measured, with some reserve

std::string path_variable()
{
	const char *path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): one thread
	return path != nullptr ? path : "";
}

// Returns the constraints of @module, which a pair with a list of modules knows.
std::vector<std::string> constraints_of(const Matrix &matrix, std::string_view module)
{
	for (const auto &pair : matrix.pairs)
		if (const auto *cell = pair.find(module); pair.listed && cell != nullptr)
			return cell->constraints;
	return {};
}

} // namespace

std::string PairRun::check_inputs() const
{
	Fingerprint inputs;
	inputs.tree(settings_.kbuild).text(path_variable());
	for (const char *name : {"Makefile", ".config", "include/config/auto.conf",
				 "include/generated/autoconf.h", "Module.symvers"})
		inputs.file(pair_.kernel.build / name);
	return inputs.program(pair_.cxx).program(pair_.cc).hex();
}

std::vector<Step> PairRun::check()
{
	if (pair_.check.ok() && !pair_.check.inputs.empty() &&
	    pair_.check.inputs == check_inputs()) {
		pair_.check.kept = true;
		return {};
	}
	Command command = {.argv = {"sh", settings_.kbuild / "cxxavailable.sh", "--format", "json",
				    "--kernel", pair_.kernel.build}};
	if (pair_.chosen_compiler()) {
		command.argv.emplace_back("--cxx");
		command.argv.push_back(pair_.compiler);
	}
	return {{.result = {.stage = Stage::check, .log = log("check.log")},
		 .command = std::move(command),
		 .memory_mib = check_mib}};
}

void PairRun::checked(StepResult result, std::string_view output)
{
	const auto answer = read_check(output);
	if (!write_file(settings_.matrix.output / result.log, answer.text)) // for people
		result.log.clear();
	pair_.cxx = answer.cxx;
	pair_.cc = answer.cc;
	pair_.version = answer.version;
	result.inputs = check_inputs();
	if (!result.ok() && answer.understood)
		result.summary = answer.reason;
	pair_.check = result;
	if (!result.ok())
		give_up(std::move(result));
}

// Other pairs know the names and the constraints of the modules. A module that excludes this kernel
// has not failed on it.
std::vector<Step> PairRun::judge_unlisted()
{
	phase_ = Phase::unlisted;
	for (const auto &name : settings_.matrix.modules())
		if (pair_.find(name) == nullptr)
			pair_.cells.push_back({.module = name});
	if (pair_.cells.empty())
		pair_.cells.push_back({.module = std::string(every_module)});
	std::vector<Step> steps;
	for (auto &cell : pair_.cells) {
		const auto constraints = constraints_of(settings_.matrix, cell.module);
		if (constraints.empty()) {
			fail_unlisted(cell);
			continue;
		}
		Command command = {.argv = {"sh", settings_.kbuild / "cxxavailable.sh", "--format",
					    "json", "--constraints", "--kernel",
					    pair_.kernel.build}};
		std::ranges::copy(constraints, std::back_inserter(command.argv));
		steps.push_back({.result = {.stage = Stage::check,
					    .log = log(fs::path(cell.module) / "constraints.log")},
				 .command = std::move(command),
				 .memory_mib = check_mib,
				 .cells = {&cell}});
	}
	running_ = steps.size();
	return steps;
}

void PairRun::judged(const Step &step, std::string_view output)
{
	auto &cell = *step.cells.front();
	if (step.result.status == std::to_underlying(CheckStatus::excluded))
		conclude(cell, Verdict::excluded, read_check(output).reason);
	else
		fail_unlisted(cell);
}

void PairRun::fail_unlisted(Cell &cell)
{
	if (failure_.stage != Stage::check)
		cell.steps.push_back(pair_.check);
	fail(cell, failure_);
}

} // namespace kcxx::matrix
