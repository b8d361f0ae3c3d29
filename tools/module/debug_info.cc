// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "module/debug_info.hpp"

#include "system/byte_order.hpp"

#include <algorithm>
#include <cstddef>
#include <elf.h>
#include <string_view>

namespace kcxx
{

namespace
{

// Keeps libdwfl from reading separate debug information on this machine.
int no_debug_file(Dwfl_Module *, void **, const char *, Dwarf_Addr, const char *, const char *,
		  GElf_Word, char **)
{
	return -1;
}

// Returns the unpacked size of the compressed debug sections of @module, by their headers.
std::uintmax_t unpacked_size(const ModuleElf &module)
{
	constexpr std::string_view gnu_magic = "ZLIB"; // before the size, big-endian, in .zdebug_*
	std::uintmax_t size = 0;
	const auto add = [&](std::uint64_t more) { size += std::min(more, module_limit + 1); };
	for (const auto &section : module.sections) {
		if ((section.flags & SHF_COMPRESSED) != 0)
			add(little_endian<std::uint64_t>(section.bytes,
							 offsetof(Elf64_Chdr, ch_size))
				    .value_or(0));
		else if (section.bytes.starts_with(gnu_magic))
			add(big_endian(
				section.bytes.substr(gnu_magic.size(), sizeof(std::uint64_t))));
	}
	return size;
}

} // namespace

std::optional<DebugInfo> DebugInfo::of(const ModuleElf &module)
{
	if (module.section(".debug_info") == nullptr || unpacked_size(module) > module_limit)
		return std::nullopt;
	static constexpr Dwfl_Callbacks callbacks{.find_elf = nullptr,
						  .find_debuginfo = no_debug_file,
						  .section_address = dwfl_offline_section_address,
						  .debuginfo_path = nullptr};
	auto copy = std::make_unique<std::string>(*module.bytes); // libdwfl relocates this copy
	Session session(dwfl_begin(&callbacks));
	Dwfl_Module *reported = dwfl_report_offline_memory(session.get(), "module", "module",
							   copy->data(), copy->size());
	if (reported == nullptr || dwfl_report_end(session.get(), nullptr, nullptr) != 0)
		return std::nullopt;
	return DebugInfo{std::move(copy), std::move(session), reported};
}

} // namespace kcxx
