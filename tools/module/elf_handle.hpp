// SPDX-License-Identifier: GPL-2.0-only OR MIT
// libelf's handle, as an owner.
#pragma once

#include <gelf.h>
#include <memory>

namespace kcxx
{

struct EndElf {
	void operator()(Elf *elf) const { elf_end(elf); }
};
using ElfHandle = std::unique_ptr<Elf, EndElf>;

} // namespace kcxx
