// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Runs apt with separate state: it uses the machine's sources, keys and proxies, but not its state.
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

/** One package of apt's lists. */
struct Package {
	std::string name;
	std::string version;
	std::string arch;
	std::string depends;
	std::uintmax_t download_bytes = 0;
	std::uintmax_t installed_bytes = 0;
	std::string sha256; // from the signed lists

	/** Returns apt's name for the file of the package. */
	[[nodiscard]] std::string file_name() const;
};

/** A suite that the machine does not use, on a mirror that it uses. */
struct Suite {
	std::string_view name; // "trixie"
	std::string arches;    // dpkg's names of those for which it is used: "arm64,amd64"
	std::string_view keyring;
	bool with_updates = false; // trixie-updates and trixie-security, too
};

/**
 * apt for a native or foreign architecture, in a directory of kcxx. Holds that directory's lock
 * until the destructor, so a second kcxx waits. No function needs root. apt verifies signatures and
 * checksums.
 */
class Apt
{
public:
	/**
	 * Creates @directory and waits for its lock. @arches are dpkg's names of the architectures
	 * of packages; a package without an architecture is of the first.
	 */
	static Result<Apt> open(const std::filesystem::path &directory,
				const std::vector<std::string_view> &arches);

	/**
	 * Adds @suite on each of Debian's mirrors that the machine uses, from the next update() on.
	 * Call it after an update(), which identifies the mirrors.
	 */
	Result<void> add_suite(const Suite &suite);

	/**
	 * Fetches the package lists. An unreachable source is not an Error, because its earlier
	 * list may suffice: returns apt's messages about it, empty on success.
	 */
	Result<std::string> update();

	/** Returns the names of all packages in the lists that begin with @prefix. */
	Result<std::vector<std::string>> names(std::string_view prefix);

	/** Returns the candidate version of each of @names, "name" or "name:arch"; leaves out
	 * packages without one. */
	Result<std::vector<Package>> show(const std::vector<std::string> &names);

	/**
	 * Downloads @packages into archives() and verifies them. Keeps the files of an earlier run:
	 * does not fetch complete ones again, and resumes incomplete ones.
	 */
	Result<void> download(const std::vector<Package> &packages);

	/** Unpacks downloaded @packages into @root, which is emptied first. */
	[[nodiscard]] Result<void> unpack(const std::vector<Package> &packages,
					  const std::filesystem::path &root) const;

	/** Removes the downloaded files of @packages. */
	void forget(const std::vector<Package> &packages) const;

	[[nodiscard]] std::filesystem::path archives() const { return directory_ / "archives"; }

private:
	Apt(std::filesystem::path directory, const std::vector<std::string_view> &arches, Fd lock)
	    : directory_(std::move(directory)), arches_(arches.begin(), arches.end()),
	      lock_(std::move(lock))
	{
	}

	[[nodiscard]] std::vector<std::string> command(std::string_view program) const;
	// Runs an apt program that transfers data, and shows its progress. Returns its exit status
	// and complaints.
	[[nodiscard]] Result<std::pair<int, std::string>> fetch(std::vector<std::string> argv,
								std::string_view what) const;
	// Returns the arguments of apt-helper for the packages: URI, file and checksum of each.
	Result<std::vector<std::string>> locate(const std::vector<Package> &packages);
	// Verifies the files of @packages, and removes those with a wrong checksum.
	[[nodiscard]] Result<void> verify(const std::vector<Package> &packages) const;

	[[nodiscard]] Result<void> configure(std::string_view sources) const;

	std::filesystem::path directory_;
	std::vector<std::string> arches_;
	Fd lock_;
};

/** Returns dpkg's name of this machine's architecture, as Architecture::debian. */
Result<std::string> native_debian_arch();

/** Returns whether version @a is newer than @b in dpkg's order. */
Result<bool> newer_version(const std::string &a, const std::string &b);

} // namespace kcxx
