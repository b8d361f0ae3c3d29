// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Summaries of the output of the programs that run in steps.
#pragma once

#include "matrix/model.hpp"

#include <string>
#include <string_view>

namespace kcxx::matrix
{

/** The answer of cxxavailable.sh --format json. */
struct CheckAnswer {
	bool understood = false;
	std::string cxx;
	std::string cc;
	std::string version; // "GCC 12.2.0"
	std::string reason;  // all failures, or the reason for the exclusion of the module
	std::string text;    // for people: the verdict, failures and warnings
};

CheckAnswer read_check(std::string_view output);

/** Returns the line of @output that best explains why a step of @stage ended with @status. */
std::string failure_in(Stage stage, int status, std::string_view output);

} // namespace kcxx::matrix
