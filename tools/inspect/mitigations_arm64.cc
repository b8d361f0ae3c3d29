// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/mitigations_of_arch.hpp"
#include "system/byte_order.hpp"

#include <algorithm>

namespace kcxx
{

namespace
{

constexpr std::uint32_t bti_c = 0xd503245f;
constexpr std::uint32_t bti_jc = 0xd50324df;
constexpr std::uint32_t paciasp = 0xd503233f;
constexpr std::uint32_t pacibsp = 0xd503237f;
constexpr std::uint32_t shadow_push = 0xf800865e; // str x30, [x18], #8
constexpr std::uint32_t ret = 0xd65f03c0;
constexpr std::uint32_t sb = 0xd50330ff;
constexpr std::uint32_t dsb_sy = 0xd5033f9f;

std::uint32_t word(std::string_view code, size_t index)
{
	return little_endian<std::uint32_t>(code, index * 4).value_or(0);
}

bool is_bti(std::uint32_t word)
{
	return word == bti_c || word == bti_jc;
}

// The instruction of PAC is a landing pad, too.
bool is_landing_pad(std::uint32_t word)
{
	return is_bti(word) || word == paciasp || word == pacibsp;
}

// stp x29, x30, [sp, #imm], with or without "!": a frame, and the return address in it
bool saves_return_address(std::uint32_t word)
{
	const auto instruction = word & 0xffc07fffU;
	return instruction == 0xa9807bfdU || instruction == 0xa9007bfdU;
}

bool has_word(const Function &function, auto matches)
{
	for (size_t index = 0; index < function.bytes.size() / 4; ++index)
		if (matches(word(function.bytes, index)))
			return true;
	return false;
}

std::uint64_t count(const std::vector<Function> &functions, auto matches)
{
	return static_cast<std::uint64_t>(std::ranges::count_if(functions, matches));
}

} // namespace

// BRK with an immediate of 0x8000 to 0x83ff, <asm/brk-imm.h>
std::uint64_t arm64_kcfi_traps(const std::vector<Function> &functions)
{
	std::uint64_t traps = 0;
	for (const auto &function : functions)
		for (size_t index = 0; index < function.bytes.size() / 4; ++index)
			if ((word(function.bytes, index) & 0xffff801fU) == 0xd4300000U)
				++traps;
	return traps;
}

std::vector<Mitigation> arm64_mitigations(const ModuleElf &module,
					  const std::vector<Function> &functions)
{
	const auto pointed_at = callable_by_pointer(module, functions);
	const auto landing = count(pointed_at, [](const Function &function) {
		return is_landing_pad(word(function.entry, 0));
	});
	// All other functions keep their return address in its register.
	auto saving = functions;
	std::erase_if(saving, [](const Function &function) {
		return !has_word(function, saves_return_address);
	});
	const auto signing = count(saving, [](const Function &function) {
		return has_word(function,
				[](auto word) { return word == paciasp || word == pacibsp; });
	});
	const auto shadowed = count(saving, [](const Function &function) {
		return has_word(function, [](auto word) { return word == shadow_push; });
	});
	std::uint64_t returns = 0;
	std::uint64_t stopped = 0;
	for (const auto &function : functions) {
		for (size_t index = 0; index < function.bytes.size() / 4; ++index) {
			if (word(function.bytes, index) != ret)
				continue;
			++returns;
			const auto next = word(function.entry, index + 1);
			if (next == sb || next == dsb_sy)
				++stopped;
		}
	}
	// The instruction of PAC at an entry proves BTI only if another function has a BTI
	// instruction.
	const bool uses_bti = std::ranges::any_of(pointed_at, [](const Function &function) {
		return is_bti(word(function.entry, 0));
	});
	return {share("bti", uses_bti || landing == pointed_at.size() ? landing : 0,
		      pointed_at.size(), "functions for pointers have a BTI"),
		share("pac", signing, saving.size(), "saved return addresses are signed"),
		share("shadow-call-stack", shadowed, saving.size(), "return addresses go there"),
		share("sls", stopped, returns, "returns have a barrier behind them")};
}

} // namespace kcxx
