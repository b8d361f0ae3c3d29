// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Which kernels and which compilers a matrix is made of.
#pragma once

#include "matrix/model.hpp"
#include "system/error.hpp"

namespace kcxx::matrix
{

struct ChosenKernel {
	Kernel kernel;
	std::string label; // no two are alike
};

/**
 * The kernels of @patterns: releases, series (the newest of it), globs of releases, directories, or
 * "all", which no pattern at all means too: those of @have that can be built for and, if @boots,
 * booted. The Error names the kernels there are.
 */
Result<std::vector<ChosenKernel>> choose_kernels(const std::vector<std::string> &patterns,
						 const std::vector<Kernel> &have, bool boots);

/**
 * The compilers of @names, each once, with "all" meaning each GCC and Clang in PATH as the check in
 * @kbuild finds them; "default" alone for none.
 */
Result<std::vector<std::string>> choose_compilers(const std::vector<std::string> &names,
						  const std::filesystem::path &kbuild);

} // namespace kcxx::matrix
