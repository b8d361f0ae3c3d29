// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/btf.hpp"

#include "system/byte_order.hpp"

namespace kcxx
{

namespace
{

constexpr std::uint16_t magic = 0xeb9f;
constexpr std::uint64_t header_size =
	24; // struct btf_header: its length is at 4, then the sections

// Checks what btf_parse_hdr() and btf_check_sec_info() of the kernel require: types, then strings
// up to the end.
bool is_whole(std::string_view bytes)
{
	const auto word = [&](size_t at) -> std::uint64_t {
		return little_endian<std::uint32_t>(bytes, at).value_or(0);
	};
	if (bytes.size() < header_size || little_endian<std::uint16_t>(bytes, 0) != magic ||
	    bytes[2] != 1 || bytes[3] != 0)
		return false;
	const auto length = word(4);
	const auto types = word(8);
	const auto types_end = types + word(12);
	const auto strings = word(16);
	const auto strings_end = strings + word(20);
	return length >= header_size && length <= bytes.size() && types == 0 &&
	       strings == types_end && length + strings_end == bytes.size();
}

} // namespace

std::vector<Problem> check_btf(const ModuleElf &module, std::string_view release,
			       const TargetKernel &kernel)
{
	const Section *section = module.section(".BTF");
	if (section == nullptr || section->bytes.empty() ||
	    !kernel.has("CONFIG_DEBUG_INFO_BTF_MODULES") ||
	    kernel.has("CONFIG_MODULE_ALLOW_BTF_MISMATCH"))
		return {};
	if (!is_whole(section->bytes))
		return {{.kind = "btf",
			 .subject = ".BTF",
			 .text = ".BTF is damaged, and the kernel checks it "
				 "(CONFIG_DEBUG_INFO_BTF_MODULES)"}};
	if (release != kernel.kernel().release && module.section(".BTF.base") == nullptr)
		return {{.gravity = Gravity::unknown,
			 .kind = "btf",
			 .subject = ".BTF",
			 .text = "its .BTF was made for the types of another kernel, and this one "
				 "refuses it if they differ"}};
	return {};
}

} // namespace kcxx
