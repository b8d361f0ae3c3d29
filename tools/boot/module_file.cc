// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/module_file.hpp"

#include "boot/elf_handle.hpp"
#include "system/decompress.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <sstream>

namespace kcxx
{

namespace
{

Error unreadable(const std::filesystem::path &path, std::string found)
{
	return {.status = ExitStatus::input,
		.what = "cannot use " + path.string(),
		.found = std::move(found),
		.needed = "a kernel module (.ko), as the kernel's build makes it"};
}

void read_modinfo(std::string_view text, ModuleFile &module)
{
	while (!text.empty()) {
		const auto entry = text.substr(0, text.find('\0'));
		text.remove_prefix(std::min(text.size(), entry.size() + 1));
		const auto equals = entry.find('=');
		if (equals == std::string_view::npos)
			continue;
		const auto key = entry.substr(0, equals);
		const std::string value(entry.substr(equals + 1));
		if (key == "name")
			module.name = value;
		else if (key == "vermagic")
			module.release = value.substr(0, value.find(' '));
		else if (key == "depends")
			for (std::istringstream names(value);
			     std::getline(names, module.depends.emplace_back(), ',');)
				;
	}
	std::erase(module.depends, "");
	std::ranges::transform(module.depends, module.depends.begin(), module_name);
}

void read_symbols(Elf *elf, Elf_Scn *section, const GElf_Shdr &header, ModuleFile &module)
{
	constexpr std::string_view export_prefix = "__ksymtab_";
	Elf_Data *data = elf_getdata(section, nullptr);
	if (data == nullptr || header.sh_entsize == 0)
		return;
	const auto count = static_cast<int>(header.sh_size / header.sh_entsize);
	for (int index = 1; index < count; ++index) {
		GElf_Sym symbol;
		if (gelf_getsym(data, index, &symbol) == nullptr)
			break;
		const char *raw = elf_strptr(elf, header.sh_link, symbol.st_name);
		const std::string_view name = raw != nullptr ? raw : "";
		if (symbol.st_shndx == SHN_UNDEF)
			module.undefined.emplace(name);
		else if (name.starts_with(export_prefix))
			module.exports.emplace(name.substr(export_prefix.size()));
	}
}

} // namespace

std::string module_name(std::string_view name)
{
	std::string result(name);
	std::ranges::replace(result, '-', '_');
	return result;
}

Result<std::string> module_bytes(const std::filesystem::path &path)
{
	const auto raw = read_file(path);
	return raw ? decompress(*raw) : raw;
}

Result<ModuleFile> read_module(const std::filesystem::path &path)
{
	auto bytes = module_bytes(path);
	if (!bytes)
		return std::unexpected(unreadable(path, bytes.error().what));
	elf_version(EV_CURRENT);
	const ElfHandle elf(elf_memory(bytes->data(), bytes->size()));
	GElf_Ehdr header;
	if (!elf || gelf_getehdr(elf.get(), &header) == nullptr)
		return std::unexpected(unreadable(path, "no ELF file"));
	if (header.e_type != ET_REL)
		return std::unexpected(unreadable(path, "an ELF file, but not a relocatable one"));

	ModuleFile module{.path = path, .machine = header.e_machine};
	size_t names = 0;
	elf_getshdrstrndx(elf.get(), &names);
	for (Elf_Scn *section = elf_nextscn(elf.get(), nullptr); section != nullptr;
	     section = elf_nextscn(elf.get(), section)) {
		GElf_Shdr section_header;
		if (gelf_getshdr(section, &section_header) == nullptr)
			continue;
		const char *name = elf_strptr(elf.get(), names, section_header.sh_name);
		if (section_header.sh_type == SHT_SYMTAB) {
			read_symbols(elf.get(), section, section_header, module);
		} else if (name != nullptr && std::string_view(name) == ".modinfo") {
			if (const Elf_Data *data = elf_rawdata(section, nullptr); data != nullptr)
				read_modinfo({static_cast<const char *>(data->d_buf), data->d_size},
					     module);
		}
	}
	if (module.name.empty() || module.release.empty())
		return std::unexpected(
			unreadable(path, "an object file without a module's name and vermagic"));
	return module;
}

} // namespace kcxx
