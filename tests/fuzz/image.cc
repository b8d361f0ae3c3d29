// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The image of a kernel, of any machine, as kcxx boot checks it.
#include "boot/image_damage.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	const auto image = text_of(data, size);
	for (const auto &arch : kcxx::architectures) {
		const auto damage = kcxx::damage_in(image, machine);
		if (!arch.image_magic.empty() || !kcxx::is_bzimage(image) || !damage.empty())
			continue;
		const auto kernel = kcxx::unpack_kernel(image);
		require(kernel.elf.empty() || kernel.damage.empty(),
			"what is damaged is not unpacked");
	}
	return 0;
}
