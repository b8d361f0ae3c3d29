// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/signature.hpp"

#include "inspect/bio.hpp"
#include "system/byte_order.hpp"

#include <array>
#include <fmt/core.h>
#include <memory>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <span>

namespace kcxx
{

namespace
{

constexpr std::string_view marker = "~Module signature appended~\n";

// struct module_signature, between the PKCS#7 message and the marker: algo, hash, id_type,
// signer_len, key_id_len, three bytes of padding, and the big-endian length
constexpr size_t trailer_size = 12;
constexpr size_t id_type_offset = 2;
constexpr size_t length_offset = 8;
constexpr char id_type_pkcs7 = 2;

using Message =
	std::unique_ptr<CMS_ContentInfo,
			decltype([](CMS_ContentInfo *message) { CMS_ContentInfo_free(message); })>;
using BigNumber = std::unique_ptr<BIGNUM, decltype([](BIGNUM *number) { BN_free(number); })>;

std::string hex(std::span<const unsigned char> bytes)
{
	std::string text;
	for (const auto byte : bytes)
		text += fmt::format("{}{:02X}", text.empty() ? "" : ":", byte);
	return text;
}

std::string serial_number(const ASN1_INTEGER *number)
{
	const BigNumber value(ASN1_INTEGER_to_BN(number, nullptr));
	if (!value)
		return {};
	std::string bytes(static_cast<size_t>(BN_num_bytes(value.get())), '\0');
	auto *start = reinterpret_cast<unsigned char *>(bytes.data());
	BN_bn2bin(value.get(), start);
	return hex({start, bytes.size()});
}

void read_signer(CMS_SignerInfo *info, Signature &signature)
{
	ASN1_OCTET_STRING *key_id = nullptr;
	X509_NAME *issuer = nullptr;
	ASN1_INTEGER *serial = nullptr;
	if (CMS_SignerInfo_get0_signer_id(info, &key_id, &issuer, &serial) == 1) {
		if (issuer != nullptr)
			signature.signer = common_name(issuer);
		if (serial != nullptr)
			signature.key = serial_number(serial);
		else if (key_id != nullptr)
			signature.key = hex({ASN1_STRING_get0_data(key_id),
					     static_cast<size_t>(ASN1_STRING_length(key_id))});
	}
	X509_ALGOR *digest = nullptr;
	CMS_SignerInfo_get0_algs(info, nullptr, nullptr, &digest, nullptr);
	const ASN1_OBJECT *algorithm = nullptr;
	if (digest != nullptr)
		X509_ALGOR_get0(&algorithm, nullptr, nullptr, digest);
	std::array<char, 64> name{};
	if (algorithm == nullptr)
		return;
	if (const int nid = OBJ_obj2nid(algorithm); nid != NID_undef)
		signature.hash = OBJ_nid2ln(nid);
	else if (OBJ_obj2txt(name.data(), name.size(), algorithm, 1) > 0)
		signature.hash = name.data();
}

Message parse(std::string_view der)
{
	const auto *start = reinterpret_cast<const unsigned char *>(der.data());
	return Message(d2i_CMS_ContentInfo(nullptr, &start, static_cast<long>(der.size())));
}

// Returns the first signer, the only one that the kernel's own tool writes; nullptr if there is
// none.
CMS_SignerInfo *signer_of(const Message &message)
{
	STACK_OF(CMS_SignerInfo) *infos = message ? CMS_get0_SignerInfos(message.get()) : nullptr;
	return infos != nullptr && sk_CMS_SignerInfo_num(infos) > 0
		       ? sk_CMS_SignerInfo_value(infos, 0)
		       : nullptr;
}

void read_message(std::string_view der, Signature &signature)
{
	const auto message = parse(der);
	signature.malformed = message == nullptr;
	if (signature.malformed)
		signature.damage = "no PKCS#7 message";
	else if (auto *signer = signer_of(message); signer == nullptr)
		signature.damage = "a PKCS#7 message that names no signer";
	else
		read_signer(signer, signature);
	ERR_clear_error();
}

// Checks whether the message @der signs @content by the key of @certificate. Like the kernel,
// ignores the owner and the validity of the certificate.
Verification verify(std::string_view der, std::string_view content, const Certificate &certificate)
{
	const auto message = parse(der);
	auto *signer = signer_of(message);
	if (signer == nullptr || CMS_SignerInfo_cert_cmp(signer, certificate.x509.get()) != 0)
		return Verification::other_key;
	CMS_SignerInfo_set1_signer_cert(signer, certificate.x509.get());
	const Bio bytes(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
	const bool fits = CMS_verify(message.get(), nullptr, nullptr, bytes.get(), nullptr,
				     CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1;
	ERR_clear_error();
	return fits ? Verification::verified : Verification::damaged;
}

// Returns whether a byte besides the type and the length is not zero: PKCS#7 contains the other
// parameters itself.
bool has_parameters(std::string_view trailer)
{
	auto bytes = std::string(trailer.substr(0, length_offset));
	bytes[id_type_offset] = 0;
	return bytes.find_first_not_of('\0') != std::string::npos;
}

} // namespace

std::optional<Signature> read_signature(std::string_view file)
{
	if (!file.ends_with(marker))
		return std::nullopt;
	file.remove_suffix(marker.size());
	Signature signature{.malformed = true};
	if (file.size() <= trailer_size) {
		signature.damage = "cut off";
		return signature;
	}
	const auto trailer = file.substr(file.size() - trailer_size);
	file.remove_suffix(trailer_size);
	signature.size = big_endian(trailer.substr(length_offset));
	// The checks of the kernel's mod_check_sig(), in the same order
	if (signature.size >= file.size()) {
		signature.damage = "as long as the file, or longer";
	} else if (trailer[id_type_offset] != id_type_pkcs7) {
		signature.damage = "not of the type PKCS#7";
		signature.malformed = false; // unsupported
	} else if (has_parameters(trailer)) {
		signature.damage =
			"with algorithm, hash, lengths or padding that are not zero beside it";
	} else {
		read_message(file.substr(file.size() - signature.size), signature);
	}
	return signature;
}

void verify_signature(Signature &signature, std::string_view file,
		      const std::vector<Certificate> &certificates)
{
	if (!signature.damage.empty())
		return;
	file.remove_suffix(marker.size() + trailer_size);
	const auto der = file.substr(file.size() - signature.size);
	file.remove_suffix(der.size());
	for (const auto &certificate : certificates) {
		const auto found = verify(der, file, certificate);
		if (found <= signature.verification)
			continue;
		signature.verification = found;
		signature.certificate =
			found == Verification::other_key ? "" : certificate.file.string();
	}
}

} // namespace kcxx
