// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "module/source_places.hpp"

#include "module/demangle.hpp"
#include "system/pattern.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fmt/core.h>
#include <memory>

namespace kcxx
{

namespace
{

using Scopes = std::unique_ptr<Dwarf_Die[], decltype([](Dwarf_Die *scopes) { std::free(scopes); })>;

// Returns the declaration of @function: of the inlined one, then of the member function.
Dwarf_Die declaration_of(Dwarf_Die function)
{
	for (const unsigned int kind : {DW_AT_abstract_origin, DW_AT_specification}) {
		Dwarf_Attribute attribute;
		Dwarf_Die other;
		if (dwarf_formref_die(dwarf_attr(&function, kind, &attribute), &other) != nullptr)
			function = other;
	}
	return function;
}

// Returns "Pump::" for a member function of Pump.
std::string scope_of(Dwarf_Die declaration)
{
	Dwarf_Die *found = nullptr;
	const int count = dwarf_getscopes_die(&declaration, &found);
	const Scopes scopes(count > 0 ? found : nullptr);
	std::string text;
	for (int i = 1; i < count; ++i) {
		const int tag = dwarf_tag(&scopes[i]);
		if (tag != DW_TAG_class_type && tag != DW_TAG_structure_type &&
		    tag != DW_TAG_namespace)
			continue;
		const char *name = dwarf_diename(&scopes[i]);
		text.insert(0,
			    fmt::format("{}::", name != nullptr ? name : "(anonymous namespace)"));
	}
	return text;
}

// Returns the demangled name; without the types of the arguments where the debug information has no
// other.
std::string function_name(Dwarf_Die *function)
{
	Dwarf_Attribute attribute;
	if (dwarf_attr_integrate(function, DW_AT_linkage_name, &attribute) != nullptr)
		if (const char *name = dwarf_formstring(&attribute); name != nullptr)
			return demangled(name);
	const char *name = dwarf_diename(function);
	return name != nullptr ? scope_of(declaration_of(*function)) + name : "";
}

// Returns the place from which an inlined function is called.
SourcePlace call_of(Dwarf_Die *unit, Dwarf_Die *inlined)
{
	SourcePlace place;
	Dwarf_Attribute attribute;
	Dwarf_Word number = 0;
	Dwarf_Files *files = nullptr;
	size_t count = 0;
	if (dwarf_formudata(dwarf_attr(inlined, DW_AT_call_file, &attribute), &number) == 0 &&
	    dwarf_getsrcfiles(unit, &files, &count) == 0 && number < count)
		if (const char *file = dwarf_filesrc(files, number, nullptr, nullptr))
			place.file = file;
	if (dwarf_formudata(dwarf_attr(inlined, DW_AT_call_line, &attribute), &number) == 0)
		place.line = static_cast<int>(number);
	return place;
}

// Returns the address of @offset in the section @name.
std::optional<Dwarf_Addr> address_in_section(Dwfl_Module *module, const std::string &name,
					     Dwarf_Addr offset)
{
	Dwarf_Addr bias = 0;
	Elf *elf = dwfl_module_getelf(module, &bias);
	size_t names = 0;
	if (elf == nullptr || elf_getshdrstrndx(elf, &names) != 0)
		return std::nullopt;
	for (Elf_Scn *section = elf_nextscn(elf, nullptr); section != nullptr;
	     section = elf_nextscn(elf, section)) {
		GElf_Shdr header;
		if (gelf_getshdr(section, &header) == nullptr || offset > header.sh_size)
			continue;
		const char *found = elf_strptr(elf, names, header.sh_name);
		if (found != nullptr && name == found)
			return header.sh_addr + bias + offset;
	}
	return std::nullopt;
}

// Returns the address of @offset in the function @name, as the log has them. Several static
// functions may have one name: the first that is long enough counts. kcxx boot writes the name of a
// section (.text) where the kernel has forgotten the function's.
std::optional<Dwarf_Addr> address_of(Dwfl_Module *module, const std::string &name,
				     Dwarf_Addr offset)
{
	if (name.starts_with('.'))
		return address_in_section(module, name, offset);
	const int count = dwfl_module_getsymtab(module);
	for (int i = 0; i < count; ++i) {
		GElf_Sym symbol;
		GElf_Addr address = 0;
		const char *found = dwfl_module_getsym_info(module, i, &symbol, &address, nullptr,
							    nullptr, nullptr);
		if (found != nullptr && name == found && offset <= symbol.st_size)
			return address + offset;
	}
	return std::nullopt;
}

// Returns the unit whose code has @address. Clang writes no index of addresses (.debug_aranges),
// and libdw before 0.191 finds no unit without one.
Dwarf_Die *unit_of(Dwfl_Module *module, Dwarf_Addr address, Dwarf_Addr &bias)
{
	Dwarf_Die *unit = dwfl_module_addrdie(module, address, &bias);
	if (unit != nullptr)
		return unit;
	while ((unit = dwfl_module_nextcu(module, unit, &bias)) != nullptr)
		if (dwarf_haspc(unit, address - bias) > 0)
			return unit;
	return nullptr;
}

std::vector<SourcePlace> places_of(Dwfl_Module *module, Dwarf_Addr address)
{
	Dwarf_Addr bias = 0;
	Dwarf_Die *unit = unit_of(module, address, bias);
	Dwarf_Line *line = unit != nullptr ? dwarf_getsrc_die(unit, address - bias) : nullptr;
	if (line == nullptr)
		return {};
	SourcePlace place;
	if (const char *file = dwarf_linesrc(line, nullptr, nullptr))
		place.file = file;
	static_cast<void>(dwarf_lineno(line, &place.line));
	Dwarf_Die *found = nullptr;
	if (dwarf_getscopes(unit, address - bias, &found) <= 0)
		return {};
	// The first is the innermost; the others are those of its declaration, not of the code that
	// it is in.
	const Scopes innermost(found);
	const int count = dwarf_getscopes_die(innermost.get(), &found);
	const Scopes scopes(count > 0 ? found : nullptr);
	std::vector<SourcePlace> places;
	for (int i = 0; i < count; ++i) {
		const int tag = dwarf_tag(&scopes[i]);
		if (tag != DW_TAG_inlined_subroutine && tag != DW_TAG_subprogram)
			continue;
		place.function = function_name(&scopes[i]);
		places.push_back(place);
		if (tag == DW_TAG_subprogram)
			break;
		place = call_of(unit, &scopes[i]);
	}
	return places;
}

// Builds outside of a project's own directory compile links to its sources.
void follow_link(SourcePlace &place)
{
	std::error_code error;
	if (const auto file = std::filesystem::canonical(place.file, error); !error)
		place.file = file.string();
}

} // namespace

std::string SourcePlace::text() const
{
	return fmt::format("{}:{}", file, line) + (function.empty() ? "" : ", in " + function);
}

SourcePlaces::SourcePlaces(const std::vector<ModuleFile> &modules)
{
	for (const auto &module : modules)
		if (module.given)
			modules_[module.name].path = module.path;
}

const DebugInfo *SourcePlaces::information_of(const std::string &module)
{
	const auto found = modules_.find(module);
	if (found == modules_.end())
		return nullptr;
	auto &one = found->second;
	if (!std::exchange(one.is_read, true))
		if (const auto elf = read_module_elf(one.path))
			one.information = DebugInfo::of(*elf);
	return one.information ? &*one.information : nullptr;
}

std::vector<SourcePlace> SourcePlaces::of_line(std::string_view line)
{
	static const auto pattern = Pattern::compile(
		R"(([A-Za-z_.$][\w.$]*)\+0x([0-9a-f]+)(?:/0x[0-9a-f]+)? \[([A-Za-z0-9_]+)[^\]]*\])");
	const auto groups = pattern->groups_in(line);
	const auto *information = groups.empty() ? nullptr : information_of(groups[2]);
	if (information == nullptr)
		return {};
	Dwarf_Addr offset = 0;
	std::from_chars(groups[1].data(), groups[1].data() + groups[1].size(), offset, 16);
	// A line of the call trace has the address behind the call.
	const bool is_current =
		line.contains("RIP:") || line.contains("pc :") || line.contains("epc :");
	if (!is_current && offset > 0)
		--offset;
	const auto address = address_of(information->module(), groups[0], offset);
	auto places =
		address ? places_of(information->module(), *address) : std::vector<SourcePlace>{};
	std::ranges::for_each(places, follow_link);
	// The debug information does not have the whole name of each function.
	if (!places.empty() && !groups[0].starts_with('.'))
		places.back().function = demangled(groups[0].substr(0, groups[0].find('.')));
	return places;
}

} // namespace kcxx
