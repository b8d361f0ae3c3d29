// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <memory>

#include "probes.hpp"

bool probes::try_memory()
{
	alignas(int) char room[sizeof(int)];
	struct Nothing {
		void operator()(int *p) const { *p = 7; }
	};
	int v = 1;
	{
		std::unique_ptr<int, Nothing> p{&v};
	}
#ifdef __cpp_lib_out_ptr
	std::unique_ptr<int, Nothing> given;
	[&v](int **p) { *p = &v; }(std::out_ptr(given));
	if (given.release() != &v)
		return false;
#endif
	int *made = std::construct_at(reinterpret_cast<int *>(room), 3);
	std::destroy_at(made);
	int from[2]{1, 2}, to[2];
	std::uninitialized_copy_n(from, 2, to);
	return v == 7 && to[1] == 2 && std::addressof(v) == &v && std::to_address(&v) == &v &&
	       std::pointer_traits<int *>::pointer_to(v) == &v;
}
