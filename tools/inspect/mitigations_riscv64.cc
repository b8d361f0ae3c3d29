// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/mitigations_of_arch.hpp"
#include "system/byte_order.hpp"

#include <algorithm>

namespace kcxx
{

namespace
{

// lpad <label> is auipc zero, <label>, which Zicfilp makes a landing pad.
bool is_landing_pad(std::string_view code)
{
	return (little_endian<std::uint32_t>(code, 0).value_or(0) & 0xfffU) == 0x017U;
}

// addi gp, gp, 8
bool grows_shadow_stack(std::uint32_t instruction)
{
	return instruction == 0x00818193U || instruction == 0x01a1U;
}

// sd ra, imm(sp)
bool stores_return_address(std::uint32_t instruction)
{
	return (instruction & 0x01fff07fU) == 0x00113023U ||
	       (instruction <= 0xffffU && (instruction & 0xe07fU) == 0xe006U);
}

// The lowest two bits give an instruction's length: 4 bytes if both are set, else 2.
bool has_instruction(const Function &function, auto matches)
{
	for (size_t at = 0; at + 2 <= function.bytes.size();) {
		std::uint32_t instruction =
			little_endian<std::uint16_t>(function.bytes, at).value_or(0);
		const bool wide = (instruction & 3U) == 3U;
		if (wide)
			instruction = little_endian<std::uint32_t>(function.bytes, at).value_or(0);
		if (matches(instruction))
			return true;
		at += wide ? 4 : 2;
	}
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
	// All other functions keep their return address in its register.
	auto saving = functions;
	std::erase_if(saving, [](const Function &function) {
		return !has_instruction(function, stores_return_address);
	});
	const auto shadowed = std::ranges::count_if(saving, [](const Function &function) {
		return has_instruction(function, grows_shadow_stack);
	});
	return {share("landing-pads", static_cast<std::uint64_t>(landing), pointed_at.size(),
		      "functions for pointers have an LPAD"),
		share("shadow-call-stack", static_cast<std::uint64_t>(shadowed), saving.size(),
		      "return addresses go there")};
}

} // namespace kcxx
