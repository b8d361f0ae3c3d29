/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Each construct of C's that a kernel header may lay out, or name, in its own way. Tests take it
 * for <linux/constructs.h>. */
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
#define __packed __attribute__((packed))
#define __aligned(x) __attribute__((aligned(x)))

/* Names that C++ reserves */
struct class
{
	int new;
};
struct keywords {
	struct class *class;
	int new, delete, private, public, protected, this, operator, namespace, template, virtual,
		friend, try, catch, throw;
	int using, typename, explicit, export, mutable, typeid, xor, and, or, not, bitand, wchar_t,
		char16_t, nullptr, concept;
	int
		requires,
	constexpr, decltype, noexcept;
};
struct itself {
	u8 before;
	struct itself *itself;
};

/* Bit-fields: fields.inc writes to all of them */
struct bits1 {
	u32 a : 3, b : 5;
	u8 c : 1;
	u32 d : 31;
	u64 e : 40;
	u8 : 0;
	u8 f : 2;
	u16 : 3;
	u16 g : 9;
	_Bool h : 1;
};
struct bits2 {
	u8 a : 1;
	u32 : 7;
	u32 b : 20;
	u8 x;
	u16 c : 4;
} __packed;
struct bits3 {
	unsigned long flags;
	u32 a : 1;
	u32 b : 1;
	u8 tail;
	u64 c : 33;
	int s : 5;
	signed char t : 3;
};
union bits4 {
	u32 whole;
	struct {
		u32 lo : 16, hi : 16;
	};
	struct {
		u8 b0, b1 : 4, b2 : 4;
	} named;
};
struct bits5 {
	u64 pte_lo : 12, pfn : 40, : 10, ibs : 2;
	u32 z : 1;
};
struct bits6 {
	u8 a;
	u32 b : 24;
	u8 c;
	u32 d : 24;
} __packed __aligned(4);
enum small { SMALL_A, SMALL_B, SMALL_C };
struct bits7 {
	enum small e : 2;
	u32 r : 30;
	enum small f;
};

/* Packed, aligned */
struct packed1 {
	u8 a;
	u64 b;
	u16 c;
} __packed;
struct packed2 {
	u8 a;
	u64 b;
} __packed __aligned(8);
struct packed3 {
	u8 a;
	u64 b __packed;
	u32 c;
};
struct packed4 { /* nothing of it shows, but where it is a member */
	u64 a;
	u64 b;
} __packed;
struct packed5 {
	u8 x;
	struct packed4 y;
	u16 z;
};
struct packed6 {
	u8 a;
	union {
		u32 b;
		u16 c;
	} u;
	struct {
		u8 d;
		u32 e;
	};
} __packed;
struct aligned1 {
	u8 a;
	u8 b __aligned(64);
	u8 c;
};
struct aligned2 {
	u32 a;
} __aligned(128);
struct aligned3 {
	u8 a;
	struct aligned2 b;
	u8 c;
};
typedef u64 __aligned(4) half_aligned;
struct aligned4 {
	u32 a;
	half_aligned b;
	u32 c;
};
typedef u32 __aligned(16) over_aligned;
struct aligned5 {
	u8 a;
	over_aligned b;
};
#pragma pack(push, 2)
struct packed7 {
	u8 a;
	u64 b;
};
#pragma pack(pop)
struct not_packed {
	u8 a;
	u64 b;
};

/* Arrays */
struct flexible {
	u32 n;
	u64 data[];
};
struct flexible0 {
	u32 n;
	u16 data[0];
};
struct flexible_inside {
	struct flexible head;
	u64 room[4];
};
struct flexible_union {
	u32 n;
	union {
		struct {
			struct {
			} empty1;
			u8 bytes[];
		};
		struct {
			struct {
			} empty2;
			u32 words[];
		};
	};
};
struct nothing {
};
struct has_nothing {
	u8 a;
	struct nothing n;
	u8 b;
	struct nothing m[3];
};
struct arrays {
	int m[3][4];
	int (*pa)[5];
	char *names[6];
	const char *const cn[2];
	void (*ops[3])(int);
};

/* Unnamed */
struct unnamed {
	int a;
	union {
		int b;
		struct {
			short c, d;
		};
		struct {
			int x, y;
		} pt;
	};
	struct {
		int in;
	} list[2], *ptr;
	enum { UNNAMED_A = 5, UNNAMED_B } kind;
};
struct nested {
	struct inner {
		int v;
	} in;
	union choice {
		u32 word;
		u8 byte;
	} choice;
	enum colour { RED = 3, BLUE } colour;
};
struct uses_inner {
	struct inner in;
	enum colour colour;
};
typedef struct {
	int counter;
} my_atomic_t;
typedef struct {
	my_atomic_t a;
} *my_ptr_t;
typedef union {
	u32 v;
	my_atomic_t a;
} my_union_t;

/* Functions, and pointers to them */
enum later;
typedef int (*callback)(const struct class *, const char *const *, void *, volatile u32 *);
typedef void function(struct unnamed *, callback);
struct operations {
	int (*const open)(struct unnamed *, const struct operations *);
	function *run;
	int (*(*get)(int))(void);
	long (*format)(const char *, ...) __attribute__((format(printf, 1, 2)));
	void (*va)(const char *, __builtin_va_list);
	enum later (*en)(enum later);
};
enum later { LATER_A = -1, LATER_B = 7 };
enum wide { WIDE = 0x123456789aULL };
enum high { HIGH = 0xffffffffu };
int both(struct both *);
struct both {
	int v;
};
extern const struct operations the_operations;
extern int numbers[];
extern const void an_address, another_address;
extern __typeof__(((struct unnamed *)0)->pt) a_point;
int by_value(struct arrays a);
__typeof__(int (*)(struct flexible *)) pick(int);

/* C++ takes these as they are, with casts, and not at all. */
static inline int as_it_is(struct bits1 b, my_union_t u)
{
	return b.a + u.v;
}
static inline struct packed1 *with_cast(void *p)
{
	struct packed1 *q = p;
	return q;
}
static inline int in_c_alone(int n)
{
	int numbers_[] = {[2] = 7, [0] = 5};
	return numbers_[n];
}
static inline int never_called(int n)
{
	int numbers_[] = {[1] = n, [0] = 5};
	return numbers_[n];
}

#define CONSTANT ((u64)1 << 40)
#define NEGATIVE (-5)
#define TEXT "text"
#define OF_CONSTANT(x) ((x) + CONSTANT)
#define A_TYPE unsigned short
#define LOOP(i, n) for ((i) = 0; (i) < (n); (i)++)
