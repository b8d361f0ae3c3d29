/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Structures of function pointers, which RANDSTRUCT randomises in C without being asked, not in
 * C++. */

#ifdef __cplusplus
#define __no_randomize_layout
#endif

typedef void (*border_step)(void);

#define BORDER_STEPS border_step a, b, c, d, e, f, g, h, i, j

struct border_marked {
	BORDER_STEPS;
} __no_randomize_layout;

struct border_unmarked {
	BORDER_STEPS;
};

#define BORDER_OFFSETS(type)                                                                       \
	{offsetof(type, a), offsetof(type, b), offsetof(type, c), offsetof(type, d),               \
	 offsetof(type, e), offsetof(type, f), offsetof(type, g), offsetof(type, h),               \
	 offsetof(type, i), offsetof(type, j)}
