// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The memory of a guest, and writing files into it while the guest is frozen.
//
// A guest that will be frozen has a file full of marks in its root file system, which is memory.
// The host finds the pages of that file by their marks and overwrites them with the files of the
// boot. The resumed guest reads them from its file. The guest needs no driver and no device for
// this.
#pragma once

#include "system/error.hpp"
#include "system/fd.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kcxx
{

/** Returns the content of a file of @size bytes, a multiple of 4096, whose pages bear @mark. */
std::string marked_file(std::string_view mark, size_t size);

class GuestMemory
{
public:
	/** Memory of @mib MiB, all zeros. */
	static Result<GuestMemory> create(unsigned mib);

	[[nodiscard]] int fd() const { return file_.get(); }
	[[nodiscard]] std::int64_t size() const { return size_; }

	/**
	 * Writes @content over the begin of the marked_file() of @mark. Unless each of its pages
	 * exists exactly once, returns an Error and writes nothing.
	 */
	Result<void> overwrite(std::string_view mark, std::string_view content);

private:
	GuestMemory(Fd file, std::int64_t size) : file_(std::move(file)), size_(size) {}

	Fd file_;
	std::int64_t size_;
};

} // namespace kcxx
