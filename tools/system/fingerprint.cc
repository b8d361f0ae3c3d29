// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/fingerprint.hpp"

#include "system/child.hpp"

#include <algorithm>
#include <fmt/core.h>
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
