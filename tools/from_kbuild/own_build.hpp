// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A project's own build, in a copy, and the record of its calls of Kbuild.
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
	Flags kernel_flags;                     // flags of an object of an empty project
	bool succeeded = false;                 // Kbuild made all modules
	std::string command;                    // the command that called Kbuild
	std::string complaint;                  // the first error
	std::vector<std::string> install_steps; // steps of 'make install', except for modules
	bool dkms_differs = false;              // dkms.conf's MAKE has other modules or flags
};

/**
 * Lets the project in @copy build itself for @kernel: by its Makefile, else by the MAKE of its
 * dkms.conf, else by Kbuild alone. @kbuild is the folder of kcxx. Error: no way builds a module.
 */
Result<OwnBuild> build_itself(const WorkingCopy &copy, const Kernel &kernel,
			      const std::filesystem::path &kbuild,
			      const std::optional<DkmsConf> &dkms);

} // namespace kcxx::from_kbuild
