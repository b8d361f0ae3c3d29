// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The guest's file system: a cpio archive in memory.
#pragma once

#include "system/error.hpp"
#include "system/fd.hpp"

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>

struct archive;

namespace kcxx
{

/** Writes each file into the archive when it is added, after the directories above it. */
class Initramfs
{
public:
	static Result<Initramfs> create();

	/** Adds the file @source as @destination ("/init"), with @mode. */
	Result<void> add_file(const std::filesystem::path &source,
			      const std::filesystem::path &destination, unsigned mode);

	/** Adds a file of content @text. */
	Result<void> add_text(std::string_view text, const std::filesystem::path &destination,
			      unsigned mode);

	/** Ends the archive and returns it as a file in memory. */
	Result<Fd> finish() &&;

private:
	struct Free {
		void operator()(archive *writer) const;
	};

	Initramfs(Fd file, std::unique_ptr<archive, Free> writer)
	    : file_(std::move(file)), writer_(std::move(writer))
	{
	}

	Result<void> add_parents(const std::filesystem::path &destination);
	[[nodiscard]] Error failure() const;

	Fd file_;
	std::unique_ptr<archive, Free> writer_;
	std::set<std::filesystem::path> directories_;
};

} // namespace kcxx
