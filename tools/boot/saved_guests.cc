// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/saved_guests.hpp"

#include "system/checksum.hpp"
#include "system/owner.hpp"
#include "system/sparse_file.hpp"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

constexpr std::uintmax_t room = std::uintmax_t{4} << 30U; // bytes, for all guests together

std::int64_t size_of(int fd)
{
	return lseek(fd, 0, SEEK_END);
}

std::uintmax_t bytes_on_disk(const fs::path &file)
{
	constexpr std::uintmax_t block = 512;
	struct stat status{};
	return stat(file.c_str(), &status) == 0
		       ? static_cast<std::uintmax_t>(status.st_blocks) * block
		       : 0;
}

// The clock may have been set back: a time in the future does not count as young.
bool is_younger(fs::file_time_type time, std::chrono::seconds age)
{
	const auto past = fs::file_time_type::clock::now() - time;
	return past >= std::chrono::seconds(0) && past < age;
}

bool is_trusted_file(int file)
{
	struct stat status{};
	return fstat(file, &status) == 0 && is_trusted(status.st_uid);
}

constexpr size_t checksum_digits = 32;

Result<std::string> checksum_of(const FrozenGuest &guest)
{
	const auto memory = TRY(checksum(guest.memory.fd(), guest.memory.size()));
	const auto state = TRY(checksum(guest.state.get(), size_of(guest.state.get())));
	return memory.substr(checksum_digits / 2) + state.substr(checksum_digits / 2);
}

// Syncs the file before the caller renames it: a crash leaves no incomplete guest.
bool write_guest(const fs::path &file, const FrozenGuest &guest)
{
	const auto sum = checksum_of(guest);
	const Fd out(open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
	const auto memory = guest.memory.size();
	const auto end = memory + size_of(guest.state.get());
	return sum && out && ftruncate(out.get(), memory) == 0 &&
	       copy_data(guest.memory.fd(), 0, memory, out.get(), 0) &&
	       copy_data(guest.state.get(), 0, end - memory, out.get(), memory) &&
	       pwrite(out.get(), sum->data(), sum->size(), end) ==
		       static_cast<ssize_t>(sum->size()) &&
	       fdatasync(out.get()) == 0;
}

Result<void> read_guest(int file, FrozenGuest &guest)
{
	const auto memory = guest.memory.size();
	const auto end = size_of(file) - static_cast<std::int64_t>(checksum_digits);
	std::string sum(checksum_digits, '\0');
	if (end <= memory)
		return std::unexpected(Error{.what = "it was cut off"});
	if (pread(file, sum.data(), sum.size(), end) != static_cast<ssize_t>(sum.size()))
		return std::unexpected(errno_error("it cannot be read"));
	TRY(copy_data(file, 0, memory, guest.memory.fd(), 0));
	TRY(copy_data(file, memory, end, guest.state.get(), 0));
	const auto found = TRY(checksum_of(guest));
	if (found != sum)
		return std::unexpected(Error{.what = "its checksum differs"});
	return {};
}

} // namespace

Result<FrozenGuest> FrozenGuest::create(unsigned memory_mib)
{
	auto memory = TRY(GuestMemory::create(memory_mib));
	Fd state(memfd_create("state", MFD_CLOEXEC));
	if (!state)
		return std::unexpected(errno_error("cannot make the guest's state"));
	return FrozenGuest{.memory = std::move(memory), .state = std::move(state)};
}

Result<std::optional<FrozenGuest>> SavedGuests::read(const std::string &key,
						     unsigned memory_mib) const
{
	const auto file = directory_ / key;
	const Fd in(open(file.c_str(), O_RDONLY | O_CLOEXEC));
	if (!in || size_of(in.get()) == 0)
		return std::nullopt;
	if (!is_trusted_file(in.get()))
		return std::unexpected(Error{.what = "it is another user's"});
	auto guest = FrozenGuest::create(memory_mib);
	if (!guest)
		return std::nullopt;
	TRY(read_guest(in.get(), *guest));
	std::error_code ignored; // after a failure, the guest is removed sooner
	fs::last_write_time(file, fs::file_time_type::clock::now(), ignored);
	return std::optional(std::move(*guest));
}

void SavedGuests::write(const std::string &key, const FrozenGuest &guest) const
{
	std::error_code error;
	fs::create_directories(directory_, error);
	const auto fresh = directory_ / fmt::format(".{}.{}", key, getpid());
	if (write_guest(fresh, guest))
		fs::rename(fresh, directory_ / key, error);
	fs::remove(fresh, error);
	make_room();
}

bool SavedGuests::is_given_up(const std::string &key) const
{
	constexpr auto while_ago = std::chrono::days(1); // the cause may have been temporary
	std::error_code error;
	const auto file = directory_ / key;
	return fs::file_size(file, error) == 0 &&
	       is_younger(fs::last_write_time(file, error), while_ago);
}

void SavedGuests::remove(const std::string &key) const
{
	std::error_code error;
	fs::remove(directory_ / key, error); // readers that have the file open keep it
}

void SavedGuests::give_up(const std::string &key) const
{
	std::error_code error;
	fs::create_directories(directory_, error);
	remove(key);
	const Fd empty(open((directory_ / key).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}

void SavedGuests::make_room() const
{
	constexpr auto abandoned = std::chrono::hours(1);
	struct File {
		fs::file_time_type used;
		fs::path path;
		std::uintmax_t bytes;
	};
	std::vector<File> files;
	std::error_code error;
	std::uintmax_t bytes = 0;
	const auto now = fs::file_time_type::clock::now();
	for (const auto &entry : fs::directory_iterator(directory_, error)) {
		const auto used = fs::last_write_time(entry.path(), error);
		if (entry.path().filename().string().starts_with(".")) {
			if (!is_younger(used, abandoned)) // the file's writer was killed
				fs::remove(entry.path(), error);
			continue;
		}
		// A guest with a time in the future would never be removed.
		files.push_back({used > now ? fs::file_time_type::min() : used, entry.path(),
				 bytes_on_disk(entry.path())});
		bytes += files.back().bytes;
	}
	std::ranges::sort(files, {}, &File::used);
	for (const auto &file : files) {
		if (bytes <= room)
			return;
		bytes -= file.bytes;
		fs::remove(file.path, error);
	}
}

} // namespace kcxx
