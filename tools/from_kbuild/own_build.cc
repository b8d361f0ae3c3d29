// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "from_kbuild/own_build.hpp"

#include "from_kbuild/builder.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace kcxx::from_kbuild
{

namespace fs = std::filesystem;

namespace
{

// Makefiles use these names for the kernel's build directory. Some test whether their default for
// it exists.
constexpr std::string_view names_of_kernel_directory[] = {
	"KERNELDIR",     "KDIR", "KERNEL_DIR", "KERNEL_SRC",
	"KERNEL_SOURCE", "KSRC", "KERN_DIR",   "KERNEL_PATH",
};

// Returns whether the build has all modules that DKMS installs.
bool has_all(const OwnBuild &build, const std::optional<DkmsConf> &dkms)
{
	const auto names = dkms ? dkms->list("BUILT_MODULE_NAME") : std::vector<std::string>{};
	return std::ranges::all_of(names, [&](const std::string &name) {
		return std::ranges::any_of(build.record.modules, [&](const auto &module) {
			return module.object.stem() == name;
		});
	});
}

// Removes the path of the copy from @text: the copy no longer exists when a user reads the text.
std::string without_copy(std::string text, const WorkingCopy &copy)
{
	const auto place = copy.project().string() + "/";
	for (size_t at = 0; (at = text.find(place, at)) != std::string::npos;)
		text.erase(at, place.size());
	return text;
}

bool same_objects(const Record &a, const Record &b)
{
	const auto modules_of = [](const Record &record) {
		std::map<fs::path, std::pair<std::vector<fs::path>, std::map<fs::path, Flags>>>
			modules;
		for (const auto &module : record.modules)
			modules[module.object] = {module.members, module.flags};
		return modules;
	};
	return modules_of(a) == modules_of(b);
}

std::vector<Way> ways(const fs::path &project, const Kernel &kernel,
		      const std::optional<DkmsConf> &dkms)
{
	std::vector<Way> ways;
	std::error_code error;
	for (const char *name : {"GNUmakefile", "makefile", "Makefile"}) {
		if (!fs::exists(project / name, error))
			continue;
		std::string with_kernel = "make -k";
		for (const auto variable : names_of_kernel_directory)
			with_kernel += fmt::format(" {}='{}'", variable, kernel.build.string());
		for (const auto &command :
		     {std::string("make -k"), with_kernel, with_kernel + " modules"})
			ways.push_back({.command = command, .of_makefile = true});
		break;
	}
	if (dkms && !dkms->first("MAKE").empty())
		ways.push_back({.command = dkms->first("MAKE"),
				.before = dkms->first("PRE_BUILD"),
				.shell = "bash"});
	ways.push_back(
		{.command = fmt::format("make -C '{}' M=\"$PWD\" modules", kernel.build.string()),
		 .before = dkms ? dkms->first("PRE_BUILD") : ""});
	return ways;
}

Error no_module(const fs::path &project, const std::string &complaint)
{
	std::error_code error;
	const auto has = [&](const char *name) { return fs::exists(project / name, error); };
	Error refusal{
		.status = ExitStatus::input,
		.what = "no kernel module of a Kbuild file or Makefile",
		.found = complaint,
		.needed = "a folder in which make builds a module for the kernel: obj-m := name.o",
		.fix = "make in a copy of it until that works; then the same again, or with the "
		       "--kernel that it is for"};
	if (!has("Kbuild") && !has("Makefile") && !has("dkms.conf")) {
		refusal.found = "no Kbuild and no Makefile in the folder";
		refusal.fix = "kcxx new --from <the folder of the Kbuild file>";
	} else if (complaint.empty()) {
		refusal.found = "no obj-m for this kernel, and no make that leads to one";
	}
	return refusal;
}

// Returns the flags of an object of an empty project.
Result<Flags> flags_of_kernel(Builder &builder, const WorkingCopy &copy, const Kernel &kernel)
{
	const auto empty = copy.own() / "empty";
	std::error_code error;
	fs::create_directories(empty, error);
	for (const auto &[name, text] :
	     {std::pair{"Kbuild", "obj-m := empty.o\n"}, {"empty.c", ""}})
		TRY(write_file(empty / name, text));
	const Way plain{.command = fmt::format("make -C '{}' M=\"$PWD\"", kernel.build.string()),
			.jobs = 0};
	const auto nothing = TRY(builder.take(plain, empty));
	const auto flags = nothing.record.objects.find(empty / "empty.o");
	if (flags == nothing.record.objects.end())
		return std::unexpected(
			Error{.status = ExitStatus::unavailable,
			      .what = "Kbuild does not work for this kernel",
			      .found = nothing.complaint,
			      .needed = "a kernel directory and compilers that build modules",
			      .fix = "kcxx check --kernel " + kernel.build.string()});
	return flags->second;
}

// Adds to @build the steps of 'make install', and the differences of dkms.conf.
Result<void> look_around(Builder &builder, const WorkingCopy &copy,
			 const std::optional<DkmsConf> &dkms, OwnBuild &build)
{
	build.install_steps = TRY(builder.install_steps(copy.project()));
	if (!dkms || dkms->first("MAKE").empty() || dkms->first("MAKE") == build.command)
		return {};
	const auto other = TRY(builder.take(
		{.command = dkms->first("MAKE"), .jobs = 0, .shell = "bash"}, copy.project()));
	build.dkms_differs =
		!other.record.modules.empty() && !same_objects(other.record, build.record);
	return {};
}

} // namespace

Result<OwnBuild> build_itself(const WorkingCopy &copy, const Kernel &kernel, const fs::path &kbuild,
			      const std::optional<DkmsConf> &dkms)
{
	Builder builder(copy, kernel);
	TRY(builder.prepare(kbuild));

	const auto kernel_flags = TRY(flags_of_kernel(builder, copy, kernel));

	std::optional<OwnBuild> best;
	std::optional<std::string> complaint; // of the first way, the project's own
	for (const auto &way : ways(copy.project(), kernel, dkms)) {
		if (best && way.of_makefile)
			continue;
		auto build = TRY(builder.take(way, copy.project()));
		if (!complaint)
			complaint = build.complaint;
		if (build.record.modules.empty())
			continue;
		if (!best || build.record.modules.size() > best->record.modules.size())
			best = std::move(build);
		if (has_all(*best, dkms))
			break;
	}
	if (!best)
		return std::unexpected(
			no_module(copy.project(), without_copy(complaint.value_or(""), copy)));
	best->complaint = without_copy(best->complaint, copy);
	best->kernel_flags = kernel_flags;
	TRY(look_around(builder, copy, dkms, *best));
	return std::move(*best);
}

} // namespace kcxx::from_kbuild
