// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The file systems of filesystem.cc, seen from user space: a line for each behaviour. */

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			printf("filesystem_user: %s: not so, errno %d: %s\n", __func__, errno,     \
			       #condition);                                                        \
			return false;                                                              \
		}                                                                                  \
	} while (0)
#define CHECK_FAILS(call, error) CHECK((errno = 0, (call) == -1 && errno == (error)))

#define OTHER "/tmp/other" /* a directory to mount something on */

static void *volatile nowhere = (void *)1; /* out of the compiler's sight */

static bool write_file(const char *name, int flags, const char *text)
{
	int file = open(name, O_WRONLY | flags, 0644);

	CHECK(file >= 0);
	CHECK(write(file, text, strlen(text)) == (ssize_t)strlen(text));
	CHECK(!close(file));
	return true;
}

static bool holds(const char *name, const char *text)
{
	char found[4100] = "";
	int file = open(name, O_RDONLY);

	CHECK(file >= 0);
	CHECK(read(file, found, sizeof(found)) == (ssize_t)strlen(text));
	CHECK(!memcmp(found, text, strlen(text)));
	CHECK(read(file, found, sizeof(found)) == 0);
	CHECK(!close(file));
	return true;
}

static struct stat status(const char *name)
{
	struct stat found = {0};

	if (lstat(name, &found))
		found.st_ino = 0;
	return found;
}

static unsigned long objects(const char *where)
{
	struct statfs found = {0};

	return statfs(where, &found) ? 0 : found.f_ffree;
}

static bool statfs_says_what_it_is(void)
{
	struct statfs found;

	CHECK(!statfs(".", &found));
	CHECK(found.f_type == 0x74726565 && found.f_bsize == getpagesize());
	CHECK(found.f_blocks == 3 && found.f_bfree == 2 && found.f_bavail == 2);
	CHECK(found.f_files == 7 && found.f_namelen == 255);
	return true;
}

static bool files_keep_what_is_written(void)
{
	CHECK(write_file("file", O_CREAT, "hello"));
	CHECK(holds("file", "hello"));
	CHECK(status("file").st_size == 5 && status("file").st_blocks == 1);
	CHECK(S_ISREG(status("file").st_mode) && status("file").st_nlink == 1);
	CHECK(write_file("file", 0, "j"));
	CHECK(holds("file", "jello"));
	return true;
}

static bool files_survive_an_emptied_cache(void)
{
	CHECK(write_file("file", O_CREAT, "hello"));
	CHECK(write_file("paged/file", O_CREAT, "hello"));
	CHECK(write_file("/proc/sys/vm/drop_caches", 0, "3"));
	CHECK(holds("file", "hello") && holds("paged/file", "hello"));
	return true;
}

static bool appends_go_to_the_end(void)
{
	int one = open("file", O_CREAT | O_RDWR | O_APPEND, 0600);
	int other = open("file", O_WRONLY | O_APPEND);

	CHECK(one >= 0 && other >= 0);
	for (int i = 0; i < 2; i++)
		CHECK(write(one, "a", 1) == 1 && write(other, "b", 1) == 1);
	CHECK(lseek(one, 0, SEEK_SET) == 0 && write(one, "c", 1) == 1);
	close(one);
	close(other);
	CHECK(holds("file", "ababc"));
	return true;
}

static bool truncates_and_grows(void)
{
	CHECK(write_file("file", O_CREAT, "hello"));
	CHECK(!truncate("file", 2));
	CHECK(holds("file", "he") && status("file").st_size == 2);
	CHECK(!truncate("file", 4) && status("file").st_size == 4);
	CHECK_FAILS(truncate("file", 4097), EFBIG);
	CHECK_FAILS(truncate("file", -1), EINVAL);
	CHECK(write_file("file", O_TRUNC, "x") && holds("file", "x"));
	return true;
}

static bool seeks_as_in_files(void)
{
	int file = open("file", O_CREAT | O_RDWR, 0600);

	CHECK(file >= 0 && write(file, "hello", 5) == 5);
	CHECK(lseek(file, -2, SEEK_END) == 3 && lseek(file, -1, SEEK_CUR) == 2);
	CHECK(lseek(file, 100, SEEK_SET) == 100);
	CHECK(lseek(file, 1, SEEK_DATA) == 1 && lseek(file, 1, SEEK_HOLE) == 5);
	CHECK_FAILS(lseek(file, -1, SEEK_SET), EINVAL);
	CHECK_FAILS(lseek(file, 5, SEEK_DATA), ENXIO);
	CHECK(pwrite(file, "j", 1, 0) == 1 && !fsync(file));
	close(file);
	CHECK(holds("file", "jello"));
	return true;
}

static bool full_files_are_enospc(void)
{
	char text[4000] = "";
	int file = open("file", O_CREAT | O_WRONLY, 0600);

	CHECK(write(file, text, sizeof(text)) == sizeof(text));
	CHECK(write(file, text, sizeof(text)) == 96);
	CHECK_FAILS(write(file, text, 1), ENOSPC);
	close(file);
	CHECK(status("file").st_size == 4096);
	return true;
}

static bool bad_addresses_are_efault(void)
{
	int file = open("file", O_CREAT | O_RDWR, 0600);

	CHECK(write(file, "hello", 5) == 5 && lseek(file, 0, SEEK_SET) == 0);
	CHECK_FAILS(read(file, nowhere, 5), EFAULT);
	CHECK_FAILS(write(file, nowhere, 5), EFAULT);
	close(file);
	return true;
}

static bool contents_are_not_mapped(void)
{
	int file = open("file", O_CREAT | O_RDWR, 0600);

	CHECK(write(file, "hello", 5) == 5);
	CHECK(mmap(NULL, 5, PROT_READ, MAP_SHARED, file, 0) == MAP_FAILED && errno == ENODEV);
	close(file);
	return true;
}

static bool names_are_the_kernels_matter(void)
{
	char name[257];

	CHECK(write_file("file", O_CREAT, "") && !mkdir("dir", 0755));
	CHECK_FAILS(open("file", O_CREAT | O_EXCL | O_WRONLY, 0600), EEXIST);
	CHECK_FAILS(mkdir("dir", 0755), EEXIST);
	CHECK_FAILS(open("absent", O_RDONLY), ENOENT);
	CHECK_FAILS(open("absent/file", O_CREAT | O_WRONLY, 0600), ENOENT);
	CHECK_FAILS(unlink("absent"), ENOENT);
	CHECK_FAILS(open("file/file", O_RDONLY), ENOTDIR);
	CHECK_FAILS(rmdir("file"), ENOTDIR);
	CHECK_FAILS(unlink("dir"), EISDIR);
	CHECK_FAILS(open("dir", O_WRONLY), EISDIR);
	memset(name, 'x', 256);
	name[256] = '\0';
	CHECK_FAILS(open(name, O_CREAT | O_WRONLY, 0600), ENAMETOOLONG);
	name[255] = '\0';
	CHECK(write_file(name, O_CREAT, "long") && holds(name, "long"));
	return true;
}

static bool directories_nest(void)
{
	nlink_t before = status(".").st_nlink;

	CHECK(!mkdir("dir", 0755) && !mkdir("dir/sub", 0700));
	CHECK(write_file("dir/sub/file", O_CREAT, "deep") && holds("dir/sub/file", "deep"));
	CHECK(status(".").st_nlink == before + 1 && status("dir").st_nlink == 3);
	CHECK((status("dir/sub").st_mode & 07777) == 0700);
	CHECK_FAILS(rmdir("dir"), ENOTEMPTY);
	CHECK(!unlink("dir/sub/file") && !rmdir("dir/sub") && !rmdir("dir"));
	CHECK(status(".").st_nlink == before);
	CHECK_FAILS(chdir("dir"), ENOENT);
	return true;
}

static bool directories_are_read(void)
{
	unsigned int found = 0;
	struct dirent *entry;
	DIR *dir;

	CHECK(!mkdir("dir", 0755) && !mkdir("dir/a", 0755) && write_file("dir/b", O_CREAT, ""));
	dir = opendir("dir");
	CHECK(dir);
	while ((entry = readdir(dir)))
		found |= !strcmp(entry->d_name, "a") && entry->d_type == DT_DIR   ? 1
			 : !strcmp(entry->d_name, "b") && entry->d_type == DT_REG ? 2
			 : entry->d_name[0] == '.'                                ? 4
										  : 8;
	closedir(dir);
	CHECK(found == 7);
	return true;
}

static bool renames_move_and_replace(void)
{
	CHECK(!mkdir("dir", 0755) && write_file("a", O_CREAT, "a") &&
	      write_file("b", O_CREAT, "b"));
	CHECK(!rename("a", "dir/c") && holds("dir/c", "a"));
	CHECK_FAILS(open("a", O_RDONLY), ENOENT);
	CHECK_FAILS(renameat2(AT_FDCWD, "b", AT_FDCWD, "dir/c", RENAME_NOREPLACE), EEXIST);
	CHECK(!renameat2(AT_FDCWD, "b", AT_FDCWD, "dir/c", RENAME_EXCHANGE));
	CHECK(holds("b", "a") && holds("dir/c", "b"));
	CHECK_FAILS(renameat2(AT_FDCWD, "b", AT_FDCWD, "w", RENAME_WHITEOUT), EINVAL);
	CHECK(!rename("b", "dir/c") && holds("dir/c", "a"));
	CHECK(!mkdir("empty", 0755) && !mkdir("full", 0755) && write_file("full/x", O_CREAT, ""));
	CHECK_FAILS(rename("empty", "full"), ENOTEMPTY);
	CHECK(!rename("full", "empty") && holds("empty/x", ""));
	CHECK_FAILS(rename("empty", "empty/y"), EINVAL);
	return true;
}

static bool renames_to_another_class_are_exdev(void)
{
	CHECK(write_file("file", O_CREAT, "") && write_file("paged/file", O_CREAT, ""));
	CHECK_FAILS(rename("file", "paged/moved"), EXDEV);
	CHECK_FAILS(rename("paged/file", "moved"), EXDEV);
	CHECK(!rename("paged/file", "paged/moved"));
	return true;
}

static bool links_share_a_file(void)
{
	CHECK(write_file("file", O_CREAT, "hello") && !link("file", "other"));
	CHECK(status("file").st_nlink == 2 && status("file").st_ino == status("other").st_ino);
	CHECK(!unlink("file") && holds("other", "hello") && status("other").st_nlink == 1);
	CHECK_FAILS(link("paged", "dir"), EPERM);
	return true;
}

static bool symbolic_links_are_followed(void)
{
	char target[32] = "";

	CHECK(write_file("file", O_CREAT, "hello") && !symlink("file", "soft"));
	CHECK(holds("soft", "hello") && readlink("soft", target, sizeof(target)) == 4);
	CHECK(!strcmp(target, "file") && S_ISLNK(status("soft").st_mode));
	CHECK(status("soft").st_size == 4);
	CHECK(!unlink("file"));
	CHECK_FAILS(open("soft", O_RDONLY), ENOENT);
	return true;
}

static bool drivers_refuse_names(void)
{
	CHECK_FAILS(open("forbidden", O_CREAT | O_WRONLY, 0600), EDOM);
	CHECK_FAILS(mkdir("forbidden", 0755), EDOM);
	CHECK_FAILS(symlink("x", "forbidden"), EDOM);
	CHECK_FAILS(symlink("forbidden", "x"), EDOM);
	CHECK(write_file("kept", O_CREAT, "x"));
	CHECK_FAILS(link("kept", "forbidden"), EDOM);
	CHECK_FAILS(unlink("kept"), EDOM);
	CHECK_FAILS(rename("kept", "other"), EDOM);
	CHECK(!mkdir("dir", 0755) && !mkdir("dir/kept", 0755));
	CHECK_FAILS(rename("dir", "forbidden"), EDOM);
	CHECK_FAILS(rmdir("dir/kept"), EDOM);
	CHECK(holds("kept", "x"));
	return true;
}

static bool absent_members_are_refused(void)
{
	CHECK_FAILS(open("fixed/new", O_CREAT | O_WRONLY, 0600), EACCES);
	CHECK_FAILS(mkdir("fixed/new", 0755), EPERM);
	CHECK_FAILS(symlink("x", "fixed/new"), EPERM);
	CHECK_FAILS(link("fixed/greeting", "fixed/new"), EPERM);
	CHECK_FAILS(unlink("fixed/greeting"), EPERM);
	CHECK_FAILS(rmdir("fixed/sub"), EPERM);
	CHECK_FAILS(rename("fixed/greeting", "fixed/new"), EPERM);
	CHECK_FAILS(mkdir("paged/new", 0755), EPERM);
	CHECK_FAILS(mknod("fifo", S_IFIFO | 0600, 0), EPERM);
	CHECK_FAILS(open(".", O_TMPFILE | O_RDWR, 0600), EOPNOTSUPP);
	return true;
}

static bool filled_files_are_there(void)
{
	CHECK(holds("fixed/greeting", "hello\n") && status("fixed/greeting").st_size == 0);
	CHECK((status("fixed/greeting").st_mode & 07777) == 0444);
	CHECK((status("fixed/sub").st_mode & 07777) == 0700 && status("fixed").st_nlink == 3);
	CHECK(write_file("fixed/sub/node", 0, "text") && holds("fixed/sub/node", "text"));
	CHECK(write_file("fixed/sub/node", O_TRUNC, ""));
	return true;
}

static bool streams_have_no_places(void)
{
	int file = open("fixed/control", O_RDWR | O_TRUNC);
	char text;

	CHECK(file >= 0);
	CHECK(write(file, "right\n", 6) == 6);
	CHECK_FAILS(write(file, "wrong\n", 6), EDOM);
	CHECK_FAILS(read(file, &text, 1), EINVAL);
	CHECK_FAILS(lseek(file, 0, SEEK_SET), ESPIPE);
	CHECK_FAILS(ftruncate(file, 5), EINVAL);
	close(file);
	return true;
}

static bool open_files_are_objects(void)
{
	int one = open("fixed/numbers", O_RDONLY);
	int other = open("fixed/numbers", O_RDONLY);
	int a, b;

	CHECK(read(one, &a, sizeof(a)) == sizeof(a) && read(other, &b, sizeof(b)) == sizeof(b));
	CHECK(b == a + 1);
	close(one);
	close(other);
	CHECK_FAILS(open("fixed/numbers", O_RDONLY | O_EXCL), EBUSY);
	return true;
}

static bool unlinked_files_live_while_open(void)
{
	unsigned long before = objects(".");
	char text[8] = "";
	int file = open("file", O_CREAT | O_RDWR, 0600);

	CHECK(write(file, "hello", 5) == 5 && objects(".") == before + 1);
	CHECK(!unlink("file") && objects(".") == before + 1);
	CHECK(pread(file, text, 5, 0) == 5 && !strcmp(text, "hello"));
	close(file);
	CHECK(objects(".") == before);
	return true;
}

static bool objects_end_with_their_names(void)
{
	unsigned long before = objects(".");

	CHECK(!mkdir("dir", 0755) && write_file("dir/a", O_CREAT, "") && !link("dir/a", "dir/b"));
	CHECK(write_file("paged/file", O_CREAT, "") && !symlink("x", "dir/soft"));
	CHECK(objects(".") == before + 3);
	CHECK(!unlink("dir/a") && objects(".") == before + 3);
	CHECK(!unlink("dir/b") && objects(".") == before + 2);
	CHECK(!unlink("dir/soft") && !rmdir("dir") && !unlink("paged/file"));
	CHECK(objects(".") == before);
	CHECK(write_file("a", O_CREAT, "") && write_file("b", O_CREAT, "") && !rename("a", "b"));
	CHECK(objects(".") == before + 1 && !unlink("b") && objects(".") == before);
	return true;
}

static bool paged_files_are_mapped(void)
{
	int file = open("paged/file", O_CREAT | O_RDWR, 0600);
	char *mapping;

	CHECK(file >= 0 && write(file, "hello", 5) == 5 && !fsync(file));
	mapping = mmap(NULL, 5, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	CHECK(mapping != MAP_FAILED && !memcmp(mapping, "hello", 5));
	mapping[0] = 'j';
	CHECK(holds("paged/file", "jello") && status("paged/file").st_size == 5);
	CHECK(!munmap(mapping, 5) && !ftruncate(file, 2) && holds("paged/file", "je"));
	CHECK(!ftruncate(file, 3) && status("paged/file").st_size == 3);
	CHECK(!ftruncate(file, 0) && write_file("paged/file", O_APPEND, "xy"));
	CHECK(holds("paged/file", "xy"));
	close(file);
	return true;
}

static bool paged_files_are_executed(void)
{
	int from = open("/proc/self/exe", O_RDONLY);
	int to = open("paged/program", O_CREAT | O_WRONLY, 0700);
	int done = -1;
	pid_t child;

	CHECK(from >= 0 && to >= 0);
	while (sendfile(to, from, NULL, 1 << 20) > 0)
		;
	close(from);
	close(to);
	child = fork();
	if (!child) {
		execl("paged/program", "program", "exit", NULL);
		_exit(1);
	}
	CHECK(waitpid(child, &done, 0) == child && WIFEXITED(done) && WEXITSTATUS(done) == 42);
	return true;
}

static bool modes_and_owners_are_kept(void)
{
	int file;

	CHECK(!mkdir("dir", 0755) && !chown("dir", 1, 2) && !chmod("dir", 02775));
	CHECK(status("dir").st_uid == 1 && (status("dir").st_mode & 07777) == 02775);
	CHECK(write_file("dir/file", O_CREAT, "") && status("dir/file").st_gid == 2);
	CHECK(!mkdir("dir/sub", 0755) && status("dir/sub").st_mode & S_ISGID);
	CHECK((status("dir/file").st_mode & 07777) == 0644);
	CHECK(!chmod("dir/file", 06755));
	file = open("dir/file", O_WRONLY);
	CHECK(!seteuid(1) && write(file, "x", 1) == 1 && !seteuid(0));
	close(file);
	CHECK((status("dir/file").st_mode & 07777) == 0755); /* set-uid falls when written */
	return true;
}

static bool times_follow_changes(void)
{
	struct timespec past[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};

	CHECK(write_file("file", O_CREAT, "x") && status("file").st_ctime > 0);
	CHECK(!utimensat(AT_FDCWD, "file", past, 0) && status("file").st_mtime == 1000);
	CHECK(holds("file", "x") && status("file").st_mtime == 1000);
	CHECK(status("file").st_atime != 1000);
	CHECK(write_file("file", 0, "y") && status("file").st_mtime != 1000);
	CHECK(!utimensat(AT_FDCWD, "file", past, 0) && !truncate("file", 0));
	CHECK(status("file").st_mtime != 1000);
	CHECK(!utimensat(AT_FDCWD, ".", past, 0) && write_file("new", O_CREAT, ""));
	CHECK(status(".").st_mtime != 1000);
	return true;
}

/* Mounts */

static int mount_tree(const char *options)
{
	return mount("none", OTHER, "kcxx_tree", 0, options);
}

static bool mounts_are_each_their_own(void)
{
	CHECK(!mount_tree("files=3") && write_file("file", O_CREAT, "one"));
	CHECK(write_file(OTHER "/file", O_CREAT, "other") && holds("file", "one"));
	CHECK(objects(OTHER) == objects("."));
	CHECK_FAILS(rename("file", OTHER "/moved"), EXDEV);
	CHECK(!umount(OTHER) && !mount_tree(""));
	CHECK_FAILS(open(OTHER "/file", O_RDONLY), ENOENT);
	CHECK(!umount(OTHER) && holds("file", "one"));
	return true;
}

static bool options_are_parsed(void)
{
	struct statfs found;

	CHECK(!mount_tree("files=0x10k,strict,text=right"));
	CHECK(!statfs(OTHER, &found) && found.f_files == 16384 && !umount(OTHER));
	CHECK_FAILS(mount_tree("unknown=1"), EINVAL);
	CHECK_FAILS(mount_tree("strict=1"), EINVAL);
	CHECK_FAILS(mount_tree("text=wrong"), EDOM);
	CHECK_FAILS(mount_tree("text"), EINVAL);
	CHECK_FAILS(mount_tree("files"), EINVAL);
	CHECK_FAILS(mount_tree("files="), EINVAL);
	CHECK_FAILS(mount_tree("files=k"), EINVAL);
	CHECK_FAILS(mount_tree("files=1kk"), EINVAL);
	CHECK_FAILS(mount_tree("files=-1"), EINVAL);
	CHECK_FAILS(mount_tree("files=99999999999999999999"), ERANGE);
	CHECK_FAILS(mount_tree("files=17179869184g"), ERANGE);
	return true;
}

static bool remounts_take_options(void)
{
	struct statfs found;

	CHECK(!mount_tree("") && write_file(OTHER "/file", O_CREAT, "x"));
	CHECK(!mount("", OTHER, "", MS_REMOUNT, "files=9"));
	CHECK(!statfs(OTHER, &found) && found.f_files == 9);
	CHECK_FAILS(mount("", OTHER, "", MS_REMOUNT, "refuse=33"), EDOM);
	CHECK(!mount("", OTHER, "", MS_REMOUNT | MS_RDONLY, ""));
	CHECK_FAILS(open(OTHER "/new", O_CREAT | O_WRONLY, 0600), EROFS);
	CHECK(holds(OTHER "/file", "x") && !umount(OTHER));
	return true;
}

static bool failing_mounts_say_why(void)
{
	struct stat before = status(OTHER);

	CHECK_FAILS(mount_tree("refuse=28"), ENOSPC);
	CHECK_FAILS(mount_tree("refuse_fill=33"), EDOM);
	CHECK(status(OTHER).st_dev == before.st_dev);
	return true;
}

static bool busy_mounts_stay(void)
{
	char text[8] = "";
	int file;

	CHECK(!mount_tree("") && write_file(OTHER "/file", O_CREAT, "hello"));
	file = open(OTHER "/file", O_RDONLY);
	CHECK_FAILS(umount(OTHER), EBUSY);
	CHECK(!umount2(OTHER, MNT_DETACH));
	CHECK_FAILS(open(OTHER "/file", O_RDONLY), ENOENT);
	CHECK(read(file, text, 5) == 5 && !strcmp(text, "hello"));
	close(file);
	return true;
}

static bool bare_file_systems_are_mounted(void)
{
	struct statfs found;

	CHECK(!mount("none", OTHER, "kcxx_bare", 0, NULL));
	CHECK(!statfs(OTHER, &found) && found.f_type == 0x62617265 && found.f_files == 0);
	CHECK_FAILS(open(OTHER "/file", O_CREAT | O_WRONLY, 0600), EACCES);
	CHECK_FAILS(mkdir(OTHER "/dir", 0755), EPERM);
	CHECK(!mount("", OTHER, "", MS_REMOUNT | MS_RDONLY, NULL));
	CHECK_FAILS(mount("", OTHER, "", MS_REMOUNT, "files=1"), EINVAL);
	CHECK(!umount(OTHER));
	CHECK_FAILS(mount("none", OTHER, "kcxx_bare", 0, "files=1"), EINVAL);
	CHECK(!mount(NULL, OTHER, "kcxx_bare", 0, "source=x") && !umount(OTHER));
	return true;
}

static bool many_files_come_and_go(void)
{
	unsigned long before = objects(".");
	char name[16];

	for (int i = 0; i < 500; i++) {
		snprintf(name, sizeof(name), "file%d", i);
		CHECK(write_file(name, O_CREAT, name));
	}
	CHECK(objects(".") == before + 500 && holds("file123", "file123"));
	for (int i = 0; i < 500; i += 2) {
		snprintf(name, sizeof(name), "file%d", i);
		CHECK(!unlink(name));
	}
	CHECK(objects(".") == before + 250);
	return true; /* the others go at unmount */
}

/* How a call ends whose @number-th allocation fails, in @error; false if it makes fewer */
static bool allocation_failed(int number, int (*call)(void), int *error)
{
	char text[16] = "";
	int file = open("/proc/self/fail-nth", O_RDWR);

	if (file < 0)
		exit(1);
	if (dprintf(file, "%d", number) < 0)
		exit(1);
	errno = 0;
	*error = call() ? errno : 0;
	if (pread(file, text, sizeof(text) - 1, 0) < 0 || pwrite(file, "0", 1, 0) != 1)
		exit(1);
	close(file);
	return atoi(text) == 0;
}

static int mount_anything(void)
{
	return mount_tree("files=1,text=right");
}

static int make_file(void)
{
	int file = open("file", O_CREAT | O_EXCL | O_WRONLY, 0600);

	if (file < 0)
		return -1;
	if (write(file, "hello", 5) != 5) {
		int error = errno;

		close(file);
		errno = error;
		return -1;
	}
	return close(file);
}

static int make_dir(void)
{
	return mkdir("dir", 0755);
}

static int make_symlink(void)
{
	return symlink("target", "soft");
}

/* Each allocation in turn: it is ENOMEM, or could be done without; then all is as before. */
static bool fails_without_memory(int (*call)(void), int (*undo)(const char *), const char *name)
{
	int failed = 0, number = 1, error = 0;

	if (access("/proc/self/fail-nth", F_OK))
		return true; /* not that kernel; test_each_allocation_may_fail() has one */
	for (; allocation_failed(number, call, &error); number++) {
		CHECK(error == ENOMEM || error == 0);
		failed += error != 0;
		CHECK(!undo(name) || error != 0);
	}
	CHECK(error == 0 && !undo(name));
	printf("without memory: %s: %d of %d failures told\n", name, failed, number - 1);
	return true;
}

static bool mounts_without_memory_fail(void)
{
	return fails_without_memory(mount_anything, umount, OTHER);
}

static bool names_without_memory_fail(void)
{
	unsigned long before = objects(".");

	CHECK(fails_without_memory(make_file, unlink, "file"));
	CHECK(fails_without_memory(make_dir, rmdir, "dir"));
	CHECK(fails_without_memory(make_symlink, unlink, "soft"));
	CHECK(objects(".") == before);
	return true;
}

#define BEHAVES(function) {#function, function}

static const struct {
	const char *name;
	bool (*run)(void);
} behaviours[] = {
	BEHAVES(statfs_says_what_it_is),
	BEHAVES(files_keep_what_is_written),
	BEHAVES(files_survive_an_emptied_cache),
	BEHAVES(appends_go_to_the_end),
	BEHAVES(truncates_and_grows),
	BEHAVES(seeks_as_in_files),
	BEHAVES(full_files_are_enospc),
	BEHAVES(bad_addresses_are_efault),
	BEHAVES(contents_are_not_mapped),
	BEHAVES(names_are_the_kernels_matter),
	BEHAVES(directories_nest),
	BEHAVES(directories_are_read),
	BEHAVES(renames_move_and_replace),
	BEHAVES(renames_to_another_class_are_exdev),
	BEHAVES(links_share_a_file),
	BEHAVES(symbolic_links_are_followed),
	BEHAVES(drivers_refuse_names),
	BEHAVES(absent_members_are_refused),
	BEHAVES(filled_files_are_there),
	BEHAVES(streams_have_no_places),
	BEHAVES(open_files_are_objects),
	BEHAVES(unlinked_files_live_while_open),
	BEHAVES(objects_end_with_their_names),
	BEHAVES(paged_files_are_mapped),
	BEHAVES(paged_files_are_executed),
	BEHAVES(modes_and_owners_are_kept),
	BEHAVES(times_follow_changes),
	BEHAVES(mounts_are_each_their_own),
	BEHAVES(options_are_parsed),
	BEHAVES(remounts_take_options),
	BEHAVES(failing_mounts_say_why),
	BEHAVES(busy_mounts_stay),
	BEHAVES(bare_file_systems_are_mounted),
	BEHAVES(many_files_come_and_go),
	BEHAVES(mounts_without_memory_fail),
	BEHAVES(names_without_memory_fail),
};

/* Each behaviour in a file system of its own */
static bool run(size_t number)
{
	if (mount("none", "/tmp/tree", "kcxx_tree", 0, NULL) || chdir("/tmp/tree")) {
		perror("/tmp/tree");
		return false;
	}
	printf("filesystem_user: %s: %s\n", behaviours[number].name,
	       behaviours[number].run() ? "holds" : "fails");
	if (chdir("/") || umount("/tmp/tree")) {
		perror("/tmp/tree");
		return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "exit"))
		return 42;
	setvbuf(stdout, NULL, _IONBF, 0);
	umask(022);
	if (mkdir("/tmp/tree", 0755) || mkdir(OTHER, 0755)) {
		perror("filesystem_user");
		return 1;
	}
	for (size_t i = 0; i < sizeof(behaviours) / sizeof(*behaviours); i++)
		if (!run(i))
			return 1;
	return 0;
}
