// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kbuild_folder.hpp"

namespace kcxx
{

namespace fs = std::filesystem;

fs::path own_program()
{
	std::error_code ignored;
	return fs::read_symlink("/proc/self/exe", ignored);
}

Result<fs::path> find_kbuild_folder()
{
	std::error_code ignored;
	const fs::path places[] = {own_program().parent_path() / KCXX_KBUILD_FROM_BIN,
				   KCXX_SOURCE_KBUILD};
	for (const auto &place : places)
		if (fs::exists(place / "cxxavailable.sh", ignored))
			return place.lexically_normal();
	return std::unexpected(Error{
		.status = ExitStatus::unavailable,
		.what = "the check is missing",
		.found = "no " + (places[0] / "cxxavailable.sh").lexically_normal().string(),
		.needed = "kcxx installed whole: its kbuild/ folder beside the program",
		.fix = "cmake --install <build directory of kcxx>",
	});
}

} // namespace kcxx
