// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A guest's memory, and how files come into it while it is frozen.
//
// A guest that is to be frozen has a file full of marks in its root file system, which is memory.
// The host finds the pages of that file by their marks and writes over them what the guest shall
// have; when it goes on, it reads that out of its file. It needs no driver for this, and no device.
#pragma once

#include "system/error.hpp"
#include "system/fd.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kcxx
{

/** The content of a file of @size bytes, a multiple of 4096, whose pages bear the mark @mark. */
std::string marked_file(std::string_view mark, size_t size);

class GuestMemory
{
public:
	/** Memory of @mib MiB, all zeros. */
	static Result<GuestMemory> create(unsigned mib);

	[[nodiscard]] int fd() const { return file_.get(); }
	[[nodiscard]] std::int64_t size() const { return size_; }

	/**
	 * Writes @content over the begin of the marked_file() of @mark. The Error says that its
	 * pages are not there, each once: then nothing is written.
	 */
	Result<void> overwrite(std::string_view mark, std::string_view content);

private:
	GuestMemory(Fd file, std::int64_t size) : file_(std::move(file)), size_(size) {}

	Fd file_;
	std::int64_t size_;
};

} // namespace kcxx
