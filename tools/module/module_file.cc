// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "module/module_file.hpp"

#include "kernels/kernel.hpp"

#include <elf.h>
#include <fmt/core.h>

namespace kcxx
{

Result<ModuleFile> read_module(const std::filesystem::path &path)
{
	constexpr std::string_view export_prefix = "__ksymtab_";
	const auto elf = TRY(read_module_elf(path));
	const Modinfo modinfo(elf);
	const auto vermagic = modinfo.first("vermagic");
	ModuleFile module{.path = path,
			  .name = modinfo.first("name"),
			  .vermagic = vermagic,
			  .release = vermagic.substr(0, vermagic.find(' ')),
			  .depends = modinfo.depends(),
			  .suites = modinfo.all("kunit_suite"),
			  .kunit = elf.section(".kunit_test_suites") != nullptr,
			  .machine = elf.machine};
	for (const auto &symbol : elf.symbols) {
		if (symbol.section == SHN_UNDEF)
			module.undefined.insert(symbol.name);
		else if (symbol.name.starts_with(export_prefix))
			module.exports.insert(symbol.name.substr(export_prefix.size()));
	}
	module.undefined.erase("");
	if (module.name.empty() || module.release.empty())
		return std::unexpected(
			no_module(path, "an object file without a module's name and vermagic"));
	if (!is_module_name(module.name))
		return std::unexpected(no_module(
			path, fmt::format("the name '{}', which no module can have", module.name)));
	if (!is_release(module.release))
		return std::unexpected(no_module(
			path, fmt::format("vermagic '{}', which begins with no release of a kernel",
					  vermagic)));
	return module;
}

} // namespace kcxx
