// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "starter/names.hpp"

#include "module/modinfo.hpp"
#include "starter/project.hpp"
#include "starter/template.hpp"
#include "system/pattern.hpp"

#include <fmt/core.h>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>

namespace kcxx::starter
{

namespace
{

// Names of the kernel's devices and file systems, which a new project of that kind cannot have
struct Taken {
	std::string_view kind;
	const char *names;
	std::string_view whose;
};
constexpr Taken taken_by_the_kernel[] = {
	{"misc",
	 "(console|cpu_dma_latency|full|fuse|hpet|kmsg|kvm|mem|null|nvram|port|ptmx|pts|random|"
	 "rfkill|rtc|shm|snapshot|tty[A-Za-z]*[0-9]*|udmabuf|uhid|uinput|urandom|userfaultfd|"
	 "vcs[au]?[0-9]*|vga_arbiter|vhost-net|zero)",
	 "the kernel has a /dev/<name>"},
	{"fs",
	 "(bdev|binfmt_misc|bpf|cgroup2?|configfs|cpuset|debugfs|devpts|devtmpfs|efivarfs|ext[234]|"
	 "fuse|fusectl|hugetlbfs|mqueue|overlay|pipefs|proc|pstore|ramfs|resctrl|rootfs|securityfs|"
	 "selinuxfs|sockfs|sysfs|tmpfs|tracefs|vfat|xfs|btrfs)",
	 "the kernel has a file system of that name"},
};

std::string with_name(std::string_view text, const std::string &name)
{
	constexpr std::string_view placeholder = "<name>";
	std::string named(text);
	for (size_t at = 0; (at = named.find(placeholder, at)) != std::string::npos;
	     at += name.size())
		named.replace(at, placeholder.size(), name);
	return named;
}

bool matches(const std::string &name, std::string_view names)
{
	const auto pattern = Pattern::compile(names);
	return pattern && pattern->is_all_of(name);
}

// Returns the present owner of the name of @project.
std::optional<std::string> whose(const Project &project)
{
	for (const auto part : std::views::split(reserved_names(), '\n')) {
		const std::string_view line(part.begin(), part.end());
		const auto tab = line.find('\t');
		if (tab == std::string_view::npos)
			continue;
		if (matches(project.name, line.substr(0, tab)))
			return with_name(line.substr(tab + 1), project.name);
	}
	for (const auto &[kind, names, who] : taken_by_the_kernel)
		if (kind == project.kind && matches(project.name, names))
			return with_name(who, project.name);
	return std::nullopt;
}

} // namespace

Result<void> check_name(const Project &project)
{
	const auto &name = project.name;
	if (!is_module_name(name) || name.starts_with('-'))
		return std::unexpected(Error{
			.status = ExitStatus::usage,
			.what = fmt::format("'{}' cannot be the name of a module", name),
			.found = fmt::format("'{}', {} characters", name, name.size()),
			.needed = "letters, digits, _ and -, not starting with -, at most 55: the "
				  "kernel keeps names in 56 bytes, and Kbuild makes C identifiers "
				  "of them",
			.fix = "kcxx new my_module"});
	if (const auto who = whose(project))
		return std::unexpected(
			Error{.status = ExitStatus::usage,
			      .what = fmt::format("'{}' cannot be the name of a module", name),
			      .found = fmt::format("'{}': {}", name, *who),
			      .needed = "a name of its own",
			      .fix = fmt::format("kcxx new my_{}", name)});
	return {};
}

} // namespace kcxx::starter
