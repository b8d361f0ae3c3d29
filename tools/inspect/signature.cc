// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/signature.hpp"

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

// struct module_signature, between the PKCS#7 message and the marker
constexpr size_t trailer_size = 12;
constexpr size_t id_type_offset = 2;
constexpr size_t length_offset = 8; // big-endian
constexpr unsigned char id_type_pkcs7 = 2;

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

void read_message(std::string_view der, Signature &signature)
{
	const auto *start = reinterpret_cast<const unsigned char *>(der.data());
	const Message message(d2i_CMS_ContentInfo(nullptr, &start, static_cast<long>(der.size())));
	STACK_OF(CMS_SignerInfo) *infos = message ? CMS_get0_SignerInfos(message.get()) : nullptr;
	if (infos == nullptr || sk_CMS_SignerInfo_num(infos) == 0)
		signature.damage = "no PKCS#7 message that names a signer";
	else
		read_signer(sk_CMS_SignerInfo_value(infos, 0), signature);
	ERR_clear_error();
}

std::uint64_t big_endian(std::string_view bytes)
{
	std::uint64_t number = 0;
	for (const char byte : bytes)
		number = number << 8U | static_cast<unsigned char>(byte);
	return number;
}

} // namespace

std::optional<Signature> read_signature(std::string_view file)
{
	if (!file.ends_with(marker))
		return std::nullopt;
	file.remove_suffix(marker.size());
	Signature signature;
	if (file.size() < trailer_size) {
		signature.damage = "cut off";
		return signature;
	}
	const auto trailer = file.substr(file.size() - trailer_size);
	file.remove_suffix(trailer_size);
	signature.size = big_endian(trailer.substr(length_offset));
	if (signature.size > file.size())
		signature.damage = "longer than the file";
	else if (static_cast<unsigned char>(trailer[id_type_offset]) != id_type_pkcs7)
		signature.damage = "not of the type PKCS#7";
	else
		read_message(file.substr(file.size() - signature.size), signature);
	return signature;
}

} // namespace kcxx
