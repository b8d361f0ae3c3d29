// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/loadable.hpp"

#include "kernels/version_order.hpp"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <set>

namespace kcxx
{

namespace
{

std::string_view trimmed(std::string_view text)
{
	return text.substr(0, text.find_last_not_of(' ') + 1);
}

std::string_view after_release(std::string_view vermagic)
{
	return vermagic.substr(std::min(vermagic.find(' '), vermagic.size()));
}

// For a module with CRCs the release does not count: the CRCs decide.
void check_vermagic(const Candidate &module, const TargetKernel &kernel,
		    std::vector<Problem> &problems)
{
	const auto own = module.modinfo.first("vermagic");
	const auto wanted = kernel.vermagic();
	if (trimmed(own) == trimmed(wanted))
		return;
	const bool by_crc = module.linkage.has_versions && kernel.has("CONFIG_MODVERSIONS") &&
			    trimmed(after_release(own)) == trimmed(after_release(wanted));
	problems.push_back(
		{.gravity = by_crc ? Gravity::warning : Gravity::refused,
		 .kind = "vermagic",
		 .text = fmt::format(R"(vermagic is "{}", the kernel's is "{}"{})", trimmed(own),
				     trimmed(wanted),
				     by_crc ? "; only the CRCs decide whether it loads" : "")});
}

// The metadata of a module against which each of its imports is checked
struct Claims {
	explicit Claims(const Modinfo &modinfo)
	    : name(modinfo.first("name")), licence(modinfo.first("license")),
	      gpl(gpl_compatible(licence)),
	      namespaces(modinfo.all("import_ns").begin(), modinfo.all("import_ns").end())
	{
	}

	std::string name;
	std::string licence;
	bool gpl;
	std::set<std::string, std::less<>> namespaces;
};

// Only the named modules may use a namespace "module:a,b" (6.13 and later).
bool may_use_namespace(const Claims &claims, std::string_view name_space)
{
	constexpr std::string_view prefix = "module:";
	if (!name_space.starts_with(prefix))
		return claims.namespaces.contains(name_space);
	const auto &own = claims.name;
	for (auto names = name_space.substr(prefix.size()); !names.empty();) {
		const auto name = names.substr(0, names.find(','));
		names.remove_prefix(std::min(names.size(), name.size() + 1));
		const auto pattern = module_name(name);
		if (pattern == own || (pattern.ends_with('*') &&
				       own.starts_with(pattern.substr(0, pattern.size() - 1))))
			return true;
	}
	return false;
}

void check_crc(const Import &import, const Export &source, const Candidate &module,
	       const TargetKernel &kernel, std::vector<Problem> &problems)
{
	if (!source.crc || !module.linkage.has_versions)
		return;
	if (!import.crc) {
		// Kernels before 6.12 only log it.
		const bool refuses = !is_older_release(series_of(kernel.kernel().release), "6.12");
		problems.push_back(
			{.gravity = refuses ? Gravity::refused : Gravity::warning,
			 .kind = "no-crc",
			 .subject = import.name,
			 .text = fmt::format("{}: the module carries no CRC for it", import.name)});
	} else if (*import.crc != *source.crc) {
		problems.push_back(
			{.kind = "crc-mismatch",
			 .subject = import.name,
			 .text = fmt::format("{}: its CRC is 0x{:08x}, that of {} is 0x{:08x}",
					     import.name, *import.crc, source.exporter,
					     *source.crc)});
	}
}

void check_use(const Import &import, const Export &source, const Candidate &module,
	       const Claims &claims, const TargetKernel &kernel, std::vector<Problem> &problems)
{
	const auto &licence = claims.licence;
	if (source.gpl_only && !claims.gpl)
		problems.push_back(
			{.kind = "gpl-only-symbol",
			 .subject = import.name,
			 .text = fmt::format(
				 "{}: GPL-only, but the module's licence is {}", import.name,
				 licence.empty() ? "not given" : "\"" + licence + "\"")});
	if (!source.name_space.empty() && !may_use_namespace(claims, source.name_space))
		problems.push_back(
			{.gravity = kernel.has("CONFIG_MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS")
					    ? Gravity::warning
					    : Gravity::refused,
			 .kind = "missing-namespace",
			 .subject = import.name,
			 .text = fmt::format("{}: in the namespace {}, which is not imported",
					     import.name, source.name_space)});
	check_crc(import, source, module, kernel, problems);
}

void check_versions_exist(const Candidate &module, const TargetKernel &kernel,
			  std::vector<Problem> &problems)
{
	if (module.linkage.has_versions || !kernel.has("CONFIG_MODVERSIONS"))
		return;
	const bool forced = kernel.has("CONFIG_MODULE_FORCE_LOAD");
	problems.push_back(
		{.gravity = forced ? Gravity::warning : Gravity::refused,
		 .kind = "no-versions",
		 .text = fmt::format("it carries no CRCs, and the kernel checks them{}",
				     forced ? "; loaded all the same, with a taint" : "")});
}

} // namespace

bool gpl_compatible(std::string_view licence)
{
	constexpr std::array<std::string_view, 6> compatible = {
		"GPL",          "GPL v2",       "GPL and additional rights",
		"Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"};
	return std::ranges::find(compatible, licence) != compatible.end();
}

const Export *find_export(const std::string &name, const TargetKernel &kernel,
			  const GivenExports &given)
{
	const auto found = given.find(name);
	return found != given.end() ? &found->second : kernel.find(name);
}

std::vector<Problem> check_loadable(const Candidate &module, const TargetKernel &kernel,
				    const GivenExports &given)
{
	std::vector<Problem> problems;
	if (!kernel.is_configured())
		problems.push_back(
			{.gravity = Gravity::unknown,
			 .kind = "no-configuration",
			 .text = fmt::format("the configuration of {} is not known: neither "
					     "include/config/auto.conf nor .config is in {}",
					     kernel.kernel().release,
					     kernel.kernel().build.string())});
	else
		check_vermagic(module, kernel, problems);
	if (!module.modinfo.first("livepatch").empty() && !kernel.has("CONFIG_LIVEPATCH"))
		problems.push_back({.kind = "livepatch",
				    .text = "it is a livepatch, which the kernel does not load "
					    "(CONFIG_LIVEPATCH)"});
	check_versions_exist(module, kernel, problems);
	if (const Export *layout = kernel.find("module_layout"))
		check_crc({.name = "module_layout", .crc = module.linkage.layout_crc}, *layout,
			  module, kernel, problems);
	const Claims claims(module.modinfo);
	for (const auto &import : module.linkage.imports) {
		const Export *source = find_export(import.name, kernel, given);
		if (source != nullptr)
			check_use(import, *source, module, claims, kernel, problems);
		else if (!import.weak)
			problems.push_back(
				{.kind = "missing-symbol",
				 .subject = import.name,
				 .text = fmt::format("{}: exported by neither {} nor a module "
						     "given here",
						     import.name, kernel.kernel().release)});
	}
	for (const auto &own : module.linkage.exports)
		if (const Export *other = kernel.find(own.name);
		    other != nullptr && other->exporter == "vmlinux")
			problems.push_back(
				{.kind = "duplicate-export",
				 .subject = own.name,
				 .text = fmt::format("{}: exported by the kernel itself, too",
						     own.name)});
	return problems;
}

} // namespace kcxx
