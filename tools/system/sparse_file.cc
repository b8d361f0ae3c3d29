// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/sparse_file.hpp"

#include <algorithm>
#include <sys/sendfile.h>
#include <unistd.h>

namespace kcxx
{

std::vector<std::pair<std::int64_t, std::int64_t>> data_in(int fd, std::int64_t begin,
							   std::int64_t end)
{
	std::vector<std::pair<std::int64_t, std::int64_t>> parts;
	while (begin < end) {
		const off_t data = lseek(fd, begin, SEEK_DATA);
		if (data < 0 || data >= end)
			break;
		const off_t hole = lseek(fd, data, SEEK_HOLE);
		begin = hole < 0 ? end : std::min<std::int64_t>(hole, end);
		parts.emplace_back(data, begin);
	}
	return parts;
}

Result<void> copy_data(int from, std::int64_t begin, std::int64_t end, int to, std::int64_t at)
{
	for (const auto &[first, last] : data_in(from, begin, end)) {
		if (lseek(to, at + first - begin, SEEK_SET) < 0)
			return std::unexpected(errno_error("cannot copy"));
		for (off_t place = first; place < last;)
			if (sendfile(to, from, &place, static_cast<size_t>(last - place)) <= 0)
				return std::unexpected(errno_error("cannot copy"));
	}
	return {};
}

} // namespace kcxx
