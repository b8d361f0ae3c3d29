// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Guests that were frozen once they had booted: <cache>/guests/<key>.
//
// A file holds the guest's memory, with holes where it has none, after that the state of its
// machine, and at its end the checksum of both. An empty one means that such a guest does not go
// on. All are made whole and then renamed, so no reader needs a lock; the least recently used ones
// go when they are too large.
#pragma once

#include "boot/guest_memory.hpp"
#include "system/fd.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace kcxx
{

/** A guest that does not run: what QEMU needs to go on with it. */
struct FrozenGuest {
	GuestMemory memory;
	Fd state;

	/** With memory of @memory_mib MiB, all of it empty. */
	static Result<FrozenGuest> create(unsigned memory_mib);
};

class SavedGuests
{
public:
	explicit SavedGuests(std::filesystem::path directory) : directory_(std::move(directory)) {}

	/**
	 * A copy of the guest @key, of that size of memory; nothing if there is none. An Error
	 * means that it is damaged, or another user's.
	 */
	[[nodiscard]] Result<std::optional<FrozenGuest>> read(const std::string &key,
							      unsigned memory_mib) const;

	/** Keeps a copy of @guest. Without room for it, or leave to write, nothing is kept. */
	void write(const std::string &key, const FrozenGuest &guest) const;

	/** Was @key given up in the last 24 hours? */
	[[nodiscard]] bool is_given_up(const std::string &key) const;

	/** Takes @key away. */
	void remove(const std::string &key) const;

	/** Takes @key away, and remembers that such a guest does not go on. */
	void give_up(const std::string &key) const;

private:
	void make_room() const;

	std::filesystem::path directory_;
};

} // namespace kcxx
