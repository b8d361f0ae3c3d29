// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "from_kbuild/working_copy.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace kcxx::from_kbuild
{

namespace fs = std::filesystem;

namespace
{

// Data of version control can be large. The copy links to it, because git describe only reads it.
bool is_version_control(const fs::path &path)
{
	const auto name = path.filename();
	return name == ".git" || name == ".hg" || name == ".svn";
}

Result<void> copy_entries(const fs::path &from, const fs::path &to)
{
	std::error_code error;
	for (const auto &entry : fs::directory_iterator(from, error)) {
		const auto place = to / entry.path().filename();
		if (is_version_control(entry.path()))
			fs::create_symlink(entry.path(), place, error);
		else if (!entry.is_symlink() && !entry.is_directory() && !entry.is_regular_file())
			continue; // a socket, a pipe
		else
			fs::copy(entry.path(), place,
				 fs::copy_options::recursive | fs::copy_options::copy_symlinks,
				 error);
		if (error)
			break;
	}
	if (error)
		return std::unexpected(Error{
			.what = "cannot copy the project",
			.found = from.string() + ": " + error.message(),
			.needed = "files that can be read, and space in " + to.string(),
			.fix = "TMPDIR=<another directory> kcxx new --from " + from.string()});
	return {};
}

} // namespace

WorkingCopy::WorkingCopy(fs::path directory, fs::path original)
    : directory_(std::move(directory)), original_(std::move(original)),
      project_(directory_ / original_.filename())
{
}

WorkingCopy::WorkingCopy(WorkingCopy &&other) noexcept
    : directory_(std::exchange(other.directory_, {})), original_(std::move(other.original_)),
      project_(std::move(other.project_))
{
}

WorkingCopy::~WorkingCopy()
{
	std::error_code ignored;
	if (!directory_.empty())
		fs::remove_all(directory_, ignored);
}

Result<WorkingCopy> WorkingCopy::make(const fs::path &project)
{
	std::error_code error;
	auto pattern =
		(fs::canonical(fs::temp_directory_path(error), error) / "kcxx-XXXXXX").string();
	if (error || mkdtemp(pattern.data()) == nullptr)
		return std::unexpected(errno_error("cannot make " + pattern));
	WorkingCopy copy(pattern, project);
	fs::create_directories(copy.project(), error);
	fs::create_directories(copy.own(), error);
	TRY(copy_entries(project, copy.project()));
	return copy;
}

std::vector<fs::path> WorkingCopy::new_files() const
{
	std::vector<fs::path> files;
	std::error_code error;
	for (auto entry = fs::recursive_directory_iterator(project_, error);
	     entry != fs::recursive_directory_iterator(); entry.increment(error)) {
		const auto place = entry->path().lexically_relative(project_);
		if (entry->is_regular_file(error) &&
		    !fs::exists(fs::symlink_status(original_ / place, error)))
			files.push_back(place);
	}
	std::ranges::sort(files);
	return files;
}

} // namespace kcxx::from_kbuild
