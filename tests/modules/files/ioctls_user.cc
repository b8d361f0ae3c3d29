// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The device of ioctls.cc, seen from C++ and C of user space by the same headers: a line for each
// behaviour

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "pump_ioctl.h"
#include "valve_ioctl.h"

extern "C" {
int set_in_c(int device);
int limit_in_c(int device, unsigned int lowest, unsigned int highest);
extern const unsigned long numbers_of_c[];
}

namespace
{

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			std::printf("ioctls_user: %s: not so, errno %d: %s\n", __func__, errno,    \
				    #condition);                                                   \
			return false;                                                              \
		}                                                                                  \
	} while (0)
#define CHECK_FAILS(call, error) CHECK((errno = 0, (call) == -1 && errno == (error)))

int device = -1;

bool numbers_are_those_of_c()
{
	constexpr unsigned long numbers[] = {PUMP_SET, PUMP_DOUBLE, PUMP_SWAP_PARTS, PUMP_SUM,
					     VALVE_MOVE};
	CHECK(std::memcmp(numbers, numbers_of_c, sizeof(numbers)) == 0);
	return true;
}

bool what_c_sets_cxx_gets()
{
	pump_config config{};
	__u32 speed = 9;

	CHECK(set_in_c(device) == 0);
	CHECK(ioctl(device, PUMP_EXCHANGE_SPEED, &speed) == 0 && speed == 3);
	CHECK(ioctl(device, PUMP_GET, &config) == 0);
	CHECK(config.speed == 9 && config.mode == PUMP_BOOST && config.window == 1ULL << 40);
	CHECK(std::strcmp(config.name, "of C") == 0);
	CHECK(ioctl(device, PUMP_RESET) == 0 && ioctl(device, PUMP_GET, &config) == 0);
	CHECK(config.speed == 0 && config.mode == PUMP_OFF);
	config.mode = static_cast<pump_mode>(5);
	CHECK_FAILS(ioctl(device, PUMP_SET, &config), EINVAL);
	return true;
}

bool bit_fields_are_the_same()
{
	pump_limits limits{};

	CHECK(limit_in_c(device, 0xabc, 0xfedcb) == 0);
	CHECK(ioctl(device, PUMP_GET_LIMIT, &limits) == 0);
	CHECK(limits.lowest == 0xabc && limits.highest == 0xfedcb);
	CHECK_FAILS(limit_in_c(device, 2, 1), ERANGE);
	return true;
}

bool packed_members_and_unions_are_the_same()
{
	pump_packed packed = {1, 21};
	pump_request request{};

	CHECK(ioctl(device, PUMP_DOUBLE, &packed) == 0 && packed.kind == 1 && packed.value == 42);
	request.whole = 0x1'0000'0002;
	CHECK(ioctl(device, PUMP_SWAP_PARTS, &request) == 0 && request.whole == 0x2'0000'0001);
	return true;
}

bool flexible_arrays_are_read_as_far_as_their_size()
{
	alignas(pump_log) unsigned char memory[sizeof(pump_log) + 4];
	auto *log = reinterpret_cast<pump_log *>(memory);

	log->size = 3;
	std::memcpy(log->data, "\1\2\4\x40", 4);
	CHECK_FAILS(ioctl(device, PUMP_SUM, log), 7);
	log->size = 9;
	CHECK_FAILS(ioctl(device, PUMP_SUM, log), E2BIG);
	return true;
}

bool headers_of_both_languages_are_the_same()
{
	valve_state state = {valve::Side::Left, 5, 1};

	CHECK(ioctl(device, valve::MOVE, &state) == 0);
	CHECK(state.side == valve::Side::Right && state.opened == 5 && state.moved == 6);
	state.opened = valve::MOST + 1;
	CHECK_FAILS(ioctl(device, VALVE_MOVE, &state), ERANGE);
	return true;
}

bool commands_of_another_size_or_direction_are_enotty()
{
	pump_config config{};

	CHECK_FAILS(ioctl(device, _IOW('p', 1, char[4]), &config), ENOTTY);
	CHECK_FAILS(ioctl(device, _IOR('p', 1, pump_config), &config), ENOTTY);
	return true;
}

#define BEHAVES(name) {#name, name}

constexpr struct {
	const char *name;
	bool (*run)();
} behaviours[] = {
	BEHAVES(numbers_are_those_of_c),
	BEHAVES(what_c_sets_cxx_gets),
	BEHAVES(bit_fields_are_the_same),
	BEHAVES(packed_members_and_unions_are_the_same),
	BEHAVES(flexible_arrays_are_read_as_far_as_their_size),
	BEHAVES(headers_of_both_languages_are_the_same),
	BEHAVES(commands_of_another_size_or_direction_are_enotty),
};

} // namespace

int main()
{
	std::setvbuf(stdout, nullptr, _IONBF, 0);
	device = open("/dev/kcxx_ioctls", O_RDWR);
	if (device < 0) {
		std::perror("/dev/kcxx_ioctls");
		return 1;
	}
	for (const auto &behaviour : behaviours)
		std::printf("ioctls_user: %s: %s\n", behaviour.name,
			    behaviour.run() ? "holds" : "fails");
	return 0;
}
