// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What a step was made from, as a short text: equal texts, equal results.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace kcxx
{

/**
 * Gathers texts and files; a file counts by path, size and time of its last change, as for make.
 * Not for secrets: FNV-1a finds changes, not forgeries.
 */
class Fingerprint
{
public:
	Fingerprint &text(std::string_view text);
	Fingerprint &file(const std::filesystem::path &path);
	/** Every file below @path. */
	Fingerprint &tree(const std::filesystem::path &path);
	/** The file behind the first word of @command, as PATH has it. */
	Fingerprint &program(std::string_view command);

	[[nodiscard]] std::string hex() const;

private:
	std::uint64_t state_ = 0xcbf29ce484222325;
};

} // namespace kcxx
