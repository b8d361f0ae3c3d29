// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Certificates that the signatures of modules are held against.
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
	std::string name; // its subject's common name
	std::shared_ptr<X509> x509;
};

/** The common name in @name; empty if it has none. */
std::string common_name(const X509_NAME *name);

/** The certificates in @file, PEM (which may hold several, and keys) or DER; the Error: there are
 * none. */
Result<std::vector<Certificate>> read_certificates(const std::filesystem::path &file);

} // namespace kcxx
