// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/build_inputs.hpp"

#include "system/child.hpp"
#include "system/file.hpp"
#include "system/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ranges>
#include <set>
#include <unistd.h>

namespace kcxx::matrix
{

namespace fs = std::filesystem;

namespace
{

constexpr std::uintmax_t largest_project = std::uintmax_t{64} << 20U;

bool lies_below(const fs::path &path, const fs::path &directory)
{
	return path.string().starts_with(directory.string() + "/");
}

// Returns the value of KCXX_@name in facts.sh.
std::string fact(std::string_view facts, std::string_view name)
{
	const auto key = "\nKCXX_" + std::string(name) + "='";
	const auto at = facts.find(key);
	if (at == std::string_view::npos)
		return "";
	const auto value = facts.substr(at + key.size());
	return std::string(value.substr(0, value.find('\'')));
}

// Collects paths of files outside of the directories that count otherwise.
class Paths
{
public:
	explicit Paths(std::vector<fs::path> left_out) : left_out_(std::move(left_out)) {}

	/** Adds @path, and its directory: a new file there may be found first. */
	void add(const fs::path &path)
	{
		const auto normal = path.lexically_normal();
		if (!normal.is_absolute() ||
		    std::ranges::any_of(left_out_, [&](const auto &directory) {
			    return lies_below(normal, directory);
		    }))
			return;
		paths_.insert(normal);
		paths_.insert(normal.parent_path());
	}

	[[nodiscard]] std::vector<fs::path> list() const { return {paths_.begin(), paths_.end()}; }

private:
	std::vector<fs::path> left_out_;
	std::set<fs::path> paths_;
};

// Adds the inputs of CMake, as build.ninja lists them to run it again. Returns false if there is no
// such list.
bool add_configuration(std::string_view ninja, Paths &paths)
{
	constexpr std::string_view rule = "\nbuild build.ninja: RERUN_CMAKE |";
	const auto at = ninja.find(rule);
	if (at == std::string_view::npos)
		return false;
	const auto line = ninja.substr(at + rule.size());
	for (const auto word : std::views::split(line.substr(0, line.find('\n')), ' '))
		if (const std::string_view path(word); path.starts_with('/'))
			paths.add(path);
	return true;
}

// Adds the files that compilers have read.
bool add_dependencies(const fs::path &build, Paths &paths)
{
	const auto deps = run({.argv = {"ninja", "-C", build, "-t", "deps"}});
	if (!deps || deps->status != 0)
		return false;
	for (const auto part : std::views::split(deps->output, '\n'))
		if (const std::string_view line(part); line.starts_with("    /"))
			paths.add(line.substr(4));
	return true;
}

// Adds what the kept facts of Kbuild depend on, see cmake/keep-facts.sh.
bool add_facts(const fs::path &facts, Paths &paths)
{
	auto entry = read_file(facts / "kept").value_or("");
	while (entry.ends_with('\n'))
		entry.pop_back();
	for (const char *list : {"files", "places"}) {
		const auto text = read_file(fs::path(entry) / list);
		if (entry.empty() || !text)
			return false;
		for (const auto line : std::views::split(*text, '\n'))
			paths.add(std::string_view(line));
	}
	return true;
}

// Returns the directory of kcxx's CMake files and of the scripts beside them, which CMake lists
// among its inputs.
fs::path cmake_folder(std::string_view ninja)
{
	const auto end = ninja.find("/AddKernelModule.cmake");
	if (end == std::string_view::npos)
		return {};
	const auto path = ninja.substr(0, end);
	return path.substr(path.rfind(' ') + 1);
}

// Returns the directories that hold the kernel's files, also those behind its links, and kcxx's.
std::vector<fs::path> trees_of(std::string_view facts, std::string_view ninja)
{
	std::vector<fs::path> trees = {fs::path(fact(facts, "KBUILD")), cmake_folder(ninja)};
	for (const char *name : {"OBJTREE", "SRCTREE"})
		for (const char *part : {"", "scripts", "tools", "include", "arch"}) {
			std::error_code error;
			const auto root = fs::path(fact(facts, name));
			const auto real = fs::canonical(root / part, error);
			if (!root.empty() && !error &&
			    std::ranges::none_of(trees, [&](const auto &tree) {
				    return real == tree || lies_below(real, tree);
			    }))
				trees.push_back(real);
		}
	return trees;
}

bool is_left_out(const fs::directory_entry &entry, const fs::path &output)
{
	std::error_code error;
	const auto name = entry.path().filename();
	return entry.path() == output || name == ".git" || name == ".hg" || name == ".svn" ||
	       fs::exists(entry.path() / "CMakeCache.txt", error) ||
	       fs::exists(entry.path() / "matrix.json", error);
}

} // namespace

std::string BuildInputs::state(std::optional<fs::file_time_type> before) const
{
	Fingerprint inputs;
	for (const auto &path : files) {
		std::error_code error;
		if (before && fs::last_write_time(path, error) >= *before && !error)
			return "";
		inputs.file(path);
	}
	for (const auto &tree : trees)
		inputs.listing(tree);
	return inputs.hex();
}

std::optional<BuildInputs> read_build_inputs(const fs::path &build, const fs::path &project)
{
	const auto ninja = read_file(build / "build.ninja");
	const auto facts = read_file(build / "kcxx/.kcxx/facts.sh");
	if (!ninja || !facts)
		return std::nullopt;
	BuildInputs inputs = {.files = {}, .trees = trees_of("\n" + *facts, *ninja)};
	if (std::ranges::find(inputs.trees, fs::path()) != inputs.trees.end())
		return std::nullopt;
	auto left_out = inputs.trees;
	left_out.push_back(project);
	left_out.push_back(build);
	Paths paths(std::move(left_out));
	if (!add_configuration(*ninja, paths) || !add_dependencies(build, paths) ||
	    !add_facts(build / "kcxx/.kcxx", paths))
		return std::nullopt;
	const char *path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): one thread
	for (const auto word :
	     std::views::split(std::string_view(path != nullptr ? path : ""), ':'))
		paths.add(fs::path(std::string_view(word)) / ".");
	inputs.files = paths.list();
	return inputs;
}

std::optional<std::string> content_of_project(const fs::path &project, const fs::path &output)
{
	std::error_code error;
	std::vector<fs::path> files;
	std::uintmax_t size = 0;
	for (auto entry = fs::recursive_directory_iterator(project, error);
	     !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
		std::error_code unknown;
		if (entry->is_directory(unknown) && is_left_out(*entry, output))
			entry.disable_recursion_pending();
		if (!entry->is_regular_file(unknown))
			continue;
		size += entry->file_size(unknown);
		if (size > largest_project)
			return std::nullopt;
		files.push_back(entry->path());
	}
	if (error)
		return std::nullopt;
	std::ranges::sort(files);
	Fingerprint content;
	for (const auto &file : files)
		content.content(file);
	return content.hex();
}

std::string environment_of_builds()
{
	constexpr std::array changing = {"_=",          "PWD=",      "OLDPWD=", "SHLVL=",
					 "TERM=",       "COLUMNS=",  "LINES=",  "SSH_",
					 "XDG_SESSION", "WINDOWID=", "DBUS_",   "DISPLAY="};
	std::vector<std::string_view> variables;
	for (char **variable = environ; *variable != nullptr; ++variable)
		if (std::ranges::none_of(changing, [&](const char *beginning) {
			    return std::string_view(*variable).starts_with(beginning);
		    }))
			variables.emplace_back(*variable);
	std::ranges::sort(variables);
	Fingerprint environment;
	for (const auto variable : variables)
		environment.text(variable);
	return environment.hex();
}

} // namespace kcxx::matrix
