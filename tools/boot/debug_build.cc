// SPDX-License-Identifier: GPL-2.0-only OR MIT
//
// A project's build for the kernel is in a directory of its own, beside its other products: in
// kcxx-debug/<release> of CMake's build directory, or in .kcxx-debug/<release> of a Kbuild project.
// It stays, so that the next boot builds only what has changed.
#include "boot/debug_build.hpp"

#include "architecture.hpp"
#include "kbuild_folder.hpp"
#include "kernels/build.hpp"
#include "matrix/build_system.hpp"
#include "matrix/project_of_module.hpp"
#include "matrix/step_output.hpp"
#include "system/file.hpp"
#include "system/file_lock.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <ranges>
#include <thread>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

unsigned processors()
{
	return std::max(1U, std::thread::hardware_concurrency());
}

Result<Kernel> debug_kernel(const Cache &cache, const ModuleFile &module,
			    const DebugOptions &options)
{
	const auto *arch = find_architecture(&Architecture::elf_machine, module.machine);
	auto built =
		TRY(build_kernel(cache, {.series = series_of(module.release),
					 .arch = std::string(arch != nullptr ? arch->name : ""),
					 .sanitizer = options.sanitizer,
					 .fragments = options.fragments,
					 .compiler = options.compiler,
					 .jobs = processors()}));
	return std::move(built.kernel);
}

/** The build of one project for one kernel. */
class ProjectBuild
{
public:
	ProjectBuild(const Kernel &kernel, const matrix::BuiltProject &built, fs::path kbuild)
	    : built_(built), pair_{.kernel = kernel,
				   .compiler = "default",
				   .directory = directory_of(built, kernel)},
	      builder_(matrix::make_builder(built.project, {.kbuild = std::move(kbuild),
							    .definitions = built.definitions,
							    .jobs = processors()}))
	{
	}

	/** Builds the modules @names, and returns their files in this order. */
	Result<std::vector<std::string>> make(const std::vector<std::string> &names)
	{
		TRY(make_directory());
		const auto lock =
			TRY(lock_file(pair_.directory / ".lock", "builds " + built_.project.name));
		const auto prepare = TRY(builder_->prepare(pair_));
		// Kbuild knows its modules while it builds them.
		const bool lists_first = built_.project.build == matrix::BuildSystem::cmake;
		if (lists_first && !builder_->prepared(pair_))
			TRY(step(prepare, "configuring"));
		auto command = builder_->build_together(pair_, names, processors());
		if (!command)
			command = builder_->finish(pair_, names);
		if (command)
			TRY(step(*command, "building"));
		return files(names);
	}

private:
	static fs::path directory_of(const matrix::BuiltProject &built, const Kernel &kernel)
	{
		const bool hidden = built.project.build == matrix::BuildSystem::kbuild;
		return built.products / (hidden ? ".kcxx-debug" : "kcxx-debug") / kernel.release;
	}

	[[nodiscard]] Result<void> make_directory() const
	{
		std::error_code error;
		fs::create_directories(pair_.directory, error);
		if (error)
			return std::unexpected(Error{.what = fmt::format("cannot make {}: {}",
									 pair_.directory.string(),
									 error.message())});
		return write_file(pair_.directory.parent_path() / ".gitignore", "*\n");
	}

	[[nodiscard]] Result<void> step(const Command &command, std::string_view does) const
	{
		const terminal::Progress progress;
		progress.show(fmt::format("{} {} for {}", does, built_.project.name,
					  pair_.kernel.release));
		const auto finished = TRY(run(command));
		const auto log = pair_.directory / "build.log";
		TRY(write_file(log, finished.output));
		if (finished.status == 0)
			return {};
		return std::unexpected(Error{
			.status = ExitStatus::input,
			.what = fmt::format("{} does not build for {}", built_.project.name,
					    pair_.kernel.release),
			.found = matrix::failure_in(matrix::Stage::build, finished.status,
						    finished.output),
			.needed = "modules that build for a kernel with debugging; --config adds "
				  "options to it",
			.fix = "less " + log.string()});
	}

	[[nodiscard]] Result<std::vector<std::string>>
	files(const std::vector<std::string> &names) const
	{
		const auto listed = TRY(builder_->modules(pair_));
		std::vector<std::string> found;
		for (const auto &name : names) {
			const auto module =
				std::ranges::find(listed, name, &matrix::ListedModule::name);
			if (module == listed.end() || !module->excluded.empty())
				return std::unexpected(
					Error{.status = ExitStatus::input,
					      .what = fmt::format("{} is not built for {}", name,
								  pair_.kernel.release),
					      .found = module == listed.end()
							       ? "the project does not have it"
							       : module->excluded});
			found.push_back(module->file.string());
		}
		return found;
	}

	const matrix::BuiltProject &built_; // NOLINT(*-ref-data-members): lives within one call
	matrix::Pair pair_;
	std::unique_ptr<matrix::Builder> builder_;
};

// The name by which the build system knows the module.
std::string listed_name(const fs::path &module)
{
	const auto name = module.filename().string();
	return name.substr(0, name.find(".ko"));
}

} // namespace

Result<DebugBuild> build_for_debugging(const Cache &cache, const std::vector<ModuleFile> &modules,
				       const DebugOptions &options)
{
	DebugBuild built{.kernel = TRY(debug_kernel(cache, modules.front(), options))};
	const auto kbuild = TRY(find_kbuild_folder());
	// Modules of one project are built together: one may call another.
	std::map<fs::path, std::pair<matrix::BuiltProject, std::vector<std::string>>> projects;
	for (const auto &module : modules) {
		built.modules.push_back(module.path.string());
		if (module.release == built.kernel.release)
			continue;
		auto project = TRY(matrix::project_of_module(module.path));
		auto &[known, names] = projects[project.products];
		known = std::move(project);
		names.push_back(listed_name(module.path));
	}
	for (const auto &[products, project] : projects) {
		const auto &[known, names] = project;
		const auto files = TRY(ProjectBuild(built.kernel, known, kbuild).make(names));
		for (auto &given : built.modules)
			if (const auto name = std::ranges::find(names, listed_name(given));
			    name != names.end())
				given = files[static_cast<size_t>(name - names.begin())];
	}
	return built;
}

} // namespace kcxx
