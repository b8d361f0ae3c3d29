// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <chrono>

#include "probes.hpp"

bool probes::try_chrono()
{
	using namespace std::chrono;
	constexpr auto day = year{2026} / November / 28;
	return duration_cast<milliseconds>(2s + 5ms).count() == 2005 &&
	       weekday{sys_days{day}} == Saturday;
}
