// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/fetch.hpp"

#include "architecture.hpp"
#include "kernels/apt.hpp"
#include "kernels/debian.hpp"
#include "kernels/guest_busybox.hpp"
#include "kernels/host_programs.hpp"
#include "kernels/version_order.hpp"
#include "system/child.hpp"
#include "system/file.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <cctype>
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

Result<const Architecture *> arch_to_fetch(std::string_view name)
{
	if (const auto *arch = find_architecture(&Architecture::name, name))
		return arch;
	return std::unexpected(
		Error{.status = ExitStatus::unavailable,
		      .what = fmt::format("no kernels are known for arch \"{}\"", name),
		      .needed = "one of: " + architecture_names()});
}

// Returns the release in the package name @name, or nothing if it is no kernel of plain flavour:
// "6.12.117+deb12" + flavour is one, and "7.3" + flavour, which may be a metapackage as well; those
// with "-cloud" or "-rt" are not.
std::string release_in(std::string_view name, const Architecture &arch)
{
	const auto prefix = debian::headers.substr(0, debian::headers.find('{'));
	const auto ending = fmt::format("-{}", arch.debian);
	if (!name.starts_with(prefix) || !name.ends_with(ending))
		return {};
	const auto release = name.substr(prefix.size());
	auto version = release.substr(0, release.size() - std::min(release.size(), ending.size()));
	const auto series = series_of(version);
	if (series.empty())
		return {};
	if (const auto dash = version.find('-'); dash != std::string_view::npos)
		if (!std::ranges::all_of(version.substr(dash + 1),
					 [](unsigned char c) { return std::isdigit(c) != 0; }))
			return {};
	return is_release(release) ? std::string(release) : std::string();
}

struct Candidate {
	std::string release;
	Package headers;
};

// Returns the kernels with both headers and image in the lists, unsorted.
Result<std::vector<Candidate>> candidates(Apt &apt, const Architecture &arch)
{
	auto images = TRY(apt.names(debian::image.substr(0, debian::image.find('{'))));
	auto names = TRY(apt.names(debian::headers.substr(0, debian::headers.find('{'))));
	const std::set<std::string> with_image(images.begin(), images.end());
	std::erase_if(names, [&](const std::string &name) {
		const auto release = release_in(name, arch);
		return release.empty() || !with_image.contains(fill_in(debian::image, release));
	});
	auto packages = TRY(apt.show(names));
	std::vector<Candidate> found;
	found.reserve(packages.size());
	for (auto &package : packages)
		if (package.depends.contains(debian::common_ending)) // else a metapackage
			found.push_back({release_in(package.name, arch), std::move(package)});
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
	std::set<std::string, decltype(&is_older_release)> series(&is_older_release);
	std::set<std::string, decltype(&is_older_release)> releases(&is_older_release);
	for (const auto &candidate : found) {
		series.insert(series_of(candidate.release));
		if (series_of(candidate.release) == series_of(request.wanted))
			releases.insert(candidate.release);
	}
	const auto &choice = releases.empty() ? series : releases;
	for (const auto &name : choice)
		error.found += (error.found.empty() ? "" : ", ") + name;
	error.needed = "one of these; a series stands for its newest release; --suite sid, or "
		       "another of Debian's, has more";
	error.fix = "kcxx kernels get " + *choice.rbegin() +
		    (request.suite.empty() ? "" : " --suite " + request.suite);
	return error;
}

Error no_such_suite(const FetchRequest &request, const std::string &complaints)
{
	return {.status = ExitStatus::unavailable,
		.what = fmt::format("the suite \"{}\" could not be read", request.suite),
		.found = complaints,
		.needed =
			"a suite of Debian's, such as sid or trixie-backports, that the machine's "
			"mirrors have",
		.fix = fmt::format("kcxx kernels get {} --suite sid", request.wanted)};
}

Result<Candidate> choose(const std::vector<Candidate> &found, const FetchRequest &request,
			 const std::string &complaints)
{
	const Candidate *newest = nullptr;
	for (const auto &candidate : found) {
		if (candidate.release != request.wanted &&
		    series_of(candidate.release) != request.wanted)
			continue;
		if (newest != nullptr) {
			const auto newer = TRY(
				newer_version(candidate.headers.version, newest->headers.version));
			if (!newer)
				continue;
		}
		newest = &candidate;
	}
	if (newest == nullptr)
		return std::unexpected(no_such_kernel(request, found, complaints));
	return *newest;
}

// The packages of a kernel.
struct Parts {
	std::vector<Package> packages;
	std::string host_programs; // the headers' name for their package
};

// Returns the names of the packages that @package depends on.
std::vector<std::string> dependencies(const Package &package)
{
	std::vector<std::string> names;
	std::istringstream depends(package.depends);
	for (std::string part; std::getline(depends, part, ',');)
		std::istringstream(part) >> names.emplace_back();
	return names;
}

// Returns headers, image, and the dependencies of both that a build and a boot need.
Result<Parts> parts_of(Apt &apt, const Candidate &candidate, std::string_view native_arch)
{
	std::vector<std::string> names = {candidate.headers.name,
					  fill_in(debian::image, candidate.release)};
	for (const auto &image : TRY(apt.show({names.back()})))
		for (auto &name : dependencies(image))
			if (name.ends_with("-" + candidate.release)) // a part of it, since Linux 7
				names.push_back(std::move(name));
	Parts parts;
	for (auto &name : dependencies(candidate.headers)) {
		if (name.starts_with(debian::common_headers))
			names.push_back(std::move(name));
		else if (name.starts_with(debian::host_programs))
			parts.host_programs = std::move(name);
	}
	auto packages = TRY(apt.show(names));
	if (packages.size() != names.size())
		return std::unexpected(
			Error{.status = ExitStatus::unavailable,
			      .what = "the package sources lack a part of " + candidate.release,
			      .needed = fmt::format("{}", fmt::join(names, ", ")),
			      .fix = "kcxx kernels get --update " + series_of(candidate.release)});
	packages.push_back(TRY(find_host_programs(apt, parts.host_programs, native_arch)));
	parts.packages = std::move(packages);
	return parts;
}

std::uintmax_t room_for(const std::vector<Package> &packages)
{
	std::uintmax_t needed = 0;
	for (const auto &package : packages)
		needed += package.download_bytes + package.installed_bytes;
	return needed;
}

// Debian's headers have their own place, and that of the common headers, by absolute paths, but the
// cache has them elsewhere.
Result<void> make_relocatable(const fs::path &makefile)
{
	constexpr std::string_view absolute = "/usr/src/";
	constexpr std::string_view own = "$(kcxx-usr-src)/";
	auto text = TRY(read_file(makefile));
	auto at = text.find(absolute);
	if (at == std::string::npos)
		return {};
	for (; at != std::string::npos; at = text.find(absolute, at + own.size()))
		text.replace(at, absolute.size(), own);
	return write_file(makefile,
			  "kcxx-usr-src := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))..)\n" +
				  text);
}

Result<Kernel> install(const Cache &cache, const Apt &apt, const Architecture &arch,
		       const std::string &release, const Parts &parts)
{
	const fs::path partial = cache.partial(release);
	const fs::path root = partial / "root";
	std::error_code ignored; // missing modules are allowed; a leftover only takes space
	fs::remove_all(partial, ignored);
	TRY(apt.unpack(parts.packages, root));
	TRY(link_host_programs(root, parts.packages.back(), parts.host_programs));
	const auto build = fill_in(debian::build_directory, release);
	TRY(make_relocatable(root / build / "Makefile"));
	fs::path modules;
	for (const auto pattern : debian::modules_directories)
		if (const auto path = fill_in(pattern, release);
		    fs::is_directory(root / path, ignored))
			modules = fs::path("root") / path;
	auto image = fill_in(arch.debian_image, release);
	if (!fs::exists(root / image, ignored))
		image = fill_in(debian::image_beside_modules, release);
	auto kernel =
		cache.commit(release, fs::path("root") / build, fs::path("root") / image, modules);
	if (kernel)
		apt.forget(parts.packages);
	return kernel;
}

// Fetches the package lists, and returns the requested kernel in them. @arches are those of its
// packages.
Result<Candidate> look_up(Apt &apt, const Architecture &arch, const FetchRequest &request,
			  const std::vector<std::string_view> &arches)
{
	auto complaints = TRY(apt.update());
	auto found = TRY(candidates(apt, arch));
	// Without a wish: the machine's own suites may be older than Debian's port to this arch.
	const std::string_view suite =
		request.suite.empty() && found.empty() ? arch.debian_suite : request.suite;
	if (!suite.empty()) {
		TRY(apt.add_suite({.name = suite,
				   .arches = request.suite.empty()
						     ? std::string(arch.debian)
						     : fmt::format("{}", fmt::join(arches, ",")),
				   .keyring = debian::keyring,
				   .with_updates = request.suite.empty()}));
		complaints = TRY(apt.update());
		if (!request.suite.empty() && complaints.contains(" " + request.suite + " "))
			return std::unexpected(no_such_suite(request, complaints));
		found = TRY(candidates(apt, arch));
	}
	return choose(found, request, complaints);
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
	const auto *const arch = TRY(arch_to_fetch(request.arch));
	const auto cached = [&] { return cache.find(request.wanted, request.arch); };
	if (!request.update)
		if (auto kernel = cached())
			return Fetched{.kernel = std::move(*kernel), .downloaded = false};

	const auto native_arch = TRY(native_debian_arch());
	std::vector<std::string_view> arches = {arch->debian};
	if (native_arch != arches.front())
		arches.emplace_back(native_arch);
	auto apt = TRY(Apt::open(cache.directory() / "apt" / arches.front(), arches));
	// Another kcxx may have fetched the same kernel while it held the lock.
	if (!request.update)
		if (auto kernel = cached())
			return Fetched{.kernel = std::move(*kernel), .downloaded = false};
	const auto candidate = TRY(look_up(apt, *arch, request, arches));
	if (arches.size() > 1)
		TRY(fetch_busybox(cache, apt, request.arch));
	if (auto kernel = cache.find(candidate.release, request.arch))
		return Fetched{.kernel = std::move(*kernel), .downloaded = false};
	const auto parts = TRY(parts_of(apt, candidate, native_arch));
	TRY(cache.check_room(room_for(parts.packages)));
	TRY(apt.download(parts.packages));
	auto kernel = TRY(install(cache, apt, *arch, candidate.release, parts));
	return Fetched{.kernel = std::move(kernel), .downloaded = true};
}

} // namespace kcxx
