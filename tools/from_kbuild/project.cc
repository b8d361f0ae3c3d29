// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "from_kbuild/project.hpp"

#include "from_kbuild/relocation.hpp"
#include "from_kbuild/surroundings.hpp"
#include "kbuild_products.hpp"
#include "module/modinfo.hpp"
#include "module/module_elf.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <ranges>
#include <set>

namespace kcxx::from_kbuild
{

namespace fs = std::filesystem;

namespace
{

struct Ending {
	std::string_view text;
	Language language;
};

// In Kbuild's order of precedence
constexpr Ending endings[] = {
	{".c", Language::c},
	{".S", Language::assembly},
	{".cc", Language::cxx},
	{".cpp", Language::cxx},
	{".cxx", Language::cxx},
	{".o_shipped", Language::object},
	{".o_binary", Language::object},
	{".o", Language::object},
};

std::string tag_of(Language language)
{
	return language == Language::assembly ? "asm" : "c";
}

// Moves the flags that all sources of a language begin with to the module.
void take_common_flags(Module &module)
{
	for (const auto language : {Language::c, Language::assembly, Language::cxx}) {
		std::optional<std::vector<Flag>> common;
		for (const auto &source : module.sources) {
			if (source.language != language)
				continue;
			if (!common)
				common = source.flags;
			const auto end = std::ranges::mismatch(*common, source.flags).in1;
			common->erase(end, common->end());
		}
		if (!common)
			continue;
		for (auto &source : module.sources)
			if (source.language == language)
				source.flags.erase(
					source.flags.begin(),
					source.flags.begin() +
						static_cast<std::ptrdiff_t>(common->size()));
		module.flags[language] = std::move(*common);
	}
}

/** Makes a Project from an OwnBuild. */
class Reader
{
public:
	Reader(const OwnBuild &build, const WorkingCopy &copy, const Kernel &kernel,
	       fs::path original)
	    : build_(build), copy_(copy), kernel_(kernel), original_(std::move(original)),
	      relocation_(build, copy, kernel)
	{
	}

	Result<Project> read();

private:
	Result<Module> read_module(const RecordedModule &recorded);
	Result<Source> find_source(const RecordedModule &module, const fs::path &object);
	[[nodiscard]] std::vector<Flag> flags_of(const Source &source, const RecordedModule &module,
						 const fs::path &object);
	void read_link_flags(const RecordedModule &module);
	void read_conditions(Module &module, const RecordedModule &recorded);
	void decide(Module &module, const Condition &condition,
		    const std::vector<fs::path> &members);
	void read_requirements(Module &module, const fs::path &object);
	void read_uses(Project &project);
	void read_left_out_modules();
	void remark_shared_sources(const Project &project);
	[[nodiscard]] std::string place(const fs::path &path) const
	{
		return path.lexically_relative(copy_.project()).string();
	}
	[[nodiscard]] std::string option_of_kernel(const std::string &option) const;
	void remark(const std::string &text)
	{
		if (std::ranges::find(remarks_, text) == remarks_.end())
			remarks_.push_back(text);
	}

	const OwnBuild &build_;   // NOLINT(*-ref-data-members): lives within to_project()
	const WorkingCopy &copy_; // NOLINT(*-ref-data-members): lives within to_project()
	const Kernel &kernel_;    // NOLINT(*-ref-data-members): lives within to_project()
	fs::path original_;
	Relocation relocation_;
	std::string configuration_;
	std::vector<std::string> remarks_;
};

// Returns the value of an option in the kernel's configuration: y, m, …, or nothing.
std::string Reader::option_of_kernel(const std::string &option) const
{
	const auto at = configuration_.find("\n" + option + "=");
	if (at == std::string::npos)
		return {};
	const auto start = at + option.size() + 2;
	return configuration_.substr(start, configuration_.find('\n', start) - start);
}

Result<Source> Reader::find_source(const RecordedModule &module, const fs::path &object)
{
	const auto stem = object.string().substr(0, object.string().size() - 2);
	std::error_code error;
	for (const std::string_view end : {".cc", ".cpp", ".cxx"})
		if (stem.ends_with(end) && fs::exists(stem, error)) // hello.cc.o of Makefile.cxx
			return Source{.path = place(stem), .language = Language::cxx};
	const bool is_module = object == module.object;
	for (const auto &[text, language] : endings) {
		const fs::path path = stem + std::string(text);
		if (!fs::exists(path, error) || (text == ".o" && is_module))
			continue;
		// The project's own build may have made the object: only one in the original
		// project is a source.
		const auto there = original_ / place(path);
		if (text == ".o" && !fs::exists(there, error))
			continue;
		return Source{.path = place(path), .language = language};
	}
	const bool rust = fs::exists(stem + ".rs", error);
	return std::unexpected(Error{
		.status = ExitStatus::input,
		.what = rust ? "a module in Rust" : "an object has no source",
		.found =
			rust ? place(stem + ".rs")
			     : fmt::format("{} in the module {}, and no {}.c{}", place(object),
					   module.object.stem().string(), place(stem),
					   build_.complaint.empty() ? "" : "\n" + build_.complaint),
		.needed = rust ? "modules in C, C++ and assembly"
			       : "a .c, .cc, .cpp, .cxx or .S beside it, an .o_shipped or "
				 ".o_binary, or a "
				 "rule that generates one",
		.fix = rust ? "a folder without it"
			    : "correct the Kbuild file or Makefile until make works"});
}

std::vector<Flag> Reader::flags_of(const Source &source, const RecordedModule &module,
				   const fs::path &object)
{
	const auto &words = module.flags.at(object);
	const auto tag = tag_of(source.language);
	const auto kernel = build_.kernel_flags.find(tag);
	const auto own = words.find(tag);
	if (kernel == build_.kernel_flags.end() || own == words.end())
		return {};
	auto changes = changes_of_flags(relocation_.of_project(kernel->second), own->second);
	for (const auto &flag : changes.removed)
		remark(fmt::format("{} is compiled without {}, which is a flag of the kernel: kcxx "
				   "takes none away",
				   source.path, relocation_.apply(flag).text));
	if (const auto more = words.find("cxx");
	    source.language == Language::cxx && more != words.end()) {
		const auto of_cxx = changes_of_flags({}, more->second).added;
		std::ranges::copy(of_cxx, std::back_inserter(changes.added));
	}
	for (auto &flag : changes.added)
		flag = relocation_.apply(flag);
	return changes.added;
}

// ldflags-y, LDFLAGS_foo.o
void Reader::read_link_flags(const RecordedModule &module)
{
	const auto &object = module.object;
	const auto words = module.flags.find(object);
	if (words == module.flags.end() || !words->second.contains("ld") ||
	    !build_.kernel_flags.contains("ld"))
		return;
	for (const auto &flag :
	     changes_of_flags(build_.kernel_flags.at("ld"), words->second.at("ld")).added)
		remark(fmt::format("{} is linked with {}{}{}: kcxx links modules with the flags of "
				   "the kernel alone",
				   object.stem().string(), flag.name, flag.name.empty() ? "" : " ",
				   flag.kind == FlagKind::option &&
						   flag.text.starts_with(copy_.project().string())
					   ? place(flag.text)
					   : flag.text));
}

// Makes the members of @condition depend on its option if the build agrees with the kernel's value
// of it; otherwise the project sets the option itself.
void Reader::decide(Module &module, const Condition &condition,
		    const std::vector<fs::path> &members)
{
	for (const auto &word : condition.words) {
		const auto object = (condition.folder / word).lexically_normal();
		const bool is_there = std::ranges::find(members, object) != members.end();
		const auto value = option_of_kernel(condition.option);
		const bool is_set = value == "y" || value == "m";
		if (is_there != is_set) {
			remark(fmt::format(
				"{} is {} the module {}: the project itself decides {}, as of its "
				"build here",
				word, is_there ? "part of" : "left out of", module.name,
				condition.option));
			continue;
		}
		const auto source =
			find_source({.object = condition.folder, .members = {}}, object);
		if (!source) {
			remark(fmt::format(
				"{} is part of the module {} where the kernel has {}, and has no "
				"source here",
				word, module.name, condition.option));
			continue;
		}
		const auto known = std::ranges::find(module.sources, source->path, &Source::path);
		if (known != module.sources.end())
			known->option = condition.option;
		else
			module.sources.push_back({.path = source->path,
						  .language = source->language,
						  .option = condition.option});
		remark(fmt::format("{} is part of {} where the kernel has {}: a DKMS tree has the "
				   "sources of the "
				   "kernel that CMake is configured for",
				   source->path, module.name, condition.option));
	}
}

void Reader::read_conditions(Module &module, const RecordedModule &recorded)
{
	for (const auto &condition : build_.record.conditions) {
		if (condition.folder == recorded.object.parent_path() &&
		    (condition.variable == module.name ||
		     condition.variable == module.name + "-objs"))
			decide(module, condition, recorded.members);
		else if (condition.variable.starts_with("ccflags") ||
			 condition.variable.starts_with("asflags") ||
			 condition.variable.starts_with("EXTRA_") ||
			 condition.variable.starts_with("CFLAGS_"))
			remark(fmt::format("{}-$({}) += {}: taken as the kernel's {} decides here",
					   condition.variable, condition.option,
					   fmt::join(condition.words, " "), condition.option));
	}
}

// Reads obj-$(CONFIG_X) += foo.o, or the same for a folder with the module.
void Reader::read_requirements(Module &module, const fs::path &object)
{
	for (const auto &condition : build_.record.conditions) {
		if (condition.variable != "obj" || option_of_kernel(condition.option) != "m")
			continue;
		for (const auto &word : condition.words) {
			const auto part = (condition.folder / word).lexically_normal();
			const bool is_folder = word.ends_with('/');
			const bool holds = is_folder ? object.string().starts_with(part.string())
						     : part == object;
			if (holds && std::ranges::find(module.requires_options, condition.option) ==
					     module.requires_options.end())
				module.requires_options.push_back(condition.option);
		}
	}
}

void Reader::read_left_out_modules()
{
	for (const auto &condition : build_.record.conditions) {
		if (condition.variable != "obj")
			continue;
		for (const auto &word : condition.words) {
			const auto part = (condition.folder / word).lexically_normal().string();
			const bool is_there =
				std::ranges::any_of(build_.record.modules, [&](const auto &module) {
					return module.object.string().starts_with(part);
				});
			if (!is_there)
				remark(fmt::format("{} is built where {} is m, which it is not "
						   "here: not carried",
						   place(part), condition.option));
		}
	}
}

Result<Module> Reader::read_module(const RecordedModule &recorded)
{
	Module module{.name = recorded.object.stem().string()};
	for (const auto &member : recorded.members) {
		auto source = TRY(find_source(recorded, member));
		if (source.language != Language::object) {
			if (!recorded.flags.contains(member))
				return std::unexpected(Error{
					.status = ExitStatus::input,
					.what = "make cannot make what an object needs",
					.found = build_.complaint,
					.needed = "rules that make all that " + place(member) +
						  " depends on",
					.fix = "make in a copy of the project until that works"});
			source.flags = flags_of(source, recorded, member);
		}
		std::error_code error;
		if (!fs::exists(original_ / source.path, error))
			remark(fmt::format("{} is generated by the project's makefiles: "
					   "add_custom_command() or "
					   "configure_file() has to make it",
					   source.path));
		module.sources.push_back(std::move(source));
	}
	take_common_flags(module);
	read_link_flags(recorded);
	read_conditions(module, recorded);
	read_requirements(module, recorded.object);
	return module;
}

// Reads which modules use which others: modpost recorded it in the project's own build.
void Reader::read_uses(Project &project)
{
	std::error_code error;
	for (auto &module : project.modules) {
		const auto recorded =
			std::ranges::find(build_.record.modules, module.name, [](const auto &each) {
				return each.object.stem().string();
			});
		auto file = recorded->object;
		const auto elf = fs::exists(file.replace_extension(".ko"), error)
					 ? read_module_elf(file)
					 : Result<ModuleElf>(std::unexpected(Error{}));
		if (!elf) {
			project.siblings_unknown = project.modules.size() > 1;
			continue;
		}
		for (const auto &name : Modinfo(*elf).depends())
			for (const auto &other : project.modules)
				if (module_name(other.name) == module_name(name))
					module.uses.push_back(other.name);
	}
	const auto symbols = build_.record.beside.find("symbols");
	if (symbols == build_.record.beside.end())
		return;
	for (const auto &file : symbols->second) {
		if (file.starts_with(copy_.project().string()))
			continue; // the file of another module of the project
		remark(fmt::format(
			"the modules may use the symbols in {}, which is outside of the project",
			file));
		for (auto &module : project.modules)
			if (fs::exists(file, error))
				module.uses.push_back(file);
	}
}

// CMake gives a source the same properties in all modules.
void Reader::remark_shared_sources(const Project &project)
{
	std::map<std::string, std::vector<Flag>> flags;
	for (const auto &module : project.modules)
		for (const auto &source : module.sources)
			if (const auto known = flags.try_emplace(source.path, source.flags).first;
			    known->second != source.flags)
				remark(fmt::format("{} has flags of its own in {} that it has not "
						   "in another module: "
						   "CMake compiles it with those of the first",
						   source.path, module.name));
}

Result<Project> Reader::read()
{
	configuration_ = "\n" + read_file(kernel_.build / "include/config/auto.conf").value_or("");
	Project project{.name = original_.filename().string(), .release = kernel_.release};
	for (const auto &makefile : build_.record.makefiles)
		if (const auto name = place(makefile);
		    !name.starts_with("..") && !is_made_by_kbuild(makefile))
			project.files.push_back(name);
	for (const auto &recorded : build_.record.modules) {
		project.modules.push_back(TRY(read_module(recorded)));
	}
	remark_shared_sources(project);
	if (!build_.succeeded)
		remark(fmt::format("the project's own build fails for {}: {}", kernel_.release,
				   build_.complaint));
	read_uses(project);
	read_left_out_modules();
	for (const auto &text : surroundings(build_, copy_, kernel_))
		remark(text);
	project.remarks = std::move(remarks_);
	return project;
}

} // namespace

Result<Project> to_project(const OwnBuild &build, const WorkingCopy &copy, const Kernel &kernel,
			   const fs::path &original)
{
	return Reader(build, copy, kernel, original).read();
}

} // namespace kcxx::from_kbuild
