// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/kernel_image.hpp"

#include "boot/image_damage.hpp"
#include "kernels/kernels_here.hpp"
#include "module/elf_handle.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <cstdint>
#include <fmt/core.h>
#include <sys/mman.h>
#include <vector>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

using namespace std::string_view_literals;

constexpr GElf_Word note_phys32_entry = 18; // XEN_ELFNOTE_PHYS32_ENTRY, the PVH entry

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
			    std::string_view(static_cast<const char *>(data->d_buf) + name,
					     note.n_namesz) == "Xen\0"sv)
				return true;
	}
	return false;
}

// Returns the command that replaces the damaged @image.
std::string remedy_for(const fs::path &image)
{
	const auto place = image.parent_path();
	const auto release = place.filename().string();
	std::error_code error;
	if (fs::exists(place / "build" / recipe_file, error))
		return fmt::format("rm -r {}; kcxx kernels build {}", place.string(),
				   series_of(release));
	if (fs::is_symlink(image, error) && fs::is_symlink(place / "build", error))
		return fmt::format("rm -r {}; kcxx kernels get {}", place.string(), release);
	if (const auto name = image.filename().string();
	    place == "/boot" && name.starts_with("vmlinuz-"))
		return "apt install --reinstall linux-image-" + name.substr(8);
	return "kcxx boot --kernel IMAGE ..., with an image that is whole";
}

Error cannot_boot(const fs::path &image, std::string found, std::string_view arch)
{
	return {.status = ExitStatus::unavailable,
		.what = "cannot boot the kernel " + image.string(),
		.found = std::move(found),
		.needed = fmt::format("a whole image of a kernel for {}", arch),
		.fix = remedy_for(image)};
}

// Refuses a damaged image: it does not boot, QEMU prints no reason, and the guest would seem to
// hang.
Result<KernelImage> checked(KernelImage image, const Architecture &arch)
{
	const auto bytes = TRY(read_file(image.path));
	if (auto damage = damage_in(bytes, arch); !damage.empty())
		return std::unexpected(cannot_boot(image.path, std::move(damage), arch.name));
	return image;
}

// Returns the directory of the kernel's own modules; empty if it is not here.
fs::path modules_of(const Cache &cache, const std::string &release)
{
	std::error_code error;
	for (const auto &directory : {cache.directory() / "kernels" / release / "modules",
				      fs::path("/lib/modules") / release / "kernel"})
		if (fs::is_directory(directory, error))
			return directory;
	return {};
}

// Returns the image @asked, or the image in the build tree @asked.
Result<KernelImage> image_at(const Architecture &arch, const fs::path &asked)
{
	std::error_code error;
	const fs::path image = fs::is_directory(asked, error) ? asked / arch.image : asked;
	if (fs::is_regular_file(image, error))
		return KernelImage{.path = image, .modules = {}};
	return std::unexpected(Error{
		.status = ExitStatus::unavailable,
		.what = "--kernel gives no image",
		.found = "no file " + image.string(),
		.needed = fmt::format("a bootable image, a kernel build tree with {} in it, or the "
				      "release or series of a kernel here",
				      arch.image),
		.fix = "kcxx kernels"});
}

// Returns the image of the kernel whose release or series is @asked.
Result<KernelImage> image_of(const Architecture &arch, const std::string &asked)
{
	const auto kernel = TRY(find_kernel(asked, arch.name));
	if (!kernel.image.empty())
		return KernelImage{.path = kernel.image, .modules = {}};
	return std::unexpected(Error{.status = ExitStatus::unavailable,
				     .what = "--kernel gives no image",
				     .found = kernel.release + " without one",
				     .needed = "that kernel's image",
				     .fix = "kcxx kernels get " + kernel.release});
}

Result<KernelImage> asked_image(const Architecture &arch, const std::string &asked)
{
	std::error_code error;
	const bool is_path = asked.contains('/') || fs::exists(asked, error);
	return is_path ? image_at(arch, asked) : image_of(arch, asked);
}

} // namespace

Result<KernelImage> find_image(const Cache &cache, const std::string &release,
			       const Architecture &arch, const std::string &asked)
{
	const fs::path cached = cache.directory() / "kernels" / release;
	const fs::path installed = fs::path("/lib/modules") / release;
	const fs::path modules = modules_of(cache, release);
	std::error_code error;
	if (!asked.empty()) {
		auto image = TRY(asked_image(arch, asked));
		image.modules = modules;
		return checked(std::move(image), arch);
	}
	const std::vector places = {cached / "vmlinuz", fs::path("/boot") / ("vmlinuz-" + release),
				    installed / "vmlinuz", installed / "build" / arch.image};
	std::string looked;
	for (const auto &place : places) {
		if (fs::is_regular_file(place, error))
			return checked({.path = place, .modules = modules}, arch);
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

Result<std::optional<Fd>> unpack_bzimage(const Architecture &arch, const fs::path &image)
{
	const auto bytes = TRY(read_file(image));
	if (!is_bzimage(bytes))
		return std::nullopt;
	auto kernel = unpack_kernel(bytes);
	if (!kernel.damage.empty())
		return std::unexpected(cannot_boot(image, "damaged: " + kernel.damage, arch.name));
	if (kernel.elf.empty() || !has_pvh_entry(kernel.elf))
		return std::nullopt;
	Fd out(memfd_create("vmlinux", MFD_CLOEXEC));
	if (!out || write(out.get(), kernel.elf.data(), kernel.elf.size()) !=
			    static_cast<ssize_t>(kernel.elf.size()))
		return std::nullopt;
	return out;
}

} // namespace kcxx
