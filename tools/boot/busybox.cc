// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/guest.hpp"
#include "kernels/guest_busybox.hpp"
#include "module/elf_handle.hpp"
#include "system/fd.hpp"

#include <fcntl.h>
#include <fmt/core.h>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

// Returns why @file does not run in a guest without other files; empty if it does.
std::string unfit(const fs::path &file, const Architecture &arch)
{
	const Fd fd(open(file.c_str(), O_RDONLY | O_CLOEXEC)); // NOLINT(*-vararg): open's own type
	elf_version(EV_CURRENT);
	const ElfHandle elf(fd ? elf_begin(fd.get(), ELF_C_READ, nullptr) : nullptr);
	GElf_Ehdr header;
	size_t count = 0;
	if (!elf || gelf_getehdr(elf.get(), &header) == nullptr ||
	    elf_getphdrnum(elf.get(), &count) != 0)
		return "no program";
	if (header.e_machine != arch.elf_machine)
		return fmt::format("not for {}", arch.name);
	for (size_t index = 0; index < count; ++index) {
		GElf_Phdr segment;
		if (gelf_getphdr(elf.get(), static_cast<int>(index), &segment) != nullptr &&
		    segment.p_type == PT_INTERP)
			return "dynamically linked";
	}
	return {};
}

} // namespace

Result<fs::path> find_busybox(const Cache &cache, const Architecture &arch, const fs::path &asked)
{
	std::vector<fs::path> places = {asked};
	if (asked.empty())
		places = {"/bin/busybox", "/usr/bin/busybox", cached_busybox(cache, arch.name)};
	std::string found;
	std::error_code error;
	for (const auto &place : places) {
		const bool there = fs::is_regular_file(place, error);
		const auto fault = there ? unfit(place, arch) : "not there";
		if (fault.empty())
			return place;
		found += fmt::format("{}{}: {}", found.empty() ? "" : ", ", place.string(), fault);
	}
	return std::unexpected(Error{
		.status = ExitStatus::unavailable,
		.what = "no busybox for the guest",
		.found = found,
		.needed = fmt::format("a statically linked busybox for {}", arch.name),
		.fix = fmt::format("{}   or   kcxx boot --busybox FILE ...",
				   arch.name == native_arch()
					   ? "apt install busybox-static"
					   : fmt::format("kcxx kernels get 6.12 {}", arch.name))});
}

} // namespace kcxx
