// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Projects of Kbuild without CMake: kcxx writes a Kbuild file into the build directory, which
// includes the project's file and sets $(src). So the build does not write to the project, even on
// kernels without MO=.
#pragma once

#include "matrix/builder.hpp"

namespace kcxx::matrix
{

class KbuildBuilder : public Builder
{
public:
	KbuildBuilder(Project project, BuildSettings settings)
	    : project_(std::move(project)), settings_(std::move(settings))
	{
	}

	[[nodiscard]] Result<Command> prepare(const Pair &pair) const override;
	[[nodiscard]] bool prepared(const Pair &) const override { return false; }
	[[nodiscard]] Result<std::vector<ListedModule>> modules(const Pair &pair) const override;
	[[nodiscard]] bool needs_preparation() const override { return false; }
	[[nodiscard]] std::optional<Command> build_together(const Pair &pair,
							    const std::vector<std::string> &modules,
							    unsigned jobs) const override;
	[[nodiscard]] std::optional<Command> build(const Pair &pair, const Cell &cell,
						   bool prepared) const override;
	[[nodiscard]] std::optional<Command>
	finish(const Pair &pair, const std::vector<std::string> &modules) const override;

private:
	[[nodiscard]] Command make(const Pair &pair, std::vector<std::string> arguments) const;

	Project project_;
	BuildSettings settings_;
};

} // namespace kcxx::matrix
