// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Projects of CMake: Ninja builds them, or make if Ninja is missing; kcxx-modules.json lists their
// modules.
#pragma once

#include "matrix/builder.hpp"

namespace kcxx::matrix
{

class CMakeBuilder : public Builder
{
public:
	CMakeBuilder(Project project, BuildSettings settings)
	    : project_(std::move(project)), settings_(std::move(settings))
	{
	}

	[[nodiscard]] Result<Command> prepare(const Pair &pair) const override;
	[[nodiscard]] bool prepared(const Pair &pair) const override;
	[[nodiscard]] Result<std::vector<ListedModule>> modules(const Pair &pair) const override;
	[[nodiscard]] bool needs_preparation() const override { return true; }
	[[nodiscard]] std::optional<Command> build_together(const Pair &pair,
							    const std::vector<std::string> &modules,
							    unsigned jobs) const override;
	[[nodiscard]] std::optional<Command> build(const Pair &pair, const Cell &cell,
						   bool prepared) const override;
	[[nodiscard]] std::optional<Command>
	finish(const Pair &pair, const std::vector<std::string> &modules) const override;

private:
	Project project_;
	BuildSettings settings_;
};

} // namespace kcxx::matrix
