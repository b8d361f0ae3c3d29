// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Places in sources, for addresses as the kernel's log names them.
#pragma once

#include "module/debug_info.hpp"
#include "module/module_file.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** A line of a source, in a function that runs there, be it inlined. */
struct SourcePlace {
	std::string function; // demangled; empty: not known
	std::string file;
	int line = 0;

	/** Returns "pump.cc:12, in Pump::run()". */
	[[nodiscard]] std::string text() const;
};

/** Finds the places of "function+0x12/0x40 [module]" by the debug information of the modules. */
class SourcePlaces
{
public:
	explicit SourcePlaces(const std::vector<ModuleFile> &modules);

	/** Returns the places of the address that @line names: the innermost inlined function
	 * first, its caller next. Nothing if @line names none, or the module has no debug
	 * information. */
	std::vector<SourcePlace> of_line(std::string_view line);

private:
	struct Module {
		std::filesystem::path path;
		bool is_read = false;
		std::optional<DebugInfo> information;
	};

	const DebugInfo *information_of(const std::string &module);

	std::map<std::string, Module> modules_;
};

} // namespace kcxx
