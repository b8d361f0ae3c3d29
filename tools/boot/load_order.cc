// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/load_order.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <fstream>
#include <map>
#include <set>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

using Tree = std::map<std::string, fs::path, std::less<>>;

Tree index_tree(const fs::path &tree)
{
	Tree index;
	std::error_code error;
	for (const auto &entry : fs::recursive_directory_iterator(tree, error))
		if (const auto file = entry.path().filename().string(); file.contains(".ko"))
			index.emplace(module_name(file.substr(0, file.find(".ko"))), entry.path());
	return index;
}

// The names of the modules that the kernel of @tree has in its image
std::set<std::string, std::less<>> built_in_modules(const fs::path &tree)
{
	std::set<std::string, std::less<>> names;
	std::ifstream list(tree / "modules.builtin");
	for (std::string line; std::getline(list, line);)
		names.insert(module_name(fs::path(line).stem().string()));
	return names;
}

const ModuleFile *find(const std::vector<ModuleFile> &modules, std::string_view name)
{
	const auto found = std::ranges::find(modules, name, &ModuleFile::name);
	return found != modules.end() ? &*found : nullptr;
}

// Appends to @modules their dependencies in @tree, and the dependencies of these.
Result<void> add_dependencies(std::vector<ModuleFile> &modules, const fs::path &tree)
{
	Tree index;
	for (size_t i = 0; i < modules.size(); ++i) {
		// A copy, because push_back() moves the modules.
		for (const auto depends = modules[i].depends; const auto &name : depends) {
			if (find(modules, name) != nullptr)
				continue;
			if (index.empty())
				index = index_tree(tree);
			const auto file = index.find(name);
			if (file == index.end())
				return std::unexpected(Error{
					.status = ExitStatus::input,
					.what = fmt::format("{} needs the module {}",
							    modules[i].path.string(), name),
					.found = tree.empty() ? "it was not given, and this "
								"kernel's own modules are not here"
							      : fmt::format("it was not given, and "
									    "is not in {}",
									    tree.string()),
					.needed = fmt::format("{}.ko", name),
					.fix = fmt::format("kcxx boot {} PATH/TO/{}.ko",
							   modules[i].path.string(), name)});
			auto module = TRY(read_module(file->second));
			module.given = false;
			modules.push_back(std::move(module));
		}
	}
	return {};
}

class Sorter
{
public:
	explicit Sorter(const std::vector<ModuleFile> &modules) : modules_(modules)
	{
		for (const auto &module : modules)
			for (const auto &symbol : module.exports)
				exporter_.emplace(symbol, &module);
	}

	Result<void> visit(const ModuleFile &module)
	{
		if (std::ranges::find(done_, &module) != done_.end())
			return {};
		if (std::ranges::find(path_, &module) != path_.end())
			return std::unexpected(cycle(module));
		path_.push_back(&module);
		for (const ModuleFile *other : needs(module))
			TRY(visit(*other));
		path_.pop_back();
		done_.push_back(&module);
		return {};
	}

	[[nodiscard]] std::vector<ModuleFile> result() const
	{
		std::vector<ModuleFile> modules;
		modules.reserve(done_.size());
		for (const ModuleFile *module : done_)
			modules.push_back(*module);
		return modules;
	}

private:
	[[nodiscard]] std::vector<const ModuleFile *> needs(const ModuleFile &module) const
	{
		std::vector<const ModuleFile *> found;
		found.reserve(module.depends.size());
		for (const auto &name : module.depends)
			found.push_back(find(modules_, name));
		for (const auto &symbol : module.undefined)
			if (const auto exporter = exporter_.find(symbol);
			    exporter != exporter_.end() && exporter->second != &module)
				found.push_back(exporter->second);
		return found;
	}

	[[nodiscard]] Error cycle(const ModuleFile &module) const
	{
		std::string names;
		for (auto at = std::ranges::find(path_, &module); at != path_.end(); ++at)
			names += (*at)->name + " needs ";
		return {.status = ExitStatus::input,
			.what = "the modules depend on each other in a circle, so none can be the "
				"first",
			.found = names + module.name,
			.needed = "an order; move what both need into a module of its own"};
	}

	const std::vector<ModuleFile>
		&modules_; // NOLINT(*-ref-data-members): lives within one call
	std::map<std::string, const ModuleFile *, std::less<>> exporter_;
	std::vector<const ModuleFile *> path_;
	std::vector<const ModuleFile *> done_;
};

} // namespace

Result<std::vector<ModuleFile>> own_modules(const std::vector<std::string> &names,
					    const fs::path &tree)
{
	std::vector<ModuleFile> modules;
	const Tree index = names.empty() ? Tree() : index_tree(tree);
	for (const auto &name : names) {
		const auto file = index.find(module_name(name));
		if (file == index.end() && built_in_modules(tree).contains(module_name(name)))
			continue;
		if (file == index.end())
			return std::unexpected(Error{
				.status = ExitStatus::input,
				.what = fmt::format("the kernel has no module {}", name),
				.found = index.empty()
						 ? "this kernel's own modules are not here"
						 : fmt::format("it is not in {}", tree.string()),
				.needed = "the name of a module of the kernel's own, such as "
					  "i2c-stub",
				.fix = index.empty()
					       ? "kcxx kernels get <release>, which brings them"
					       : fmt::format("find {} -name '*.ko*'",
							     tree.string())});
		auto module = TRY(read_module(file->second));
		module.given = false;
		if (find(modules, module.name) == nullptr)
			modules.push_back(std::move(module));
	}
	return modules;
}

Result<std::vector<ModuleFile>> load_order(std::vector<ModuleFile> modules, const fs::path &tree)
{
	TRY(add_dependencies(modules, tree));
	Sorter sorter(modules);
	for (const auto &module : modules)
		TRY(sorter.visit(module));
	return sorter.result();
}

} // namespace kcxx
