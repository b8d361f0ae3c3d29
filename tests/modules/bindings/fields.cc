// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Whether C++ has the bit-fields of <linux/constructs.h> where C has them: what one wrote, the
/// other reads.

#include <linux/constructs.h>

#include <cstdio>
#include <cstring>

extern "C" {
#define NAME(function) function##_by_cxx
#include "fields.inc"
}

namespace
{

template <typename T>
bool agree(const char *name, void (*set_by_c)(T *, u64), void (*set_by_cxx)(T *, u64),
	   u64 (*get_by_c)(const T *), u64 (*get_by_cxx)(const T *))
{
	bool same = true;
	for (u64 seed = 0; seed < 1000; ++seed) {
		T a;
		T b;
		std::memset(&a, seed & 1 ? 0xff : 0, sizeof(a));
		std::memset(&b, seed & 1 ? 0xff : 0, sizeof(b));
		set_by_c(&a, seed);
		set_by_cxx(&b, seed);
		same &= std::memcmp(&a, &b, sizeof(a)) == 0 && get_by_c(&b) == get_by_cxx(&a);
	}
	std::printf("%s %s\n", name, same ? "same" : "other");
	return same;
}

} // namespace

#define AGREE(type, name)                                                                          \
	extern "C" void set_##name##_by_c(type *p, u64 n);                                         \
	extern "C" u64 get_##name##_by_c(const type *p);                                           \
	static bool name##_agrees()                                                                \
	{                                                                                          \
		return agree<type>(#name, set_##name##_by_c, set_##name##_by_cxx,                  \
				   get_##name##_by_c, get_##name##_by_cxx);                        \
	}

AGREE(struct bits1, bits1)
AGREE(struct bits2, bits2)
AGREE(struct bits3, bits3)
AGREE(union bits4, bits4)
AGREE(struct bits5, bits5)
AGREE(struct bits6, bits6)
AGREE(struct bits7, bits7)

int main()
{
	const bool same[] = {bits1_agrees(), bits2_agrees(), bits3_agrees(), bits4_agrees(),
			     bits5_agrees(), bits6_agrees(), bits7_agrees()};
	for (const bool one : same)
		if (!one)
			return 1;
	return 0;
}
