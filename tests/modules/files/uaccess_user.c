// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Has uaccess.cc try all it has, each on a fresh page that has nothing behind it. */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

struct request {
	uint64_t number;
	uint64_t page;
};

#define RUN _IOW('u', 1, struct request)

int main(void)
{
	long size = sysconf(_SC_PAGESIZE);
	unsigned char *page = mmap(NULL, 2 * size, PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd = open("/dev/kcxx_uaccess", O_RDWR);
	struct request request = { 0, (uintptr_t)page };

	if (page == MAP_FAILED || fd < 0 || mprotect(page + size, size, PROT_NONE)) {
		perror("uaccess_user");
		return 1;
	}
	for (; request.number < 1000; request.number++) {
		for (long i = 0; i < size; i++)
			page[i] = i;
		if (ioctl(fd, RUN, &request) && errno == ENOENT)
			return 0;
	}
	return 1;
}
