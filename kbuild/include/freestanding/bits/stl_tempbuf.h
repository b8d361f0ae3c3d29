/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * std::stable_sort() and its like ask for memory, and do without where there is none. Here there is none: a driver
 * chooses flags for each allocation. libstdc++ 13 and newer have no such algorithm without an operating system.
 */
#ifndef KCXX_STL_TEMPBUF_H
#define KCXX_STL_TEMPBUF_H

#pragma GCC system_header

#include <bits/c++config.h>

namespace std
{

template <typename Iterator, typename T>
class _Temporary_buffer
{
public:
	_Temporary_buffer(Iterator, ptrdiff_t wanted) : wanted_(wanted)
	{
		__asm__("" : "+r"(none_)); /* no warning of null in branches that need a size */
	}
	_Temporary_buffer(const _Temporary_buffer &) = delete;
	_Temporary_buffer &operator=(const _Temporary_buffer &) = delete;

	T *begin() { return none_; }
	T *end() { return none_; }
	ptrdiff_t size() const { return 0; }
	ptrdiff_t requested_size() const { return wanted_; }

private:
	ptrdiff_t wanted_;
	T *none_ = nullptr;
};

} // namespace std

#endif
