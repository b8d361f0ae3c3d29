// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * fail_allocations load <module>: loads it, which is loaded, with its first allocation failing, then
 * its second, and so on until there are no more to fail.
 * fail_allocations use <path>…: opens, writes, reads and closes each in the same way.
 *
 * Each step has to work or to return ENOMEM.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int fail_nth; /* /proc/self/fail-nth: which allocation of this task fails, counted down */
static int refused;  /* what was asked for and not given, for want of memory */

static void must(long result, const char *what)
{
	if (result >= 0)
		return;
	printf("failing: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void fail(int nth)
{
	char text[16];

	must(pwrite(fail_nth, text, sprintf(text, "%d", nth), 0), "fail-nth");
}

/* Did the allocation come that was to fail? */
static int has_failed(void)
{
	char text[16] = "";

	must(pread(fail_nth, text, sizeof(text) - 1, 0), "fail-nth");
	fail(0);
	return atoi(text) == 0;
}

static long step(long result, const char *what)
{
	if (result < 0 && errno == ENOMEM)
		refused++;
	else
		must(result, what);
	return result;
}

/* Is there more to fail? */
static int loads(int nth, const char *module, int file)
{
	fail(nth);
	int loaded = !step(syscall(SYS_finit_module, file, "", 0), "load");
	int failed = has_failed();

	if (loaded && failed)
		must(syscall(SYS_delete_module, module, O_NONBLOCK), "unload");
	return failed;
}

static int uses(int nth, const char *path)
{
	char text[64] = "5";
	int file;

	fail(nth);
	file = step(open(path, O_RDWR), path);
	if (file >= 0) { /* EINVAL: there is no such operation */
		if (write(file, text, 2) < 0 && errno != EINVAL)
			step(-1, "write");
		lseek(file, 0, SEEK_SET);
		step(read(file, text, sizeof(text)), "read");
		must(close(file), "close");
	}
	return has_failed();
}

static void told(const char *what, int failed)
{
	printf("failing: %s: %d failed, %d refused\n", what, failed, refused);
}

int main(int argc, char **argv)
{
	int nth = 0;

	fail_nth = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
	must(fail_nth, "/proc/self/fail-nth");
	if (argc == 3 && !strcmp(argv[1], "load")) {
		char path[256];
		int file;

		snprintf(path, sizeof(path), "/kcxx/modules/%s.ko", argv[2]);
		file = open(path, O_RDONLY | O_CLOEXEC);
		must(file, path);
		must(syscall(SYS_delete_module, argv[2], O_NONBLOCK), "unload");
		while (loads(++nth, argv[2], file))
			;
		told(argv[2], nth - 1);
		return 0;
	}
	for (int i = 2; i < argc; i++) {
		refused = 0;
		nth = 0;
		while (uses(++nth, argv[i]))
			;
		told(argv[i], nth - 1);
	}
	return 0;
}
