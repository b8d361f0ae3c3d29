// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "from_kbuild/dkms_package.hpp"

#include "architecture.hpp"
#include "from_kbuild/cmake_text.hpp"
#include "from_kbuild/record.hpp"
#include "starter/project.hpp"
#include "system/pattern.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <ranges>

namespace kcxx::from_kbuild
{

namespace fs = std::filesystem;

namespace
{

bool matches(const std::string &text, std::string_view expression)
{
	const auto pattern = Pattern::compile(expression);
	return pattern && pattern->is_all_of(text);
}

/** Writes the keywords of add_dkms_package() one by one. */
class Writer
{
public:
	Writer(Project &project, fs::path folder)
	    : project_(project), conf_(*project.dkms), folder_(std::move(folder))
	{
	}

	std::string write();

private:
	std::string name();
	std::string version();
	void modules();
	void destination();
	void kernels();
	void others();
	void patches();
	void scripts();
	void refused();
	void add(std::string words) { arguments_.push_back(std::move(words)); }
	void remark(std::string text)
	{
		project_.remarks.push_back("dkms.conf: " + std::move(text));
	}

	Project &project_;     // NOLINT(*-ref-data-members): lives within dkms_package()
	const DkmsConf &conf_; // NOLINT(*-ref-data-members): lives within dkms_package()
	fs::path folder_;
	std::vector<std::string> arguments_;
};

std::string Writer::name()
{
	const auto given = conf_.first("PACKAGE_NAME");
	auto name = starter::package_name({.name = given, .kind = {}, .kbuild = {}});
	if (!matches(name, "[a-z0-9][a-z0-9+.-]+"))
		name = starter::package_name(
			{.name = project_.modules.front().name, .kind = {}, .kbuild = {}});
	if (name != given)
		remark(fmt::format("PACKAGE_NAME '{}' has become {}, a name that packages can "
				   "have: 'dkms remove' "
				   "the old one",
				   given, name));
	return name;
}

std::string Writer::version()
{
	const auto given = conf_.first("PACKAGE_VERSION");
	auto version = given;
	std::ranges::replace(version, '-', '+');
	std::ranges::replace(version, '_', '.');
	if (version.starts_with('v'))
		version.erase(0, 1);
	if (!matches(version, "[0-9][A-Za-z0-9.+~]*"))
		version = "1.0";
	if (version != given)
		remark(fmt::format("PACKAGE_VERSION '{}' has become {}: a number first, then "
				   "letters, digits, ., + "
				   "and ~",
				   given, version));
	return version;
}

void Writer::modules()
{
	std::string list = "MODULES";
	for (const auto index : conf_.indices("BUILT_MODULE_NAME")) {
		const auto name = conf_.at("BUILT_MODULE_NAME", index);
		if (name.empty())
			continue;
		if (std::ranges::find(project_.modules, name, &Module::name) ==
		    project_.modules.end()) {
			remark(fmt::format(
				"BUILT_MODULE_NAME {} is no module that the makefiles build here",
				name));
			continue;
		}
		const auto installed = conf_.at("DEST_MODULE_NAME", index);
		if (!installed.empty() && installed != name)
			remark(fmt::format("DEST_MODULE_NAME {}: modules are installed under the "
					   "name that they "
					   "have, {}",
					   installed, name));
		list += " " + name;
	}
	if (list == "MODULES")
		for (const auto &module : project_.modules)
			list += " " + module.name;
	add(list);
}

void Writer::destination()
{
	auto places = conf_.list("DEST_MODULE_LOCATION");
	for (auto &place : places)
		while (place.ends_with('/'))
			place.pop_back();
	if (places.empty())
		return;
	const auto &place = places.front();
	if (std::ranges::any_of(places, [&](const auto &other) { return other != place; }))
		remark(fmt::format(
			"DEST_MODULE_LOCATION: several places, {}: all modules go to the first",
			fmt::join(places, ", ")));
	if (!matches(place, "/(kernel|updates|extra)(/[A-Za-z0-9_.-]+)*"))
		remark(fmt::format("DEST_MODULE_LOCATION {} is no place of DKMS: /updates", place));
	else if (place != "/updates")
		add("DESTINATION " + place);
}

void Writer::kernels()
{
	if (const auto least = conf_.first("BUILD_EXCLUSIVE_KERNEL_MIN"); !least.empty())
		add("KERNEL_MIN " + argument(least));
	if (const auto most = conf_.first("BUILD_EXCLUSIVE_KERNEL_MAX"); !most.empty()) {
		add("KERNEL_MAX " + argument(most));
		remark(fmt::format(
			"BUILD_EXCLUSIVE_KERNEL_MAX {0}: KERNEL_MAX {0} includes all {0}.x", most));
	}
	if (const auto expression = conf_.first("BUILD_EXCLUSIVE_KERNEL"); !expression.empty())
		remark(fmt::format(
			"BUILD_EXCLUSIVE_KERNEL '{}' is a regular expression: use KERNEL_MIN and "
			"KERNEL_MAX",
			expression));
	auto machines = split_words(conf_.first("ARCHES"));
	for (const auto &arch : architectures)
		std::ranges::replace(machines, std::string(arch.uname), std::string(arch.name));
	if (machines.empty() && !conf_.first("BUILD_EXCLUSIVE_ARCH").empty())
		remark(fmt::format("BUILD_EXCLUSIVE_ARCH '{}' has no architecture of kcxx: {}",
				   conf_.first("BUILD_EXCLUSIVE_ARCH"), architecture_names()));
	else if (!machines.empty() && machines.size() < architectures.size())
		add(fmt::format("ARCH {}", fmt::join(machines, " ")));
	std::string required;
	for (const auto &option : split_words(conf_.first("BUILD_EXCLUSIVE_CONFIG")))
		if (option.starts_with('!'))
			remark(fmt::format(
				"BUILD_EXCLUSIVE_CONFIG {}: a kernel that must not have an option",
				option));
		else
			required += " " + argument(option);
	if (!required.empty())
		add("REQUIRES" + required);
}

void Writer::others()
{
	if (!conf_.first("AUTOINSTALL").starts_with('y') &&
	    !conf_.first("AUTOINSTALL").starts_with('Y'))
		add("AUTOINSTALL OFF");
	std::string packages;
	for (const auto &package : conf_.list("BUILD_DEPENDS"))
		packages += " " + argument(package);
	if (!packages.empty())
		add("DEPENDS_ON" + packages);
	if (conf_.first("BUILD_DEPENDS_REBUILD").starts_with('y'))
		add("BUILD_DEPENDS_REBUILD ON");
}

void Writer::patches()
{
	std::string list;
	std::error_code error;
	for (const auto index : conf_.indices("PATCH")) {
		const auto patch = conf_.at("PATCH", index);
		const auto match = conf_.at("PATCH_MATCH", index);
		if (patch.empty())
			continue;
		if (!fs::exists(folder_ / "patches" / patch, error)) {
			remark(fmt::format("PATCH {}: no such file in patches/", patch));
			continue;
		}
		list += " " + argument("patches/" + patch + (match.empty() ? "" : "@" + match));
	}
	if (list.empty())
		return;
	add("PATCHES" + list);
	remark("patches are DKMS's work: CMake builds the sources as they are");
}

// Writes the scripts with their arguments, in which $kernelver and $arch remain variables.
void Writer::scripts()
{
	std::error_code error;
	for (const std::string_view directive : {"POST_ADD", "PRE_BUILD", "POST_BUILD",
						 "PRE_INSTALL", "POST_INSTALL", "POST_REMOVE"}) {
		const auto words = split_words(project_.dkms_with_names->first(directive));
		if (words.empty())
			continue;
		const auto script = fs::path(words.front()).lexically_normal();
		if (!fs::is_regular_file(folder_ / script, error)) {
			remark(fmt::format("{} '{}': no script of the project", directive,
					   fmt::join(words, " ")));
			continue;
		}
		auto text = fmt::format("{} {}", directive, argument(script.string()));
		for (const auto &word : words | std::views::drop(1))
			text += " " + (word.contains(']') ? argument(word) : "[[" + word + "]]");
		add(text);
		if (directive == "PRE_BUILD")
			remark(fmt::format("PRE_BUILD {}: CMake does not run it: what it makes "
					   "needs a rule or a probe",
					   script.string()));
	}
}

void Writer::refused()
{
	constexpr std::array ignored = {
		std::pair{"REMAKE_INITRD",
			  "DKMS makes no initrd any more: POST_INSTALL with update-initramfs"},
		std::pair{"MODULES_CONF", "DKMS takes it no more: a file for /etc/modprobe.d"},
		std::pair{"OBSOLETE_BY",
			  "KERNEL_MAX is the newest kernel that the modules are for"},
		std::pair{"NO_WEAK_MODULES", "not carried"},
	};
	for (const auto &[directive, advice] : ignored)
		if (const auto value = conf_.first(directive);
		    !value.empty() && !value.starts_with('n'))
			remark(fmt::format("{} {}: {}", directive, value, advice));
	if (std::ranges::any_of(conf_.list("STRIP"),
				[](const auto &each) { return each.starts_with('n'); }))
		remark("STRIP no: not carried, DKMS strips the modules");
}

std::string Writer::write()
{
	const auto head = fmt::format("add_dkms_package({} VERSION {}", name(), version());
	modules();
	destination();
	kernels();
	others();
	patches();
	scripts();
	refused();
	return call(head, arguments_);
}

} // namespace

std::string dkms_package(Project &project, const fs::path &folder)
{
	return Writer(project, folder).write();
}

} // namespace kcxx::from_kbuild
