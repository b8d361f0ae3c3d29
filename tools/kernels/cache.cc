// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/cache.hpp"

#include "system/owner.hpp"

#include <array>
#include <cstdlib>
#include <fmt/core.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

std::string environment(const char *name)
{
	const char *value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): one thread
	return value != nullptr ? value : "";
}

// Returns the kernel at kernels/<release>; nothing if it is incomplete.
std::optional<Kernel> read_entry(const fs::path &entry)
{
	std::error_code error;
	auto kernel = read_build_directory(entry / "build");
	if (!kernel || kernel->release != entry.filename() || !fs::exists(entry / "vmlinuz", error))
		return std::nullopt;
	kernel->origin = fs::exists(entry / "build" / recipe_file, error) ? "built" : "cache";
	kernel->image = entry / "vmlinuz";
	if (fs::exists(entry / "modules", error))
		kernel->modules = entry / "modules";
	return kernel;
}

// Returns an empty path if the environment names no directory.
fs::path directory_in_environment()
{
	std::error_code error;
	if (const auto cache = environment("KCXX_CACHE"); !cache.empty())
		return fs::absolute(cache, error);
	if (const auto xdg = environment("XDG_CACHE_HOME"); !xdg.empty())
		return fs::path(xdg) / "kcxx";
	if (const auto home = environment("HOME"); !home.empty())
		return fs::path(home) / ".cache/kcxx";
	return {};
}

// Returns a text about other users, except root, who may write to @directory; empty if there are
// none, or no directory. If it is @shared, like /tmp, the sticky bit protects each user's entries.
std::string stranger(const fs::path &directory, bool shared)
{
	struct stat status{};
	if (stat(directory.c_str(), &status) != 0)
		return {};
	if (!is_trusted(status.st_uid))
		return fmt::format("{} belongs to user {}", directory.string(), status.st_uid);
	if ((status.st_mode & S_IWOTH) != 0 && (!shared || (status.st_mode & S_ISVTX) == 0))
		return fmt::format("every user may write to {}", directory.string());
	return {};
}

// Refuses a directory that other users can change: kcxx runs programs of the kernels in it, and
// boots the kernels. SavedGuests checks the owner of each guest.
Result<void> check_owner(const fs::path &directory)
{
	constexpr std::array parts = {".", "kernels", "guests", "busybox", "sources", "apt"};
	for (const std::string_view part : parts)
		if (auto found = stranger((directory / part).lexically_normal(),
					  part == "." || part == "guests");
		    !found.empty())
			return std::unexpected(Error{
				.status = ExitStatus::unavailable,
				.what = "the cache is not only this user's to write",
				.found = std::move(found),
				.needed = fmt::format("a cache of user {}, or of root", geteuid()),
				.fix = "export KCXX_CACHE=/a/directory/of/your/own"});
	return {};
}

} // namespace

Result<Cache> Cache::from_environment()
{
	const auto directory = directory_in_environment();
	if (!directory.empty()) {
		TRY(check_owner(directory));
		return Cache(directory);
	}
	return std::unexpected(Error{.status = ExitStatus::unavailable,
				     .what = "no place for the kernel cache",
				     .found = "KCXX_CACHE, XDG_CACHE_HOME and HOME are all unset",
				     .needed = "one of them",
				     .fix = "export KCXX_CACHE=/a/directory"});
}

std::vector<Kernel> Cache::kernels() const
{
	std::error_code error;
	std::vector<Kernel> found;
	for (const auto &entry : fs::directory_iterator(directory_ / "kernels", error))
		if (auto kernel = read_entry(entry.path()))
			found.push_back(std::move(*kernel));
	sort_by_release(found);
	return found;
}

std::optional<Kernel> Cache::read(std::string_view release) const
{
	return read_entry(directory_ / "kernels" / release);
}

std::optional<Kernel> Cache::find(std::string_view wanted, std::string_view arch) const
{
	std::optional<Kernel> newest;
	for (auto &kernel : kernels())
		if (kernel.arch == arch &&
		    (kernel.release == wanted ||
		     (series_of(kernel.release) == wanted && kernel.origin != "built")))
			newest = std::move(kernel);
	return newest;
}

Result<void> Cache::check_room(std::uintmax_t needed) const
{
	std::error_code error;
	const auto space = fs::space(directory_, error);
	if (error || space.available >= needed)
		return {};
	constexpr std::uintmax_t mib = 1U << 20U;
	return std::unexpected(
		Error{.status = ExitStatus::unavailable,
		      .what = "not enough room in " + directory_.string(),
		      .found = fmt::format("{} MiB free", space.available / mib),
		      .needed = fmt::format("{} MiB", (needed / mib) + 1),
		      .fix = "free some space, or export KCXX_CACHE=/a/directory/elsewhere"});
}

fs::path Cache::partial(std::string_view release) const
{
	return directory_ / "kernels" / ("." + std::string(release) + ".partial");
}

Result<Kernel> Cache::commit(std::string_view release, const fs::path &build, const fs::path &image,
			     const fs::path &modules) const
{
	const fs::path made = partial(release);
	const fs::path place = directory_ / "kernels" / release;
	std::error_code error;
	const auto link = [&](const fs::path &target, const char *name) {
		if (!target.empty() && !error)
			fs::create_symlink(target, made / name, error);
	};
	link(build, "build");
	link(image, "vmlinuz");
	link(modules, "modules");
	if (!error && fs::exists(place, error))
		fs::remove_all(place, error); // an incomplete kernel: see kernels()
	if (!error)
		fs::rename(made, place, error);
	if (error)
		return std::unexpected(Error{.what = "cannot put " + place.string() +
						     " in place: " + error.message()});
	auto kernel = read_entry(place);
	if (!kernel)
		return std::unexpected(Error{.what = "the packages did not make a whole kernel",
					     .found = "no build directory for " +
						      std::string(release) + ", or no image, in " +
						      place.string()});
	return std::move(*kernel);
}

} // namespace kcxx
