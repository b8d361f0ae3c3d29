// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/source.hpp"

#include "kernels/apt.hpp"
#include "kernels/version_order.hpp"
#include "system/child.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <vector>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

constexpr std::string_view package_prefix = "linux-source-";
constexpr std::uintmax_t unpacked_bytes = 1'700'000'000; // size of 6.12; later kernels grow slowly

fs::path sources(const Cache &cache)
{
	return cache.directory() / "sources";
}

// Returns "6.12.117" for VERSION = 6, PATCHLEVEL = 12, SUBLEVEL = 117; empty if @tree is not a
// kernel's.
std::string kernel_version(const fs::path &tree)
{
	std::string version;
	std::ifstream makefile(tree / "Makefile");
	for (std::string line; std::getline(makefile, line);) {
		std::string name;
		std::string equals;
		std::string value;
		std::istringstream(line) >> name >> equals >> value;
		if (name == "VERSION")
			version = value;
		else if (name == "PATCHLEVEL" || name == "SUBLEVEL")
			version += "." + value;
		else if (name == "EXTRAVERSION")
			return version + value;
	}
	return {};
}

KernelSource read_source(const fs::path &tree)
{
	return {.package = tree.filename(), .version = kernel_version(tree), .tree = tree};
}

Error no_such_series(const std::string &series, const std::vector<std::string> &names,
		     const std::string &complaints)
{
	Error error{.status = ExitStatus::unavailable,
		    .what = fmt::format("no source package of a kernel {} in the package sources",
					series)};
	std::vector<std::string> known;
	for (const auto &name : names)
		if (const auto suffix = name.substr(package_prefix.size());
		    !suffix.empty() && series_of(suffix) == suffix)
			known.push_back(suffix);
	if (known.empty()) {
		error.what = "no kernel source packages at all in the package sources";
		error.status = complaints.empty() ? ExitStatus::unavailable : ExitStatus::download;
		error.found = complaints;
		error.needed = "Debian's package sources in /etc/apt, within reach of the network";
		return error;
	}
	std::ranges::sort(known, is_older_release);
	error.found = fmt::format("{}", fmt::join(known, ", "));
	error.needed = "one of these";
	error.fix = "kcxx kernels build " + known.back();
	return error;
}

// Returns the uncompressed size of the .xz @archive, or 0.
std::uintmax_t unpacked_size(const fs::path &archive)
{
	const auto listed = run({.argv = {"xz", "--robot", "--list", archive.string()}});
	if (!listed || listed->status != 0)
		return 0;
	const auto totals = listed->output.find("totals\t");
	if (totals == std::string::npos)
		return 0;
	std::istringstream fields(listed->output.substr(totals));
	std::string word;
	std::uintmax_t size = 0;
	fields >> word >> word >> word >> word >> size; // totals, streams, blocks, packed
	return size;
}

Result<void> extract(const fs::path &archive, const fs::path &tree)
{
	constexpr std::uintmax_t record = 10240; // bytes: tar's own default
	const auto total = static_cast<double>(unpacked_size(archive));
	auto tar = TRY(Child::start(
		{.argv = {"tar", "--extract", "--strip-components=1", "--no-same-owner",
			  "--checkpoint=1000", "--checkpoint-action=exec=echo $TAR_CHECKPOINT",
			  "--file", archive.string(), "--directory", tree.string()}}));
	const terminal::Progress progress;
	std::string last;
	const auto end =
		tar.read_lines(interrupt::Clock::time_point::max(), [&](std::string_view line) {
			std::uintmax_t records = 0;
			if (std::from_chars(line.data(), line.data() + line.size(), records).ec !=
			    std::errc())
				last = line;
			else if (total > 0)
				progress.show("unpacking the kernel's source",
					      100 * static_cast<double>(records * record) / total);
			return true;
		});
	if (end == Child::End::interrupted)
		return std::unexpected(interrupted_error());
	if (tar.wait() == 0)
		return {};
	return std::unexpected(Error{.status = ExitStatus::unavailable,
				     .what = "cannot unpack " + archive.filename().string(),
				     .found = last,
				     .needed = "tar, xz, and room in " + tree.string()});
}

// Unpacks the downloaded @package, and moves it to its place in the cache when it is complete.
Result<KernelSource> install(const Cache &cache, const Apt &apt, const Package &package,
			     const fs::path &place)
{
	const auto partial = sources(cache) / ("." + place.filename().string() + ".partial");
	std::error_code error;
	fs::remove_all(partial, error);
	TRY(apt.unpack({package}, partial / "package"));
	fs::path archive;
	for (const auto &file : fs::directory_iterator(partial / "package/usr/src", error))
		if (file.path().filename().string().starts_with(package.name + ".tar"))
			archive = file.path();
	fs::create_directories(partial / "tree", error);
	if (auto done = extract(archive, partial / "tree"); !done) {
		fs::remove_all(partial, error);
		return std::unexpected(done.error());
	}
	if (kernel_version(partial / "tree").empty())
		return std::unexpected(Error{.what = package.file_name() + " holds no kernel",
					     .needed = "a kernel's Makefile in its archive"});
	fs::rename(partial / "tree", place, error);
	if (error)
		return std::unexpected(Error{.what = "cannot put " + place.string() +
						     " in place: " + error.message()});
	fs::remove_all(partial, error);
	apt.forget({package});
	return read_source(place);
}

} // namespace

std::optional<KernelSource> cached_source(const Cache &cache, const std::string &series)
{
	const auto prefix = fmt::format("{}{}_", package_prefix, series);
	std::optional<KernelSource> newest;
	std::error_code error;
	for (const auto &entry : fs::directory_iterator(sources(cache), error))
		if (const auto name = entry.path().filename().string();
		    name.starts_with(prefix) &&
		    (!newest || is_older_release(newest->package, name)))
			newest = read_source(entry.path());
	return newest;
}

Result<KernelSource> fetch_source(const Cache &cache, const std::string &series)
{
	const auto arch = TRY(native_debian_arch());
	auto apt = TRY(Apt::open(cache.directory() / "apt" / arch, {arch}));
	const auto complaints = TRY(apt.update());
	const auto name = fmt::format("{}{}", package_prefix, series);
	const auto packages = TRY(apt.show({name}));
	if (packages.empty()) {
		const auto names = TRY(apt.names(package_prefix));
		return std::unexpected(no_such_series(series, names, complaints));
	}
	const auto &package = packages.front();
	const auto place = sources(cache) / fmt::format("{}_{}", name, package.version);
	std::error_code error;
	if (fs::exists(place, error))
		return read_source(place);
	TRY(cache.check_room(package.download_bytes + package.installed_bytes + unpacked_bytes));
	TRY(apt.download(packages));
	return install(cache, apt, package, place);
}

} // namespace kcxx
