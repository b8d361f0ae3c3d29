// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/image_damage.hpp"

#include "kernels/kernel.hpp"
#include "kernels/version_order.hpp"
#include "module/elf_handle.hpp"
#include "system/byte_order.hpp"
#include "system/decompress.hpp"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <zlib.h>

namespace kcxx
{

namespace
{

using namespace std::string_view_literals;

constexpr std::uintmax_t unpacked_limit = 512U << 20U; // about ten times Debian's kernel
constexpr auto gzip = "\x1f\x8b"sv;

std::uint64_t word(std::string_view bytes, size_t at)
{
	return little_endian<std::uint32_t>(bytes, at).value_or(0);
}

std::uint64_t half_word(std::string_view bytes, size_t at)
{
	return little_endian<std::uint16_t>(bytes, at).value_or(0);
}

bool is_within(std::string_view image, std::uint64_t begin, std::uint64_t size)
{
	return begin <= image.size() && size <= image.size() - begin;
}

std::uint32_t crc32_of(std::string_view bytes)
{
	return static_cast<std::uint32_t>(
		crc32_z(0, reinterpret_cast<const Bytef *>(bytes.data()), bytes.size()));
}

std::string cut_off(std::uint64_t wanted, std::string_view image)
{
	return fmt::format("cut off: {} bytes of {}", image.size(), wanted);
}

// --- PE: the header that the kernel's EFI stub gives every image
// -----------------------------------

constexpr size_t pe_header_at = 0x3c;

struct Pe {
	std::string_view image;
	size_t header = 0;   // offset of the signature "PE"
	size_t optional = 0; // header, with the directories at its end
	size_t sections = 0;

	[[nodiscard]] std::uint64_t checksum() const { return word(image, optional + 64); }
	[[nodiscard]] std::uint64_t certificates() const { return word(image, optional + 144); }
	[[nodiscard]] std::uint64_t certificates_size() const
	{
		return word(image, optional + 148);
	}
};

std::optional<Pe> read_pe(std::string_view image)
{
	constexpr size_t optional_at = 24;
	Pe pe{.image = image, .header = word(image, pe_header_at)};
	if (!image.starts_with("MZ") || !is_within(image, pe.header, optional_at) ||
	    image.substr(pe.header, 4) != "PE\0\0"sv)
		return std::nullopt;
	pe.optional = pe.header + optional_at;
	pe.sections = pe.optional + half_word(image, pe.header + 20);
	return pe;
}

// Returns the checksum that signing tools put into the header: the sum of all 16-bit words except
// itself, plus the length.
std::uint64_t checksum_of(const Pe &pe)
{
	std::uint64_t sum = 0;
	for (size_t at = 0; at < pe.image.size(); at += 2) {
		const auto low = static_cast<unsigned char>(pe.image[at]);
		const auto high = at + 1 < pe.image.size()
					  ? static_cast<unsigned char>(pe.image[at + 1])
					  : 0U;
		if (at != pe.optional + 64 && at != pe.optional + 66)
			sum += low | (high << 8U);
	}
	while (sum > 0xffff)
		sum = (sum & 0xffffU) + (sum >> 16U);
	return sum + pe.image.size();
}

std::string damage_in_pe(const Pe &pe)
{
	constexpr size_t section_header = 40;
	const auto &image = pe.image;
	std::uint64_t end = pe.certificates() + pe.certificates_size();
	for (size_t index = 0; index < half_word(image, pe.header + 6); ++index) {
		const auto at = pe.sections + (index * section_header);
		end = std::max(end, word(image, at + 16) + word(image, at + 20));
	}
	if (end > image.size())
		return cut_off(end, image);
	if (pe.checksum() != 0 && pe.checksum() != checksum_of(pe))
		return "damaged: its checksum is not that of its content";
	return {};
}

// --- bzImage: Documentation/arch/x86/boot.rst
// ------------------------------------------------------

constexpr size_t setup_sects_at = 0x1f1;
constexpr size_t syssize_at = 0x1f4;
constexpr size_t boot_flag_at = 0x1fe;
constexpr size_t magic_at = 0x202;
constexpr size_t version_at = 0x206;
constexpr size_t kernel_version_at = 0x20e;
constexpr size_t payload_offset_at = 0x248;
constexpr size_t payload_length_at = 0x24c;
constexpr size_t header_end = 0x250;
constexpr size_t sector = 512;

size_t setup_size(std::string_view image)
{
	const auto sectors = static_cast<unsigned char>(image[setup_sects_at]);
	return ((sectors != 0 ? sectors : 4U) + 1U) * sector;
}

// Kernels before 6.15 end with a checksum that makes the CRC of the whole image all ones. Signing
// changes the content afterwards.
bool has_checksum(std::string_view image)
{
	const auto pe = read_pe(image);
	if (pe && (pe->checksum() != 0 || pe->certificates() != 0))
		return false;
	const auto at = sector + half_word(image, kernel_version_at);
	const auto text = image.substr(std::min<size_t>(at, image.size()), 128);
	const auto release = text.substr(0, text.find_first_of(" \0"sv));
	return is_release(release) && is_older_release(series_of(release), "6.15");
}

// The compressed kernel in @image
std::string_view payload(std::string_view image)
{
	const auto begin = setup_size(image) + word(image, payload_offset_at);
	const auto length = word(image, payload_length_at);
	return is_within(image, begin, length) ? image.substr(begin, length) : std::string_view();
}

std::string damage_in_bzimage(std::string_view image)
{
	constexpr std::uint64_t oldest = 0x208; // has the payload's place
	constexpr std::uint64_t boot_flag = 0xaa55;
	if (half_word(image, boot_flag_at) != boot_flag || half_word(image, version_at) < oldest)
		return "damaged: no boot flag, or no version of the boot protocol, in its header";
	const auto end = setup_size(image) + (word(image, syssize_at) * 16);
	if (end > image.size())
		return cut_off(end, image);
	if (payload(image).size() <= sizeof(std::uint32_t))
		return "damaged: no compressed kernel where its header has it";
	if (has_checksum(image) && crc32_of(image.substr(0, end)) != 0xffffffffU)
		return "damaged: its checksum is not that of its content";
	return {};
}

// --- the packed kernel

// The beginnings of the formats that the kernel's build packs by
constexpr std::array packed_formats = {gzip,
				       "\xfd"
				       "7zXZ\0"sv,
				       "\x28\xb5\x2f\xfd"sv,
				       "BZh"sv,
				       "\x5d\0\0"sv,
				       "\x02\x21\x4c\x18"sv};
constexpr auto lzo = "\x89LZO"sv; // kcxx does not unpack LZO

// Checks the CRC and the length at the end of gzip data, which libarchive does not read.
std::string damage_in_gzip(std::string_view packed, std::string_view unpacked)
{
	if (packed.size() < 2 * sizeof(std::uint32_t) ||
	    word(packed, packed.size() - 8) != crc32_of(unpacked) ||
	    word(packed, packed.size() - 4) != (unpacked.size() & 0xffffffffU))
		return "its checksum or its length is not that of its content";
	return {};
}

std::string damage_in_elf(std::string_view file, std::uint16_t elf_machine)
{
	elf_version(EV_CURRENT);
	// libelf does not write to it.
	const ElfHandle elf(elf_memory(const_cast<char *>(file.data()), file.size())); // NOLINT
	GElf_Ehdr header;
	size_t count = 0;
	if (!elf || gelf_getehdr(elf.get(), &header) == nullptr ||
	    elf_getphdrnum(elf.get(), &count) != 0 || count == 0)
		return "no whole ELF file";
	if (header.e_machine != elf_machine)
		return fmt::format("for ELF machine {}, not {}", header.e_machine, elf_machine);
	for (size_t index = 0; index < count; ++index) {
		GElf_Phdr part;
		if (gelf_getphdr(elf.get(), static_cast<int>(index), &part) == nullptr ||
		    !is_within(file, part.p_offset, part.p_filesz))
			return "an ELF file that was cut off or damaged";
	}
	return {};
}

// --- the images of all architectures
// --------------------------------------------------------------

// Returns the architecture of the kernel image @image; nullptr if it is no kernel image.
const Architecture *arch_of_image(std::string_view image)
{
	constexpr size_t image_magic_at = 56;
	const auto *const found = std::ranges::find_if(architectures, [&](const auto &arch) {
		return arch.image_magic.empty()
			       ? is_bzimage(image)
			       : image.size() > image_magic_at &&
					 image.substr(image_magic_at).starts_with(arch.image_magic);
	});
	return found != architectures.end() ? &*found : nullptr;
}

std::string damage_in_packed_image(std::string_view image, const Architecture &arch)
{
	if (!arch.unpacks_gzip)
		return fmt::format("packed by gzip, which QEMU does not unpack for {}", arch.name);
	const auto unpacked = decompress(image, unpacked_limit);
	if (!unpacked)
		return "damaged: " + unpacked.error().what;
	if (const auto damage = damage_in_gzip(image, *unpacked); !damage.empty())
		return "damaged: " + damage;
	return unpacked->starts_with(gzip) ? "packed twice" : damage_in(*unpacked, arch);
}

} // namespace

bool is_bzimage(std::string_view image)
{
	return image.size() >= header_end && image.substr(magic_at).starts_with("HdrS");
}

std::string damage_in(std::string_view image, const Architecture &arch)
{
	if (image.empty())
		return "an empty file";
	if (image.starts_with(ELFMAG))
		return damage_in_elf(image, arch.elf_machine);
	if (image.starts_with(gzip) && !arch.image_magic.empty())
		return damage_in_packed_image(image, arch);
	const auto pe = read_pe(image);
	if (pe)
		if (const auto damage = damage_in_pe(*pe); !damage.empty())
			return damage;
	const auto *const found = arch_of_image(image);
	// An EFI application that unpacks itself ("zimg") has no other header.
	if (found == nullptr && pe && image.substr(4).starts_with("zimg"))
		return {};
	if (found == nullptr)
		return "no kernel, or one whose header is damaged";
	if (found != &arch)
		return fmt::format("a kernel for {}", found->name);
	return arch.image_magic.empty() ? damage_in_bzimage(image) : std::string();
}

UnpackedKernel unpack_kernel(std::string_view image)
{
	auto packed = payload(image);
	if (packed.starts_with(lzo))
		return {};
	if (packed.size() <= sizeof(std::uint32_t) ||
	    std::ranges::none_of(packed_formats,
				 [&](const auto magic) { return packed.starts_with(magic); }))
		return {.damage = "its compressed kernel begins with no format of the kernel's"};
	// The kernel's build appends the unpacked size to all formats except gzip, which has it
	// itself.
	const auto size = word(packed, packed.size() - sizeof(std::uint32_t));
	const bool by_gzip = packed.starts_with(gzip);
	if (!by_gzip)
		packed.remove_suffix(sizeof(std::uint32_t));
	auto unpacked = decompress(packed, unpacked_limit);
	if (!unpacked)
		return {.damage = "its compressed kernel: " + unpacked.error().what};
	std::string damage;
	if (unpacked->size() != size)
		damage = fmt::format("{} bytes of {}", unpacked->size(), size);
	else if (by_gzip)
		damage = damage_in_gzip(packed, *unpacked);
	if (damage.empty())
		damage = damage_in_elf(*unpacked, EM_X86_64);
	if (!damage.empty())
		return {.damage = "its compressed kernel: " + damage};
	return {.elf = std::move(*unpacked)};
}

} // namespace kcxx
