// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/boots.hpp"

#include "kbuild_folder.hpp"
#include "matrix/json_text.hpp"
#include "module/module_file.hpp"

#include <algorithm>
#include <charconv>

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

} // namespace

Result<std::map<std::string, Command>> declared_tests(const std::filesystem::path &build)
{
	const auto listed =
		TRY(run({.argv = {"ctest", "--show-only=json-v1", "--test-dir", build.string()}}));
	std::map<std::string, Command> tests;
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

Command bare_boot(const Pair &pair, const Cell &cell)
{
	Command command = {.argv = {own_program(), "boot"}};
	if (!pair.kernel.image.empty()) {
		command.argv.emplace_back("--kernel");
		command.argv.push_back(pair.kernel.image);
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
