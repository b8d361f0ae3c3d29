// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/boots.hpp"

#include "kbuild_folder.hpp"
#include "matrix/builder.hpp"
#include "matrix/json_text.hpp"
#include "module/module_file.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/core.h>
#include <map>
#include <set>

namespace kcxx::matrix
{

namespace
{

Command command_of(const Json &test)
{
	Command command = {.argv = test.at("command").get<std::vector<std::string>>()};
	for (const auto &property : test.value("properties", Json::array()))
		if (property.at("name") == "WORKING_DIRECTORY")
			command.directory = property.at("value").get<std::string>();
	return command;
}

bool needs(const ModuleFile &module, const ModuleFile &other)
{
	return std::ranges::any_of(module.depends,
				   [&](const auto &name) { return name == other.name; }) ||
	       std::ranges::any_of(module.undefined, [&](const auto &symbol) {
		       return other.exports.contains(symbol);
	       });
}

void add_needed(const ModuleFile &module, const std::vector<ModuleFile> &all,
		std::vector<std::filesystem::path> &files)
{
	files.push_back(module.path);
	for (const auto &other : all)
		if (needs(module, other) && std::ranges::find(files, other.path) == files.end())
			add_needed(other, all, files);
}

using DeclaredTests = std::map<std::string, Command>;

// Returns the commands of CTest's tests in @build, by name.
Result<DeclaredTests> declared_tests(const std::filesystem::path &build)
{
	const auto listed =
		TRY(run({.argv = {"ctest", "--show-only=json-v1", "--test-dir", build.string()}}));
	DeclaredTests tests;
	try {
		const auto document = Json::parse(listed.output);
		for (const auto &test : document.at("tests"))
			if (test.contains("command"))
				tests.emplace(test.at("name"), command_of(test));
	} catch (const Json::exception &error) {
		return std::unexpected(Error{.what = "CTest's list of tests is not understood",
					     .found = error.what()});
	}
	return tests;
}

// Returns kcxx boot with @devices, @cell's module and the modules of @pair that it needs.
Command bare_boot(const Pair &pair, const Cell &cell, const std::vector<std::string> &devices)
{
	Command command = {.argv = {own_program(), "boot"}};
	if (!pair.kernel.image.empty()) {
		command.argv.emplace_back("--kernel");
		command.argv.push_back(pair.kernel.image);
	}
	for (const auto &device : devices) {
		command.argv.emplace_back("--device");
		command.argv.push_back(device);
	}
	std::vector<ModuleFile> all;
	for (const auto &other : pair.cells)
		if (auto module = read_module(other.file))
			all.push_back(std::move(*module));
	std::vector<std::filesystem::path> files = {cell.file};
	for (const auto &module : all)
		if (module.path == cell.file) {
			files.clear();
			add_needed(module, all, files);
		}
	std::ranges::transform(files, std::back_inserter(command.argv),
			       [](const auto &file) { return file.string(); });
	return command;
}

using Loads = std::map<std::string, std::vector<Cell *>>;

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
		     const Result<DeclaredTests> &tests, const BootPlan &plan)
{
	const auto bad = std::ranges::find_if(cells, [&](Cell *cell) {
		return cell->steps.empty() || cell->done() || plan.impossible.contains(cell);
	});
	if (bad != cells.end())
		return fmt::format("its test {} needs {}, which failed", name, (*bad)->module);
	if (!tests || !tests->contains(name))
		return fmt::format("CTest does not know its test {}", name);
	return "";
}

// Removes the tests from @loads that cannot run, and plans their cells as impossible. Repeats this,
// because each such cell stops the other tests that load its module.
void remove_impossible(Loads &loads, const Result<DeclaredTests> &tests, BootPlan &plan)
{
	const auto is_impossible = [&](const auto &load) {
		const auto reason = obstacle(load.first, load.second, tests, plan);
		for (auto *cell : load.second)
			if (!reason.empty() && !cell->done())
				plan.impossible.try_emplace(cell, reason);
		return !reason.empty();
	};
	while (std::erase_if(loads, is_impossible) > 0)
		;
}

} // namespace

BootPlan plan_boots(Pair &pair, const std::vector<std::string> &devices)
{
	BootPlan plan;
	auto loads = loads_of_tests(pair);
	const auto tests =
		loads.empty() ? Result<DeclaredTests>() : declared_tests(build_directory(pair));
	remove_impossible(loads, tests, plan);
	std::set<const Cell *> booted;
	for (auto &[name, cells] : loads) {
		booted.insert(cells.begin(), cells.end());
		plan.boots.push_back(
			{.name = name, .command = tests->at(name), .cells = std::move(cells)});
	}
	for (auto &cell : pair.cells)
		if (!cell.done() && !plan.impossible.contains(&cell) && !booted.contains(&cell))
			plan.boots.push_back(
				{.command = bare_boot(pair, cell, devices), .cells = {&cell}});
	return plan;
}

unsigned memory_of_boot(const Command &command)
{
	unsigned guest_mib = 256; // kcxx boot's default
	const auto option = std::ranges::find(command.argv, "--memory");
	if (option != command.argv.end() && option + 1 != command.argv.end())
		std::from_chars((option + 1)->data(), (option + 1)->data() + (option + 1)->size(),
				guest_mib);
	constexpr unsigned around_it_mib = 320; // QEMU, its translated code, the unpacked kernel
	return guest_mib + around_it_mib;
}

} // namespace kcxx::matrix
