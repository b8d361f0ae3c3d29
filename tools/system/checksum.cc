// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/checksum.hpp"

#include "system/sparse_file.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/core.h>
#include <memory>
#include <unistd.h>
#include <vector>
#include <xxhash.h>

namespace kcxx
{

namespace
{

constexpr std::int64_t block = 4096;

struct Free {
	void operator()(XXH3_state_t *state) const { XXH3_freeState(state); }
};

// The ends of holes depend on the file system, so a block of zeros counts as a hole.
void add(XXH3_state_t &state, std::int64_t at, const char *bytes, size_t size)
{
	static constexpr std::array<char, block> zeros{};
	for (size_t done = 0; done < size; done += block) {
		const auto here = std::min<size_t>(block, size - done);
		if (std::memcmp(bytes + done, zeros.data(), here) == 0)
			continue;
		const auto place = at + static_cast<std::int64_t>(done);
		XXH3_128bits_update(&state, &place, sizeof(place));
		XXH3_128bits_update(&state, bytes + done, here);
	}
}

} // namespace

Result<std::string> checksum(int fd, std::int64_t size)
{
	const std::unique_ptr<XXH3_state_t, Free> state(XXH3_createState());
	XXH3_128bits_reset(state.get());
	XXH3_128bits_update(state.get(), &size, sizeof(size));
	std::vector<char> chunk(size_t{64} * block);
	std::int64_t at = 0; // whole blocks, each once
	for (const auto &[first, end] : data_in(fd, 0, size))
		for (at = std::max(at, first / block * block); at < end;) {
			const auto whole = std::min((end + block - 1) / block * block, size);
			const auto wanted = std::min<std::int64_t>(
				static_cast<std::int64_t>(chunk.size()), whole - at);
			const auto got = pread(fd, chunk.data(), static_cast<size_t>(wanted), at);
			if (got != wanted)
				return std::unexpected(errno_error("cannot read"));
			add(*state, at, chunk.data(), static_cast<size_t>(got));
			at += got;
		}
	const auto hash = XXH3_128bits_digest(state.get());
	return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

} // namespace kcxx
