// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The kernel that a module is checked against: its exports, its configuration, its vermagic.
#pragma once

#include "inspect/linkage.hpp"
#include "kernels/kernel.hpp"
#include "system/error.hpp"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kcxx
{

class TargetKernel
{
public:
	/** Reads the build directory of @kernel; an Error if it has no complete Module.symvers. */
	static Result<TargetKernel> read(const Kernel &kernel);

	[[nodiscard]] const Kernel &kernel() const { return kernel_; }

	/** Returns the kernel's vermagic: "6.12.117+deb12-amd64 SMP preempt mod_unload ...". */
	[[nodiscard]] std::string vermagic() const;

	/** Returns whether the build directory has a configuration: without it, all options are
	 * unknown. */
	[[nodiscard]] bool is_configured() const { return !config_.empty(); }

	/** Returns whether @option ("CONFIG_MODVERSIONS") is y. */
	[[nodiscard]] bool has(std::string_view option) const;

	/** Returns the symbol @name that vmlinux or a module of the kernel exports; nullptr if
	 * there is none. */
	[[nodiscard]] const Export *find(const std::string &name) const;

private:
	Kernel kernel_;
	std::map<std::string, std::string, std::less<>> config_;
	std::unordered_map<std::string, Export> exports_;
	std::string randstruct_seed_;
};

} // namespace kcxx
