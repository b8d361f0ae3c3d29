// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <chrono>

#include <kernel/time/ktime.hpp>

#include "probes.hpp"

bool probes::try_chrono_converts_durations()
{
	using namespace std::chrono;
	const auto length = 2s + milliseconds{5 + zero()};
	return duration_cast<milliseconds>(length).count() == 2005 && length > 2000ms &&
	       floor<seconds>(length) == 2s && ceil<seconds>(length) == 3s &&
	       round<seconds>(length) == 2s && length % 1s == 5ms;
}

bool probes::try_chrono_knows_dates()
{
	using namespace std::chrono;
	const auto date = year{2026 + zero()} / November / 28;
	const year_month_day later = sys_days{date} + days{4};
	return weekday{sys_days{date}} == Saturday && later == 2026y / December / 2d &&
	       (year{2024} / February / last).day() == 29d && !(2026y / February / 29d).ok() &&
	       date + months{2} == 2027y / January / 28d;
}

bool probes::try_chrono_splits_times_of_day()
{
	using namespace std::chrono;
	const hh_mm_ss time{seconds{3 * 3600 + 25 * 60 + 45 + zero()}};
	return time.hours() == 3h && time.minutes() == 25min && time.seconds() == 45s &&
	       !time.is_negative();
}

bool probes::try_chrono_reads_the_monotonic_clock()
{
	using std::chrono::steady_clock;
	const auto before = steady_clock::now();
	const long long kernels = kernel::ktime_get().since_boot().count();
	const auto after = steady_clock::now();
	return steady_clock::is_steady && before.time_since_epoch().count() <= kernels &&
	       kernels <= after.time_since_epoch().count() &&
	       after - before < std::chrono::hours{1};
}

bool probes::try_chrono_reads_the_real_clock()
{
	using namespace std::chrono;
	const auto now = system_clock::now();
	const auto today = year_month_day{floor<days>(now)};
	return today.year() > 2020y && today.ok() &&
	       system_clock::from_time_t(system_clock::to_time_t(now)) <= now;
}
