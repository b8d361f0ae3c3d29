// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/monitor.hpp"

#include "system/child.hpp"
#include "system/socket_pair.hpp"

#include <array>
#include <cstring>
#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>

namespace kcxx
{

namespace
{

using Json = nlohmann::json;

// The name of the sent descriptor in QEMU.
constexpr const char *sent_state = "state";

// Sends @text, and a copy of the descriptor @fd unless it is -1.
bool send_with(int socket, std::string text, int fd)
{
	iovec part = {.iov_base = text.data(), .iov_len = text.size()};
	alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
	msghdr message = {.msg_name = nullptr,
			  .msg_namelen = 0,
			  .msg_iov = &part,
			  .msg_iovlen = 1,
			  .msg_control = nullptr,
			  .msg_controllen = 0,
			  .msg_flags = 0};
	if (fd >= 0) {
		message.msg_control = space.data();
		message.msg_controllen = space.size();
		cmsghdr *const rights = CMSG_FIRSTHDR(&message);
		rights->cmsg_level = SOL_SOCKET;
		rights->cmsg_type = SCM_RIGHTS;
		rights->cmsg_len = CMSG_LEN(sizeof(int));
		std::memcpy(CMSG_DATA(rights), &fd, sizeof(fd));
	}
	return sendmsg(socket, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

Error silent()
{
	return interrupt::received() != 0
		       ? interrupted_error()
		       : Error{.status = ExitStatus::unavailable, .what = "QEMU does not answer"};
}

} // namespace

Result<std::pair<Monitor, Fd>> Monitor::create(interrupt::Clock::time_point deadline)
{
	auto ends = TRY(socket_pair());
	return std::pair(Monitor(std::move(ends.first), deadline), std::move(ends.second));
}

Result<Json> Monitor::receive()
{
	while (true) {
		if (const auto end = pending_.find('\n'); end != std::string::npos) {
			auto message = Json::parse(pending_.substr(0, end), nullptr, false);
			pending_.erase(0, end + 1);
			if (!message.is_object())
				continue;
			if (message.value("event", "") == "MIGRATION")
				migration_ = message.at("data").value("status", "");
			return message;
		}
		if (interrupt::wait(socket_.get(), deadline_) != interrupt::Wait::readable)
			return std::unexpected(silent());
		std::array<char, 4096> chunk{};
		const ssize_t count = read(socket_.get(), chunk.data(), chunk.size());
		if (count <= 0)
			return std::unexpected(silent());
		pending_.append(chunk.data(), static_cast<size_t>(count));
	}
}

Result<void> Monitor::execute(const char *command, const Json &arguments, int fd)
{
	const auto text = Json{{"execute", command}, {"arguments", arguments}}.dump() + "\n";
	if (!send_with(socket_.get(), text, fd))
		return std::unexpected(silent());
	while (true) {
		const auto message = TRY(receive());
		if (message.contains("error"))
			return std::unexpected(
				Error{.status = ExitStatus::unavailable,
				      .what = "QEMU refuses " + std::string(command),
				      .found = message.at("error").value("desc", "")});
		if (message.contains("return"))
			return {};
	}
}

Result<void> Monitor::greet()
{
	TRY(receive());
	TRY(execute("qmp_capabilities", Json::object()));
	// The memory is already in a file, so QEMU does not write it to the state.
	Json capabilities = Json::array();
	for (const char *name : {"x-ignore-shared", "events"})
		capabilities.push_back({{"capability", name}, {"state", true}});
	return execute("migrate-set-capabilities", {{"capabilities", std::move(capabilities)}});
}

Result<void> Monitor::wait_for_migration()
{
	while (migration_ != "completed") {
		if (migration_ == "failed")
			return std::unexpected(Error{.status = ExitStatus::unavailable,
						     .what = "QEMU could not freeze the guest"});
		TRY(receive());
	}
	return {};
}

// The state goes through a file: QEMU in its sandbox starts no program to write or read it.
Result<void> Monitor::prepare(int state)
{
	TRY(greet());
	if (lseek(state, 0, SEEK_SET) != 0)
		return std::unexpected(errno_error("cannot reach the guest's state"));
	return execute("getfd", {{"fdname", sent_state}}, state);
}

Result<void> Monitor::freeze(int state)
{
	TRY(prepare(state));
	TRY(execute("migrate", {{"uri", fmt::format("fd:{}", sent_state)}}));
	return wait_for_migration();
}

Result<void> Monitor::thaw(int state)
{
	TRY(prepare(state));
	return execute("migrate-incoming", {{"uri", fmt::format("fd:{}", sent_state)}});
}

} // namespace kcxx
