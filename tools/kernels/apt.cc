// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/apt.hpp"

#include "system/child.hpp"
#include "system/file.hpp"
#include "system/file_lock.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/core.h>
#include <iterator>
#include <pwd.h>
#include <sstream>
#include <unistd.h>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

// apt reads this after the machine's own configuration, so it overrides that.
constexpr std::string_view configuration = R"(// Written by kcxx: package state of its own.
APT::Architecture "{arch}";
#clear APT::Architectures;
APT::Architectures {{ {arches}}};
#clear APT::Update;
#clear DPkg;
Acquire::Languages "none";
Dir::State "{dir}/state";
Dir::State::lists "lists/";
Dir::State::status "{dir}/state/status";
Dir::Cache "{dir}/cache";
Dir::Cache::archives "archives/";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
{sources})";

std::uintmax_t number(std::string_view text)
{
	std::uintmax_t value = 0;
	std::from_chars(text.data(), text.data() + text.size(), value);
	return value;
}

void read_field(std::string_view line, Package &package)
{
	const auto colon = line.find(": ");
	if (colon == std::string_view::npos)
		return;
	const auto key = line.substr(0, colon);
	const auto value = line.substr(colon + 2);
	if (key == "Package")
		package.name = value;
	else if (key == "Version")
		package.version = value;
	else if (key == "Architecture")
		package.arch = value;
	else if (key == "Depends")
		package.depends = value;
	else if (key == "Size")
		package.download_bytes = number(value);
	else if (key == "SHA256")
		package.sha256 = value;
	else if (key == "Installed-Size")
		package.installed_bytes = number(value) * 1024;
}

Error no_apt(const Error &error)
{
	if (error.status != ExitStatus::unavailable)
		return error;
	return {.status = ExitStatus::unavailable,
		.what = "kernels are fetched with apt, which is not here",
		.found = error.what + ": " + error.found,
		.needed = "apt and dpkg, as Debian has them; or a kernel of your own",
		.fix = "install kernel headers with your package manager, or give your kernel "
		       "tree: "
		       "KCXX_KERNEL=DIR for builds, kcxx boot --kernel IMAGE for boots"};
}

Result<Finished> run_apt(const Command &command)
{
	auto finished = run(command);
	if (!finished)
		return std::unexpected(no_apt(finished.error()));
	return finished;
}

// The apt of root downloads as the user _apt, if that user can write to the directory; otherwise as
// root.
void let_sandbox_write(const fs::path &directory)
{
	// NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
	const auto *const user = geteuid() == 0 ? getpwnam("_apt") : nullptr;
	if (user != nullptr)
		static_cast<void>(chown(directory.c_str(), user->pw_uid, 0));
}

} // namespace

std::string Package::file_name() const
{
	std::string escaped = version;
	if (const auto colon = escaped.find(':'); colon != std::string::npos)
		escaped.replace(colon, 1, "%3a");
	return fmt::format("{}_{}_{}.deb", name, escaped, arch);
}

Result<Apt> Apt::open(const fs::path &directory, const std::vector<std::string_view> &arches)
{
	std::error_code error;
	for (const char *part : {"state/lists/partial", "cache/archives/partial", "archives"})
		if (fs::create_directories(directory / part, error); error)
			return std::unexpected(Error{
				.what = fmt::format("cannot make {}: {}",
						    (directory / part).string(), error.message()),
				.fix = "export KCXX_CACHE=/a/directory/you/can/write"});
	let_sandbox_write(directory / "archives");
	auto held = TRY(lock_file(directory / "lock", "fetches packages"));
	TRY(write_file(directory / "state/status", ""));
	Apt apt(directory, arches, std::move(held));
	TRY(apt.configure(""));
	return apt;
}

Result<void> Apt::configure(std::string_view sources) const
{
	std::string arches;
	for (const auto &arch : arches_)
		arches += fmt::format("\"{}\"; ", arch);
	return write_file(directory_ / "apt.conf",
			  fmt::format(configuration, fmt::arg("arch", arches_.front()),
				      fmt::arg("arches", arches),
				      fmt::arg("dir", directory_.string()),
				      fmt::arg("sources", sources)));
}

Result<void> Apt::add_suite(const Suite &suite)
{
	Command targets{.argv = command("apt-get")};
	targets.argv.insert(targets.argv.end(), {"indextargets", "--format",
						 "$(ORIGIN) $(CODENAME) $(COMPONENT) $(REPO_URI)",
						 "Created-By: Packages"});
	const auto finished = TRY(run_apt(targets));
	// apt reads only one such file, so the new one must contain the machine's own list.
	std::string list = read_file("/etc/apt/sources.list").value_or("");
	std::istringstream lines(finished.output);
	std::string origin;
	std::string codename;
	std::string component;
	for (std::string uri; lines >> origin >> codename >> component >> uri;) {
		if (origin != "Debian")
			continue;
		// bookworm-security becomes trixie-security.
		const auto kind = codename.substr(std::min(codename.size(), codename.find('-')));
		if (!kind.empty() && !suite.with_updates)
			continue;
		const auto line =
			fmt::format("\ndeb [arch={} signed-by={}] {} {}{} {}\n", suite.arches,
				    suite.keyring, uri, suite.name, kind, component);
		if (!list.contains(line))
			list += line;
	}
	TRY(write_file(directory_ / "sources.list", list));
	return configure(fmt::format("Dir::Etc::sourcelist \"{}\";\n",
				     (directory_ / "sources.list").string()));
}

std::vector<std::string> Apt::command(std::string_view program) const
{
	return {std::string(program), "-q", "-c", (directory_ / "apt.conf").string()};
}

Result<std::pair<int, std::string>> Apt::fetch(std::vector<std::string> argv,
					       std::string_view what) const
{
	const Command command{.argv = std::move(argv), .directory = archives()};
	auto child = Child::start(command);
	if (!child)
		return std::unexpected(no_apt(child.error()));

	const terminal::Progress progress;
	std::string complaints;
	const auto line = [&](std::string_view text) {
		if (text.starts_with("dlstatus:")) {
			const auto percent = text.substr(
				text.find(':', std::string_view("dlstatus:").size()) + 1);
			double value = 0;
			std::from_chars(percent.data(), percent.data() + percent.size(), value);
			progress.show(what, value);
		} else if (text.starts_with("Get:") && !progress.live()) {
			terminal::note(
				fmt::format("{}: {}", what, text.substr(text.find(' ') + 1)));
		} else if (text.starts_with("E: ") || text.starts_with("W: ")) {
			if (!complaints.empty())
				complaints += "; ";
			complaints += text.substr(3);
		}
		return true;
	};
	if (child->read_lines(interrupt::Clock::time_point::max(), line) ==
	    Child::End::interrupted) {
		// On SIGTERM apt's methods give an incomplete file the server's time, which
		// resuming the download requires.
		child->terminate(std::chrono::seconds(2));
		return std::unexpected(interrupted_error());
	}
	return std::pair(child->wait(), complaints);
}

Result<std::string> Apt::update()
{
	auto argv = command("apt-get");
	argv.insert(argv.end(), {"-o", "APT::Status-Fd=1", "update"});
	auto done = TRY(fetch(std::move(argv), "package lists"));
	return std::move(done.second);
}

Result<std::vector<std::string>> Apt::names(std::string_view prefix)
{
	Command command{.argv = this->command("apt-cache")};
	command.argv.insert(command.argv.end(), {"pkgnames", std::string(prefix)});
	const auto finished = TRY(run_apt(command));
	std::vector<std::string> names;
	std::istringstream lines(finished.output);
	for (std::string line; std::getline(lines, line);)
		if (line.starts_with(prefix))
			names.push_back(line);
	return names;
}

Result<std::vector<Package>> Apt::show(const std::vector<std::string> &names)
{
	std::vector<Package> packages;
	if (names.empty())
		return packages;
	Command command{.argv = this->command("apt-cache")};
	command.argv.insert(command.argv.end(), {"--no-all-versions", "show"});
	command.argv.insert(command.argv.end(), names.begin(), names.end());
	const auto finished = TRY(run_apt(command));
	std::istringstream lines(finished.output);
	for (std::string line; std::getline(lines, line);) {
		if (line.starts_with("Package: "))
			packages.emplace_back();
		if (!packages.empty())
			read_field(line, packages.back());
	}
	return packages;
}

Result<std::vector<std::string>> Apt::locate(const std::vector<Package> &packages)
{
	// Not in archives(): apt-get download removes incomplete files from its directory even with
	// --print-uris.
	Command command{.argv = this->command("apt-get"), .directory = directory_};
	command.argv.insert(command.argv.end(), {"download", "--print-uris"});
	for (const auto &package : packages)
		command.argv.push_back(
			fmt::format("{}:{}={}", package.name, package.arch, package.version));
	const auto finished = TRY(run_apt(command));
	std::vector<std::string> located;
	std::istringstream lines(finished.output);
	for (std::string line; std::getline(lines, line);) {
		std::string uri;
		std::string file;
		std::string size;
		std::string hash;
		std::istringstream(line) >> uri >> file >> size >> hash;
		if (uri.size() > 2 && uri.starts_with('\'') && hash.contains(':'))
			located.insert(located.end(), {uri.substr(1, uri.size() - 2), file, hash});
	}
	return located;
}

Result<void> Apt::verify(const std::vector<Package> &packages) const
{
	for (const auto &package : packages) {
		const auto file = archives() / package.file_name();
		const auto sum = TRY(run({.argv = {"sha256sum", file.string()}}));
		if (!package.sha256.empty() && sum.output.starts_with(package.sha256))
			continue;
		std::error_code ignored;
		fs::remove(file, ignored);
		return std::unexpected(
			Error{.status = ExitStatus::download,
			      .what = package.file_name() + " is damaged",
			      .found = "SHA256 " + sum.output.substr(0, package.sha256.size()),
			      .needed = "SHA256 " + package.sha256 + ", by the signed lists",
			      .fix = "the same again: it is fetched anew"});
	}
	return {};
}

Result<void> Apt::download(const std::vector<Package> &packages)
{
	std::vector<Package> missing;
	std::ranges::copy_if(packages, std::back_inserter(missing), [&](const Package &package) {
		std::error_code error;
		return fs::file_size(archives() / package.file_name(), error) !=
			       package.download_bytes ||
		       error;
	});
	if (missing.empty())
		return verify(packages);
	auto located = TRY(locate(missing));
	// Not apt-get download, which restarts an incomplete file from its beginning.
	auto argv = command("/usr/lib/apt/apt-helper");
	argv.insert(argv.end(), {"-o", "APT::Status-Fd=1", "download-file"});
	std::ranges::move(located, std::back_inserter(argv));
	auto done = TRY(fetch(std::move(argv), "kernel packages"));
	if (const auto &[status, complaints] = done; status != 0)
		return std::unexpected(
			Error{.status = ExitStatus::download,
			      .what = "the packages could not be downloaded",
			      .found = complaints.empty()
					       ? fmt::format("apt-helper ended with {}", status)
					       : complaints,
			      .needed = "the machine's package sources within reach, and room in " +
					archives().string(),
			      .fix = "the same again: what was got so far is kept"});
	return verify(packages);
}

Result<void> Apt::unpack(const std::vector<Package> &packages, const fs::path &root) const
{
	std::error_code error;
	fs::remove_all(root, error);
	if (!error)
		fs::create_directories(root, error);
	if (error)
		return std::unexpected(
			Error{.what = "cannot make " + root.string() + ": " + error.message()});
	const terminal::Progress progress;
	double done = 0;
	for (const auto &package : packages) {
		progress.show("unpacking " + package.name,
			      100 * done++ / static_cast<double>(packages.size()));
		if (!progress.live())
			terminal::note("unpacking " + package.name);
		const auto finished = TRY(
			run({.argv = {"dpkg-deb", "-x", (archives() / package.file_name()).string(),
				      root.string()}}));
		if (finished.status != 0)
			return std::unexpected(Error{
				.what = "cannot unpack " + package.file_name(),
				.found = finished.output,
				.needed = "room in " + root.string() + ", and a whole package",
				.fix = "the same again; if it fails the same, rm -r " +
				       archives().string()});
	}
	return {};
}

void Apt::forget(const std::vector<Package> &packages) const
{
	std::error_code ignored; // a leftover only takes space
	for (const auto &package : packages)
		fs::remove(archives() / package.file_name(), ignored);
}

Result<std::string> native_debian_arch()
{
	const auto finished = TRY(run_apt({.argv = {"dpkg", "--print-architecture"}}));
	return finished.output.substr(0, finished.output.find('\n'));
}

Result<bool> newer_version(const std::string &a, const std::string &b)
{
	const auto finished = TRY(run_apt({.argv = {"dpkg", "--compare-versions", a, "gt", b}}));
	return finished.status == 0;
}

} // namespace kcxx
