// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The DWARF of a module, by libdwfl, which relocates it.
#pragma once

#include "module/module_elf.hpp"

#include <elfutils/libdwfl.h>
#include <memory>
#include <optional>
#include <string>

namespace kcxx
{

class DebugInfo
{
public:
	/** Reads a copy of @module; nothing if it has no debug information, or more than libdw may
	 * unpack. */
	static std::optional<DebugInfo> of(const ModuleElf &module);

	[[nodiscard]] Dwfl_Module *module() const { return module_; }

	/** Returns the size of the module's file in bytes. */
	[[nodiscard]] size_t file_size() const { return copy_->size(); }

private:
	struct EndSession {
		void operator()(Dwfl *session) const { dwfl_end(session); }
	};
	using Session = std::unique_ptr<Dwfl, EndSession>;

	DebugInfo(std::unique_ptr<std::string> copy, Session session, Dwfl_Module *module)
	    : copy_(std::move(copy)), session_(std::move(session)), module_(module)
	{
	}

	std::unique_ptr<std::string> copy_;
	Session session_;
	Dwfl_Module *module_;
};

} // namespace kcxx
