// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/kernel_image.hpp"

#include "kernels/kernels_here.hpp"
#include "module/elf_handle.hpp"
#include "system/decompress.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fmt/core.h>
#include <sys/mman.h>
#include <vector>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

// Documentation/arch/x86/boot.rst: the fields of the setup header used here.
constexpr size_t setup_sects_at = 0x1f1;
constexpr size_t magic_at = 0x202;
constexpr std::string_view magic = "HdrS";
constexpr size_t payload_offset_at = 0x248;
constexpr size_t payload_length_at = 0x24c;
constexpr size_t sector = 512;

constexpr std::uintmax_t unpacked_limit = 512U << 20U; // of a kernel, some ten times Debian's

constexpr GElf_Word note_phys32_entry = 18; // XEN_ELFNOTE_PHYS32_ENTRY, the PVH entry

std::uint32_t load32(std::string_view bytes, size_t at)
{
	std::uint32_t value = 0; // little-endian, as the only hosts that run x86 kernels are
	std::memcpy(&value, bytes.data() + at, sizeof(value));
	return value;
}

// The compressed kernel in @image; empty if it is no bzImage.
std::string_view payload(std::string_view image)
{
	if (image.size() < payload_length_at + sizeof(std::uint32_t) ||
	    image.substr(magic_at, magic.size()) != magic)
		return {};
	const size_t sectors =
		image[setup_sects_at] != 0 ? static_cast<unsigned char>(image[setup_sects_at]) : 4;
	const size_t begin = ((sectors + 1) * sector) + load32(image, payload_offset_at);
	const size_t length = load32(image, payload_length_at);
	if (begin > image.size() || length > image.size() - begin)
		return {};
	return image.substr(begin, length);
}

Result<std::string> unpack(std::string_view packed)
{
	// Behind all but gzip the kernel's build puts the unpacked size, as gzip itself does.
	if (!packed.starts_with("\x1f\x8b"))
		packed.remove_suffix(sizeof(std::uint32_t));
	return decompress(packed, unpacked_limit);
}

bool has_pvh_entry(std::string &image)
{
	elf_version(EV_CURRENT);
	const ElfHandle elf(elf_memory(image.data(), image.size()));
	size_t count = 0;
	if (!elf || elf_getphdrnum(elf.get(), &count) != 0)
		return false;
	for (size_t index = 0; index < count; ++index) {
		GElf_Phdr header;
		if (gelf_getphdr(elf.get(), static_cast<int>(index), &header) == nullptr ||
		    header.p_type != PT_NOTE)
			continue;
		Elf_Data *data =
			elf_getdata_rawchunk(elf.get(), static_cast<int64_t>(header.p_offset),
					     header.p_filesz, ELF_T_NHDR);
		GElf_Nhdr note;
		size_t name = 0;
		size_t descriptor = 0;
		for (size_t at = 0; data != nullptr &&
				    (at = gelf_getnote(data, at, &note, &name, &descriptor)) > 0;)
			if (note.n_type == note_phys32_entry &&
			    std::string_view(static_cast<const char *>(data->d_buf) + name) ==
				    "Xen")
				return true;
	}
	return false;
}

// Where the kernel's own modules are; empty: not here
fs::path modules_of(const Cache &cache, const std::string &release)
{
	std::error_code error;
	for (const auto &directory : {cache.directory() / "kernels" / release / "modules",
				      fs::path("/lib/modules") / release / "kernel"})
		if (fs::is_directory(directory, error))
			return directory;
	return {};
}

// The image that is the file @asked, or in the build tree @asked
Result<KernelImage> image_at(const Machine &machine, const fs::path &asked)
{
	std::error_code error;
	const fs::path image =
		fs::is_directory(asked, error) ? asked / machine.image_in_build : asked;
	if (fs::is_regular_file(image, error))
		return KernelImage{.path = image, .modules = {}};
	return std::unexpected(Error{
		.status = ExitStatus::unavailable,
		.what = "--kernel gives no image",
		.found = "no file " + image.string(),
		.needed = fmt::format("a bootable image, a kernel build tree with {} in it, or the "
				      "release or series of a kernel here",
				      machine.image_in_build),
		.fix = "kcxx kernels"});
}

// The image of the kernel whose release or series is @asked
Result<KernelImage> image_of(const Machine &machine, const std::string &asked)
{
	const auto kernel = find_kernel(asked, machine.arch);
	if (!kernel)
		return std::unexpected(kernel.error());
	if (!kernel->image.empty())
		return KernelImage{.path = kernel->image, .modules = {}};
	return std::unexpected(Error{.status = ExitStatus::unavailable,
				     .what = "--kernel gives no image",
				     .found = kernel->release + " without one",
				     .needed = "that kernel's image",
				     .fix = "kcxx kernels get " + kernel->release});
}

Result<KernelImage> asked_image(const Machine &machine, const std::string &asked)
{
	std::error_code error;
	const bool is_path = asked.contains('/') || fs::exists(asked, error);
	return is_path ? image_at(machine, asked) : image_of(machine, asked);
}

} // namespace

Result<KernelImage> find_image(const Cache &cache, const std::string &release,
			       const Machine &machine, const std::string &asked)
{
	const fs::path cached = cache.directory() / "kernels" / release;
	const fs::path installed = fs::path("/lib/modules") / release;
	const fs::path modules = modules_of(cache, release);
	std::error_code error;
	if (!asked.empty()) {
		auto image = asked_image(machine, asked);
		if (image)
			image->modules = modules;
		return image;
	}
	const std::vector places = {cached / "vmlinuz", fs::path("/boot") / ("vmlinuz-" + release),
				    installed / "vmlinuz",
				    installed / "build" / machine.image_in_build};
	std::string looked;
	for (const auto &place : places) {
		if (fs::is_regular_file(place, error))
			return KernelImage{.path = place, .modules = modules};
		looked += (looked.empty() ? "none of " : ", ") + place.string();
	}
	return std::unexpected(
		Error{.status = ExitStatus::unavailable,
		      .what = fmt::format(
			      "no kernel image for {}, which the modules were built for", release),
		      .found = looked,
		      .needed = "that kernel's image",
		      .fix = fmt::format("kcxx kernels get {}   or   kcxx boot --kernel IMAGE ...",
					 release)});
}

std::optional<Fd> unpack_bzimage(const fs::path &image)
{
	const auto bytes = read_file(image);
	if (!bytes)
		return std::nullopt;
	const auto packed = payload(*bytes);
	if (packed.size() < sizeof(std::uint32_t))
		return std::nullopt;
	auto unpacked = unpack(packed);
	if (!unpacked || !has_pvh_entry(*unpacked))
		return std::nullopt;
	Fd out(memfd_create("vmlinux", MFD_CLOEXEC));
	if (!out || write(out.get(), unpacked->data(), unpacked->size()) !=
			    static_cast<ssize_t>(unpacked->size()))
		return std::nullopt;
	return out;
}

} // namespace kcxx
