// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/configuration.hpp"

#include "system/file.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <optional>
#include <ranges>
#include <utility>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

constexpr std::string_view prefix = "CONFIG_";
constexpr std::string_view unset_begin = "# CONFIG_";
constexpr std::string_view unset_end = " is not set";
constexpr std::string_view file_begin = "\"./";

// kcxx sets these, because they are part of the kernel's release, which names the directory in the
// cache.
constexpr std::array ours = {"LOCALVERSION", "LOCALVERSION_AUTO"};

struct Option {
	std::string_view name;
	std::string_view value;
};

bool is_option_name(std::string_view name)
{
	return !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
		return std::isalnum(c) != 0 || c == '_';
	});
}

// Returns whether @value is y, m, n, a number, a hexadecimal number, or a string in quotes.
bool is_value(std::string_view value)
{
	if (value == "y" || value == "m" || value == "n")
		return true;
	if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"'))
		return true;
	if (value.starts_with("0x") || value.starts_with("0X"))
		return value.size() > 2 &&
		       std::ranges::all_of(value.substr(2),
					   [](unsigned char c) { return std::isxdigit(c) != 0; });
	if (value.starts_with('-'))
		value.remove_prefix(1);
	return !value.empty() &&
	       std::ranges::all_of(value, [](unsigned char c) { return std::isdigit(c) != 0; });
}

// Parses @line of a .config. Returns nothing if it sets no option.
std::optional<Option> parse_option(std::string_view line)
{
	Option option;
	if (line.starts_with(unset_begin) && line.ends_with(unset_end) &&
	    line.size() > unset_begin.size() + unset_end.size()) {
		line.remove_suffix(unset_end.size());
		option = {line.substr(unset_begin.size()), "n"};
	} else if (const auto equals = line.find('=');
		   line.starts_with(prefix) && equals != std::string_view::npos) {
		option = {line.substr(prefix.size(), equals - prefix.size()),
			  line.substr(equals + 1)};
	}
	if (!is_option_name(option.name) || !is_value(option.value))
		return std::nullopt;
	return option;
}

std::string_view trimmed(std::string_view line)
{
	constexpr std::string_view blank = " \t\r";
	const auto begin = line.find_first_not_of(blank);
	if (begin == std::string_view::npos)
		return {};
	return line.substr(begin, line.find_last_not_of(blank) - begin + 1);
}

std::string to_line(std::string_view option, std::string_view value)
{
	return value == "n" ? fmt::format("{}{}{}", unset_begin, option, unset_end)
			    : fmt::format("{}{}={}", prefix, option, value);
}

Error bad_line(const std::string &name, size_t number, std::string_view line)
{
	std::string shown;
	for (const unsigned char c : line.substr(0, 60))
		shown += std::isprint(c) != 0 ? static_cast<char>(c) : '?';
	return {.status = ExitStatus::usage,
		.what = fmt::format("{}:{}: no line of a kernel configuration", name, number),
		.found = shown,
		.needed = "CONFIG_X=y, =m, =n, =\"string\" or =number, \"# CONFIG_X is not set\", "
			  "or a comment"};
}

} // namespace

Result<void> Configuration::add(std::string_view text, const std::string &name,
				const fs::path &directory)
{
	size_t number = 0;
	size_t found = 0;
	for (const auto part : std::views::split(text, '\n')) {
		++number;
		const auto line = trimmed(std::string_view(part));
		const auto option = parse_option(line);
		if (!option) {
			if (line.empty() || (line.starts_with('#') && !line.contains('\0')))
				continue;
			return std::unexpected(bad_line(name, number, line));
		}
		++found;
		const auto value = option->value;
		if (std::ranges::find(ours, option->name) != ours.end())
			return std::unexpected(Error{
				.status = ExitStatus::usage,
				.what = fmt::format("{}:{}: CONFIG_{} is kcxx's own to set", name,
						    number, option->name),
				.needed = "nothing: the fragment's name becomes a part of the "
					  "kernel's release"});
		if (value.starts_with(file_begin))
			if (auto read = read_named_file(value, directory); !read) {
				read.error().what = fmt::format("{}:{}: CONFIG_{} {}", name, number,
								option->name, read.error().what);
				return read;
			}
		set(option->name, value);
	}
	if (found == 0)
		return std::unexpected(Error{.status = ExitStatus::usage,
					     .what = name + " sets no option",
					     .needed = "lines as CONFIG_X=y"});
	return {};
}

Result<void> Configuration::read_named_file(std::string_view value, const fs::path &directory)
{
	const auto name =
		std::string(value.substr(file_begin.size(), value.size() - file_begin.size() - 1));
	const auto file = (fs::absolute(directory) / name).lexically_normal();
	std::error_code error;
	if (*fs::path(name).lexically_normal().begin() == ".." || !fs::is_regular_file(file, error))
		return std::unexpected(Error{
			.status = ExitStatus::usage,
			.what = "names no file beside the fragment",
			.found = file.string(),
			.needed = "a file beside the fragment; \"./\" stands for its directory"});
	auto content = TRY(read_file(file));
	const auto [known, added] = files_.try_emplace(name, content);
	if (!added && known->second != content)
		return std::unexpected(Error{.status = ExitStatus::usage,
					     .what = "names another file than a fragment before it",
					     .found = file.string(),
					     .needed = "different names for different files"});
	return {};
}

Result<Configuration> Configuration::with_files_in(const fs::path &directory) const
{
	auto placed = *this;
	for (const auto &[name, content] : files_) {
		const auto file = (directory / name).lexically_normal();
		std::error_code error;
		fs::create_directories(file.parent_path(), error);
		TRY(write_file(file, content));
		for (auto &[option, value] : placed.values_)
			if (value == fmt::format("{}{}\"", file_begin, name))
				value = fmt::format("\"{}\"", file.string());
	}
	return placed;
}

Result<void> Configuration::add_own(const std::set<std::string, std::less<>> &conditions)
{
	std::vector<std::pair<size_t, const EmbeddedFragment *>> applying;
	for (const auto &fragment : embedded_fragments()) {
		size_t count = 0;
		bool applies = true;
		for (const auto part : std::views::split(fragment.name, '-')) {
			++count;
			applies = applies && conditions.contains(std::string_view(part));
		}
		if (applies)
			applying.emplace_back(count, &fragment);
	}
	// More special fragments come later, and win.
	std::ranges::stable_sort(applying, {}, &decltype(applying)::value_type::first);
	for (const auto &[count, fragment] : applying)
		TRY(add(fragment->text, fmt::format("{}.config", fragment->name), {}));
	return {};
}

Result<void> Configuration::add_file(const fs::path &file)
{
	std::error_code error;
	if (!fs::is_regular_file(file, error))
		return std::unexpected(Error{.status = ExitStatus::usage,
					     .what = "no configuration fragment " + file.string(),
					     .found = error ? error.message() : "no regular file",
					     .needed = "a file with lines as CONFIG_X=y"});
	const auto text = TRY(read_file(file));
	return add(text, file.string(), file.parent_path());
}

void Configuration::set(std::string_view option, std::string_view value)
{
	values_.insert_or_assign(std::string(option), std::string(value));
}

std::string Configuration::text() const
{
	std::string lines;
	for (const auto &[option, value] : values_)
		lines += to_line(option, value) + "\n";
	return lines;
}

std::vector<std::string> Configuration::refused(std::string_view granted) const
{
	std::map<std::string_view, std::string_view> has;
	for (const auto part : std::views::split(granted, '\n'))
		if (const auto option = parse_option(std::string_view(part)))
			has.insert_or_assign(option->name, option->value);
	std::vector<std::string> names;
	for (const auto &[option, value] : values_) {
		const auto there = has.find(option);
		if (there != has.end() ? there->second == value : value == "n")
			continue;
		names.push_back(fmt::format(
			"CONFIG_{}={} ({})", option, value,
			there != has.end()
				? fmt::format("it is {}", there->second)
				: "there is no such option, or what it depends on is not set"));
	}
	return names;
}

} // namespace kcxx
