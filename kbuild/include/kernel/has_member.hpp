// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Which members a class has: what tables of operations are made of. C API: none.

#pragma once

/// Defines `Has_<member><T>`: whether the class T has a member of that name, whatever it
/// is, so that one of a wrong type is not taken for none. A name that stands for two is one
/// of nothing. T is not final.
#define KCXX_HAS_MEMBER(member)                                                                    \
	struct Named_##member {                                                                    \
		int member;                                                                        \
	};                                                                                         \
	template <typename T>                                                                      \
	struct Both_##member : T, Named_##member {                                                 \
	};                                                                                         \
	template <typename T>                                                                      \
	concept Has_##member = !requires { &Both_##member<T>::member; }
