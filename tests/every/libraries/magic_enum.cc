// SPDX-License-Identifier: GPL-2.0-only OR MIT

// libstdc++ 13 and newer have no std::string here, of which magic_enum wants the type of a
// character.
#define MAGIC_ENUM_USING_ALIAS_STRING using string = std::string_view;
#include <magic_enum/magic_enum.hpp>

namespace
{

enum class State { idle, running = 3, failed };

} // namespace

bool try_magic_enum();

bool try_magic_enum()
{
	volatile int seen = 3;
	const int number = seen;
	const auto state = magic_enum::enum_cast<State>(number);
	return state == State::running && magic_enum::enum_name(*state) == "running" &&
	       magic_enum::enum_cast<State>("failed") == State::failed &&
	       !magic_enum::enum_cast<State>("stopped") && magic_enum::enum_count<State>() == 3;
}
