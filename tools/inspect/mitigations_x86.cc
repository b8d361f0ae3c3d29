// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/mitigations_of_arch.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace kcxx
{

namespace
{

using namespace std::string_view_literals;

constexpr auto endbr64 = "\xf3\x0f\x1e\xfa"sv;
constexpr char int3 = '\xcc';
constexpr char near_ret = '\xc3';
constexpr char jmp_rel32 = '\xe9';
constexpr char jmp_rel8 = '\xeb';

// The end of a function. Only there does the position show which instruction a byte belongs to.
struct Ending {
	bool bare_ret = false;
	bool bare_jump = false; // jmp *%register
	bool int3_after = false;
};

// A displacement's last byte is its highest: in a module it is 0 or 0xff, never that of ret or jmp
// *%register, unless the displacement has one byte.
Ending ending_of(std::string_view code)
{
	Ending ending;
	while (code.ends_with(int3)) {
		code.remove_suffix(1);
		ending.int3_after = true;
	}
	if (code.empty() || (code.size() > 1 && code[code.size() - 2] == jmp_rel8))
		return {};
	ending.bare_ret = code.back() == near_ret;
	ending.bare_jump = code.size() > 1 && code[code.size() - 2] == '\xff' &&
			   (static_cast<unsigned char>(code.back()) & 0xf8U) == 0xe0U;
	return ending;
}

struct Returns {
	std::uint64_t thunks = 0;      // jumps to the return thunk
	std::uint64_t bare = 0;        // functions that end in ret
	std::uint64_t bare_jumps = 0;  // functions that end in jmp *%register
	std::uint64_t bare_memory = 0; // jmp or call *symbol, which the kernel does not patch
	std::uint64_t stopped = 0;     // bare returns and jumps with int3 after them
};

// Returns whether @before, the bytes before a relocation, ends with the opcode of CALL or JMP
// through memory.
bool is_indirect_branch(std::string_view before)
{
	return before.ends_with("\xff\x15"sv) || before.ends_with("\xff\x25"sv) ||
	       before.ends_with("\xff\x14\x25"sv) || before.ends_with("\xff\x24\x25"sv);
}

void count_relocated(const ModuleElf &module, Returns &returns)
{
	for (const auto &section : module.sections) {
		if (!section.executable())
			continue;
		for (const auto &relocation : section.relocations) {
			const auto at = relocation.offset;
			if (relocation.symbol >= module.symbols.size() || at > section.bytes.size())
				continue;
			const auto &symbol = module.symbols[relocation.symbol].name;
			const auto before = section.bytes.substr(0, at);
			if (symbol == "__x86_return_thunk" && before.ends_with(jmp_rel32))
				++returns.thunks;
			else if (is_indirect_branch(before) && symbol != "pv_ops")
				++returns.bare_memory;
		}
	}
}

Returns count_returns(const ModuleElf &module, const std::vector<Function> &functions)
{
	Returns returns;
	count_relocated(module, returns);
	for (const auto &function : functions) {
		const auto ending = ending_of(function.bytes);
		if (ending.bare_ret)
			++returns.bare;
		if (ending.bare_jump)
			++returns.bare_jumps;
		if ((ending.bare_ret || ending.bare_jump) && ending.int3_after)
			++returns.stopped;
	}
	return returns;
}

Mitigation return_thunks(const Returns &returns)
{
	Presence presence = Presence::yes;
	if (returns.thunks == 0)
		presence = returns.bare != 0 ? Presence::no : Presence::unknown;
	else if (returns.bare != 0)
		presence = Presence::partial;
	return {.name = "return-thunks",
		.presence = presence,
		.evidence = fmt::format("{} returns by thunk, {} functions end in a bare RET",
					returns.thunks, returns.bare),
		.count = returns.thunks,
		.of = returns.thunks + returns.bare};
}

Mitigation retpolines(const ModuleElf &module, const Returns &returns)
{
	const auto thunks = count_references(module, [](std::string_view symbol) {
		return symbol.starts_with("__x86_indirect_");
	});
	const auto bare = returns.bare_jumps + returns.bare_memory;
	Presence presence = Presence::unknown;
	if (bare != 0)
		presence = thunks != 0 ? Presence::partial : Presence::no;
	else if (thunks != 0)
		presence = Presence::yes;
	std::string evidence = fmt::format("{} indirect branches by thunk", thunks);
	if (bare != 0)
		evidence += fmt::format(", {} bare ones at least", bare);
	else if (thunks == 0)
		evidence += "; whether there are bare ones, only a part shows";
	return {.name = "retpolines",
		.presence = presence,
		.evidence = std::move(evidence),
		.count = thunks};
}

// Straight-line speculation. A direct jump to a thunk needs no barrier: the thunk has it.
Mitigation sls(const Returns &returns)
{
	const auto bare = returns.bare + returns.bare_jumps;
	if (bare != 0)
		return share("sls", returns.stopped, bare, "bare RETs and JMPs end in an INT3");
	return {.name = "sls",
		.presence = returns.thunks != 0 ? Presence::yes : Presence::unknown,
		.evidence = "no function ends in a bare RET or JMP"};
}

} // namespace

std::vector<Mitigation> x86_mitigations(const ModuleElf &module,
					const std::vector<Function> &functions)
{
	const auto returns = count_returns(module, functions);
	const auto pointed_at = callable_by_pointer(module, functions);
	const auto marked = std::ranges::count_if(pointed_at, [](const Function &function) {
		return function.entry.starts_with(endbr64);
	});
	return {retpolines(module, returns), return_thunks(returns),
		share("ibt", static_cast<std::uint64_t>(marked), pointed_at.size(),
		      "functions for pointers have an ENDBR64"),
		sls(returns)};
}

} // namespace kcxx
