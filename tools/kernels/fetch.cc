// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/fetch.hpp"

#include "kernels/apt.hpp"
#include "kernels/debian.hpp"
#include "system/child.hpp"
#include "system/file.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <fmt/format.h>
#include <set>
#include <sstream>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

std::string fill_in(std::string_view pattern, std::string_view release)
{
	return fmt::format(fmt::runtime(pattern), release);
}

Result<const DebianKernel *> find_flavour(std::string_view arch)
{
	std::string known;
	for (const auto &kernel : debian_kernels) {
		if (kernel.arch == arch)
			return &kernel;
		known += (known.empty() ? "" : ", ") + std::string(kernel.arch);
	}
	return std::unexpected(
		Error{.status = ExitStatus::unavailable,
		      .what = fmt::format("no kernels are known for arch \"{}\"", arch),
		      .needed = "one of: " + known});
}

// The release in the package name @name, or nothing if that is no kernel of plain flavour:
// "6.12.117+deb12" + flavour, but no "-cloud", "-rt", and no metapackage "6.12" + flavour.
std::string release_in(std::string_view name, const DebianKernel &flavour)
{
	const auto prefix = flavour.headers.substr(0, flavour.headers.find('{'));
	if (!name.starts_with(prefix) || !name.ends_with(flavour.flavour))
		return {};
	const auto release = name.substr(prefix.size());
	auto version = release.substr(0, release.size() -
						 std::min(release.size(), flavour.flavour.size()));
	const auto series = series_of(version);
	if (series.empty() || !version.substr(series.size()).starts_with('.'))
		return {};
	if (const auto dash = version.find('-'); dash != std::string_view::npos)
		if (!std::ranges::all_of(version.substr(dash + 1),
					 [](unsigned char c) { return std::isdigit(c) != 0; }))
			return {};
	return std::string(release);
}

struct Candidate {
	std::string release;
	Package headers;
};

// The kernels that have both headers and image in the lists, in no order.
Result<std::vector<Candidate>> candidates(Apt &apt, const DebianKernel &flavour)
{
	auto images = apt.names(flavour.image.substr(0, flavour.image.find('{')));
	if (!images)
		return std::unexpected(images.error());
	auto names = apt.names(flavour.headers.substr(0, flavour.headers.find('{')));
	if (!names)
		return std::unexpected(names.error());
	const std::set<std::string> with_image(images->begin(), images->end());
	std::erase_if(*names, [&](const std::string &name) {
		const auto release = release_in(name, flavour);
		return release.empty() || !with_image.contains(fill_in(flavour.image, release));
	});
	auto packages = apt.show(*names);
	if (!packages)
		return std::unexpected(packages.error());
	std::vector<Candidate> found;
	for (auto &package : *packages)
		found.push_back({release_in(package.name, flavour), std::move(package)});
	return found;
}

Error no_such_kernel(const FetchRequest &request, const std::vector<Candidate> &found,
		     const std::string &complaints)
{
	Error error{.status = ExitStatus::unavailable,
		    .what = fmt::format("no kernel {} for {} in the package sources",
					request.wanted, request.arch)};
	if (found.empty()) {
		error.what = "no kernel packages at all in the package sources";
		if (!complaints.empty()) {
			error.status = ExitStatus::download;
			error.what = "the package sources could not be reached";
		}
		error.found = complaints;
		error.needed = "Debian's package sources in /etc/apt, within reach of the network";
		error.fix = "the same again once they are; or give a kernel of your own: "
			    "KCXX_KERNEL=DIR for "
			    "builds, kcxx boot --kernel IMAGE for boots";
		if (complaints.find("No space left on device") != std::string::npos) {
			error.status = ExitStatus::unavailable;
			error.what = "the disk is too full for the package lists";
			error.needed = "some 200 MiB for the lists, beside the kernel itself";
			error.fix = "free some space, or export KCXX_CACHE=/a/directory/elsewhere";
		}
		return error;
	}
	const auto by_version = [](const std::string &a, const std::string &b) {
		return strverscmp(a.c_str(), b.c_str()) < 0;
	};
	std::set<std::string, decltype(by_version)> series;
	std::set<std::string, decltype(by_version)> releases;
	for (const auto &candidate : found) {
		series.insert(series_of(candidate.release));
		if (series_of(candidate.release) == series_of(request.wanted))
			releases.insert(candidate.release);
	}
	const auto &choice = releases.empty() ? series : releases;
	for (const auto &name : choice)
		error.found += (error.found.empty() ? "" : ", ") + name;
	error.needed = "one of these; a series stands for its newest release";
	error.fix = "kcxx kernels get " + *choice.rbegin();
	return error;
}

Result<Candidate> choose(Apt &apt, const DebianKernel &flavour, const FetchRequest &request,
			 const std::string &complaints)
{
	const auto found = candidates(apt, flavour);
	if (!found)
		return std::unexpected(found.error());
	const Candidate *newest = nullptr;
	for (const auto &candidate : *found) {
		if (candidate.release != request.wanted &&
		    series_of(candidate.release) != request.wanted)
			continue;
		if (newest != nullptr) {
			const auto newer =
				newer_version(candidate.headers.version, newest->headers.version);
			if (!newer)
				return std::unexpected(newer.error());
			if (!*newer)
				continue;
		}
		newest = &candidate;
	}
	if (newest == nullptr)
		return std::unexpected(no_such_kernel(request, *found, complaints));
	return *newest;
}

// Headers, image, and those dependencies of the headers that a build needs.
Result<std::vector<Package>> package_set(Apt &apt, const DebianKernel &flavour,
					 const Candidate &candidate)
{
	std::vector<std::string> names = {candidate.headers.name,
					  fill_in(flavour.image, candidate.release)};
	std::istringstream depends(candidate.headers.depends);
	for (std::string part; std::getline(depends, part, ',');) {
		std::string name;
		std::istringstream(part) >> name;
		for (const auto prefix : flavour.needed_dependencies)
			if (name.starts_with(prefix))
				names.push_back(name);
	}
	auto packages = apt.show(names);
	if (packages && packages->size() != names.size())
		return std::unexpected(
			Error{.status = ExitStatus::unavailable,
			      .what = "the package sources lack a part of " + candidate.release,
			      .needed = fmt::format("{}", fmt::join(names, ", ")),
			      .fix = "kcxx kernels get --update " + series_of(candidate.release)});
	return packages;
}

std::uintmax_t room_for(const std::vector<Package> &packages)
{
	std::uintmax_t needed = 0;
	for (const auto &package : packages)
		needed += package.download_bytes + package.installed_bytes;
	return needed;
}

// Debian's headers include their common part by its absolute place; ours lies elsewhere.
Result<void> make_relocatable(const fs::path &makefile)
{
	constexpr std::string_view absolute = "include /usr/src/";
	auto text = read_file(makefile);
	if (!text)
		return std::unexpected(text.error());
	if (const auto at = text->find(absolute); at != std::string::npos)
		text->replace(at, absolute.size(),
			      "include $(dir $(lastword $(MAKEFILE_LIST)))../");
	return write_file(makefile, *text);
}

Result<void> unpack(const Apt &apt, const std::vector<Package> &packages, const fs::path &root)
{
	std::error_code error;
	fs::remove_all(root.parent_path(), error);
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
		const auto finished = run(
			{.argv = {"dpkg-deb", "-x", (apt.archives() / package.file_name()).string(),
				  root.string()}});
		if (!finished)
			return std::unexpected(finished.error());
		if (finished->status != 0)
			return std::unexpected(Error{
				.what = "cannot unpack " + package.file_name(),
				.found = finished->output,
				.needed = "room in " + root.string() + ", and a whole package",
				.fix = "the same again; if it fails the same, rm -r " +
				       apt.archives().string()});
	}
	return {};
}

Result<Kernel> install(const Cache &cache, const Apt &apt, const DebianKernel &flavour,
		       const std::string &release, const std::vector<Package> &packages)
{
	const fs::path partial = cache.partial(release);
	const fs::path root = partial / "root";
	if (auto done = unpack(apt, packages, root); !done)
		return std::unexpected(done.error());
	const auto build = fill_in(flavour.build_directory, release);
	if (auto done = make_relocatable(root / build / "Makefile"); !done)
		return std::unexpected(done.error());
	std::error_code ignored; // what is not there is no modules; a leftover costs room, no more
	fs::path modules;
	for (const auto pattern : flavour.modules_directories)
		if (const auto path = fill_in(pattern, release);
		    fs::is_directory(root / path, ignored))
			modules = fs::path("root") / path;
	auto kernel =
		cache.commit(release, fs::path("root") / build,
			     fs::path("root") / fill_in(flavour.image_file, release), modules);
	if (kernel)
		for (const auto &package : packages)
			fs::remove(apt.archives() / package.file_name(), ignored);
	return kernel;
}

} // namespace

Result<Fetched> fetch_kernel(const Cache &cache, const FetchRequest &request)
{
	if (series_of(request.wanted).empty())
		return std::unexpected(
			Error{.status = ExitStatus::usage,
			      .what = fmt::format("\"{}\" names no kernel", request.wanted),
			      .needed = "a series, as 6.12, or a release, as 6.1.0-13-amd64",
			      .fix = "kcxx kernels get 6.12"});
	const auto flavour = find_flavour(request.arch);
	if (!flavour)
		return std::unexpected(flavour.error());
	const auto cached = [&] { return cache.find(request.wanted, request.arch); };
	if (!request.update)
		if (auto kernel = cached(); !kernel.release.empty())
			return Fetched{.kernel = std::move(kernel), .downloaded = false};

	auto apt = Apt::open(cache.directory() / "apt" / (*flavour)->debian_arch,
			     (*flavour)->debian_arch);
	if (!apt)
		return std::unexpected(apt.error());
	// Whoever held the lock before us may have fetched the same.
	if (!request.update)
		if (auto kernel = cached(); !kernel.release.empty())
			return Fetched{.kernel = std::move(kernel), .downloaded = false};
	const auto complaints = apt->update();
	if (!complaints)
		return std::unexpected(complaints.error());
	const auto candidate = choose(*apt, **flavour, request, *complaints);
	if (!candidate)
		return std::unexpected(candidate.error());
	if (auto kernel = cache.find(candidate->release, request.arch); !kernel.release.empty())
		return Fetched{.kernel = std::move(kernel), .downloaded = false};
	const auto packages = package_set(*apt, **flavour, *candidate);
	if (!packages)
		return std::unexpected(packages.error());
	if (auto room = cache.check_room(room_for(*packages)); !room)
		return std::unexpected(room.error());
	if (auto done = apt->download(*packages); !done)
		return std::unexpected(done.error());
	auto kernel = install(cache, *apt, **flavour, candidate->release, *packages);
	if (!kernel)
		return std::unexpected(kernel.error());
	return Fetched{.kernel = std::move(*kernel), .downloaded = true};
}

} // namespace kcxx
