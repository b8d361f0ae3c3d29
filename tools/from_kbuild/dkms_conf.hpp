// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The dkms.conf of a project, as DKMS reads it.
#pragma once

#include "system/error.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx::from_kbuild
{

class DkmsConf
{
public:
	/** The kernel and the paths for which bash reads the file. */
	struct Place {
		std::filesystem::path reader; // read-dkms-conf.bash
		std::filesystem::path project;
		std::string release;
		std::string machine; // output of uname -m
		std::filesystem::path kernel;
		std::filesystem::path tree; // stands for /var/lib/dkms
	};

	/** Reads the dkms.conf of a project that has one. */
	static Result<DkmsConf> read(const Place &place);

	/** Returns the value of @directive without an index, or with the index 0; empty if there is
	 * none. */
	[[nodiscard]] std::string first(std::string_view directive) const;

	/** The value of @directive with @index; empty if there is none. */
	[[nodiscard]] std::string at(std::string_view directive, unsigned index) const;

	/** The values of @directive that are not empty, in order. */
	[[nodiscard]] std::vector<std::string> list(std::string_view directive) const;

	/** The indices of @directive. */
	[[nodiscard]] std::vector<unsigned> indices(std::string_view directive) const;

	/** Returns the directives whose values differ from those of @other. */
	[[nodiscard]] std::vector<std::string> differences(const DkmsConf &other) const;

private:
	std::map<std::string, std::map<unsigned, std::string>, std::less<>> values_;
};

} // namespace kcxx::from_kbuild
