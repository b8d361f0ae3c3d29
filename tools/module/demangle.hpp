// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The names of C++ functions as people write them.
#pragma once

#include <string>
#include <string_view>

namespace kcxx
{

/** Returns the demangled @name; @name itself if it is no mangled one. */
std::string demangled(const std::string &name);

/** Returns @line, of the kernel's log, with its mangled names demangled: "Pump::stroke()+0x5/0x90".
 */
std::string with_demangled_names(std::string_view line);

} // namespace kcxx
