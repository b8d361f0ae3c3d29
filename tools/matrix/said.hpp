// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What the programs of the steps said, in short.
#pragma once

#include "matrix/model.hpp"

#include <string>
#include <string_view>

namespace kcxx::matrix
{

/** What cxxavailable.sh --format json answered. */
struct CheckAnswer {
	bool understood = false;
	std::string cxx;
	std::string cc;
	std::string version; // "GCC 12.2.0"
	std::string reason;  // of all that failed, or that excludes the module
	std::string text;    // for people: the verdict, failures and warnings
};

CheckAnswer read_check(std::string_view output);

/** The line of @output that says best why a step of @stage ended with @status. */
std::string why(Stage stage, int status, std::string_view output);

} // namespace kcxx::matrix
