// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/kernel.hpp"

#include "architecture.hpp"
#include "kernels/version_order.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <sys/utsname.h>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

// Returns the value in double quotes at the end of @line.
std::string in_quotes(std::string_view line)
{
	const auto first = line.find('"');
	const auto last = line.rfind('"');
	return first < last ? std::string(line.substr(first + 1, last - first - 1)) : std::string();
}

std::string read_release(const fs::path &build)
{
	// utsrelease.h comes first, because vermagic has its release: distributions that set
	// UTS_RELEASE themselves leave upstream's number in kernel.release.
	std::ifstream header(build / "include/generated/utsrelease.h");
	for (std::string line; std::getline(header, line);)
		if (line.starts_with("#define UTS_RELEASE"))
			return in_quotes(line);
	std::string release;
	std::getline(std::ifstream(build / "include/config/kernel.release"), release);
	return release;
}

void read_config(const fs::path &build, Kernel &kernel)
{
	for (const char *name : {".config", "include/config/auto.conf"}) {
		std::ifstream config(build / name);
		for (std::string line; std::getline(config, line);) {
			if (line.starts_with("CONFIG_CC_VERSION_TEXT="))
				kernel.compiler = in_quotes(line);
			for (const auto &arch : architectures)
				if (line == arch.config)
					kernel.arch = arch.name;
		}
		if (!kernel.arch.empty())
			return;
	}
}

std::vector<fs::path> entries(const fs::path &directory)
{
	std::error_code error;
	std::vector<fs::path> found;
	for (const auto &entry : fs::directory_iterator(directory, error))
		found.push_back(entry.path());
	std::ranges::sort(found);
	return found;
}

} // namespace

std::optional<Kernel> read_build_directory(const fs::path &build)
{
	Kernel kernel;
	kernel.release = read_release(build);
	if (!is_release(kernel.release))
		return std::nullopt;
	kernel.build = build;
	read_config(build, kernel);
	return kernel;
}

std::vector<Kernel> installed_kernels(const fs::path &root)
{
	std::error_code error;
	std::map<std::string, Kernel> by_release;
	const auto add_build = [&](const fs::path &directory) {
		const auto build = read_build_directory(directory);
		if (!build)
			return;
		Kernel &kernel = by_release[build->release];
		if (kernel.build.empty()) {
			kernel.build = build->build;
			kernel.arch = build->arch;
			kernel.compiler = build->compiler;
		}
	};
	for (const auto &directory : entries(root / "lib/modules")) {
		add_build(directory / "build");
		if (fs::exists(directory / "modules.builtin", error))
			by_release[directory.filename()].modules = directory;
		if (fs::exists(directory / "vmlinuz", error))
			by_release[directory.filename()].image = directory / "vmlinuz";
	}
	for (const auto &directory : entries(root / "usr/src"))
		if (directory.filename().string().starts_with("linux-headers-"))
			add_build(directory);
	constexpr std::string_view prefix = "vmlinuz-";
	for (const auto &file : entries(root / "boot"))
		if (const auto name = file.filename().string(); name.starts_with(prefix))
			by_release[name.substr(prefix.size())].image = file;

	std::vector<Kernel> kernels;
	for (auto &[release, kernel] : by_release) {
		kernel.release = release;
		kernel.origin = "installed";
		kernels.push_back(std::move(kernel));
	}
	sort_by_release(kernels);
	return kernels;
}

std::string native_arch()
{
	utsname names{};
	uname(&names);
	const std::string_view machine(names.machine);
	const auto *const arch = find_architecture(&Architecture::uname, machine);
	return std::string(arch != nullptr ? arch->name : machine);
}

bool is_release(std::string_view text)
{
	constexpr size_t longest = 64; // __NEW_UTS_LEN
	constexpr std::string_view others = ".+~_-:@=,";
	return !text.empty() && text.size() <= longest && text.front() >= '0' &&
	       text.front() <= '9' && std::ranges::all_of(text, [&](unsigned char c) {
		       return (c < 0x80 && std::isalnum(c) != 0) ||
			      others.contains(static_cast<char>(c));
	       });
}

std::string series_of(std::string_view release)
{
	const auto digits = [&](size_t at) {
		size_t end = at;
		while (end < release.size() &&
		       std::isdigit(static_cast<unsigned char>(release[end])) != 0)
			++end;
		return end;
	};
	const size_t major = digits(0);
	if (major == 0 || major >= release.size() || release[major] != '.')
		return {};
	const size_t minor = digits(major + 1);
	return minor > major + 1 ? std::string(release.substr(0, minor)) : std::string();
}

void sort_by_release(std::vector<Kernel> &kernels)
{
	std::ranges::stable_sort(kernels, is_older_release, &Kernel::release);
}

} // namespace kcxx
