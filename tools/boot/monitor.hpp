// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Controls QEMU while it runs (QMP: docs/interop/qmp-spec of QEMU).
#pragma once

#include "system/error.hpp"
#include "system/fd.hpp"
#include "system/interrupt.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>

namespace kcxx
{

/**
 * Each call waits for QEMU, until the deadline at most. Errors quote QEMU: this QEMU, or its model
 * of this machine, cannot be frozen.
 */
class Monitor
{
public:
	/** Returns a monitor, and the socket to pass to QEMU. */
	static Result<std::pair<Monitor, Fd>> create(interrupt::Clock::time_point deadline);

	/** Stops the guest and writes all but its memory into the file @state. */
	Result<void> freeze(int state);

	/** Loads the state in the file @state into a guest that has not started, and resumes it. */
	Result<void> thaw(int state);

private:
	Monitor(Fd socket, interrupt::Clock::time_point deadline)
	    : socket_(std::move(socket)), deadline_(deadline)
	{
	}

	Result<void> greet();
	Result<void> prepare(int state);
	Result<void> execute(const char *command, const nlohmann::json &arguments, int fd = -1);
	Result<nlohmann::json> receive();
	Result<void> wait_for_migration();

	Fd socket_;
	interrupt::Clock::time_point deadline_;
	std::string pending_;
	std::string migration_; // QEMU's last status
};

} // namespace kcxx
