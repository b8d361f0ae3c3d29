/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The functions of C that the kernel has as well, under the names and with the types of ISO C
 */
#ifndef KCXX_STRING_H
#define KCXX_STRING_H

#pragma GCC system_header

#include <stddef.h>

extern "C" {
void *memchr(const void *bytes, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
char *strchr(const char *text, int c);
int strcmp(const char *a, const char *b);
char *strcpy(char *to, const char *from);
char *strcat(char *to, const char *from);
size_t strcspn(const char *text, const char *none_of);
size_t strlen(const char *text);
char *strncat(char *to, const char *from, size_t size);
int strncmp(const char *a, const char *b, size_t size);
char *strncpy(char *to, const char *from, size_t size);
char *strpbrk(const char *text, const char *one_of);
char *strrchr(const char *text, int c);
size_t strspn(const char *text, const char *all_of);
char *strstr(const char *text, const char *part);
}

#endif
