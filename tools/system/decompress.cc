// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/decompress.hpp"

#include <archive.h>
#include <memory>

namespace kcxx
{

namespace
{

using Reader =
	std::unique_ptr<archive, decltype([](archive *reader) { archive_read_free(reader); })>;

} // namespace

Result<std::string> decompress(std::string_view bytes)
{
	const Reader reader(archive_read_new());
	archive_read_support_filter_all(reader.get());
	archive_read_support_format_raw(reader.get());
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
		if (status == ARCHIVE_OK)
			unpacked.append(static_cast<const char *>(block), size);
	}
	if (status != ARCHIVE_EOF) {
		const char *text = archive_error_string(reader.get());
		return std::unexpected(Error{.what = std::string("cannot unpack: ") +
						     (text != nullptr ? text : "unknown format")});
	}
	return unpacked;
}

} // namespace kcxx
