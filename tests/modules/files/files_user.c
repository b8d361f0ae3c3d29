// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The devices of files.cc, seen from user space: a line for each behaviour. */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct range {
	uint32_t from;
	uint32_t size;
};

#define CLEAR _IO('s', 0)
#define GET_SIZE _IOR('s', 1, uint64_t)
#define KEEP _IOW('s', 2, struct range)
#define SWAP _IOWR('s', 3, struct range)
#define GET_FILE _IOR('s', 4, uint32_t)
#define FAIL _IO('s', 5)

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			printf("files_user: %s: not so, errno %d: %s\n", __func__, errno,          \
			       #condition);                                                        \
			return false;                                                              \
		}                                                                                  \
	} while (0)
#define CHECK_FAILS(call, error) CHECK((errno = 0, (call) == -1 && errno == (error)))

static int store; /* open for reading and writing, and empty, whenever a behaviour begins */
static void *volatile nowhere = (void *)1; /* out of the compiler's sight */
static unsigned char *page;                /* one without a second behind it */

static bool reads_what_was_written(void)
{
	char text[32] = "";

	CHECK(write(store, "hello", 5) == 5);
	CHECK(lseek(store, 0, SEEK_SET) == 0);
	CHECK(read(store, text, sizeof(text)) == 5 && !memcmp(text, "hello", 5));
	CHECK(read(store, text, sizeof(text)) == 0);
	return true;
}

static bool reads_in_parts(void)
{
	char text[4];

	CHECK(write(store, "hello", 5) == 5);
	CHECK(lseek(store, 1, SEEK_SET) == 1);
	CHECK(read(store, text, 3) == 3 && !memcmp(text, "ell", 3));
	CHECK(read(store, text, 3) == 1 && text[0] == 'o');
	CHECK(pread(store, text, 2, 3) == 2 && text[0] == 'l' && text[1] == 'o');
	CHECK(read(store, text, 0) == 0);
	return true;
}

static bool writes_beyond_are_short_then_enospc(void)
{
	CHECK(write(store, "0123456789abcdefXYZ", 19) == 16);
	CHECK_FAILS(write(store, "XYZ", 3), ENOSPC);
	return true;
}

static bool bad_addresses_are_efault(void)
{
	CHECK(write(store, "hello", 5) == 5);
	CHECK(lseek(store, 0, SEEK_SET) == 0);
	CHECK_FAILS(read(store, nowhere, 5), EFAULT);
	CHECK_FAILS(write(store, nowhere, 5), EFAULT);
	nowhere = (void *)(UINTPTR_MAX - 4096);
	CHECK_FAILS(read(store, nowhere, 5), EFAULT);
	CHECK_FAILS(ioctl(store, GET_SIZE, 1), EFAULT);
	CHECK_FAILS(ioctl(store, KEEP, NULL), EFAULT);
	CHECK(lseek(store, 0, SEEK_CUR) == 0);
	return true;
}

static bool what_fits_before_a_bad_address_is_read(void)
{
	unsigned char *end = page + sysconf(_SC_PAGESIZE);

	memcpy(end - 3, "abc", 3);
	CHECK(write(store, end - 3, 10) == 3);
	CHECK(write(store, "defgh", 5) == 5);
	CHECK(lseek(store, 0, SEEK_SET) == 0);
	CHECK(read(store, end - 2, 10) == 2 && end[-2] == 'a' && end[-1] == 'b');
	CHECK(lseek(store, 0, SEEK_CUR) == 2);
	return true;
}

static bool seeks_within_the_size(void)
{
	CHECK(lseek(store, 0, SEEK_END) == 16);
	CHECK(lseek(store, -6, SEEK_CUR) == 10);
	CHECK_FAILS(lseek(store, 17, SEEK_SET), EINVAL);
	CHECK_FAILS(lseek(store, -1, SEEK_SET), EINVAL);
	CHECK_FAILS(lseek(store, 0, 77), EINVAL);
	CHECK(lseek(store, 0, SEEK_CUR) == 10);
	return true;
}

static bool what_is_absent_is_refused(void)
{
	int nothing = open("/dev/kcxx_nothing", O_RDWR);
	char byte = 0;

	CHECK(nothing >= 0);
	CHECK_FAILS(read(nothing, &byte, 1), EINVAL);
	CHECK_FAILS(write(nothing, &byte, 1), EINVAL);
	CHECK_FAILS(lseek(nothing, 0, SEEK_SET), ESPIPE);
	CHECK_FAILS(ioctl(nothing, CLEAR), ENOTTY);
	CHECK(mmap(NULL, 4096, PROT_READ, MAP_SHARED, nothing, 0) == MAP_FAILED && errno == ENODEV);
	CHECK(close(nothing) == 0);
	return true;
}

static bool nodes_have_the_mode_that_was_given(void)
{
	struct stat stat_of;

	CHECK(stat("/dev/kcxx_store", &stat_of) == 0 && (stat_of.st_mode & 07777) == 0600);
	CHECK(stat("/dev/kcxx_nothing", &stat_of) == 0 && (stat_of.st_mode & 07777) == 0640);
	return true;
}

static bool open_may_refuse(void)
{
	CHECK_FAILS(open("/dev/kcxx_store", O_RDWR | O_EXCL), EBUSY);
	return true;
}

static bool two_opens_have_two_objects(void)
{
	int other = open("/dev/kcxx_store", O_RDONLY), third = dup(other);
	uint32_t a = 0, b = 0, c = 0;

	CHECK(ioctl(store, GET_FILE, &a) == 0 && ioctl(other, GET_FILE, &b) == 0);
	CHECK(ioctl(third, GET_FILE, &c) == 0);
	CHECK(a != b && b == c);
	CHECK(write(store, "hello", 5) == 5 && lseek(other, 0, SEEK_CUR) == 0);
	CHECK(close(other) == 0 && close(third) == 0);
	return true;
}

static bool ioctls_take_and_give(void)
{
	struct range range = {0, 3};
	uint64_t size = 0;

	CHECK(write(store, "hello", 5) == 5);
	CHECK(ioctl(store, GET_SIZE, &size) == 0 && size == 5);
	CHECK(ioctl(store, KEEP, &range) == 0);
	CHECK(ioctl(store, GET_SIZE, &size) == 0 && size == 3);
	range = (struct range){7, 9};
	CHECK(ioctl(store, SWAP, &range) == 0 && range.from == 9 && range.size == 7);
	CHECK(ioctl(store, CLEAR) == 0);
	CHECK(ioctl(store, GET_SIZE, &size) == 0 && size == 0);
	return true;
}

static bool ioctls_fail_as_the_driver_says(void)
{
	struct range range = {1, 3};

	CHECK_FAILS(ioctl(store, KEEP, &range), EINVAL);
	CHECK_FAILS(ioctl(store, FAIL, 77L), 77);
	return true;
}

static bool ioctls_that_do_not_exist_are_enotty(void)
{
	uint64_t value = 0;

	CHECK_FAILS(ioctl(store, _IO('s', 1)), ENOTTY);
	CHECK_FAILS(ioctl(store, _IOR('s', 1, uint32_t), &value), ENOTTY);
	CHECK_FAILS(ioctl(store, _IOW('s', 1, uint64_t), &value), ENOTTY);
	CHECK_FAILS(ioctl(store, _IOR('t', 1, uint64_t), &value), ENOTTY);
	CHECK_FAILS(ioctl(store, 0xffffffff, &value), ENOTTY);
	return true;
}

static bool nonblocking_reads_are_eagain(void)
{
	char byte;

	CHECK(fcntl(store, F_SETFL, O_NONBLOCK) == 0);
	CHECK_FAILS(read(store, &byte, 1), EAGAIN);
	CHECK(fcntl(store, F_SETFL, 0) == 0);
	return true;
}

/* Writes a byte, a while later, in a process of its own. */
static void write_later(void)
{
	if (fork() == 0) {
		usleep(300000);
		_exit(pwrite(store, "!", 1, 0) == 1 ? 0 : 1);
	}
}

static bool reads_wait_for_writes(void)
{
	char byte = 0;

	write_later();
	CHECK(read(store, &byte, 1) == 1 && byte == '!');
	CHECK(wait(NULL) > 0);
	return true;
}

static bool poll_wakes(void)
{
	struct pollfd polled = {store, POLLIN, 0};

	CHECK(poll(&polled, 1, 0) == 0);
	write_later();
	CHECK(poll(&polled, 1, 20000) == 1 && polled.revents == POLLIN);
	polled.events = POLLIN | POLLOUT;
	CHECK(poll(&polled, 1, 0) == 1 && polled.revents == (POLLIN | POLLOUT));
	CHECK(wait(NULL) > 0);
	return true;
}

static bool epoll_wakes_and_forgets_closed_files(void)
{
	int other = open("/dev/kcxx_store", O_RDONLY), waiter = epoll_create1(0);
	struct epoll_event event = {.events = EPOLLIN};

	if (waiter < 0 && errno == ENOSYS) /* a kernel without CONFIG_EPOLL */
		return close(other) == 0;
	CHECK(epoll_ctl(waiter, EPOLL_CTL_ADD, other, &event) == 0);
	CHECK(epoll_wait(waiter, &event, 1, 0) == 0);
	write_later();
	CHECK(epoll_wait(waiter, &event, 1, 20000) == 1 && event.events == EPOLLIN);
	CHECK(wait(NULL) > 0);
	CHECK(close(other) == 0);
	CHECK(epoll_wait(waiter, &event, 1, 0) == 0);
	CHECK(close(waiter) == 0);
	return true;
}

static bool mappings_share_one_page(void)
{
	long size = sysconf(_SC_PAGESIZE);
	int reader = open("/dev/kcxx_store", O_RDWR | O_APPEND); /* writing is denied */
	char *a = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, store, 0);
	char *b = mmap(NULL, size, PROT_READ, MAP_SHARED, reader, 0);

	CHECK(a != MAP_FAILED && b != MAP_FAILED);
	CHECK(b[size - 1] == 0);
	strcpy(a, "mapped");
	CHECK(!strcmp(b, "mapped"));
	CHECK(mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, reader, 0) == MAP_FAILED &&
	      errno == EPERM);
	CHECK_FAILS(mprotect(b, size, PROT_READ | PROT_WRITE), EACCES);
	CHECK(close(reader) == 0); /* the mapping holds the file */
	CHECK(!strcmp(b, "mapped"));
	CHECK(munmap(a, size) == 0 && munmap(b, size) == 0);
	return true;
}

static bool mappings_beyond_the_pages_are_refused(void)
{
	long size = sysconf(_SC_PAGESIZE);

	CHECK(mmap(NULL, 2 * size, PROT_READ, MAP_SHARED, store, 0) == MAP_FAILED &&
	      errno == EINVAL);
	CHECK(mmap(NULL, size, PROT_READ, MAP_SHARED, store, size) == MAP_FAILED &&
	      errno == EINVAL);
	return true;
}

static bool channels_know_which_they_are(void)
{
	char text[32] = "";
	int first = open("/tmp/channel0", O_RDWR), second = open("/tmp/channel1", O_RDWR);

	CHECK(first >= 0 && second >= 0);
	CHECK(read(second, text, sizeof(text)) == 8 && !strcmp(text, "channel1"));
	CHECK(read(second, text, sizeof(text)) == 0);
	CHECK(read(first, text, sizeof(text)) == 8 && !strcmp(text, "channel0"));
	CHECK(write(first, text, 7) == 7);
	CHECK_FAILS(lseek(first, 0, SEEK_SET), ESPIPE);
	CHECK_FAILS(open("/tmp/channel2", O_RDWR), ENXIO);
	CHECK_FAILS(open("/tmp/channel3", O_RDWR), ENXIO);
	CHECK(close(first) == 0 && close(second) == 0);
	return true;
}

#define BEHAVES(name) {#name, name}

static const struct {
	const char *name;
	bool (*run)(void);
} behaviours[] = {
	BEHAVES(reads_what_was_written),
	BEHAVES(reads_in_parts),
	BEHAVES(writes_beyond_are_short_then_enospc),
	BEHAVES(bad_addresses_are_efault),
	BEHAVES(what_fits_before_a_bad_address_is_read),
	BEHAVES(seeks_within_the_size),
	BEHAVES(what_is_absent_is_refused),
	BEHAVES(nodes_have_the_mode_that_was_given),
	BEHAVES(open_may_refuse),
	BEHAVES(two_opens_have_two_objects),
	BEHAVES(ioctls_take_and_give),
	BEHAVES(ioctls_fail_as_the_driver_says),
	BEHAVES(ioctls_that_do_not_exist_are_enotty),
	BEHAVES(nonblocking_reads_are_eagain),
	BEHAVES(reads_wait_for_writes),
	BEHAVES(poll_wakes),
	BEHAVES(epoll_wakes_and_forgets_closed_files),
	BEHAVES(mappings_share_one_page),
	BEHAVES(mappings_beyond_the_pages_are_refused),
	BEHAVES(channels_know_which_they_are),
};

int main(void)
{
	long size = sysconf(_SC_PAGESIZE);

	setvbuf(stdout, NULL, _IONBF, 0);
	page = mmap(NULL, 2 * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED || munmap(page + size, size)) {
		perror("files_user");
		return 1;
	}
	for (size_t i = 0; i < sizeof(behaviours) / sizeof(*behaviours); i++) {
		store = open("/dev/kcxx_store", O_RDWR);
		if (store < 0 || ioctl(store, CLEAR)) {
			perror("/dev/kcxx_store");
			return 1;
		}
		printf("files_user: %s: %s\n", behaviours[i].name,
		       behaviours[i].run() ? "holds" : "fails");
		close(store);
	}
	return 0;
}
