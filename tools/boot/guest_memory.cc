// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/guest_memory.hpp"

#include "system/sparse_file.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/core.h>
#include <sys/mman.h>
#include <vector>

namespace kcxx
{

namespace
{

// The smallest page size. A larger page holds several of these in order.
constexpr size_t page_size = 4096;
constexpr size_t digits = 8;

std::string mark_of(std::string_view mark, size_t page)
{
	return fmt::format("{} {:0{}}\n", mark, page, digits);
}

} // namespace

std::string marked_file(std::string_view mark, size_t size)
{
	std::string content(size, '\0');
	for (size_t page = 0; page < size / page_size; ++page)
		content.replace(page * page_size, mark.size() + digits + 2, mark_of(mark, page));
	return content;
}

Result<GuestMemory> GuestMemory::create(unsigned mib)
{
	const auto size = std::int64_t{mib} << 20U;
	Fd file(memfd_create("memory", MFD_CLOEXEC));
	if (!file || ftruncate(file.get(), size) != 0)
		return std::unexpected(errno_error("cannot make the guest's memory"));
	return GuestMemory(std::move(file), size);
}

Result<void> GuestMemory::overwrite(std::string_view mark, std::string_view content)
{
	std::vector<std::vector<off_t>> places((content.size() + page_size - 1) / page_size);
	std::string begin(mark.size() + digits + 2, '\0');
	for (const auto &[first, end] : data_in(file_.get(), 0, size_))
		for (off_t at = first; at < end; at += page_size) {
			if (pread(file_.get(), begin.data(), begin.size(), at) !=
				    static_cast<ssize_t>(begin.size()) ||
			    !begin.starts_with(mark))
				continue;
			size_t page = 0;
			std::from_chars(begin.data() + mark.size() + 1,
					begin.data() + begin.size() - 1, page);
			if (page < places.size() && begin == mark_of(mark, page))
				places[page].push_back(at);
		}
	if (!std::ranges::all_of(places, [](const auto &one) { return one.size() == 1; }))
		return std::unexpected(Error{.what = "the guest's memory is not as expected"});
	for (size_t page = 0; page < places.size(); ++page) {
		const auto part = content.substr(page * page_size, page_size);
		if (pwrite(file_.get(), part.data(), part.size(), places[page].front()) !=
		    static_cast<ssize_t>(part.size()))
			return std::unexpected(errno_error("cannot write into the guest's memory"));
	}
	return {};
}

} // namespace kcxx
