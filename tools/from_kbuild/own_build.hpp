// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A project's own build, in a copy, and what Kbuild was asked to build there.
#pragma once

#include "from_kbuild/dkms_conf.hpp"
#include "from_kbuild/record.hpp"
#include "from_kbuild/working_copy.hpp"
#include "kernels/kernel.hpp"
#include "system/error.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kcxx::from_kbuild
{

struct OwnBuild {
	Record record;
	Flags kernel_flags;                     // those of an object of an empty project
	bool succeeded = false;                 // Kbuild made all modules
	std::string command;                    // that led to Kbuild
	std::string complaint;                  // the first error
	std::vector<std::string> install_steps; // of 'make install', without those for modules
	bool dkms_differs = false;              // dkms.conf's MAKE has other modules or flags
};

/**
 * Lets the project in @copy build itself for @kernel: by its Makefile, else as its dkms.conf asks
 * for, else by Kbuild alone. @kbuild is the folder of kcxx. Error: no way leads to a module.
 */
Result<OwnBuild> build_itself(const WorkingCopy &copy, const Kernel &kernel,
			      const std::filesystem::path &kbuild,
			      const std::optional<DkmsConf> &dkms);

} // namespace kcxx::from_kbuild
