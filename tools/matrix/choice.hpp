// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Chooses the kernels and the compilers of a matrix.
#pragma once

#include "matrix/model.hpp"
#include "system/error.hpp"

namespace kcxx::matrix
{

struct ChosenKernel {
	Kernel kernel;
	std::string label; // unique
};

/**
 * Returns the kernels of @patterns: releases, series (the newest kernel), globs of releases,
 * directories, or "all". No pattern means "all": the kernels of @have that modules can be built for
 * and, if @boots, that can be booted. The Error names the existing kernels.
 */
Result<std::vector<ChosenKernel>> choose_kernels(const std::vector<std::string> &patterns,
						 const std::vector<Kernel> &have, bool boots);

/**
 * Returns the compilers of @names, each once. "all" means each GCC and Clang that the check in
 * @kbuild finds in PATH; no name means "default".
 */
Result<std::vector<std::string>> choose_compilers(const std::vector<std::string> &names,
						  const std::filesystem::path &kbuild);

} // namespace kcxx::matrix
