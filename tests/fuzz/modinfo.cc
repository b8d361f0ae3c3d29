// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The content of .modinfo, and a text of it on a terminal.
#include "module/modinfo.hpp"
#include "property.hpp"
#include "system/printable.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	const auto text = text_of(data, size);
	kcxx::ModuleElf module;
	module.sections.emplace_back();
	module.sections.push_back({.name = ".modinfo", .bytes = text});
	const kcxx::Modinfo modinfo(module);
	for (const auto &name : modinfo.depends())
		require(!name.empty() && !name.contains(',') && !name.contains('-'),
			"a dependency is one name");
	for (const auto *key : {"alias", "author", "description", "import_ns", "parm", "parmtype"})
		for (const auto &value : modinfo.all(key))
			require(text.contains(value), "a value is a part of the section");
	const auto line = kcxx::printable_line(text);
	for (const char byte : line)
		require(static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7f,
			"no control character is shown");
	require(kcxx::printable_line(line) == line, "a line that can be shown stays as it is");
	const auto lines = kcxx::printable(text);
	require(!lines.contains('\x1b') && !lines.contains('\r'), "no escape sequence is shown");
	require(kcxx::printable(lines) == lines, "lines that can be shown stay as they are");
	return 0;
}
