// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The signature at the end of a module: what it says, not whether it is true.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kcxx
{

struct Signature {
	std::string signer; // the certificate's common name; empty if it is named by key id
	std::string key;    // its serial number, or the key id: "4D:D1:6D:..."
	std::string hash;   // "sha256"
	std::uint64_t size = 0;
	std::string damage; // why it cannot be read; empty if it can
};

/** The signature of the module whose content is @file; nothing if it has none. */
std::optional<Signature> read_signature(std::string_view file);

} // namespace kcxx
