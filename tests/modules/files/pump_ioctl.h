/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A vendor's header of C: ioctls.cc includes it in the kernel, ioctls_user.cc and ioctls_in_c.c in
 * user space. */
#ifndef PUMP_IOCTL_H
#define PUMP_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define PUMP_NAME_SIZE 16

enum pump_mode { PUMP_OFF, PUMP_ON, PUMP_BOOST = 7 };

struct pump_config {
	__u32 speed;
	enum pump_mode mode;
	__aligned_u64 window;
	char name[PUMP_NAME_SIZE];
};

struct pump_limits {
	__u32 lowest : 12;
	__u32 highest : 20;
};

struct pump_packed {
	__u8 kind;
	__u32 value;
} __attribute__((packed));

struct pump_request {
	__u32 kind;
	__u32 reserved;
	union {
		__u64 whole;
		struct {
			__u32 low;
			__u32 high;
		} parts;
	};
};

struct pump_log {
	__u32 size;
	__u8 data[];
};

#define PUMP_RESET _IO('p', 0)
#define PUMP_SET _IOW('p', 1, struct pump_config)
#define PUMP_GET _IOR('p', 2, struct pump_config)
#define PUMP_EXCHANGE_SPEED _IOWR('p', 3, __u32)
#define PUMP_LIMIT _IOW('p', 4, struct pump_limits)
#define PUMP_GET_LIMIT _IOR('p', 5, struct pump_limits)
#define PUMP_DOUBLE _IOWR('p', 6, struct pump_packed)
#define PUMP_SWAP_PARTS _IOWR('p', 7, struct pump_request)
#define PUMP_SUM _IOW('p', 8, struct pump_log)

#endif
