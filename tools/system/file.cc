// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/file.hpp"

#include "system/fd.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/core.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace kcxx
{

namespace fs = std::filesystem;

Result<std::string> read_file(const std::filesystem::path &path)
{
	std::error_code error;
	const auto size = std::filesystem::file_size(path, error);
	if (error)
		return std::unexpected(
			Error{.what = "cannot read " + path.string() + ": " + error.message()});
	if (size > largest_read)
		return std::unexpected(
			Error{.what = "cannot read " + path.string(),
			      .found = fmt::format("{} bytes", size),
			      .needed = fmt::format("{} bytes at most", largest_read)});
	std::string bytes(size, '\0');
	std::ifstream in(path, std::ios::binary);
	if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
		return std::unexpected(errno_error("cannot read " + path.string()));
	return bytes;
}

Result<void> write_file(const std::filesystem::path &path, std::string_view text)
{
	std::ofstream out(path, std::ios::binary);
	if (!(out << text).flush())
		return std::unexpected(errno_error("cannot write " + path.string()));
	return {};
}

namespace
{

Error cannot_write(const fs::path &path)
{
	return errno_error("cannot write " + path.string());
}

bool write_whole(int fd, std::string_view text)
{
	while (!text.empty()) {
		const ssize_t count = write(fd, text.data(), text.size());
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return false;
		text.remove_prefix(static_cast<size_t>(count));
	}
	return true;
}

// Returns the usual permissions of a new file, because mkostemp() grants access only to the owner.
mode_t permissions()
{
	const mode_t mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

} // namespace

Result<void> replace_file(const fs::path &path, std::string_view text)
{
	std::error_code error;
	// Write to a pipe or a terminal instead of replacing it. Replace the target of a link, not
	// the link.
	if (fs::exists(path, error) && !fs::is_regular_file(path, error))
		return write_file(path, text);
	const auto real = fs::canonical(path, error);
	const fs::path &place = error ? path : real;
	std::string name = place.string() + ".XXXXXX"; // mkostemp() makes a new file
	Fd fresh(mkostemp(name.data(), O_CLOEXEC));
	if (!fresh)
		return std::unexpected(cannot_write(path));
	const bool written = write_whole(fresh.get(), text) &&
			     fchmod(fresh.get(), permissions()) == 0 &&
			     rename(name.c_str(), place.c_str()) == 0;
	if (written)
		return {};
	auto failure = cannot_write(path);
	unlink(name.c_str());
	return std::unexpected(std::move(failure));
}

bool leads_below(const std::filesystem::path &path)
{
	const auto normal = path.lexically_normal();
	return path.is_relative() && !normal.empty() && normal != "." && *normal.begin() != "..";
}

} // namespace kcxx
