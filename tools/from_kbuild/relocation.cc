// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "from_kbuild/relocation.hpp"

#include "from_kbuild/project.hpp"

#include <algorithm>
#include <array>

namespace kcxx::from_kbuild
{

namespace fs = std::filesystem;

namespace
{

void replace_all(std::string &text, const std::string &from, const std::string &to)
{
	for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
		text.replace(at, from.size(), to);
}

// Returns whether the name of the folder in @text ends at @end: /home/me/pump must not match
// /home/me/pumps.
bool is_whole_folder(const std::string &text, size_t end)
{
	constexpr std::string_view ends = "/ \t\"'\\:;,=<>(){}|&";
	return end == text.size() || ends.contains(text[end]);
}

// Returns the kernel's source directory: make has read Makefile.build from there.
fs::path source_of_kernel(const OwnBuild &build)
{
	for (const auto &makefile : build.record.makefiles)
		if (makefile.filename() == "Makefile.build" &&
		    makefile.parent_path().filename() == "scripts")
			return makefile.parent_path().parent_path();
	return {};
}

bool names_a_path(const Flag &flag)
{
	constexpr std::array options = {"-include", "-imacros", "-isystem", "-iquote",
					"-idirafter"};
	return flag.kind == FlagKind::directory ||
	       std::ranges::find(options, flag.name) != options.end();
}

} // namespace

Relocation::Relocation(const OwnBuild &build, const WorkingCopy &copy, const Kernel &kernel)
    : directory_(build.record.directory), project_(copy.project()), empty_(copy.own() / "empty")
{
	folders_ = {{project_.string(), source_mark},
		    {source_of_kernel(build).string(), kernel_source_mark},
		    {kernel.build.string(), kernel_build_mark}};
	if (!directory_.string().starts_with(project_.string()))
		folders_.emplace_back(directory_.string(), kernel_build_mark);
	std::erase_if(folders_, [](const auto &folder) { return folder.first.size() < 2; });
	std::ranges::stable_sort(folders_, std::ranges::greater(),
				 [](const auto &folder) { return folder.first.size(); });
}

std::string Relocation::marked(std::string text) const
{
	for (const auto &[folder, mark] : folders_)
		for (size_t at = 0; (at = text.find(folder, at)) != std::string::npos; ++at)
			if (is_whole_folder(text, at + folder.size()))
				text.replace(at, folder.size(), 1, mark);
	return text;
}

// A relative path starts at the directory in which the compiler runs. A path next to the project
// remains relative to it.
std::string Relocation::marked_path(const std::string &text) const
{
	auto path = (directory_ / text).lexically_normal();
	if (!path.has_filename())
		path = path.parent_path();
	const auto beside = path.lexically_relative(project_.parent_path());
	if (!beside.empty() && beside.begin()->string() != "..")
		path = path.lexically_relative(project_);
	else
		return marked(path.string());
	return path == "." ? std::string(1, source_mark) : source_mark + ("/" + path.string());
}

Flag Relocation::apply(Flag flag) const
{
	flag.text = names_a_path(flag) ? marked_path(flag.text) : marked(flag.text);
	return flag;
}

Words Relocation::of_project(Words words) const
{
	for (auto &word : words)
		replace_all(word, empty_.string(), project_.string());
	return words;
}

} // namespace kcxx::from_kbuild
