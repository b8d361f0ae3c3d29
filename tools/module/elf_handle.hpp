// SPDX-License-Identifier: GPL-2.0-only OR MIT
// An owner of libelf's handle.
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
