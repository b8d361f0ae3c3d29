// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What a kernel's configuration is asked to be: fragments, the later ones winning.
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

/** Options and the values they are asked to have. */
class Configuration
{
public:
	/**
	 * Adds the lines of @text, a fragment that errors call @name. A string that begins with
	 * "./" names a file in @directory.
	 */
	Result<void> add(std::string_view text, const std::string &name,
			 const std::filesystem::path &directory);

	/** Adds those of kcxx's own fragments all of whose conditions are among @conditions. */
	Result<void> add_own(const std::set<std::string, std::less<>> &conditions);

	/** Adds the fragment @file of the user's. */
	Result<void> add_file(const std::filesystem::path &file);

	/** Sets CONFIG_@option to @value, which is as in a .config. */
	void set(std::string_view option, std::string_view value);

	/**
	 * The same with the files that its strings name written below @directory, and the strings
	 * naming those.
	 */
	[[nodiscard]] Result<Configuration>
	with_files_in(const std::filesystem::path &directory) const;

	/** As lines of a .config, in order of the options. */
	[[nodiscard]] std::string text() const;

	/** The options that the .config @granted does not have as asked for, and what it has. */
	[[nodiscard]] std::vector<std::string> refused(std::string_view granted) const;

	/** The content of the files that its strings name, by their names without "./". */
	[[nodiscard]] const std::map<std::string, std::string> &files() const { return files_; }

private:
	Result<void> read_named_file(std::string_view value,
				     const std::filesystem::path &directory);

	std::map<std::string, std::string, std::less<>> values_; // "n": not set
	std::map<std::string, std::string> files_;
};

} // namespace kcxx
