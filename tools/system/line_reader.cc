// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/line_reader.hpp"

#include <array>
#include <unistd.h>
#include <utility>

namespace kcxx
{

bool LineReader::read(int fd)
{
	std::array<char, 16384> chunk{};
	const ssize_t count = ::read(fd, chunk.data(), chunk.size());
	at_end_ = count <= 0;
	if (!at_end_)
		pending_.append(chunk.data(), static_cast<size_t>(count));
	return !at_end_;
}

std::optional<std::string> LineReader::next()
{
	constexpr size_t longest = size_t{1} << 20U;
	const auto end = pending_.find('\n', searched_);
	if (end == std::string::npos) {
		searched_ = pending_.size();
		if (pending_.empty() || (!at_end_ && pending_.size() < longest))
			return std::nullopt;
		searched_ = 0;
		return std::exchange(pending_, {});
	}
	auto line = pending_.substr(0, end);
	pending_.erase(0, end + 1);
	searched_ = 0;
	while (line.ends_with('\r'))
		line.pop_back();
	return line;
}

} // namespace kcxx
