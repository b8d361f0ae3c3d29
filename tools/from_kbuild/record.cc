// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "from_kbuild/record.hpp"

#include <algorithm>
#include <ranges>

namespace kcxx::from_kbuild
{

namespace fs = std::filesystem;

namespace
{

template <typename T, typename U>
void add_once(std::vector<T> &list, const U &value)
{
	if (std::ranges::find(list, T(value)) == list.end())
		list.emplace_back(value);
}

// "<folder>/<variable>-if-<option> <word>…"
void read_condition(const Words &words, Record &record)
{
	const fs::path place = words.front();
	const auto name = place.filename().string();
	constexpr std::string_view mark = "-if-";
	const auto at = name.rfind(mark);
	if (at == std::string::npos)
		return;
	record.conditions.push_back({.folder = place.parent_path(),
				     .variable = name.substr(0, at),
				     .option = name.substr(at + mark.size()),
				     .words = Words(words.begin() + 1, words.end())});
}

void read_module(const Words &words, Record &record)
{
	RecordedModule module{.object = words.front()};
	for (const auto &member : words | std::views::drop(1))
		add_once(module.members, fs::path(member).lexically_normal());
	if (module.members.empty())
		module.members.push_back(module.object);
	const auto known =
		std::ranges::find(record.modules, module.object, &RecordedModule::object);
	if (known == record.modules.end())
		record.modules.push_back(std::move(module));
}

} // namespace

Words split_words(std::string_view text)
{
	Words words;
	for (const auto part : std::views::split(text, ' '))
		if (!part.empty())
			words.emplace_back(std::string_view(part));
	return words;
}

Record read_record(std::string_view text)
{
	Record record;
	Flags *flags = nullptr;
	for (const auto part : std::views::split(text, '\n')) {
		const std::string_view line(part);
		const auto blank = line.find(' ');
		if (blank == std::string_view::npos)
			continue;
		const auto tag = line.substr(0, blank);
		const auto rest = line.substr(blank + 1);
		const auto words = split_words(rest);
		if (tag == "object") {
			flags = &record.objects[fs::path(rest).lexically_normal()];
			flags->clear();
		} else if (tag == "makefile") {
			add_once(record.makefiles, rest);
		} else if (tag == "in") {
			record.directory = rest;
		} else if (words.empty()) {
			continue;
		} else if (tag == "module") {
			read_module(words, record);
		} else if (tag == "if") {
			read_condition(words, record);
		} else if (tag == "beside") {
			for (const auto &word : words | std::views::drop(1))
				add_once(record.beside[words.front()], word);
		} else if (flags != nullptr) {
			(*flags)[std::string(tag)].emplace_back(rest);
		}
	}
	for (auto &module : record.modules) {
		for (const auto &member : module.members)
			if (record.objects.contains(member))
				module.flags[member] = record.objects[member];
		if (record.objects.contains(module.object))
			module.flags[module.object] = record.objects[module.object];
	}
	return record;
}

void add_call(Record &&call, Record &record)
{
	for (const auto &makefile : call.makefiles)
		add_once(record.makefiles, makefile);
	for (auto &module : call.modules)
		if (std::ranges::find(record.modules, module.object, &RecordedModule::object) ==
		    record.modules.end())
			record.modules.push_back(std::move(module));
	for (const auto &[what, words] : call.beside)
		for (const auto &word : words)
			add_once(record.beside[what], word);
	record.directory = std::move(call.directory);
	record.objects.merge(call.objects);
	std::ranges::move(call.conditions, std::back_inserter(record.conditions));
}

} // namespace kcxx::from_kbuild
