// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/mitigations.hpp"

#include "inspect/mitigations_of_arch.hpp"

#include <algorithm>
#include <elf.h>
#include <fmt/core.h>
#include <set>

namespace kcxx
{

namespace
{

std::uint64_t size_of(const ModuleElf &module, std::string_view name)
{
	std::uint64_t size = 0;
	for (const auto &section : module.sections)
		if (section.name == name && (section.flags & SHF_ALLOC) != 0)
			size += section.size;
	return size;
}

Mitigation ftrace(const ModuleElf &module, size_t functions)
{
	const auto sites = std::max(size_of(module, "__mcount_loc"),
				    size_of(module, "__patchable_function_entries")) /
			   sizeof(std::uint64_t);
	return share("ftrace-entries", sites, functions, "functions can be traced");
}

Mitigation stack_protector(const ModuleElf &module)
{
	const auto calls = count_references(
		module, [](std::string_view symbol) { return symbol == "__stack_chk_fail"; });
	if (calls == 0)
		return {.name = "stack-protector",
			.presence = Presence::unknown,
			.evidence = "no call of __stack_chk_fail: switched off, or no function "
				    "has an array to guard"};
	return {.name = "stack-protector",
		.presence = Presence::yes,
		.evidence = fmt::format("{} calls of __stack_chk_fail", calls),
		.count = calls};
}

Mitigation kcfi(const ModuleElf &module, const std::vector<Function> &functions)
{
	const auto traps = (size_of(module, ".kcfi_traps") / sizeof(std::uint32_t)) +
			   (module.machine == EM_AARCH64 ? arm64_kcfi_traps(functions) : 0);
	const auto types = static_cast<std::uint64_t>(
		std::ranges::count_if(module.symbols, [&](const Symbol &symbol) {
			return symbol.name.starts_with("__cfi_") &&
			       module.section_of(symbol) != nullptr;
		}));
	if (traps == 0 && types == 0) {
		// Except on x86, a module without indirect calls and typed symbols has no trace of
		// kCFI.
		const bool sure = module.machine == EM_X86_64 && !functions.empty();
		return {.name = "kcfi",
			.presence = sure ? Presence::no : Presence::unknown,
			.evidence = "no checked call and no typed function"};
	}
	return {.name = "kcfi",
		.presence = Presence::yes,
		.evidence = fmt::format("{} checked calls, {} typed functions", traps, types),
		.count = traps};
}

// Returns whether @name is no function of its own: padding or type before an entry, or a part moved
// elsewhere.
bool is_part(std::string_view name)
{
	return name.starts_with("__pfx_") || name.starts_with("__cfi_") || name.ends_with(".cold");
}

bool is_absolute(std::uint16_t machine, std::uint32_t type)
{
	if (machine == EM_X86_64)
		return type == R_X86_64_64 || type == R_X86_64_32 || type == R_X86_64_32S;
	if (machine == EM_AARCH64)
		return type == R_AARCH64_ABS64;
	return machine == EM_RISCV && type == R_RISCV_64;
}

// Returns whether @section is a table of code addresses that are not jump targets.
bool is_table(std::string_view section)
{
	return section == "__mcount_loc" || section == "__patchable_function_entries";
}

} // namespace

std::string_view to_string(Presence presence)
{
	switch (presence) {
	case Presence::no:
		return "no";
	case Presence::partial:
		return "partial";
	case Presence::yes:
		return "yes";
	case Presence::unknown:
		break;
	}
	return "unknown";
}

std::uint64_t count_references(const ModuleElf &module,
			       const std::function<bool(std::string_view)> &matches)
{
	std::uint64_t count = 0;
	for (const auto &section : module.sections)
		if (section.executable())
			for (const auto &relocation : section.relocations)
				if (relocation.symbol < module.symbols.size() &&
				    matches(module.symbols[relocation.symbol].name))
					++count;
	return count;
}

Mitigation share(std::string_view name, std::uint64_t count, std::uint64_t of,
		 std::string_view what)
{
	Presence presence = Presence::partial;
	if (of == 0)
		presence = Presence::unknown;
	else if (count == 0)
		presence = Presence::no;
	else if (count >= of)
		presence = Presence::yes;
	return {.name = name,
		.presence = presence,
		.evidence = fmt::format("{} of {} {}", count, of, what),
		.count = count,
		.of = of};
}

std::vector<Function> functions_of(const ModuleElf &module)
{
	std::vector<Function> functions;
	for (const auto &symbol : module.symbols) {
		const Section *section = module.section_of(symbol);
		if (symbol.type != STT_FUNC || section == nullptr || !section->executable() ||
		    is_part(symbol.name) || symbol.value >= section->bytes.size())
			continue;
		const auto entry = section->bytes.substr(symbol.value);
		functions.push_back(
			{.symbol = &symbol, .bytes = entry.substr(0, symbol.size), .entry = entry});
	}
	// Aliases count as one function.
	const auto where = [](const Function &function) { return function.entry.data(); };
	std::ranges::stable_sort(functions, {}, where);
	const auto [first, last] = std::ranges::unique(functions, {}, where);
	functions.erase(first, last);
	// Ends each function at the next one. Otherwise each of many could extend to the end of the
	// section.
	for (size_t next = 1; next < functions.size(); ++next) {
		auto &bytes = functions[next - 1].bytes;
		bytes = bytes.substr(
			0, static_cast<size_t>(functions[next].entry.data() - bytes.data()));
	}
	return functions;
}

std::vector<Function> callable_by_pointer(const ModuleElf &module,
					  const std::vector<Function> &functions)
{
	std::set<const char *> pointed_at;
	for (const auto &section : module.sections) {
		if (is_table(section.name))
			continue;
		for (const auto &relocation : section.relocations) {
			if (!is_absolute(module.machine, relocation.type) ||
			    relocation.symbol >= module.symbols.size())
				continue;
			const Symbol &symbol = module.symbols[relocation.symbol];
			const Section *target = module.section_of(symbol);
			const auto at =
				symbol.value + static_cast<std::uint64_t>(relocation.addend);
			if (target != nullptr && at < target->bytes.size())
				pointed_at.insert(target->bytes.data() + at);
		}
	}
	auto found = functions;
	std::erase_if(found, [&](const Function &function) {
		return function.symbol->binding == STB_LOCAL &&
		       !pointed_at.contains(function.entry.data());
	});
	return found;
}

std::vector<Mitigation> read_mitigations(const ModuleElf &module)
{
	const auto functions = functions_of(module);
	std::vector<Mitigation> found;
	if (module.machine == EM_X86_64)
		found = x86_mitigations(module, functions);
	else if (module.machine == EM_AARCH64)
		found = arm64_mitigations(module, functions);
	else if (module.machine == EM_RISCV)
		found = riscv64_mitigations(module, functions);
	found.push_back(stack_protector(module));
	found.push_back(kcfi(module, functions));
	found.push_back(ftrace(module, functions.size()));
	return found;
}

} // namespace kcxx
