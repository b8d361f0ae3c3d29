// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Guests that were frozen after they had booted: <cache>/guests/<key>.
//
// A file holds the guest's memory, with holes for unused memory, then the state of the machine,
// then the checksum of both. An empty file means that such a guest does not resume. Each file is
// renamed into place when it is complete, so readers need no lock. If all files together are too
// large, the least recently used ones are removed.
#pragma once

#include "boot/guest_memory.hpp"
#include "system/fd.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace kcxx
{

/** A guest that does not run: the files from which QEMU resumes it. */
struct FrozenGuest {
	GuestMemory memory;
	Fd state;

	/** Creates a guest with @memory_mib MiB of empty memory. */
	static Result<FrozenGuest> create(unsigned memory_mib);
};

class SavedGuests
{
public:
	explicit SavedGuests(std::filesystem::path directory) : directory_(std::move(directory)) {}

	/**
	 * Returns a copy of the guest @key, which has @memory_mib MiB; nothing if there is none.
	 * Returns an Error if the guest is damaged, or belongs to another user.
	 */
	[[nodiscard]] Result<std::optional<FrozenGuest>> read(const std::string &key,
							      unsigned memory_mib) const;

	/** Saves a copy of @guest. Saves nothing if the disk is full or not writable. */
	void write(const std::string &key, const FrozenGuest &guest) const;

	/** Returns whether @key was given up in the last 24 hours. */
	[[nodiscard]] bool is_given_up(const std::string &key) const;

	/** Removes @key. */
	void remove(const std::string &key) const;

	/** Removes @key, and remembers that such a guest does not resume. */
	void give_up(const std::string &key) const;

private:
	void make_room() const;

	std::filesystem::path directory_;
};

} // namespace kcxx
