// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/certificates.hpp"

#include "inspect/bio.hpp"
#include "system/file.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <utility>

namespace kcxx
{

namespace
{

Certificate certificate(const std::filesystem::path &file, X509 *x509)
{
	return {.file = file,
		.name = common_name(X509_get_subject_name(x509)),
		.x509 = std::shared_ptr<X509>(x509, X509_free)};
}

} // namespace

std::string common_name(const X509_NAME *name)
{
	const int index = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
	const X509_NAME_ENTRY *entry = index >= 0 ? X509_NAME_get_entry(name, index) : nullptr;
	const ASN1_STRING *text = entry != nullptr ? X509_NAME_ENTRY_get_data(entry) : nullptr;
	unsigned char *utf8 = nullptr;
	const int size = text != nullptr ? ASN1_STRING_to_UTF8(&utf8, text) : -1;
	if (size < 0)
		return {};
	std::string result(reinterpret_cast<const char *>(utf8), static_cast<size_t>(size));
	OPENSSL_free(utf8);
	return result;
}

Result<std::vector<Certificate>> read_certificates(const std::filesystem::path &file)
{
	const auto bytes = read_file(file);
	if (!bytes) {
		auto error = bytes.error();
		error.status = ExitStatus::input;
		return std::unexpected(std::move(error));
	}
	std::vector<Certificate> found;
	const Bio pem(BIO_new_mem_buf(bytes->data(), static_cast<int>(bytes->size())));
	while (X509 *x509 = PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr))
		found.push_back(certificate(file, x509));
	const auto *der = reinterpret_cast<const unsigned char *>(bytes->data());
	if (found.empty())
		if (X509 *x509 = d2i_X509(nullptr, &der, static_cast<long>(bytes->size())))
			found.push_back(certificate(file, x509));
	ERR_clear_error();
	if (found.empty())
		return std::unexpected(Error{.status = ExitStatus::input,
					     .what = file.string() + " is no certificate",
					     .found = "neither PEM nor DER of an X.509 certificate",
					     .needed = "the certificate of a signing key",
					     .fix = "openssl x509 -text -in " + file.string()});
	return found;
}

} // namespace kcxx
