// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/inspection.hpp"

#include "architecture.hpp"
#include "inspect/btf.hpp"
#include "inspect/expected_mitigations.hpp"
#include "inspect/loadable.hpp"
#include "inspect/relocations.hpp"
#include "inspect/sections.hpp"
#include "inspect/trust.hpp"
#include "kernels/kernels_here.hpp"

#include <algorithm>
#include <elf.h>
#include <fmt/core.h>
#include <map>
#include <unordered_map>
#include <utility>

namespace kcxx
{

namespace
{

std::string_view arch_of(std::uint16_t machine)
{
	const auto *const arch = find_architecture(&Architecture::elf_machine, machine);
	return arch != nullptr ? arch->name : std::string_view();
}

// "name:text" of modinfo's parm and parmtype
std::pair<std::string, std::string> split_parameter(const std::string &entry)
{
	const auto colon = std::min(entry.find(':'), entry.size());
	return {entry.substr(0, colon), entry.substr(std::min(colon + 1, entry.size()))};
}

std::vector<Parameter> read_parameters(const Modinfo &modinfo)
{
	std::vector<Parameter> parameters;
	std::unordered_map<std::string, size_t> places;
	const auto at = [&](const std::string &name) -> Parameter & {
		const auto [place, added] = places.try_emplace(name, parameters.size());
		return added ? parameters.emplace_back(Parameter{.name = name})
			     : parameters[place->second];
	};
	for (const auto &entry : modinfo.all("parmtype")) {
		const auto [name, type] = split_parameter(entry);
		at(name).type = type;
	}
	for (const auto &entry : modinfo.all("parm")) {
		const auto [name, description] = split_parameter(entry);
		at(name).description = description;
	}
	return parameters;
}

std::string release_of(const Modinfo &modinfo)
{
	const auto vermagic = modinfo.first("vermagic");
	return vermagic.substr(0, vermagic.find(' '));
}

Result<ModuleElf> read_known_elf(const std::filesystem::path &path)
{
	auto elf = read_module_elf(path);
	if (elf && (!elf->elf64_le || arch_of(elf->machine).empty()))
		return std::unexpected(no_module(
			path, fmt::format("an object file for ELF machine {}, {}", elf->machine,
					  elf->elf64_le ? "which is not known here"
							: "not 64-bit little-endian")));
	return elf;
}

// Reads the metadata of the module @path, its imports and its exports.
Result<Inspection> identify(const std::filesystem::path &path, const ModuleElf &elf)
{
	Inspection module{
		.path = path, .arch = std::string(arch_of(elf.machine)), .modinfo = Modinfo(elf)};
	const auto name = module.modinfo.first("name");
	if (name.empty() || module.modinfo.first("vermagic").empty())
		return std::unexpected(
			no_module(path, "an object file without a module's name and vermagic"));
	module.linkage = read_linkage(elf, name);
	return module;
}

Result<Inspection> read(const std::filesystem::path &path, std::vector<ModuleElf> &elves)
{
	auto elf = TRY(read_known_elf(path));
	auto module = TRY(identify(path, elf));
	module.parameters = read_parameters(module.modinfo);
	module.code = measure_code(elf);
	module.operator_new = find_operator_new(elf);
	module.mitigations = read_mitigations(elf);
	module.signature = read_signature(*elf.bytes);
	module.btf = elf.section(".BTF") != nullptr;
	module.btf_base = elf.section(".BTF.base") != nullptr;
	elves.push_back(std::move(elf));
	return module;
}

// Reads each kernel once.
class Targets
{
public:
	explicit Targets(std::string wanted) : wanted_(std::move(wanted)) {}

	// Stores the kernel, or why there is none, in @module. An Error if the user asked for the
	// kernel and it is missing.
	Result<void> choose(Inspection &module)
	{
		const auto kernel =
			wanted_.empty() ? named_by(module) : find_kernel(wanted_, module.arch);
		if (!kernel)
			return wanted_.empty() ? none(module, kernel.error())
					       : std::unexpected(kernel.error());
		auto &known = known_[kernel->build];
		if (known == nullptr) {
			auto target = TargetKernel::read(*kernel);
			if (!target)
				return wanted_.empty() ? none(module, target.error())
						       : std::unexpected(target.error());
			known = std::make_shared<const TargetKernel>(std::move(*target));
		}
		module.kernel = known;
		return {};
	}

private:
	static Result<void> none(Inspection &module, const Error &error)
	{
		module.no_kernel = error.what + ": " + error.found +
				   (error.fix.empty() ? "" : "; type: " + error.fix);
		return {};
	}

	static Result<Kernel> named_by(const Inspection &module)
	{
		const auto release = release_of(module.modinfo);
		if (auto kernel = kernel_of_release(release, module.arch))
			return std::move(*kernel);
		return std::unexpected(Error{
			.status = ExitStatus::unavailable,
			.what = "nothing to check against",
			.found = fmt::format("no kernel {} here for {}", release, module.arch),
			.fix = fmt::format(
				"kcxx kernels get {} {}, or kcxx inspect --kernel R|DIR ...",
				release, module.arch)});
	}

	std::string wanted_;
	std::map<std::filesystem::path, std::shared_ptr<const TargetKernel>> known_;
};

// Checks @module against its kernel, the exports @given by other modules, and the certificates
// @trusted.
void check(Inspection &module, const ModuleElf &elf, const GivenExports &given,
	   const std::vector<Certificate> &trusted)
{
	const TargetKernel *kernel = module.kernel.get();
	const auto add = [&](std::vector<Problem> problems) {
		std::ranges::move(problems, std::back_inserter(module.problems));
	};
	add(check_sections(elf, kernel));
	add(check_relocations(elf, kernel));
	add(check_signature(module.signature, *elf.bytes, kernel, trusted));
	if (kernel != nullptr) {
		add(check_mitigations(module.mitigations, *kernel));
		add(check_loadable({.modinfo = module.modinfo, .linkage = module.linkage}, *kernel,
				   given));
		add(check_btf(elf, release_of(module.modinfo), *kernel));
	} else {
		add({{.gravity = Gravity::unknown, .kind = "no-kernel", .text = module.no_kernel}});
	}
	std::ranges::stable_sort(module.problems, std::ranges::greater(), &Problem::gravity);
	for (const auto &import : module.linkage.imports) {
		const auto other = given.find(import.name);
		const Export *source = nullptr;
		if (other != given.end())
			source = &other->second;
		else if (module.kernel != nullptr)
			source = module.kernel->find(import.name);
		module.exporters.push_back(source != nullptr ? source->exporter : "");
	}
}

ExitStatus status_of(Verdict verdict)
{
	switch (verdict) {
	case Verdict::would_load:
		return ExitStatus::ok;
	case Verdict::would_not_load:
		return ExitStatus::load;
	case Verdict::cannot_tell:
		return ExitStatus::undecided;
	}
	std::unreachable();
}

} // namespace

Result<std::vector<Inspected>> inspect(const std::vector<std::string> &paths,
				       const std::vector<std::string> &others,
				       const std::string &wanted,
				       const std::vector<Certificate> &trusted)
{
	std::map<std::string, GivenExports> given; // by arch
	const auto give = [&](const Inspection &module) {
		for (const auto &own : module.linkage.exports)
			given[module.arch].emplace(own.name, own);
	};
	for (const auto &path : others) {
		const auto elf = TRY(read_known_elf(path));
		const auto other = TRY(identify(path, elf));
		give(other);
	}
	std::vector<Inspected> modules;
	std::vector<ModuleElf> elves; // ELF of the readable modules
	Targets targets(wanted);
	for (const auto &path : paths) {
		auto &module = modules.emplace_back(path, read(path, elves)).result;
		if (!module)
			continue;
		TRY(targets.choose(*module));
		give(*module);
	}
	auto elf = elves.begin();
	for (auto &[path, module] : modules)
		if (module)
			check(*module, *elf++, given[module->arch], trusted);
	return modules;
}

std::string_view to_string(Verdict verdict)
{
	switch (verdict) {
	case Verdict::would_load:
		return "would load";
	case Verdict::would_not_load:
		return "would not load";
	case Verdict::cannot_tell:
		return "cannot tell";
	}
	std::unreachable();
}

Verdict verdict_on(const Inspection &module)
{
	const auto has = [&](Gravity gravity) {
		return std::ranges::find(module.problems, gravity, &Problem::gravity) !=
		       module.problems.end();
	};
	if (has(Gravity::refused))
		return Verdict::would_not_load;
	return has(Gravity::unknown) ? Verdict::cannot_tell : Verdict::would_load;
}

std::vector<std::string> reasons_of(const Inspection &module)
{
	const auto verdict = verdict_on(module);
	if (verdict == Verdict::would_load)
		return {fmt::format("{} takes its vermagic and exports its {} imports{}",
				    module.kernel->kernel().release, module.linkage.imports.size(),
				    gpl_compatible(module.modinfo.first("license"))
					    ? ""
					    : "; its licence taints the kernel")};
	const auto deciding =
		verdict == Verdict::would_not_load ? Gravity::refused : Gravity::unknown;
	std::vector<std::string> reasons;
	for (const auto &problem : module.problems)
		if (problem.gravity == deciding)
			reasons.push_back(problem.text);
	return reasons;
}

ExitStatus judge(const std::vector<Inspected> &modules)
{
	auto status = ExitStatus::ok;
	bool undecided = false;
	for (const auto &module : modules) {
		const auto own = module.result ? status_of(verdict_on(*module.result))
					       : module.result.error().status;
		undecided |= own == ExitStatus::undecided;
		if (own != ExitStatus::undecided)
			status = std::max(status, own);
	}
	return status == ExitStatus::ok && undecided ? ExitStatus::undecided : status;
}

} // namespace kcxx
