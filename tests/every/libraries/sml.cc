// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <boost/sml.hpp>

namespace
{

struct Start {
	int speed;
};

struct Stop {
};

struct Pump {
	auto operator()() const
	{
		using namespace boost::sml;
		const auto fast_enough = [](const Start &start) { return start.speed > 10; };
		const auto count = [](int &starts) { ++starts; };
		return make_transition_table(
			*"idle"_s + event<Start>[fast_enough] / count = "busy"_s,
			"busy"_s + event<Stop> = "idle"_s, "busy"_s + event<Start> / count = X);
	}
};

} // namespace

bool try_sml();

bool try_sml()
{
	using namespace boost::sml;
	volatile int speed = 5;
	int starts = 0;
	sm<Pump> pump{starts};
	pump.process_event(Start{speed});
	const bool slow = pump.is("idle"_s) && starts == 0;
	pump.process_event(Start{speed + 10});
	const bool busy = pump.is("busy"_s) && starts == 1;
	pump.process_event(Stop{});
	const bool stopped = pump.is("idle"_s);
	pump.process_event(Start{20});
	pump.process_event(Start{20});
	return slow && busy && stopped && pump.is(X) && starts == 3;
}
