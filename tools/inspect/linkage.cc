// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/linkage.hpp"

#include "system/byte_order.hpp"

#include <algorithm>
#include <array>
#include <elf.h>
#include <map>
#include <unordered_map>

namespace kcxx
{

namespace
{

using Versions = std::map<std::string, std::uint32_t, std::less<>>;

std::string string_in(std::string_view bytes, size_t offset)
{
	if (offset >= bytes.size())
		return {};
	const auto text = bytes.substr(offset);
	return std::string(text.substr(0, text.find('\0')));
}

// struct modversion_info: a long and the name, 64 bytes together
void read_basic_versions(std::string_view bytes, Versions &versions)
{
	constexpr size_t entry_size = 64;
	for (size_t at = 0; bytes.size() - at >= entry_size; at += entry_size) {
		const auto entry = bytes.substr(at, entry_size);
		if (const auto crc = little_endian<std::uint32_t>(entry, 0))
			versions.emplace(string_in(entry, 8), *crc);
	}
}

// Since 6.14: CRCs in one section, names of any length in another
void read_extended_versions(std::string_view crcs, std::string_view names, Versions &versions)
{
	for (size_t at = 0; !names.empty(); at += 4) {
		const auto crc = little_endian<std::uint32_t>(crcs, at);
		if (!crc)
			return;
		const auto name = names.substr(0, names.find('\0'));
		versions.emplace(name, *crc);
		names.remove_prefix(std::min(names.size(), name.size() + 1));
	}
}

Versions read_versions(const ModuleElf &module)
{
	Versions versions;
	if (const Section *basic = module.section("__versions"))
		read_basic_versions(basic->bytes, versions);
	const Section *crcs = module.section("__version_ext_crcs");
	const Section *names = module.section("__version_ext_names");
	if (crcs != nullptr && names != nullptr)
		read_extended_versions(crcs->bytes, names->bytes, versions);
	return versions;
}

// Returns whether @name is a symbol that the kernel's loader does not resolve.
bool is_linkers(std::string_view name)
{
	constexpr std::array<std::string_view, 3> names = {"", "_GLOBAL_OFFSET_TABLE_",
							   "__global_pointer$"};
	return std::ranges::find(names, name) != names.end();
}

constexpr size_t longest_name_space = 4096;

class Exports
{
public:
	explicit Exports(const ModuleElf &module) : module_(module)
	{
		for (const auto &symbol : module.symbols)
			by_name_.emplace(symbol.name, &symbol);
	}

	// Reads the export @name, whose __ksymtab_ symbol is @symbol.
	[[nodiscard]] Export read(const Symbol &symbol, const std::string &name,
				  const std::string &exporter) const
	{
		const Section *table = module_.section_of(symbol);
		return {.name = name,
			.exporter = exporter,
			.name_space = name_space(name),
			.crc = crc(name),
			.gpl_only = table != nullptr && table->name.contains("ksymtab_gpl")};
	}

private:
	[[nodiscard]] const Symbol *find(const std::string &name) const
	{
		const auto found = by_name_.find(name);
		return found != by_name_.end() ? found->second : nullptr;
	}

	[[nodiscard]] std::string name_space(const std::string &name) const
	{
		const Symbol *symbol = find("__kstrtabns_" + name);
		const Section *strings = symbol != nullptr ? module_.section_of(*symbol) : nullptr;
		// Many symbols can name the same long string, so its length is limited.
		return strings != nullptr && symbol->value < strings->bytes.size()
			       ? string_in(strings->bytes.substr(symbol->value, longest_name_space),
					   0)
			       : "";
	}

	[[nodiscard]] std::optional<std::uint32_t> crc(const std::string &name) const
	{
		const Symbol *symbol = find("__crc_" + name);
		if (symbol == nullptr)
			return std::nullopt;
		if (symbol->section == SHN_ABS) // before 5.19
			return static_cast<std::uint32_t>(symbol->value);
		const Section *table = module_.section_of(*symbol);
		return table != nullptr ? little_endian<std::uint32_t>(table->bytes, symbol->value)
					: std::nullopt;
	}

	const ModuleElf &module_; // NOLINT(*-ref-data-members): lives within one call
	std::unordered_map<std::string, const Symbol *> by_name_;
};

} // namespace

Linkage read_linkage(const ModuleElf &module, const std::string &name)
{
	constexpr std::string_view export_prefix = "__ksymtab_";
	const Versions versions = read_versions(module);
	const auto crc_of = [&](std::string_view symbol) -> std::optional<std::uint32_t> {
		const auto found = versions.find(symbol);
		return found != versions.end() ? std::optional(found->second) : std::nullopt;
	};
	const Exports exports(module);
	Linkage linkage{.layout_crc = crc_of("module_layout"), .has_versions = !versions.empty()};
	for (const auto &symbol : module.symbols) {
		if (symbol.section == SHN_UNDEF && !is_linkers(symbol.name))
			linkage.imports.push_back({.name = symbol.name,
						   .crc = crc_of(symbol.name),
						   .weak = symbol.binding == STB_WEAK});
		else if (symbol.section != SHN_UNDEF && symbol.name.starts_with(export_prefix))
			linkage.exports.push_back(exports.read(
				symbol, symbol.name.substr(export_prefix.size()), name));
	}
	std::ranges::sort(linkage.imports, {}, &Import::name);
	std::ranges::sort(linkage.exports, {}, &Export::name);
	return linkage;
}

} // namespace kcxx
