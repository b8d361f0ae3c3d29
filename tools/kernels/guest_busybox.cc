// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/guest_busybox.hpp"

#include "kernels/debian.hpp"

#include <fmt/format.h>

namespace kcxx
{

namespace fs = std::filesystem;

fs::path cached_busybox(const Cache &cache, std::string_view arch)
{
	return cache.directory() / "busybox" / arch;
}

Result<fs::path> fetch_busybox(const Cache &cache, Apt &apt, std::string_view arch)
{
	auto place = cached_busybox(cache, arch);
	std::error_code error;
	if (fs::exists(place, error))
		return place;
	const auto packages = TRY(apt.show({std::string(debian::busybox)}));
	if (packages.empty())
		return std::unexpected(
			Error{.status = ExitStatus::unavailable,
			      .what = fmt::format("no busybox for guests of {}", arch),
			      .found = fmt::format("the package sources have no {} for it",
						   debian::busybox),
			      .needed = "a statically linked busybox for that arch",
			      .fix = "kcxx boot --busybox FILE"});
	TRY(apt.download(packages));
	const auto unpacked = place.parent_path() / fmt::format(".{}.partial", arch);
	TRY(apt.unpack(packages, unpacked));
	for (const auto file : debian::busybox_files)
		if (fs::exists(unpacked / file, error))
			fs::rename(unpacked / file, place, error);
	fs::remove_all(unpacked, error);
	if (!fs::exists(place, error))
		return std::unexpected(
			Error{.what = fmt::format("cannot put {} in place", place.string()),
			      .found = error.message()});
	apt.forget(packages);
	return place;
}

} // namespace kcxx
