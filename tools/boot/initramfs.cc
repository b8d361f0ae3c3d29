// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/initramfs.hpp"

#include "system/file.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <sys/mman.h>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

using Entry = std::unique_ptr<archive_entry,
			      decltype([](archive_entry *entry) { archive_entry_free(entry); })>;

Entry make_entry(const fs::path &destination, unsigned type, unsigned mode)
{
	Entry entry(archive_entry_new());
	archive_entry_set_pathname(entry.get(), destination.relative_path().c_str());
	archive_entry_set_filetype(entry.get(), type);
	archive_entry_set_perm(entry.get(), mode);
	return entry;
}

} // namespace

void Initramfs::Free::operator()(archive *writer) const
{
	archive_write_free(writer);
}

Error Initramfs::failure() const
{
	const char *text = archive_error_string(writer_.get());
	return {.what = std::string("cannot make the initramfs: ") +
			(text != nullptr ? text : "unknown error")};
}

Result<Initramfs> Initramfs::create()
{
	Fd file(memfd_create("initramfs", MFD_CLOEXEC));
	if (!file)
		return std::unexpected(errno_error("cannot make the initramfs"));
	std::unique_ptr<archive, Free> writer(archive_write_new());
	archive_write_set_format_cpio_newc(writer.get());
	archive_write_set_bytes_in_last_block(writer.get(), 1);
	archive_write_open_fd(writer.get(), file.get());
	return Initramfs(std::move(file), std::move(writer));
}

Result<void> Initramfs::add_parents(const fs::path &destination)
{
	const auto parent = destination.parent_path();
	if (parent.relative_path().empty() || directories_.contains(parent))
		return {};
	TRY(add_parents(parent));
	const auto entry = make_entry(parent, AE_IFDIR, 0755);
	archive_entry_set_size(entry.get(), 0);
	if (archive_write_header(writer_.get(), entry.get()) != ARCHIVE_OK)
		return std::unexpected(failure());
	directories_.insert(parent);
	return {};
}

Result<void> Initramfs::add_text(std::string_view text, const fs::path &destination, unsigned mode)
{
	TRY(add_parents(destination));
	const auto entry = make_entry(destination, AE_IFREG, mode);
	archive_entry_set_size(entry.get(), static_cast<la_int64_t>(text.size()));
	if (archive_write_header(writer_.get(), entry.get()) != ARCHIVE_OK ||
	    archive_write_data(writer_.get(), text.data(), text.size()) !=
		    static_cast<la_ssize_t>(text.size()))
		return std::unexpected(failure());
	return {};
}

Result<void> Initramfs::add_file(const fs::path &source, const fs::path &destination, unsigned mode)
{
	const auto bytes = TRY(read_file(source));
	return add_text(bytes, destination, mode);
}

Result<Fd> Initramfs::finish() &&
{
	if (archive_write_close(writer_.get()) != ARCHIVE_OK)
		return std::unexpected(failure());
	return std::move(file_);
}

} // namespace kcxx
