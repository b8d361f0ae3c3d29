// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* load_often <times> <module>…: unloads each, which is loaded, and loads it so many times; all at once. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int load_often(int times, const char *module)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "/kcxx/modules/%s.ko", module);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	for (int i = 0; i < times; i++)
		if (syscall(SYS_delete_module, module, O_NONBLOCK) ||
		    syscall(SYS_finit_module, fd, "", 0)) {
			printf("often: %s: %s after %d times\n", module, strerror(errno), i);
			return 1;
		}
	printf("often: %s: loaded %d times\n", module, times);
	return close(fd);
}

int main(int argc, char **argv)
{
	int failed = 0;
	int status;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (int i = 2; i < argc; i++) {
		pid_t child = fork();

		if (child < 0) {
			perror("often: fork");
			return 1;
		}
		if (child == 0)
			return load_often(atoi(argv[1]), argv[i]);
	}
	while (wait(&status) > 0)
		failed |= status;
	return failed != 0;
}
