// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/file.hpp"

#include <fstream>

namespace kcxx
{

Result<std::string> read_file(const std::filesystem::path &path)
{
	std::error_code error;
	const auto size = std::filesystem::file_size(path, error);
	if (error)
		return std::unexpected(
			Error{.what = "cannot read " + path.string() + ": " + error.message()});
	std::string bytes(size, '\0');
	std::ifstream in(path, std::ios::binary);
	if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
		return std::unexpected(errno_error("cannot read " + path.string()));
	return bytes;
}

Result<void> write_file(const std::filesystem::path &path, std::string_view text)
{
	std::ofstream out(path, std::ios::binary);
	if (!(out << text).flush())
		return std::unexpected(errno_error("cannot write " + path.string()));
	return {};
}

Result<void> replace_file(const std::filesystem::path &path, std::string_view text)
{
	const std::filesystem::path fresh = path.string() + ".new";
	if (auto written = write_file(fresh, text); !written)
		return written;
	std::error_code error;
	std::filesystem::rename(fresh, path, error);
	if (error)
		return std::unexpected(
			Error{.what = "cannot write " + path.string() + ": " + error.message()});
	return {};
}

} // namespace kcxx
