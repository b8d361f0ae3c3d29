// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/target_kernel.hpp"

#include "architecture.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/core.h>
#include <fstream>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

// Returns the fields of @line between its tabs; missing fields are empty.
std::array<std::string_view, 5> fields_of(std::string_view line)
{
	std::array<std::string_view, 5> fields;
	for (auto &field : fields) {
		field = line.substr(0, line.find('\t'));
		line.remove_prefix(std::min(line.size(), field.size() + 1));
	}
	return fields;
}

// "0x<crc>\t<symbol>\t<exporter>\tEXPORT_SYMBOL[_GPL]\t<namespace>"
std::optional<Export> parse_symvers(std::string_view line)
{
	const auto [crc_text, name, exporter, kind, name_space] = fields_of(line);
	std::uint32_t crc = 0;
	if (!crc_text.starts_with("0x") || name.empty() || !kind.starts_with("EXPORT"))
		return std::nullopt;
	const auto parsed =
		std::from_chars(crc_text.data() + 2, crc_text.data() + crc_text.size(), crc, 16);
	if (parsed.ec != std::errc())
		return std::nullopt;
	return Export{.name = std::string(name),
		      .exporter = std::string(exporter.substr(exporter.rfind('/') + 1)),
		      .name_space = std::string(name_space),
		      .crc = crc != 0 ? std::optional(crc) : std::nullopt,
		      .gpl_only = kind.contains("GPL")};
}

std::string read_randstruct_seed(const fs::path &build)
{
	std::ifstream header(build / "include/generated/randstruct_hash.h");
	for (std::string line; std::getline(header, line);)
		if (const auto quote = line.find('"'); quote != std::string::npos)
			return line.substr(quote + 1, line.rfind('"') - quote - 1);
	return {};
}

Error no_symvers(const Kernel &kernel, std::string_view found)
{
	return {.status = ExitStatus::unavailable,
		.what = "cannot check the imported symbols against " + kernel.release,
		.found = fmt::format("{} in {}", found, kernel.build.string()),
		.needed = "a kernel that was built with its modules, or its headers package"};
}

// Returns the exports in Module.symvers of @kernel. If only modules were built, the file lacks
// those of vmlinux, and a missing symbol proves nothing: an Error.
Result<std::unordered_map<std::string, Export>> read_symvers(const Kernel &kernel)
{
	std::ifstream symvers(kernel.build / "Module.symvers");
	if (!symvers)
		return std::unexpected(no_symvers(kernel, "no Module.symvers"));
	std::unordered_map<std::string, Export> exports;
	bool of_vmlinux = false;
	for (std::string line; std::getline(symvers, line);) {
		auto symbol = parse_symvers(line);
		if (!symbol)
			return std::unexpected(
				no_symvers(kernel, "a damaged line of Module.symvers"));
		of_vmlinux |= symbol->exporter == "vmlinux";
		exports.emplace(symbol->name, std::move(*symbol));
	}
	if (!of_vmlinux)
		return std::unexpected(
			no_symvers(kernel, "a Module.symvers without the symbols of vmlinux"));
	return exports;
}

} // namespace

Result<TargetKernel> TargetKernel::read(const Kernel &kernel)
{
	TargetKernel target;
	target.kernel_ = kernel;
	target.exports_ = TRY(read_symvers(kernel));
	for (const char *name : {"include/config/auto.conf", ".config"}) {
		std::ifstream config(kernel.build / name);
		for (std::string line; std::getline(config, line);)
			if (const auto equals = line.find('='); equals != std::string::npos)
				target.config_.emplace(line.substr(0, equals),
						       line.substr(equals + 1));
		if (!target.config_.empty())
			break;
	}
	if (target.has("CONFIG_RANDSTRUCT"))
		target.randstruct_seed_ = read_randstruct_seed(kernel.build);
	return target;
}

bool TargetKernel::has(std::string_view option) const
{
	const auto found = config_.find(option);
	return found != config_.end() && found->second == "y";
}

// Composes the text like <linux/vermagic.h> and the <asm/vermagic.h> of each arch.
std::string TargetKernel::vermagic() const
{
	std::string text = kernel_.release + " ";
	if (has("CONFIG_SMP"))
		text += "SMP ";
	if (has("CONFIG_PREEMPT_BUILD"))
		text += "preempt ";
	else if (has("CONFIG_PREEMPT_RT"))
		text += "preempt_rt ";
	if (has("CONFIG_MODULE_UNLOAD"))
		text += "mod_unload ";
	if (has("CONFIG_MODVERSIONS"))
		text += "modversions ";
	if (const auto *arch =
		    find_architecture<std::string_view>(&Architecture::name, kernel_.arch))
		text += arch->vermagic;
	if (!randstruct_seed_.empty())
		text += "RANDSTRUCT_" + randstruct_seed_;
	return text;
}

const Export *TargetKernel::find(const std::string &name) const
{
	const auto found = exports_.find(name);
	return found != exports_.end() ? &found->second : nullptr;
}

} // namespace kcxx
