// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/build_system.hpp"

#include "matrix/cmake_build.hpp"
#include "matrix/kbuild_build.hpp"

namespace kcxx::matrix
{

std::unique_ptr<Builder> make_builder(const Project &project, BuildSettings settings)
{
	if (project.build == BuildSystem::cmake)
		return std::make_unique<CMakeBuilder>(project, std::move(settings));
	return std::make_unique<KbuildBuilder>(project, std::move(settings));
}

} // namespace kcxx::matrix
