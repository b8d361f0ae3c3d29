// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx new: a project to start from.
#include "commands.hpp"
#include "kbuild_folder.hpp"
#include "starter/next_steps.hpp"
#include "starter/project.hpp"
#include "system/terminal.hpp"

#include <fmt/core.h>
#include <memory>

namespace kcxx
{

namespace
{

ExitStatus create(starter::Project project)
{
	const auto kbuild = find_kbuild_folder();
	if (!kbuild) {
		terminal::print(kbuild.error());
		return kbuild.error().status;
	}
	project.kbuild = *kbuild;
	if (const auto written = starter::write(project, "."); !written) {
		terminal::print(written.error());
		return written.error().status;
	}
	fmt::print("{}", starter::next_steps(project));
	return ExitStatus::ok;
}

} // namespace

command_line::Command new_command()
{
	const auto project = std::make_shared<starter::Project>();
	project->kind = "hello";
	return {.name = "new",
		.summary =
			"Write a project of one module, which builds, boots its test and packages",
		.options = {{.names = "name",
			     .target = &project->name,
			     .help = "the module's name, and the directory's",
			     .required = true},
			    {.names = "--kind",
			     .target = &project->kind,
			     .help = "hello: a line in the log; misc: a device in /dev; fs: a file "
				     "system",
			     .choices = starter::kinds(),
			     .shows_default = true},
			    {.names = "--dkms",
			     .target = &project->dkms,
			     .help = "with a DKMS package"}},
		.run = [project] { return create(*project); }};
}

} // namespace kcxx
