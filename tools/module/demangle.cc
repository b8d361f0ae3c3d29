// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "module/demangle.hpp"

#include <algorithm>
#include <cstdlib>
#include <cxxabi.h>
#include <memory>

namespace kcxx
{

namespace
{

// Characters of a mangled name, and of the endings that compilers add to it.
constexpr std::string_view of_names =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.$";

} // namespace

std::string demangled(const std::string &name)
{
	int status = 0;
	const std::unique_ptr<char, decltype([](char *text) { std::free(text); })> text(
		abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status));
	return status == 0 ? text.get() : name;
}

std::string with_demangled_names(std::string_view line)
{
	std::string text;
	while (!line.empty()) {
		const auto begin = line.find_first_of(of_names);
		text += line.substr(0, begin);
		line.remove_prefix(std::min(begin, line.size()));
		const auto word = line.substr(0, line.find_first_not_of(of_names));
		text += word.starts_with("_Z") ? demangled(std::string(word)) : word;
		line.remove_prefix(word.size());
	}
	return text;
}

} // namespace kcxx
