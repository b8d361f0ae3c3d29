// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Counts the instructions of a read(2) of each device, as measure.c does of the other subjects. */

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 1000
#define TRIES 20

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC_RAW, &time);
	return time.tv_sec * 1000000000ull + time.tv_nsec;
}

/* The least of many tries: the timer's interrupts come between. */
static uint64_t count(int fd)
{
	uint64_t least = UINT64_MAX;

	for (int try = 0; try < TRIES; try++) {
		uint64_t begin = now();
		char bytes[16];

		for (int i = 0; i < ROUNDS; i++)
			if (fd >= 0 && pread(fd, bytes, sizeof(bytes), 8) != sizeof(bytes))
				return 0;
		uint64_t taken = now() - begin;

		if (taken < least)
			least = taken;
	}
	return least;
}

int main(void)
{
	int in_c = open("/dev/nocost_c", O_RDONLY);
	int in_cxx = open("/dev/nocost_cxx", O_RDONLY);
	uint64_t loop = count(-1);

	if (in_c < 0 || in_cxx < 0) {
		perror("/dev/nocost_*");
		return 1;
	}
	printf("nocost: executed read_system_call %llu %llu\n",
	       (unsigned long long)(count(in_c) - loop) * 1000 / ROUNDS,
	       (unsigned long long)(count(in_cxx) - loop) * 1000 / ROUNDS);
	return 0;
}
