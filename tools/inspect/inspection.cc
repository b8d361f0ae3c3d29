// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/inspection.hpp"

#include "inspect/expected_mitigations.hpp"
#include "inspect/loadable.hpp"
#include "inspect/sections.hpp"
#include "inspect/trust.hpp"
#include "kernels/kernels_here.hpp"

#include <algorithm>
#include <elf.h>
#include <fmt/core.h>
#include <map>
#include <unordered_map>

namespace kcxx
{

namespace
{

std::string_view arch_of(std::uint16_t machine)
{
	switch (machine) {
	case EM_X86_64:
		return "x86_64";
	case EM_AARCH64:
		return "arm64";
	case EM_RISCV:
		return "riscv64";
	default:
		return {};
	}
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

// What the module @path is, and what it imports and exports
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
	auto elf = read_known_elf(path);
	if (!elf)
		return std::unexpected(elf.error());
	auto identified = identify(path, *elf);
	if (!identified)
		return identified;
	auto &module = *identified;
	module.parameters = read_parameters(module.modinfo);
	module.code = measure_code(*elf);
	module.mitigations = read_mitigations(*elf);
	module.signature = read_signature(*elf->bytes);
	module.btf = elf->section(".BTF") != nullptr;
	module.btf_base = elf->section(".BTF.base") != nullptr;
	elves.push_back(std::move(*elf));
	return identified;
}

// The kernels that were read, each once
class Targets
{
public:
	explicit Targets(std::string wanted) : wanted_(std::move(wanted)) {}

	// Puts the kernel, or why there is none, into @module; the Error: it was asked for.
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
		module.no_kernel = error.what + ": " + error.found;
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
			.found = fmt::format("no kernel {} here for {}", release, module.arch)});
	}

	std::string wanted_;
	std::map<std::filesystem::path, std::shared_ptr<const TargetKernel>> known_;
};

// Holds @module against its kernel, what the others @given export, and the certificates @trusted.
void check(Inspection &module, const ModuleElf &elf, const GivenExports &given,
	   const std::vector<Certificate> &trusted)
{
	module.problems = check_sections(elf, module.kernel.get());
	std::ranges::move(
		check_signature(module.signature, *elf.bytes, module.kernel.get(), trusted),
		std::back_inserter(module.problems));
	if (module.kernel != nullptr) {
		std::ranges::move(check_mitigations(module.mitigations, *module.kernel),
				  std::back_inserter(module.problems));
		std::ranges::move(
			check_loadable({.modinfo = module.modinfo, .linkage = module.linkage},
				       *module.kernel, given),
			std::back_inserter(module.problems));
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

} // namespace

bool Inspection::refused() const
{
	return std::ranges::find(problems, Gravity::refused, &Problem::gravity) != problems.end();
}

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
		const auto elf = read_known_elf(path);
		if (!elf)
			return std::unexpected(elf.error());
		const auto other = identify(path, *elf);
		if (!other)
			return std::unexpected(other.error());
		give(*other);
	}
	std::vector<Inspected> modules;
	std::vector<ModuleElf> elves; // of those that could be read
	Targets targets(wanted);
	for (const auto &path : paths) {
		auto &module = modules.emplace_back(path, read(path, elves)).result;
		if (!module)
			continue;
		if (auto chosen = targets.choose(*module); !chosen)
			return std::unexpected(chosen.error());
		give(*module);
	}
	auto elf = elves.begin();
	for (auto &[path, module] : modules)
		if (module)
			check(*module, *elf++, given[module->arch], trusted);
	return modules;
}

ExitStatus judge(const std::vector<Inspected> &modules)
{
	auto status = ExitStatus::ok;
	for (const auto &module : modules) {
		if (!module.result)
			status = std::max(status, module.result.error().status);
		else if (module.result->refused())
			status = std::max(status, ExitStatus::load);
	}
	return status;
}

} // namespace kcxx
