// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <tinyfsm.hpp>

namespace
{

struct Start : tinyfsm::Event {
	int speed = 0;
};

struct Stop : tinyfsm::Event {
};

struct Idle;
struct Busy;

struct Pump : tinyfsm::Fsm<Pump> {
	virtual void react(const Start & /*event*/) {}
	virtual void react(const Stop & /*event*/) {}
	virtual void entry() {}
	virtual void exit() {}

	static inline int starts = 0;
};

struct Idle : Pump {
	void react(const Start &event) override
	{
		if (event.speed > 10)
			transit<Busy>();
	}
};

struct Busy : Pump {
	void entry() override { ++starts; }
	void react(const Stop & /*event*/) override { transit<Idle>(); }
};

} // namespace

FSM_INITIAL_STATE(Pump, Idle)

bool try_tinyfsm();

bool try_tinyfsm()
{
	volatile int speed = 5;
	Start start;
	start.speed = speed;
	Pump::start();
	Pump::dispatch(start);
	const bool slow = Pump::is_in_state<Idle>();
	start.speed = speed + 10;
	Pump::dispatch(start);
	const bool busy = Pump::is_in_state<Busy>();
	Pump::dispatch(Stop{});
	return slow && busy && Pump::is_in_state<Idle>() && Pump::starts == 1;
}
