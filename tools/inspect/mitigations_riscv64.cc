// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/little_endian.hpp"
#include "inspect/mitigations_of_arch.hpp"

#include <algorithm>

namespace kcxx
{

namespace
{

constexpr std::uint32_t shadow_grow = 0x00818193; // addi gp, gp, 8
constexpr size_t prologue_bytes = 24;             // NOPs of ftrace, then the shadow call stack

// lpad <label>: auipc zero, <label>, what Zicfilp makes a landing pad
bool is_landing_pad(std::string_view code)
{
	return (little_endian<std::uint32_t>(code, 0).value_or(0) & 0xfffU) == 0x017U;
}

// Instructions begin at every second byte.
bool grows_shadow_stack(std::string_view code)
{
	const auto prologue = code.substr(0, prologue_bytes);
	for (size_t at = 0; at + 4 <= prologue.size(); at += 2)
		if (little_endian<std::uint32_t>(prologue, at) == shadow_grow)
			return true;
	return false;
}

} // namespace

std::vector<Mitigation> riscv64_mitigations(const ModuleElf &module,
					    const std::vector<Function> &functions)
{
	const auto pointed_at = callable_by_pointer(module, functions);
	const auto landing = std::ranges::count_if(pointed_at, [](const Function &function) {
		return is_landing_pad(function.entry);
	});
	const auto shadowed = std::ranges::count_if(functions, [](const Function &function) {
		return grows_shadow_stack(function.bytes);
	});
	return {share("landing-pads", static_cast<std::uint64_t>(landing), pointed_at.size(),
		      "functions for pointers have an LPAD"),
		share("shadow-call-stack", static_cast<std::uint64_t>(shadowed), functions.size(),
		      "return addresses go there")};
}

} // namespace kcxx
