// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "starter/project.hpp"

#include "starter/names.hpp"
#include "starter/template.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/core.h>
#include <kainjow/mustache.hpp>
#include <unistd.h>

namespace kcxx::starter
{

namespace fs = std::filesystem;
using kainjow::mustache::data;

namespace
{

constexpr std::string_view every = "every";

bool is_of(const Template &file, const Project &project)
{
	return file.kind == every || file.kind == project.kind;
}

// pump-motor → PumpMotor
std::string type_name(std::string_view name)
{
	std::string type;
	bool start = true;
	for (const char c : name) {
		if (c == '-' || c == '_') {
			start = true;
			continue;
		}
		type += start ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
		start = false;
	}
	// A type's name must not begin with a digit.
	return type.empty() || std::isdigit(static_cast<unsigned char>(type.front())) != 0
		       ? "My" + type
		       : type;
}

std::string with_dashes_as_underscores(std::string name)
{
	std::ranges::replace(name, '-', '_');
	return name;
}

/** The needs of a new project's test, by its kind. */
struct TestOfKind {
	std::string_view kind;
	std::string_view expected; // a line of the log or of try.sh
	std::string_view cmake;    // arguments of add_kernel_module_test()
	std::string_view boot;     // the same for kcxx boot
	std::string_view needs;    // options of the kernel
};
constexpr TestOfKind tests_of_kinds[] = {
	{.kind = "pci",
	 .expected = "computing: 0$",
	 .cmake = "DEVICES edu",
	 .boot = " --device edu",
	 .needs = " REQUIRES CONFIG_PCI"},
	{.kind = "platform", .expected = "speed: 70$", .cmake = "", .boot = "", .needs = ""},
	{.kind = "i2c",
	 .expected = "speed: 70$",
	 .cmake = "LOAD i2c-stub PARAMETERS i2c_stub:chip_addr=0x48",
	 .boot = " --load i2c-stub --param i2c_stub:chip_addr=0x48",
	 .needs = " REQUIRES CONFIG_I2C"},
	{.kind = "spi",
	 .expected = "speed: 70$",
	 .cmake = "",
	 .boot = "",
	 .needs = " REQUIRES CONFIG_SPI"},
	{.kind = "", .expected = "read: hello$", .cmake = "", .boot = "", .needs = ""}, // others
};

const TestOfKind &test_of(const Project &project)
{
	return *std::ranges::find_if(tests_of_kinds, [&](const auto &row) {
		return row.kind == project.kind || row.kind.empty();
	});
}

// Returns the line that the new module's own test expects.
std::string expected_line(const Project &project)
{
	return project.kind == "hello"
		       ? with_dashes_as_underscores(project.name) + ": hello from C\\\\+\\\\+$"
		       : std::string(test_of(project).expected);
}

// Returns the name of the module's device, of which buses keep few characters.
std::string device_name(const Project &project)
{
	constexpr size_t length = 19; // of I2C, the shortest
	return project.name.substr(0, length);
}

data to_view(const Project &project)
{
	const bool script = std::ranges::any_of(embedded_templates(), [&](const auto &file) {
		return file.kind == project.kind && file.name == "try.sh";
	});
	data view;
	view.set("name", project.name);
	view.set("type", type_name(project.name));
	view.set("package", package_name(project));
	view.set("expected", expected_line(project));
	view.set("id", device_name(project));
	view.set("test", std::string(test_of(project).cmake));
	view.set("boot", std::string(test_of(project).boot));
	view.set("needs", std::string(test_of(project).needs));
	view.set("dkms", project.dkms);
	view.set("script", script);
	return view;
}

// Returns the name of the file in the project.
std::string file_name(const Template &file, const Project &project)
{
	if (file.name == "module.cc")
		return project.name + ".cc";
	return file.name == "gitignore" ? ".gitignore" : std::string(file.name);
}

Result<void> write_files(const Project &project, const fs::path &directory)
{
	auto view = to_view(project);
	for (const auto &file : embedded_templates()) {
		if (!is_of(file, project))
			continue;
		kainjow::mustache::mustache page{std::string(file.text)};
		page.set_custom_escape([](const std::string &text) { return text; });
		const auto path = directory / file_name(file, project);
		TRY(write_file(path, page.render(view)));
		if (file.name == "try.sh")
			fs::permissions(path, fs::perms::owner_exec, fs::perm_options::add);
	}
	return {};
}

} // namespace

std::vector<std::string> kinds()
{
	std::vector<std::string> kinds;
	for (const auto &file : embedded_templates())
		if (file.kind != every && std::ranges::find(kinds, file.kind) == kinds.end())
			kinds.emplace_back(file.kind);
	return kinds;
}

std::string package_name(const Project &project)
{
	std::string name;
	for (const char c : project.name)
		name += c == '_' ? '-'
				 : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
	const auto start = name.find_first_not_of('-');
	name.erase(0, start == std::string::npos ? name.size() : start);
	return name.size() < 2 ? name + "-module" : name;
}

Result<void> write(const Project &project, const fs::path &parent)
{
	TRY(check_name(project));
	const auto directory = parent / project.name;
	std::error_code error;
	if (fs::exists(fs::symlink_status(directory, error)))
		return std::unexpected(
			Error{.status = ExitStatus::input,
			      .what = "there is something of that name already",
			      .found = directory.string(),
			      .needed = "a name that is free: nothing is overwritten",
			      .fix = fmt::format("kcxx new {}2", project.name)});
	// Written next to the project, so that a rename puts the complete project in place.
	const auto unfinished = parent / fmt::format(".{}.{}", project.name, getpid());
	if (!fs::create_directory(unfinished, error))
		return std::unexpected(
			Error{.status = ExitStatus::internal,
			      .what = "cannot make the directory " + unfinished.string(),
			      .found = error.message()});
	auto written = write_files(project, unfinished);
	if (written) {
		fs::rename(unfinished, directory, error);
		if (error)
			written = std::unexpected(Error{.what = "cannot make " + directory.string(),
							.found = error.message()});
	}
	if (!written)
		fs::remove_all(unfinished, error);
	return written;
}

} // namespace kcxx::starter
