// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/file_lock.hpp"

#include "system/child.hpp"
#include "system/terminal.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>

namespace kcxx
{

Result<Fd> lock_file(const std::filesystem::path &file, std::string_view does)
{
	// NOLINTNEXTLINE(*-vararg): open is declared so
	Fd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
	if (!fd)
		return std::unexpected(errno_error("cannot open " + file.string()));
	for (bool noted = false; flock(fd.get(), LOCK_EX | LOCK_NB) != 0; noted = true) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return std::unexpected(errno_error("cannot lock " + file.string()));
		if (!noted)
			terminal::note(fmt::format("waiting for another kcxx that {}", does));
		using namespace std::chrono_literals;
		if (interrupt::wait(-1, interrupt::Clock::now() + 200ms) ==
		    interrupt::Wait::interrupted)
			return std::unexpected(interrupted_error());
	}
	return fd;
}

} // namespace kcxx
