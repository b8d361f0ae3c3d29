// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/socket_pair.hpp"

#include <array>
#include <sys/socket.h>

namespace kcxx
{

Result<std::pair<Fd, Fd>> socket_pair()
{
	std::array<int, 2> ends{};
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
		return std::unexpected(errno_error("cannot make a socket"));
	return std::pair(Fd(ends[0]), Fd(ends[1]));
}

} // namespace kcxx
