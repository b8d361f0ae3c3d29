// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The kernel a module is held against: what it exports, how it is configured, its vermagic.
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
	/** Reads the build directory of @kernel; an Error if it has no whole Module.symvers. */
	static Result<TargetKernel> read(const Kernel &kernel);

	[[nodiscard]] const Kernel &kernel() const { return kernel_; }

	/** As the kernel puts it together: "6.12.117+deb12-amd64 SMP preempt mod_unload ...". */
	[[nodiscard]] std::string vermagic() const;

	/** Whether the build directory has a configuration: without one, no option is known. */
	[[nodiscard]] bool is_configured() const { return !config_.empty(); }

	/** Whether @option ("CONFIG_MODVERSIONS") is y. */
	[[nodiscard]] bool has(std::string_view option) const;

	/** The symbol @name that vmlinux or a module of the kernel exports; nullptr if none. */
	[[nodiscard]] const Export *find(const std::string &name) const;

private:
	Kernel kernel_;
	std::map<std::string, std::string, std::less<>> config_;
	std::unordered_map<std::string, Export> exports_;
	std::string randstruct_seed_;
};

} // namespace kcxx
