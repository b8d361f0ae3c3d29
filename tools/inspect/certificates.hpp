// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Certificates, against which kcxx checks the signatures of modules.
#pragma once

#include "system/error.hpp"

#include <filesystem>
#include <memory>
#include <openssl/x509.h>
#include <string>
#include <vector>

namespace kcxx
{

struct Certificate {
	std::filesystem::path file;
	std::string name; // common name of the subject
	std::shared_ptr<X509> x509;
};

/** Returns the common name in @name; empty if it has none. */
std::string common_name(const X509_NAME *name);

/** Returns the certificates in @file, PEM (which may contain several, and keys) or DER; an Error if
 * there are none. */
Result<std::vector<Certificate>> read_certificates(const std::filesystem::path &file);

} // namespace kcxx
