// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/json_report.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <utility>

namespace kcxx
{

namespace
{

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string &text)
{
	return text.empty() ? Json() : Json(text);
}

Json crc_or_null(std::optional<std::uint32_t> crc)
{
	return crc ? Json(fmt::format("0x{:08x}", *crc)) : Json();
}

// Returns true, false, or null if undecided.
Json loadable(Verdict verdict)
{
	return verdict == Verdict::cannot_tell ? Json() : Json(verdict == Verdict::would_load);
}

Json problems(const Inspection &module)
{
	Json list = Json::array();
	for (const auto &problem : module.problems)
		list.push_back({{"gravity", to_string(problem.gravity)},
				{"kind", problem.kind},
				{"subject", text_or_null(problem.subject)},
				{"text", problem.text}});
	return list;
}

Json kernel(const Inspection &module)
{
	if (module.kernel == nullptr)
		return {};
	const auto &kernel = module.kernel->kernel();
	return {{"release", kernel.release},
		{"build", kernel.build.string()},
		{"vermagic", module.kernel->vermagic()}};
}

Json parameters(const Inspection &module)
{
	Json list = Json::array();
	for (const auto &parameter : module.parameters)
		list.push_back({{"name", parameter.name},
				{"type", text_or_null(parameter.type)},
				{"description", text_or_null(parameter.description)}});
	return list;
}

Json imports(const Inspection &module)
{
	Json list = Json::array();
	for (size_t index = 0; index < module.linkage.imports.size(); ++index) {
		const auto &import = module.linkage.imports[index];
		list.push_back({{"name", import.name},
				{"crc", crc_or_null(import.crc)},
				{"weak", import.weak},
				{"exporter", text_or_null(module.exporters[index])}});
	}
	return list;
}

Json exports(const Inspection &module)
{
	Json list = Json::array();
	for (const auto &symbol : module.linkage.exports)
		list.push_back({{"name", symbol.name},
				{"crc", crc_or_null(symbol.crc)},
				{"gpl_only", symbol.gpl_only},
				{"namespace", text_or_null(symbol.name_space)}});
	return list;
}

Json mitigations(const Inspection &module)
{
	const auto number = [](std::optional<std::uint64_t> count) {
		return count ? Json(*count) : Json();
	};
	Json list = Json::object();
	for (const auto &mitigation : module.mitigations)
		list[std::string(mitigation.name)] = {{"presence", to_string(mitigation.presence)},
						      {"count", number(mitigation.count)},
						      {"of", number(mitigation.of)},
						      {"evidence", mitigation.evidence}};
	return list;
}

Json operator_new(const Inspection &module)
{
	if (!module.operator_new)
		return {};
	return {{"flags", text_or_null(module.operator_new->flags)},
		{"or_bug", module.operator_new->or_bug}};
}

Json verification(Verification verification)
{
	switch (verification) {
	case Verification::unchecked:
		return {};
	case Verification::other_key:
		return "other-key";
	case Verification::damaged:
		return "damaged";
	case Verification::verified:
		return "yes";
	}
	std::unreachable();
}

Json signature(const Inspection &module)
{
	if (!module.signature)
		return {};
	return {{"signer", text_or_null(module.signature->signer)},
		{"key", text_or_null(module.signature->key)},
		{"hash", text_or_null(module.signature->hash)},
		{"bytes", module.signature->size},
		{"damage", text_or_null(module.signature->damage)},
		{"verified", verification(module.signature->verification)},
		{"certificate", text_or_null(module.signature->certificate)}};
}

Json to_document(const Inspection &module)
{
	const auto &modinfo = module.modinfo;
	const bool exact = module.code.source == LanguageSource::debug_info;
	return {{"path", module.path.string()},
		{"verdict", to_string(verdict_on(module))},
		{"reasons", reasons_of(module)},
		{"loadable", loadable(verdict_on(module))},
		{"problems", problems(module)},
		{"name", modinfo.first("name")},
		{"version", text_or_null(modinfo.first("version"))},
		{"description", text_or_null(modinfo.first("description"))},
		{"authors", modinfo.all("author")},
		{"licence", text_or_null(modinfo.first("license"))},
		{"arch", module.arch},
		{"vermagic", modinfo.first("vermagic")},
		{"kernel", kernel(module)},
		{"parameters", parameters(module)},
		{"depends", modinfo.depends()},
		{"import_namespaces", modinfo.all("import_ns")},
		{"imports", imports(module)},
		{"exports", exports(module)},
		{"prebuilt", modinfo.all("kcxx_prebuilt")},
		{"code",
		 {{"by", exact ? "debug-info" : "symbols"},
		  {"cxx_bytes", module.code.cxx},
		  {"c_bytes", module.code.c},
		  {"unmangled_bytes", module.code.unmangled},
		  {"other_bytes", module.code.other}}},
		{"operator_new", operator_new(module)},
		{"mitigations", mitigations(module)},
		{"signature", signature(module)},
		{"btf", module.btf},
		{"btf_base", module.btf_base}};
}

Json to_document(const Inspected &module)
{
	if (module.result)
		return to_document(*module.result);
	const auto &error = module.result.error();
	return {{"path", module.path.string()},
		{"error",
		 {{"what", error.what},
		  {"found", text_or_null(error.found)},
		  {"needed", text_or_null(error.needed)},
		  {"type", text_or_null(error.fix)}}}};
}

} // namespace

std::string to_json(const std::vector<Inspected> &modules)
{
	const auto status = judge(modules);
	Json document = {{"verdict", describe(status).name},
			 {"status", std::to_underlying(status)}};
	document["modules"] = Json::array();
	for (const auto &module : modules)
		document["modules"].push_back(to_document(module));
	// Metadata of a module need not be UTF-8.
	return document.dump(2, ' ', true, Json::error_handler_t::replace);
}

} // namespace kcxx
