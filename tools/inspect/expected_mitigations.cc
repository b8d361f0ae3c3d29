// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/expected_mitigations.hpp"

#include <algorithm>
#include <array>
#include <fmt/core.h>

namespace kcxx
{

namespace
{

struct Expected {
	std::string_view name;
	std::array<std::string_view, 2> options; // before and after 6.9 renamed them
	bool everywhere;                         // a single function without it is a problem
};

// ibt, bti: local functions that are never called by pointer need no landing pad, and assembly may
// lack it.
constexpr std::array expected = {
	Expected{"retpolines", {"CONFIG_RETPOLINE", "CONFIG_MITIGATION_RETPOLINE"}, true},
	Expected{"return-thunks", {"CONFIG_RETHUNK", "CONFIG_MITIGATION_RETHUNK"}, true},
	Expected{"sls", {"CONFIG_SLS", "CONFIG_MITIGATION_SLS"}, true},
	Expected{"ibt", {"CONFIG_X86_KERNEL_IBT", "CONFIG_X86_KERNEL_IBT"}, false},
	Expected{"kcfi", {"CONFIG_CFI_CLANG", "CONFIG_CFI"}, false},
	Expected{"bti", {"CONFIG_ARM64_BTI_KERNEL", "CONFIG_ARM64_BTI_KERNEL"}, false},
	Expected{"pac", {"CONFIG_ARM64_PTR_AUTH_KERNEL", "CONFIG_ARM64_PTR_AUTH_KERNEL"}, false},
};

} // namespace

std::vector<Problem> check_mitigations(const std::vector<Mitigation> &mitigations,
				       const TargetKernel &kernel)
{
	std::vector<Problem> problems;
	for (const auto &[name, options, everywhere] : expected) {
		const auto found = std::ranges::find(mitigations, name, &Mitigation::name);
		const auto *const option = std::ranges::find_if(
			options, [&](std::string_view candidate) { return kernel.has(candidate); });
		if (found == mitigations.end() || option == options.end())
			continue;
		if (found->presence == Presence::no ||
		    (everywhere && found->presence == Presence::partial))
			problems.push_back({.gravity = Gravity::warning,
					    .kind = "missing-mitigation",
					    .subject = std::string(name),
					    .text = fmt::format("{}: the kernel has it ({}), the "
								"module not: {}",
								name, *option, found->evidence)});
	}
	return problems;
}

} // namespace kcxx
