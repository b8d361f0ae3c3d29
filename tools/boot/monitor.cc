// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/monitor.hpp"

#include "system/child.hpp"
#include "system/socket_pair.hpp"

#include <array>
#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>

namespace kcxx
{

namespace
{

using Json = nlohmann::json;

// By a process of QEMU's, which is no child of ours: it has none of our descriptors.
std::string path_of(int fd)
{
	return fmt::format("/proc/{}/fd/{}", getpid(), fd);
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
	auto ends = socket_pair();
	if (!ends)
		return std::unexpected(ends.error());
	return std::pair(Monitor(std::move(ends->first), deadline), std::move(ends->second));
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

Result<void> Monitor::execute(const char *command, const Json &arguments)
{
	const auto text = Json{{"execute", command}, {"arguments", arguments}}.dump() + "\n";
	if (send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL) !=
	    static_cast<ssize_t>(text.size()))
		return std::unexpected(silent());
	while (true) {
		const auto message = receive();
		if (!message)
			return std::unexpected(message.error());
		if (message->contains("error"))
			return std::unexpected(
				Error{.status = ExitStatus::unavailable,
				      .what = "QEMU refuses " + std::string(command),
				      .found = message->at("error").value("desc", "")});
		if (message->contains("return"))
			return {};
	}
}

Result<void> Monitor::greet()
{
	if (const auto greeting = receive(); !greeting)
		return std::unexpected(greeting.error());
	if (auto done = execute("qmp_capabilities", Json::object()); !done)
		return done;
	// The memory is a file that is there already.
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
		if (const auto message = receive(); !message)
			return std::unexpected(message.error());
	}
	return {};
}

Result<void> Monitor::freeze(int state)
{
	if (auto met = greet(); !met)
		return met;
	if (auto begun = execute("migrate", {{"uri", "exec:cat >" + path_of(state)}}); !begun)
		return begun;
	return wait_for_migration();
}

Result<void> Monitor::thaw(int state)
{
	if (auto met = greet(); !met)
		return met;
	return execute("migrate-incoming", {{"uri", "exec:cat " + path_of(state)}});
}

} // namespace kcxx
