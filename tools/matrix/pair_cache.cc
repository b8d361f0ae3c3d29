// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/pair_cache.hpp"

#include "kbuild_folder.hpp"
#include "kernels/cache.hpp"
#include "matrix/build_inputs.hpp"
#include "matrix/builder.hpp"
#include "matrix/json_report.hpp"
#include "matrix/json_text.hpp"
#include "system/file.hpp"
#include "system/fingerprint.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kcxx::matrix
{

namespace fs = std::filesystem;

namespace
{

constexpr size_t most_entries = 48;
constexpr int entry_version = 1;

// Returns the files of @pair to keep, relative to its directory: modules, their symbols, and logs.
std::vector<fs::path> files_of(const Pair &pair)
{
	std::vector<fs::path> files = {"check.log", "prepare.log", "build.log", "inspect.log",
				       "build/kcxx-modules.json"};
	for (const auto &cell : pair.cells) {
		const auto module = fs::relative(cell.file, pair.directory);
		files.push_back(module);
		files.push_back(fs::path(module).replace_extension(".symvers"));
		files.push_back(fs::path(cell.module) / "build.log");
		files.push_back(fs::path(cell.module) / "inspect.log");
	}
	std::erase_if(files, [&](const fs::path &file) {
		std::error_code error;
		return !leads_below(file) || !fs::is_regular_file(pair.directory / file, error);
	});
	return files;
}

bool copy_over(const fs::path &from, const fs::path &to)
{
	std::error_code error;
	fs::create_directories(to.parent_path(), error);
	return fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
}

std::string content_of(const fs::path &directory, const std::vector<fs::path> &files)
{
	Fingerprint content;
	for (const auto &file : files)
		content.text(file.string()).text(read_file(directory / file).value_or(""));
	return content.hex();
}

// Modules are made of an entry, so no other user may have written it.
bool is_own(const fs::path &path)
{
	struct stat status{};
	return stat(path.c_str(), &status) == 0 && status.st_uid == geteuid() &&
	       (status.st_mode & S_IWOTH) == 0;
}

std::vector<std::string> strings_of(const std::vector<fs::path> &paths)
{
	return {paths.begin(), paths.end()};
}

std::vector<fs::path> paths_of(const Json &list)
{
	const auto texts = list.get<std::vector<std::string>>();
	return {texts.begin(), texts.end()};
}

void remove_oldest(const fs::path &directory)
{
	std::error_code error;
	std::vector<std::pair<fs::file_time_type, fs::path>> entries;
	for (const auto &entry : fs::directory_iterator(directory, error))
		entries.emplace_back(entry.last_write_time(error), entry.path());
	std::ranges::sort(entries, std::greater());
	for (size_t index = most_entries; index < entries.size(); ++index)
		fs::remove_all(entries[index].second, error);
}

// Whole or not at all
bool write_entry(const fs::path &entry, const Pair &pair, const BuildInputs &inputs,
		 const std::string &state)
{
	const auto files = files_of(pair);
	for (const auto &file : files)
		if (!copy_over(pair.directory / file, entry / "files" / file))
			return false;
	const Json document = {{"format_version", entry_version},
			       {"pair", to_document(pair)},
			       {"read", strings_of(inputs.files)},
			       {"trees", strings_of(inputs.trees)},
			       {"state", state},
			       {"files", strings_of(files)},
			       {"content", content_of(entry / "files", files)}};
	return write_file(entry / "pair.json", document.dump(1)).has_value();
}

} // namespace

std::optional<PairCache> PairCache::of(const Matrix &matrix, const fs::path &kbuild,
				       const std::vector<std::string> &definitions)
{
	const auto cache = Cache::from_environment();
	if (!cache || matrix.boots || matrix.project.build != BuildSystem::cmake)
		return std::nullopt;
	const auto content = content_of_project(matrix.project.directory, matrix.output);
	if (!content)
		return std::nullopt;
	Fingerprint inputs;
	inputs.text(KCXX_VERSION).file(own_program()).listing(kbuild).text(environment_of_builds());
	for (const auto &definition : definitions) {
		inputs.text(definition);
		inputs.content(definition.substr(definition.find('=') + 1)); // a key, a list
	}
	PairCache kept;
	kept.directory_ = cache->directory() / "matrix";
	kept.project_ = matrix.project.directory;
	kept.output_ = matrix.output;
	kept.content_ = *content;
	kept.inputs_ = inputs.hex();
	kept.begun_ = fs::file_time_type::clock::now();
	return kept;
}

fs::path PairCache::entry_of(const Pair &pair) const
{
	return directory_ / Fingerprint()
				    .text(project_.string())
				    .text(content_)
				    .text(inputs_)
				    .text(pair.directory.string())
				    .text(pair.kernel.build.string())
				    .text(pair.compiler)
				    .hex();
}

bool PairCache::take(Pair &pair) const
{
	const auto entry = entry_of(pair);
	const auto text = read_file(entry / "pair.json");
	if (!text || !is_own(entry) || !is_own(entry / "pair.json"))
		return false;
	try {
		const auto document = Json::parse(*text);
		const BuildInputs inputs = {.files = paths_of(document.at("read")),
					    .trees = paths_of(document.at("trees"))};
		const auto files = paths_of(document.at("files"));
		if (document.at("format_version") != entry_version ||
		    inputs.state() != document.at("state") ||
		    content_of(entry / "files", files) != document.at("content"))
			return false;
		for (const auto &file : files)
			if (!leads_below(file) ||
			    !copy_over(entry / "files" / file, pair.directory / file))
				return false;
		restore(pair, document.at("pair"));
	} catch (const Json::exception &) {
		return false;
	}
	std::error_code ignored; // it is then among the oldest
	fs::last_write_time(entry, fs::file_time_type::clock::now(), ignored);
	return true;
}

void PairCache::keep(const Pair &pair) const
{
	const auto is_good = [&](const Cell &cell) {
		return cell.verdict == Verdict::excluded ||
		       (cell.verdict == Verdict::ok &&
			leads_below(fs::relative(cell.file, pair.directory)));
	};
	const bool good = std::ranges::all_of(pair.cells, is_good);
	if (!good || content_of_project(project_, output_) != content_) // edited meanwhile
		return;
	const auto inputs = read_build_inputs(build_directory(pair), project_);
	const auto state = inputs ? inputs->state(begun_) : "";
	if (state.empty())
		return;
	std::error_code error;
	const auto entry = entry_of(pair);
	const auto made = fs::path(fmt::format("{}.{}", entry.string(), getpid()));
	fs::create_directories(made, error);
	if (!error && write_entry(made, pair, *inputs, state)) {
		fs::remove_all(entry, error);
		fs::rename(made, entry, error);
	}
	fs::remove_all(made, error);
	remove_oldest(directory_);
}

} // namespace kcxx::matrix
