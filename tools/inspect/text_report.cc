// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/text_report.hpp"

#include "system/printable.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <functional>
#include <unistd.h>
#include <utility>

namespace kcxx
{

namespace
{

using terminal::Colour;

constexpr size_t columns = 80;
constexpr size_t label_width = 21; // the longest label, indented by two, and a blank
constexpr size_t names_shown = 24;

// Returns @text broken at blanks, with each line after the first indented by @indent.
std::string wrapped(std::string_view text, size_t indent)
{
	std::string result;
	while (indent + text.size() > columns) {
		auto blank = text.rfind(' ', columns - indent);
		if (blank == std::string_view::npos)
			blank = text.find(' ');
		if (blank == std::string_view::npos)
			break;
		result += fmt::format("{}\n{:{}}", text.substr(0, blank), "", indent);
		text.remove_prefix(blank + 1);
	}
	return result + std::string(text);
}

void line(std::string_view label, std::string_view text)
{
	const auto row = fmt::format("  {:<{}}{}", label, label_width - 2,
				     wrapped(printable_line(text), label_width));
	fmt::print("{}\n", row.substr(0, row.find_last_not_of(' ') + 1));
}

// Prints a line unless its text is empty.
void line_if(std::string_view label, std::string_view text)
{
	if (!text.empty())
		line(label, text);
}

Colour colour_of(Verdict verdict)
{
	switch (verdict) {
	case Verdict::would_load:
		return Colour::green;
	case Verdict::would_not_load:
		return Colour::red;
	case Verdict::cannot_tell:
		return Colour::yellow;
	}
	std::unreachable();
}

// Prints the verdict, the file and the first reason on one line, so that a user can search the
// output for many modules.
void print_verdict(const Inspection &module)
{
	const auto verdict = verdict_on(module);
	const auto reasons = reasons_of(module);
	fmt::print("{}: {}: {}{}\n",
		   terminal::paint(STDOUT_FILENO, colour_of(verdict), to_string(verdict)),
		   printable_line(module.path.string()), printable_line(reasons.front()),
		   reasons.size() > 1 ? fmt::format(" (and {} more)", reasons.size() - 1) : "");
}

void print_problems(const Inspection &module)
{
	for (const auto &problem : module.problems) {
		const bool refused = problem.gravity == Gravity::refused;
		fmt::print("  {}  {}\n",
			   terminal::paint(STDOUT_FILENO, refused ? Colour::red : Colour::yellow,
					   refused ? "REFUSED" : to_string(problem.gravity)),
			   wrapped(printable_line(problem.text), 11));
	}
}

std::string parameter_text(const Parameter &parameter)
{
	std::string text = parameter.name;
	if (!parameter.type.empty())
		text += fmt::format(" ({})", parameter.type);
	if (!parameter.description.empty())
		text += ": " + parameter.description;
	return text;
}

template <typename Names, typename Projection>
std::string list(const Names &names, Projection projection)
{
	if (names.empty())
		return "none";
	std::string text = fmt::format("{}:", names.size());
	for (size_t index = 0; index < std::min(names.size(), names_shown); ++index)
		text += fmt::format("{} {}", index == 0 ? "" : ",",
				    std::invoke(projection, names[index]));
	if (names.size() > names_shown)
		text += fmt::format(", and {} more (--format json has all)",
				    names.size() - names_shown);
	return text;
}

std::string export_text(const Export &symbol)
{
	std::string text = symbol.name;
	if (symbol.gpl_only)
		text += " (GPL)";
	if (!symbol.name_space.empty())
		text += fmt::format(" (in {})", symbol.name_space);
	return text;
}

void print_identity(const Inspection &module)
{
	const auto &modinfo = module.modinfo;
	line("name", modinfo.first("name"));
	line_if("version", modinfo.first("version"));
	line_if("description", modinfo.first("description"));
	for (const auto &author : modinfo.all("author"))
		line("author", author);
	const auto licence = modinfo.first("license");
	line("licence", licence.empty() ? "none given, which taints the kernel" : licence);
	line("arch", module.arch);
	line("vermagic", modinfo.first("vermagic"));
	line("checked against",
	     module.kernel != nullptr ? module.kernel->kernel().release : module.no_kernel);
	for (const auto &parameter : module.parameters)
		line("parameter", parameter_text(parameter));
}

void print_linkage(const Inspection &module)
{
	const auto depends = module.modinfo.depends();
	line("depends on", depends.empty() ? "no module" : list(depends, std::identity()));
	for (const auto &name_space : module.modinfo.all("import_ns"))
		line("imports namespace", name_space);
	line("imports", list(module.linkage.imports, &Import::name));
	line("exports", list(module.linkage.exports, export_text));
	for (const auto &object : module.modinfo.all("kcxx_prebuilt"))
		line("prebuilt object", object);
}

std::string operator_new_text(const OperatorNew &operator_new)
{
	if (operator_new.flags.empty())
		return "of its own";
	return operator_new.flags + (operator_new.or_bug
					     ? "; BUG() without memory, or null if std::nothrow"
					     : "; null without memory");
}

void print_code(const Inspection &module)
{
	const auto &code = module.code;
	line("code", fmt::format("C++ {}, C {}, C or extern \"C\" {}, other {} bytes (by {})",
				 code.cxx, code.c, code.unmangled, code.other,
				 code.source == LanguageSource::debug_info ? "debug information"
									   : "symbols"));
	if (module.operator_new)
		line("operator new", operator_new_text(*module.operator_new));
	for (const auto &mitigation : module.mitigations)
		line(mitigation.name,
		     fmt::format("{:<8} {}", to_string(mitigation.presence), mitigation.evidence));
}

std::string verification_text(const Signature &signature)
{
	switch (signature.verification) {
	case Verification::unchecked:
		return "not verified";
	case Verification::other_key:
		return "by another key than is known here";
	case Verification::damaged:
		return "NOT of this content by the key of " + signature.certificate;
	case Verification::verified:
		return "verified by " + signature.certificate;
	}
	std::unreachable();
}

void print_extras(const Inspection &module)
{
	const auto &signature = module.signature;
	if (!signature)
		line("signature", "none");
	else if (!signature->damage.empty())
		line("signature", "cannot be read: " + signature->damage);
	else
		line("signature",
		     fmt::format("{}, {}; {}",
				 signature->signer.empty() ? "signer not named" : signature->signer,
				 signature->hash, verification_text(*signature)));
	if (signature)
		line_if("signing key", signature->key);
	std::string btf = "none";
	if (module.btf)
		btf = module.btf_base ? "yes, with .BTF.base" : "yes";
	line("BTF", btf);
}

} // namespace

void print(const Inspection &module)
{
	print_verdict(module);
	print_problems(module);
	print_identity(module);
	print_linkage(module);
	print_code(module);
	print_extras(module);
}

} // namespace kcxx
