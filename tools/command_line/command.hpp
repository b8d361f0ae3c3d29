// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The model of the command line, from which --help, the manual and the completions of shells are
// made.
#pragma once

#include "exit_status.hpp"

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kcxx::command_line
{

/** Runs a command after its options are read. It reports any error to the user itself. */
using Action = std::function<ExitStatus()>;

/** The kind of a value: parse() checks it, shells complete it. */
enum class Kind {
	text,
	file,               // may be missing
	directory,          // may be missing
	existing_file,      // must exist
	existing_directory, // must exist
	existing_path,      // a file or a directory, which must exist
	kernel,             // a release, a series or a path
};

/** The variable for a value. A bool is a flag; a vector takes one value for each use. */
using Target = std::variant<bool *, std::string *, unsigned *, std::vector<std::string> *>;

struct Range {
	unsigned least = 0;
	unsigned most = 0;
};

/** An option; a name without dashes makes it a positional argument. */
struct Option {
	std::string names; // "-j,--jobs", "modules"
	Target target;
	std::string help;
	std::string value; // placeholder: "SECONDS"
	Kind kind = Kind::text;
	std::vector<std::string> choices; // empty: any value
	std::optional<Range> range;
	bool required = false;
	bool shows_default = false;

	[[nodiscard]] bool is_argument() const { return !names.starts_with('-'); }
	[[nodiscard]] bool is_flag() const { return std::holds_alternative<bool *>(target); }
	[[nodiscard]] bool is_list() const
	{
		return std::holds_alternative<std::vector<std::string> *>(target);
	}

	/** Returns each name of the option: "-j", "--jobs". */
	[[nodiscard]] std::vector<std::string> spellings() const;

	/** Returns the placeholder of the value, never empty: "SECONDS", or "{text,json}" for
	 * choices. */
	[[nodiscard]] std::string placeholder() const;
};

/** Returns the option --format, which stores "text" or "json" in @format. */
Option format_option(std::string &format, std::string help = "text for people, json for programs");

struct Command {
	std::string name;
	std::string summary;
	std::vector<Option> options;
	std::vector<Command> subcommands;
	std::string epilogue; // preformatted, below the options
	Action run;           // empty: a subcommand is required
};

} // namespace kcxx::command_line
