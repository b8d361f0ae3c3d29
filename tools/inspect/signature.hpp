// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Reads and verifies the signature at the end of a module.
#pragma once

#include "inspect/certificates.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

// If several certificates are given, the highest value counts.
enum class Verification {
	unchecked, // there was no certificate
	other_key, // no certificate has the key that it names
	damaged,   // a certificate has the key, which did not sign this content
	verified,
};

struct Signature {
	std::string signer; // the certificate's common name; empty if only a key id is given
	std::string key;    // serial number of the certificate, or the key id: "4D:D1:6D:..."
	std::string hash;   // "sha256"
	std::uint64_t size = 0;
	std::string damage;     // why the signature is unreadable; empty if it is readable
	bool malformed = false; // a kernel with CONFIG_MODULE_SIG always refuses it
	Verification verification = Verification::unchecked;
	std::string certificate; // file of the certificate with the key; empty: none
};

/** Returns the signature of the module with the content @file; nothing if it has none. */
std::optional<Signature> read_signature(std::string_view file);

/** Verifies @signature, which was read from @file, with @certificates. */
void verify_signature(Signature &signature, std::string_view file,
		      const std::vector<Certificate> &certificates);

} // namespace kcxx
