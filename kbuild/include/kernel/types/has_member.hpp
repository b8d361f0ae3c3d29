// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Detection of the members of a class, for tables of operations. C API: none.

#pragma once

/// Defines `Has_<member><T>`: true if the class T has a member of that name, of any kind, so
/// that a member of a wrong type is not taken for a missing one. A name that T and Named_… both
/// have is ambiguous in a class derived from both. T is not final.
#define KCXX_HAS_MEMBER(member)                                                                    \
	struct Named_##member {                                                                    \
		int member;                                                                        \
	};                                                                                         \
	template <typename T>                                                                      \
	struct Both_##member : T, Named_##member {                                                 \
	};                                                                                         \
	template <typename T>                                                                      \
	concept Has_##member = !requires { &Both_##member<T>::member; }
