// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Information about a module, and its exports. C API: <linux/module.h>,
/// <linux/export.h>. The macros have the kernel's names and stand at namespace
/// scope; modinfo(8) shows the result.

#pragma once

#include <cstddef>
#include <initializer_list>

#define KCXX_CONCAT_(a, b) a##b
#define KCXX_CONCAT(a, b) KCXX_CONCAT_(a, b)
#define KCXX_UNIQUE(name) KCXX_CONCAT(kcxx_##name##_, __COUNTER__)

/// One "tag=value" string in the section that modpost and the loader read
#define MODULE_INFO(tag, value)                                                                    \
	[[gnu::section(".modinfo"), gnu::used, gnu::aligned(1)]] static const char KCXX_UNIQUE(    \
		modinfo_##tag)[] = #tag "=" value

#define MODULE_LICENSE(name) MODULE_INFO(license, name)         ///< "GPL", "Dual MIT/GPL", …
#define MODULE_AUTHOR(name) MODULE_INFO(author, name)           ///< one for each author
#define MODULE_DESCRIPTION(text) MODULE_INFO(description, text) ///< the module's purpose
#define MODULE_VERSION(text) MODULE_INFO(version, text)         ///< gives a srcversion too
#define MODULE_ALIAS(name) MODULE_INFO(alias, name)             ///< another name for modprobe
#define MODULE_FIRMWARE(file) MODULE_INFO(firmware, file)       ///< a file that it requests
#define MODULE_SOFTDEP(text) MODULE_INFO(softdep, text)         ///< "pre: a post: b"

namespace kernel::detail
{

/// "import_ns=" and `name`, with or without the quotes that Linux 6.13 wants around it
template <std::size_t Size>
struct ImportedNamespace {
	// NOLINTNEXTLINE(*-avoid-c-arrays): a section's raw content
	char bytes[sizeof("import_ns=") - 1 + Size]{};

	consteval explicit ImportedNamespace(const char *name)
	{
		std::size_t at = 0;
		for (const char *part : {"import_ns=", name})
			for (; *part != '\0'; ++part)
				if (*part != '"')
					bytes[at++] = *part;
	}
};

consteval std::size_t unquoted_size(const char *name)
{
	std::size_t size = 1;
	for (; *name != '\0'; ++name)
		size += *name != '"' ? 1 : 0;
	return size;
}

/// A record for kbuild/export-symbols.sh: three strings, each NUL-terminated
template <std::size_t Size>
struct ExportRecord {
	char bytes[Size]{}; // NOLINT(*-avoid-c-arrays): a section's raw content
};

/// The compiler's spelling of the type of an exported function or variable
template <typename Type>
consteval auto type_spelling()
{
	return __PRETTY_FUNCTION__;
}

consteval std::size_t length(const char *string)
{
	std::size_t count = 0;
	while (string[count] != '\0')
		++count;
	return count;
}

template <std::size_t Size>
consteval ExportRecord<Size> export_record(const char *name, const char *licence, const char *type)
{
	ExportRecord<Size> record;
	std::size_t at = 0;
	for (const char *part : {name, licence, type}) {
		for (; *part != '\0'; ++part)
			record.bytes[at++] = *part;
		++at;
	}
	return record;
}

} // namespace kernel::detail

/// A symbol namespace that the module uses: MODULE_IMPORT_NS(DMA_BUF), or with quotes as from
/// Linux 6.13 on
#define MODULE_IMPORT_NS(name)                                                                     \
	[[gnu::section(".modinfo"), gnu::used, gnu::aligned(1)]] static constinit const ::kernel:: \
		detail::ImportedNamespace<::kernel::detail::unquoted_size(#name)>                  \
		KCXX_UNIQUE(modinfo_import_ns)                                                     \
	{                                                                                          \
		#name                                                                              \
	}

#define KCXX_EXPORT(symbol, licence)                                                               \
	[[gnu::section(".discard.kcxx_exports"),                                                   \
	  gnu::used]] static constinit const auto __kcxx_export_##symbol =                         \
		::kernel::detail::export_record<                                                   \
			sizeof(#symbol) + sizeof(licence) + 1 +                                    \
			::kernel::detail::length(                                                  \
				::kernel::detail::type_spelling<decltype(symbol)>())>(             \
			#symbol, licence, ::kernel::detail::type_spelling<decltype(symbol)>())

/// Lets other modules use `symbol`, which is extern "C" and has external linkage:
///
///     extern "C" int adder_add(int a, int b);
///     EXPORT_SYMBOL_GPL(adder_add);
///
/// With CONFIG_MODVERSIONS its CRC covers its name and type, not the members of
/// classes it takes: change the name when such a class changes.
#define EXPORT_SYMBOL(symbol) KCXX_EXPORT(symbol, "-")
/// The same for modules under the GPL alone
#define EXPORT_SYMBOL_GPL(symbol) KCXX_EXPORT(symbol, "_GPL")
