// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "from_kbuild/flags.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <string_view>

namespace kcxx::from_kbuild
{

namespace
{

// Returns whether @word is a flag of a single object, which each build system adds itself.
bool is_of_the_object(std::string_view word)
{
	return word.starts_with("-Wp,-M") || word.starts_with("-DKBUILD_") ||
	       word.starts_with("-D__KBUILD_MODNAME=");
}

bool has_value_of_its_own(std::string_view word)
{
	constexpr std::array options = {
		"-D",        "-I",           "-U",
		"-include",  "-imacros",     "-isystem",
		"-iquote",   "-idirafter",   "-iprefix",
		"-isysroot", "-iwithprefix", "-Xclang",
		"-mllvm",    "--param",      "-x",
		"-u",        "-T",           "-z",
		"-m",        "-Xassembler",  "-Xpreprocessor",
	};
	return std::ranges::find(options, word) != options.end();
}

Flag to_flag(const std::string &name, std::string value)
{
	if (name == "-D" && value.find('(') >= value.find('='))
		return {.kind = FlagKind::definition, .text = std::move(value)};
	if (name == "-I")
		return {.kind = FlagKind::directory, .text = std::move(value)};
	return {.name = name, .text = std::move(value)};
}

Flag to_flag(const std::string &word)
{
	for (const std::string name : {"-D", "-I"})
		if (word.starts_with(name)) {
			auto flag = to_flag(name, word.substr(2));
			if (flag.kind != FlagKind::option)
				return flag;
		}
	return {.text = word};
}

std::vector<Flag> to_flags(const Words &words)
{
	std::vector<Flag> flags;
	for (size_t i = 0; i < words.size(); ++i) {
		if (is_of_the_object(words[i]))
			continue;
		if (has_value_of_its_own(words[i]) && i + 1 < words.size()) {
			flags.push_back(to_flag(words[i], words[i + 1]));
			++i;
		} else {
			flags.push_back(to_flag(words[i]));
		}
	}
	return flags;
}

// Returns for [i][j] the length of the longest common subsequence of @a from i on and @b from j on.
std::vector<std::vector<unsigned>> common_lengths(const std::vector<Flag> &a,
						  const std::vector<Flag> &b)
{
	std::vector lengths(a.size() + 1, std::vector<unsigned>(b.size() + 1));
	for (size_t i = a.size(); i-- > 0;)
		for (size_t j = b.size(); j-- > 0;)
			lengths[i][j] = a[i] == b[j]
						? lengths[i + 1][j + 1] + 1
						: std::max(lengths[i + 1][j], lengths[i][j + 1]);
	return lengths;
}

} // namespace

FlagChanges changes_of_flags(const Words &kernel, const Words &words)
{
	const auto ours = to_flags(kernel);
	const auto theirs = to_flags(words);
	const auto lengths = common_lengths(ours, theirs);
	FlagChanges changes;
	const auto pass_directory_of_kernel = [&] {
		for (auto &flag : changes.added)
			flag.before = flag.before || flag.kind == FlagKind::directory;
	};
	size_t i = 0;
	size_t j = 0;
	while (i < ours.size() || j < theirs.size()) {
		if (i < ours.size() && j < theirs.size() && ours[i] == theirs[j]) {
			if (ours[i].kind == FlagKind::directory)
				pass_directory_of_kernel();
			++i;
			++j;
		} else if (j == theirs.size() ||
			   (i < ours.size() && lengths[i + 1][j] >= lengths[i][j + 1])) {
			changes.removed.push_back(ours[i++]);
		} else {
			changes.added.push_back(theirs[j++]);
		}
	}
	return changes;
}

} // namespace kcxx::from_kbuild
