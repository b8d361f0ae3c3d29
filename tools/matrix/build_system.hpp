// SPDX-License-Identifier: GPL-2.0-only OR MIT
// How a project's modules are built for one pair, out of the project's own directory.
#pragma once

#include "matrix/model.hpp"
#include "system/child.hpp"
#include "system/error.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kcxx::matrix
{

/** A module as the build system lists it. */
struct ListedModule {
	std::string name;
	std::filesystem::path file;
	std::string excluded;                 // why it is not for this kernel; empty: it is
	std::vector<std::string> constraints; // options of cxxavailable.sh
	std::vector<std::string> tests;       // of CTest, that load it
};

/** What the builds of all pairs share. */
struct BuildSettings {
	std::filesystem::path kbuild;         // kcxx's folder
	std::vector<std::string> definitions; // NAME=VALUE, for cmake or make
	unsigned jobs = 1;                    // of one build
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

	/** For @pair: what has to run before its modules are known. */
	[[nodiscard]] virtual Result<Command> prepare(const Pair &pair) const = 0;
	/** Was that done already, and is still good by itself? */
	[[nodiscard]] virtual bool prepared(const Pair &pair) const = 0;
	[[nodiscard]] virtual Result<std::vector<ListedModule>> modules(const Pair &pair) const = 0;
	/** Does prepare() have to succeed for modules() to be asked? */
	[[nodiscard]] virtual bool needs_preparation() const = 0;
	/** Builds one module, whatever becomes of the others; nothing: prepare() has built it. */
	[[nodiscard]] virtual std::optional<Command> build(const Pair &pair, const Cell &cell,
							   bool prepared) const = 0;
	/** Ends what build() did for @modules; nothing: there is nothing to end. */
	[[nodiscard]] virtual std::optional<Command>
	finish(const Pair &pair, const std::vector<std::string> &modules) const = 0;
};

/** Where the build of @pair lies. */
std::filesystem::path build_directory(const Pair &pair);

std::unique_ptr<Builder> make_builder(const Project &project, BuildSettings settings);

} // namespace kcxx::matrix
