// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kbuild_products.hpp"

#include <string_view>

namespace kcxx
{

bool is_made_by_kbuild(const std::filesystem::path &path)
{
	const auto name = path.filename().string();
	for (const std::string_view end : {".o", ".ko", ".mod", ".mod.c", ".cmd", ".a", ".symvers"})
		if (name.ends_with(end))
			return true;
	return name.starts_with('.') || name == "modules.order";
}

} // namespace kcxx
