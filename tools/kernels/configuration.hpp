// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The requested configuration of a kernel, from fragments; later ones win.
#pragma once

#include "system/error.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/**
 * A fragment of kcxx's own, kernels/config/<name>.config. The parts of its name, between dashes,
 * are the conditions under which it applies: "debug-arm64-clang".
 */
struct EmbeddedFragment {
	std::string_view name;
	std::string_view text;
};

std::span<const EmbeddedFragment> embedded_fragments();

/** Options and their requested values. */
class Configuration
{
public:
	/**
	 * Adds the lines of @text, a fragment that errors call @name. A string that begins with
	 * "./" names a file in @directory.
	 */
	Result<void> add(std::string_view text, const std::string &name,
			 const std::filesystem::path &directory);

	/** Adds kcxx's own fragments, if all conditions of the fragment are among @conditions. */
	Result<void> add_own(const std::set<std::string, std::less<>> &conditions);

	/** Adds the user's fragment @file. */
	Result<void> add_file(const std::filesystem::path &file);

	/** Sets CONFIG_@option to @value, in the syntax of a .config. */
	void set(std::string_view option, std::string_view value);

	/**
	 * Writes the files that strings name below @directory, and returns a copy whose strings
	 * name these files.
	 */
	[[nodiscard]] Result<Configuration>
	with_files_in(const std::filesystem::path &directory) const;

	/** Returns the options as lines of a .config, sorted by name. */
	[[nodiscard]] std::string text() const;

	/** Returns the options whose values in the .config @granted differ, with those values. */
	[[nodiscard]] std::vector<std::string> refused(std::string_view granted) const;

	/** Returns the content of the files that strings name, by their names without "./". */
	[[nodiscard]] const std::map<std::string, std::string> &files() const { return files_; }

private:
	Result<void> read_named_file(std::string_view value,
				     const std::filesystem::path &directory);

	std::map<std::string, std::string, std::less<>> values_; // "n": not set
	std::map<std::string, std::string> files_;
};

} // namespace kcxx
