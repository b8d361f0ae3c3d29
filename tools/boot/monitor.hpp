// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Talking with QEMU while it runs (QMP: docs/interop/qmp-spec of QEMU).
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
 * Its calls wait for QEMU, until the deadline at most. Errors are QEMU's own words: they tell that
 * this QEMU, or this machine of it, cannot be frozen.
 */
class Monitor
{
public:
	/** A monitor, and the socket that QEMU is to be given. */
	static Result<std::pair<Monitor, Fd>> create(interrupt::Clock::time_point deadline);

	/** Stops the guest and writes all but its memory into the file @state. */
	Result<void> freeze(int state);

	/** Takes up the state in the file @state; the guest, until then not begun, goes on. */
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
	std::string migration_; // the last status it told
};

} // namespace kcxx
