// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/relocations.hpp"

#include "kernels/version_order.hpp"

#include <algorithm>
#include <array>
#include <elf.h>
#include <fmt/core.h>
#include <map>

namespace kcxx
{

namespace
{

// The loader of @machine has cases for the types from @first to @last.
struct Known {
	std::uint16_t machine;
	std::uint32_t first;
	std::uint32_t last;
	std::string_view since; // the first series of kernels that has it
};

// arch/*/kernel/module.c
constexpr std::array known_types = {
	Known{EM_X86_64, R_X86_64_NONE, R_X86_64_PC32},
	Known{EM_X86_64, R_X86_64_PLT32, R_X86_64_PLT32},
	Known{EM_X86_64, R_X86_64_32, R_X86_64_32S},
	Known{EM_X86_64, R_X86_64_PC64, R_X86_64_PC64},
	Known{EM_AARCH64, R_ARM_NONE, R_ARM_NONE},
	Known{EM_AARCH64, 256, 256}, // R_AARCH64_NONE of old
	Known{EM_AARCH64, R_AARCH64_ABS64, R_AARCH64_CONDBR19},
	Known{EM_AARCH64, R_AARCH64_JUMP26, R_AARCH64_MOVW_PREL_G3},
	Known{EM_AARCH64, R_AARCH64_LDST128_ABS_LO12_NC, R_AARCH64_LDST128_ABS_LO12_NC},
	Known{EM_RISCV, R_RISCV_32, R_RISCV_64},
	Known{EM_RISCV, R_RISCV_BRANCH, R_RISCV_GOT_HI20},
	Known{EM_RISCV, R_RISCV_PCREL_HI20, R_RISCV_LO12_S},
	Known{EM_RISCV, R_RISCV_ADD16, R_RISCV_ADD64},
	Known{EM_RISCV, R_RISCV_SUB16, R_RISCV_SUB64},
	Known{EM_RISCV, R_RISCV_RVC_BRANCH, R_RISCV_RVC_JUMP},
	Known{EM_RISCV, R_RISCV_RELAX, R_RISCV_RELAX},
	Known{EM_RISCV, R_RISCV_ADD8, R_RISCV_ADD8, "6.7"},
	Known{EM_RISCV, R_RISCV_SUB8, R_RISCV_SUB8, "6.7"},
	Known{EM_RISCV, R_RISCV_SUB6, R_RISCV_32_PCREL, "6.7"},
	Known{EM_RISCV, 59, 61, "6.7"}, // PLT32, SET_ULEB128, SUB_ULEB128
};

// The code in a source for which a compiler uses a type
struct Origin {
	std::uint16_t machine;
	std::uint32_t first;
	std::uint32_t last;
	std::string_view text;
};

constexpr std::string_view thread_local_variable = ", as of a thread-local variable";
constexpr std::string_view position_independent = ", as of position-independent code (-fPIC)";

constexpr std::array origins = {
	Origin{EM_X86_64, R_X86_64_DTPMOD64, R_X86_64_TPOFF32, thread_local_variable},
	Origin{EM_X86_64, R_X86_64_TLSDESC, R_X86_64_TLSDESC, thread_local_variable},
	Origin{EM_X86_64, R_X86_64_GOT32, R_X86_64_GOT32, position_independent},
	Origin{EM_X86_64, R_X86_64_GOTPCREL, R_X86_64_GOTPCREL, position_independent},
	Origin{EM_X86_64, R_X86_64_GOTOFF64, R_X86_64_PLTOFF64, position_independent},
	Origin{EM_X86_64, R_X86_64_GOTPCRELX, R_X86_64_REX_GOTPCRELX, position_independent},
	Origin{EM_AARCH64, R_AARCH64_TLSGD_ADR_PREL21, R_AARCH64_TLSLD_LDST128_DTPREL_LO12_NC,
	       thread_local_variable},
	Origin{EM_AARCH64, R_AARCH64_MOVW_GOTOFF_G0, R_AARCH64_LD64_GOTPAGE_LO15,
	       position_independent},
	Origin{EM_RISCV, R_RISCV_TLS_DTPMOD32, R_RISCV_TLS_TPREL64, thread_local_variable},
	Origin{EM_RISCV, R_RISCV_TLS_GOT_HI20, R_RISCV_TLS_GD_HI20, thread_local_variable},
	Origin{EM_RISCV, R_RISCV_TPREL_HI20, R_RISCV_TPREL_ADD, thread_local_variable},
};

bool is_known(std::uint16_t machine, std::uint32_t type, const TargetKernel *kernel)
{
	return std::ranges::any_of(known_types, [&](const Known &known) {
		return known.machine == machine && known.first <= type && type <= known.last &&
		       (kernel == nullptr || known.since.empty() ||
			!is_older_release(series_of(kernel->kernel().release), known.since));
	});
}

std::string_view origin_of(std::uint16_t machine, std::uint32_t type)
{
	const auto *const found = std::ranges::find_if(origins, [&](const Origin &origin) {
		return origin.machine == machine && origin.first <= type && type <= origin.last;
	});
	return found != origins.end() ? found->text : std::string_view();
}

// Returns the number of bytes that the loader of x86 requires to be zero before it applies a
// relocation of @type.
size_t width_on_x86(std::uint32_t type)
{
	if (type == R_X86_64_NONE)
		return 0;
	return type == R_X86_64_64 || type == R_X86_64_PC64 ? 8 : 4;
}

bool is_written_already(const Section &section, const Relocation &relocation)
{
	const auto place =
		section.bytes.substr(std::min<size_t>(relocation.offset, section.bytes.size()),
				     width_on_x86(relocation.type));
	return place.find_first_not_of('\0') != std::string_view::npos;
}

void check_section(const ModuleElf &module, const Section &section, const TargetKernel *kernel,
		   std::vector<Problem> &problems)
{
	std::map<std::uint32_t, size_t> unknown; // number of relocations, by type
	size_t written = 0;
	size_t outside = 0;
	for (const auto &relocation : section.relocations) {
		if (!is_known(module.machine, relocation.type, kernel))
			++unknown[relocation.type];
		else if (relocation.offset >= section.size)
			++outside;
		else if (module.machine == EM_X86_64 && is_written_already(section, relocation))
			++written;
	}
	const auto add = [&](Gravity gravity, std::string_view kind, std::string text) {
		problems.push_back({.gravity = gravity,
				    .kind = kind,
				    .subject = section.name,
				    .text = std::move(text)});
	};
	for (const auto &[type, count] : unknown)
		add(Gravity::refused, "relocation-type",
		    fmt::format("{}: {} relocations of type {}, which the kernel's loader does not "
				"know{}",
				section.name, count, type, origin_of(module.machine, type)));
	if (written != 0)
		add(Gravity::refused, "relocation-target",
		    fmt::format(
			    "{}: {} relocations of places that are not zero, which the kernel's "
			    "loader refuses",
			    section.name, written));
	if (outside != 0)
		add(Gravity::unknown, "relocation-target",
		    fmt::format(
			    "{}: {} relocations of places behind its end: the file is damaged, and "
			    "the kernel would write elsewhere",
			    section.name, outside));
}

} // namespace

std::vector<Problem> check_relocations(const ModuleElf &module, const TargetKernel *kernel)
{
	std::vector<Problem> problems;
	if (std::ranges::find(known_types, module.machine, &Known::machine) == known_types.end())
		return {{.gravity = Gravity::unknown,
			 .kind = "relocation-type",
			 .text = "kcxx does not know the types of relocations that the kernel's "
				 "loader takes on this architecture"}};
	for (const auto &section : module.sections) {
		check_section(module, section, kernel, problems);
		if (section.type == SHT_REL && section.applies_to < module.sections.size() &&
		    (module.sections[section.applies_to].flags & SHF_ALLOC) != 0)
			problems.push_back(
				{.kind = "relocation-type",
				 .subject = section.name,
				 .text = fmt::format("{}: relocations without addends (REL), which "
						     "the kernel's loader refuses",
						     section.name)});
	}
	return problems;
}

} // namespace kcxx
