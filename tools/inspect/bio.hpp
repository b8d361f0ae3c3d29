// SPDX-License-Identifier: GPL-2.0-only OR MIT
// An owner of OpenSSL's BIO.
#pragma once

#include <memory>
#include <openssl/bio.h>

namespace kcxx
{

struct FreeBio {
	void operator()(BIO *bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

} // namespace kcxx
