// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/decompress.hpp"

#include <archive.h>
#include <array>
#include <fmt/core.h>
#include <memory>

namespace kcxx
{

namespace
{

using Reader =
	std::unique_ptr<archive, decltype([](archive *reader) { archive_read_free(reader); })>;

// The formats in which the kernel's build packs modules and images
constexpr std::array filters = {
	archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
	archive_read_support_filter_xz,   archive_read_support_filter_lzma,
	archive_read_support_filter_zstd, archive_read_support_filter_lz4,
};

// A libarchive that was built without a format returns ARCHIVE_WARN: it registers a filter that
// runs the program of that name in $PATH.
bool is_built_in(decltype(filters)::value_type filter)
{
	return filter(Reader(archive_read_new()).get()) == ARCHIVE_OK;
}

Reader make_reader()
{
	Reader reader(archive_read_new());
	for (const auto filter : filters)
		if (is_built_in(filter))
			filter(reader.get());
	archive_read_support_format_raw(reader.get());
	return reader;
}

Error cannot_unpack(archive *reader)
{
	const char *text = archive_error_string(reader);
	return {.what = std::string("cannot unpack: ") +
			(text != nullptr ? text : "unknown format")};
}

} // namespace

Result<std::string> decompress(std::string_view bytes, std::uintmax_t limit)
{
	const auto reader = make_reader();
	archive_entry *entry = nullptr;
	const void *block = nullptr;
	size_t size = 0;
	la_int64_t offset = 0;
	std::string unpacked;
	int status = archive_read_open_memory(reader.get(), bytes.data(), bytes.size());
	if (status == ARCHIVE_OK)
		status = archive_read_next_header(reader.get(), &entry);
	while (status == ARCHIVE_OK) {
		status = archive_read_data_block(reader.get(), &block, &size, &offset);
		if (status != ARCHIVE_OK)
			break;
		if (size > limit - unpacked.size())
			return std::unexpected(
				Error{.what = fmt::format("{} bytes that unpack to more than {}",
							  bytes.size(), mebibytes(limit))});
		unpacked.append(static_cast<const char *>(block), size);
	}
	if (status != ARCHIVE_EOF)
		return std::unexpected(cannot_unpack(reader.get()));
	return unpacked;
}

std::string mebibytes(std::uintmax_t bytes)
{
	return fmt::format("{} MiB", bytes >> 20U);
}

} // namespace kcxx
