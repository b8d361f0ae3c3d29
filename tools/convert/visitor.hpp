// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Walks through what the file declares and asks each rule about each node.
#pragma once

#include "convert/conversion.hpp"

#include <vector>

namespace kcxx::convert
{

void visit(Conversion &conversion, const std::vector<clang::Decl *> &declarations);

} // namespace kcxx::convert
