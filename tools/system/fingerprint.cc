// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/fingerprint.hpp"

#include "system/child.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/core.h>
#include <fts.h>
#include <memory>
#include <sys/stat.h>
#include <vector>

namespace kcxx
{

namespace fs = std::filesystem;

Fingerprint &Fingerprint::text(std::string_view text)
{
	constexpr std::uint64_t prime = 0x100000001b3;
	for (const char byte : text)
		state_ = (state_ ^ static_cast<unsigned char>(byte)) * prime;
	state_ = (state_ ^ 0xff) * prime; // not in UTF-8: "ab", "c" differs from "a", "bc"
	return *this;
}

Fingerprint &Fingerprint::file(const fs::path &path)
{
	std::error_code error;
	const auto real = fs::canonical(path, error);
	if (error)
		return text(path.string()).text("missing");
	const auto size = fs::file_size(real, error);
	const auto time = fs::last_write_time(real, error).time_since_epoch().count();
	return text(fmt::format("{} {} {}", real.string(), error ? 0 : size, time));
}

Fingerprint &Fingerprint::tree(const fs::path &path)
{
	std::error_code error;
	std::vector<fs::path> files;
	for (const auto &entry : fs::recursive_directory_iterator(path, error))
		if (entry.is_regular_file(error))
			files.push_back(entry.path());
	std::ranges::sort(files);
	for (const auto &each : files)
		file(each);
	return *this;
}

Fingerprint &Fingerprint::content(const fs::path &path)
{
	const auto read = read_file(path);
	return text(path.string()).text(read ? *read : "missing");
}

Fingerprint &Fingerprint::listing(const fs::path &path)
{
	auto root = path.string();
	const std::array<char *, 2> roots = {root.data(), nullptr};
	const std::unique_ptr<FTS, decltype(&fts_close)> walk(
		fts_open(roots.data(), FTS_PHYSICAL | FTS_NOCHDIR,
			 [](const FTSENT **left, const FTSENT **right) {
				 return std::strcmp(static_cast<const char *>((*left)->fts_name),
						    static_cast<const char *>((*right)->fts_name));
			 }),
		fts_close);
	if (!walk)
		return text(root).text("missing");
	while (const FTSENT *entry =
		       fts_read(walk.get())) { // NOLINT(concurrency-mt-unsafe): one thread
		if (entry->fts_info == FTS_D || entry->fts_info == FTS_DP)
			continue;
		const auto &status = *entry->fts_statp;
		text(fmt::format("{} {} {} {} {}", entry->fts_path, entry->fts_info, status.st_size,
				 status.st_mtim.tv_sec, status.st_mtim.tv_nsec));
	}
	return *this;
}

Fingerprint &Fingerprint::program(std::string_view command)
{
	const auto word = command.substr(0, command.find(' '));
	text(command);
	return word.empty() ? *this : file(find_program(word));
}

std::string Fingerprint::hex() const
{
	return fmt::format("{:016x}", state_);
}

} // namespace kcxx
