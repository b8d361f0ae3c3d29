// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "module/module_elf.hpp"

#include "module/elf_handle.hpp"
#include "system/decompress.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace kcxx
{

namespace
{

// Reads the names of sections and symbols. Many symbols can name the same long string, so all names
// together have a limit: the time to read them is proportional to the size of the file.
class Names
{
public:
	explicit Names(size_t file_size) : left_(names_per_byte * file_size) {}

	// Returns the string at @offset of the string table @table; empty if there is none.
	std::string read(std::string_view table, size_t offset)
	{
		const auto rest = table.substr(std::min(offset, table.size()));
		const auto end = rest.substr(0, left_).find('\0');
		if (end == std::string_view::npos) {
			left_ -= std::min(left_, rest.size());
			return {};
		}
		left_ -= end;
		return std::string(rest.substr(0, end));
	}

	[[nodiscard]] bool exhausted() const { return left_ == 0; }

private:
	static constexpr size_t names_per_byte = 16; // a module in C++ has three

	size_t left_;
};

// Returns the part of @file that is the section of @header; an Error if it is not within the file.
Result<std::string_view> content(std::string_view file, const GElf_Shdr &header)
{
	if (header.sh_type == SHT_NOBITS || header.sh_type == SHT_NULL)
		return std::string_view();
	if (header.sh_offset > file.size() || header.sh_size > file.size() - header.sh_offset)
		return std::unexpected(Error{});
	return file.substr(header.sh_offset, header.sh_size);
}

std::vector<Symbol> read_symbols(Elf_Scn *scn, const GElf_Shdr &header, std::string_view strings,
				 Names &names)
{
	std::vector<Symbol> symbols;
	Elf_Data *data = elf_getdata(scn, nullptr);
	if (data == nullptr || header.sh_entsize == 0)
		return symbols;
	const auto count = header.sh_size / header.sh_entsize;
	for (std::uint64_t index = 0; index < count && !names.exhausted(); ++index) {
		GElf_Sym symbol;
		if (gelf_getsym(data, static_cast<int>(index), &symbol) == nullptr)
			break;
		symbols.push_back(
			{.name = names.read(strings, symbol.st_name),
			 .value = symbol.st_value,
			 .size = symbol.st_size,
			 .section = symbol.st_shndx,
			 .type = static_cast<unsigned char>(GELF_ST_TYPE(symbol.st_info)),
			 .binding = static_cast<unsigned char>(GELF_ST_BIND(symbol.st_info))});
	}
	return symbols;
}

std::vector<Relocation> read_relocations(Elf_Scn *scn, const GElf_Shdr &header)
{
	std::vector<Relocation> relocations;
	Elf_Data *data = elf_getdata(scn, nullptr);
	if (data == nullptr || header.sh_entsize == 0)
		return relocations;
	const auto count = header.sh_size / header.sh_entsize;
	for (std::uint64_t index = 0; index < count; ++index) {
		GElf_Rela relocation;
		if (gelf_getrela(data, static_cast<int>(index), &relocation) == nullptr)
			break;
		relocations.push_back(
			{.offset = relocation.r_offset,
			 .type = static_cast<std::uint32_t>(GELF_R_TYPE(relocation.r_info)),
			 .symbol = static_cast<std::uint32_t>(GELF_R_SYM(relocation.r_info)),
			 .addend = relocation.r_addend});
	}
	return relocations;
}

// Returns false if a section is outside of the file, or sections overlap, so that readers of all
// sections read no byte twice.
bool read_headers(Elf *elf, ModuleElf &module, Names &names)
{
	size_t strings_index = 0;
	GElf_Shdr header;
	elf_getshdrstrndx(elf, &strings_index);
	if (gelf_getshdr(elf_getscn(elf, strings_index), &header) == nullptr)
		return false;
	const auto strings = content(*module.bytes, header);
	if (!strings)
		return false;
	size_t left = module.bytes->size();
	module.sections.emplace_back(); // index 0 is not a section
	for (Elf_Scn *scn = elf_nextscn(elf, nullptr); scn != nullptr && !names.exhausted();
	     scn = elf_nextscn(elf, scn)) {
		if (gelf_getshdr(scn, &header) == nullptr)
			return false;
		const auto bytes = content(*module.bytes, header);
		if (!bytes || bytes->size() > left)
			return false;
		left -= bytes->size();
		module.sections.push_back({.name = names.read(*strings, header.sh_name),
					   .type = header.sh_type,
					   .flags = header.sh_flags,
					   .size = header.sh_size,
					   .applies_to = header.sh_info,
					   .bytes = *bytes});
	}
	return true;
}

// Returns false if a section or a name is invalid.
bool read_sections(Elf *elf, ModuleElf &module)
{
	Names names(module.bytes->size());
	if (!read_headers(elf, module, names))
		return false;
	for (Elf_Scn *scn = elf_nextscn(elf, nullptr); scn != nullptr;
	     scn = elf_nextscn(elf, scn)) {
		GElf_Shdr header;
		if (gelf_getshdr(scn, &header) == nullptr)
			return false;
		if (header.sh_type == SHT_SYMTAB && module.symbols.empty() &&
		    header.sh_link < module.sections.size())
			module.symbols = read_symbols(scn, header,
						      module.sections[header.sh_link].bytes, names);
		if (header.sh_type != SHT_RELA || header.sh_info >= module.sections.size())
			continue;
		if (Section &target = module.sections[header.sh_info];
		    (target.flags & SHF_ALLOC) != 0)
			target.relocations = read_relocations(scn, header);
	}
	return !names.exhausted();
}

// The section headers are at the end of a .ko, so every truncated file lacks them.
bool cut_off(Elf *elf, const GElf_Ehdr &header, size_t size)
{
	size_t count = 0;
	return elf_getshdrnum(elf, &count) != 0 || header.e_shoff > size ||
	       count > (size - header.e_shoff) / std::max<size_t>(header.e_shentsize, 1);
}

} // namespace

bool Section::executable() const
{
	return type == SHT_PROGBITS && (flags & SHF_ALLOC) != 0 && (flags & SHF_EXECINSTR) != 0;
}

const Section *ModuleElf::section(std::string_view name) const
{
	const auto found = std::ranges::find(sections, name, &Section::name);
	return found != sections.end() ? &*found : nullptr;
}

const Section *ModuleElf::section_of(const Symbol &symbol) const
{
	return symbol.section != SHN_UNDEF && symbol.section < sections.size()
		       ? &sections[symbol.section]
		       : nullptr;
}

Error no_module(const std::filesystem::path &path, std::string found)
{
	return {.status = ExitStatus::input,
		.what = "cannot use " + path.string(),
		.found = std::move(found),
		.needed = "a kernel module (.ko), as the kernel's build makes it"};
}

Result<std::string> module_bytes(const std::filesystem::path &path)
{
	std::error_code error;
	if (const auto size = std::filesystem::file_size(path, error);
	    !error && size > module_limit)
		return std::unexpected(
			Error{.what = fmt::format("a file of {}, more than {}", mebibytes(size),
						  mebibytes(module_limit))});
	const auto raw = read_file(path);
	return raw ? decompress(*raw, module_limit) : raw;
}

Result<ModuleElf> read_module_elf(const std::filesystem::path &path)
{
	if (std::error_code error; std::filesystem::is_empty(path, error) && !error)
		return std::unexpected(no_module(path, std::filesystem::is_directory(path, error)
							       ? "an empty directory"
							       : "an empty file"));
	auto bytes = module_bytes(path);
	if (!bytes)
		return std::unexpected(no_module(path, bytes.error().what));
	elf_version(EV_CURRENT);
	const auto file = std::make_shared<std::string>(std::move(*bytes));
	const ElfHandle elf(elf_memory(file->data(), file->size()));
	GElf_Ehdr header;
	if (!elf || elf_kind(elf.get()) != ELF_K_ELF || gelf_getehdr(elf.get(), &header) == nullptr)
		return std::unexpected(no_module(path, "no ELF file"));
	if (header.e_type != ET_REL)
		return std::unexpected(no_module(path, "an ELF file, but not a relocatable one"));
	ModuleElf module{.path = path,
			 .bytes = file,
			 .machine = header.e_machine,
			 .elf64_le = header.e_ident[EI_CLASS] == ELFCLASS64 &&
				     header.e_ident[EI_DATA] == ELFDATA2LSB};
	if (cut_off(elf.get(), header, module.bytes->size()) || !read_sections(elf.get(), module))
		return std::unexpected(no_module(path, "an ELF file that was cut off or damaged"));
	return module;
}

} // namespace kcxx
