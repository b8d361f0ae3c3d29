// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Projects of Kbuild alone: a Kbuild file of ours in the build directory includes the project's,
// and says that the sources are there. So nothing is written to the project, on kernels before MO=
// too.
#pragma once

#include "matrix/build_system.hpp"

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
