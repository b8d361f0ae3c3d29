// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The signature at the end of a module: what it says, and whether it is true.
#pragma once

#include "inspect/certificates.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

// Of several certificates the highest counts.
enum class Verification {
	unchecked, // there was no certificate
	other_key, // it names a key that no certificate is of
	damaged,   // it names the key of one, which did not sign this
	verified,
};

struct Signature {
	std::string signer; // the certificate's common name; empty if it is named by key id
	std::string key;    // its serial number, or the key id: "4D:D1:6D:..."
	std::string hash;   // "sha256"
	std::uint64_t size = 0;
	std::string damage;     // why it cannot be read; empty if it can
	bool malformed = false; // a kernel that knows signatures refuses it, even if it needs none
	Verification verification = Verification::unchecked;
	std::string certificate; // the file of the one that names its key; empty: none does
};

/** The signature of the module whose content is @file; nothing if it has none. */
std::optional<Signature> read_signature(std::string_view file);

/** Holds the @signature that was read of @file against @certificates. */
void verify_signature(Signature &signature, std::string_view file,
		      const std::vector<Certificate> &certificates);

} // namespace kcxx
