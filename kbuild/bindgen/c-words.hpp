// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Words of C that generated declarations have, in C++: reserved names alone, so that no source
/// meets a macro that it did not ask for. Bindings of the library and of sources include it.

#pragma once
#pragma GCC system_header

#include <cstddef>
#include <type_traits>

// C's [0] = x
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc99-designator"
#endif

// A flexible array of a struct that the source may have in another one: g++ takes none there.
#if defined(__clang__)
#define KCXX_FLEXIBLE
#else
#define KCXX_FLEXIBLE 0
#endif

// Function effects: see effects.awk. kcxx-lint, whose Clang has none, reads them as words.
#if defined(KCXX_READ_BY_LINT)
#define KCXX_BLOCKING __attribute__((annotate("kcxx blocking")))
#define KCXX_NONBLOCKING __attribute__((annotate("kcxx nonblocking")))
#elif defined(__clang__) && __clang_major__ >= 20
#define KCXX_BLOCKING __attribute__((blocking))
#define KCXX_NONBLOCKING __attribute__((nonblocking))
#else
#define KCXX_BLOCKING
#define KCXX_NONBLOCKING
#endif

// Words of C
#define _Bool bool
#define _Static_assert static_assert
#define __auto_type auto

namespace kcxx_c
{

/// Whether two types are the same but for qualifiers, given pointers to them. A function, for no
/// template argument may have a statement expression in it.
template <typename A, typename B>
constexpr bool compatible(A *, B *)
{
	return std::is_same_v<std::remove_cv_t<A>, std::remove_cv_t<B>>;
}

/// As a value of an expression of this type is: without reference and qualifiers, no array, no
/// function
template <typename T>
using value_type = std::decay_t<T>;

/// Has the type that a pointer is to, without qualifiers
template <typename T>
std::remove_cv_t<T> unqualified_value(T *);

/// Has the type of that value. A template's argument may have no statement expression in it, a
/// function's may.
template <typename T>
T decayed(T);

/// For typeof: what a pointer points at, which may be void
template <typename T>
T &pointed(T *p);
void pointed(void *p);
const void pointed(const void *p);

/// An integer's unsigned type; other types stay.
template <typename T, bool Integer = std::is_integral_v<T> && !std::is_same_v<T, bool>>
struct make_unsigned {
	using type = T;
};
template <typename T>
struct make_unsigned<T, true> {
	using type = std::make_unsigned_t<T>;
};
template <typename T>
typename make_unsigned<std::remove_cv_t<T>>::type unsigned_value(T *);

/// The number of the type that the value has, of those that _Generic lists; if it has none of them,
/// the count of them
template <typename Value, typename... Types>
constexpr unsigned selected()
{
	unsigned number = 0;
	static_cast<void>(((std::is_same_v<Value, Types> || (++number, false)) || ...));
	return number;
}

/// An expression that has not been selected, or is void
struct Nothing {
};

/// The value of an expression of _Generic's, if that is the selected one
template <typename T>
struct Selectable {
	union {
		T value;
		Nothing nothing;
	};
	constexpr Selectable(const T &x) : value(x) {}
	constexpr Selectable(Nothing x) : nothing(x) {}
};

/// (expression, Nothing()): an expression of type void does not come here, and remains Nothing.
template <typename T>
[[gnu::always_inline]] constexpr Selectable<value_type<T>> operator,(T &&x, Nothing)
{
	return x;
}

template <unsigned Number, typename First, typename... Others>
[[gnu::always_inline]] constexpr auto select(const First &first, const Others &...others)
{
	if constexpr (Number > 0) {
		static_assert(sizeof...(Others) > 0, "kcxx: _Generic lists no such type");
		return select<Number - 1>(others...);
	} else if constexpr (!std::is_same_v<First, Nothing>) {
		return first.value;
	}
}

/// The type of a pointer; NULL is a number in C++ until something makes a pointer of it.
template <typename T>
using pointer_type = std::conditional_t<std::is_integral_v<T>, std::nullptr_t, std::decay_t<T>>;

template <typename T>
constexpr auto absolute(T x)
{
	using Signed = std::make_signed_t<T>;
	return static_cast<Signed>(x) < 0 ? static_cast<Signed>(-static_cast<Signed>(x))
					  : static_cast<Signed>(x);
}

/// Becomes the pointer that it is assigned to.
struct AnyPointer {
	void *value;
	template <typename T>
	constexpr operator T *() const
	{
		return static_cast<T *>(value);
	}
};
template <typename T>
[[__gnu__::__always_inline__]] constexpr AnyPointer any_pointer(T value)
{
	return {(void *)value};
}

/// A void * as the pointer that it is assigned to; anything else as it is
template <typename To, typename From>
[[__gnu__::__always_inline__]] constexpr auto from_void(From value)
{
	if constexpr (std::is_pointer_v<To> && std::is_pointer_v<From> &&
		      std::is_void_v<std::remove_pointer_t<From>>)
		return static_cast<To>(value);
	else
		return value;
}

} // namespace kcxx_c

// GCC's, and not Clang's
#if !__has_builtin(__builtin_isdigit)
#define __builtin_isdigit(c) ((unsigned int)(c) - '0' < 10U)
#endif

#define __builtin_types_compatible_p(a, b)                                                         \
	::kcxx_c::compatible((__typeof__(a) *)nullptr, (__typeof__(b) *)nullptr)

// The value has the type that both have in common: where they have none, it is an error.
#define __builtin_choose_expr(condition, a, b) ((condition) ? (a) : (b))

// <linux/fortify-string.h>: as its POS and __overloadable. GCC needs no such attributes.
#if defined(__clang__)
#define KCXX_PASS_object_size(kind) __attribute__((__pass_object_size__(kind)))
#define KCXX_PASS_dynamic_object_size(kind) __attribute__((__pass_dynamic_object_size__(kind)))
#define KCXX_OVERLOADABLE __attribute__((__overloadable__))
#else
#define KCXX_PASS_object_size(kind)
#define KCXX_PASS_dynamic_object_size(kind)
#define KCXX_OVERLOADABLE
#endif
