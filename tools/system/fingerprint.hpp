// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A short text for the inputs of a step: equal texts mean equal results.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace kcxx
{

/**
 * Hashes texts and files; a file counts by path, size and time of its last change, as for make.
 * FNV-1a finds changes, but no forgeries.
 */
class Fingerprint
{
public:
	Fingerprint &text(std::string_view text);
	Fingerprint &file(const std::filesystem::path &path);
	/** Adds every file below @path. */
	Fingerprint &tree(const std::filesystem::path &path);
	/** Adds path and content of the file @path. */
	Fingerprint &content(const std::filesystem::path &path);
	/** Adds path, size and time of each file and each symbolic link below @path: as tree(),
	 * which follows the links, and is slower. */
	Fingerprint &listing(const std::filesystem::path &path);
	/** Adds the file in PATH of the first word of @command. */
	Fingerprint &program(std::string_view command);

	[[nodiscard]] std::string hex() const;

private:
	std::uint64_t state_ = 0xcbf29ce484222325;
};

} // namespace kcxx
