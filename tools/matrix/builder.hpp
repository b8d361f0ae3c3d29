// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Builds a project's modules for one pair, outside of the project's own directory.
#pragma once

#include "matrix/model.hpp"
#include "system/child.hpp"
#include "system/error.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kcxx::matrix
{

/** A module in the build system's list. */
struct ListedModule {
	std::string name;
	std::filesystem::path file;
	std::string excluded;                 // why the module excludes the kernel, or empty
	std::vector<std::string> constraints; // options of cxxavailable.sh
	std::vector<std::string> tests;       // tests of CTest that load it
};

/** Settings for the builds of all pairs. */
struct BuildSettings {
	std::filesystem::path kbuild;         // kcxx's folder
	std::vector<std::string> definitions; // NAME=VALUE, for cmake or make
	unsigned jobs = 1;                    // for one build
};

class Builder
{
public:
	Builder() = default;
	Builder(const Builder &) = delete;
	Builder &operator=(const Builder &) = delete;
	Builder(Builder &&) = delete;
	Builder &operator=(Builder &&) = delete;
	virtual ~Builder() = default;

	/** Returns the command that must run before the modules of @pair are known. */
	[[nodiscard]] virtual Result<Command> prepare(const Pair &pair) const = 0;
	/** Returns whether prepare() has run earlier, and its result is still valid. */
	[[nodiscard]] virtual bool prepared(const Pair &pair) const = 0;
	[[nodiscard]] virtual Result<std::vector<ListedModule>> modules(const Pair &pair) const = 0;
	/** Returns whether modules() requires that prepare() has succeeded. */
	[[nodiscard]] virtual bool needs_preparation() const = 0;
	/** Builds @modules with @jobs programs at once, even if some fail. Returns nothing if
	 * build() has to build each by itself. */
	[[nodiscard]] virtual std::optional<Command>
	build_together(const Pair &pair, const std::vector<std::string> &modules,
		       unsigned jobs) const = 0;
	/** Builds one module, even if others fail. Returns nothing if prepare() has built it. */
	[[nodiscard]] virtual std::optional<Command> build(const Pair &pair, const Cell &cell,
							   bool prepared) const = 0;
	/** Returns the last command after build() of @modules; nothing if none is needed. */
	[[nodiscard]] virtual std::optional<Command>
	finish(const Pair &pair, const std::vector<std::string> &modules) const = 0;
};

/** Returns the build directory of @pair. */
inline std::filesystem::path build_directory(const Pair &pair)
{
	return pair.directory / "build";
}

} // namespace kcxx::matrix
