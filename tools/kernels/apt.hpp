// SPDX-License-Identifier: GPL-2.0-only OR MIT
// apt with state of our own: the machine's sources, keys and proxies, but nothing of its state.
#pragma once

#include "system/error.hpp"
#include "system/fd.hpp"
#include "system/terminal.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** One package as apt's lists have it. */
struct Package {
	std::string name;
	std::string version;
	std::string arch;
	std::string depends;
	std::uintmax_t download_bytes = 0;
	std::uintmax_t installed_bytes = 0;
	std::string sha256; // as the signed lists have it

	/** The name apt gives its file. */
	[[nodiscard]] std::string file_name() const;
};

/** A suite that a mirror of the machine's has beside the one the machine uses. */
struct Suite {
	std::string_view name; // "trixie"
	std::string_view arch; // whose packages are taken from it, and no other's: as dpkg says it
	std::string_view keyring;
};

/**
 * apt for a native or foreign architecture, under a directory of ours. Holds that directory's
 * lock from open() to its end, so a second kcxx waits. Nothing here needs root. Signatures and
 * checksums are apt's own.
 */
class Apt
{
public:
	/**
	 * Waits for the lock if need be. @directory is made. Packages are those of the @arches, as
	 * dpkg says them; the first is meant where none is named.
	 */
	static Result<Apt> open(const std::filesystem::path &directory,
				const std::vector<std::string_view> &arches);

	/**
	 * From the next update() on, also @suite of each of Debian's mirrors that the machine uses;
	 * to be called after an update(), which tells the mirrors apart.
	 */
	Result<void> add_suite(const Suite &suite);

	/**
	 * Fetches the package lists. A source that cannot be reached is no error here; what apt
	 * said of it is returned (empty: all well), as the list of before may serve.
	 */
	Result<std::string> update();

	/** The names of all packages in the lists that begin with @prefix. */
	Result<std::vector<std::string>> names(std::string_view prefix);

	/** The candidate version of each of @names, "name" or "name:arch"; those without are left
	 * out. */
	Result<std::vector<Package>> show(const std::vector<std::string> &names);

	/**
	 * Downloads @packages into archives() and checks them. What an earlier run got is kept:
	 * whole files are not asked for again, broken-off ones go on where they stopped.
	 */
	Result<void> download(const std::vector<Package> &packages);

	/** Unpacks downloaded @packages into @root, which is emptied first. */
	[[nodiscard]] Result<void> unpack(const std::vector<Package> &packages,
					  const std::filesystem::path &root) const;

	/** Removes what download() got of @packages. */
	void forget(const std::vector<Package> &packages) const;

	[[nodiscard]] std::filesystem::path archives() const { return directory_ / "archives"; }

private:
	Apt(std::filesystem::path directory, const std::vector<std::string_view> &arches, Fd lock)
	    : directory_(std::move(directory)), arches_(arches.begin(), arches.end()),
	      lock_(std::move(lock))
	{
	}

	[[nodiscard]] std::vector<std::string> command(std::string_view program) const;
	// Runs an apt program that moves data, showing its progress; its exit status and
	// complaints.
	[[nodiscard]] Result<std::pair<int, std::string>> fetch(std::vector<std::string> argv,
								std::string_view what) const;
	// Where the packages are, as apt-helper wants it: URI, file, checksum of each.
	Result<std::vector<std::string>> locate(const std::vector<Package> &packages);
	// Checks the files of @packages, and removes those that are not what they should be.
	[[nodiscard]] Result<void> verify(const std::vector<Package> &packages) const;

	[[nodiscard]] Result<void> configure(std::string_view sources) const;

	std::filesystem::path directory_;
	std::vector<std::string> arches_;
	Fd lock_;
};

/** What dpkg calls the arch of this machine: "amd64". */
Result<std::string> native_debian_arch();

/** True if version @a is newer than @b in dpkg's order. */
Result<bool> newer_version(const std::string &a, const std::string &b);

} // namespace kcxx
